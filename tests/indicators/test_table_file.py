"""A framework in a CSV or on a sheet: heads in Chinese or English, faults at their cells."""

import pytest

from steelyard import load_framework
from steelyard.errors import FrameworkError, Location
from steelyard.indicators.framework import Node
from steelyard.indicators.indicator import Bilingual, Indicator, Rung
from steelyard.indicators.loading import framework_from_sheets
from steelyard.indicators.local_weights import global_weights, local_weights
from steelyard.indicators.table_columns import ladder_from, ladder_text, names_from, names_text
from steelyard.indicators.table_file import framework_from_rows

HERE = Location("f.xlsx", "指标体系")


def test_a_table_with_chinese_heads_below_a_title_loads(table):
    framework = framework_from_rows([["我市指标体系"], [], *table], HERE, "f")
    assert framework.node("M1").indicator == Indicator(
        "M1", Bilingual("时长"), "cost", "linear", 10.0, 300.0, unit=Bilingual("分钟")
    )
    assert framework.node("P1").indicator.valid_range == (0.0, 100.0)
    assert (framework.name, framework.level_sets, framework.gates) == ("f", (), ())
    assert (framework.coverage.overall, framework.coverage.goal) == (0.75, 0.6)


@pytest.mark.parametrize(
    "row, column, value, fault",
    [
        (3, 2, "Q", ("orphan", "C4")),
        (3, 2, "M1", ("leaf_parent", "C4")),
        (3, 4, "上", ("unknown_direction", "E4")),
        (3, 5, "liner", ("unknown_scale", "F4")),
        (3, 6, 100, ("reversed", "G4")),
        (3, 6, None, ("no_goalposts", "A4")),
        (4, 7, "many", ("not_a_number", "H5")),
        (4, 7, "=A1*2", ("not_a_number", "H5")),
        (4, 7, "90%", ("not_a_number", "H5")),
        (2, 8, None, ("no_weight", "I3")),
        (2, 8, -1, ("bad_weight", "I3")),
        (2, 8, "#REF!", ("bad_weight", "I3")),
        (4, 0, "P1", ("repeated_code", "A5")),
        (4, 0, None, ("no_code", "A5")),
        (4, 1, "通办 率", ("same_name", "A5")),
        (0, 8, "权重值", ("unknown_column", "I1")),
        (0, 7, "下限", ("repeated_key", "H1")),
        (4, 4, None, ("no_direction", "A5")),
    ],
)
def test_a_faulty_cell_is_named(table, table_faults, row, column, value, fault):
    table[row][column] = value
    assert fault in table_faults(table)


def test_circles_of_parents_are_found_at_each_member(table, table_faults):
    table[1][2], table[2][2] = "M", "P"
    assert sorted(table_faults(table)) == [("cycle", "C2"), ("cycle", "C3")]
    table[1][2], table[2][2] = "P", None
    assert ("cycle", "C2") in table_faults(table)


def test_a_bottomless_tree_is_refused(table_faults):
    chain = [[f"N{n}", "组", f"N{n - 1}" if n else None, None] for n in range(2000)]
    rows = [["编码", "名称", "上级", "方向"], *chain, ["L", "叶", "N1999", "正向"]]
    assert ("too_deep", "C22") in table_faults(rows)


def test_a_sheet_without_heads_is_said_to_be_none(table_faults):
    assert table_faults([["城市", "人口"], ["武汉", 1]]) == [("no_table", None)]


def test_weights_in_percent_and_goalposts_in_percent(table):
    table[1][8], table[2][8] = "60%", 0.4
    table[3][6:8] = ["50%", "１００％"]
    framework = framework_from_rows(table, HERE, "f")
    assert (framework.node("P").weight, framework.node("M").weight) == (0.6, 0.4)
    assert (framework.node("P1").indicator.low, framework.node("P1").indicator.high) == (50, 100)


def test_leaves_may_hold_global_weights():
    rows = [
        ["code", "name_en", "parent", "direction", "weight"],
        ["P", "Services", None, None, 0.3],
        ["M", "Management", None, None, 0.1],
        ["P1", "Online", "P", "max", 0.12],
        ["P2", "Licences", "P", "max", 0.08],
        ["M1", "Cases", "M", "min", 0.1],
    ]
    framework = framework_from_rows(rows, Location("f.csv"), "f")
    weights = global_weights(framework, local_weights(framework))
    assert weights["P1"] == pytest.approx(0.75 * 0.6)
    assert weights["M1"] == pytest.approx(0.25)


