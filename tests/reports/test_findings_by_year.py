"""A table of several years: every finding stands on its own year, through file and record."""

import json
from dataclasses import replace

import openpyxl
import pytest

import steelyard as sy
from steelyard.errors import Issue
from steelyard.indicators.framework import Auxiliary, Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator
from steelyard.reports.as_json import assessment_as_json
from steelyard.reports.evaluation.record import lines_of_record, record_from_lines
from steelyard.reports.terminal import print_issues
from steelyard.reports.verify import verify_workbook

FRAMEWORK = Framework(
    "small",
    "1",
    Bilingual("小", "small"),
    (
        Node("index", Bilingual("小", "small"), None),
        *(
            Node(code, Bilingual(code, code), "index", 1.0,
                 Indicator(code, Bilingual(code, code), unit=Bilingual(unit, unit),
                           scale="linear", low=0.0, high=high))
            for code, unit, high in (("A", "t", 2.0), ("B", "", 100.0))
        ),
    ),
    auxiliary=(
        Auxiliary("population", Bilingual("人口", "Population")),
        Auxiliary("area", Bilingual("面积", "Area")),
    ),
)  # fmt: skip
TABLE = """city,year,A,B,population,area
武汉市,2021,100,50,100,7
武汉市,2022,120,,100,7
上海市,2021,70,20,,8
上海市,2022,90,30,100,8
"""
RECIPE = sy.Recipe(impute="linear", denominate={"A": "population"})
"""上海 2021 has no population and is filled in from 2022, 武汉's B of 2022 from 2021."""


@pytest.fixture(scope="module")
def assessment(tmp_path_factory):
    path = tmp_path_factory.mktemp("years") / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    return sy.score(sy.read(path, FRAMEWORK, year="all"), RECIPE)


@pytest.fixture(scope="module", params=["en", "zh"])
def written(request, assessment, tmp_path_factory):
    path = tmp_path_factory.mktemp("years") / "report.xlsx"
    sy.write_workbook(assessment, path, request.param)
    return path, request.param


def cells_of(path, lang):
    """The data sheet's cells by city, year and head."""
    sheet = openpyxl.load_workbook(path)["Data" if lang == "en" else "数据"]
    heads = {column[2].value: column[0].column for column in sheet.columns}
    return sheet, {
        (row[0].value, row[1].value, head): row[column - 1]
        for row in sheet.iter_rows(min_row=7, max_row=10)
        for head, column in heads.items()
        if head
    }


def test_only_the_year_without_a_value_is_marked(written):
    _, cells = cells_of(*written)
    marked = {place for place, cell in cells.items() if cell.comment}
    assert marked == {("武汉市", 2022, "B"), ("上海市", 2021, "A")}
    assert cells["武汉市", 2022, "B"].value == 50
    assert cells["武汉市", 2021, "B"].value == 50
    assert cells["上海市", 2021, "A"].value == pytest.approx(0.9, abs=1e-12)
    assert "t.csv D3" in cells["武汉市", 2022, "B"].comment.text


def test_a_finding_without_a_year_is_about_every_year(assessment, tmp_path):
    said = Issue("flagged", "assess.imputed", city="上海市", indicator="B", fields={"method": "x"})
    with_it = replace(assessment, issues=(*assessment.issues, said))
    sy.write_workbook(with_it, tmp_path / "report.xlsx", "en")
    _, cells = cells_of(tmp_path / "report.xlsx", "en")
    marked = {place for place, cell in cells.items() if cell.comment}
    assert {("上海市", 2021, "B"), ("上海市", 2022, "B")} <= marked


def test_the_list_of_findings_says_the_year(written):
    path, lang = written
    sheet = openpyxl.load_workbook(path)["Issues" if lang == "en" else "数据质量"]
    heads = [cell.value for cell in sheet[4]]
    assert heads[2:5] == (["City", "Year", "Indicator"] if lang == "en" else
                          ["城市", "年份", "指标"])  # fmt: skip
    rows = [[cell.value for cell in row[2:5]] for row in sheet.iter_rows(min_row=5)]
    assert rows.count(["武汉市", 2022, "B"]) == 2  # blank, then filled in
    assert rows.count(["上海市", 2021, "A"]) == 2  # no denominator, then filled in


def test_the_workbook_verifies(written):
    found = verify_workbook(written[0], recalculate=True)
    assert found.holds, [issue.message("en") for issue in found.findings[:3]]


def test_the_year_goes_through_the_record_and_json(assessment):
    record = record_from_lines(lines_of_record(assessment, {}))
    by_place = {(i.city, i.indicator): i.year for i in record.issues if i.indicator}
    assert by_place == {("武汉市", "B"): 2022, ("上海市", "A"): 2021}
    plain = json.loads(json.dumps(assessment_as_json(assessment, "en")))
    found = {(i["city"], i["year"], i["indicator"]) for i in plain["issues"] if i["indicator"]}
    assert found == {("武汉市", 2022, "B"), ("上海市", 2021, "A")}


def test_a_record_from_before_findings_had_a_year_is_read(assessment):
    plain = json.loads("".join(lines_of_record(assessment, {})))
    for issue in plain["issues"]:
        del issue["year"]
    record = record_from_lines([json.dumps(plain)])
    assert {issue.year for issue in record.issues} == {None}


def test_the_terminal_shows_years_where_there_are_several(assessment, capsys):
    print_issues(assessment.issues, "en")
    assert "t.csv D3 · 2022  " in capsys.readouterr().out
    print_issues([issue for issue in assessment.issues if issue.year in (None, 2022)], "en")
    assert "2022" not in capsys.readouterr().out


def test_a_quotient_says_so_at_the_head_of_its_column(written):
    path, lang = written
    sheet, _ = cells_of(path, lang)
    name = "Population" if lang == "en" else "人口"
    assert (sheet["C5"].value, sheet["D5"].value) == (f"t\n÷ {name}", "")
    assert name in sheet["C5"].comment.text
    assert [sheet[head].value for head in ("F3", "G3")] == ["population", "area"]
    assert "A" in sheet["F3"].comment.text
    assert sheet["G3"].comment is None and sheet["D5"].comment is None


def test_a_typed_quotient_counts_and_a_typed_denominator_moves_nothing(
    written, tmp_path, recalculated
):
    """武汉 2021: A is 1 of 2 and B 50 of 100, so 50; with A typed as 2, (100 + 50) / 2."""
    path, lang = written
    book, copy = openpyxl.load_workbook(path), tmp_path / "copy.xlsx"
    data, scores = (book[name] for name in (("Data", "Scores") if lang == "en" else
                                            ("数据", "得分")))  # fmt: skip
    row = next(r for r in range(7, 11) if [c.value for c in data[r][:2]] == ["武汉市", 2021])
    index = f"C{row}"
    reached = []
    for column, typed in ((6, 200.0), (3, 2.0)):
        data.cell(row, column).value = typed
        book.save(copy)
        reached.append(recalculated(copy)[scores.title, index])
    assert reached == pytest.approx([50.0, 75.0], abs=1e-9)
    found = verify_workbook(copy, recalculate=False)
    assert [str(one.location) for one in found.findings if one.code == "reports.edited"] == [
        f"copy.xlsx {data.title}!C{row}"
    ]
