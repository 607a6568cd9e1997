"""Our own fill-in form, read exactly: every sheet a city, every row an input.

A verified value takes the place of the reported one, and a finding shows both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from ...errors import Issue, Location, Severity
from ..framework import Auxiliary, Framework
from ..indicator import Indicator
from ..loading import framework_names, load_framework
from ..yaml_file import framework_from_yaml
from .book import Book
from .cells import Asked, understand
from .cities import understand_name
from .form_layout import ABOUT, MARKER, WEAKEST, column_of, head_of
from .grid import Cell, Grid, shown, visible
from .headers import Header
from .ladder import is_ladder
from .naming import year_of
from .table import Column, Record, Table

Measures = Mapping[str, Indicator | Auxiliary]
_CHOICE = re.compile(r"(-?\d+)\s*(?:=|$)")


def is_form(book: Book) -> bool:
    """Whether a file is a form that Steelyard wrote."""
    return _marker(book) is not None


def framework_of_form(book: Book, kind: str = MARKER) -> Framework | None:
    """The framework that a form was made from; None where the file is no form of that kind.

    Raises
    ------
    FrameworkError
        If it was tampered with and is faulty.
    """
    marker = _marker(book, kind)
    if marker is None:
        return None
    pieces = [_text(marker, row, 2) for row in marker.by_row if _text(marker, row, 1) == "yaml"]
    if not pieces:
        name = _stated(marker, "framework")[0]
        return load_framework(name) if name in framework_names() else None
    try:
        return _framework(json.loads("".join(pieces)), book.file)
    except ValueError:
        return None


def is_shipped(framework: Framework) -> bool:
    """Whether a framework is one that ships, unchanged."""
    return framework.name in framework_names() and load_framework(framework.name) == framework


def form_tables(
    book: Book, framework: Framework, measures: Measures
) -> tuple[list[Table], list[Issue]]:
    """The tables of a form, one for each filled sheet, and what was found.

    Parameters
    ----------
    book : Book
    framework : Framework
        By which the form is read.
    measures : mapping from code to Indicator or Auxiliary
    """
    pages = [page for grid in book.grids if (page := _page(grid)) is not None]
    filled = [page for page in pages if len(pages) == 1 or page.city.text or page.is_answered]
    issues = list(_about_framework(book, framework))
    tables = []
    for page in filled:
        if not page.city.text:
            issues.append(_at(page, "error", "no_city", page.city))
            continue
        tables.append(_table(page, measures))
        issues += tables[-1].issues
    return tables, issues


@dataclass(frozen=True)
class _Page:
    """One sheet of a form: where its columns and its city stand."""

    grid: Grid
    columns: Mapping[str, int]
    rows: tuple[int, ...]
    city: Cell
    year: Cell | None

    def cell(self, row: int, column: str) -> Cell:
        place = self.columns.get(column)
        return Cell(row, 1) if place is None else self.grid.own(row, place)

    @cached_property
    def codes(self) -> Mapping[int, str]:
        """What stands in the column of codes, by row."""
        return {row: visible(self.cell(row, "code").text) for row in self.rows}

    @property
    def is_answered(self) -> bool:
        return any(self.cell(row, c).text for row in self.rows for c in ("value", "verified"))


def _marker(book: Book, kind: str = MARKER) -> Grid | None:
    return next((g for g in (*book.hidden, *book.grids) if g.sheet == kind), None)


def _text(grid: Grid, row: int, column: int) -> str:
    return grid.own(row, column).text


@lru_cache(maxsize=4)
def _framework(text: str, file: str) -> Framework:
    return framework_from_yaml(text, file)


def _stated(marker: Grid, key: str) -> tuple[str, str]:
    row = next((row for row in marker.by_row if _text(marker, row, 1) == key), 0)
    return _text(marker, row, 2), _text(marker, row, 3)


def _about_framework(book: Book, framework: Framework) -> Iterator[Issue]:
    marker = _marker(book)
    assert marker is not None
    made = " ".join(_stated(marker, "framework")).strip()
    used = f"{framework.name} {framework.version}"
    if made == used and framework_of_form(book) == framework:
        return
    words = {"made": made, "used": used}
    yield Issue("flagged", "form.other_framework", Location(book.file), fields=words)


def _page(grid: Grid) -> _Page | None:
    if grid.sheet in ABOUT:
        return None
    for row, cells in grid.by_row.items():
        columns = {key: cell.column for cell in cells if (key := column_of(str(cell.value)))}
        if {"code", "value", "verified"} <= set(columns):
            rows = tuple(r for r in grid.by_row if r > row and _text(grid, r, columns["code"]))
            heads = dict(_heads(grid, row))
            city = heads.get("city") or Cell(row, 1)
            year = heads.get("year")
            return _Page(grid, columns, rows, city, year if year and year.text else None)
    return None


def _heads(grid: Grid, below: int) -> Iterator[tuple[str, Cell]]:
    """The fields above the table: each stands to the right of its label."""
    for row, cells in grid.by_row.items():
        if row < below:
            for cell in cells:
                if key := head_of(cell.words):
                    yield key, grid.own(row, cell.column + 1)


def _table(page: _Page, measures: Measures) -> Table:
    issues: list[Issue] = []
    values: list[tuple[Column, Cell]] = []
    seen: set[str] = set()
    for row, code in page.codes.items():
        if code not in measures:
            issues += _about_unknown(page, row, code)
            continue
        if code in seen:
            issues.append(_at(page, "error", "repeated_code", page.cell(row, "code"), code))
        seen.add(code)
        measure = measures[code]
        values.append((_column(page, row, code), _answer(page, row, measure)))
        issues += _about_verified(page, row, measure)
    issues += _about_support(page, seen)
    columns = tuple(column for column, _ in values)
    return Table(page.grid, columns, (Record(page.city, page.year, tuple(values)),), tuple(issues))


def _column(page: _Page, row: int, code: str) -> Column:
    unit = page.cell(row, "unit")
    header = page.cell(row, "indicator")
    said = Header("measure", code)
    return Column(row, code, header, said, unit.words or None, unit, is_certain=True)


def _answer(page: _Page, row: int, measure: Indicator | Auxiliary) -> Cell:
    verified = page.cell(row, "verified")
    return _chosen(verified if verified.text else page.cell(row, "value"), measure)


def _chosen(cell: Cell, measure: Indicator | Auxiliary) -> Cell:
    """A drop-down's choice as the number of its rung."""
    match = _CHOICE.match(cell.words) if is_ladder(measure) else None
    return replace(cell, kind="number", value=float(match[1])) if match else cell


