"""A workbook in memory: sheets of cells, each a value and the formula that gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Value = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Parameters
    ----------
    value : str, number, bool or None
        As Python computed it.
    style : str
        Name of a style.
    formula : str or None
        Without the leading ``=``; recalculated it gives `value`.
    link : str or None
        A place in the workbook, such as ``#'Data'!A1``.
    note : str or None
        A comment.
    """

    value: Value
    style: str = "text"
    formula: str | None = None
    link: str | None = None
    note: str | None = None


@dataclass
class Sheet:
    """One sheet under construction.

    Parameters
    ----------
    name : str
    cells : dict from (row, column), counted from 1, to Cell
    widths, heights : dict from column or row to its size
    page_breaks, row_breaks : list of columns, of rows after which a printed page ends
    scale : int
        Per cent of the print where there are page breaks between columns.
    as_written : bool
        Whether its values were pasted and stay as they are when an input is changed.
    finish : list of functions of the openpyxl worksheet
        For what is not a cell: charts, drop-downs, colour scales.
    """

    name: str
    tab: str = "1F4E79"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    freeze: tuple[int, int] | None = None
    repeat_rows: tuple[int, int] | None = None
    repeat_columns: tuple[int, int] | None = None
    page_breaks: list[int] = field(default_factory=list)
    row_breaks: list[int] = field(default_factory=list)
    scale: int = 70
    fit_height: bool = False
    landscape: bool = True
    hidden: bool = False
    as_written: bool = False
    finish: list[Callable[[Any], None]] = field(default_factory=list)

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        style: str = "text",
        formula: str | None = None,
        **more: Any,
    ) -> None:
        """Set a cell."""
        self.cells[row, column] = Cell(value, style, formula, **more)

    def row(self, row: int, values: list[Value], style: str = "text", start: int = 1) -> None:
        """Set the cells of a row from `start` on."""
        for place, value in enumerate(values):
            self.put(row, start + place, value, style)

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merge a block of cells."""
        self.merges.append((row, column, last_row, last_column))

    def width(self, sizes: Mapping[int, float] | float, *columns: int) -> None:
        """Set widths, from a mapping or one for several columns."""
        if isinstance(sizes, Mapping):
            self.widths.update(sizes)
        else:
            self.widths.update(dict.fromkeys(columns, sizes))


@dataclass(frozen=True)
class Book:
    """A workbook in memory."""

    sheets: tuple[Sheet, ...]
    title: str
    lang: str

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


@cache
def letters(column: int) -> str:
    """Letters of a column counted from 1.

    Examples
    --------
    >>> letters(28)
    'AB'
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def at(row: int, column: int, fix_row: bool = False, fix_column: bool = False) -> str:
    """Reference to a cell.

    Examples
    --------
    >>> at(3, 2, fix_row=True)
    'B$3'
    """
    return f"{'$' * fix_column}{letters(column)}{'$' * fix_row}{row}"


def on(sheet: str, reference: str) -> str:
    """A reference on another sheet."""
    escaped = sheet.replace("'", "''")
    return f"'{escaped}'!{reference}"


def block(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    """An absolute range on a sheet."""
    start, end = at(*first, True, True), at(*last, True, True)
    return on(sheet, f"{start}:{end}")


def literal(value: float) -> str:
    """A number as it stands in a formula.

    Examples
    --------
    >>> literal(50.0), literal(-0.5)
    ('50', '(-0.5)')
    """
    text = repr(float(value)).removesuffix(".0")
    return f"({text})" if value < 0 else text


def comparable(formula: str) -> str:
    """A score as ranks and bounds compare it: see `assess.ranking.comparable`."""
    return f"ROUND(ROUND({formula},11),8)"


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each unbroken run of rows or columns.

    Examples
    --------
    >>> runs([3, 4, 5, 9])
    [(3, 5), (9, 9)]
    """
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
