"""Any framework written as YAML, CSV or a workbook loads again equal."""

import subprocess
import sys

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard import load_framework
from steelyard.errors import OutputError
from steelyard.indicators.framework import (
    INDEX,
    Auxiliary,
    Coverage,
    Framework,
    Gate,
    Level,
    LevelSet,
    Need,
    Node,
    Preset,
    Rounding,
)
from steelyard.indicators.indicator import SCALES, Bilingual, Indicator, Rung
from steelyard.reports.export_framework import export_framework

SUFFIXES = (".yaml", ".csv", ".xlsx")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_smart2015_loads_again_equal_from_the_same_bytes(tmp_path, suffix, lang):
    framework = load_framework("smart2015")
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    export_framework(framework, first, lang)
    export_framework(framework, second, lang)
    assert load_framework(first) == framework
    assert first.read_bytes() == second.read_bytes()


def test_the_bytes_do_not_hang_on_the_process(tmp_path):
    code = (
        "from steelyard import load_framework\n"
        "from steelyard.reports.export_framework import export_framework\n"
        "export_framework(load_framework('smart2015'), 'f.xlsx')\n"
    )
    found = []
    for seed in "12":
        environment = {"PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}", "LANG": "C.UTF-8"}
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, env=environment)
        found.append((tmp_path / "f.xlsx").read_bytes())
    assert found[0] == found[1]


