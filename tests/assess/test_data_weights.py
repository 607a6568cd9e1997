"""Weights from the data up the tree, on a framework of two goals with two indicators each."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.data_weights import in_index
from steelyard.errors import MethodError, RecipeError
from steelyard.indicators.local_weights import from_global, global_weights

NAN = np.nan
# Shares of their sums: a 1/2 1/4 1/8 1/8, b 1/2 1/2, c 1, d 1/2 1/4 1/4. In bits, of 2 at most,
# their entropies are 7/4, 1, 0 and 3/2; so they lack 1/8, 1/2, 1 and 1/4, together 15/8.
SCORES = [
    [80.0, 60.0, 90.0, 100.0],
    [40.0, 60.0, 0.0, 50.0],
    [20.0, 0.0, 0.0, 50.0],
    [20.0, 0.0, 0.0, 0.0],
]
BY_ENTROPY = {
    "a": Fraction(1, 15),
    "b": Fraction(4, 15),
    "c": Fraction(8, 15),
    "d": Fraction(2, 15),
}
CITIES = ["p", "q", "r", "s"]


@pytest.fixture
def two_by_two(framework_of, percent):
    """Goals A and B weigh 1/2 each; a : b = 1 : 3, c : d = 1 : 1."""
    return framework_of(
        [
            ("A", None, 1.0), ("a", "A", 1.0, percent), ("b", "A", 3.0, percent),
            ("B", None, 1.0), ("c", "B", 1.0, percent), ("d", "B", 1.0, percent),
        ]
    )  # fmt: skip


def weights(framework, scores, weigh, cities=CITIES, missing=(), **options):
    dataset = sy.dataset_from_arrays(framework, cities, scores)
    for place in missing:
        dataset.not_applicable[place] = True
    assessment = sy.score(dataset, sy.Recipe(weigh=weigh, options={"weigh": options}))
    return assessment.weights


def test_entropy_by_hand(two_by_two):
    found = weights(two_by_two, SCORES, "entropy")
    for code, weight in BY_ENTROPY.items():
        assert found.loc[code, "global"] == pytest.approx(float(weight), rel=1e-13), code
    local = {"A": 1 / 3, "B": 2 / 3, "a": 1 / 5, "b": 4 / 5, "c": 4 / 5, "d": 1 / 5}
    for code, weight in local.items():
        assert found.loc[code, "local"] == pytest.approx(weight, rel=1e-13), code


def test_deviation_by_hand(two_by_two):
    """The steps are 10, 20, 30 and 40."""
    scores = [[10, 20, 5, 0], [20, 40, 35, 40], [30, 60, 65, 80]]
    found = weights(two_by_two, scores, "deviation", CITIES[:3])
    expected = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4, "A": 0.3, "B": 0.7}
    assert found["global"][list(expected)].tolist() == pytest.approx(list(expected.values()))


def test_critic_by_hand(two_by_two):
    """b = a, c runs against them, d is apart: every correlation is 1, −1 or 0."""
    scores = np.array([[0, 0, 90, 0], [0, 0, 90, 70], [60, 30, 0, 0], [60, 30, 0, 70]])
    found = weights(two_by_two, scores, "critic")
    # Scaled to 0–1 all deviate alike; Σ(1 − r) is 0+2+1, 0+2+1, 2+2+1 and 1+1+1, together 14.
    expected = {"a": 3 / 14, "b": 3 / 14, "c": 5 / 14, "d": 3 / 14}
    assert found["global"][list(expected)].tolist() == pytest.approx(list(expected.values()))


def test_balance_by_hand(framework_of, percent):
    """Goals that vary apart: importance r² ∝ (w σ)², so w ∝ √wished / σ = 2/30 : 1/10."""
    framework = framework_of(
        [
            ("A", None, 0.8), ("a", "A", 1.0, percent), ("b", "A", 3.0, percent),
            ("B", None, 0.2), ("c", "B", 1.0, percent), ("d", "B", 1.0, percent),
        ]
    )  # fmt: skip
    scores = [[20, 20, 40, 40], [20, 20, 60, 60], [80, 80, 40, 40], [80, 80, 60, 60]]
    found = weights(framework, scores, "balance")["local"]
    assert found[["A", "B"]].tolist() == pytest.approx([0.4, 0.6], abs=1e-9)
    assert found[["a", "b", "c", "d"]].tolist() == [0.25, 0.75, 0.5, 0.5]


def test_combine_multiplies_and_rescales(two_by_two):
    found = weights(two_by_two, SCORES, "combine")["global"]
    declared = {"a": Fraction(1, 8), "b": Fraction(3, 8), "c": Fraction(1, 4), "d": Fraction(1, 4)}
    product = {code: declared[code] * BY_ENTROPY[code] for code in declared}
    assert product["b"] / sum(product.values()) == Fraction(12, 33)
    for code, weight in product.items():
        assert found[code] == pytest.approx(float(weight / sum(product.values())), rel=1e-13)


def test_combine_of_others_and_refusals(two_by_two):
    found = weights(
        two_by_two, SCORES, "combine", of=["equal", "entropy"], how="least-squares", shares=[3, 1]
    )["global"]
    expected = [float(Fraction(3, 16) + one / 4) for one in BY_ENTROPY.values()]
    assert found[list(BY_ENTROPY)].tolist() == pytest.approx(expected, rel=1e-13)
    with pytest.raises(RecipeError, match="nonsense"):
        weights(two_by_two, SCORES, "combine", of=["equal", "nonsense"])


@pytest.mark.parametrize(
    "weigh",
    ["entropy", "critic", "variation", "deviation", "angle", "pca", "lopcow", "cilos", "balance",
     "combine"],
)  # fmt: skip
def test_the_order_of_cities_and_indicators_changes_nothing(weigh, two_by_two):
    scores = np.array([[80, 60, 90, 70], [41, 66, 5, 50], [22, 7, 12, 49], [20, 11, 30, 3.0],
                       [63, 34, 20, 90]])  # fmt: skip
    cities = list("pqrst")
    first = weights(two_by_two, scores, weigh, cities)["global"]
    order = [3, 0, 4, 1, 2]
    again = weights(two_by_two, scores[order], weigh, [cities[row] for row in order])["global"]
    assert again[first.index].tolist() == pytest.approx(first.tolist(), abs=1e-9)
    nodes = two_by_two.nodes
    turned = replace(two_by_two, nodes=(nodes[0], *nodes[4:], nodes[1], nodes[3], nodes[2]))
    columns = [two_by_two.codes.index(code) for code in turned.codes]
    assert turned.codes != two_by_two.codes
    again = weights(turned, scores[:, columns], weigh, cities)["global"]
    assert again[first.index].tolist() == pytest.approx(first.tolist(), abs=1e-9)


def test_a_city_to_which_an_indicator_does_not_apply_has_no_say(two_by_two):
    found = weights(
        two_by_two, [*SCORES, [3.0, NAN, 77.0, 12.0]], "entropy", [*CITIES, "t"], [(4, 1)]
    )
    assert found["global"]["c"] == pytest.approx(8 / 15, rel=1e-13)


def test_benefit_of_the_doubt_where_one_city_has_nothing_of_what_another_has(two_by_two):
    """q rests on a alone, of which p has nothing; r is best in all four."""
    scores = [[0.0, 50.0, 50.0, 50.0], [20.0, 0.0, 0.0, 0.0], [80.0, 60.0, 70.0, 80.0]]
    found = weights(two_by_two, scores, "dea", CITIES[:3])["global"]
    # Shares of p: b 1 (5/6 is its best ratio); of q: a 1; of r: 1/4 each.
    expected = {"a": 5 / 12, "b": 5 / 12, "c": 1 / 12, "d": 1 / 12}
    assert found[list(expected)].tolist() == pytest.approx(list(expected.values()), abs=1e-6)


def test_what_stands_beside_the_index_has_no_say(framework_of, percent):
    framework = framework_of(
        [
            ("A", None, 1.0), ("a", "A", 1.0, percent), ("b", "A", 3.0, percent),
            ("B", None, 1.0), ("c", "B", 1.0, percent), ("d", "B", 1.0, percent),
            ("Z", None, 0.0), ("y", "Z", 1.0, percent), ("z", "Z", 4.0, percent),
        ]
    )  # fmt: skip
    assert in_index(framework) == ["a", "b", "c", "d"]
    scores = [[*row, NAN, 5.0] for row in SCORES]
    found = weights(framework, scores, "entropy")
    assert found["global"]["d"] == pytest.approx(2 / 15, rel=1e-13)
    assert found["global"][["Z", "y", "z"]].tolist() == [0, 0, 0]
    assert found["local"][["y", "z"]].tolist() == pytest.approx([0.2, 0.8])


def test_missing_scores_are_refused_by_name_or_scored_zero(two_by_two):
    gap = [[NAN if (row, column) == (3, 2) else one for column, one in enumerate(line)]
           for row, line in enumerate(SCORES)]  # fmt: skip
    with pytest.raises(MethodError, match=r"\bc\b"):
        weights(two_by_two, gap, "entropy")
    dataset = sy.dataset_from_arrays(two_by_two, CITIES, gap)
    found = sy.score(dataset, sy.Recipe(weigh="entropy", impute="zero")).weights["global"]
    assert found["c"] == pytest.approx(8 / 15, rel=1e-13)


def test_local_weights_from_global_ones(two_by_two):
    for shares in permutations((0.0, 0.1, 0.3, 0.6)):
        leaves = dict(zip("abcd", shares, strict=True))
        back = global_weights(two_by_two, from_global(two_by_two, leaves))
        assert [back[code] for code in "abcd"] == pytest.approx(list(shares), abs=1e-15)


def test_a_goal_without_weight_keeps_its_proportions(two_by_two):
    local = from_global(two_by_two, {"a": 0.0, "b": 0.0, "c": 0.5, "d": 0.5})
    assert local["A"] == 0
    assert (local["a"], local["b"]) == (0.25, 0.75)
    assert (local["B"], local["c"]) == (1, 0.5)
