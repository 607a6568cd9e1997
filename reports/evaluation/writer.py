"""From a workbook in memory to a file whose formulas also carry their values."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break, ColBreak

from ..fixed_time import MOMENT
from .sheet import Book, Cell, Sheet, Value, at, letters
from .style import FONTS, LINE, LOOKS, Look

_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>', re.DOTALL)
_TYPE = re.compile(rb' t="\w+"')
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LINE = Side("thin", color=LINE)


def write_book(book: Book, path: Path) -> None:
    """Write a book.

    Raises
    ------
    ValueError
        If a cell holds NaN or an infinity.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    styles = _styles(workbook, book.lang)
    for sheet in book.sheets:
        _write_sheet(workbook.create_sheet(sheet.name), sheet, styles)
    workbook.properties.title = book.title
    workbook.properties.creator = "Steelyard"
    workbook.properties.created = workbook.properties.modified = MOMENT
    workbook.calculation.fullCalcOnLoad = True
    written = io.BytesIO()
    workbook.save(written)
    fill_values(written, book, path)


def _styles(workbook: Workbook, lang: str) -> Mapping[str, Any]:
    """The style of one made cell for every look: copying it is far faster than styling each."""
    scratch = workbook.create_sheet("scratch")
    styles = {}
    for place, (name, look) in enumerate(LOOKS.items(), start=1):
        cell = scratch.cell(1, place)
        _style(cell, look, FONTS[lang])
        styles[name] = cell._style
    workbook.remove(scratch)
    return styles


def _style(cell: Any, look: Look, font: str) -> None:
    cell.font = Font(
        name=font, size=look.size, bold=look.bold, italic=look.italic, color=look.colour
    )
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.border:
        cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    vertical = "center" if look.middle else "top"
    cell.alignment = Alignment(look.align, vertical, wrap_text=look.wrap)
    cell.number_format = look.number


def _write_sheet(target: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    for (row, column), cell in sorted(sheet.cells.items()):
        made = target.cell(row, column)
        made._style = styles[cell.style]
        _set(made, cell)
    for column, width in sheet.widths.items():
        target.column_dimensions[letters(column)].width = width
    for row, height in sheet.heights.items():
        target.row_dimensions[row].height = height
    for row, column, last_row, last_column in sheet.merges:
        target.merge_cells(None, row, column, last_row, last_column)
    if sheet.freeze:
        target.freeze_panes = at(*sheet.freeze)
    target.sheet_view.showGridLines = False
    target.sheet_properties.tabColor = sheet.tab
    if sheet.hidden:
        target.sheet_state = "hidden"
    _set_up_print(target, sheet)
    for finish in sheet.finish:
        finish(target)


def _set(made: Any, cell: Cell) -> None:
    if cell.formula is not None:
        made.value = f"={cell.formula}"
    elif isinstance(cell.value, str):
        made.value = shown_text(cell.value)
        made.data_type = "s"
        if cell.value[:1] in ("=", "+", "-", "@"):
            # Excel would otherwise take the text for a formula when the cell is edited.
            made._style = copy(made._style)
            made.quotePrefix = True
    elif cell.value is not None:
        made.value = _finite(cell.value)
    if cell.link:
        made.hyperlink = cell.link
    if cell.note:
        made.comment = Comment(cell.note, "Steelyard", width=320, height=120)


def shown_text(text: str) -> str:
    """A text as a workbook can hold it: without control characters, of bounded length."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:32767]


def _finite(value: Value) -> Value:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a workbook cannot hold NaN or an infinity")
    return value


def _set_up_print(target: Any, sheet: Sheet) -> None:
    target.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    target.page_setup.paperSize = 9
    target.page_setup.fitToWidth = 0 if sheet.page_breaks else 1
    target.page_setup.fitToHeight = 1 if sheet.fit_height else 0
    target.sheet_properties.pageSetUpPr.fitToPage = not sheet.page_breaks
    target.print_options.horizontalCentered = True
    margins = target.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    margins.header = margins.footer = 0.3
    target.oddFooter.left.text = "&A"
    target.oddFooter.right.text = "&P / &N"
    if sheet.repeat_rows:
        target.print_title_rows = "{}:{}".format(*sheet.repeat_rows)
    if sheet.repeat_columns:
        first, last = sheet.repeat_columns
        target.print_title_cols = f"{letters(first)}:{letters(last)}"
    if sheet.page_breaks:
        target.col_breaks = ColBreak()
        for column in sheet.page_breaks:
            target.col_breaks.append(Break(id=column))
        target.page_setup.scale = 70


def fill_values(written: io.BytesIO, book: Book, path: Path) -> None:
    """Copy the zip, filling each formula's value and fixing every time stamp."""
    parts = {f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(book.sheets, start=1)}
    with ZipFile(written) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name in parts:
                data = _with_values(data, parts[name])
            elif name == "docProps/core.xml":
                data = _STAMP.sub(MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            entry = ZipInfo(name, MOMENT.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)


def _with_values(data: bytes, sheet: Sheet) -> bytes:
    values = {
        at(row, column).encode(): cell.value
        for (row, column), cell in sheet.cells.items()
        if cell.formula is not None
    }

    def filled(match: re.Match[bytes]) -> bytes:
        reference, attributes, formula = match.groups()
        kind, text = _cached(values[reference])
        attributes = _TYPE.sub(b"", attributes) + kind
        return b'<c r="%b"%b><f>%b</f><v>%b</v></c>' % (reference, attributes, formula, text)

    return _FORMULA.sub(filled, data)


def _cached(value: Value) -> tuple[bytes, bytes]:
    if isinstance(value, bool):
        return b' t="b"', b"1" if value else b"0"
    if isinstance(value, int | float):
        return b"", repr(_finite(float(value))).encode()
    return b' t="str"', escape(shown_text(value or "")).encode()
