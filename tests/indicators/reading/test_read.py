"""What becomes of units, ladders, years, names and policies: small tables, whole results."""

import math

import openpyxl
import pytest

from steelyard import Framework, Indicator, InputError, load_framework, read
from steelyard.errors import RecipeError
from steelyard.indicators.framework import Auxiliary, Node
from steelyard.indicators.indicator import Bilingual, Rung
from steelyard.indicators.reading.policies import Policies
from steelyard.indicators.reading.sandbox import Sandbox

RUNGS = (
    Rung(0, Bilingual("未上网", "Not online")),
    Rung(1, Bilingual("办事指南", "Guides")),
    Rung(2, Bilingual("全流程", "End to end")),
)


def indicator(code, name, unit="", **rest):
    return Indicator(code, Bilingual(name, f"{code} in English"), unit=Bilingual(unit), **rest)


INDICATORS = (
    indicator("T", "办理时长", "分钟", direction="cost", scale="linear", low=10.0, high=300.0),
    indicator("M", "财政投入", "万元", scale="linear", low=0.0, high=100000.0),
    indicator("R", "满意率", "%", scale="linear", low=0.0, high=100.0),
    indicator("D", "网办深度", scale="ladder", ladder=RUNGS),
    indicator("B", "有平台", scale="binary"),
    indicator("G", "增长率", "%", scale="linear", low=-10.0, high=20.0),
)
FRAMEWORK = Framework(
    "small",
    "1",
    Bilingual("小", "small"),
    (
        Node("index", Bilingual("小", "small"), None),
        *(Node(one.code, one.name, "index", 1.0, one) for one in INDICATORS),
    ),
    auxiliary=(
        Auxiliary("region", Bilingual("所属区域", "Region"), "text", group=True),
        Auxiliary("population", Bilingual("常住人口", "Population"), unit=Bilingual("万人")),
    ),
)


@pytest.fixture
def table(tmp_path):
    """Read rows as a workbook, with what is there scored."""

    def make(*rows, partial=True, **settings):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(tmp_path / "t.xlsx")
        return read(tmp_path / "t.xlsx", FRAMEWORK, partial=partial, **settings)

    return make


def refusals(make, *rows, **settings):
    """The errors as (code, cell)."""
    with pytest.raises(InputError) as caught:
        make(*rows, **settings)
    errors = (issue for issue in caught.value.issues if issue.severity == "error")
    return [(issue.code.removeprefix("reading."), issue.location.cell) for issue in errors]


def findings(dataset):
    return {(issue.code.removeprefix("reading."), issue.location.cell) for issue in dataset.issues}


def column(dataset, code):
    return dataset.values[:, dataset.framework.codes.index(code)].tolist()


@pytest.mark.parametrize(
    "header, written, used",
    [
        ("财政投入(元)", 155630000, 15563),
        ("财政投入（亿元）", 1.5563, 15563),
        ("财政投入/元", 155630000, 15563),
        ("办理时长（小时）", 0.5, 30),
        ("办理时长[秒]", 90, 1.5),
        ("满意率(0-1)", 0.853, 85.3),
        ("满意率(‰)", 853, 85.3),
    ],
)
def test_a_unit_in_the_header_is_converted_exactly(table, header, written, used):
    dataset = table(("城市", header), ("杭州市", written), ("宁波市", written))
    code = {"财": "M", "办": "T", "满": "R"}[header[0]]
    assert column(dataset, code) == [used, used]
    assert ("unit_converted", "B1") in findings(dataset)


def test_a_unit_row_is_converted_like_a_header(table):
    dataset = table(("城市", "财政投入"), ("单位", "元"), ("杭州市", 10_000), ("宁波市", 20_000))
    assert column(dataset, "M") == [1, 2]
    assert {("unit_row", "A2"), ("unit_converted", "B2")} <= findings(dataset)


@pytest.mark.parametrize("header", ["财政投入(美元)", "财政投入(元/人)", "办理时长(工作日)"])
def test_a_unit_that_cannot_be_converted_stops(table, header):
    assert refusals(table, ("城市", header), ("杭州市", 1)) == [("unit_unknown", "B1")]


def test_a_remark_in_the_header_is_flagged_and_changes_nothing(table):
    dataset = table(("城市", "满意率(问卷)"), ("杭州市", 85.3))
    assert column(dataset, "R") == [85.3]
    assert ("header_remark", "B1") in findings(dataset)


