"""How the sample workbooks look, and how they are written with the same bytes every time."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FIXED = (2026, 1, 1, 0, 0, 0)
NAVY, BLUE, PALE, AMBER, RULE = "1F3864", "2F5597", "EAF0F8", "FFF2CC", "BFC8D6"
THIN = Side(style="thin", color=RULE)
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def words(sample: str) -> dict[str, Any]:
    """The words of one sample workbook."""
    path = Path(__file__).with_name("sample_words.toml")
    words: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))[sample]
    return words


def fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def font(**settings: object) -> Font:
    return Font(name="Microsoft YaHei", **{"size": 10, **settings})


def title_band(
    sheet: Worksheet, words: Mapping[str, Any], columns: int, title: str | None = None
) -> int:
    """The title and the banner over the first `columns` columns; returns the next free row."""
    lines = (
        (title or words["title"], font(size=14, bold=True, color="FFFFFF"), NAVY, 30),
        (words["banner"], font(size=10, bold=True, color="7F6000"), AMBER, 20),
    )
    for row, (text, style, colour, height) in enumerate(lines, start=1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        cell = sheet.cell(row, 1, text)
        cell.font, cell.fill = style, fill(colour)
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
        sheet.row_dimensions[row].height = height
    return len(lines) + 1


def header_row(sheet: Worksheet, row: int, texts: Iterable[object], height: float = 48) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.fill, cell.border = font(bold=True, color="FFFFFF"), fill(BLUE), GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = height


def units_row(sheet: Worksheet, row: int, texts: Iterable[object]) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, text or None)
        cell.font, cell.fill, cell.border = font(size=9, color="595959"), fill(PALE), GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 30


def body_row(
    sheet: Worksheet, row: int, values: Iterable[object], formats: Sequence[str | None] = ()
) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value)
        number = isinstance(value, int | float)
        cell.font, cell.border = font(), GRID
        cell.alignment = Alignment(
            horizontal="right" if number else "left", vertical="center", wrap_text=not number
        )
        wanted = formats[column - 1] if column <= len(formats) else None
        if number and wanted:
            cell.number_format = wanted


def mark(sheet: Worksheet, row: int, column: int, note: str, coloured: bool = True) -> None:
    """Hang a note on a cell, and colour it."""
    cell = sheet.cell(row, column)
    if coloured:
        cell.fill = fill(AMBER)
    cell.comment = Comment(note, "Steelyard", width=360, height=120)


def widths(sheet: Worksheet, wanted: Iterable[float]) -> None:
    for column, width in enumerate(wanted, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def for_print(sheet: Worksheet, header: int, freeze: str | None = None, pages: int = 1) -> None:
    """A4 landscape, `pages` wide, with the header on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{header}"
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = freeze


def paragraphs(sheet: Worksheet, row: int, texts: Iterable[Mapping[str, str]]) -> None:
    """Chinese beside English, one paragraph a row."""
    for place, text in enumerate(texts, start=row):
        zh, en = text["zh"], text["en"]
        body_row(sheet, place, (zh, en))
        lines = max(len(zh) / 34, len(en) / 72)
        sheet.row_dimensions[place].height = 16 * (1 + int(lines)) + 4
        for column in (1, 2):
            sheet.cell(place, column).alignment = Alignment(vertical="top", wrap_text=True)
    widths(sheet, (72, 76))


def save(book: Workbook, path: Path) -> None:
    """Write the book so that the same content gives the same bytes."""
    raw = BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as found, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(
            found.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            content = found.read(name)
            if name == "docProps/core.xml":
                stamp = "{}-{:02}-{:02}T00:00:00Z".format(*FIXED[:3]).encode()
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", stamp, content)
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            out.writestr(entry, content)
