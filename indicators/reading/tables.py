"""All tables of a sheet, whichever way they lie."""

from __future__ import annotations

from dataclasses import replace

from ...errors import Issue
from .grid import Cell, Grid
from .headers import Header, Headers
from .table import Column, Record, Table
from .wide import wide_tables


def find_tables(grid: Grid, headers: Headers) -> tuple[Table, ...]:
    """Find the tables of a sheet.

    Parameters
    ----------
    grid : Grid
    headers : Headers

    Returns
    -------
    tuple of Table
        Cities down or across, or one line a value; empty where no measure is named.
    """
    across, down = _most_named(grid, headers)
    if not across and not down:
        return ()
    if across >= down and (across > 1 or _has_city(grid, headers)):
        return tuple(wide_tables(grid, headers))
    if long := _long_table(grid, headers):
        return (long,)
    turned = tuple(_said_turned(table) for table in wide_tables(grid.turn(), headers))
    return turned or tuple(wide_tables(grid, headers))


def _most_named(grid: Grid, headers: Headers) -> tuple[int, int]:
    """The most measures that one row names, and that one column names."""
    rows: dict[int, set[str]] = {}
    columns: dict[int, set[str]] = {}
    for cell in grid.cells.values():
        said = headers.match(cell.words) if cell.kind == "text" else None
        if said and said.role == "measure":
            rows.setdefault(cell.row, set()).add(said.code)
            columns.setdefault(cell.column, set()).add(said.code)
    return max(map(len, rows.values()), default=0), max(map(len, columns.values()), default=0)


def _has_city(grid: Grid, headers: Headers) -> bool:
    for cells in grid.by_row.values():
        roles = {s.role for cell in cells if (s := headers.match(cell.words))}
        if "measure" in roles and roles & {"city", "place"}:
            return True
    return False


def _said_turned(table: Table) -> Table:
    corner = next(iter(table.grid.by_row.values()))[0]
    place = table.grid.location(corner)
    turned = Issue("repaired", "reading.turned", place, value=corner.text)
    kept = tuple(i for i in table.issues if i.code != "reading.column_order")
    return replace(table, issues=(turned, *kept))


def _long_table(grid: Grid, headers: Headers) -> Table | None:
    """One line a value: a city, an indicator, a value, perhaps a year and a unit."""
    for row, cells in grid.by_row.items():
        roles: dict[str, int] = {}
        for cell in cells:
            said = headers.match(cell.words) if cell.words else None
            if said and said.role != "measure":
                roles.setdefault(said.role, cell.row if grid.turned else cell.column)
        city = roles.get("city", roles.get("place"))
        named = roles.get("indicator", roles.get("code"))
        if city and named and "value" in roles:
            return _read_long(grid, headers, row, {**roles, "city": city, "indicator": named})
    return None


def _read_long(grid: Grid, headers: Headers, top: int, at: dict[str, int]) -> Table:
    found: dict[tuple[str, str], list[tuple[Column, Cell]]] = {}
    cells: dict[tuple[str, str], tuple[Cell, Cell | None]] = {}
    issues = [Issue("repaired", "reading.long", grid.location(grid.at(top, at["city"])))]
    columns: dict[str, Column] = {}
    for row in (r for r in grid.by_row if r > top):
        name = grid.at(row, at["indicator"])
        said = headers.match(name.words) if name.words else None
        city = grid.at(row, at["city"])
        problem = _problem(grid, row, city, name, said)
        if problem:
            issues.append(problem)
            continue
        assert said is not None
        year = grid.at(row, at["year"]) if "year" in at else None
        key = (city.text, year.text if year else "")
        unit = grid.at(row, at["unit"]) if "unit" in at else None
        column = Column(at["value"], said.code, name, said, unit.words if unit else said.unit, unit)
        columns.setdefault(said.code, column)
        cells.setdefault(key, (city, year))
        found.setdefault(key, []).append((column, grid.at(row, at["value"])))
    records = tuple(Record(*cells[key], tuple(found[key])) for key in found)
    return Table(grid, tuple(columns.values()), records, tuple(issues))


def _problem(grid: Grid, row: int, city: Cell, name: Cell, said: Header | None) -> Issue | None:
    if row in grid.hidden_rows:
        return Issue("flagged", "reading.hidden_row", grid.location(name), value=name.text)
    if said is None or said.role != "measure":
        first = grid.by_row[row][0]
        cell = name if name.kind != "blank" else first
        return Issue("repaired", "reading.extra_line", grid.location(cell), value=cell.text)
    if city.kind == "blank":
        return Issue("error", "reading.no_city_name", grid.location(city))
    return None