def _about_unknown(page: _Page, row: int, code: str) -> Iterator[Issue]:
    if page.cell(row, "value").text or page.cell(row, "verified").text:
        yield _at(page, "flagged", "unknown_code", page.cell(row, "code"))


def _about_verified(page: _Page, row: int, measure: Indicator | Auxiliary) -> Iterator[Issue]:
    reported, verified = page.cell(row, "value"), page.cell(row, "verified")
    if not verified.text:
        return
    reason, author = (page.cell(row, key).text for key in ("reason", "author"))
    if not (reason and author):
        yield _at(page, "flagged", "unexplained", verified, measure.code)
    before, after = (_number(page, cell, measure) for cell in (reported, verified))
    if before is not None and before == after:
        return
    gap = "—" if before is None or after is None else shown(float(after - before))
    words = {
        "reported": shown(reported.text) or "—",
        "used": shown(verified.text),
        "difference": gap if gap.startswith(("-", "—")) else f"+{gap}",
        "reason": reason or "—",
        "author": author or "—",
    }
    found = _at(page, "flagged", "verified" if reported.text else "verified_alone", verified,
                measure.code, **words)  # fmt: skip
    used = verified.text if after is None else float(after)
    yield replace(found, value=reported.text or None, used=used)


def _number(page: _Page, cell: Cell, measure: Indicator | Auxiliary) -> Decimal | None:
    asked = Asked(measure, page.grid.location(cell), page.city.text)
    return understand(_chosen(cell, measure), asked).value if cell.text else None


def _about_support(page: _Page, codes: set[str]) -> Iterator[Issue]:
    """Figures that are mere judgement, and figures without source or evidence."""
    weak, bare = [], []
    for row, code in page.codes.items():
        if code not in codes or not page.cell(row, "value").text:
            continue
        if page.cell(row, "grade").words.upper() == WEAKEST:
            weak.append(row)
        if not (page.cell(row, "source").text or page.cell(row, "evidence").text):
            bare.append(row)
    for what, rows, column in (("weak_grade", weak, "grade"), ("unsupported", bare, "source")):
        if rows:
            listed = ", ".join(page.codes[row] for row in rows)
            cell = page.cell(rows[0], column)
            yield _at(page, "flagged", what, cell, count=len(rows), codes=listed)


def _at(
    page: _Page,
    severity: Severity,
    what: str,
    cell: Cell,
    code: str | None = None,
    **words: object,
) -> Issue:
    place = page.grid.location(cell)
    city = understand_name(page.city.text).name or None
    year = year_of(page.year, page.grid)
    return Issue(severity, f"form.{what}", place, city, code, cell.text or None, None, words, year)