def test_children_may_stand_above_their_parents(table):
    turned = [table[0], *reversed(table[1:])]
    framework = framework_from_rows(turned, HERE, "f")
    assert [node.code for node in framework.nodes] == ["index", "M", "M1", "P", "P1"]


def test_rows_of_remarks_columns_are_left_unread(table):
    rows = [[*row, word] for row, word in zip(table, ["备注", "a", "b", "c", "d"], strict=True)]
    assert framework_from_rows(rows, HERE, "f") == framework_from_rows(table, HERE, "f")


def test_rules_below_the_table_or_on_their_own_sheet(table, table_faults):
    lines = ["level_sets:", "  - {name: d, levels: [{level: 1, en: low, from: 0}]}"]
    below = framework_from_rows([*table, ["#rules"], *([line] for line in lines)], HERE, "f")
    beside = framework_from_sheets(
        {"数据": [[1]], "规则": [[x] for x in lines], "指标体系": table}, "f", "f"
    )
    assert below == beside
    assert below.level_set().levels[0].name == Bilingual("", "low")
    lines[1] = lines[1].replace("from", "form")
    rows = [*table, ["#rules"], *([line] for line in lines)]
    assert ("unknown_key", "A8") in table_faults(rows)
    assert ("unknown_key", "A2") in table_faults(table, lines)


def test_a_workbook_without_a_framework_sheet_has_none():
    assert framework_from_sheets({"数据": [["城市"]]}, "f.xlsx", "f") is None


@pytest.mark.parametrize(
    "text, rungs",
    [
        ("0=none|1=some", [(0, "none", ""), (1, "some", "")]),
        ("0=无 / none | 3＝全部 / all", [(0, "无", "none"), (3, "全部", "all")]),
        ("0: 24/7", [(0, "24/7", "")]),
        (r"1=a\|b \/ c / d", [(1, "a|b / c", "d")]),
    ],
)
def test_a_ladder_in_a_cell(text, rungs):
    found = ladder_from(text)
    assert [(rung["level"], rung["zh"], rung["en"]) for rung in found] == rungs
    assert ladder_from(ladder_text(found)) == found


@pytest.mark.parametrize("names", [["a"], ["a", "b、c"], ["a;b"], ["a|b", "c\\"], ["\\|"], []])
def test_several_names_in_a_cell(names):
    assert names_from(names_text(names)) == names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_any_make_loads(tmp_path, encoding, delimiter):
    lines = [
        ["编码", "名称", "上级", "方向", "标尺", "阶梯"],
        ["1", "组", "", "", "", ""],
        ["1.1", "网上", "1", "适度以外", "", ""],
        ["1.10", "机制", "1", "正向", "ladder", "0=无|1=有"],
    ]
    lines[2][3] = "负向"
    path = tmp_path / "f.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    framework = load_framework(path)
    assert framework.codes == ("1.1", "1.10")
    assert framework.nodes[3] == Node(
        "1.10",
        Bilingual("机制"),
        "1",
        indicator=Indicator(
            "1.10",
            Bilingual("机制"),
            scale="ladder",
            ladder=(Rung(0, Bilingual("无")), Rung(1, Bilingual("有"))),
        ),
    )


def test_a_percent_cell_and_a_formula_of_a_workbook_are_seen_as_such(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Framework"
    sheet.append(["code", "name_en", "unit", "direction", "low", "high", "weight"])
    sheet.append(["A", "Share", "%", "benefit", 0.07, 1, 0.5])
    sheet.append(["B", "Count", "each", "benefit", 0, 9, 0.5])
    sheet["E2"].number_format = sheet["F2"].number_format = "0%"
    book.save(tmp_path / "f.xlsx")
    share = load_framework(tmp_path / "f.xlsx").node("A").indicator
    assert (share.low, share.high) == (7.0, 100.0)
    sheet["G2"], sheet["G3"] = "=1/2", "=1/2"
    book.save(tmp_path / "f.xlsx")
    with pytest.raises(FrameworkError) as caught:
        load_framework(tmp_path / "f.xlsx")
    assert [str(issue.location) for issue in caught.value.issues] == [
        "f.xlsx Framework!G2",
        "f.xlsx Framework!G3",
    ]
