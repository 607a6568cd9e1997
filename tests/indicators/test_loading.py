"""Frameworks load from YAML, CSV and sheets, and are refused with every fault located."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.errors import FrameworkError, Location, NotFoundError, UnknownNameError
from steelyard.indicators.framework import INDEX, Framework, Level, LevelSet, Node
from steelyard.indicators.indicator import Bilingual, Indicator, Rung
from steelyard.indicators.loading import (
    framework_from_rows,
    framework_from_yaml,
    framework_names,
    load_framework,
)
from steelyard.indicators.local_weights import global_weights, local_weights
from steelyard.indicators.table_file import rows_from_framework, rules_from_framework
from steelyard.indicators.yaml_file import yaml_from_framework
from steelyard.reports.export_framework import export_framework

GOOD = """\
name: small
tree:
  - code: A
    weight: 3
    children:
      - {code: A1, name: {zh: 甲, en: First}, direction: benefit, scale: linear, low: 0, high: 10}
      - {code: A2, name: {zh: 乙, en: Second}, direction: cost, scale: log, low: 1, high: 100}
  - code: B
    weight: 1
    children:
      - code: B1
        direction: target
        scale: interval
        low: 0
        high: 12
        interval: [2, 6]
"""


def faults(text):
    with pytest.raises(FrameworkError) as caught:
        framework_from_yaml(text, "f.yaml")
    return [
        (issue.code.removeprefix("framework."), issue.location.cell)
        for issue in caught.value.issues
    ]


def test_a_good_framework_loads():
    framework = framework_from_yaml(GOOD, "f.yaml")
    assert framework.codes == ("A1", "A2", "B1")
    assert [node.code for node in framework.nodes] == [INDEX, "A", "A1", "A2", "B", "B1"]
    assert local_weights(framework)["A"] == 0.75
    assert global_weights(framework, local_weights(framework))["A2"] == 0.375


@pytest.mark.parametrize(
    "old, new, code, line",
    [
        ("low: 0, high: 10", "low: 10, high: 10", "reversed", 6),
        ("low: 0, high: 10", "low: 10, high: 0", "reversed", 6),
        ("low: 0, high: 10", "low: zero, high: 10", "not_a_number", 6),
        ("low: 0, high: 10", "high: 10", "no_goalposts", 6),
        ("low: 1, high: 100", "low: 0, high: 100", "log_of_zero", 7),
        ("code: A2", "code: A1", "repeated_code", 7),
        ("code: A2, ", "", "no_code", 7),
        ("en: Second", "en: first", "same_name", 7),
        ("direction: benefit", "direction: upwards", "unknown_direction", 6),
        ("scale: linear", "scale: liner", "unknown_scale", 6),
        ("scale: linear", "scale: ladder", "no_ladder", 6),
        ("interval: [2, 6]", "interval: [6, 2]", "bad_interval", 16),
        ("interval: [2, 6]", "interval: [2, 60]", "bad_interval", 16),
        ("        interval: [2, 6]\n", "", "no_interval", 11),
        ("weight: 3", "weight: -3", "bad_weight", 4),
        ("    weight: 3\n", "", "no_weight", 3),
        ("weight: 3", "wieght: 3", "unknown_key", 4),
        ("name: small", "name:", "no_name", 1),
        ("high: 12\n", "high: 12\n        range: [5, 1]\n", "bad_range", 16),
        ("name: small", "name: small\nname: again", "repeated_key", 2),
        ("name: small", "name: [small", "not_yaml", 2),
        ("name: small", "name: &a small\ntitle: *a", "yaml_alias", 2),
    ],
)
def test_each_fault_is_named_at_its_line(old, new, code, line):
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert (code, f"line {line}") in found


RULES = """\
level_sets:
  - name: default
    levels: [{level: 1, zh: 低, en: low, from: 0}, {level: 2, zh: 高, en: high, from: 50}]
gates:
  - {code: "1", name: {zh: 门, en: gate}, needs: [{level: 2, node: A, at_level: 2}]}
  - {code: "2", name: {zh: 率, en: share}, coverage: {overall: 0.75, goal: 0.6}}
