"""Dividing and filling in stay live: what is typed on the sheet Reported reaches every score."""

from dataclasses import replace

import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.framework import Auxiliary
from steelyard.indicators.indicator import Bilingual
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at
from steelyard.reports.verify import verify_workbook

GAPS = [(1, 0), (1, 6), (2, 3), (4, 1), (4, 2), (4, 3)]
BY_HEAD = {"log": "people", "share": "people", "log1p": "area"}
GROUPED = {"impute": {"groups": "kind"}}
OVERALL = {"impute": {"groups": "kind", "fallback": "overall"}}
CASES = {
    "divided": {"denominate": BY_HEAD},
    "mean": {"impute": "mean"},
    "median": {"impute": "median"},
    "mean of quotients": {"impute": "mean", "denominate": BY_HEAD},
    "median of quotients, ranked": {
        "impute": "median",
        "denominate": BY_HEAD,
        "normalise": "rank",
    },
    "group mean": {"impute": "group_mean", "options": GROUPED},
    "group mean of quotients": {
        "impute": "group_mean",
        "options": GROUPED,
        "denominate": BY_HEAD,
        "normalise": "minmax",
    },
    "group mean, else of all": {"impute": "group_mean", "options": OVERALL},
    "zeros": {"impute": "zero", "denominate": BY_HEAD},
    "screened": {"impute": "mean", "denominate": BY_HEAD, "screen": 0.5},
    "entropy": {"impute": "mean", "weigh": "entropy", "normalise": "minmax"},
}
PEOPLE = [2.0, 0.5, 4.0, 2.0, 1.5]
AREA = [10.0, 20.0, None, 10.0, 7.5]
KINDS = ["big", "small", "big", "big", "small"]


@pytest.fixture
def dataset(small, cities_of):
    framework = small()
    more = (
        Auxiliary("people", Bilingual("人口", "People")),
        Auxiliary("area", Bilingual("面积", "Area")),
        Auxiliary("kind", Bilingual("类别", "Kind"), "text", group=True),
    )
    framework = replace(framework, auxiliary=(*framework.auxiliary, *more))
    auxiliary = {
        "people": PEOPLE,
        "area": AREA,
        "kind": KINDS,
        "region": ["east", "west", "east", "east", None],
    }
    return cities_of(framework, GAPS, auxiliary=auxiliary)


def recipe_of(name):
    return sy.Recipe(**CASES[name])


def differing(assessment, values, lang="en"):
    """Cells with a formula that another engine gives another value."""
    return [
        (sheet.name, at(*place), cell.value, values.get((sheet.name, at(*place))), cell.formula)
        for sheet in build(assessment, lang).sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
        and not alike(values.get((sheet.name, at(*place))), cell.value)
    ]  # fmt: skip


def alike(found, expected):
    if isinstance(expected, str):
        return (found or "") == expected
    return isinstance(found, int | float) and abs(found - expected) <= 1e-9 * max(1, abs(expected))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_formula_gives_what_python_computed(
    name, lang, dataset, tmp_path, recalculated, cached
):
    dataset.not_applicable[2, 8] = True
    dataset.values[2, 8] = float("nan")
    path = tmp_path / "report.xlsx"
    assessment = sy.score(dataset, recipe_of(name))
    sy.write_workbook(assessment, path, lang)
    assert not differing(assessment, cached(path), lang)[:3]
    assert not differing(assessment, recalculated(path), lang)[:3]
    verified = verify_workbook(path, recalculate=True)
    assert verified.holds, verified.findings[:3]
    assert not verified.findings


@pytest.mark.parametrize("name", CASES)
def test_what_is_typed_moves_all_that_follows(name, dataset, tmp_path, recalculated):
    """A value, a gap filled, a value taken away, people counted anew: as scoring that table."""
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe_of(name)), path, "en")
    book = openpyxl.load_workbook(path)
    sheet, data = book["Reported"], book["Data"]
    values = dataset.values.copy()
    for row, column, value in ((0, 2, 250.0), (1, 0, 33.0), (3, 6, None), (4, 3, 120.0)):
        sheet.cell(7 + row, 3 + column).value = value
        values[row, column] = float("nan") if value is None else value
    heads = {cell.value: cell.column for cell in data[3]}
    data.cell(8, heads["people"]).value = 0.8
    book.save(path)
    people = (PEOPLE[0], 0.8, *PEOPLE[2:])
    changed = replace(dataset, values=values, auxiliary={**dataset.auxiliary, "people": people})
    again = sy.score(changed, recipe_of(name))
    calculated = recalculated(path)
    follow = ("Data", "Normalised", "Weights", "Scores", "Contributions", "Ranking")
    found = [one for one in differing(again, calculated) if one[0] in follow]
    assert not found[:3]


