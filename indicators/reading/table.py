"""A table in a sheet: its columns, its records, and the frame in which they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import Issue, Severity
from .grid import Cell, Grid, shown
from .headers import Header, Headers


@dataclass(frozen=True, slots=True)
class Column:
    """One column of values: where it stands, of which measure, with which header.

    `is_certain` where the unit of its values is, as in our own form.
    """

    place: int
    code: str
    header: Cell
    said: Header
    unit: str | None = None
    unit_cell: Cell | None = None
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One city (in one year): its name's cell, its year's cell and its values' cells."""

    city: Cell
    year: Cell | int | None
    values: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True)
class Table:
    """The records of one table, and what was found around them."""

    grid: Grid
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Where a table's header stands and how far its rows go."""

    grid: Grid
    headers: Headers
    start: int
    top: int
    bottom: int
    end: int
    matched: Mapping[int, tuple[Cell, Header]]
    left: int
    right: int

    def issue(self, severity: Severity, what: str, cell: Cell, **words: object) -> Issue:
        """A finding about one of its cells."""
        place = self.grid.location(cell)
        code = str(words.pop("indicator", "")) or None
        said = {"value": shown(cell.text), **words}
        return Issue(severity, f"reading.{what}", place, None, code, cell.text, None, said)