presets:
  - {name: p, weights: {A: 1, B: 2}}
"""


@pytest.mark.parametrize(
    "old, new, code",
    [
        ("node: A, ", "node: Z, ", "unknown_node"),
        ("level: 2, node", "level: 3, node", "unknown_level"),
        ("node: A, at_level: 2", "value: A9, at_least: 2", "unknown_node"),
        ("node: A, at_level: 2", "node: A", "bad_need"),
        ("overall: 0.75", "overall: 75", "bad_coverage"),
        ("weights: {A: 1", "weights: {Z: 1", "unknown_node"),
        ("weights: {A: 1", "weights: {A: -1", "bad_weight"),
        ("from: 50", "from: 0", "bad_levels"),
        ('"1", name', '"1", level_set: other, name', "unknown_level_set"),
    ],
)
def test_faulty_rules_are_named(old, new, code):
    assert old in RULES
    framework_from_yaml(GOOD + RULES, "f.yaml")
    assert code in [found for found, _ in faults(GOOD + RULES.replace(old, new, 1))]


def test_all_faults_come_together():
    text = GOOD.replace("high: 10", "high: -1").replace("high: 100", "high: 0.5")
    text = text.replace("weight: 1\n", "weight: -1\n")
    assert {code for code, _ in faults(text)} == {"reversed", "bad_weight"}
    assert len(faults(text)) == 3


TABLE = [
    ["编码", "名称", "上级", "单位", "方向", "标尺", "下限", "上限", "权重"],
    ["P", "公共服务", None, None, None, None, None, None, 0.6],
    ["M", "管理", None, None, None, None, None, None, 0.4],
    ["P1", "通办率", "P", "%", "正向", "linear", 50, 100, 1],
    ["M1", "时长", "M", "分钟", "-1", "linear", "10", "300", 1],
]


def table_faults(rows):
    with pytest.raises(FrameworkError) as caught:
        framework_from_rows(rows, Location("f.xlsx", "指标体系"), "f")
    return [
        (issue.code.removeprefix("framework."), issue.location.cell)
        for issue in caught.value.issues
    ]


def test_a_table_with_chinese_heads_loads():
    framework = framework_from_rows([["说明"], [], *TABLE], Location("f.xlsx", "指标体系"), "f")
    assert framework.node("M1").indicator == Indicator(
        "M1", Bilingual("时长"), "cost", "linear", 10.0, 300.0, unit=Bilingual("分钟")
    )
    assert local_weights(framework)["P"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    "row, column, value, fault",
    [
        (3, 2, "Q", ("orphan", "C4")),
        (3, 2, "M1", ("leaf_parent", "C4")),
        (3, 4, "上", ("unknown_direction", "E4")),
        (3, 6, 100, ("reversed", "G4")),
        (4, 7, "many", ("not_a_number", "H5")),
        (2, 8, None, ("no_weight", "A3")),
        (4, 0, "P1", ("repeated_code", "A5")),
    ],
)
def test_a_faulty_cell_is_named(row, column, value, fault):
    rows = [list(cells) for cells in TABLE]
    rows[row][column] = value
    assert fault in table_faults(rows)


def test_a_circle_of_parents_is_found():
    rows = [list(cells) for cells in TABLE]
    rows[1][2], rows[2][2] = "M", "P"
    assert {code for code, _ in table_faults(rows)} == {"cycle"}


def test_smart2015_is_the_article_framework():
    framework = load_framework("smart2015")
    assert "smart2015" in framework_names()
    assert len(framework.indicators) == 50
    weights = global_weights(framework, local_weights(framework))
    assert weights["A101"] == pytest.approx(0.03024 / 0.88, abs=1e-15)
    assert weights["F"] == 0
    assert [level.lower for level in framework.level_set().levels] == [0, 30, 50, 70, 85]
    assert [level.lower for level in framework.level_set("national2017").levels] == [0, 55, 70, 85]
    assert sorted([gate.code for gate in framework.gates] + [framework.coverage.code]) == list(
        "1234567"
    )
    assert (framework.coverage.overall, framework.coverage.goal) == (0.75, 0.6)


def test_presets_weigh_as_declared():
    framework = load_framework("smart2015")
    survey = global_weights(framework, local_weights(framework, "survey40"))
    assert survey["A501"] + survey["C401"] == pytest.approx(0.4, abs=1e-15)
    assert survey["A501"] / survey["C401"] == pytest.approx(0.0336 / 0.0256)
    assert sum(survey[code] for code in framework.codes) == pytest.approx(1, abs=1e-15)
    enablers = local_weights(framework, "with-enablers")
    assert enablers["F"] == pytest.approx(0.12)
    equal = local_weights(framework, "equal")
    assert (equal["A"], equal["F"], equal["A1"], equal["A101"]) == (0.2, 0, 0.2, 1 / 3)


def test_names_and_files_that_are_not_there():
    with pytest.raises(UnknownNameError, match="smart2015"):
        load_framework("smart2014")
    with pytest.raises(NotFoundError, match=r"nothing\.yaml"):
        load_framework("nothing.yaml")


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_export_loads_again_equal_and_has_the_same_bytes_twice(tmp_path, suffix, lang):
    framework = load_framework("smart2015")
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    export_framework(framework, first, lang)
    export_framework(framework, second, lang)
    assert load_framework(first) == framework
    assert first.read_bytes() == second.read_bytes()


def test_an_exported_sheet_is_a_sheet_people_can_read(tmp_path):
    export_framework(load_framework("smart2015"), tmp_path / "f.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["指标体系", "规则"]
    assert book["指标体系"].freeze_panes == "C2"


words = st.text(st.characters(categories=["L", "N"], max_codepoint=0x9FFF), min_size=1, max_size=8)


@st.composite
def frameworks(draw):
    nodes = [Node(INDEX, Bilingual("指数", "index"), None)]
    for goal in range(draw(st.integers(1, 3))):
        code = f"G{goal}"
        nodes.append(
            Node(code, Bilingual(f"目标{goal}", draw(words)), INDEX, draw(st.floats(0.1, 9)))
        )
        for leaf in range(draw(st.integers(1, 3))):
            nodes.append(draw(leaves(f"{code}x{leaf}", code)))
    levels = (Level(1, Bilingual("一", "one"), 0.0), Level(2, Bilingual("二", "two"), 50.0))
    sets = draw(st.sampled_from([(), (LevelSet("default", Bilingual(), levels),)]))
    return Framework("made", "2", nodes[0].name, tuple(nodes), level_sets=sets)


@st.composite
def leaves(draw, code, parent):
    scale = draw(st.sampled_from(["linear", "log", "interval", "ladder", None]))
    low, width = draw(st.floats(0.01, 1e3)), draw(st.floats(0.01, 1e6))
    ladder = tuple(Rung(n, Bilingual(f"级{n}", draw(words))) for n in range(3))
    indicator = Indicator(
        code,
        Bilingual(f"指标{code}", f"indicator {code}"),
        "target" if scale == "interval" else draw(st.sampled_from(["benefit", "cost"])),
        scale,
        low if scale != "ladder" else None,
        low + width if scale != "ladder" else None,
        (low, low + width) if scale == "interval" else None,
        ladder if scale == "ladder" else (),
        unit=draw(st.sampled_from([Bilingual("%", "%"), Bilingual("个", "each"), Bilingual()])),
        valid_range=draw(st.sampled_from([(None, None), (0.0, None), (0.0, 100.5)])),
        aliases=draw(st.sampled_from([(), (f"别{code}", f"alias {code}")])),
        definition=Bilingual(draw(words), draw(words)),
    )
    return Node(code, indicator.name, parent, draw(st.floats(0.1, 9)), indicator)


@settings(max_examples=60, deadline=None)
@given(frameworks())
def test_any_framework_survives_yaml_and_table(framework):
    assert framework_from_yaml(yaml_from_framework(framework), "f.yaml") == framework
    rows, rules = rows_from_framework(framework), rules_from_framework(framework)
    assert framework_from_rows(rows, Location("f.csv"), "other", rules) == framework
