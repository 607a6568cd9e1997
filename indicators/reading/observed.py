"""What the records of all tables say: one entry for each city, year and measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ...errors import Issue, Location, Severity
from ..framework import Auxiliary
from ..indicator import Indicator
from . import units
from .cells import Asked, Understood, bare_number, understand
from .grid import Cell, Grid, shown
from .ladder import is_ladder
from .policies import Policies
from .table import Column, Record, Table

Key = tuple[str, int | None]
"""A city and a year."""
_UNIT_LIKE = re.compile(
    r"[元人个次件米吨天日时分秒户辆台条座度瓦%‰$€/]|per |usd|eur", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value as reported: whose, of what, where, and what was understood."""

    key: Key
    code: str
    cell: Cell
    grid: Grid
    column: Column
    city: Cell
    record: int
    understood: Understood

    @property
    def value(self) -> Decimal | None:
        """The value in the measure's unit, None where there is none."""
        return self.understood.value if self.understood.state == "value" else None

    @property
    def number(self) -> float | None:
        """The value as a float."""
        found = self.understood
        return float(found.value) if found.state == "value" and found.value is not None else None

    @property
    def location(self) -> Location:
        """Where it stands."""
        return self.grid.location(self.cell)

    def issue(
        self, severity: Severity, what: str, used: Decimal | None = None, **words: object
    ) -> Issue:
        """A finding about it."""
        number = None if used is None else float(used)
        said = {"value": shown(self.cell.text), "used": "—" if number is None else shown(number)}
        code = f"reading.{what}"
        city, year = self.key
        return Issue(severity, code, self.location, city, self.code, self.cell.text, number,
                     {**said, **words}, year)  # fmt: skip

    def now(self, state: str, value: Decimal | None, *issues: Issue) -> Entry:
        """The same entry, understood otherwise."""
        found = Understood(state, value, False, (*self.understood.issues, *issues))  # type: ignore[arg-type]
        return replace(self, understood=found)


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record whose city and year are known."""

    key: Key
    record: Record
    table: Table
    number: int


def entries_of(
    records: Sequence[NamedRecord],
    measures: Mapping[str, Indicator | Auxiliary],
    policies: Policies,
) -> tuple[list[Entry], list[Issue]]:
    """Understand every cell of every record."""
    factors: dict[int, Fraction | None] = {}
    issues: list[Issue] = []
    entries: list[Entry] = []
    for named in records:
        for column, cell in named.record.values:
            measure = measures[column.code]
            if id(column) not in factors:
                factors[id(column)], found = _factor(column, measure, named.table.grid)
                issues += found
            factor = factors[id(column)]
            if factor is not None:
                entries.append(_entry(named, column, cell, measure, factor, policies))
    return entries, issues


def _entry(
    named: NamedRecord,
    column: Column,
    cell: Cell,
    measure: Indicator | Auxiliary,
    factor: Fraction,
    policies: Policies,
) -> Entry:
    grid = named.table.grid
    if cell.kind == "number" and not cell.form.startswith("%") and factor == 1:
        understood = bare_number(cell)
    elif isinstance(measure, Auxiliary) and (measure.kind == "text" or cell.kind == "blank"):
        understood = Understood("missing")
    else:
        city, year = named.key
        asked = Asked(measure, grid.location(cell), city, factor, policies, year)
        understood = understand(cell, asked)
    return Entry(named.key, column.code, cell, grid, column, named.record.city, named.number,
                 understood)  # fmt: skip


def _factor(
    column: Column, measure: Indicator | Auxiliary, grid: Grid
) -> tuple[Fraction | None, list[Issue]]:
    """From the unit that the column states to the measure's; None where it is not certain."""
    stated = column.unit or column.said.remark
    if stated is None or not measure.unit or is_ladder(measure):
        return Fraction(1), []
    if column.unit is None and not _UNIT_LIKE.search(stated):
        return Fraction(1), []
    cell = column.unit_cell or column.header
    words = {"stated": stated, "unit": measure.unit.zh or measure.unit.en}
    factor = units.factor_to(stated, measure.unit)
    if factor == 1:
        return factor, []
    severity: Severity = "error" if factor is None else "repaired"
    what = "unit_unknown" if factor is None else "unit_converted"
    place = grid.location(cell)
    return factor, [
        Issue(severity, f"reading.{what}", place, None, column.code, cell.text, None, words)
    ]


def one_each(entries: Sequence[Entry]) -> tuple[list[Entry], list[Issue]]:
    """Keep one entry for each city, year and measure; say where several agree or differ."""
    groups: dict[tuple[Key, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.key, entry.code), []).append(entry)
    said: dict[tuple[object, ...], Issue] = {}
    kept = []
    for group in groups.values():
        if len(group) == 1:
            kept += group
            continue
        kept.append(_best(group))
        for issue_key, issue in _about(group):
            known = said.get(issue_key)
            if known is None or (known.severity != "error" and issue.severity == "error"):
                said[issue_key] = issue
    return kept, list(said.values())


def _best(group: Sequence[Entry]) -> Entry:
    with_value = [e for e in group if e.understood.state != "missing"]
    return (with_value or list(group))[0]


def _about(group: Sequence[Entry]) -> Iterator[tuple[tuple[object, ...], Issue]]:
    first = _best(group)
    for other in group:
        if other is first or "refused" in (other.understood.state, first.understood.state):
            continue
        differ = other.value is not None and other.value != first.value
        words = {"other": str(first.location)}
        if other.grid is first.grid and other.record == first.record:
            yield _same_record(first, other, differ)
        elif other.grid is first.grid:
            if differ:
                yield (
                    ("city", other.record),
                    _row_issue("error", "city_twice_differs", other, words),
                )
            elif other.value is None and first.value is not None:
                yield (
                    ("city", other.record),
                    _row_issue("flagged", "city_twice_merged", other, words),
                )
            else:
                yield (("city", other.record), _row_issue("repaired", "city_twice", other, words))
        elif differ:
            yield ((other.location,), other.issue("error", "values_differ", first.value, **words))


def _same_record(first: Entry, other: Entry, differ: bool) -> tuple[tuple[object, ...], Issue]:
    later = max(first, other, key=lambda e: (e.column.header.column, e.column.header.row))
    earlier = first if later is other else other
    header = later.column.header
    same_words = header.words == earlier.column.header.words
    what = "column_twice" if same_words else "measure_twice"
    severity: Severity = "repaired" if same_words else "flagged"
    if differ:
        severity, what = "error", "column_twice_differs"
    words = {"other": earlier.column.header.name}
    place = later.grid.location(header)
    found = Issue(severity, f"reading.{what}", place, None, later.code, header.text, None, words)
    return ("column", id(later.grid), header), found


def _row_issue(severity: Severity, what: str, entry: Entry, words: Mapping[str, object]) -> Issue:
    """A repeated city, said at its name."""
    place = entry.grid.location(entry.city)
    found = entry.issue(severity, what, None, at=entry.cell.name, **words)
    return replace(found, location=place, value=entry.city.text, indicator=None)
