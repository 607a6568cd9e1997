"""What the whole dataset tells: absent and empty indicators, cities without data, twins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from ...errors import Issue, Location, Severity
from ..framework import Framework
from .observed import Entry, Key, NamedRecord
from .table import Column, Table

Headings = Mapping[str, tuple[Table, Column]]


def headings_of(tables: Sequence[Table]) -> Headings:
    """The first column of each measure."""
    found: dict[str, tuple[Table, Column]] = {}
    for table in tables:
        for column in table.columns:
            found.setdefault(column.code, (table, column))
    return found


def incomplete(
    framework: Framework, headings: Headings, entries: Sequence[Entry], file: str, partial: bool
) -> tuple[list[Issue], frozenset[str]]:
    """Indicators that are absent, or empty for every one of several cities.

    Returns
    -------
    issues : list of Issue
        Errors, or flagged where the input may be partial.
    empty : frozenset of str
        Codes of the indicators whose columns are empty.
    """
    severity: Severity = "flagged" if partial else "error"
    cities = {entry.key[0] for entry in entries}
    filled = {entry.code for entry in entries if entry.cell.kind != "blank"}
    with_value = {e.code for e in entries if e.understood.state in ("value", "not_applicable")}
    refused = {e.code for e in entries if e.understood.state == "refused"}
    issues, empty = [], []
    for indicator in framework.indicators:
        words = {"name": indicator.name.zh or indicator.name.en}
        if indicator.code not in headings:
            place = Location(file)
            issues.append(
                Issue(severity, _code("absent", partial), place, None, indicator.code, fields=words)
            )
        elif len(cities) > 1 and indicator.code not in with_value | refused:
            table, column = headings[indicator.code]
            place = table.grid.location(column.header)
            header = column.header.text
            issues.append(
                Issue(
                    severity,
                    _code("empty_column", partial),
                    place,
                    None,
                    indicator.code,
                    header,
                    None,
                    words,
                ),
            )
            if indicator.code not in filled:
                empty.append(indicator.code)
    return issues, frozenset(empty)


def _code(name: str, partial: bool) -> str:
    """Whoever has asked to score what is there need not be told that it can be asked for."""
    return f"reading.{name}_scored" if partial else f"reading.{name}"


def cities_without_data(
    records: Sequence[NamedRecord], entries: Sequence[Entry], codes: Sequence[str]
) -> tuple[list[Issue], frozenset[Key]]:
    """Cities none of whose indicators was reported."""
    measured = set(codes)
    with_data = {e.key for e in entries if e.cell.kind != "blank" and e.code in measured}
    issues = {}
    for named in records:
        if named.key not in with_data and named.key not in issues:
            cell = named.record.city
            place = named.table.grid.location(cell)
            city, year = named.key
            issues[named.key] = Issue(
                "flagged", "reading.city_without_data", place, city, None, cell.text, year=year
            )
    return list(issues.values()), frozenset(issues)


def oddities(headings: Headings, entries: Sequence[Entry], codes: Sequence[str]) -> Iterator[Issue]:
    """Indicators that do not vary, indicators that repeat another, a city alone."""
    columns: dict[str, list[tuple[Key, float]]] = {code: [] for code in codes}
    for entry in entries:
        number = entry.number
        if number is not None and entry.code in columns:
            columns[entry.code].append((entry.key, number))
    cities = {entry.key[0] for entry in entries}
    if len(cities) == 1:
        first = min(entries, key=lambda e: (e.cell.row, e.cell.column))
        place = first.grid.location(first.city)
        yield Issue("flagged", "reading.one_city", place, first.key[0], None, first.city.text)
        return
    sums: dict[float, list[str]] = {}
    for code, column in columns.items():
        values = {number for _, number in column}
        if len(column) > 1 and len(values) == 1:
            yield _about(headings, code, "no_variance", {"constant": f"{column[0][1]:g}"})
        elif len(values) > 2:
            alike = sums.setdefault(fsum(number for _, number in column), [])
            twin = next((one for one in alike if set(columns[one]) == set(column)), None)
            if twin is not None:
                yield _about(headings, code, "twin_columns", {"other": twin})
            alike.append(code)


def _about(headings: Headings, code: str, what: str, words: Mapping[str, object]) -> Issue:
    table, column = headings[code]
    place = table.grid.location(column.header)
    header = column.header.text
    return Issue("flagged", f"reading.{what}", place, None, code, header, None, words)
