"""A sheet as the reader sees it: cells by place, what is hidden, what is merged."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Literal

from ...errors import Location
from .plain import PlainSheet, check_cells

Place = tuple[int, int]
_INVISIBLE = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F}
_BLANKS = dict.fromkeys(_INVISIBLE)


def visible(text: str) -> str:
    r"""The text without zero-width characters and surrounding blanks.

    Examples
    --------
    >>> visible("\u00a03\u200b ")
    '3'
    """
    return (text if text.isascii() else text.translate(_BLANKS)).strip()


def fold(text: str) -> str:
    r"""Letters, digits and characters only: full-width as half-width, lower case, no blanks.

    Examples
    --------
    >>> fold("５G 基站\n密度"), fold("Buses per 10k")
    ('5g基站密度', 'busesper10k')
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def shown(value: object) -> str:
    r"""A value as it stands in a sentence: 3 rather than 3.0, no line breaks.

    Examples
    --------
    >>> shown(3.0), shown("一网通办率\n（%）")
    ('3', '一网通办率 （%）')
    """
    if isinstance(value, float):
        return f"{value:.12g}"
    return " ".join(str(value).split())


@cache
def column_letters(number: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands and what it holds.

    Parameters
    ----------
    row, column : int
        From 1, in the file.
    kind : str
        As the parser says, or ``blank``.
    value : float, str or bool
    form : str
        ``%`` for a percent format, ``=`` for a formula's value.
    """

    row: int
    column: int
    kind: Literal["number", "text", "boolean", "error", "date", "formula", "blank"] = "blank"
    value: float | str | bool = ""
    form: str = ""

    @property
    def name(self) -> str:
        """The reference, for example ``C5``."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """What it holds, as text."""
        if self.kind == "number":
            return f"{self.value:.17g}" if self.value == int(self.value) else repr(self.value)
        if self.kind == "formula":
            return f"={self.value}"
        if self.kind == "boolean":
            return str(self.value).upper()
        return str(self.value)

    @property
    def words(self) -> str:
        """The visible text of a text cell, else nothing."""
        return visible(str(self.value)) if self.kind == "text" else ""


@lru_cache(maxsize=1 << 14)
def _blank(row: int, column: int) -> Cell:
    return Cell(row, column)


@dataclass(frozen=True)
class Grid:
    """The filled cells of one sheet.

    Parameters
    ----------
    file, sheet : str or None
    cells : mapping from (row, column) to Cell
    hidden_rows, hidden_columns : frozenset of int
    merged : mapping from a covered place to the place that holds the value
    stray : tuple of Cell
        Cells that hold nothing but blanks.
    turned : bool
        Whether rows and columns were exchanged; cells keep the place they have in the file.
    """

    file: str
    sheet: str | None
    cells: Mapping[Place, Cell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Mapping[Place, Place] = field(default_factory=dict)
    stray: tuple[Cell, ...] = ()
    turned: bool = False

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place; a merged range has its value everywhere."""
        place = (row, column)
        cell = self.cells.get(place) or self.cells.get(self.merged.get(place, place))
        return cell or (Cell(column, row) if self.turned else Cell(row, column))

    def own(self, row: int, column: int) -> Cell:
        """The cell at a place, blank where a merged range merely covers it."""
        return self.cells.get((row, column)) or (
            _blank(column, row) if self.turned else _blank(row, column)
        )

    @cached_property
    def by_row(self) -> Mapping[int, tuple[Cell, ...]]:
        """The filled cells of each row, left to right."""
        rows: dict[int, list[Cell]] = {}
        for place in sorted(self.cells):
            rows.setdefault(place[0], []).append(self.cells[place])
        return {row: tuple(found) for row, found in rows.items()}

    def columns(self) -> Iterator[int]:
        """The numbers of the columns with filled cells."""
        return iter(sorted({column for _, column in self.cells}))

    def location(self, cell: Cell) -> Location:
        """Where a cell stands in the file."""
        return Location(self.file, self.sheet, cell.name)

    def turn(self) -> Grid:
        """The same sheet with rows and columns exchanged."""
        return replace(
            self,
            cells={(column, row): cell for (row, column), cell in self.cells.items()},
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            merged={(c, r): (top[1], top[0]) for (r, c), top in self.merged.items()},
            turned=not self.turned,
        )


def grid_of(plain: PlainSheet, file: str) -> Grid:
    """Make the grid of a parsed sheet."""
    cells: dict[Place, Cell] = {}
    stray = []
    for row, column, kind, value, form in plain["cells"]:
        cell = Cell(row, column, kind, value, form)
        if kind == "text" and not visible(str(value)):
            stray.append(cell)
        else:
            cells[row, column] = cell
    return Grid(
        file,
        plain["name"] or None,
        cells,
        frozenset(plain["hidden_rows"]),
        frozenset(plain["hidden_columns"]),
        _merged(plain, cells),
        tuple(stray),
    )


def _merged(plain: PlainSheet, cells: Mapping[Place, Cell]) -> dict[Place, Place]:
    """The places within the used range that a merged range covers."""
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    covered: dict[Place, Place] = {}
    looked_at = 0
    for top, left, bottom, right in plain["merged"]:
        down = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        across = columns[bisect_left(columns, left) : bisect_right(columns, right)]
        looked_at += len(down) * len(across)
        check_cells(looked_at)
        covered.update({(row, column): (top, left) for row in down for column in across})
    return covered
