"""Random recipes of spreadsheet arithmetic: another engine comes to Python's numbers.

The workbook is recalculated as written, and again after random cells were changed; each must agree
with scoring such a table. The slow part is a sweep to be run by hand.
"""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.assess.catalogues import CATALOGUES
from steelyard.errors import SteelyardError
from steelyard.indicators.framework import Auxiliary
from steelyard.indicators.indicator import Bilingual
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at

QUICK, SWEEP = 8, 400
#       lin  cost   log  log1p span rung share yes extra
LOW = [0.0, 10.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
HIGH = [80.0, 75.0, 1000.0, 500.0, 10.0, 3.0, 3.0, 1.0, 1.0]
WHOLE = (5, 7)
"""Columns that take whole numbers only."""
LIVE = {
    kind: tuple(name for name, method in catalogue.items() if method.live)
    for kind, catalogue in CATALOGUES.items()
}
"""What `methods` says that the workbook carries as formulas."""
BY_DATA = tuple(name for name in LIVE["weigh"] if CATALOGUES["weigh"][name].relative)
OPTIONS = {
    "topsis": ({"normalisation": "minmax"}, {"normalisation": "vector"}),
    "vikor": ({"v": 0.3}, {"v": 1}),
    "grey": ({"rho": 0.1}, {"rho": 0.9}),
    "ranksum": ({"ranking": "linear"}, {"ranking": "integer"}),
}
FOLLOW = (
    "Summary", "Ranking", "Reported", "Data", "Normalised", "Weighting", "Weights", "Scores",
    "Terms", "Contributions",
)  # fmt: skip
"""Sheets on which a change shows; others keep what was picked or named when it was written."""


def pick(rng, options):
    return options[rng.integers(len(options))]


def cities(rng, framework):
    """Some cities or two years of them, with gaps, ties and cells that do not apply."""
    count, several = int(rng.integers(4, 9)), rng.random() < 0.3
    values = np.round(rng.uniform(LOW, HIGH, (count, len(LOW))), int(pick(rng, [1, 12])))
    values[:, WHOLE] = rng.integers(0, [4, 2], (count, 2))
    if rng.random() < 0.3:
        values[1] = values[0]
    values[rng.random(values.shape) < pick(rng, [0, 0, 0.1, 0.25])] = np.nan
    more = (
        Auxiliary("people", Bilingual("人口", "People")),
        Auxiliary("kind", Bilingual("类别", "Kind"), "text", group=True),
    )
    auxiliary = {
        "people": [pick(rng, [0.5, 1.0, 2.4, 7.0, 24.0, None]) for _ in range(count)],
        "kind": [pick(rng, ["big", "small"]) for _ in range(count)],
        "region": [pick(rng, ["east", "west"]) for _ in range(count)],
        "incidents": rng.integers(0, 2, count).astype(float).tolist(),
    }
    dataset = sy.dataset_from_arrays(
        replace(framework, auxiliary=(*framework.auxiliary, *more)),
        [f"city {number // 2 if several else number}" for number in range(count)],
        values,
        auxiliary=auxiliary,
        years=[2023 + number % 2 for number in range(count)] if several else None,
    )
    if rng.random() < 0.3:
        where = tuple(rng.integers(0, values.shape))
        dataset.values[where], dataset.not_applicable[where] = np.nan, True
    return dataset


def recipe_of(rng):
    """A recipe all of whose steps are spreadsheet arithmetic."""
    nodes = rng.permutation(["index", "P", "Q", "Q1", "R"])[: rng.integers(1, 6)].tolist()
    aggregate = {node: pick(rng, LIVE["aggregate"]) for node in nodes}
    own = {name: pick(rng, OPTIONS[name]) for name in aggregate.values() if name in OPTIONS}
    weigh = pick(rng, ("framework", "equal", *BY_DATA, "combine", "combine"))
    codes = rng.permutation(["lin", "cost", "log", "log1p", "share", "extra"])[: rng.integers(4)]
    impute = pick(rng, [name for name in LIVE["impute"] if name != "refuse"])
    options = {"aggregate": own, "weigh": combination(rng) if weigh == "combine" else {}}
    if impute == "group_mean":
        options["impute"] = {"groups": "kind", "fallback": "overall"}
    return sy.Recipe(
        denominate=dict.fromkeys(codes.tolist(), "people"),
        screen=float(pick(rng, [0, 0, 0.5])),
        impute=impute,
        normalise=pick(rng, LIVE["normalise"]),
        weigh=weigh,
        aggregate=aggregate,
        options=options,
        exponent=float(pick(rng, [2, -1, 0.5])),
    )


def combination(rng):
    how = pick(rng, ("multiplicative", "geometric", "least-squares", "game"))
    count = 2 if how == "game" else int(rng.integers(2, 4))
    own = {"of": rng.permutation(["framework", "equal", *BY_DATA])[:count].tolist(), "how": how}
    own["of"][0] = pick(rng, [one for one in BY_DATA if one not in own["of"][1:]])
    if how in ("geometric", "least-squares"):
        own["shares"] = rng.integers(0, 3, count).tolist()
        own["shares"][0] = 1
    return own


def change(rng, assessment, path):
    """Change a few cells of the workbook; the table that it then states."""
    book = openpyxl.load_workbook(path)
    data, reported = book["Data"], "Reported" in book.sheetnames
    sheet = book["Reported"] if reported else data
    given = assessment.given if reported else assessment.dataset
    values, excused = given.values.copy(), given.not_applicable.copy()
    rows = {key: row for row, key in enumerate(zip(given.cities, given.years, strict=True))}
    for _ in range(rng.integers(1, 4)):
        row, column = 7 + int(rng.integers(len(assessment.dataset))), int(rng.integers(len(LOW)))
        place = rows[data.cell(row, 1).value, data.cell(row, 2).value or None]
        value = float(np.round(rng.uniform(LOW[column], HIGH[column]), 0 if column in WHOLE else 2))
        gone = rng.random() < 0.15
        sheet.cell(row, 3 + column).value = None if gone else value
        values[place, column], excused[place, column] = np.nan if gone else value, False
    book.save(path)
    return replace(given, values=values, not_applicable=excused)


def differing(assessment, values, sheets=None):
    """Cells with a formula that another engine gives another value."""
    return [
        (sheet.name, at(*place), cell.value, values.get((sheet.name, at(*place))), cell.formula)
        for sheet in build(assessment, "en").sheets
        if sheets is None or sheet.name in sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
        and not alike(values.get((sheet.name, at(*place))), cell.value)
    ]  # fmt: skip


def alike(found, expected):
    if isinstance(expected, str):
        return (found or "") == expected
    return isinstance(found, int | float) and abs(found - expected) <= 1e-8 * max(1, abs(expected))


def scored(dataset, recipe):
    """The assessment, or None where the recipe cannot be carried out on such a table."""
    try:
        return sy.score(dataset, recipe)
    except SteelyardError:
        return None


def test_what_is_said_to_be_live():
    """By name, so that a flag that is lost does not thin out the sweep."""
    assert set(BY_DATA) == {"entropy", "critic", "variation", "deviation"}
    assert {"mean", "median", "group_mean"} < set(LIVE["impute"])
    assert len(LIVE["normalise"]) == 11
    assert set(LIVE["aggregate"]) == {
        "arithmetic", "geometric", "harmonic", "power", "median", "topsis", "vikor", "grey",
        "ranksum",
    }  # fmt: skip


SEEDS = [*range(QUICK), *(pytest.param(n, marks=pytest.mark.slow) for n in range(QUICK, SWEEP))]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_workbook_follows_as_python_does(seed, small, tmp_path, recalculated):
    rng, assessment = np.random.default_rng(seed), None
    while assessment is None:
        recipe = recipe_of(rng)
        assessment = scored(cities(rng, small()), recipe)
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert not differing(assessment, recalculated(path))[:3], recipe
    again = scored(change(rng, assessment, path), recipe)
    if again is not None and again.dataset.cities == assessment.dataset.cities:
        assert not differing(again, recalculated(path), FOLLOW)[:3], recipe