@pytest.mark.parametrize(
    "written, used",
    [("2小时", 120), ("90秒", 1.5), ("37分钟", 37)],
)
def test_a_unit_in_the_cell_is_converted(table, written, used):
    assert column(table(("城市", "办理时长"), ("杭州市", written)), "T") == [used]


@pytest.mark.parametrize("written", ["3天半", "2个工作日", "37公里"])
def test_another_unit_in_the_cell_stops(table, written):
    assert len(refusals(table, ("城市", "办理时长"), ("杭州市", written))) == 1


def test_magnitudes_without_a_unit(table):
    dataset = table(("城市", "财政投入", "常住人口"), ("杭州市", "1.2亿", "1237.6"))
    assert column(dataset, "M") == [12000]
    assert refusals(table, ("城市", "财政投入"), ("杭州市", "3.5万")) == [
        ("magnitude_doubtful", "B2")
    ]


@pytest.mark.parametrize(
    "written, level",
    [(2, 2), ("2", 2), ("2级", 2), ("全流程", 2), ("End to end", 2), ("1=办事指南", 1),
     ("1 办事指南", 1), ("1 全流程", None), ("优", None)],
)  # fmt: skip
def test_a_rung_by_number_or_name(table, written, level):
    rows = ("城市", "网办深度"), ("杭州市", written)
    if level is None:
        assert refusals(table, *rows) == [("not_a_rung", "B2")]
    else:
        assert column(table(*rows), "D") == [level]


def test_a_level_that_the_ladder_does_not_have_counts_as_missing(table):
    dataset = table(("城市", "网办深度"), ("杭州市", 7))
    assert math.isnan(column(dataset, "D")[0])
    assert ("out_of_range", "B2") in findings(dataset)


@pytest.mark.parametrize("written, value", [("是", 1), ("否", 0), ("√", 1), ("×", 0), ("无", 0)])
def test_yes_and_no_are_values_where_they_are_asked_for(table, written, value):
    assert column(table(("城市", "有平台"), ("杭州市", written)), "B") == [value]
    assert refusals(table, ("城市", "满意率"), ("杭州市", "是")) == [("qualitative", "B2")]


def test_shares_of_a_ladder_become_their_mean():
    framework = load_framework("smart2015")
    from steelyard.indicators.reading.ladder import level_of

    depth = framework.node("A101").indicator
    assert level_of("0:10% 1:20% 2:30% 3:40%", depth) == 2
    assert level_of("0:10% 1:20%", depth) is None


def test_not_applicable_is_another_thing_than_missing(table):
    dataset = table(("城市", "满意率"), ("杭州市", "不适用"), ("宁波市", "N/A"), ("温州市", 50))
    at = FRAMEWORK.codes.index("R")
    assert dataset.not_applicable[:, at].tolist() == [True, False, False]
    assert dataset.not_applicable.sum() == 1
    assert math.isnan(dataset.values[0, at])


def test_a_negative_percentage_is_possible_where_the_goalposts_say_so(table):
    dataset = table(("城市", "增长率"), ("杭州市", "(8.5)"), ("宁波市", -3.0))
    assert column(dataset, "G") == [-8.5, -3]
    assert ("accounting", "B2") in findings(dataset)


def test_fractions_are_percentages_only_where_it_is_certain(table):
    mixed = table(("城市", "满意率"), ("甲", 60.5), ("乙", 72.5), ("丙", 0.855))
    assert column(mixed, "R") == [60.5, 72.5, 85.5]
    rows = ("城市", "满意率"), ("甲", 60.5), ("乙", 72.5), ("丙", 0.9)
    assert refusals(table, *rows) == [("percent_cell_doubtful", "B4")]
    low = table(("城市", "满意率"), ("甲", 0.9), ("乙", 2.5), ("丙", 12.5))
    assert column(low, "R") == [0.9, 2.5, 12.5]
    assert ("percent_cell_small", "B2") in findings(low)


def test_a_whole_column_of_fractions_stops_unless_its_unit_is_stated(table):
    rows = ("甲", 0.61), ("乙", 0.72), ("丙", 0.85)
    assert refusals(table, ("城市", "满意率"), *rows) == [("percent_doubtful", "B1")]
    assert column(table(("城市", "满意率(0-1)"), *rows), "R") == [61, 72, 85]
    assert column(table(("城市", "满意率(%)"), *rows), "R") == [0.61, 0.72, 0.85]


