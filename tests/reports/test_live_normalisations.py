"""Every normalisation is live in the workbook: another engine gets what Python computed."""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at
from steelyard.reports.verify import verify_workbook

SOME_TARGETS = {"log1p": 5.0, "lin": 70.0, "span": 90.0}
CASES = [
    ("borda", {}),
    ("target", {}),
    ("target", {"cap": True, "targets": SOME_TARGETS}),
    ("target", {"form": "ratio", "targets": SOME_TARGETS}),
    ("target", {"form": "ratio", "cap": True, "targets": SOME_TARGETS}),
    ("target", {"form": "difference", "targets": SOME_TARGETS}),
    ("target", {"form": "difference", "cap": True, "targets": SOME_TARGETS}),
    ("best", {}),
    ("reference", {}),
    ("reference", {"unit": "median"}),
    ("reference", {"unit": "甲市"}),
    ("reference", {"form": "difference"}),
    ("reference", {"unit": "median", "form": "difference"}),
    ("reference", {"unit": "甲市", "form": "difference"}),
    ("reference", {"form": "distance"}),
    ("reference", {"unit": "median", "form": "distance"}),
    ("reference", {"unit": "甲市", "form": "distance"}),
    ("vector", {}),
    ("sum", {}),
]


SOME = [CASES[place] for place in (0, 2, 7, 16, 17, 18)]
GAPS = [(1, 6), (2, 3), (4, 1), (4, 2), (4, 3)]
SHEETS = ("Normalised", "Weights", "Scores", "Contributions", "Ranking")


def named(case):
    method, options = case
    return "-".join([method, *(str(v) for k, v in options.items() if k != "targets")])


def made(case):
    method, options = case
    return sy.Recipe(normalise=method, options={"normalise": options})


@pytest.fixture(params=CASES, ids=named)
def recipe(request):
    return made(request.param)


@pytest.fixture(params=SOME, ids=named)
def some_recipe(request):
    return made(request.param)


@pytest.fixture
def towns(small, cities_of):
    """The small cities, with costs above 0 so that they can be divided by."""

    def make(gaps=(), **more):
        dataset = cities_of(small(), gaps, **more)
        values = dataset.values.copy()
        values[values[:, 3] == 0, 3] = 2.0
        return replace(dataset, values=values)

    return make


def wrong(assessment, values, lang="en", sheets=None):
    """Calculated cells, of some sheets or all, of which another value was found."""
    return [
        (sheet.name, at(*place), cell.value, values.get((sheet.name, at(*place))), cell.formula)
        for sheet in build(assessment, lang).sheets
        if sheets is None or sheet.name in sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
        and not alike(values.get((sheet.name, at(*place))), cell.value)
    ]  # fmt: skip


def alike(found, expected):
    if isinstance(expected, str):
        return (found or "") == expected
    return isinstance(found, int | float) and abs(found - expected) <= 1e-9 * max(1, abs(expected))


def formulas(sheet, rows):
    return [cell.value for row in sheet.iter_rows(*rows, min_col=3, max_col=11) for cell in row]


def test_every_cell_with_and_without_gaps(recipe, towns, tmp_path, recalculated, cached):
    path = tmp_path / "report.xlsx"
    for given in ((), GAPS):
        assessment = sy.score(towns(given), recipe)
        sy.write_workbook(assessment, path, "en")
        assert not wrong(assessment, cached(path))[:3]
        assert not wrong(assessment, recalculated(path))[:3]
    scores = formulas(openpyxl.load_workbook(path)["Normalised"], (7, 11))
    assert len(scores) == 45
    assert all(str(cell).startswith("=") for cell in scores)


