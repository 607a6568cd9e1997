"""EM and multiple imputation against closed forms, an independent loop, and long-run coverage."""

import numpy as np
import pytest
from scipy import optimize, stats

from steelyard.assess.impute.impute import apply, fit, impute
from steelyard.assess.impute.imputed import carry
from steelyard.errors import MethodError

NAN = float("nan")


def drawn(seed, units=40, indicators=3, share=0.2):
    random = np.random.default_rng(seed)
    mixing = random.normal(size=(indicators, indicators)) + np.eye(indicators)
    table = [5, 100, 0.2][:indicators] + random.normal(size=(units, indicators)) @ mixing
    table[random.random(table.shape) < share] = NAN
    return table[~np.isnan(table).all(axis=1)]


def test_one_column_that_breaks_off_by_the_closed_form():
    """x complete, y for some units only: Anderson (1957).

    The regression of y on x among the complete pairs, taken at the mean of all x.
    """
    random = np.random.default_rng(0)
    x = random.normal(3, 2, 30)
    y = 1 + 2 * x + random.normal(0, 1, 30)
    table = np.transpose([x, np.where(np.arange(30) < 20, y, NAN)])
    slope = np.cov(x[:20], y[:20])[0, 1] / np.var(x[:20], ddof=1)
    mean = y[:20].mean() + slope * (x.mean() - x[:20].mean())
    variance = y[:20].var() + slope**2 * (x.var() - x[:20].var())
    imputed = impute("em", table, tolerance=1e-13)
    np.testing.assert_allclose(imputed.details["mean"], [x.mean(), mean], rtol=1e-9)
    np.testing.assert_allclose(
        imputed.details["covariance"],
        [[x.var(), slope * x.var()], [slope * x.var(), variance]],
        rtol=1e-9,
    )
    expected = y[:20].mean() + slope * (x[20:] - x[:20].mean())
    np.testing.assert_allclose(imputed.values[20:, 1], expected, rtol=1e-9)


def likelihood(table, mean, covariance):
    """Of the observed cells alone, unit by unit."""
    total = 0.0
    for row in table:
        seen = ~np.isnan(row)
        part = covariance[np.ix_(seen, seen)]
        total += stats.multivariate_normal(mean[seen], part).logpdf(row[seen])
    return total


def test_no_other_mean_or_covariance_is_likelier():
    """A general optimiser, started beside the result, climbs back to it."""
    table = drawn(0, units=25)
    found = impute("em", table, tolerance=1e-12).details
    size = len(found["mean"])
    lower = np.tril_indices(size)

    def unpacked(numbers):
        root = np.zeros((size, size))
        root[lower] = numbers[size:]
        return numbers[:size], root @ root.T

    def unlikelihood(numbers):
        return -likelihood(table, *unpacked(numbers))

    at_maximum = np.concatenate([found["mean"], np.linalg.cholesky(found["covariance"])[lower]])
    best = optimize.minimize(unlikelihood, at_maximum * 1.1 + 0.05, method="BFGS")
    assert likelihood(table, found["mean"], found["covariance"]) >= -best.fun - 1e-7
    mean, covariance = unpacked(best.x)
    np.testing.assert_allclose(found["mean"], mean, atol=2e-3)
    np.testing.assert_allclose(found["covariance"], covariance, atol=2e-2)