def test_auxiliary_inputs_are_read_alike(table):
    dataset = table(
        ("城市", "所属区域", "常住人口(人)", "满意率"),
        ("杭州市", "东部", 12_376_000, 80),
        ("西安市", None, "1,316.3万人", 70),
    )
    assert dataset.auxiliary["region"] == ("东部", None)
    assert dataset.auxiliary["population"] == (1237.6, 1316.3)


YEARS = (
    ("年份", "城市", "满意率"),
    (2022, "杭州市", 60),
    ("2023年", "杭州市", 70),
    (2022, "宁波市", 50),
    (2023, "宁波市", 55),
)


def test_of_several_years_the_latest_is_kept_and_said(table):
    dataset = table(*YEARS)
    assert (dataset.cities, dataset.years) == (("杭州市", "宁波市"), (2023, 2023))
    assert column(dataset, "R") == [70, 55]
    assert ("latest_year", "A2") in findings(dataset)


def test_the_years_that_are_left_out_may_stay_beside(table):
    dataset = table(*YEARS, other_years=True)
    assert column(dataset, "R") == [70, 55]
    assert dataset.other_years.years == (2022, 2022)
    assert column(dataset.other_years, "R") == [60, 50]
    assert table(*YEARS).other_years is None
    assert table(*YEARS, year="all", other_years=True).other_years is None


def test_a_year_may_be_chosen_and_all_may_be_kept(table):
    assert column(table(*YEARS, year=2022), "R") == [60, 50]
    dataset = table(*YEARS, year="all")
    assert dataset.years == (2022, 2023, 2022, 2023)
    assert refusals(table, *YEARS, year=2019) == [("no_such_year", None)]


def test_years_beside_each_other_in_the_header(table):
    rows = ("城市", "2022年满意率", "2023年满意率"), ("杭州市", 60, 70), ("宁波市", 50, 55)
    assert column(table(*rows), "R") == [70, 55]
    assert column(table(*rows, year=2022), "R") == [60, 50]


def test_a_year_that_is_none_stops(table):
    rows = ("年份", "城市", "满意率"), ("去年", "杭州市", 60)
    assert refusals(table, *rows) == [("bad_year", "A2")]


def test_a_row_without_a_city_stops(table):
    rows = ("城市", "满意率"), ("杭州市", 60), (None, 70)
    assert refusals(table, *rows) == [("no_city_name", "B3")]


def test_a_table_without_any_city_column_stops(table):
    assert refusals(table, ("满意率", "财政投入"), (60, 70)) == [("no_city_column", "A1")]


def test_all_findings_come_together(table):
    rows = (
        ("城市", "满意率", "财政投入", "办理时长"),
        ("杭洲市", "优", "12,345", "=1*2"),
        ("宁波市", 60, "去年", 30),
    )
    assert sorted(refusals(table, *rows)) == [
        ("formula_without_value", "D2"),
        ("name_near", "A2"),
        ("not_a_number", "C3"),
        ("qualitative", "B2"),
    ]


def test_a_name_one_slip_away_may_be_accepted(table):
    dataset = table(("城市", "满意率"), ("杭洲市", 60), accept_names=True)
    assert dataset.cities == ("杭洲市",)
    assert ("name_accepted", "A2") in findings(dataset)


def test_policies_decide_where_the_sheet_leaves_a_choice(table):
    rows = ("城市", "满意率"), ("杭州市", "80-85"), ("宁波市", 90), ("温州市", None)
    assert column(table(*rows), "R")[:2] == [82.5, 90]
    refused = refusals(table, *rows, policies=Policies(bounds="refuse", missing="refuse"))
    assert {("bound_refused", "B2"), ("blank", "B4")} <= set(refused)
    impossible = ("城市", "满意率"), ("杭州市", 185), ("宁波市", 90)
    assert math.isnan(column(table(*impossible), "R")[0])
    assert column(table(*impossible, policies=Policies(out_of_range="keep")), "R") == [185, 90]
    refuse = Policies(out_of_range="refuse")
    assert refusals(table, *impossible, policies=refuse) == [("out_of_range_refused", "B2")]
    zeros = ("城市", "满意率"), ("甲", 0), ("乙", 60), ("丙", 70), ("丁", 65)
    assert column(table(*zeros), "R")[0] == 0
    as_missing = table(*zeros, policies=Policies(zero_unreported="missing"))
    assert math.isnan(column(as_missing, "R")[0])
    with pytest.raises(RecipeError):
        Policies(bounds="guess")


