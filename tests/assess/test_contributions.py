"""Points by indicator: they add up to the index for every mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard import Recipe, dataset_from_arrays, score
from steelyard.assess.gap import gap
from steelyard.indicators.framework import Rounding

NAN = float("nan")
MEANS = ("arithmetic", "geometric", "harmonic", "power")
TREE = [
    ("A", None, 3),
    ("AA", "A", 2),
    ("AA1", "AA", 1),
    ("AA2", "AA", 5),
    ("AB", "A", 1),
    ("AB1", "AB", 1),
    ("B", None, 1),
    ("B1", "B", 2),
    ("B2", "B", 1),
]
INDICATORS = 5


@pytest.fixture(scope="session")
def tree(framework_of, percent):
    leaves = {"AA1", "AA2", "AB1", "B1", "B2"}
    nodes = [(*node, percent) if node[0] in leaves else node for node in TREE]
    return lambda **settings: framework_of(nodes, **settings)


def assessed(framework, row, recipe=None):
    return score(dataset_from_arrays(framework, ["city"], [row]), recipe)


def test_for_the_arithmetic_mean_a_part_is_weight_times_score(tree):
    found = assessed(tree(), [10, 20, 30, 40, 50]).contributions("city")
    # global weights ¾·⅔·⅙, ¾·⅔·⅚, ¾·⅓, ¼·⅔, ¼·⅓
    expected = {"AA1": 10 / 12, "AA2": 20 * 5 / 12, "AB1": 30 / 4, "B1": 40 / 6, "B2": 50 / 12}
    assert found.to_dict() == pytest.approx(expected)
    assert found.sum() == pytest.approx(10 / 12 + 100 / 12 + 90 / 12 + 80 / 12 + 50 / 12)


def test_for_the_geometric_mean_a_part_is_weight_times_index(tree):
    # ∂ ln f / ∂ ln sᵢ = wᵢ, so sᵢ·∂f/∂sᵢ = wᵢ·f
    assessment = assessed(tree(), [10, 20, 30, 40, 50], Recipe(aggregate="geometric"))
    index = 10 ** (1 / 12) * 20 ** (5 / 12) * 30 ** (1 / 4) * 40 ** (1 / 6) * 50 ** (1 / 12)
    expected = {"AA1": 1 / 12, "AA2": 5 / 12, "AB1": 1 / 4, "B1": 1 / 6, "B2": 1 / 12}
    found = assessment.contributions("city")
    assert found.to_dict() == pytest.approx({code: w * index for code, w in expected.items()})


def test_what_is_missing_brings_nothing_and_its_siblings_more(tree):
    found = assessed(tree(), [NAN, 20, NAN, 40, 50]).contributions("city")
    expected = {"AA1": 0, "AA2": 20 * 3 / 4, "AB1": 0, "B1": 40 / 6, "B2": 50 / 12}
    assert found.to_dict() == pytest.approx(expected)


@pytest.mark.parametrize("aggregate", [*MEANS, {"index": "geometric", "A": "harmonic"}])
@given(row=st.lists(st.floats(0, 100) | st.just(NAN), min_size=5, max_size=5))
def test_parts_add_up_to_the_index(tree, aggregate, row):
    assessment = assessed(tree(), row, Recipe(aggregate=aggregate))
    index = assessment.scores["index"].iloc[0]
    parts = assessment.contribution_array[0]
    if np.isnan(index):
        assert parts.tolist() == [0] * (INDICATORS + 1)
    else:
        assert parts.sum() == pytest.approx(index, rel=1e-12, abs=2e-9)


@pytest.mark.parametrize("aggregate", MEANS)
@given(row=st.lists(st.floats(5, 95), min_size=5, max_size=5))
def test_a_part_is_the_score_times_the_slope_of_the_index(tree, aggregate, row):
    recipe, step = Recipe(aggregate=aggregate), 1e-5
    parts = assessed(tree(), row, recipe).contribution_array[0]
    for place in range(INDICATORS):
        up, down = list(row), list(row)
        up[place] += step
        down[place] -= step
        rise = (
            assessed(tree(), up, recipe).tree.scores[0, 0]
            - assessed(tree(), down, recipe).tree.scores[0, 0]
        )
        assert parts[place] == pytest.approx(row[place] * rise / (2 * step), rel=1e-4, abs=1e-6)


def test_what_rounding_adds_is_named(tree):
    found = assessed(tree(rounding=Rounding(0, "index")), [10, 20, 30, 40, 50])
    assert found.scores["index"].iloc[0] == 28
    parts = found.contributions("city")
    assert parts["adjustment"] == pytest.approx(28 - 330 / 12)
    assert parts.sum() == pytest.approx(28, abs=1e-12)


def test_bonus_and_deduction_bring_and_take_their_points(framework_of, percent):
    framework = framework_of(
        [
            ("A", None, 1),
            ("A1", "A", 1, percent),
            ("P", None, 1, percent, {"block": "bonus", "points": 10.0}),
            ("M", None, 1, percent, {"block": "deduction", "points": 20.0}),
        ]
    )
    assert assessed(framework, [50, 30, 10]).contributions("city").to_dict() == pytest.approx(
        {"A1": 50, "P": 3, "M": -2}
    )
    capped = assessed(framework, [97, 100, 0]).contributions("city")
    assert capped.to_dict() == pytest.approx({"A1": 97, "P": 10, "M": 0, "adjustment": -7})


def test_beside_a_bonus_the_parts_of_a_mean_add_up_to_the_mean(framework_of, percent):
    """√(√(30·80) · 55) = 51.908: half of it is B's, a quarter each of A's; the bonus brings 4."""
    framework = framework_of(
        [
            ("A", None, 1),
            ("A1", "A", 1, percent),
            ("A2", "A", 1, percent),
            ("B", None, 1, percent),
            ("P", None, 1, percent, {"block": "bonus", "points": 10.0}),
        ]
    )
    rows = [[30, 80, 55, 40], [60, 50, 40, 0]]
    found = score(dataset_from_arrays(framework, "ab", rows), Recipe(aggregate="geometric"))
    mean = ((30 * 80) ** 0.5 * 55) ** 0.5
    assert found.scores["index"].iloc[0] == pytest.approx(mean + 4)
    parts = found.contributions("a")
    assert list(parts) == pytest.approx([mean / 4, mean / 4, mean / 2, 4])
    apart = gap(found, 0, found, 1)
    assert apart.adjustment == 0
    codes = [node.code for node in framework.nodes]
    assert apart.parts[codes.index("P")] == pytest.approx(4)
