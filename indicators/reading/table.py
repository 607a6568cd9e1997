"""Tables in a sheet: where their headers stand, which way they lie, what their rows are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...errors import Issue, Severity
from .grid import Cell, Grid, shown
from .headers import Header, Headers
from .rows import Kind, kind_of_row


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


def wide_tables(grid: Grid, headers: Headers) -> Iterator[Table]:
    """The tables whose header row names the measures."""
    bands = _bands(_matches_by_row(grid, headers))
    last = max(grid.by_row, default=0)
    for number, (top, bottom) in enumerate(bands):
        end = bands[number + 1][0] - 1 if number + 1 < len(bands) else last
        start = top if number else 1
        for frame in _side_by_side(grid, headers, (start, top, bottom, end)):
            yield _read(frame)


def _matches_by_row(grid: Grid, headers: Headers) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row, cells in grid.by_row.items():
        said = [headers.match(cell.words) for cell in cells if cell.words]
        measures = {s.code for s in said if s and s.role == "measure"}
        named = any(s and s.role in ("city", "place") for s in said)
        if len(measures) > 1 or (measures and named):
            found[row] = measures
    return found


def _bands(matches: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    """Rows of headers; two neighbours that name different measures make one header."""
    bands: list[tuple[int, int]] = []
    for row, codes in matches.items():
        if bands and row == bands[-1][1] + 1 and not codes & matches[row - 1]:
            bands[-1] = (bands[-1][0], row)
        else:
            bands.append((row, row))
    return bands


def _side_by_side(grid: Grid, headers: Headers, rows: tuple[int, int, int, int]) -> Iterator[Frame]:
    found = _header_cells(grid, headers, rows[1], rows[2])
    measured = [c for c, (_, said) in found.items() if said.role == "measure"]
    starts = [c for c, (_, said) in found.items() if said.role == "city"]
    starts = [c for c in sorted(starts) if c < max(measured)]
    edges = [*starts[1:], max(found) + 1] if len(starts) > 1 else [max(found) + 1]
    left = 1
    for edge in edges:
        part = {c: found[c] for c in sorted(found) if left <= c < edge}
        yield Frame(grid, headers, *rows, part, left, edge)
        left = edge


def _header_cells(
    grid: Grid, headers: Headers, top: int, bottom: int
) -> dict[int, tuple[Cell, Header]]:
    """What each column's header says; a role may stand a row or two above the measures."""
    found: dict[int, tuple[Cell, Header]] = {}
    for row in range(bottom, max(top - 3, 0), -1):
        for column in grid.columns():
            cell = grid.at(row, column)
            said = headers.match(cell.words) if cell.words else None
            if said is None or column in found or (row < top and said.role == "measure"):
                continue
            if row < top and _is_wide(grid, row, column):
                continue
            found[column] = (cell, said)
    return found


def _is_wide(grid: Grid, row: int, column: int) -> bool:
    origin = grid.merged.get((row, column))
    return (row, column + 1) in grid.merged and grid.merged.get((row, column + 1)) == origin


def _read(frame: Frame) -> Table:
    grid = frame.grid
    measures = [(c, cell, said) for c, (cell, said) in frame.matched.items()
                if said.role == "measure"]  # fmt: skip
    visible = [m for m in measures if m[0] not in grid.hidden_columns]
    columns = [Column(c, said.code, cell, said, said.unit) for c, cell, said in visible]
    issues = [frame.issue("flagged", "hidden_column", cell, indicator=said.code)
              for c, cell, said in measures if c in grid.hidden_columns]  # fmt: skip
    rows = [row for row in grid.by_row if frame.bottom < row <= frame.end]
    city = city_column(frame, rows)
    if city is None:
        header = grid.at(frame.bottom, min(frame.matched))
        return Table(grid, (), (), (*issues, frame.issue("error", "no_city_column", header)))
    year = _column_of(frame, "year")
    if year is not None:
        issues.append(frame.issue("repaired", "year_column", frame.matched[year][0]))
    issues += _around(frame, city, columns)
    body = _Body(frame, city, year, columns)
    records = tuple(body.records(rows))
    return Table(grid, tuple(body.columns), records, (*issues, *body.issues))