def test_absent_and_empty_indicators_stop_unless_partial(table):
    rows = ("城市", "满意率", "财政投入"), ("杭州市", 60, None), ("宁波市", 70, None)
    refused = refusals(table, *rows, partial=False)
    assert refused.count(("absent", None)) == 4
    assert ("empty_column", "C1") in refused
    dataset = table(*rows)
    assert dataset.absent == ("T", "D", "B", "G")
    assert ("empty_column_scored", "C1") in findings(dataset)


def test_a_lone_citys_blanks_are_just_missing(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["城市", *FRAMEWORK.codes])
    book.active.append(["杭州市", 30, None, 60, 1, 1, 5])
    book.save(tmp_path / "one.xlsx")
    dataset = read(tmp_path / "one.xlsx", FRAMEWORK)
    assert math.isnan(dataset.values[0, 1])
    assert {("blank", "C2"), ("one_city", "A2")} <= findings(dataset)


def test_two_rows_of_a_city_that_complete_each_other_are_joined(table):
    dataset = table(
        ("城市", "满意率", "财政投入"), ("杭州市", 60, None), ("宁波市", 50, 5), ("杭州市", None, 7)
    )
    assert column(dataset, "M") == [7, 5]
    assert ("city_twice_merged", "A4") in findings(dataset)


def test_every_value_knows_where_it_came_from(table):
    dataset = table(("城市", "满意率"), ("杭州市", "85.3%"), ("宁波市", 60))
    origin = dataset.origins[0, "R"]
    assert (origin.location.sheet, origin.location.cell, origin.raw) == ("Sheet", "B2", "85.3%")
    assert dataset.origins[1, "R"].raw == "60"
    assert len(dataset.sources[0].sha256) == 64


def test_the_order_of_rows_columns_and_sheets_changes_nothing(tmp_path):
    head = ["城市", "满意率", "财政投入", "办理时长"]
    rows = [["杭州市", 0.61, 15, 30], ["宁波市", 72.5, 20, 40], ["温州市", 85.5, 18, 50]]
    rows[0][1] = 0.611

    def values(order, columns):
        book = openpyxl.Workbook()
        book.active.append([head[c] for c in columns])
        for row in order:
            book.active.append([rows[row][c] for c in columns])
        book.save(tmp_path / "o.xlsx")
        dataset = read(tmp_path / "o.xlsx", FRAMEWORK, partial=True)
        return {c: v[:3].tolist() for c, v in zip(dataset.cities, dataset.values, strict=True)}

    first = values([0, 1, 2], [0, 1, 2, 3])
    assert first["杭州市"] == [30, 15, 61.1]
    assert values([2, 0, 1], [3, 0, 2, 1]) == first


def test_one_sandbox_serves_many_files(table, tmp_path):
    rows = ("城市", "满意率"), ("杭州市", 60)
    with Sandbox() as sandbox:
        first = table(*rows, sandbox=sandbox)
        (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 not a zip")
        with pytest.raises(InputError):
            read(tmp_path / "bad.xlsx", FRAMEWORK, sandbox=sandbox)
        again = table(*rows, sandbox=sandbox)
    assert column(first, "R") == column(again, "R") == [60]


def test_a_framework_in_the_workbook_is_used(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["城市", "满意率"])
    book.active.append(["杭州市", 60])
    sheet = book.create_sheet("指标体系")
    sheet.append(["编码", "名称", "英文名", "上级", "单位", "方向", "下限", "上限", "权重"])
    sheet.append(["R", "满意率", "Satisfaction", None, "%", "正向", 0, 100, 1])
    book.save(tmp_path / "own.xlsx")
    dataset = read(tmp_path / "own.xlsx")
    assert dataset.framework.codes == ("R",)
    assert dataset.values.tolist() == [[60]]
    book.create_sheet("Framework").append(["code"])
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "two.xlsx")
    assert [issue.code for issue in caught.value.issues] == ["reading.two_frameworks"]


def test_two_indicators_with_the_same_values_are_said(table):
    dataset = table(
        ("城市", "满意率", "增长率"), ("甲", 11.5, 11.5), ("乙", 12.5, 12.5), ("丙", 14, 14)
    )
    assert ("twin_columns", "C1") in findings(dataset)
    other = table(
        ("城市", "满意率", "增长率"), ("甲", 11.5, 12.5), ("乙", 12.5, 11.5), ("丙", 14, 14)
    )
    assert ("twin_columns", "C1") not in findings(other)
