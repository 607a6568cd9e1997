"""What is found about a record carries the record's year; what concerns all years carries none."""

import openpyxl
import pytest

from steelyard import Framework, Indicator, InputError, read
from steelyard.indicators.framework import Node
from steelyard.indicators.indicator import Bilingual
from steelyard.indicators.reading.policies import Policies
from steelyard.reports.form import write_form

A, B = (Bilingual(name, name) for name in ("办理时长", "财政投入"))
FRAMEWORK = Framework(
    "small",
    "1",
    Bilingual("小", "small"),
    (
        Node("index", Bilingual("小", "small"), None),
        Node("A", A, "index", 1.0, Indicator("A", A, "cost", "linear", low=10.0, high=300.0)),
        Node("B", B, "index", 1.0, Indicator("B", B, scale="linear", low=0.0, high=1000.0)),
    ),
)


@pytest.fixture
def book(tmp_path):
    def make(*rows, sheet="Sheet"):
        made = openpyxl.Workbook()
        made.active.title = sheet
        for row in rows:
            made.active.append(list(row))
        made.save(tmp_path / "t.xlsx")
        return tmp_path / "t.xlsx"

    return make


def found(issues, code):
    return [(issue.city, issue.year, issue.indicator) for issue in issues if issue.code == code]


def test_a_blank_and_a_repaired_cell_of_another_year(book):
    path = book(["城市", "年份", "办理时长", "财政投入"], ["武汉市", 2022, 20, None],
                ["武汉市", 2023, "约30", 40], ["北京市", 2022, 50, 60],
                ["北京市", 2023, 70, "1,000"])  # fmt: skip
    issues = read(path, FRAMEWORK, year="all").issues
    assert found(issues, "reading.blank") == [("武汉市", 2022, "B")]
    assert found(issues, "reading.thousands") == [("北京市", 2023, "B")]
    assert found(issues, "reading.bound") == [("武汉市", 2023, "A")]
    assert found(issues, "reading.year_column") == [(None, None, None)]


def test_what_the_whole_column_shows(book):
    """Another city's outlier, a value out of its range, and a year without any value."""
    rows = [[f"{name}市", year, 20 + place + year % 10, 100 + place]
            for place, name in enumerate("甲乙丙丁戊己庚辛") for year in (2022, 2023)]  # fmt: skip
    rows[1][3], rows[2][2], rows[5][2:] = 900000, -5, [None, None]
    path = book(["城市", "年份", "办理时长", "财政投入"], *rows)
    issues = read(path, FRAMEWORK, year="all").issues
    named = {i.code: (i.city, i.year) for i in issues if i.city}
    assert named["reading.city_without_data"] == ("丙市", 2023)
    assert named["reading.out_of_range"] == ("乙市", 2022)
    assert {i.year for i in issues if i.city == "甲市" and i.indicator == "B"} == {2023}


def test_the_year_of_a_sheet_and_of_a_column(book):
    by_sheet = book(["城市", "办理时长", "财政投入"], ["武汉市", 20, None], ["北京市", 30, 40],
                    sheet="2021年")  # fmt: skip
    assert found(read(by_sheet, FRAMEWORK).issues, "reading.blank") == [("武汉市", 2021, "B")]
    none = book(["城市", "办理时长", "财政投入"], ["武汉市", 20, None], ["北京市", 30, 40])
    assert found(read(none, FRAMEWORK).issues, "reading.blank") == [("武汉市", None, "B")]


def test_a_refused_cell_and_a_city_that_stands_twice(book):
    head = ["城市", "年份", "办理时长", "财政投入"]
    path = book(head, ["武汉市", 2022, 20, None], ["北京市", 2022, 50, 60],
                ["北京市", 2023, 70, 80], ["北京市", 2023, 71, 80])  # fmt: skip
    with pytest.raises(InputError) as refusal:
        read(path, FRAMEWORK, year="all", policies=Policies(missing="refuse"))
    issues = refusal.value.issues
    assert found(issues, "reading.blank") == [("武汉市", 2022, "B")]
    assert found(issues, "reading.city_twice_differs") == [("北京市", 2023, None)]


def test_a_form_states_its_year(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(FRAMEWORK, path, ["武汉市"], "zh", 2024)
    made = openpyxl.load_workbook(path)
    sheet = made["武汉市"]
    row = next(r for r in range(8, sheet.max_row + 1) if sheet.cell(r, 1).value == "A")
    for column, value in ((5, 90), (9, 72.5), (10, "与公报不符"), (11, "李四")):
        sheet.cell(row, column).value = value
    made.save(path)
    issues = read(path, FRAMEWORK).issues
    assert found(issues, "form.verified") == [("武汉市", 2024, "A")]
    assert found(issues, "form.unsupported") == [("武汉市", 2024, None)]
    assert found(issues, "reading.blank") == [("武汉市", 2024, "B")]
