"""Who each record is about: its city by official name, and its year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...errors import Issue, Location
from .cities import Name, is_official, understand_name
from .grid import Cell, Grid, visible
from .observed import Key, NamedRecord
from .table import Record, Table

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def named_records(
    tables: Sequence[Table], accept_names: bool
) -> tuple[list[NamedRecord], list[Issue]]:
    """Name the records of all tables.

    Returns
    -------
    records : list of NamedRecord
        Without those that could not be named.
    issues : list of Issue
    """
    context = _among_official(tables)
    issues: list[Issue] = []
    found: list[NamedRecord] = []
    said: set[tuple[int, Cell]] = set()
    for table in tables:
        for record in table.records:
            name = understand_name(record.city.text, context)
            if (id(table.grid), record.city) not in said:
                said.add((id(table.grid), record.city))
                issues += _about_name(name, record.city, table, accept_names)
            year = year_of(record.year, table.grid)
            problem = list(_about_year(record, year, table))
            issues += problem
            if not problem:
                found.append(NamedRecord((name.name, year), record, table, len(found)))
    return found, issues + list(_two_spellings(found))


def _among_official(tables: Sequence[Table]) -> bool:
    names = {record.city.text for table in tables for record in table.records}
    return sum(is_official(name) for name in names) * 2 > len(names)


def _about_name(name: Name, cell: Cell, table: Table, accept_names: bool) -> Iterator[Issue]:
    place, written = table.grid.location(cell), cell.text
    words = {"candidates": ", ".join(name.candidates)}
    if name.act == "formula":
        yield Issue("flagged", "reading.name_formula", place, name.name, None, written, name.name)
    elif name.act == "near" and accept_names:
        yield Issue(
            "flagged", "reading.name_accepted", place, name.name, None, written, name.name, words
        )
    elif name.act in ("near", "ambiguous"):
        code = f"reading.name_{name.act}"
        yield Issue("error", code, place, name.name, None, written, None, words)
    elif name.act == "official" or name.name != written:
        yield Issue("repaired", "reading.name", place, name.name, None, written, name.name)


def year_of(stated: Cell | int | None, grid: Grid) -> int | None:
    """The year that a record states, else its sheet's name; None where there is none."""
    if isinstance(stated, int):
        return stated
    if stated is None:
        match = _YEAR.search(grid.sheet or "")
    else:
        is_number = stated.kind == "number"
        match = _YEAR.match(str(int(stated.value)) if is_number else visible(str(stated.value)))
    return int(match[1]) if match else None


def _about_year(record: Record, year: int | None, table: Table) -> Iterator[Issue]:
    stated = record.year
    if isinstance(stated, Cell) and year is None:
        place = table.grid.location(stated)
        yield Issue("error", "reading.bad_year", place, value=stated.text)


def _two_spellings(records: Sequence[NamedRecord]) -> Iterator[Issue]:
    """One place under two names in one table."""
    first: dict[tuple[int, Key], NamedRecord] = {}
    for named in records:
        key = (id(named.table), named.key)
        known = first.setdefault(key, named)
        one, other = visible(known.record.city.text), visible(named.record.city.text)
        if one != other:
            place = named.table.grid.location(named.record.city)
            words = {"other": one, "other_cell": known.record.city.name}
            city, year = named.key
            yield Issue("error", "reading.name_twice", place, city, None, other, None, words, year)


def of_year(
    records: Sequence[NamedRecord], year: int | str | None, file: str
) -> tuple[list[NamedRecord], list[Issue]]:
    """Keep the records of the year asked for; of several years the latest.

    Parameters
    ----------
    records : sequence of NamedRecord
    year : int, "all" or None
    file : str
    """
    years = sorted({named.key[1] for named in records if named.key[1] is not None})
    place = Location(file)
    if years and any(named.key[1] is None for named in records):
        if len(years) > 1:
            return [], [Issue("error", "reading.year_missing", place, fields=_listed(years))]
        records = [replace(named, key=(named.key[0], years[0])) for named in records]
    if isinstance(year, int):
        if years and year not in years:
            words = {"year": year, **_listed(years)}
            return [], [Issue("error", "reading.no_such_year", place, fields=words)]
        return [named for named in records if named.key[1] in (year, None)], []
    if year == "all" or len(years) < 2:
        return list(records), []
    place = _year_place(records) or place
    words = {"year": years[-1], **_listed(years)}
    latest = [named for named in records if named.key[1] == years[-1]]
    return latest, [Issue("flagged", "reading.latest_year", place, used=years[-1], fields=words)]


def _listed(years: Sequence[int]) -> dict[str, object]:
    return {"years": ", ".join(map(str, years))}


def _year_place(records: Sequence[NamedRecord]) -> Location | None:
    for named in records:
        if isinstance(named.record.year, Cell):
            return named.table.grid.location(named.record.year)
    return None