def test_an_exported_sheet_is_one_that_people_can_fill(tmp_path):
    export_framework(load_framework("smart2015"), tmp_path / "f.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    sheet = book["指标体系"]
    assert book.sheetnames == ["指标体系", "规则"]
    assert sheet.freeze_panes == "C2"
    assert [cell.value for cell in sheet[1]][:5] == ["编码", "名称", "英文名", "上级", "权重"]
    lists = {one.formula1 for one in sheet.data_validations.dataValidation}
    assert '"正向,负向,适度"' in lists


def test_text_stays_text(tmp_path):
    framework = named("=1+1")
    export_framework(framework, tmp_path / "f.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "f.xlsx")["Framework"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert load_framework(tmp_path / "f.xlsx") == framework


def test_no_line_of_the_rules_looks_like_a_formula(tmp_path):
    export_framework(load_framework("smart2015"), tmp_path / "f.csv")
    rules = (tmp_path / "f.csv").read_text("utf-8-sig").partition("#rules")[2].splitlines()
    assert len(rules) > 50
    assert not [line for line in rules if line.strip('"')[:1] in ("-", "=", "+", "@")]


def test_what_cannot_be_written(tmp_path):
    framework = load_framework("smart2015")
    for name, sentence in {
        "f.json": r"\.yaml, \.csv and \.xlsx",
        "missing/f.yaml": "does not exist",
        "folder.yaml": "is a folder",
    }.items():
        (tmp_path / "folder.yaml").mkdir(exist_ok=True)
        with pytest.raises(OutputError, match=sentence):
            export_framework(framework, tmp_path / name)
    with pytest.raises(OutputError, match="32,767"):
        export_framework(named("长" * 40_000), tmp_path / "f.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.yaml"]


def named(name):
    leaf = Indicator("A", Bilingual(name, "a"))
    root = Node(INDEX, Bilingual("指数", "index"), None)
    return Framework("f", "1", root.name, (root, Node("A", leaf.name, INDEX, 1.0, leaf)))


letters = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co"]) | st.sampled_from(
    "\n|/\\;、=#'"
)
words = st.text(letters, max_size=10).map(str.strip)
some = words.filter(bool)
texts = st.builds(Bilingual, words, words)
names = st.builds(Bilingual, some, words)
numbers = st.floats(-1e9, 1e9, allow_subnormal=False)
weights = st.floats(0.01, 1e6) | st.integers(1, 9).map(float)


@st.composite
def indicators(draw, code):
    scale = draw(st.sampled_from([None, *SCALES]))
    measured = scale in ("linear", "log", "log1p", "interval") or draw(st.booleans())
    low = draw(st.floats(0.001, 1e6) if scale in ("log", "log1p") else numbers)
    high = low + abs(low) * 0.5 + draw(st.floats(0.01, 1e6))
    stepped = scale in ("ladder", "ladder-share")
    levels = sorted(draw(st.sets(st.integers(0, 9), min_size=2, max_size=4)))
    bound = draw(st.none() | numbers)
    return Indicator(
        code=code,
        name=Bilingual(f"{code}·{draw(words)}".strip(), f"{code} {draw(words)}".strip()),
        direction="target" if scale == "interval" else draw(st.sampled_from(["benefit", "cost"])),
        scale=scale,
        low=low if measured else None,
        high=high if measured else None,
        interval=(low, high) if scale == "interval" else None,
        ladder=tuple(Rung(n, draw(texts)) for n in levels) if stepped else (),
        unit=draw(st.sampled_from([Bilingual("%", "%"), Bilingual("个"), Bilingual()])),
        valid_range=(bound, bound + abs(bound) + 1.0 if bound is not None else None),
        aliases=tuple(f"{code}~{n}{draw(words)}".strip() for n in range(draw(st.integers(0, 2)))),
        **{key: draw(texts) for key in ("definition", "source", "benchmark", "data_source")},
    )


@st.composite
def trees(draw, parent="", depth=2):
    for n in range(1, draw(st.integers(1, 2)) + 1):
        code, above = f"{parent}{'ABC'[depth]}{n}", parent or INDEX
        weight = draw(weights)
        block = draw(st.sampled_from(["index", "bonus", "deduction"])) if n == 2 else "index"
        points = draw(st.floats(0.5, 9)) if block != "index" else 0.0
        if depth and draw(st.booleans()):
            yield Node(code, draw(names), above, weight, None, block, points)
            yield from draw(trees(code, depth - 1).map(tuple))
        else:
            leaf = draw(indicators(code))
            yield Node(code, leaf.name, above, weight, leaf, block, points)


@st.composite
def frameworks(draw):
    title = draw(names)
    nodes = (Node(INDEX, title, None), *draw(trees().map(tuple)))
    codes = [node.code for node in nodes if node.parent]
    leaf = next(node.code for node in nodes if node.indicator)
    steps = tuple(Level(n, draw(texts), 20.0 * n + draw(st.floats(0, 9))) for n in (1, 2, 3))
    needs = (
        Need(2, "at_level", draw(st.sampled_from(["goals", *codes])), 1.0),
        Need(3, "value", leaf, draw(numbers), draw(st.booleans()), draw(st.booleans())),
        Need(3, "score", codes[0], draw(numbers)),
        Need(2, "observed", "extra"),
    )
    gates = tuple(Gate(code, draw(names), "mine", needs[n:]) for n, code in enumerate("31"))
    return Framework(
        name=draw(some),
        version=draw(st.sampled_from(["1", "1.10", "2015-06"])),
        title=title,
        nodes=nodes,
        about=draw(texts),
        presets=(
            Preset("flat", draw(texts), equal=True),
            Preset("own", draw(texts), weights={code: draw(weights) for code in codes}),
        ),
        auxiliary=(
            Auxiliary("extra", Bilingual("另", "other"), "text", aliases=("x~y",), group=True),
        ),
        level_sets=(LevelSet("mine", draw(texts), steps),),
        gates=gates,
        coverage=draw(
            st.sampled_from([Coverage(), Coverage(0.5, 0.25, "2", Bilingual("率", "share"))])
        ),
        rounding=draw(st.sampled_from([None, Rounding(2, "goals")])),
        weak_points=(draw(names),),
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(framework=frameworks())
def test_any_framework_loads_again_equal(tmp_path_factory, suffix, framework):
    path = tmp_path_factory.mktemp("out") / f"f{suffix}"
    export_framework(framework, path, "zh")
    assert load_framework(path) == framework
