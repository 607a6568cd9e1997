"""What a city's own workbook holds beside its numbers comes back as it was."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

import steelyard as sy
from steelyard.errors import InputError, Issue, Location
from steelyard.reports.annotate import annotate

MESSY = Path(__file__).parents[1] / "messy"
FRAMEWORK = sy.load_framework(MESSY / "framework.csv")
THREAD = "{00000000-0000-0000-0000-00000000000A}"
PERSON = "{00000000-0000-0000-0000-00000000000B}"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
RELATIONS = "http://schemas.microsoft.com/office/2017/10/relationships"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
BAR = (
    b'<conditionalFormatting sqref="C2:C3"><cfRule type="dataBar" priority="9"><dataBar>'
    b'<cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst>'
    b'<ext uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b"<x14:id>{11111111-2222-3333-4444-555555555555}</x14:id></ext></extLst></cfRule>"
    b"</conditionalFormatting>"
)


def issue(cell, sheet="Data", severity="error", file="own.xlsx"):
    """A finding of the reader at a cell."""
    words = {"name": "Online", "unit": "%"}
    place = Location(file, sheet, cell)
    return Issue(severity, "reading.not_a_number", place, "武汉市", "A102", "x", None, words)


def rewritten(path, change, more=()):
    """The workbook with every part changed by a function, and further parts."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, change(name, data))
        for name, data in dict(more).items():
            archive.writestr(name, data)