def _column_of(frame: Frame, *roles: str) -> int | None:
    hidden = frame.grid.hidden_columns
    for role in roles:
        for column in sorted(frame.matched):
            if frame.matched[column][1].role == role and column not in hidden:
                return column
    return None


def city_column(frame: Frame, rows: Sequence[int]) -> int | None:
    """The column of city names: by its header, else the leftmost of differing words."""
    by_header = _column_of(frame, "city", "place")
    if by_header is not None:
        return by_header
    taken = {c for c, (_, said) in frame.matched.items() if said.role != "unit"}
    best: tuple[int, int] | None = None
    for column in frame.grid.columns():
        if column in taken or column in frame.grid.hidden_columns:
            continue
        if not frame.left <= column < frame.right:
            continue
        words = {frame.grid.at(row, column).words for row in rows} - {""}
        if words and (best is None or len(words) > best[0]):
            best = (len(words), column)
    return best[1] if best else None


def _around(frame: Frame, city: int, columns: Sequence[Column]) -> Iterator[Issue]:
    yield from _above(frame)
    yield from _beside(frame, city)
    for column in columns:
        if not column.said.exact:
            yield frame.issue(
                "repaired", "header", column.header, indicator=column.code, code=column.code
            )
        if column.said.remark:
            yield frame.issue(
                "flagged", "header_remark", column.header,
                indicator=column.code, remark=column.said.remark,
            )  # fmt: skip
    scored = [c for c in columns if c.code in frame.headers.order]
    order = [frame.headers.order[c.code] for c in scored]
    for column, before, after in zip(scored[1:], order, order[1:], strict=False):
        if after < before:
            yield frame.issue("repaired", "column_order", column.header, indicator=column.code)
            return


def _above(frame: Frame) -> Iterator[Issue]:
    heads = {cell for cell, _ in frame.matched.values()}
    rows = [row for row in frame.grid.by_row if frame.start <= row < frame.top]
    for row in rows:
        if heads.isdisjoint(frame.grid.by_row[row]):
            yield frame.issue("repaired", "text_above", frame.grid.by_row[row][0])
    corner = frame.grid.at(frame.top, next(frame.grid.columns()))
    if not rows and frame.start == 1 and corner.name != "A1":
        yield frame.issue("repaired", "table_place", corner)


def _beside(frame: Frame, city: int) -> Iterator[Issue]:
    for column in frame.grid.columns():
        cell = frame.grid.own(frame.bottom, column)
        if column == city or cell.kind == "blank" or not frame.left <= column < frame.right:
            continue
        said = frame.matched.get(column)
        if said is None or said[1].role not in ("measure", "year", "city"):
            hidden = column in frame.grid.hidden_columns
            yield (
                frame.issue("flagged", "hidden_column", cell)
                if hidden
                else frame.issue("repaired", "extra_column", cell)
            )
    if blank := _blank_column(frame):
        yield frame.issue("repaired", "blank_column", blank)


def _blank_column(frame: Frame) -> Cell | None:
    filled = set(frame.grid.columns())
    for column in range(min(frame.matched), max(frame.matched)):
        if column not in filled:
            return frame.grid.own(frame.bottom, column)
    return None


class _Body:
    """The rows under a header, sorted into records and the rest."""

    def __init__(
        self, frame: Frame, city: int, year: int | None, columns: Sequence[Column]
    ) -> None:
        self.frame, self.city, self.year = frame, city, year
        self.columns = list(columns)
        self.issues: list[Issue] = []

    def records(self, rows: Sequence[int]) -> Iterator[Record]:
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
