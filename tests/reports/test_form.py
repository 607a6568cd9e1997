"""The fill-in form: written, filled in as people do, and read back."""

import io
import math

import numpy as np
import pytest
from formualizer import recalculate_xlsx_bytes
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import steelyard as sy
from steelyard.errors import InputError, OutputError
from steelyard.indicators.framework import Auxiliary, Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator, Rung
from steelyard.reports.form import write_form

SMART = sy.load_framework("smart2015")
COLUMNS = {"value": 5, "source": 6, "grade": 8, "verified": 9, "reason": 10, "author": 11}


def rows_of(sheet):
    """Row of every code on a form's sheet."""
    cells = {str(sheet.cell(row, 1).value): row for row in range(8, sheet.max_row + 1)}
    return {
        code: row for code, row in cells.items() if sheet.cell(row, 5).protection.locked is False
    }


def fill(path, sheet, answers):
    """Write {code: {column: value}} on one sheet, as a clerk does."""
    book = load_workbook(path)
    rows = rows_of(book[sheet])
    for code, cells in answers.items():
        for column, value in cells.items():
            cell = book[sheet].cell(rows[code], COLUMNS[column])
            cell.value = value
            if value == "85%":
                cell.value, cell.number_format = 0.85, "0%"
    book.save(path)


def filled(tmp_path, answers, framework=SMART, lang="zh"):
    """A one-city form with these answers, read back."""
    path = tmp_path / "form.xlsx"
    write_form(framework, path, ["武汉市"], lang, 2024)
    fill(path, "武汉市", answers)
    return sy.read(path)


def value(dataset, code, row=0):
    return dataset.values[row, dataset.framework.codes.index(code)]


