"""The workbook for judgements: written, filled in by hand, recalculated, read back."""

import io
from itertools import combinations

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard as sy
from steelyard.errors import OutputError
from steelyard.indicators.judgements import Expert, Judgements
from steelyard.indicators.local_weights import local_weights
from steelyard.indicators.reading.judgement_sheets import judgements_file, read_judgements_file
from steelyard.reports.judgement_form import write_judgement_form
from steelyard.weights.priorities import priorities

SMART = sy.load_framework("smart2015")
SAATY = np.array(
    [
        [1, 4, 3, 1, 3, 4], [1 / 4, 1, 7, 3, 1 / 5, 1], [1 / 3, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 6],
        [1, 1 / 3, 5, 1, 1, 1 / 3], [1 / 3, 5, 5, 1, 1, 3], [1 / 4, 1, 6, 3, 1 / 3, 1],
    ]
)  # fmt: skip
"""Saaty's choice of a school; its upper left parts serve for fewer items."""


def counted(code):
    local = local_weights(SMART)
    return [child.code for child in SMART.children(code) if local[child.code] > 0]


def blocks(sheet, framework=SMART):
    """Head row of every table, by the node's code."""
    found = {}
    for row in range(6, sheet.max_row + 1):
        title = str(sheet.cell(row, 1).value or "")
        head = str(sheet.cell(row + 1, 2).value or "")
        if head in ("项目", "Item"):
            first = sheet.cell(row + 2, 1).value
            found[framework.node(first).parent] = row + 1
            assert title
    return found


def fill_in(path, judged, sheet=1):
    """Write the upper triangles by hand, as an expert does."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[sheet]
    heads = blocks(page)
    for code, matrix in judged.items():
        for i, j in combinations(range(len(matrix)), 2):
            cell = page.cell(heads[code] + 1 + i, 4 + j)
            assert cell.protection.locked is False
            cell.value = float(matrix[i, j])
    book.save(path)


def everything():
    """Saaty's matrix, cut to size, for every node."""
    nodes = [node.code for node in SMART.nodes if len(counted(node.code)) > 1]
    return {code: SAATY[: len(counted(code)), : len(counted(code))] for code in nodes}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filled_in_and_recalculated_it_gives_the_weights_of_python(tmp_path, recalculated, lang):
    path = tmp_path / "j.xlsx"
    write_judgement_form(SMART, path, ["张三", "Li Si"], "ahp", lang)
    fill_in(path, everything())
    page = openpyxl.load_workbook(path).worksheets[1]
    cells = recalculated(path)
    for code, matrix in everything().items():
        head, count = blocks(page)[code], len(matrix)
        python = sy.weigh("ahp", matrix, priority="geometric")
        shown = [cells[page.title, f"C{head + 1 + place}"] for place in range(count)]
        assert shown == pytest.approx(python.values.tolist(), abs=1e-9)
        row = head + 1 + count
        assert cells[page.title, f"C{row}"] == pytest.approx(python.details["CR"], abs=1e-9)
        for column, key in (("E", "lambda_max"), ("G", "CI"), ("I", "RI")):
            expected = python.details[key]
            assert cells[page.title, f"{column}{row}"] == pytest.approx(expected, abs=1e-9)
        for i, j in combinations(range(count), 2):
            lower = cells[page.title, f"{'DEFGHI'[i]}{head + 1 + j}"]
            assert lower == pytest.approx(1 / matrix[i, j], abs=1e-12)
    assert cells[page.title, "B4"] == 86


def test_the_judgement_to_reconsider_is_the_furthest_from_the_weights(tmp_path, recalculated):
    path = tmp_path / "j.xlsx"
    write_judgement_form(SMART, path, lang="zh")
    matrix = SAATY[:5, :5]
    fill_in(path, {"index": matrix})
    page = openpyxl.load_workbook(path).worksheets[1]
    told = recalculated(path)[page.title, f"C{blocks(page)['index'] + 7}"]
    weights = sy.weigh("ahp", matrix, priority="geometric").values
    misfit = {
        (i, j): abs(np.log(matrix[i, j] * weights[j] / weights[i]))
        for i, j in combinations(range(5), 2)
    }
    i, j = max(misfit, key=misfit.get)
    without = matrix.copy()
    without[i, j] = without[j, i] = np.nan
    others = priorities(without, "geometric")
    i, j = (i, j) if matrix[i, j] >= 1 else (j, i)
    names = [f"{code} {SMART.node(code).name.zh}" for code in counted("index")]
    fitting = f"{round(others[i] / others[j], 2):g}"
    expected = f"“{names[i]}”比“{names[j]}”:现判为 {matrix[i, j]:g},由其余判断推得约 {fitting}"
    assert told == expected


