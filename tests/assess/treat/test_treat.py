"""Worked examples of each treatment, what it learned, and its refusals."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from steelyard.assess.treat import METHODS, MODULES
from steelyard.assess.treat.moments import Limits, distinct, sample_kurtosis, sample_skewness
from steelyard.assess.treat.transform import identity
from steelyard.assess.treat.treat import apply, fit, treat
from steelyard.errors import MethodError, RecipeError, UnknownNameError

NAN = float("nan")
TAIL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 90]


def column(values):
    return np.array(values, dtype=float)[:, None]


def drawn(seed, units=30, indicators=6):
    """Log-normal columns with outliers, and gaps."""
    random = np.random.default_rng(seed)
    table = np.exp(random.normal(0, 1.5, (units, indicators)))
    table[random.random(table.shape) < 0.1] = NAN
    return table


def test_skewness_by_hand():
    """1, 2, 6: mean 3, deviations −2, −1, 3; Σd² = 14, Σd³ = 18."""
    expected = 18 / 14**1.5 * 3 * 2**0.5 / 1
    assert sample_skewness(column([1, 2, 6, NAN]))[0] == pytest.approx(expected, rel=1e-14)


def test_kurtosis_in_exact_fractions():
    values = [Fraction(v) for v in (1, 2, 3, 4, 20)]
    n, mean = len(values), sum(values) / 5
    second, fourth = (sum((v - mean) ** power for v in values) for power in (2, 4))
    exact = ((n + 1) * (n * fourth / second**2 - 3) + 6) * Fraction(n - 1, (n - 2) * (n - 3))
    assert sample_kurtosis(column([1, 2, 3, 4, 20]))[0] == pytest.approx(float(exact), rel=1e-14)


@pytest.mark.parametrize("seed", range(5))
def test_moments_against_scipy(seed):
    table = drawn(seed)
    wanted = {"axis": 0, "bias": False, "nan_policy": "omit"}
    np.testing.assert_allclose(sample_skewness(table), stats.skew(table, **wanted), rtol=1e-12)
    np.testing.assert_allclose(sample_kurtosis(table), stats.kurtosis(table, **wanted), rtol=1e-12)


@pytest.mark.parametrize("factor", [1e-200, 1e100, 1e300])
def test_moments_of_huge_and_tiny_numbers(factor):
    found = sample_skewness(column(TAIL) * factor)[0], sample_kurtosis(column(TAIL) * factor)[0]
    assert found == pytest.approx((stats.skew(TAIL, bias=False), stats.kurtosis(TAIL, bias=False)))


@pytest.mark.parametrize("values", [[], [3], [3, 3, 3, 3], [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3], [1, 2]])
def test_too_few_or_constant_values_have_no_moments_and_pass(values):
    one = column([*values, NAN])
    assert np.isnan(sample_skewness(one)[0])
    assert Limits().passed(one)[0]
    np.testing.assert_array_equal(treat("skewness", one).values, one)


def test_distinct_values():
    assert distinct(np.array([[1, NAN, 2], [1, NAN, NAN], [5, NAN, 2.0]])).tolist() == [2, 0, 1]


def test_both_skewness_and_kurtosis_must_be_over_their_limits():
    """The column has skewness 3.4 and kurtosis 11.9."""
    one = column(TAIL)
    assert not Limits(3, 11).passed(one)[0]
    assert Limits(4, 11).passed(one)[0]
    assert Limits(3, 13).passed(one)[0]


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        (TAIL, {}, [*TAIL[:-1], 12]),
        ([-v for v in TAIL], {}, [*(-v for v in TAIL[:-1]), -12]),
        ([*TAIL, 80, NAN], {}, [*TAIL[:-1], 12, 12, NAN]),
        ([*TAIL, 80], {"points": 1}, [*TAIL[:-1], 80, 80]),
        ([*TAIL, 90], {"points": 1}, [*TAIL, 90]),
        (TAIL, {"points": 0}, TAIL),
        (TAIL, {"skewness": 4}, TAIL),
        ([0] * 20 + [1], {}, [0] * 20 + [1]),
        ([*range(11)], {"percentiles": (10, 90)}, [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]),
    ],
    ids=[
        "one high", "one low", "two", "one of two", "a tie goes together or not at all", "none",
        "within the limits", "yes and no stay", "percentiles",
    ],
)  # fmt: skip
def test_winsorised_by_hand(values, options, expected):
    treated = treat("winsorise", column(values), **options)
    np.testing.assert_array_equal(treated.values.ravel(), expected)


def brute_force(values, points):
    """Replace the extreme value by the next one, point by point, as long as it is not enough."""
    values, used = list(values), 0
    while abs(stats.skew(values, bias=False)) >= 2 and stats.kurtosis(values, bias=False) >= 3.5:
        high = stats.skew(values, bias=False) >= 0
        extreme = max(values) if high else min(values)
        others = [value for value in values if value != extreme]
        if not others or used + 1 > points:
            break
        used += 1
        nearest = max(others) if high else min(others)
        values = [nearest if value == extreme else value for value in values]
    return values


@pytest.mark.parametrize("seed", range(20))
def test_winsorised_by_brute_force(seed):
    values = np.random.default_rng(seed).standard_cauchy(25)
    found = treat("winsorise", column(values), points=4).values.ravel()
    np.testing.assert_array_equal(found, brute_force(values, 4))


def test_logarithms_by_hand():
    """2, 4, 102: range 100, so 1 is added to the distance from the lowest."""
    np.testing.assert_allclose(
        treat("log", column([2, 4, 102])).values.ravel(), np.log([1, 3, 101]), rtol=1e-15
    )
    found = treat("log", column([2, 4, 102]), offset="none").values.ravel()
    np.testing.assert_allclose(found, np.log([2, 4, 102]), rtol=1e-15)
    found = treat("log", column([0, 98, 100]), reflect=True).values.ravel()
    np.testing.assert_allclose(found, -np.log([101, 3, 1]), rtol=1e-15)


@pytest.mark.parametrize("seed", range(5))
def test_the_likeliest_power_against_scipy(seed):
    positive = np.random.default_rng(seed).lognormal(1, 0.8, 40) + 1
    treated = treat("boxcox", column([*positive, NAN]), offset="none")
    expected, power = stats.boxcox(positive)
    assert treated.fitted["power"][0] == pytest.approx(power, abs=1e-6)
    np.testing.assert_allclose(treated.values[:-1, 0], expected, rtol=1e-5)


def test_squares_of_a_normal_column_want_the_root():
    quantiles = stats.norm.ppf((np.arange(99) + 1) / 100, 10, 1)
    assert fit("boxcox", column(quantiles**2), offset="none")["power"][0] == pytest.approx(
        0.5, abs=0.05
    )


ONE = [*range(1, 19), 200, NAN]
DOUBLING = [2**exponent for exponent in range(20)]


def test_the_chain_winsorises_where_that_is_enough_and_else_transforms():
    """One point may go: the only outlier is drawn in; among doubling values it does not help."""
    treated = treat("skewness", np.transpose([ONE, DOUBLING]), points=1)
    assert treated.values[18, 0] == 18
    expected = np.log(np.array(DOUBLING) - 1 + 0.01 * (2**19 - 1))
    np.testing.assert_allclose(treated.values[:, 1], expected, rtol=1e-14)
    assert treated.details["winsorised"].tolist() == [1, 0]
    assert treated.details["transformed"].tolist() == [False, True]
    assert treated.details["passed"].tolist() == [False, False]
    assert treated.details["passed_after"].tolist() == [True, True]
    boxcox = treat("skewness", np.transpose([ONE, DOUBLING]), points=1, then="boxcox")
    np.testing.assert_array_equal(
        boxcox.values[:, 1], treat("boxcox", column(DOUBLING)).values[:, 0]
    )
    assert {cell.step for cell in boxcox.cells} == {"high", "boxcox"}


def test_left_tails_are_reflected_when_asked():
    """Without, the logarithm leaves the tail, and the details say that it does not pass."""
    left = -column(DOUBLING)
    plain, reflected = (treat("skewness", left, points=1, reflect=r) for r in (False, True))
    assert plain.details["passed_after"].tolist() == [False]
    assert plain.details["skewness_after"][0] < plain.details["skewness"][0] < -2
    assert reflected.details["passed_after"].tolist() == [True]
    np.testing.assert_allclose(
        -reflected.values, treat("skewness", -left, points=1).values, rtol=1e-14
    )


def test_every_changed_cell_is_told_in_both_languages():
    treated = treat("skewness", np.transpose([TAIL, range(13)]))
    assert len(treated.cells) == 1
    cell = treated.cells[0]
    assert (cell.row, cell.column, cell.before, cell.after) == (12, 0, 90, 12)
    assert cell.sentence("en") == "Winsorised at the high end, from 90 to 12."
    assert cell.sentence("zh") == "缩尾处理:偏高的极值由 90 收至 12。"


@pytest.mark.parametrize("method", METHODS)
def test_units_of_the_sample_are_treated_the_same_one_by_one(method):
    table = drawn(1)
    fitted = fit(method, table)
    one_by_one = [apply(method, row[None], fitted).values[0] for row in table]
    np.testing.assert_array_equal(np.array(one_by_one), treat(method, table).values)


def test_a_later_city_is_treated_by_the_marks_of_the_sample():
    fitted = fit("winsorise", column(TAIL))
    assert apply("winsorise", column([50, 12, 11]), fitted).values.ravel().tolist() == [12, 12, 11]
    fitted = fit("log", column([2, 4, 102]))
    assert apply("log", column([1002, 1.5]), fitted).values.ravel() == pytest.approx(
        np.log([1001, 0.5])
    )
    with pytest.raises(MethodError) as caught:
        apply("log", column([5, 1]), fitted, names=["roads"], units=["武汉市", "黄石市"])
    assert caught.value.key == "treat.no_logarithm"
    assert "roads" in str(caught.value) and "黄石市" in str(caught.value)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(5))
def test_permuting_rows_and_columns_permutes_the_result(method, seed):
    table = drawn(seed)
    random = np.random.default_rng(seed)
    rows, columns = random.permutation(len(table)), random.permutation(table.shape[1])
    plain = treat(method, table).values
    shuffled = treat(method, table[rows][:, columns]).values
    np.testing.assert_array_equal(shuffled, plain[rows][:, columns])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(5))
def test_order_is_kept_and_missing_stays_missing(method, seed):
    """Winsorising may tie units; nothing turns two round."""
    table = drawn(seed)
    found = treat(method, table).values
    np.testing.assert_array_equal(np.isnan(found), np.isnan(table))
    for before, after in zip(table.T, found.T, strict=True):
        order = np.argsort(before)[: (~np.isnan(before)).sum()]
        assert (np.diff(after[order]) >= 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_chain_treats_units_of_measurement_alike(seed):
    table = drawn(seed)
    found = treat("skewness", table * 1024).fitted
    plain = treat("skewness", table).fitted
    np.testing.assert_array_equal(found["high"], plain["high"] * 1024)
    np.testing.assert_array_equal(found["power"], plain["power"])


def test_an_empty_column_is_left_alone():
    table = np.transpose([TAIL, [NAN] * 13])
    for method in METHODS:
        assert np.isnan(treat(method, table).values[:, 1]).all()
    assert treat("winsorise", table, percentiles=(5, 95)).fitted["high"][1] == np.inf


def test_no_treatment_still_tells_what_has_outliers():
    treated = treat("none", np.transpose([TAIL, range(13)]))
    assert treated.cells == ()
    assert treated.details["passed"].tolist() == [False, True]
    assert all((treated.fitted[word] == array).all() or np.isnan(array).all()
               for word, array in identity(2).items())  # fmt: skip


@pytest.mark.parametrize(
    ("method", "values", "options", "key"),
    [
        ("log", [1, 2, 0], {"offset": "none"}, "treat.no_logarithm"),
        ("boxcox", [1, 2, -1], {"offset": "none"}, "treat.no_logarithm"),
        ("log", [1, 2], {"offset": "two"}, "treat.offset"),
        ("skewness", [1, 2], {"then": "root"}, "treat.then"),
        ("winsorise", [1, 2], {"points": -1}, "treat.points"),
        ("winsorise", [1, 2], {"percentiles": (90, 10)}, "treat.percentiles"),
        ("skewness", [1, float("inf")], {}, "normalise.infinite"),
    ],
)
def test_refusals(method, values, options, key):
    with pytest.raises(MethodError) as caught:
        METHODS[method].function(column(values), **options)
    assert caught.value.key == key
    assert caught.value.message("zh") and caught.value.message("en")


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="winsorise"):
        treat("winsorize", [[1]])
    with pytest.raises(RecipeError, match="points"):
        treat("winsorise", [[1]], pionts=3)


def test_each_method_has_its_two_halves():
    assert set(METHODS) == set(MODULES)
    for name, method in METHODS.items():
        assert method.title("zh") and method.title("en")
        assert method.function is getattr(MODULES[name], name)
        assert callable(MODULES[name].fit)
