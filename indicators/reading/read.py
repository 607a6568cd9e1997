"""Reading a spreadsheet into a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np

from ...errors import InputError, Issue, Location
from ..dataset import Dataset, Source
from ..framework import Auxiliary, Framework
from ..indicator import Indicator
from .book import Book, open_book
from .check import Headings, cities_without_data, headings_of, incomplete, oddities
from .columns import settle
from .form import form_tables, is_form
from .form_layout import is_about
from .grid import Grid, visible
from .headers import Headers
from .judgement_sheets import is_judgement_sheet, judgements_in
from .limits import Refused
from .naming import named_records, of_year
from .observed import Entry, Key, NamedRecord, entries_of, one_each
from .origins import Origins
from .own_framework import framework_in, is_framework_sheet, slips
from .policies import Policies
from .sandbox import Sandbox
from .table import Table
from .tables import find_tables


@dataclass(frozen=True)
class _Options:
    year: int | Literal["all"] | None = None
    partial: bool = False
    accept_names: bool = False
    policies: Policies = field(default_factory=Policies)
    other_years: bool = False
    judged: bool = True


def read(
    path: str | Path,
    framework: Framework | str | None = None,
    *,
    year: int | Literal["all"] | None = None,
    partial: bool = False,
    accept_names: bool = False,
    policies: Policies | None = None,
    other_years: bool = False,
    judged: bool = True,
    sandbox: Sandbox | None = None,
) -> Dataset:
    """Read a spreadsheet as people write them.

    Parameters
    ----------
    path : str or Path
        An xlsx, xlsm, xls, xlsb, ods, csv, tsv or html file; its content decides.
    framework : Framework or str, optional
        What is measured: a framework, its name or its file. By default the sheet ``Framework``
        or ``指标体系`` of the workbook, else ``smart2015``.
    year : int or "all", optional
        The year to keep; of several years the latest unless given.
    partial : bool
        Accept that indicators are absent.
    accept_names : bool
        Accept names one slip away from an official city name.
    policies : Policies, optional
        What to do where the sheet leaves a choice.
    other_years : bool
        Keep the years that are left out beside the one that is kept, to fill gaps from.
    judged : bool
        Whether faults in sheets of experts' judgements refuse the file; else such judgements are
        set aside, and the faults flagged.
    sandbox : Sandbox, optional
        A child process to use again, where many files are read.

    Returns
    -------
    Dataset
        With everything that was repaired or flagged in `issues`.

    Raises
    ------
    InputError
        If anything must be mended first; carries all findings.
    FrameworkError
        If the framework in the workbook is faulty.
    """
    return read_book(
        open_book(path, sandbox),
        framework,
        year=year,
        partial=partial,
        accept_names=accept_names,
        policies=policies,
        other_years=other_years,
        judged=judged,
    )


def read_book(
    book: Book,
    framework: Framework | str | None = None,
    *,
    year: int | Literal["all"] | None = None,
    partial: bool = False,
    accept_names: bool = False,
    policies: Policies | None = None,
    other_years: bool = False,
    judged: bool = True,
) -> Dataset:
    """Read a spreadsheet that is already open; see `read`."""
    options = _Options(year, partial, accept_names, policies or Policies(), other_years, judged)
    try:
        return dataset_of(book, framework_in(book, framework), options)
    except Refused as refusal:
        place = Location(book.file)
        raise InputError([Issue("error", refusal.code, place, fields=refusal.fields)]) from refusal


def dataset_of(book: Book, framework: Framework, options: _Options) -> Dataset:
    """The dataset in an opened book.

    Raises
    ------
    InputError
        Carries all findings.
    """
    measures = framework.measures
    issues = [*book.issues, *slips(book, framework)]
    if is_form(book):
        tables, found = form_tables(book, framework, measures)
    else:
        tables, found = _tables(book, Headers(framework))
    issues += found
    judgements, found = judgements_in(book, framework)
    if not options.judged and any(issue.severity == "error" for issue in found):
        judgements, found = None, [*map(_flagged, found), _set_aside(book)]
    issues += found
    if not tables:
        nothing = Issue("error", "reading.no_table", Location(book.file))
        refused = any(issue.severity == "error" for issue in issues)
        raise InputError(issues if refused else [*issues, nothing])
    records, found = named_records(tables, options.accept_names)
    issues += found
    every = records
    records, found = of_year(every, options.year, book.file)
    issues += found
    kept = {named.key[1] for named in records}
    if options.other_years and kept:
        records = [*records, *(named for named in every if named.key[1] not in {None, *kept})]
    entries, found = _entries(records, tables, framework, measures, options, book.file)
    issues += found
    if any(issue.severity == "error" for issue in issues):
        raise InputError(issues)
    dataset = _dataset(book, framework, records, entries, headings_of(tables), issues)
    return replace(_split(dataset, kept), judgements=judgements)


def _flagged(issue: Issue) -> Issue:
    return replace(issue, severity="flagged") if issue.severity == "error" else issue


def _set_aside(book: Book) -> Issue:
    return Issue("flagged", "judgement.set_aside", Location(book.file))


def _split(dataset: Dataset, kept: Set[int | None]) -> Dataset:
    """The rows of the years that are kept, the others beside them."""
    there = [year in kept for year in dataset.years]
    if all(there):
        return dataset
    others = dataset.rows([row for row, keep in enumerate(there) if not keep])
    return replace(
        dataset.rows([row for row, keep in enumerate(there) if keep]),
        issues=tuple(issue for issue in dataset.issues if issue.year in {None, *kept}),
        other_years=replace(others, issues=()),
    )


def _tables(book: Book, headers: Headers) -> tuple[list[Table], list[Issue]]:
    tables: list[Table] = []
    issues: list[Issue] = []
    grids = [g for g in book.grids if not _is_no_data(g)]
    by_grid = [(grid, find_tables(grid, headers)) for grid in grids]
    has_data = any(table.records for _, found in by_grid for table in found)
    for grid, found in by_grid:
        if has_data and found and _only_explains(grid, found):
            place = grid.location(next(iter(grid.by_row.values()))[0])
            issues.append(Issue("repaired", "reading.sheet_explains", place))
            continue
        tables += found
        if found:
            issues += [issue for table in found for issue in table.issues]
            issues += _further(found, tables, grid)
        else:
            first = next(iter(grid.by_row.values()))[0]
            place = grid.location(first)
            issues.append(Issue("repaired", "reading.sheet_left_out", place, value=first.text))
    return tables, issues


def _only_explains(grid: Grid, found: Sequence[Table]) -> bool:
    """Whether a sheet names measures but no city and no number: definitions, beside the data."""
    kinds = {cell.kind for cell in grid.cells.values()}
    return kinds <= {"text", "blank"} and not any(table.records for table in found)


def _is_no_data(grid: Grid) -> bool:
    is_list = is_about(grid.sheet, visible(grid.at(1, 1).text))
    return is_list or is_framework_sheet(grid) or is_judgement_sheet(grid)


def _further(found: Sequence[Table], tables: Sequence[Table], grid: Grid) -> list[Issue]:
    """Tables after the first are said to be joined to it."""
    further = [table for table in found if table is not tables[0] and table.columns]
    return [
        Issue("repaired", "reading.further_table", grid.location(table.columns[0].header))
        for table in further
    ]


def _entries(
    records: Sequence[NamedRecord],
    tables: Sequence[Table],
    framework: Framework,
    measures: Mapping[str, Indicator | Auxiliary],
    options: _Options,
    file: str,
) -> tuple[list[Entry], list[Issue]]:
    raw, issues = entries_of(records, measures, options.policies)
    entries, found = one_each(raw)
    issues += found
    entries, found = _settled(entries, framework, options.policies)
    issues += found
    headings = headings_of(tables)
    missing, empty = incomplete(framework, headings, entries, file, options.partial)
    without, silent = cities_without_data(records, entries, framework.codes)
    issues += [*missing, *without]
    for entry in entries:
        unsaid = entry.cell.kind == "blank" and entry.understood.state == "missing"
        if not (unsaid and (entry.code in empty or entry.key in silent)):
            issues += entry.understood.issues
    if entries:
        issues += oddities(headings, entries, framework.codes)
    return entries, issues


def _settled(
    entries: Sequence[Entry], framework: Framework, policies: Policies
) -> tuple[list[Entry], list[Issue]]:
    by_code: dict[str, list[Entry]] = {}
    for entry in entries:
        by_code.setdefault(entry.code, []).append(entry)
    settled: list[Entry] = []
    issues: list[Issue] = []
    indicators = {indicator.code: indicator for indicator in framework.indicators}
    for code, column in by_code.items():
        if code in indicators:
            done, found = settle(column, indicators[code], policies)
            settled += done
            issues += found
        else:
            settled += column
    return settled, issues


def _dataset(
    book: Book,
    framework: Framework,
    records: Sequence[NamedRecord],
    entries: Sequence[Entry],
    headings: Headings,
    issues: Sequence[Issue],
) -> Dataset:
    keys: list[Key] = list(dict.fromkeys(named.key for named in records))
    row_of = {key: row for row, key in enumerate(keys)}
    column_of = {code: column for column, code in enumerate(framework.codes)}
    values = np.full((len(keys), len(column_of)), np.nan)
    not_applicable = np.zeros(values.shape, dtype=bool)
    by_place: dict[tuple[int, str], Entry] = {}
    for entry in entries:
        row = row_of[entry.key]
        by_place[row, entry.code] = entry
        if entry.code in column_of:
            place = row, column_of[entry.code]
            number = entry.number
            if number is not None:
                values[place] = number
            elif entry.understood.state == "not_applicable":
                not_applicable[place] = True
    return Dataset(
        framework=framework,
        cities=tuple(city for city, _ in keys),
        years=tuple(year for _, year in keys),
        values=values,
        not_applicable=not_applicable,
        auxiliary=_auxiliary(framework, entries, row_of),
        origins=Origins(by_place),
        issues=tuple(issues),
        sources=(Source(book.file, book.sha256),),
        absent=tuple(code for code in framework.codes if code not in headings),
    )


def _auxiliary(
    framework: Framework, entries: Sequence[Entry], row_of: dict[Key, int]
) -> dict[str, tuple[float | str | None, ...]]:
    found: dict[str, list[float | str | None]] = {}
    kinds = {auxiliary.code: auxiliary for auxiliary in framework.auxiliary}
    for entry in entries:
        if entry.code in kinds:
            column = found.setdefault(entry.code, [None] * len(row_of))
            column[row_of[entry.key]] = _auxiliary_value(entry, kinds[entry.code])
    return {code: tuple(column) for code, column in found.items()}


def _auxiliary_value(entry: Entry, auxiliary: Auxiliary) -> float | str | None:
    if auxiliary.kind == "text":
        return visible(entry.cell.text) or None
    return entry.number
