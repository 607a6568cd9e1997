"""Tables whose header row names the measures: found, framed and read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .body import Body
from .grid import Cell, Grid
from .headers import Header, Headers
from .surroundings import around
from .table import Column, Frame, Table


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
    last = max(grid.columns()) + 1
    edges = [*starts[1:], last] if len(starts) > 1 else [last]
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
    city = _city_column(frame, rows)
    if city is None:
        header = grid.at(frame.bottom, min(frame.matched))
        return Table(grid, (), (), (*issues, frame.issue("error", "no_city_column", header)))
    year = _column_of(frame, "year")
    if year is not None:
        issues.append(frame.issue("repaired", "year_column", frame.matched[year][0]))
    issues += around(frame, city, columns)
    body = Body(frame, city, year, columns)
    records = tuple(body.records(rows))
    return Table(grid, tuple(body.columns), records, (*issues, *body.issues))


def _column_of(frame: Frame, *roles: str) -> int | None:
    hidden = frame.grid.hidden_columns
    for role in roles:
        for column in sorted(frame.matched):
            if frame.matched[column][1].role == role and column not in hidden:
                return column
    return None


def _city_column(frame: Frame, rows: Sequence[int]) -> int | None:
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
