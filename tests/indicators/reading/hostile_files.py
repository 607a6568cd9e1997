"""Files that attack a reader, made on the spot."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

MESSY = Path(__file__).parents[2] / "messy"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    + "]>"
)
QUADRATIC = f'<!DOCTYPE l [<!ENTITY a "{"ha" * 50_000}">]>'
EXTERNAL = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """A zip of named parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def workbook(rows, before="", after="", strings="<sst/>"):
    """A minimal xlsx with these rows of XML."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    sheet = (
        f'{head}{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    )
    types = ("officeDocument", "xl/workbook.xml"), ("worksheet", "worksheets/sheet1.xml")
    rels = [
        f'{head}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATED}/{kind}" '
        f'Target="{target}"/>{{}}</Relationships>'
        for kind, target in types
    ]
    shared = f'<Relationship Id="r2" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    return zipped(
        {
            "_rels/.rels": rels[0].format(""),
            "xl/_rels/workbook.xml.rels": rels[1].format(shared),
            "xl/workbook.xml": f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": strings,
        }
    )


def cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def zip_bomb():
    return zipped({"[Content_Types].xml": "", "xl/worksheets/sheet1.xml": bytes(310 * 2**20)})


def lying_zip_bomb():
    """Its directory declares 10 bytes, its stream holds a gigabyte."""
    parts = {"_rels/.rels": b"x" * (64 * 2**20)}
    data = bytearray(zipped(parts))
    size = struct.pack("<I", 64 * 2**20)
    return bytes(data.replace(size, struct.pack("<I", 10)))


def nested_bomb():
    inner = zipped({f"{n}.xml": bytes(2**20) for n in range(10)})
    return zipped({f"{n}.zip": inner for n in range(10)})


def far_cell():
    return workbook(f'<row r="1048576">{cell("XFD1048576", "x")}</row>')


def many_strings():
    return workbook("", strings="<sst>" + "<si><t>a</t></si>" * 5_000_000 + "</sst>")


def billion_laughs():
    return workbook(f'<row r="1">{cell("A1", "&k;")}</row>', before=LAUGHS)


def quadratic_blowup():
    return workbook(f'<row r="1">{cell("A1", "&a;" * 50_000)}</row>', before=QUADRATIC)


def external_entity():
    return workbook(f'<row r="1">{cell("A1", "&a;")}</row>', before=EXTERNAL)


def truncated():
    return (MESSY / "clean.xlsx").read_bytes()[:3998]


def path_traversal():
    return zipped({"../../../../tmp/owned": "x", "/etc/owned": "x", "..\\owned": "x"})


def merged_over_everything():
    rows = "".join(f'<row r="{r}">{cell(f"A{r}", "x")}</row>' for r in range(1, 200))
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return workbook(rows, after=merge)


def merged_many_times():
    rows = "".join(f'<row r="{r}">{cell(f"A{r}", "x")}</row>' for r in range(1, 2000))
    merge = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    return workbook(rows, after=f"<mergeCells>{merge}</mergeCells>")


def many_parts():
    return zipped({f"p{n}.xml": "" for n in range(6000)}, zipfile.ZIP_STORED)


def many_cells():
    row = '<row r="{}">' + "<c><v>1</v></c>" * 1000 + "</row>"
    return workbook("".join(row.format(n) for n in range(1, 1200)))


def many_long_strings():
    rows = "".join(
        f'<row r="{r}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for r in range(1, 2000)
    )
    return workbook(rows, strings=f"<sst><si><t>{'x' * 30_000}</t></si></sst>")


def many_headers():
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c t="str"><v>{r}/{c} 率</v></c>' for c in range(100))
        + "</row>"
        for r in range(1, 3000)
    )
    return workbook(rows)


def deep_nesting():
    return workbook("<row>" * 2_000_000)


def many_hidden_columns():
    return workbook("", after='<cols><col min="1" max="16384" hidden="1"/></cols>' * 100_000)


def protected():
    """The head of an OLE container whose directory names an encrypted package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    )


def broken_ole():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40


def repeated_ods():
    """Two cells that an attribute repeats over the whole sheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" '
        f'xmlns:text="{words}"><table:table table:name="S">'
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:document-content>"
    )
    return zipped({"content.xml": content})


def wide_html():
    return b"<table>" + b"<tr><td rowspan=99999 colspan=99999>x</td></tr>" * 20_000 + b"</table>"


def random_bytes():
    return zlib.compress(b"steelyard") * 1000


def endless_line():
    return b"a," * 4_000_000


HOSTILE = (
    zip_bomb, lying_zip_bomb, nested_bomb, far_cell, many_strings, billion_laughs,
    quadratic_blowup, external_entity, truncated, path_traversal, merged_over_everything,
    merged_many_times, many_parts, many_cells, many_long_strings, many_headers, deep_nesting,
    many_hidden_columns, protected, broken_ole, repeated_ods, wide_html, random_bytes,
    endless_line,
)  # fmt: skip
