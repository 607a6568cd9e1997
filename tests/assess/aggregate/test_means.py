"""The means and the median: worked examples, exact fractions, missing cells, refusals."""

from fractions import Fraction

import numpy as np
import pytest

from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.errors import MethodError, SteelyardError

NAN = float("nan")


@pytest.mark.parametrize(
    ("method", "row", "weights", "options", "expected"),
    [
        ("arithmetic", [60, 80], [3, 1], {}, 65),
        ("arithmetic", [60, NAN, 80], [3, 5, 1], {}, 65),
        ("geometric", [4, 9], None, {}, 6),
        ("geometric", [2, 16], [2, 1], {}, 4),
        ("geometric", [0, 9], None, {"floor": 4}, 6),
        ("geometric", [NAN, 9], None, {}, 9),
        ("harmonic", [30, 60], None, {}, 40),
        ("harmonic", [NAN, 30, 60], [8, 1, 1], {}, 40),
        ("power", [1, 7], None, {}, 5),
        ("power", [1, 7], None, {"exponent": 1}, 4),
        ("power", [4, 9], None, {"exponent": 0}, 6),
        ("power", [30, 60], None, {"exponent": -1}, 40),
        ("power", [50, 100], None, {"exponent": 900}, 100 * 0.5 ** (1 / 900)),
        ("power", [50, 100], None, {"exponent": -900}, 50 * 0.5 ** (-1 / 900)),
        ("power", [0, 0], None, {}, 0),
        ("median", [10, 20, 90], None, {}, 20),
        ("median", [10, 20, 30, 90], None, {}, 25),
        ("median", [10, 20, 90], [1, 1, 2], {}, 55),
        ("median", [10, 20, 90], [1, 1, 3], {}, 90),
        ("median", [10, NAN, 90], [1, 9, 3], {}, 90),
    ],
)
def test_a_row_by_hand(method, row, weights, options, expected):
    scores = aggregate(method, [row], weights, **options).scores
    np.testing.assert_allclose(scores, [expected], rtol=1e-14)


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power", "median"])
def test_a_unit_without_any_cell_has_no_score(method):
    outcome = aggregate(method, [[NAN, NAN], [1, 2]])
    assert np.isnan(outcome.scores[0])
    assert outcome.ranks.tolist() == [0, 1]
    assert outcome.details["observed"].tolist() == [0, 1]


def test_the_observed_share_of_the_weight():
    outcome = aggregate("arithmetic", [[1, NAN], [NAN, 1], [1, 1]], [3, 1])
    assert outcome.details["observed"].tolist() == [0.75, 0.25, 1]


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
def test_raised_cells_are_counted(method):
    assert aggregate(method, [[0, 5], [1, -2]], floor=1).details["raised"] == 2


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
@pytest.mark.parametrize("low", [0, -1])
def test_zeros_and_negatives_are_named(method, low):
    with pytest.raises(MethodError) as refused:
        aggregate(method, [[3, 4], [low, 5]], names=["A1", "A2"], units=["武汉市", "长沙市"])
    assert "A1" in refused.value.message()
    assert "长沙市" in refused.value.message("zh")


def test_a_zero_without_weight_harms_nobody():
    assert aggregate("geometric", [[0, 4, 9]], [0, 1, 1]).scores == pytest.approx(6, rel=1e-15)


@pytest.mark.parametrize(
    ("method", "keyword", "options"),
    [("power", "power", {}), ("power", "finite", {"exponent": np.inf})],
)
def test_power_refuses_what_it_cannot_raise(method, keyword, options):
    with pytest.raises(SteelyardError, match=keyword):
        aggregate(method, [[-3, 4]], **options)


@pytest.mark.parametrize(
    "method", ["arithmetic", "geometric", "harmonic", "power", "median", "dea"]
)
def test_costs_must_be_normalised_first(method):
    with pytest.raises(MethodError, match="#2"):
        aggregate(method, [[3, 4], [5, 6]], directions=[1, -1])


@pytest.mark.parametrize(
    ("weights", "says"),
    [([1], "1 weights"), ([1, -1], "#2"), ([1, NAN], "#2"), ([0, 0], "sum to 0")],
)
def test_weights_are_checked(weights, says):
    with pytest.raises(MethodError, match=says):
        aggregate("arithmetic", [[3, 4], [5, 6]], weights)


def fractions(rng):
    """Thousands of small cases: a row, its weights, and both as exact fractions."""
    for _ in range(3000):
        size = rng.integers(1, 7)
        row, weights = rng.integers(1, 100, size), rng.integers(1, 10, size)
        exact = [Fraction(int(x)) for x in row], [Fraction(int(w)) for w in weights]
        yield row, weights, *exact


@pytest.mark.parametrize(
    ("method", "options", "exact_power"),
    [
        ("arithmetic", {}, lambda x, w: sum(a * b for a, b in zip(x, w, strict=True)) / sum(w)),
        ("harmonic", {}, lambda x, w: sum(w) / sum(b / a for a, b in zip(x, w, strict=True))),
        (
            "power",
            {"exponent": 3},
            lambda x, w: sum(a**3 * b for a, b in zip(x, w, strict=True)) / sum(w),
        ),
    ],
)
def test_exact_fractions(method, options, exact_power):
    exponent = options.get("exponent", 1)
    for row, weights, exact_row, exact_weights in fractions(np.random.default_rng(1)):
        score = aggregate(method, [row], weights, **options).scores[0]
        expected = float(exact_power(exact_row, exact_weights)) ** (1 / exponent)
        assert abs(score / expected - 1) <= 1e-12


def test_geometric_mean_against_exact_products():
    for row, weights, exact_row, _ in fractions(np.random.default_rng(2)):
        product = 1
        for value, weight in zip(exact_row, weights, strict=True):
            product *= value ** int(weight)
        score = aggregate("geometric", [row], weights).scores[0]
        assert abs(float(score) / float(product) ** (1 / weights.sum()) - 1) <= 1e-12


def test_median_against_repeating_each_value_as_often_as_its_weight():
    for row, weights, *_ in fractions(np.random.default_rng(3)):
        expected = np.median(np.repeat(row, weights))
        assert aggregate("median", [row], weights).scores[0] == expected


def test_power_means_rise_with_their_exponent():
    table = np.random.default_rng(6).uniform(1, 100, (40, 5))
    weights = [1, 2, 3, 4, 5]
    scores = [aggregate("power", table, weights, exponent=p).scores for p in (-3, -1, 0, 1, 2, 9)]
    assert (np.diff(scores, axis=0) > 0).all()
    named = [
        aggregate(name, table, weights).scores for name in ("harmonic", "geometric", "arithmetic")
    ]
    np.testing.assert_allclose(scores[1:4], named, rtol=1e-13)