def random_judgements(kind, seed):
    """Judgements of two experts on every node."""
    draw = np.random.default_rng(seed)

    def one(code):
        children = [child.code for child in SMART.children(code)]
        places = [children.index(child) for child in counted(code)]
        count = len(children)
        if kind == "ahp":
            matrix = np.full((count, count), np.nan)
            matrix[places, places] = 1.0
            for i, j in combinations(places, 2):
                grade = draw.integers(1, 10) ** draw.choice([-1.0, 1.0])
                matrix[i, j], matrix[j, i] = grade, 1 / grade
            return matrix
        if kind == "budget":
            points = np.full(count, np.nan)
            points[places] = draw.integers(1, 60, len(places))
            return points
        rows = np.full((2, count), np.nan)
        rows[:, places] = draw.integers(2, 8, (2, len(places)))
        rows[0, places[0]] = rows[1, places[-1]] = 1
        rows[0, places[-1]] = rows[1, places[0]] = 8
        return rows

    nodes = [node.code for node in SMART.nodes if len(counted(node.code)) > 1]
    experts = (("张三", 1.0), ("Li Si", 2.5))
    return Judgements(
        kind, tuple(Expert(name, weight, {c: one(c) for c in nodes}) for name, weight in experts)
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["ahp", "bwm", "budget"])
@pytest.mark.parametrize("filled", [False, True])
def test_every_cell_carries_the_value_that_recalculation_gives(
    tmp_path, cached, recalculated, kind, lang, filled
):
    path = tmp_path / "j.xlsx"
    judged = random_judgements(kind, 7) if filled else None
    write_judgement_form(SMART, path, ["张三"], kind, lang, judged)
    stored, found = cached(path), recalculated(path)
    assert len(stored) > 1000
    for place, value in stored.items():
        if isinstance(value, int | float):
            assert found[place] == pytest.approx(value, abs=1e-9), place
        else:
            assert (found[place] or "") == (value or ""), place


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["ahp", "bwm", "budget"]))
def test_what_is_written_is_read_back(tmp_path_factory, seed, kind):
    path = tmp_path_factory.mktemp("j") / "j.xlsx"
    given = random_judgements(kind, seed)
    write_judgement_form(SMART, path, lang="en", judgements=given)
    framework, found, issues = judgements_file(path)
    assert (framework, found.kind, issues) == (SMART, kind, ())
    for one, back in zip(given.experts, found.experts, strict=True):
        assert (one.name, one.weight) == (back.name, back.weight)
        assert one.by_node.keys() == back.by_node.keys()
        for code, judged in one.by_node.items():
            assert back.by_node[code] == pytest.approx(judged, rel=1e-12, nan_ok=True)


def test_by_hand_with_a_gap_and_read_back(tmp_path):
    path = tmp_path / "j.xlsx"
    write_judgement_form(SMART, path, ["张三", "Li Si"])
    fill_in(path, {"D": SAATY[:3, :3]}, sheet=2)
    found = read_judgements_file(path)
    (expert,) = found.experts
    assert expert.name == "Li Si"
    assert expert.by_node["D"] == pytest.approx(SAATY[:3, :3])


def test_every_input_has_its_drop_down_of_the_scale(tmp_path):
    path = tmp_path / "j.xlsx"
    write_judgement_form(SMART, path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[1]
    inputs = {
        cell.coordinate
        for row in page.iter_rows(min_row=6)
        for cell in row
        if not cell.protection.locked
    }
    rules = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    listed = {str(rule.sqref): rule for rule in rules}
    assert len(inputs) == 86
    assert inputs == set(listed)
    sheet, cells = next(iter(listed.values())).formula1.split("!")
    grades = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
    assert grades == pytest.approx([*range(9, 0, -1), *(1 / whole for whole in range(2, 10))])
    assert book[sheet].sheet_state == "veryHidden"
    assert page.protection.sheet


def test_names_of_experts_make_legal_sheets(tmp_path):
    path = tmp_path / "j.xlsx"
    long = "一位名字非常非常非常非常非常非常非常非常非常非常非常长的专家"
    write_judgement_form(SMART, path, ["a/b:c", long, long + "二", "=1+1"])
    book = openpyxl.load_workbook(path)
    names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert len(set(names)) == 5
    assert all(len(name) <= 31 for name in names)
    assert book.worksheets[4]["B3"].value == "=1+1"
    assert book.worksheets[4]["B3"].data_type == "s"


def test_the_same_bytes_twice_and_no_half_written_file(tmp_path):
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_judgement_form(SMART, first, ["张三"])
    write_judgement_form(SMART, second, ["张三"])
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(OutputError):
        write_judgement_form(SMART, tmp_path / "no" / "folder.xlsx")


def test_formulas_use_only_functions_known_everywhere(tmp_path):
    import re

    known = {"AND", "COUNT", "EXP", "IF", "IFERROR", "INDEX", "ISNUMBER", "LN", "MATCH", "MAX",
             "NOT", "PRODUCT", "ROUND", "SUM", "ABS"}  # fmt: skip
    for kind in ("ahp", "bwm", "budget"):
        path = tmp_path / f"{kind}.xlsx"
        write_judgement_form(SMART, path, method=kind)
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        texts = " ".join(
            re.sub(r'"[^"]*"', "", str(cell.value))
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        )
        assert set(re.findall(r"([A-Z][A-Z.]*)\(", texts)) <= known
