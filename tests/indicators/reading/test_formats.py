"""Every format gives the same values, told by content and not by ending."""

import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from steelyard import InputError, load_framework, read

sys.path.insert(0, str(Path(__file__).parent))
from binary_workbook import binary_workbook

MESSY = Path(__file__).parents[2] / "messy"
FORMATS = MESSY / "formats"
FRAMEWORK = load_framework(MESSY / "framework.csv")
VALUES = read(MESSY / "clean.xlsx", FRAMEWORK).values.tolist()
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def found(dataset):
    return {(issue.code.removeprefix("reading."), issue.location.cell) for issue in dataset.issues}


def rewritten(path, change):
    """An xlsx with every part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)))
    return target.getvalue()


@pytest.mark.parametrize("name", ["clean.xls", "clean.ods", "clean.html"])
def test_what_another_program_wrote_reads_the_same(name):
    dataset = read(FORMATS / name, FRAMEWORK)
    assert dataset.values.tolist() == VALUES
    assert dataset.issues == ()


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.parametrize(
    "name, finding",
    [
        ("17_L", ("hidden_row", "A14")),
        ("19_L", ("extra_column", "A1")),
        ("28_V", ("percent_format", "B2")),
        ("50_V", ("error_cell", "C7")),
    ],
)
def test_formats_hidden_rows_merges_and_errors_are_seen(name, finding, ending):
    dataset = read(FORMATS / f"{name}.{ending}", FRAMEWORK)
    assert finding in found(dataset)
    assert dataset.cities[0] == "杭州市"
    assert dataset.values[0].tolist() == VALUES[0]


@pytest.mark.parametrize("name", ["clean.xls", "clean.ods"])
def test_the_content_decides_and_not_the_ending(name, tmp_path):
    path = tmp_path / "cities.csv"
    path.write_bytes((FORMATS / name).read_bytes())
    dataset = read(path, FRAMEWORK)
    assert dataset.values.tolist() == VALUES
    assert found(dataset) == {(f"really_{name[-3:]}", None)}


def test_a_wps_file_may_be_either_kind(tmp_path):
    for source in (FORMATS / "clean.xls", MESSY / "clean.xlsx"):
        path = tmp_path / "cities.et"
        path.write_bytes(source.read_bytes())
        assert read(path, FRAMEWORK).issues == ()


def test_a_strict_workbook(tmp_path):
    def strict(_, data):
        for old, new in STRICT.items():
            data = data.replace(old, new)
        return data

    path = tmp_path / "strict.xlsx"
    path.write_bytes(rewritten(MESSY / "clean.xlsx", strict))
    dataset = read(path, FRAMEWORK)
    assert dataset.values.tolist() == VALUES
    assert dataset.issues == ()


def test_prefixed_names_and_wrong_dimensions(tmp_path):
    def prefixed(name, data):
        if not name.startswith("xl/worksheets/"):
            return data
        text = data.decode().replace('ref="A1:K13"', 'ref="A1:B2"')
        text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        return text.replace("xmlns=", "xmlns:x=").encode()

    path = tmp_path / "prefixed.xlsx"
    path.write_bytes(rewritten(MESSY / "clean.xlsx", prefixed))
    assert read(path, FRAMEWORK).values.tolist() == VALUES


def test_a_binary_workbook_says_what_it_cannot_see(tmp_path):
    sheet = openpyxl.load_workbook(MESSY / "clean.xlsx").active
    path = tmp_path / "cities.xlsb"
    path.write_bytes(binary_workbook([list(row) for row in sheet.iter_rows(values_only=True)]))
    dataset = read(path, FRAMEWORK)
    assert dataset.values.tolist() == VALUES
    assert [(i.severity, i.code) for i in dataset.issues] == [
        ("flagged", "reading.formats_unknown")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_any_encoding_and_delimiter(encoding, delimiter, tmp_path):
    sheet = openpyxl.load_workbook(MESSY / "clean.xlsx").active
    lines = [delimiter.join(map(str, row)) for row in sheet.iter_rows(values_only=True)]
    path = tmp_path / "cities.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert read(path, FRAMEWORK).values.tolist() == VALUES


def test_a_csv_with_fields_in_quotes(tmp_path):
    text = '城市,"一网通办率\n(%)","财政投入(万元)"\n杭州市,72.6,"15,563"\n宁波市,76.3,"58,785"\n'
    path = tmp_path / "cities.csv"
    path.write_text(text, "utf-8")
    dataset = read(path, FRAMEWORK, partial=True)
    assert dataset.values[:, [0, 9]].tolist() == [[72.6, 15563], [76.3, 58785]]
    assert ("thousands", "C2") in found(dataset)


@pytest.mark.parametrize(
    "name, data, code",
    [
        ("empty.xlsx", b"", "empty_file"),
        ("blank.csv", b" \n\n", "empty_file"),
        ("words.csv", "这里没有表格\n只有文字\n".encode(), "no_table"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_format"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3", "unknown_format"),
        ("page.html", b"<html><p>hello</p></html>", "no_table"),
    ],
)
def test_what_is_no_table_is_one_clear_line(name, data, code, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path, FRAMEWORK)
    (issue,) = (issue for issue in caught.value.issues if issue.severity == "error")
    assert issue.code == f"reading.{code}"
    assert name in issue.message("en")


def test_a_missing_file_and_a_folder(tmp_path):
    for path, code in ((tmp_path / "none.xlsx", "no_file"), (tmp_path, "is_folder")):
        with pytest.raises(InputError) as caught:
            read(path, FRAMEWORK)
        assert [issue.code for issue in caught.value.issues] == [f"reading.{code}"]


def test_a_workbook_that_asks_for_a_password(tmp_path):
    path = tmp_path / "secret.xlsx"
    data = zipfile_with_encrypted_flag()
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path, FRAMEWORK)
    assert [issue.code for issue in caught.value.issues] == ["reading.encrypted"]


def zipfile_with_encrypted_flag():
    data = bytearray((MESSY / "clean.xlsx").read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)