def test_verify_reads_the_reported_values(dataset, tmp_path):
    """A change is told where it was made; a formula replaced by a number is an error."""
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe_of("mean of quotients")), path, "en")
    book = openpyxl.load_workbook(path)
    book["Reported"]["E7"].value = 250
    book["Data"]["D9"].value = 12.5
    book.save(path)
    found = verify_workbook(path, recalculate=False).findings
    places = {(one.code, one.location.sheet, one.location.cell) for one in found}
    assert ("reports.edited", "Reported", "E7") in places
    assert ("reports.formula", "Data", "D9") in places
    assert not [place for place in places if place[0] == "reports.edited" and place[1] == "Data"]


def test_verify_follows_what_was_typed(dataset, tmp_path):
    """Another engine recalculates the changed file; verify finds the change and that all holds."""
    formualizer = pytest.importorskip("formualizer")
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe_of("group mean of quotients")), path, "en")
    book = openpyxl.load_workbook(path)
    book["Reported"]["E7"].value = 250
    book["Reported"]["C8"].value = 33
    heads = {cell.value: cell.column_letter for cell in book["Data"][3]}
    book["Data"][heads["people"] + "8"].value = 0.8
    book.save(path)
    path.write_bytes(formualizer.recalculate_xlsx_bytes(path.read_bytes())["bytes"])
    found = verify_workbook(path)
    assert found.holds, found.findings[:3]
    assert {one.location.cell for one in found.findings} == {"E7", "C8", heads["people"] + "8"}


def test_by_hand(dataset, tmp_path):
    """People 2, ½, 4, 2; values 100, 3, 900, 100: quotients 50, 6, 225, 50, their mean 82.75."""
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe_of("mean of quotients")), path, "en")
    book = openpyxl.load_workbook(path, data_only=True)
    assert [book["Data"].cell(row, 5).value for row in range(7, 12)] == [50, 6, 225, 50, 82.75]
    assert [book["Reported"].cell(row, 5).value for row in range(7, 12)] == [100, 3, 900, 100, None]


def test_gaps_filled_by_the_median_tie_with_the_median_city(dataset, tmp_path, recalculated):
    """Of 2.5/3, 2/7 and 2.5/3 the median is 2.5/3, to the 12 digits to which quotients are kept.

    The last city reported the value, but nothing to divide it by: filled in, it is not observed.
    """
    people = {"people": [3.0, 0.7, 7.0, 3.0, None]}
    dataset = replace(dataset, auxiliary={**dataset.auxiliary, **people})
    assessment = sy.score(dataset, recipe_of("median of quotients, ranked"))
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert not differing(assessment, recalculated(path))[:3]
    book = openpyxl.load_workbook(path, data_only=True)
    filled = [book["Data"].cell(row, 9).value for row in range(7, 12)]
    most, least = 0.833333333333, 0.285714285714
    assert filled == [most, most, least, most, most]
    assert [book["Normalised"].cell(row, 9).value for row in (7, 8, 9, 11)] == [25, 25, 0, 25]
    # Of Q the city reported log1p to no avail and of Q1 all but the share.
    assert assessment.coverage["Q"].iloc[4] == pytest.approx(2 / 3 * 3 / 4)


@pytest.mark.parametrize(
    "settings",
    [
        {"impute": "knn", "options": {"impute": {"neighbours": 2}}},
        {"impute": "mean", "treat": "winsorise"},
    ],
)
def test_what_is_no_spreadsheet_arithmetic_is_pasted(settings, dataset, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, sy.Recipe(**settings)), path, "en")
    book = openpyxl.load_workbook(path)
    assert "Reported" not in book.sheetnames
    assert verify_workbook(path, recalculate=True).holds


def test_values_filled_in_by_another_table_are_pasted(dataset, tmp_path):
    recipe = recipe_of("mean")
    first = sy.score(dataset, recipe)
    second = sy.score(dataset.rows([1, 2]), recipe, first.ruler)
    path = tmp_path / "report.xlsx"
    sy.write_workbook(second, path, "en")
    assert "Reported" not in openpyxl.load_workbook(path).sheetnames
    verified = verify_workbook(path, recalculate=True)
    assert verified.holds, verified.findings[:3]
