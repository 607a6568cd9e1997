"""What separates two cities, part by part."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.assess.gap import gap
from steelyard.assess.recipe import Recipe
from steelyard.assess.score import score
from steelyard.indicators.dataset import dataset_from_arrays
from steelyard.indicators.framework import Framework, Node, Rounding
from steelyard.indicators.indicator import Bilingual, Indicator

HOLE = float("nan")


def framework(*goals, rounding=None):
    """A framework from (code, weight, {indicator: weight}), every indicator on 0–100."""
    nodes = [Node("index", Bilingual("总指数", "Index"), None)]
    for goal, weight, leaves in goals:
        nodes.append(Node(goal, Bilingual(goal, goal), "index", weight))
        for code, local in leaves.items():
            indicator = Indicator(code, Bilingual(code, code), scale="linear", low=0, high=100)
            nodes.append(Node(code, indicator.name, goal, local, indicator))
    return Framework("test", "1", Bilingual("测试", "Test"), tuple(nodes), rounding=rounding)


TWO_GOALS = framework(("A", 0.6, {"A1": 0.5, "A2": 0.5}), ("B", 0.4, {"B1": 1.0}))


def decompose(first, second, mean="arithmetic", of=TWO_GOALS):
    """The gap between two rows of values, and its parts and coverage by code."""
    assessment = score(dataset_from_arrays(of, ["X", "Y"], [first, second]), Recipe(aggregate=mean))
    found = gap(assessment, 0, assessment, 1)
    codes = [node.code for node in of.nodes]
    return (
        found,
        dict(zip(codes, found.parts, strict=True)),
        dict(zip(codes, found.coverage, strict=True)),
    )


def test_arithmetic_parts_are_weight_times_difference():
    # X: A = 70, index = 0.6·70 + 0.4·50 = 62;  Y: A = 50, index = 0.6·50 + 0.4·70 = 58.
    found, parts, coverage = decompose([80, 60, 50], [40, 60, 70])
    assert found.total == pytest.approx(4)
    assert parts["A1"] == pytest.approx(0.6 * 0.5 * 40)
    assert parts["A2"] == 0
    assert parts["B1"] == pytest.approx(-8)
    assert (parts["A"], parts["B"]) == (pytest.approx(12), pytest.approx(-8))
    assert not any(coverage.values())
    assert found.adjustment == 0


def test_a_missing_value_shifts_weight_and_the_shift_is_shown():
    # X has no A2, so A1 carries all of A: A = 80 against 50, index 68 against 58.
    # Through the score: 0.6 · ¾ · 40 = 18. Through the weights: A1 gains ½ · (60 − 65), and A2
    # loses ½ · (60 − 65), where 60 is each one's mean and 65 the mean of goal A.
    found, parts, coverage = decompose([80, HOLE, 50], [40, 60, 70])
    assert found.total == pytest.approx(10)
    assert parts["A1"] == pytest.approx(18)
    assert parts["A2"] == 0
    assert coverage["A1"] == pytest.approx(-1.5)
    assert coverage["A2"] == pytest.approx(1.5)
    assert parts["A"] == pytest.approx(18)
    assert parts["B"] == pytest.approx(-8)


def test_geometric_parts_are_the_logarithmic_mean_divisia_decomposition():
    # Ang 2005: part i = L(X, Y) · w_i · ln(x_i / y_i) with L(X, Y) = (X − Y) / ln(X / Y).
    one_goal = framework(("A", 1.0, {"A1": 0.5, "A2": 0.3, "A3": 0.2}))
    ours, theirs, weights = (80, 20, 50), (40, 45, 50), (0.5, 0.3, 0.2)
    found, parts, _ = decompose(ours, theirs, "geometric", one_goal)
    x = math.prod(s**w for s, w in zip(ours, weights, strict=True))
    y = math.prod(s**w for s, w in zip(theirs, weights, strict=True))
    log_mean = (x - y) / math.log(x / y)
    assert found.total == pytest.approx(x - y)
    assert parts["A1"] == pytest.approx(log_mean * 0.5 * math.log(2))
    assert parts["A2"] == pytest.approx(log_mean * 0.3 * math.log(20 / 45))
    assert parts["A3"] == pytest.approx(0)


def test_geometric_gap_through_one_indicator_is_all_of_it():
    # √(90·40) = 60 and √(40·40) = 40.
    one_goal = framework(("A", 1.0, {"A1": 1.0, "A2": 1.0}))
    found, parts, _ = decompose([90, 40], [40, 40], "geometric", one_goal)
    assert found.total == pytest.approx(20)
    assert parts["A1"] == pytest.approx(20)
    assert parts["A2"] == 0


def test_harmonic_parts_by_hand():
    # 2 / (1/30 + 1/60) = 40 and 2 / (1/20 + 1/60) = 30. Both chords of 1/s are known: the index
    # moves by 10 for a move of −1/120 in the mean reciprocal, all of it from A1 (1/30 − 1/20).
    one_goal = framework(("A", 1.0, {"A1": 1.0, "A2": 1.0}))
    found, parts, _ = decompose([30, 60], [20, 60], "harmonic", one_goal)
    assert found.total == pytest.approx(10)
    assert parts["A1"] == pytest.approx(10)


def test_rounding_is_the_adjustment():
    rounded = framework(("A", 1.0, {"A1": 1.0, "A2": 1.0}), rounding=Rounding(0, "index"))
    found, parts, _ = decompose([51, 50], [40, 40], of=rounded)
    assert found.total == 11  # 50.5 rounds half up to 51
    assert parts["index"] == pytest.approx(10.5)
    assert found.adjustment == pytest.approx(0.5)


def test_no_gap_to_itself_even_at_zero():
    for mean in ("arithmetic", "geometric", "harmonic", "power"):
        found, parts, _ = decompose([0, 0, 0], [0, 0, 0], mean)
        assert found.total == 0
        assert set(parts.values()) == {0.0}, mean


def exact_arithmetic(rows, weights):
    """Parts and coverage of a flat arithmetic mean in exact fractions, by their definition."""
    ours, theirs = rows
    shares = [{i: weights[i] / sum(weights[j] for j in row) for i in row} for row in (ours, theirs)]
    means = [sum(shares[k][i] * rows[k][i] for i in rows[k]) for k in (0, 1)]
    middle = sum(means) / 2
    parts, coverage = {}, {}
    for i in weights:
        known = [row[i] for row in rows if i in row]
        if not known:
            continue
        a, b = shares[0].get(i, Fraction(0)), shares[1].get(i, Fraction(0))
        parts[i] = (a + b) / 2 * (ours[i] - theirs[i]) if len(known) == 2 else Fraction(0)
        coverage[i] = (a - b) * (sum(known) / len(known) - middle)
    return means[0] - means[1], parts, coverage


values = st.integers(0, 100)
maybe = st.one_of(st.none(), values)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(maybe, maybe, st.integers(1, 9)), min_size=1, max_size=6).filter(
        lambda rows: all(any(row[k] is not None for row in rows) for k in (0, 1))
    )
)
def test_arithmetic_with_missing_cells_against_exact_fractions(rows):
    codes = [f"A{i}" for i in range(len(rows))]
    weights = {code: Fraction(row[2]) for code, row in zip(codes, rows, strict=True)}
    exact = [
        {
            code: Fraction(row[k])
            for code, row in zip(codes, rows, strict=True)
            if row[k] is not None
        }
        for k in (0, 1)
    ]
    total, parts, coverage = exact_arithmetic(exact, weights)
    assert sum(parts.values()) + sum(coverage.values()) == total  # exactly
    flat = framework(("A", 1.0, {code: float(weight) for code, weight in weights.items()}))
    cells = [[HOLE if row[k] is None else row[k] for row in rows] for k in (0, 1)]
    found, our_parts, our_coverage = decompose(*cells, of=flat)
    assert found.total == pytest.approx(float(total), abs=1e-11)
    for code in parts:
        assert our_parts[code] == pytest.approx(float(parts[code]), abs=1e-11)
        assert our_coverage[code] == pytest.approx(float(coverage[code]), abs=1e-11)


positive = st.one_of(st.none(), st.integers(1, 100))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(positive, min_size=2, max_size=2), min_size=7, max_size=7),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "power"]),
)
def test_parts_and_coverage_add_up_to_the_gap(cells, mean):
    tree = framework(
        ("A", 3, {"A1": 2, "A2": 1, "A3": 0}),
        ("B", 2, {"B1": 1, "B2": 4}),
        ("C", 0, {"C1": 1, "C2": 1}),
    )
    first, second = (
        [HOLE if pair[k] is None else float(pair[k]) for pair in cells] for k in (0, 1)
    )
    found, parts, coverage = decompose(first, second, mean, tree)
    if math.isnan(found.total):
        return
    assert found.adjustment == 0
    leaves = sum(parts[code] for code in tree.codes)
    assert leaves + sum(coverage.values()) == pytest.approx(found.total, abs=1e-9)
    goals = sum(parts[goal] + coverage[goal] for goal in ("A", "B", "C"))
    assert goals == pytest.approx(found.total, abs=1e-9)
    back, other_parts, other_coverage = decompose(second, first, mean, tree)
    assert back.total == -found.total
    for code in parts:
        assert other_parts[code] == pytest.approx(-parts[code], abs=1e-9)
        assert other_coverage[code] == pytest.approx(-coverage[code], abs=1e-9)
    assert np.isfinite(found.parts).all()
    assert np.isfinite(found.coverage).all()
