"""Workbooks of Excel 97 to 2003, and WPS's .et."""

from __future__ import annotations

import io
import math
from typing import Any

from .limits import Refused
from .numberformat import date_of, meaning
from .plain import Kind, PlainBook, PlainSheet, check_cells, sheet

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def parse(data: bytes) -> PlainBook:
    """Read all sheets: filled cells, what is hidden, what is merged.

    Raises
    ------
    Refused
        If the file is protected, damaged or beyond the limits.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        protected = "encrypted" in str(error).lower() or "password" in str(error).lower()
        raise Refused("reading.encrypted" if protected else "reading.damaged") from error
    sheets: list[PlainSheet] = []
    count = 0
    for number in range(book.nsheets):
        found = _sheet(book, book.sheet_by_index(number))
        count += len(found["cells"])
        check_cells(count)
        sheets.append(found)
        book.unload_sheet(number)
    notes = ["date_1904"] if book.datemode else []
    return {"format": "xls", "notes": notes, "sheets": sheets}


def _sheet(book: Any, source: Any) -> PlainSheet:
    into = sheet(source.name, bool(source.visibility))
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row)):
            found = _cell(book, cell)
            if found is not None:
                into["cells"].append((row + 1, column + 1, *found))
        check_cells(len(into["cells"]))
    rows, columns = source.rowinfo_map, source.colinfo_map
    into["hidden_rows"] = sorted(row + 1 for row, info in rows.items() if info.hidden)
    into["hidden_columns"] = sorted(column + 1 for column, info in columns.items() if info.hidden)
    into["merged"] = [
        (top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells
    ]
    return into


def _cell(book: Any, cell: Any) -> tuple[Kind, float | str | bool, str] | None:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return ("text", cell.value, "") if cell.value else None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "boolean", bool(cell.value), ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "error", _ERRORS.get(cell.value, "#N/A"), ""
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return None
    if not math.isfinite(cell.value):
        return "error", "#NUM!", ""
    said = _format(book, cell.xf_index)
    if said == "date":
        return "date", date_of(cell.value, bool(book.datemode)), ""
    return "number", float(cell.value), said


def _format(book: Any, style: int | None) -> str:
    if style is None:
        return ""
    key = book.xf_list[style].format_key
    form = book.format_map.get(key)
    return meaning(key, form.format_str if form is not None and form.format_str else None)
