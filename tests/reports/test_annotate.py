"""The user's own workbook comes back marked, and nothing of theirs is lost."""

import io
import shutil
import subprocess
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

import steelyard as sy
from steelyard.errors import InputError, Issue, Location, OutputError
from steelyard.reports.annotate import annotate

FILE, SHEET = "cities.xlsx", "A&B's data"


def issue(cell, severity="error", sheet=SHEET, file=FILE):
    """A finding of the reader at a cell; its sentence names what was written."""
    place = Location(file, sheet, cell)
    words = {"name": "<Online> & more", "unit": "%"}
    return Issue(severity, "reading.not_a_number", place, "武汉市", "A102", "x<y&z", None, words)


def pixel():
    """A picture of one pixel, as PNG."""
    image = pytest.importorskip("PIL.Image").new("RGB", (1, 1), "red")
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    return Image(data)


@pytest.fixture
def workbook(tmp_path):
    """Two sheets with a formula, a chart, a picture, a note, a rule, print titles and styles."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "封面"
    first["A1"] = "说明"
    sheet = book.create_sheet(SHEET)
    for row in (["城市", "A102", "A103"], ["武汉市", 61.5, "很好"], ["深圳市", 70, "=B3*2"]):
        sheet.append(row)
    sheet["B2"].font = Font(bold=True, color="FF0000FF")
    sheet["B2"].number_format = "0.000"
    sheet["C2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["B2"].comment = Comment("张三核对过", "张三")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E5")
    sheet.add_image(pixel(), "A10")
    sheet.conditional_formatting.add("B2:B3", CellIsRule("greaterThan", ["65"]))
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "B2"
    book.active = 1
    path = tmp_path / FILE
    book.save(path)
    return path


def parts(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_that_is_not_marked_is_as_it_was(workbook, tmp_path):
    target = tmp_path / "marked.xlsx"
    done = annotate(workbook, [issue("C2"), issue("B2", "flagged")], target)
    assert (done.marked, done.is_copy) == (2, False)
    before, after = parts(workbook), parts(target)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet2.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }
    kept = [name for name in before if "chart" in name or "media" in name]
    assert len(kept) == 2
    assert set(before) <= set(after)


def test_values_formulas_and_looks_stay_and_the_marks_are_colours_and_notes(workbook, tmp_path):
    target = tmp_path / "marked.xlsx"
    issues = [issue("C2"), issue("B2", "flagged"), issue("D9", "repaired"), issue("A7")]
    annotate(workbook, issues, target, "zh")
    before, after = openpyxl.load_workbook(workbook), openpyxl.load_workbook(target)
    assert after.sheetnames == ["退回清单", "封面", SHEET]
    old, new = before[SHEET], after[SHEET]
    for row in old.iter_rows():
        for cell in row:
            found = new[cell.coordinate]
            assert found.value == cell.value
            assert found.number_format == cell.number_format
            assert (found.font.b, found.font.color.rgb if found.font.color else None) == (
                cell.font.b,
                cell.font.color.rgb if cell.font.color else None,
            )
    colours = {cell: new[cell].fill.fgColor.rgb for cell in ("C2", "B2", "D9", "A7", "A2")}
    assert colours == {
        "C2": "FFF8CBAD",
        "B2": "FFFFE699",
        "D9": "FFD9EAD3",
        "A7": "FFF8CBAD",
        "A2": "00000000",
    }
    assert new["B2"].comment.text.startswith("张三核对过")
    assert "【须留意】" in new["B2"].comment.text
    assert "x<y&z" in new["C2"].comment.text
    assert issue("C2").fix("zh") in new["C2"].comment.text
    assert new.freeze_panes == "B2"
    assert new.print_title_rows == "$1:$1"
    assert len(new._charts) == 1


def test_the_return_list_is_the_first_sheet_and_leads_to_the_cells(workbook, tmp_path):
    target = tmp_path / "marked.xlsx"
    annotate(workbook, [issue("B2", "flagged"), issue("C2")], target, "zh")
    book = openpyxl.load_workbook(target)
    assert book.active.title == "退回清单"
    sheet = book["退回清单"]
    first, second = ([cell.value for cell in sheet[row]] for row in (5, 6))
    assert first[:7] == ["1", "须改正", SHEET, "C2", "武汉市", "A102", "x<y&z"]
    assert first[8:] == [issue("C2").message("zh"), issue("C2").fix("zh")]
    assert second[1] == "须留意"
    assert sheet["D5"].hyperlink.location == "'A&B''s data'!C2"
    assert "须改正 1 处" in sheet["A2"].value
    selected = [one.title for one in book if one.sheet_view.tabSelected]
    assert selected == ["退回清单"]


def test_a_marked_workbook_reads_as_before_and_can_be_marked_again(tmp_path):
    framework = sy.load_framework("smart2015")
    book = openpyxl.Workbook()
    book.active.append(["城市", *framework.codes])
    for city, start in (("武汉市", 1), ("深圳市", 2)):
        book.active.append([city, *[start + n / 100 for n in range(50)]])
    path = tmp_path / "cities.xlsx"
    book.save(path)
    found = findings(path)
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    annotate(path, found, one, "en")
    assert [i.code for i in findings(one)] == [i.code for i in found]
    annotate(one, findings(one), two, "en")
    assert openpyxl.load_workbook(two).sheetnames == ["Return list 2", "Return list", "Sheet"]
    assert [i.code for i in findings(two)] == [i.code for i in found]


def findings(path):
    try:
        return sy.read(path).issues
    except InputError as error:
        return error.issues


def test_macros_stay_and_ask_for_their_ending(workbook, tmp_path):
    macros = tmp_path / "cities.xlsm"
    with ZipFile(workbook) as old, ZipFile(macros, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"\x00macro\xff")
    with pytest.raises(OutputError) as refused:
        annotate(macros, [issue("C2")], tmp_path / "out.xlsx")
    assert refused.value.fields["suffix"] == ".xlsm"
    annotate(macros, [issue("C2")], tmp_path / "out.xlsm")
    assert parts(tmp_path / "out.xlsm")["xl/vbaProject.bin"] == b"\x00macro\xff"


@pytest.mark.parametrize(("lang", "word"), [("zh", "副本"), ("en", "copy")])
def test_a_csv_becomes_a_copy_of_values_and_says_so(tmp_path, lang, word):
    path = tmp_path / "cities.csv"
    path.write_text("城市,A102\n武汉市,=1+1\n深圳市,很好\n", "utf-8")
    target = tmp_path / "marked.xlsx"
    found = issue("B3", sheet=None, file="cities.csv")
    done = annotate(path, [found], target, lang)
    assert done.is_copy
    assert word in done.sentence("cities.csv", lang)
    first, copy = openpyxl.load_workbook(target).worksheets
    assert word in first["A3"].value
    assert (copy["B2"].value, copy["B2"].data_type) == ("=1+1", "s")
    assert copy["B3"].value == "很好"
    assert copy["B3"].fill.fgColor.rgb == "00F8CBAD"
    assert found.message(lang) in copy["B3"].comment.text


def test_an_unusual_workbook_becomes_a_copy(workbook, tmp_path):
    strange = tmp_path / "strange.xlsx"
    with ZipFile(workbook) as old, ZipFile(strange, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                data = data.replace(b'<row r="2"', b"<row")
            new.writestr(name, data)
    done = annotate(strange, [issue("C2")], tmp_path / "out.xlsx", "en")
    assert done.is_copy
    assert "unusual" in done.why_copy


def test_a_workbook_without_findings_and_the_same_bytes_twice(workbook, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        annotate(workbook, [], tmp_path / name, "en")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["Return list"]
    assert sheet["A5"].value == "Nothing was found."


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_notes_chart_and_picture(workbook, tmp_path):
    target = tmp_path / "marked.xlsx"
    annotate(workbook, [issue("C2"), issue("B2", "flagged"), issue("D9")], target)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    out = tmp_path / "again"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out, target]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(out / "marked.xlsx")
    sheet = book[SHEET]
    assert book.sheetnames[0] == "退回清单"
    assert sheet["C3"].value == "=B3*2"
    assert sheet["B2"].comment.text.startswith("张三核对过")
    assert "【须改正】" in sheet["D9"].comment.text
    assert len(sheet._charts) == len(sheet._images) == 1
