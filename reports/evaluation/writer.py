"""From a workbook in memory to a file whose formulas also carry their values."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break, ColBreak

from ..fixed_time import MOMENT
from .sheet import Book, Sheet, Value, at, letters
from .sheet_xml import dimension, sheet_data
from .style import FONTS, LINE, LOOKS, Look
from .values import number_text, shown_text

_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>', re.DOTALL)
_TYPE = re.compile(rb' t="\w+"')
_CELLS = re.compile(rb"<sheetData ?/>|<sheetData>.*?</sheetData>", re.DOTALL)
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
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
        _write_sheet(workbook.create_sheet(sheet.name), sheet)
    workbook.properties.title = book.title
    workbook.properties.creator = "Steelyard"
    workbook.properties.created = workbook.properties.modified = MOMENT
    workbook.calculation.fullCalcOnLoad = True
    written = io.BytesIO()
    workbook.save(written)
    parts = _parts(book)
    _repack(
        written,
        path,
        lambda name, data: _with_cells(data, parts[name], styles) if name in parts else data,
    )


def fill_values(written: io.BytesIO, book: Book, path: Path) -> None:
    """Copy a workbook that openpyxl wrote, filling the value of each formula."""
    parts = _parts(book)
    _repack(
        written,
        path,
        lambda name, data: _with_values(data, parts[name]) if name in parts else data,
    )


def _parts(book: Book) -> Mapping[str, Sheet]:
    return {f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(book.sheets, start=1)}


def _repack(written: io.BytesIO, path: Path, changed: Callable[[str, bytes], bytes]) -> None:
    """Copy the zip, changing its parts, with one fixed time stamp everywhere."""
    with ZipFile(written) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = changed(name, source.read(name))
            if name == "docProps/core.xml":
                data = _STAMP.sub(MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            entry = ZipInfo(name, MOMENT.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)


def _with_cells(data: bytes, sheet: Sheet, styles: Mapping[str, tuple[int, int]]) -> bytes:
    cells = sheet_data(sheet, styles)
    data = _DIMENSION.sub(dimension(sheet), data, count=1)
    return _CELLS.sub(lambda _: cells, data, count=1)


def _styles(workbook: Workbook, lang: str) -> Mapping[str, tuple[int, int]]:
    """Numbers of every look: as it is, and for a text that would be taken for a formula."""
    scratch = workbook.create_sheet("scratch")
    styles = {}
    for place, (name, look) in enumerate(LOOKS.items(), start=1):
        cell: Any = scratch.cell(1, place)
        _style(cell, look, FONTS[lang])
        plain = cell.style_id
        cell.quotePrefix = True
        styles[name] = plain, cell.style_id
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


def _write_sheet(target: Any, sheet: Sheet) -> None:
    """All of a sheet but its cells; of those only what hangs on them, links and notes."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.link:
            place = at(row, column)
            target.cell(row, column).hyperlink = Hyperlink(place, location=cell.link[1:])
        if cell.note:
            note = Comment(shown_text(cell.note), "Steelyard", width=320, height=120)
            target.cell(row, column).comment = note
    for column, width in sheet.widths.items():
        target.column_dimensions[letters(column)].width = width
    for row, column, last_row, last_column in sheet.merges:
        target.merge_cells(None, row, column, last_row, last_column)
    if sheet.freeze:
        target.freeze_panes = at(*sheet.freeze)
    target.sheet_view.showGridLines = False
    target.sheet_format.defaultRowHeight = 16.5
    target.sheet_format.customHeight = True
    target.sheet_properties.tabColor = sheet.tab
    if sheet.hidden:
        target.sheet_state = "hidden"
    _set_up_print(target, sheet)
    for finish in sheet.finish:
        finish(target)


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
        _print_without_title(target, sheet)
        target.col_breaks = ColBreak()
        for column in sheet.page_breaks:
            target.col_breaks.append(Break(id=column))
        target.page_setup.scale = sheet.scale
    for row in sheet.row_breaks:
        target.row_breaks.append(Break(id=row))


def _print_without_title(target: Any, sheet: Sheet) -> None:
    """On pages side by side the title stands in the page's header, where nothing cuts it."""
    title = sheet.cells.get((1, 1))
    if not sheet.repeat_rows or title is None:
        return
    target.oddHeader.left.text = str(title.value).replace("&", "&&")
    target.oddHeader.left.size = 14
    target.oddHeader.left.font = "Calibri,Bold"
    target.page_margins.top, target.page_margins.header = 0.8, 0.35
    if target.print_area:
        return
    last = max(row for row, _ in sheet.cells), sheet.page_breaks[-1]
    target.print_area = f"A3:{at(*last)}"


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
        return b"", number_text(value).encode()
    return b' t="str"', escape(shown_text(value or "")).encode()
