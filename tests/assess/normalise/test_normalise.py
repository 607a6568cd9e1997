"""Worked examples of each normalisation, its ruler and its refusals."""

from fractions import Fraction

import numpy as np
import pytest
from pymcdm import normalizations as witness

from steelyard.assess.normalise import METHODS, MODULES
from steelyard.assess.normalise.normalise import apply, fit, normalise
from steelyard.errors import MethodError, RecipeError, UnknownNameError

NAN = float("nan")
OPTIONS = {"goalposts": {"low": 0.0, "high": 10.0}, "target": {"targets": 9.0, "form": "ratio"}}
# Two benefits and a cost, all distinct, one cell missing.
X = np.array([[2.0, 8.0, 5.0], [4.0, 6.0, 1.0], [3.0, NAN, 4.0], [8.0, 1.0, 2.0]])
SIGNS = [1, 1, -1]


@pytest.mark.parametrize(
    ("method", "column", "direction", "options", "expected"),
    [
        ("minmax", [2, 4, 3], 1, {}, [0, 1, 0.5]),
        ("minmax", [2, 4, 3], -1, {"to": (1, 100)}, [100, 1, 50.5]),
        ("minmax", [7, 7], 1, {"constant": 50.0}, [50, 50]),
        ("minmax", [7, NAN, 7], 1, {"constant": 50.0}, [50, NAN, 50]),
        ("zscore", [1, 2, 3], 1, {}, [-1, 0, 1]),
        ("zscore", [1, 2, 3], -1, {"mean": 50, "deviation": 10}, [60, 50, 40]),
        ("zscore", [0.1, 0.1, 0.1], 1, {"constant": 0.0}, [0, 0, 0]),
        ("rank", [30, 10, 30, 50], 1, {}, [2, 1, 2, 4]),
        ("rank", [30, 10, 30, 50], -1, {}, [2, 4, 2, 1]),
        ("rank", [30, NAN, 10, 20], 1, {"to": (0, 100)}, [100, NAN, 0, 50]),
        ("rank", [5.1, 5.1000000000000005], 1, {}, [1, 2]),
        ("percentile", [30, 10, 30, 50, 70], 1, {}, [0.25, 0, 0.25, 0.75, 1]),
        ("borda", [30, 10, 30, 50], -1, {}, [1, 3, 1, 0]),
        ("goalposts", [5, 12, -3], 1, {"low": 0, "high": 10}, [0.5, 1, 0]),
        ("goalposts", [5, 12], -1, {"low": 0, "high": 10, "cap": False}, [0.5, -0.2]),
        ("goalposts", [5], 1, {"low": 0, "high": 10, "to": (0, 100)}, [50]),
        ("target", [10, 30, 60], 1, {"targets": 50}, [0, 0.5, 1.25]),
        ("target", [10, 30, 60], 1, {"targets": 50, "cap": True}, [0, 0.5, 1]),
        ("target", [10, 30, 60], -1, {"targets": 20}, [1.25, 0.75, 0]),
        ("target", [10, 40], 1, {"targets": 20, "form": "ratio"}, [0.5, 2]),
        ("target", [10, 40], -1, {"targets": 20, "form": "difference"}, [0.5, -1]),
        ("best", [2, 4, 3], 1, {}, [0.5, 1, 0.75]),
        ("best", [5, 10, 8], -1, {}, [1, 0.5, 0.625]),
        ("reference", [10, 20, 30], 1, {"unit": 1}, [0.5, 1, 1.5]),
        ("reference", [10, 20, 40], -1, {"unit": 1}, [2, 1, 0.5]),
        ("reference", [10, 20, 90], 1, {"unit": "median", "form": "difference"}, [-0.5, 0, 3.5]),
        ("reference", [10, 20, 30], 1, {"unit": 1, "form": "distance"}, [0, 1, 2]),
        ("vector", [3, 4], 1, {}, [0.6, 0.8]),
        ("vector", [3, 4], -1, {}, [0.4, 0.2]),
        ("vector", [3e200, 4e200], 1, {}, [0.6, 0.8]),
        ("sum", [1, 3], 1, {}, [0.25, 0.75]),
        ("sum", [1, 3], -1, {}, [0.75, 0.25]),
    ],
)
def test_a_column_by_hand(method, column, direction, options, expected):
    values = normalise(method, np.transpose([column]), [direction], **options)
    np.testing.assert_allclose(values.ravel(), expected, rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize("method", METHODS)
def test_missing_stays_missing_and_nothing_else_becomes_so(method):
    values = normalise(method, X, SIGNS, **OPTIONS.get(method, {}))
    assert np.array_equal(np.isnan(values), np.isnan(X))


@pytest.mark.parametrize("method", METHODS)
def test_rows_and_columns_may_come_in_any_order(method):
    options = OPTIONS.get(method, {})
    values = normalise(method, X, SIGNS, **options)
    rows, columns = [2, 0, 3, 1], [1, 2, 0]
    moved = normalise(method, X[rows][:, columns], np.array(SIGNS)[columns], **options)
    np.testing.assert_array_equal(moved, values[rows][:, columns])


@pytest.mark.parametrize("method", METHODS)
def test_better_is_never_lower(method):
    values = normalise(method, X, SIGNS, **OPTIONS.get(method, {}))
    for raw, score, sign in zip(X.T, values.T, SIGNS, strict=True):
        order = np.argsort(sign * raw)[: np.isfinite(raw).sum()]
        assert (np.diff(score[order]) >= 0).all()


@pytest.mark.parametrize("method", METHODS)
def test_fitting_and_applying_is_the_same_as_both_at_once(method):
    options = OPTIONS.get(method, {})
    ruler = fit(method, X, **options)
    whole = normalise(method, X, SIGNS, **options)
    np.testing.assert_array_equal(apply(method, X, ruler, SIGNS, **options), whole)
    alone = apply(method, X[1:2], ruler, SIGNS, **options)
    np.testing.assert_array_equal(alone, whole[1:2])


def test_every_method_has_its_two_halves():
    assert list(MODULES) == list(METHODS)
    for name, module in MODULES.items():
        assert METHODS[name].function is getattr(module, name)
        assert callable(module.fit)
        assert callable(module.apply)


@pytest.mark.parametrize(
    ("method", "later", "expected"),
    [
        ("minmax", 30, 2.0),
        ("zscore", 30, 2.0),
        ("rank", 15, 2),
        ("rank", 99, 3),
        ("percentile", 15, 0.5),
        ("percentile", 99, 1.0),
        ("borda", 5, 0),
    ],
)
def test_a_later_unit_is_measured_on_the_same_ruler(method, later, expected):
    sample = [[0.0], [10.0], [20.0]] if method == "zscore" else [[10.0], [15.0], [20.0]]
    assert apply(method, [[later]], fit(method, sample)).item() == expected


def test_the_ruler_is_what_its_words_say():
    ruler = fit("zscore", [[1.0], [2.0], [NAN], [3.0]])
    assert {word: array.tolist() for word, array in ruler.items()} == {
        "mean": [2.0],
        "deviation": [1.0],
    }


@pytest.mark.parametrize(
    ("method", "matrix", "options", "says"),
    [
        ("minmax", [[1, 7], [2, 7]], {}, "B"),
        ("zscore", [[1, 7], [2, 7]], {}, "B"),
        ("zscore", [[1, NAN], [2, 7]], {}, "B"),
        ("minmax", [[1, NAN], [2, NAN]], {}, "B"),
        ("percentile", [[1, NAN], [2, 7]], {}, "B"),
        ("goalposts", [[1, 2]], {}, "low and high"),
        ("goalposts", [[1, 2]], {"low": [0, 9], "high": 5}, "B"),
        ("goalposts", [[1, 2]], {"low": [0, 1, 2], "high": 5}, "3 numbers for 2"),
        ("target", [[1, 2]], {}, "targets"),
        ("target", [[1, 2], [3, 4]], {"targets": [3, 2]}, "B"),
        ("best", [[1, -2], [3, -4]], {}, "B"),
        ("reference", [[1, NAN], [3, 4]], {"unit": 0}, "B"),
        ("reference", [[1, 2], [3, 4]], {"unit": 7}, "7"),
        ("vector", [[1, 0], [3, 0]], {}, "B"),
        ("sum", [[1, -2], [3, 4]], {}, "B"),
        ("minmax", [[1, np.inf], [3, 4]], {}, "B"),
        ("minmax", [1, 2], {}, "shape"),
    ],
)
def test_what_cannot_be_normalised_is_named(method, matrix, options, says):
    with pytest.raises(MethodError) as refused:
        normalise(method, matrix, names=["A", "B"], **options)
    assert says in refused.value.message("en")
    assert refused.value.message("zh")


@pytest.mark.parametrize("method", ["best", "sum"])
def test_costs_of_zero_are_refused(method):
    with pytest.raises(MethodError, match=r"above 0.*B"):
        normalise(method, [[1, 0], [2, 3]], [1, -1], names=["A", "B"])


def test_directions_are_one_or_minus_one():
    with pytest.raises(MethodError, match="#2"):
        normalise("minmax", [[1, 2], [3, 4]], [1, 0])
    with pytest.raises(MethodError, match="3 directions for 2"):
        normalise("minmax", [[1, 2], [3, 4]], [1, 1, 1])


def test_unknown_names_and_options():
    with pytest.raises(UnknownNameError, match="minmax"):
        normalise("minmx", X)
    with pytest.raises(RecipeError, match="cap"):
        normalise("minmax", X, cap=True)


def test_minmax_and_zscore_against_exact_fractions():
    rng = np.random.default_rng(4)
    for _ in range(500):
        column = rng.integers(-50, 50, rng.integers(2, 7))
        if np.ptp(column) == 0:
            continue
        exact = [Fraction(int(x)) for x in column]
        low, high = min(exact), max(exact)
        rise = [float((x - low) / (high - low)) for x in exact]
        np.testing.assert_allclose(normalise("minmax", column[:, None])[:, 0], rise, rtol=1e-12)
        mean = sum(exact) / len(exact)
        variance = sum((x - mean) ** 2 for x in exact) / (len(exact) - 1)
        squared = [float((x - mean) ** 2 / variance) for x in exact]
        z = normalise("zscore", column[:, None])[:, 0]
        np.testing.assert_allclose(z**2, squared, rtol=1e-12, atol=1e-14)
        assert (np.sign(z.round(12)) == [np.sign(float(x - mean)) for x in exact]).all()


@pytest.mark.parametrize("method", ["minmax", "vector", "sum"])
@pytest.mark.parametrize("direction", [1, -1])
def test_pymcdm_agrees(method, direction):
    column = np.random.default_rng(8).uniform(1, 9, 12)
    expected = getattr(witness, f"{method}_normalization")(column, cost=direction < 0)
    values = normalise(method, column[:, None], [direction])
    np.testing.assert_allclose(values[:, 0], expected, rtol=1e-13)
