"""Binary workbooks of Excel 2007 and later.

The values come from calamine, which does not tell number formats, hidden rows or merged cells
of this format; the reader says so.
"""

from __future__ import annotations

import datetime
import io
import math
from zipfile import ZipFile

from .limits import Refused
from .plain import Kind, PlainBook, PlainSheet, check_cells, sheet


def parse(data: bytes, archive: ZipFile) -> PlainBook:
    """Read the values of all worksheets.

    Raises
    ------
    Refused
        If the file is damaged or beyond the limits.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    archive.getinfo("xl/workbook.bin")
    found: list[PlainSheet] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                hidden = about.visible != SheetVisibleEnum.Visible
                found.append(_sheet(book, about.name, hidden))
                check_cells(sum(len(one["cells"]) for one in found))
    except CalamineError as error:
        raise Refused("reading.damaged") from error
    return {"format": "xlsb", "notes": ["formats_unknown"], "sheets": found}


def _sheet(book: object, name: str, hidden: bool) -> PlainSheet:
    into = sheet(name, hidden)
    source = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    if source.height * source.width > 50_000_000:
        raise Refused("reading.too_large", what="cells", limit="50,000,000")
    for row, values in enumerate(source.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(values, start=1):
            if value != "":
                into["cells"].append((row, column, *_cell(value)))
    return into


def _cell(value: object) -> tuple[Kind, float | str | bool, str]:
    if isinstance(value, bool):
        return "boolean", value, ""
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return "error", "#NUM!", ""
        return "number", float(value), ""
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return "date", str(value), ""
    text = str(value)
    if text.startswith("#") and text.rstrip("!?").replace("/", "").isupper():
        return "error", text, ""
    return "text", text, ""