def test_a_changed_value_moves_marks_and_scores(recipe, towns, tmp_path, recalculated):
    """What a user types into the file moves all that follows, as scoring it anew would."""
    dataset, path = towns(GAPS), tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe), path, "en")
    book = openpyxl.load_workbook(path)
    typed = {(2, 0): 79.5, (0, 1): 44.0, (3, 4): 6.5, (4, 8): 0.95}
    for (row, column), value in typed.items():
        assert book["Data"].cell(7 + row, 3 + column).value is not None
        book["Data"].cell(7 + row, 3 + column).value = value
        dataset.values[row, column] = value
    book.save(path)
    again = sy.score(dataset, recipe)
    assert not wrong(again, recalculated(path), sheets=SHEETS)[:3]


def test_years_options_and_what_nobody_reported(some_recipe, towns, tmp_path, recalculated, cached):
    dataset = towns([*GAPS, *((row, 4) for row in range(5))], years=[2023, 2024, 2023, 2024, 2024])
    dataset.not_applicable[1, 6] = dataset.not_applicable[2, 3] = True
    path = tmp_path / "report.xlsx"
    for one in (some_recipe, some_recipe.but(impute="zero")):
        assessment = sy.score(dataset, one)
        sy.write_workbook(assessment, path, "zh")
        assert not wrong(assessment, cached(path), "zh")[:3]
        assert not wrong(assessment, recalculated(path), "zh")[:3]


@pytest.mark.parametrize(
    "case", [*SOME, ("reference", {"unit": "甲市", "form": "distance"})], ids=named
)
def test_measured_by_the_marks_of_others(case, towns, tmp_path, recalculated, cached):
    """Among them a reference city that is not in the table."""
    recipe, path = made(case), tmp_path / "report.xlsx"
    others = sy.score(towns(), recipe)
    assessment = sy.score(towns(GAPS).rows([1, 2]), recipe, others.ruler)
    sy.write_workbook(assessment, path, "en")
    assert not wrong(assessment, cached(path))[:3]
    assert not wrong(assessment, recalculated(path))[:3]
    marks = formulas(openpyxl.load_workbook(path)["Normalised"], (5, 6))
    assert not any(str(cell).startswith("=") for cell in marks)
    assert verify_workbook(path, recalculate=True).holds


def test_the_workbook_verifies_and_notices_a_typed_score(some_recipe, towns, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(towns(GAPS), some_recipe), path, "en")
    assert verify_workbook(path, recalculate=True).holds
    book = openpyxl.load_workbook(path)
    book["Normalised"]["C7"].value = 55.5
    book.save(path)
    found = verify_workbook(path, recalculate=False)
    assert "report.xlsx Normalised!C7" in {str(issue.location) for issue in found.findings}


def test_the_marks_by_hand(towns, recalculated, tmp_path):
    """Of the costs 20, 70, 11, 20, 90 and the benefits 60, 20, 75, 60, 5."""
    path = tmp_path / "report.xlsx"
    expected = {
        ("vector", ""): (np.sqrt(60**2 + 20**2 + 75**2 + 60**2 + 5**2),
                         np.sqrt(20**2 + 70**2 + 11**2 + 20**2 + 90**2)),
        ("sum", ""): (220.0, 2 / 20 + 1 / 70 + 1 / 11 + 1 / 90),
        ("best", ""): (75.0, 11.0),
        ("target", ""): (80.0, 10.0),
        ("reference", "mean"): (44.0, 42.2),
        ("reference", "median"): (60.0, 20.0),
        ("reference", "乙市"): (20.0, 70.0),
    }  # fmt: skip
    for (method, unit), (benefit, cost) in expected.items():
        options = {"normalise": {"unit": unit}} if unit else {}
        dataset = towns().rows([0, 1, 2, 3, 4])
        dataset.values[1, 3:] = dataset.values[0, 3:]
        sy.write_workbook(
            sy.score(dataset, sy.Recipe(normalise=method, options=options)), path, "en"
        )
        values = recalculated(path)
        assert values["Normalised", "C5"] == pytest.approx(benefit, rel=1e-12), method
        assert values["Normalised", "D5"] == pytest.approx(cost, rel=1e-12), method
