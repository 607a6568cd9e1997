"""Filling in from a city's own years."""

import numpy as np
import pytest

from steelyard.assess.impute.impute import impute

NAN = float("nan")
YEARS = [2018, 2019, 2020, 2021, 2024]
CELLS = [NAN, 10.0, NAN, 30.0, NAN]


def series(method, cells=CELLS, years=YEARS, **options):
    table = np.array(cells)[:, None]
    return impute(method, table, cities=["A"] * len(cells), years=years, **options)


@pytest.mark.parametrize(
    ("method", "values", "origins"),
    [
        ("latest", [NAN, 10, 10, 30, 30], [NAN, NAN, 2019, NAN, 2021]),
        ("constant", [10, 10, 10, 30, 30], [2019, NAN, 2019, NAN, 2021]),
        ("linear", [10, 10, 20, 30, 30], [2019, NAN, NAN, NAN, 2021]),
    ],
)
def test_by_hand(method, values, origins):
    """As R's approx with rule 2, which COINr uses for constant and linear."""
    imputed = series(method)
    np.testing.assert_array_equal(imputed.values.ravel(), values)
    np.testing.assert_array_equal(imputed.details["year"].ravel(), origins)


def test_a_line_runs_through_years_that_are_not_there():
    found = series("linear", [10, NAN, 40], [2020, 2021, 2023]).values.ravel()
    assert found.tolist() == [10, 20, 40]


@pytest.mark.parametrize(("reach", "last"), [(2, NAN), (3, 30)])
def test_a_value_is_carried_only_so_far(reach, last):
    found = series("latest", reach=reach).values.ravel()
    np.testing.assert_array_equal(found, [NAN, 10, 10, 30, last])


@pytest.mark.parametrize("method", ["latest", "linear", "constant"])
def test_cities_do_not_lend_to_each_other(method):
    table = [[1, NAN], [NAN, NAN], [7, 5], [NAN, 6]]
    found = impute(method, table, cities=["A", "A", "B", "B"], years=[2020, 2021, 2020, 2021])
    np.testing.assert_array_equal(found.values, [[1, NAN], [1, NAN], [7, 5], [7, 6]])


@pytest.mark.parametrize("seed", range(10))
def test_random_panels_by_plain_loops(seed):
    random = np.random.default_rng(seed)
    cities = np.repeat(["A", "B", "C", "D"], 6)
    years = np.tile([2015, 2016, 2018, 2019, 2020, 2024], 4)
    table = random.normal(size=(24, 3))
    table[random.random(table.shape) < 0.4] = NAN
    shuffled = random.permutation(24)
    for method, witness in (("latest", last_known), ("linear", on_the_line)):
        given = {"cities": cities[shuffled], "years": years[shuffled]}
        found = impute(method, table[shuffled], **given).values
        for place, row in enumerate(shuffled):
            for column in range(3):
                known = {
                    years[other]: table[other, column]
                    for other in range(24)
                    if cities[other] == cities[row] and not np.isnan(table[other, column])
                }
                expected = witness(known, years[row])
                np.testing.assert_allclose(found[place, column], expected, rtol=1e-12)


def last_known(known, year):
    past = [other for other in known if other <= year]
    return known[max(past)] if past else NAN


def on_the_line(known, year):
    before = [other for other in known if other <= year]
    after = [other for other in known if other >= year]
    if not known:
        return NAN
    if not before or not after:
        return known[min(after)] if after else known[max(before)]
    first, last = max(before), min(after)
    share = (year - first) / (last - first) if last > first else 0
    return known[first] + share * (known[last] - known[first])
