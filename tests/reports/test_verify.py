"""`verify` holds for what was written, and names every cell that was tampered with."""

import re
import zipfile

import openpyxl
import pytest

import steelyard as sy
from steelyard.assess.aggregate import METHODS
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at


@pytest.fixture(scope="module")
def assessment(small, cities_of, gaps):
    return sy.score(cities_of(small(), gaps))


@pytest.fixture
def report(assessment, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    return path


def tampered(path, sheet, cell, content, attributes=""):
    """Replace what one cell holds, as nobody's program would."""
    number = openpyxl.load_workbook(path).sheetnames.index(sheet) + 1
    part = f"xl/worksheets/sheet{number}.xml"
    target = path.with_name("tampered.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                old = rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)'.encode()
                new = f'<c r="{cell}"\\1{attributes}>{content}</c>'.encode()
                data, count = re.subn(old, new, data, flags=re.DOTALL)
                assert count == 1
            changed.writestr(name, data)
    return target


def places(verification, code=None):
    return [
        f"{finding.location.sheet}!{finding.location.cell}"
        for finding in verification.findings
        if code is None or finding.code == code
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_written_holds(assessment, lang, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, lang)
    verification = sy.verify_workbook(path)
    assert verification.holds
    assert verification.findings == ()
    assert verification.checked > 1000


def test_recalculated_where_the_engine_is_there(report):
    pytest.importorskip("formualizer")
    assert sy.verify_workbook(report).recalculated
    assert not sy.verify_workbook(report, recalculate=False).recalculated


def test_a_cached_score_is_named_with_what_it_should_be(report):
    path = tampered(report, "Ranking", "D6", "<f>1</f><v>99.5</v>")
    verification = sy.verify_workbook(path)
    assert not verification.holds
    (finding,) = [one for one in verification.findings if one.code == "reports.value"]
    assert (finding.location.sheet, finding.location.cell) == ("Ranking", "D6")
    assert "99.5" in finding.message("en")
    assert "99.5" in finding.message("zh")
    assert places(verification, "reports.formula") == ["Ranking!D6"]
    assert not verification.recalculated


def test_a_formula_typed_over_with_its_own_value_is_named(report, assessment):
    row = 7
    value = assessment.normalised[0, 0]
    path = tampered(report, "Normalised", f"C{row}", f"<v>{float(value)!r}</v>")
    verification = sy.verify_workbook(path)
    assert places(verification) == [f"Normalised!C{row}"]


def test_any_one_calculated_cell_changed_by_hand_is_found(report, assessment):
    book = build(assessment, "en")
    cells = [
        (sheet.name, at(*place), cell)
        for sheet in book.sheets
        if not sheet.hidden
        for place, cell in sheet.cells.items()
        if cell.formula is not None and isinstance(cell.value, float | int)
    ]
    chosen = cells[:: len(cells) // 16]
    assert len({sheet for sheet, _, _ in chosen}) >= 9
    for sheet, cell, expected in chosen:
        formula = expected.formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        formula = formula.replace("\\", r"\\")
        path = tampered(report, sheet, cell, f"<f>{formula}</f><v>{expected.value + 0.01!r}</v>")
        assert places(sy.verify_workbook(path, recalculate=False)) == [f"{sheet}!{cell}"]


def test_a_text_changed_by_hand_is_found(report):
    path = tampered(report, "Levels", "B6", "<is><t>excellent</t></is>", ' t="inlineStr"')
    assert "Levels!B6" in places(sy.verify_workbook(path))


def test_a_raw_value_changed_without_recalculation_does_not_hold(report, assessment):
    assert assessment.dataset.values[2, 0] == 75
    path = tampered(report, "Data", "C9", "<v>15</v>")
    verification = sy.verify_workbook(path)
    assert not verification.holds
    assert places(verification, "reports.edited") == ["Data!C9"]
    assert {"Normalised!C9", "Scores!C9", "Ranking!D6"} <= set(places(verification))


@pytest.mark.parametrize(
    ("sheet", "cell", "typed"),
    [("Data", "C9", 15.0), ("Weights", "D5", 0.2), ("Framework", "H6", 5.0), ("Levels", "C6", 45.0),
     ("Levels", "B9", 0.99)],
)  # fmt: skip
def test_an_input_changed_and_recalculated_holds_and_is_reported(report, sheet, cell, typed):
    """As after changing it in Excel: all follows, so it holds, and the change is named."""
    formualizer = pytest.importorskip("formualizer")
    before = openpyxl.load_workbook(report)[sheet][cell].value
    assert isinstance(before, int | float)
    path = tampered(report, sheet, cell, f"<v>{typed!r}</v>")
    path.write_bytes(formualizer.recalculate_xlsx_bytes(path.read_bytes())["bytes"])
    verification = sy.verify_workbook(path)
    assert verification.holds
    assert places(verification) == [f"{sheet}!{cell}"]
    assert verification.findings[0].fields == {"written": f"{before:g}", "found": f"{typed:g}"}


def test_another_city_picked_from_the_drop_down_holds(report):
    formualizer = pytest.importorskip("formualizer")
    path = report
    for sheet, cell in (("Profile", "B4"), ("Compare", "D4")):
        picked = '<is><t>乙市</t></is>'  # fmt: skip
        path = tampered(path, sheet, cell, picked, ' t="inlineStr"').rename(
            report.with_name(f"{sheet}.xlsx")
        )
    path.write_bytes(formualizer.recalculate_xlsx_bytes(path.read_bytes())["bytes"])
    verification = sy.verify_workbook(path)
    assert verification.findings == ()


def test_cities_measured_by_the_marks_of_others_hold(small, cities_of, gaps, tmp_path):
    recipe = sy.Recipe(normalise="rank")
    others = sy.score(cities_of(small()), recipe)
    few = sy.score(cities_of(small(), gaps).rows([1, 2]), recipe, others.ruler)
    sy.write_workbook(few, tmp_path / "few.xlsx")
    assert sy.verify_workbook(tmp_path / "few.xlsx").findings == ()


@pytest.mark.parametrize("method", ["topsis", "vikor", "grey", "ranksum", "mpi"])
def test_cities_measured_by_the_ideals_of_others_are_pasted_and_hold(
    method, small, cities_of, tmp_path
):
    path, recipe = tmp_path / "few.xlsx", sy.Recipe(aggregate={"index": method})
    others = sy.score(cities_of(small()), recipe)
    few = sy.score(others.dataset.rows([1, 2]), recipe, others.ruler)
    sy.write_workbook(few, path, "en")
    assert sy.verify_workbook(path).findings == ()
    book = openpyxl.load_workbook(path)
    score = next(cell for row in book["Terms"].iter_rows(min_row=5) for cell in row
                 if isinstance(cell.value, float) and cell.comment)  # fmt: skip
    assert METHODS[method].en in score.comment.text
    score.value += 1
    book.save(path)
    places = {str(found.location) for found in sy.verify_workbook(path).findings}
    assert f"few.xlsx Terms!{score.coordinate}" in places


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(path)
    with pytest.raises(sy.InputError) as refused:
        sy.verify_workbook(path)
    assert refused.value.issues[0].code == "reports.not_a_workbook"
    path.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(sy.InputError):
        sy.verify_workbook(path)


def test_a_damaged_record_is_refused(report):
    sheet = openpyxl.load_workbook(report).sheetnames[-1]
    path = tampered(report, sheet, "B1", "<is><t>{</t></is>", ' t="inlineStr"')
    with pytest.raises(sy.InputError):
        sy.verify_workbook(path)
