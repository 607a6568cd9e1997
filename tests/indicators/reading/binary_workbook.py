"""A minimal xlsb, written record by record after the published format (MS-XLSB)."""

import struct

from hostile_files import PACKAGE, RELATED, zipped


def _record(number, payload=b""):
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length, size = b"", len(payload)
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + payload


def _text(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column, value):
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(6, place + _text(value))
    return _record(5, place + struct.pack("<d", value))


def binary_workbook(rows):
    """The bytes of an xlsb with one sheet of these rows."""
    right = max(map(len, rows)) - 1
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, right))
    sheet += _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        sheet += b"".join(_cell(at, value) for at, value in enumerate(row))
    sheet += _record(146) + _record(130)
    bundle = struct.pack("<II", 0, 1) + _text("r1") + _text("数据")
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    rels = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATED}/{{}}" '
        'Target="{}"/></Relationships>'
    )
    return zipped(
        {
            "_rels/.rels": rels.format("officeDocument", "xl/workbook.bin"),
            "xl/_rels/workbook.bin.rels": rels.format("worksheet", "worksheets/sheet1.bin"),
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