def codes_of(dataset, room="form."):
    return [issue.code for issue in dataset.issues if issue.code.startswith(room)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_numbers_choices_and_percentages_come_back(tmp_path, lang):
    choice = {"zh": "3=可下载开放数据集", "en": "3=Open data sets for download"}[lang]
    answers = {"A102": {"value": 62.5}, "A301": {"value": "85%"}, "D301": {"value": choice}}
    dataset = filled(tmp_path, answers, lang=lang)
    assert dataset.cities == ("武汉市",)
    assert dataset.years == (2024,)
    assert (value(dataset, "A102"), value(dataset, "A301"), value(dataset, "D301")) == (62.5, 85, 3)
    assert math.isnan(value(dataset, "A103"))
    assert dataset.framework == SMART


def test_the_choices_offered_are_the_ladder_and_not_applicable(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(SMART, path, ["武汉市"])
    book = load_workbook(path)
    row = rows_of(book["武汉市"])["D301"]
    (rule,) = (r for r in book["武汉市"].data_validations.dataValidation if f"E{row}" in r.sqref)
    sheet, cells = rule.formula1.split("!")
    choices = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
    assert choices == [
        "0=无平台",
        "1=部门各自平台",
        "2=统一公共信息平台与目录",
        "3=可下载开放数据集",
        "4=API实时开放并有应用",
        "不适用",
    ]
    assert book[sheet].sheet_state == "veryHidden"


def test_blank_is_missing_and_not_applicable_is_not(tmp_path):
    dataset = filled(tmp_path, {"A102": {"value": 50}, "A103": {"value": "不适用"}})
    column = SMART.codes.index("A103")
    assert dataset.not_applicable[0, column]
    assert not dataset.not_applicable[0, SMART.codes.index("A201")]
    assert np.isnan(dataset.values).sum() == 49


def test_a_verified_value_wins_and_both_are_shown(tmp_path):
    answer = {"value": 90, "verified": 72.5, "reason": "与统计公报不符", "author": "李四"}
    dataset = filled(tmp_path, {"A102": answer})
    assert value(dataset, "A102") == 72.5
    (issue,) = (issue for issue in dataset.issues if issue.code == "form.verified")
    assert (issue.value, issue.used, issue.location.cell) == ("90", 72.5, "I11")
    for word in ("90", "72.5", "-17.5", "与统计公报不符", "李四"):
        assert word in issue.message("zh")
        assert word in issue.message("en")
    assert dataset.origins[0, "A102"].location.cell == "I11"


def test_a_verified_value_alone_and_without_a_reason(tmp_path):
    dataset = filled(tmp_path, {"D301": {"verified": "2=统一公共信息平台与目录"}})
    assert value(dataset, "D301") == 2
    assert codes_of(dataset)[:2] == ["form.unexplained", "form.verified_alone"]


def test_a_verified_value_that_agrees_needs_no_words(tmp_path):
    answer = {"value": 70, "verified": 70, "reason": "抽查", "author": "李四", "source": "年报"}
    assert codes_of(filled(tmp_path, {"A102": answer})) == []


def test_a_small_percentage_is_kept_and_pointed_out(tmp_path):
    dataset = filled(tmp_path, {"A103": {"value": 0.95}})  # goalposts 70–100, but the form says %
    assert value(dataset, "A103") == 0.95
    assert "reading.percent_cell_small" in codes_of(dataset, "reading.")


def test_grades_and_evidence_are_looked_at(tmp_path):
    answers = {
        "A102": {"value": 60, "grade": "D", "source": "估计"},
        "A103": {"value": 80, "grade": "A"},
    }
    dataset = filled(tmp_path, answers)
    found = {issue.code: issue for issue in dataset.issues}
    assert found["form.weak_grade"].fields["codes"] == "A102"
    assert found["form.weak_grade"].location.cell == "H11"
    assert found["form.unsupported"].fields["codes"] == "A103"


def test_auxiliary_inputs_are_read(tmp_path):
    answers = {"A102": {"value": 1.5}, "population": {"value": 1374}, "region": {"value": "中部"}}
    dataset = filled(tmp_path, answers)
    assert dataset.auxiliary["population"] == (1374.0,)
    assert dataset.auxiliary["region"] == ("中部",)


def test_many_cities_each_have_a_sheet_whatever_they_are_called(tmp_path):
    path = tmp_path / "form.xlsx"
    cities = ["武汉市", "=1+1", "A/B: [x]*?", "Llanfairpwllgwyngyllgogerychwyrndrobwll", "武汉市"]
    write_form(SMART, path, cities[:4])
    book = load_workbook(path)
    names = book.sheetnames[1:5]
    assert [book[name]["B3"].value for name in names] == cities[:4]
    assert book[names[1]]["B3"].data_type == "s"
    for number, name in enumerate(names):
        rows = rows_of(book[name])
        book[name].cell(rows["A102"], 5).value = 10 + number
    book.save(path)
    dataset = sy.read(path, partial=True)
    assert dataset.cities == tuple(cities[:4])
    assert [value(dataset, "A102", row) for row in range(4)] == [10, 11, 12, 13]


def test_a_blank_form_asks_for_its_city(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(SMART, path)
    with pytest.raises(InputError) as refused:
        sy.read(path)
    (issue,) = refused.value.issues
    assert (issue.code, issue.location.sheet, issue.location.cell) == (
        "form.no_city",
        "填报表",
        "B3",
    )
    assert "B3" in issue.fix("zh")


def test_a_row_added_twice_or_from_elsewhere(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(SMART, path, ["武汉市"])
    book = load_workbook(path)
    sheet = book["武汉市"]
    for row, code, number in ((120, "A102", 4), (121, "Z999", 5)):
        sheet.cell(row, 1).value, sheet.cell(row, 5).value = code, number
    book.save(path)
    with pytest.raises(InputError) as refused:
        sy.read(path)
    found = {issue.code: issue for issue in refused.value.issues}
    assert found["form.repeated_code"].location.cell == "A120"
    assert (found["form.unknown_code"].severity, found["form.unknown_code"].location.cell) == (
        "flagged",
        "A121",
    )


def small(name="rivers"):
    leaf = Indicator(
        "W", Bilingual("水质", "Water"), "cost", "linear", 0.0, 9.0, unit=Bilingual("级")
    )
    nodes = (
        Node("index", Bilingual("河流", "Rivers"), None),
        Node("W", leaf.name, "index", 1, leaf),
    )
    return Framework(name, "3", Bilingual("河流", "Rivers"), nodes)


def test_the_form_brings_its_framework_along(tmp_path):
    dataset = filled(tmp_path, {"W": {"value": 3}}, small(), "en")
    assert dataset.framework == small()
    assert dataset.values.tolist() == [[3.0]]


def test_reading_by_another_framework_is_said(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(small(), path, ["武汉市"])
    fill(path, "武汉市", {"W": {"value": 3}})
    dataset = sy.read(path, small("lakes"))
    assert "form.other_framework" in codes_of(dataset)


def states(data):
    sheet = load_workbook(io.BytesIO(data), data_only=True)["武汉市"]
    rows = rows_of(sheet)
    return {code: sheet.cell(row, 12).value for code, row in rows.items()}, sheet["J3"].value


def test_the_status_column_follows_what_is_written(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(SMART, path, ["武汉市"])
    empty = states(path.read_bytes())
    assert set(empty[0].values()) == {"待填"}
    assert empty[1] == 0
    assert states(recalculate_xlsx_bytes(path.read_bytes())["bytes"]) == empty
    answers = {
        "A102": {"value": 50},
        "A103": {"value": 185},
        "A201": {"value": "不适用"},
        "A301": {"value": 40, "verified": 30},
        "A401": {"value": 40, "verified": 40},
        "D301": {"value": "2=统一公共信息平台与目录"},
    }
    fill(path, "武汉市", answers)
    found, done = states(recalculate_xlsx_bytes(path.read_bytes())["bytes"])
    assert {code: found[code] for code in answers} == {
        "A102": "已填",
        "A103": "超出范围",
        "A201": "已填",
        "A301": "核实有差异",
        "A401": "核实一致",
        "D301": "已填",
    }
    assert done == 6


def test_only_inputs_are_unlocked(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(SMART, path, ["武汉市"])
    sheet = load_workbook(path)["武汉市"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    row = rows_of(sheet)["A102"]
    unlocked = {c for c in range(1, 13) if not sheet.cell(row, c).protection.locked}
    assert unlocked == {5, 6, 7, 8, 9, 10, 11}
    assert sheet["A7"].protection.locked


def test_the_same_form_is_the_same_bytes_and_is_written_whole(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_form(SMART, tmp_path / name, ["武汉市", "深圳市"], "en", 2024)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with pytest.raises(OutputError):
        write_form(SMART, tmp_path / "nowhere" / "form.xlsx")


SCALES = ("linear", "log", "log1p", "interval", "ladder", "ladder-share", "binary")
UNITS = (
    Bilingual("%", "%"),
    Bilingual("万元", "10k yuan"),
    Bilingual("起/年", "per year"),
    Bilingual(),
)


@st.composite
def indicators(draw, code):
    scale = draw(st.sampled_from(SCALES))
    name = Bilingual(
        f"指标{code}{draw(st.sampled_from(['', '率', '(%)', '=1']))}", f"Measure {code}"
    )
    rungs = tuple(Rung(level, Bilingual(f"第{level}档", f"Step {level}")) for level in range(4))
    low, high = draw(st.integers(1, 20).map(float)), draw(st.integers(30, 100).map(float))
    is_ladder = scale in ("ladder", "ladder-share")
    return Indicator(
        code,
        name,
        draw(st.sampled_from(["benefit", "cost"])) if scale != "interval" else "target",
        scale,
        None if is_ladder or scale == "binary" else low,
        None if is_ladder or scale == "binary" else high,
        (low + 1, high - 1) if scale == "interval" else None,
        rungs if is_ladder else (),
        Bilingual() if is_ladder or scale == "binary" else draw(st.sampled_from(UNITS)),
        (0.0, 100.0) if draw(st.booleans()) and scale != "binary" else (None, None),
    )


@st.composite
def frameworks(draw):
    nodes = [Node("index", Bilingual("抽样", "Drawn"), None)]
    for goal in "ABC"[: draw(st.integers(1, 3))]:
        nodes.append(Node(goal, Bilingual(f"目标{goal}", f"Goal {goal}"), "index", draw(weights)))
        for number in range(draw(st.integers(1, 3))):
            leaf = draw(indicators(f"{goal}{number}"))
            nodes.append(Node(leaf.code, leaf.name, goal, draw(weights), leaf))
    further = (Auxiliary("people", Bilingual("人口", "People"), unit=Bilingual("万人", "10k")),)
    return Framework("drawn", "1", Bilingual("抽样", "Drawn"), tuple(nodes), auxiliary=further)


weights = st.integers(1, 9).map(float)
CITIES = ("武汉市", "深圳市", "Almaty", "=1+1")


@st.composite
def answers_to(draw, framework, city_count):
    def answer(indicator):
        if indicator.scale == "binary":
            return st.sampled_from([0.0, 1.0])
        if indicator.scale == "ladder":
            return st.integers(0, 3).map(float)
        top = 30_000 if indicator.scale == "ladder-share" else 1_000_000
        return st.integers(1, top).map(lambda n: n / 10_000)

    return [
        [draw(st.one_of(st.none(), answer(indicator))) for indicator in framework.indicators]
        for _ in range(city_count)
    ]


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(["zh", "en"]))
def test_any_form_filled_in_scores_as_the_numbers_do_in_memory(tmp_path_factory, data, lang):
    framework = data.draw(frameworks())
    cities = CITIES[: data.draw(st.integers(1, 4))]
    table = data.draw(answers_to(framework, len(cities)))
    path = tmp_path_factory.mktemp("forms") / "form.xlsx"
    write_form(framework, path, cities, lang)
    book = load_workbook(path)
    for name, row in zip(book.sheetnames[1:], table, strict=False):
        places = rows_of(book[name])
        for indicator, number in zip(framework.indicators, row, strict=True):
            if number is not None:
                choice = (
                    indicator.scale == "ladder" and f"{number:.0f}={indicator.ladder[0].name.zh}"
                )
                book[name].cell(places[indicator.code], 5).value = choice or number
    book.save(path)
    read = sy.read(path, partial=True)
    assert read.framework == framework
    known = [[math.nan if number is None else number for number in row] for row in table]
    memory = sy.score(sy.dataset_from_arrays(framework, cities, known))
    assert read.cities == cities
    np.testing.assert_array_equal(read.values, np.array(known))
    np.testing.assert_array_equal(sy.score(read).tree.scores, memory.tree.scores)
