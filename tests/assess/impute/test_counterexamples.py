"""Every counter-example of the table of imputations in docs/methods.md, carried out.

Of each: the table, of which one cell is missing, what is changed, and what is filled in before and
after, worked out by hand. Rows and columns count from 0 here and from the first in the
documentation.
"""

from pathlib import Path

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.impute import METHODS
from steelyard.assess.impute.impute import impute

TEXT = (Path(__file__).parents[3] / "docs" / "methods.md").read_text("utf-8")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
EAST_WEST = {"groups": ["east", "east", "east", "west", "east"]}
ONE_CITY = {"cities": ["A"] * 4, "years": [2020, 2021, 2022, 2023]}
COUNTEREXAMPLES = {
    # 12/3, and 4/2 without the 8.
    "mean": ([1, 3, 8, None], {}, ("drop", 2), 4, 2),
    "median": ([1, 3, 8, None], {}, ("drop", 2), 3, 2),
    # 12/3 of the east, and 9/3 where the 5 has become a 2.
    "group_mean": ([5, 3, 4, 50, None], EAST_WEST, ("set", 0, 0, 2), 4, 3),
    "group_median": ([5, 3, 4, 50, None], EAST_WEST, ("set", 0, 0, 2), 4, 3),
    # 2 is nearer to 1 than to 4, 3 is nearer to 4.
    "knn": ([[1, 10], [4, 40], [2, None]], {"neighbours": 1}, ("set", 2, 0, 3), 10, 40),
    # The regressions 2 + (x − 2)/2 and 4 + 7/2 (x − 2) at 10, beyond all that was observed.
    "em": ([[1, 1], [2, 3], [3, 2], [10, None]], {}, ("set", 2, 1, 8), 6, 32),
    # The years of a city: no trend is followed, and an odd year is carried on.
    "latest": ([4, 6, 8, None], ONE_CITY, ("set", 2, 0, 80), 8, 80),
    # (4 + 8)/2 and (4 + 16)/2: a later year moves an earlier one.
    "linear": ([4, None, 8, 10], ONE_CITY, ("set", 2, 0, 16), 6, 10),
    "constant": ([None, 6, 8, 10], ONE_CITY, ("set", 1, 0, 3), 6, 3),
}


def table_of(rows):
    cells = [row if isinstance(row, list) else [row] for row in rows]
    return np.array([[np.nan if cell is None else cell for cell in row] for row in cells], float)


def changed(rows, options, change):
    """The table after a change, its options, and its sentence in the documentation."""
    values, (kind, row, *rest) = table_of(rows), change
    if kind == "drop":
        return np.delete(values, row, axis=0), options, f"without the {ORDINALS[row]}"
    column, to = rest
    values[row, column] = to
    where = f"{ORDINALS[row]}'s {ORDINALS[column]} value" if len(values.T) > 1 else ORDINALS[row]
    return values, options, f"with {to} as the {where}"


def filled(method, values, options):
    found = impute(method, values, **options)
    (place,) = np.argwhere(np.isnan(values))
    return found.values[tuple(place)]


def printed(row):
    cells = row if isinstance(row, list) else [row]
    shown = ",".join("?" if cell is None else str(cell) for cell in cells)
    return f"({shown})" if isinstance(row, list) else shown


def test_every_method_that_fills_in_has_a_counterexample():
    rest = {"reweight", "zero", "refuse", "multiple"}
    assert set(COUNTEREXAMPLES) | rest == set(METHODS)


@pytest.mark.parametrize("method", COUNTEREXAMPLES)
def test_what_is_filled_in_is_as_told(method):
    rows, options, change, before, after = COUNTEREXAMPLES[method]
    assert filled(method, table_of(rows), options) == pytest.approx(before, abs=1e-7)
    values, options, _ = changed(rows, options, change)
    assert filled(method, values, options) == pytest.approx(after, abs=1e-7)


@pytest.mark.parametrize("method", COUNTEREXAMPLES)
def test_the_documentation_says_so(method):
    rows, options, change, before, after = COUNTEREXAMPLES[method]
    what = changed(rows, options, change)[2]
    said = f"{', '.join(map(printed, rows))} → {before}; {what} → {after}"
    row = next(line for line in TEXT.splitlines() if f"`{method}`" in line and said in line)
    assert row.startswith("| `")


def test_leaving_out_the_worst_value_pays_where_weights_are_reweighted():
    """(80 + 20)/2 = 50, but 80 alone is 80."""
    assert sy.aggregate("arithmetic", [[80, 20], [80, np.nan]]).scores.tolist() == [50, 80]
    assert "(80,20) has the mean 50, (80,?) 80" in TEXT


def test_zero_takes_who_is_silent_for_the_worst():
    """80/2 is the mean of both, though the second may be anything."""
    assert sy.aggregate(
        "arithmetic", impute("zero", [[80, 0], [80, np.nan]]).values
    ).scores.tolist() == [40, 40]
    assert "(80,?) and (80,0) have the mean 40" in TEXT


def test_another_seed_draws_another_value():
    """The mean of some draws around the regression's 4, never the same twice."""
    table = [[1, 3], [2, 1], [3, 5], [4, 3], [5, np.nan]]
    found = {round(impute("multiple", table, seed=seed).values[4, 1], 6) for seed in range(5)}
    assert len(found) == 5
