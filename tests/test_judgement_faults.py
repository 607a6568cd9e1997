"""A scored workbook whose sheet of judgements has a fault."""

import json

import openpyxl
import pytest

from steelyard.samples import sample_path

FAULT = "判断矩阵 张三!C2"


@pytest.fixture
def file(tmp_path):
    """The sample cities, and one expert's matrix over the goals with a word in it."""
    path = tmp_path / "cities.xlsx"
    book = openpyxl.load_workbook(sample_path("demo_cities"))
    sheet = book.create_sheet("判断矩阵 张三")
    for row in (["", "A", "B", "C"], ["A", 1, "很多", 3], ["B", "", 1, 2], ["C", "", "", 1]):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "more", [(), ("--weights", "entropy"), ("--weights", "ahp", "--judgements", "given")], ids=str
)
def test_it_does_not_stop_weights_that_do_not_come_from_it(more, file, steelyard):
    more = [sample_path("judgements") if one == "given" else one for one in more]
    gaps = ("--impute", "median")
    status, out, _ = steelyard("score", file, *gaps, *more, "--format", "json", "--lang", "en")
    assert status == 0
    issues = {one["code"]: one for one in json.loads(out)["issues"]}
    fault = issues["judgement.unreadable"]
    assert (fault["severity"], f"{fault['sheet']}!{fault['cell']}") == ("flagged", FAULT)
    assert "were set aside" in issues["judgement.set_aside"]["message"]


@pytest.mark.parametrize("more", [("ahp",), ("combine", "--set", "weigh.of=ahp,equal")], ids=str)
def test_it_stops_weights_that_do(more, file, steelyard):
    status, out, err = steelyard("score", file, "--weights", *more, "--lang", "zh")
    assert (status, out) == (1, "")
    assert FAULT in err
    assert "很多" in err
