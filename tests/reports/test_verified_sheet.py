"""Reported and verified values stand side by side in the evaluation workbook."""

import openpyxl
import pytest

import steelyard as sy
from steelyard.reports.form import write_form
from steelyard.reports.verify import verify_workbook


@pytest.fixture
def assessment(tmp_path):
    """One city of `smart2015`: 61.5 reported, 60 verified; and a value that was verified alone."""
    path = tmp_path / "form.xlsx"
    write_form(sy.load_framework("smart2015"), path, ["武汉市"], "zh", 2024)
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one["B3"].value == "武汉市")
    rows = {row[0].value: row for row in sheet.iter_rows()}
    for code, reported, verified in (("A102", 61.5, 60.0), ("A103", None, 88.0)):
        row = rows[code]
        row[4].value, row[8].value, row[9].value, row[10].value = reported, verified, "抽查", "王"
    book.save(path)
    return sy.score(sy.read(path, partial=True))


@pytest.mark.parametrize("lang, name", [("zh", "核实"), ("en", "Verified")])
def test_both_values_and_the_difference(assessment, tmp_path, lang, name, recalculated):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, lang)
    sheet = openpyxl.load_workbook(path)[name]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=6)]
    assert [row[:2] for row in rows] == [["武汉市", "A102"], ["武汉市", "A103"]]
    assert rows[0][3:5] == [61.5, 60.0]
    assert rows[1][3:5] == ["—", 88.0]
    assert rows[0][6:8] == ["抽查", "王"]
    assert recalculated(path)[name, "F5"] == pytest.approx(-1.5)
    assert verify_workbook(path, recalculate=True).holds


def test_the_verified_value_is_scored(assessment):
    column = assessment.framework.codes.index("A102")
    assert assessment.dataset.values[0, column] == 60.0


def test_nothing_verified_no_sheet(tmp_path):
    sy.write_workbook(sy.score(sy.read(sy.sample_path("kazakhstan"))), tmp_path / "r.xlsx", "en")
    assert "Verified" not in openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames
