"""The rows under a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...errors import Issue, Severity
from .grid import Cell
from .rows import Kind, kind_of_row
from .table import Column, Frame, Record


class Body:
    """The rows under a header, sorted into records and the rest."""

    def __init__(
        self, frame: Frame, city: int, year: int | None, columns: Sequence[Column]
    ) -> None:
        self.frame, self.city, self.year = frame, city, year
        self.columns = list(columns)
        self.issues: list[Issue] = []

    def records(self, rows: Sequence[int]) -> Iterator[Record]:
        """The records among these rows; what is said about the others gathers in `issues`."""
        grid = self.frame.grid
        blank_from = self.frame.bottom
        started = False
        for row in rows:
            if row > blank_from + 1 and started:
                self._say("repaired", "blank_rows", grid.own(blank_from + 1, self.city))
            blank_from = row
            if row in grid.hidden_rows:
                self._say("flagged", "hidden_row", grid.at(row, self.city))
                continue
            cells = [grid.own(row, column.place) for column in self.columns]
            kind, label = kind_of_row(grid, row, self.city, cells, started)
            if kind == "record":
                started = True
                yield from self._record(row)
            else:
                self._other(kind, label, row)

    def _record(self, row: int) -> Iterator[Record]:
        grid = self.frame.grid
        city = grid.at(row, self.city)
        years = {column.said.year for column in self.columns}
        if self.year is not None or len(years) < 2:
            stated = next(iter(years), None)
            year = grid.at(row, self.year) if self.year is not None else stated
            values = tuple((c, grid.at(row, c.place)) for c in self.columns)
            yield Record(city, year, values)
            return
        for one in sorted(y for y in years if y is not None):
            mine = tuple((c, grid.at(row, c.place)) for c in self.columns
                         if c.said.year in (one, None))  # fmt: skip
            yield Record(city, one, mine)

    def _other(self, kind: Kind, label: Cell, row: int) -> None:
        if kind == "units":
            self._take_units(row)
            self._say("repaired", "unit_row", label)
        elif kind == "nameless":
            self._say("error", "no_city_name", label)
        elif kind != "empty":
            self._say("repaired", f"{kind}_row", label)

    def _take_units(self, row: int) -> None:
        for at, column in enumerate(self.columns):
            cell = self.frame.grid.at(row, column.place)
            if cell.words and not column.unit:
                self.columns[at] = replace(column, unit=cell.words, unit_cell=cell)

    def _say(self, severity: Severity, what: str, cell: Cell) -> None:
        self.issues.append(self.frame.issue(severity, what, cell))
