"""Workbooks of recipes that change values, or weigh and aggregate by other methods."""

import openpyxl
import pytest

import steelyard as sy
from steelyard.reports.verify import verify_workbook
from steelyard.samples import sample_path

RECIPES = {
    "mean": {"impute": "mean"},
    "several draws": {"impute": "multiple", "options": {"impute": {"ridge": 21.0, "draws": 5}}},
    "neighbours, critic, two aggregations": {
        "impute": "knn", "weigh": "critic", "aggregate": {"index": "topsis", "goals": "vikor"},
    },
    "screened and winsorised": {"screen": 0.9, "treat": "winsorise"},
    "logged": {"treat": "log", "normalise": "minmax", "screen": 0.99},
    "combined weights": {"impute": "median", "weigh": "combine"},
    "Kemeny at the top": {"aggregate": {"index": "kemeny"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def cities():
    return sy.read(sample_path("demo_cities"))


@pytest.fixture(scope="module", params=RECIPES, ids=str)
def written(request, cities, tmp_path_factory):
    path = tmp_path_factory.mktemp("recipe") / "report.xlsx"
    assessment = sy.score(cities, sy.Recipe(**RECIPES[request.param]))
    sy.write_workbook(assessment, path, "en")
    return path, assessment


def test_the_workbook_verifies_and_recalculates(written):
    found = verify_workbook(written[0], recalculate=True)
    assert found.holds, [issue.message("en") for issue in found.findings[:3]]
    assert found.recalculated


def test_every_filled_in_or_treated_cell_is_marked_and_says_how(written):
    path, assessment = written
    data = openpyxl.load_workbook(path)["Data"]
    changed = {
        (issue.city, issue.indicator): issue.message("en")
        for issue in assessment.issues
        if issue.code.startswith(("assess.imputed", "assess.treated"))
    }
    codes = [cell.value for cell in data[3]]
    for row in data.iter_rows(min_row=7, max_row=6 + len(assessment.dataset)):
        for cell, code in zip(row, codes, strict=False):
            sentence = changed.pop((row[0].value, code), None)
            if sentence:
                assert sentence in cell.comment.text
    assert not changed


def test_a_changed_imputed_value_is_seen(cities, tmp_path):
    assessment = sy.score(cities, sy.Recipe(impute="knn"))
    (row, column), *_ = map(tuple, (assessment.dataset.imputed.nonzero()[0:2],))
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    book = openpyxl.load_workbook(path)
    book["Data"].cell(7 + int(row[0]), 3 + int(column[0])).value = 1.5
    book.save(path)
    found = verify_workbook(path, recalculate=False)
    assert "reports.edited" in {issue.code for issue in found.findings}


def test_a_changed_rank_among_the_draws_is_seen(cities, tmp_path):
    recipe = sy.Recipe(impute="multiple", options={"impute": {"ridge": 21.0, "draws": 4}})
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(cities, recipe), path, "zh")
    book = openpyxl.load_workbook(path)
    sheet = book["插补"]
    assert [cell.value for cell in sheet[4]][:4] == ["城市", "年份", "总指数", "标准差(±)"]
    sheet["F5"].value = sheet["F5"].value + 7
    book.save(path)
    found = verify_workbook(path, recalculate=False)
    assert "report.xlsx 插补!F5" in {str(issue.location) for issue in found.findings}
