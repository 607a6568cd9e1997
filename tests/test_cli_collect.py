"""From a folder of forms to one table that can be scored; a sheet given back with its findings."""

import json
import shutil

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.reports.form import write_form
from steelyard.samples import sample_path

CITIES = {"武汉市": 61.5, "杭州市": 88.0, "成都市": 73.25}


def fill(path, city, value, verified=None):
    """A form of `smart2015` with one percentage and one verified value filled in."""
    write_form(sy.load_framework("smart2015"), path, [city], "zh", 2024)
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one["B3"].value == city)
    row = next(row for row in sheet.iter_rows() if row[0].value == "A102")
    row[4].value = value
    if verified is not None:
        row[8].value, row[9].value, row[10].value = verified, "抽查", "王审核"
    book.save(path)


@pytest.fixture
def folder(tmp_path):
    forms = tmp_path / "forms"
    forms.mkdir()
    for city, value in CITIES.items():
        fill(forms / f"{city}.xlsx", city, value, 60.0 if city == "武汉市" else None)
    return forms


def test_a_folder_becomes_one_table_that_scores_as_the_forms_do(steelyard, folder, tmp_path):
    (folder / "坏.csv").write_text("not a table", "utf-8")
    status, out, err = steelyard(
        "collect", folder, "-o", "cities.xlsx", "--cities", "武汉市,长沙市", "--format", "json"
    )
    assert (status, err) == (0, "")
    receipts = {row["city"]: row for row in json.loads(out)["receipts"]}
    assert [receipts[city]["status"] for city in CITIES] == ["received"] * 3
    assert receipts["长沙市"]["status"] == "missing"
    assert receipts[None]["file"] == "坏.csv"
    merged = sy.read(tmp_path / "cities.xlsx", partial=True)
    column = merged.framework.codes.index("A102")
    found = dict(zip(merged.cities, merged.values[:, column].tolist(), strict=True))
    assert found == {"武汉市": 60.0, "杭州市": 88.0, "成都市": 73.25}
    for city in CITIES:
        alone = sy.score(sy.read(folder / f"{city}.xlsx", partial=True))
        together = sy.score(merged.rows([merged.cities.index(city)]))
        np.testing.assert_array_equal(alone.tree.scores, together.tree.scores)


def test_reported_and_verified_values_stand_side_by_side(steelyard, folder, tmp_path):
    assert steelyard("collect", folder, "-o", "cities.xlsx", "--lang", "zh")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "cities.xlsx")
    assert book.sheetnames[:4] == ["汇总情况", "数据", "核实差异", "退回清单"]
    cells = [cell.value for cell in book["核实差异"][5]]
    assert cells[:2] == ["武汉市", "A102"]
    assert [float(cell) for cell in cells[3:6]] == [61.5, 60.0, -1.5]
    assert cells[6:8] == ["抽查", "王审核"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_refused_is_printed_with_the_reason(steelyard, folder, lang):
    shutil.copy(folder / "武汉市.xlsx", folder / "again.xlsx")
    fill(folder / "other.xlsx", "杭州市", 12.0)
    status, out, _ = steelyard("collect", folder, "--lang", lang)
    assert status == 0
    for file in ("again.xlsx", "other.xlsx"):
        assert file in out
    refused = {"zh": "退回", "en": "refused"}[lang]
    assert out.count(refused) >= 3


def test_nothing_to_collect(steelyard, tmp_path):
    (tmp_path / "empty").mkdir()
    assert steelyard("collect", "empty")[0] == 2
    assert steelyard("collect", "nowhere")[0] == 2
    (tmp_path / "empty" / "bad.csv").write_text("nothing", "utf-8")
    assert steelyard("collect", "empty")[0] == 1


def test_a_sheet_comes_back_with_its_findings(steelyard, tmp_path):
    """Comments at the cells, the return list in front, everything else as it was."""
    source = sample_path("demo_cities.xlsx")
    status, out, _ = steelyard("check", source, "--annotate", "back.xlsx", "--lang", "zh")
    assert status == 0
    assert "back.xlsx" in out
    before, after = openpyxl.load_workbook(source), openpyxl.load_workbook(tmp_path / "back.xlsx")
    assert after.sheetnames == ["退回清单", *before.sheetnames]
    issues = sy.read(source).issues
    places = {(i.location.sheet, i.location.cell) for i in issues if i.location.cell}
    for sheet, cell in places:
        assert after[sheet][cell].comment, (sheet, cell)
        assert after[sheet][cell].value == before[sheet][cell].value
    again = sy.read(tmp_path / "back.xlsx")
    np.testing.assert_array_equal(again.values, sy.read(source).values)


def test_a_refused_sheet_comes_back_too(steelyard, tmp_path):
    (tmp_path / "bad.csv").write_text("城市,网上办事率(%)\n武汉市,八十\n杭州市,185\n", "utf-8")
    status, out, err = steelyard("check", "bad.csv", "--annotate", "back.xlsx", "--lang", "en")
    assert status == 1
    assert "copy" in out + err
    first = openpyxl.load_workbook(tmp_path / "back.xlsx").worksheets[0]
    assert "Return list" in first.title
    assert steelyard("check", "bad.csv", "--annotate", "nowhere/x.xlsx")[0] == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_opened_is_said_once_and_nothing_is_written(steelyard, tmp_path, lang):
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 nothing")
    status, out, err = steelyard("check", "bad.xlsx", "--annotate", "back.xlsx", "--lang", lang)
    assert (status, err) == (1, "")
    assert {"zh": "打不开", "en": "cannot be opened"}[lang] in out.splitlines()[-1]
    assert not (tmp_path / "back.xlsx").exists()


def test_the_merged_table_is_scored_as_it_is(steelyard, folder, tmp_path):
    """`score cities.xlsx` gives each city what scoring its own form gives."""
    assert steelyard("collect", folder, "-o", "cities.xlsx")[0] == 0
    together = scores(steelyard, tmp_path / "cities.xlsx")
    assert set(together) == set(CITIES)
    for city in CITIES:
        assert scores(steelyard, folder / f"{city}.xlsx") == {city: together[city]}


def scores(steelyard, file):
    status, out, _ = steelyard("score", file, "--partial", "--format", "json")
    assert status == 0
    return {row["city"]: row["nodes"] for row in json.loads(out)["cities"]}
