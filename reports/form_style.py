"""How the form looks: inputs yellow, the reviewer's cells green, what is locked grey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from .evaluation.sheet import Cell as Computed
from .evaluation.sheet import Sheet, Value
from .evaluation.style import FONTS, INPUT, LINE

SKY, GREY = "B4C7E7", "F2F2F2"
YELLOW, GREEN, DEEP_GREEN, RED, AMBER = INPUT, "E6F3E6", "3B7D3B", "F8CBAD", "FFE699"
_LINE = Side(style="thin", color=LINE)
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def fill(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def put(cell: Cell, value: object) -> None:
    """Set a cell's value; a text stays a text, even one that begins with an equals sign."""
    if value is not None:
        cell.value = value  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"


class Pen:
    """Writes styled cells on one sheet.

    Parameters
    ----------
    sheet : Worksheet
    lang : {"zh", "en"}
    """

    def __init__(self, sheet: Worksheet, lang: str) -> None:
        self.sheet = sheet
        self.lang = lang
        self.computed = Sheet(sheet.title)

    def write(
        self,
        row: int,
        column: int,
        value: object = None,
        *,
        colour: str | None = None,
        bold: bool = False,
        size: float = 10,
        ink: str = "000000",
        align: str = "left",
        vertical: str = "center",
        box: bool = True,
        locked: bool = True,
        form: str | None = None,
    ) -> None:
        """Write one cell; a text never becomes a formula unless it is written by `formula`."""
        cell: Any = self.sheet.cell(row, column)
        put(cell, value)
        cell.font = Font(name=FONTS[self.lang], size=size, bold=bold, color=ink)
        cell.alignment = Alignment(horizontal=align, vertical=vertical, wrap_text=True)
        if colour:
            cell.fill = fill(colour)
        if box:
            cell.border = BOX
        if not locked:
            cell.protection = Protection(locked=False)
        if form:
            cell.number_format = form

    def formula(self, row: int, column: int, formula: str, value: Value, **looks: Any) -> None:
        """Write a formula and the value that it has on an empty form."""
        self.write(row, column, **looks)
        self.sheet.cell(row, column).value = f"={formula}"
        self.computed.cells[row, column] = Computed(value, formula=formula)

    def band(self, row: int, first: int, last: int, text: str, **looks: Any) -> None:
        """Write a text across merged cells."""
        last_written = last if looks.get("box", True) else first
        for column in range(first, last_written + 1):
            self.write(row, column, text if column == first else None, **looks)
        if last > first:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)

    def height(self, row: int, cells: Mapping[str, float], least: float = 18.0) -> None:
        """Set a row's height so that every text fits its width in characters."""
        lines = max((self._lines(text, width) for text, width in cells.items()), default=1)
        self.sheet.row_dimensions[row].height = max(least, min(400.0, 15.0 * lines + 4))

    def _lines(self, text: str, width: float) -> int:
        return sum(
            max(1, -(-int(10 * self._breadth(line)) // int(10 * width)))
            for line in text.split("\n")
        )

    @staticmethod
    def _breadth(line: str) -> float:
        return sum(1.98 if ord(char) > 0x2E80 else 1.03 for char in line)


def print_setup(sheet: Any, lang: str, footer: str, landscape: bool = True) -> None:
    """A4, fitted to the width, with page numbers."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.75
    sheet.page_margins.footer = 0.35
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = footer


def protect(sheet: Worksheet) -> None:
    """Lock what is not an input, without a password; widths and heights may be changed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.formatCells = False