def parts(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.fixture
def own(tmp_path):
    """Rules with extensions, drop-downs, names, a table, protection, hidden sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (["City", "A102", "A103"], ["武汉市", 61.5, 2], ["深圳市", 70, 3]):
        sheet.append(row)
    choices = DataValidation("list", formula1='"1,2,3"', allow_blank=True)
    choices.add("C2:C3")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("B2:B3", CellIsRule("greaterThan", ["65"]))
    sheet.add_table(Table(displayName="Cities", ref="A1:C3"))
    sheet.protection.sheet = True
    book.defined_names["everywhere"] = DefinedName("everywhere", attr_text="Data!$B$2")
    book.create_sheet("Lists").sheet_state = "hidden"
    book["Lists"]["A1"] = "x"
    book.create_sheet("Secret").sheet_state = "veryHidden"
    book["Secret"].defined_names["here"] = DefinedName("here", attr_text="Data!$C$2")
    path = tmp_path / "own.xlsx"
    book.save(path)

    def with_bar(name, data):
        return data.replace(b"<dataValidations", BAR + b"<dataValidations", 1)

    rewritten(path, with_bar)
    return path


def test_rules_dropdowns_names_tables_protection_and_hidden_sheets(own, tmp_path):
    target = tmp_path / "back.xlsx"
    assert annotate(own, [issue("C2"), issue("A1", "Lists")], target, "en").marked == 2
    before, after = parts(own), parts(target)
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        # Beside the cells, a sheet has gained its notes and nothing else.
        old, new = before[name].partition("</sheetData>"), after[name].partition("</sheetData>")
        links = re.findall(r"<legacyDrawing [^>]*/>", new[2])
        assert len(links) == 1
        assert new[2].replace(links[0], "") == old[2]
    order = re.findall(r"<(\w+)", re.sub(r"<extLst>.*?</extLst>", "", after[name]))
    assert order.index("pageMargins") < order.index("legacyDrawing")
    data = after["xl/worksheets/sheet1.xml"]
    assert data.index("</cfRule>") < data.index("<legacyDrawing") < data.index("<tableParts")
    book = openpyxl.load_workbook(target)
    assert [(one.title, one.sheet_state) for one in book] == [
        ("Return list", "visible"),
        ("Data", "visible"),
        ("Lists", "hidden"),
        ("Secret", "veryHidden"),
    ]
    assert book.defined_names["everywhere"].attr_text == "Data!$B$2"
    assert book["Secret"].defined_names["here"].attr_text == "Data!$C$2"
    assert book["Data"].protection.sheet
    assert book["Data"].data_validations.dataValidation[0].formula1 == '"1,2,3"'
    assert list(book["Data"].tables) == ["Cities"]


@pytest.fixture
def talked(own):
    """The same with a conversation on B2, as newer spreadsheets keep it."""
    book = openpyxl.load_workbook(own)
    book["Data"]["B2"].comment = Comment("[Threaded comment] Is this right?", "tc=" + THREAD)
    book.save(own)
    thread = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B2" '
        f'dT="2024-05-01T08:00:00.00" personId="{PERSON}" id="{THREAD}">'
        "<text>Is this right?</text></threadedComment></ThreadedComments>"
    )
    persons = (
        f'<personList xmlns="{THREADS}"><person displayName="张三" id="{PERSON}" '
        'userId="z" providerId="None"/></personList>'
    )

    def related(name, data):
        kind, target = {
            "xl/worksheets/_rels/sheet1.xml.rels": (
                "threadedComment",
                "/xl/threadedComments/threadedComment1.xml",
            ),
            "xl/_rels/workbook.xml.rels": ("person", "/xl/persons/person.xml"),
        }.get(name, ("", ""))
        line = f'<Relationship Id="rIdT" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        end = b"</Relationships>"
        return data.replace(end, line.encode() + end) if kind else data

    more = {
        "xl/threadedComments/threadedComment1.xml": thread,
        "xl/persons/person.xml": persons,
    }
    rewritten(own, related, more)
    return own


def test_a_conversation_is_answered(talked, tmp_path):
    """Where a cell has a conversation the note is not shown, so the finding is a reply."""
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    annotate(talked, [issue("B2"), issue("C2")], one, "zh")
    after = parts(one)
    thread = after["xl/threadedComments/threadedComment1.xml"]
    assert thread.count("<threadedComment ") == 2
    assert f'parentId="{THREAD}"' in thread
    assert issue("B2").message("zh") in thread
    assert "<text>Is this right?</text>" in thread
    author = re.search(r'displayName="Steelyard" id="([^"]+)"', after["xl/persons/person.xml"])[1]
    assert f'personId="{author}"' in thread
    note = openpyxl.load_workbook(one)["Data"]["B2"].comment.text
    assert note.startswith("[Threaded comment] Is this right?")
    assert issue("B2").message("zh") in note
    annotate(one, [issue("B2")], two, "zh")
    again = parts(two)["xl/threadedComments/threadedComment1.xml"]
    keys = re.findall(r'\sid="([^"]+)"', again)
    assert len(set(keys)) == len(keys) == 3
    assert parts(two)["xl/persons/person.xml"].count("Steelyard") == 2  # its name and its user


def strict(path):
    plain = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    with ZipFile(MESSY / "clean.xlsx") as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in plain.items():
                data = data.replace(old, new)
            target.writestr(name, data)


def binary(path):
    sys.path.insert(0, str(Path(__file__).parents[1] / "indicators" / "reading"))
    from binary_workbook import binary_workbook

    sheet = openpyxl.load_workbook(MESSY / "clean.xlsx").active
    path.write_bytes(binary_workbook([list(row) for row in sheet.iter_rows(values_only=True)]))


def copied(name):
    return lambda path: path.write_bytes((MESSY / "formats" / name).read_bytes())


@pytest.mark.parametrize(
    ("ending", "make", "said"),
    [
        ("xls", copied("clean.xls"), "xls"),
        ("ods", copied("clean.ods"), "ods"),
        ("html", copied("clean.html"), "html"),
        ("xlsb", binary, "xlsb"),
        ("xlsx", strict, "Strict"),
    ],
)
def test_other_formats_become_a_copy_that_says_why_and_reads_the_same(ending, make, said, tmp_path):
    source, target = tmp_path / f"cities.{ending}", tmp_path / "back.xlsx"
    make(source)
    before = sy.read(source, FRAMEWORK)
    sheet = before.origins[0, FRAMEWORK.codes[0]].location.sheet
    done = annotate(source, [issue("B3", sheet, file=source.name)], target, "en")
    assert (done.is_copy, done.marked) == (True, 1)
    assert said in done.why_copy
    assert said in openpyxl.load_workbook(target).worksheets[0]["A3"].value
    after = sy.read(target, FRAMEWORK)
    np.testing.assert_array_equal(after.values, before.values)
    assert after.cities == before.cities


@pytest.mark.parametrize("path", sorted(MESSY.glob("*_*.*")), ids=lambda path: path.stem)
def test_every_messy_workbook_comes_back_and_reads_as_it_did(path, tmp_path):
    """Same data or the same findings, whatever people did to the sheet."""
    issues, values = outcome(path)
    target = tmp_path / "back.xlsx"
    try:
        done = annotate(path, issues, target, "zh")
    except InputError as refused:
        assert [one.code for one in refused.issues] == [one.code for one in issues]
        return
    again, same = outcome(target)
    places = {(one.code, one.location.cell) for one in issues}
    if not done.is_copy:
        assert {(one.code, one.location.cell) for one in again} == places
    np.testing.assert_array_equal(same, values)


def outcome(path):
    try:
        dataset = sy.read(path, FRAMEWORK)
    except InputError as refused:
        return refused.issues, None
    return dataset.issues, dataset.values


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_has_rules_tables_and_conversations(talked, tmp_path):
    target, out = tmp_path / "back.xlsx", tmp_path / "again"
    annotate(talked, [issue("B2"), issue("C2", severity="flagged")], target, "zh")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out, target]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(out / "back.xlsx")["Data"]
    assert issue("B2").message("zh") in sheet["B2"].comment.text
    assert "【须留意】" in sheet["C2"].comment.text
    assert len(sheet.conditional_formatting) == 2
    assert sheet.data_validations.dataValidation[0].formula1 == '"1,2,3"'