@pytest.mark.parametrize("seed", range(3))
def test_an_independent_loop_comes_to_the_same(seed):
    """Unit by unit, on raw values, without patterns, weights or standardising."""
    table = drawn(seed)
    mean = np.nanmean(table, axis=0)
    covariance = np.diag(np.nanvar(table, axis=0))
    for _ in range(300):
        complete, extra = [], np.zeros_like(covariance)
        for row in table:
            gone = np.isnan(row)
            inverse = np.linalg.inv(covariance[~gone][:, ~gone])
            across = covariance[gone][:, ~gone]
            row = row.copy()  # noqa: PLW2901
            row[gone] = mean[gone] + across @ inverse @ (row[~gone] - mean[~gone])
            extra[np.ix_(gone, gone)] += covariance[gone][:, gone] - across @ inverse @ across.T
            complete.append(row)
        complete = np.array(complete)
        mean = complete.mean(axis=0)
        covariance = ((complete - mean).T @ (complete - mean) + extra) / len(table)
    imputed = impute("em", table, tolerance=1e-13)
    np.testing.assert_allclose(imputed.details["mean"], mean, rtol=1e-8)
    np.testing.assert_allclose(imputed.details["covariance"], covariance, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(imputed.values, complete, rtol=1e-7)


@pytest.mark.parametrize("method", ["em", "multiple"])
def test_the_unit_of_measurement_makes_no_difference(method):
    table = drawn(1)
    factor, zero = np.array([1000, 0.01, 60]), np.array([5, -3, 100])
    found = impute(method, table * factor + zero).values
    if method == "em":
        np.testing.assert_allclose(found, impute(method, table).values * factor + zero, rtol=1e-6)
    else:
        observed = ~np.isnan(table)
        np.testing.assert_allclose(found[observed], (table * factor + zero)[observed])


def test_a_column_without_spread_is_filled_with_its_value():
    for method in ("em", "multiple"):
        assert impute(method, [[7], [NAN], [7]]).values.ravel().tolist() == [7, 7, 7]
    table = drawn(2)
    table = np.column_stack([table, [7.0] * (len(table) - 1) + [NAN]])
    imputed = impute("em", table)
    assert imputed.values[-1, -1] == 7
    np.testing.assert_array_equal(imputed.values[:, :3], impute("em", table[:, :3]).values)


def test_indicators_linear_in_each_other_are_named():
    table = drawn(3)
    doubled = np.column_stack([table, 2 * table[:, 1]])
    with pytest.raises(MethodError) as caught:
        impute("em", doubled, names=["a", "b", "c", "d"])
    assert caught.value.key == "impute.singular"
    assert caught.value.fields["indicators"] == "b, d"
    assert not np.isnan(impute("em", doubled, ridge=1).values[:, [0, 2]]).any()


def test_more_indicators_than_units_need_a_ridge():
    random = np.random.default_rng(0)
    table = random.normal(size=(8, 12))
    table[0, 0] = table[3, 5] = NAN
    for method in ("em", "multiple"):
        with pytest.raises(MethodError, match=r"13 units.*to 5 at least"):
            impute(method, table)
    assert not np.isnan(impute("em", table, ridge=5).values).any()


def test_an_endless_ridge_is_the_mean():
    table = drawn(4)
    found = impute("em", table, ridge=1e12).values
    np.testing.assert_allclose(found, impute("mean", table).values, rtol=1e-6)


def test_what_is_imputed_stays_within_its_bounds():
    """The line is y = 3 + 0.4 (x − 2.5)."""
    table = np.array([[1, 3], [2, 1], [3, 5], [4, 3], [10, NAN], [-5, NAN]])
    assert impute("em", table).values[-2:, 1] == pytest.approx([6, 0], abs=1e-5)
    found = impute("em", table, low=[NAN, 1], high=[2, 5])
    assert found.values[-2:].tolist() == [[10, 5], [-5, 1]]
    draws = impute("multiple", table, low=0).draws
    assert (draws[:, :, 1] >= 0).all() and (draws[:, 5, 0] == -5).all()


def test_draws_differ_where_cells_are_missing_and_nowhere_else():
    table = drawn(5)
    imputed = impute("multiple", table, draws=6)
    gaps = np.isnan(table)
    assert imputed.draws.shape == (6, *table.shape)
    assert (np.ptp(imputed.draws, axis=0)[gaps] > 0).all()
    assert (np.ptp(imputed.draws, axis=0)[~gaps] == 0).all()
    np.testing.assert_allclose(imputed.values, imputed.draws.mean(axis=0), rtol=1e-14)
    np.testing.assert_array_equal(imputed.details["deviation"] > 0, gaps)


def test_the_seed_decides():
    table = drawn(5)
    first, same, other = (impute("multiple", table, seed=seed).draws for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, same)
    assert (first != other)[:, np.isnan(table)].all()


def test_many_draws_centre_on_the_expectation_and_spread_by_the_residual():
    """One gap in 200 units, so that the distribution itself is nearly sure."""
    random = np.random.default_rng(6)
    x = random.normal(size=200)
    table = np.transpose([x, 3 * x + random.normal(0, 2, 200)])
    table[0, 1] = NAN
    imputed = impute("multiple", table, draws=2000, steps=1)
    residual = np.sqrt(np.var(table[1:, 1]) * (1 - np.corrcoef(table[1:].T)[0, 1] ** 2))
    expected = impute("em", table).values[0, 1]
    assert imputed.values[0, 1] == pytest.approx(expected, abs=4 * residual / 2000**0.5)
    assert imputed.details["deviation"][0, 1] == pytest.approx(residual, rel=0.08)


def test_intervals_by_the_carried_spread_hold_the_truth_as_often_as_they_say():
    """95 % intervals of a unit's score, over 40 tables of 30 units with a tenth missing."""
    hits, tried = 0, 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        truth = random.normal(size=(30, 1)) + random.normal(size=(30, 3))
        table = np.where(random.random(truth.shape) < 0.1, NAN, truth)
        imputed = impute("multiple", table, draws=20, steps=5, seed=seed)
        carried = carry(imputed, lambda matrix: matrix.mean(axis=1))
        doubtful = np.isnan(table).any(axis=1) & ~np.isnan(table).all(axis=1)
        error = np.abs(carried.mean - truth.mean(axis=1))[doubtful]
        hits += (error <= stats.t(19).ppf(0.975) * carried.deviation[doubtful]).sum()
        tried += doubtful.sum()
    assert tried > 300
    assert hits / tried == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / tried))


def test_a_later_city_draws_on_the_distributions_of_the_sample():
    table = drawn(8)
    fitted = fit("multiple", table, draws=5)
    later = apply("multiple", [[6.0, NAN, NAN]], fitted)
    assert later.draws.shape == (5, 1, 3)
    assert (later.draws[:, 0, 0] == 6).all()
    assert len(np.unique(later.draws[:, 0, 1])) == 5
