"""The framework that a workbook brings along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...errors import InputError, Issue, Location
from ..framework import Framework
from ..loading import framework_from_sheets, load_framework
from ..suspicions import suspicions
from ..table_columns import RULES_SHEETS, SHEETS
from .book import Book
from .form import framework_of_form
from .form_layout import JUDGEMENT_MARKER, MARKER
from .grid import Cell, Grid
from .limits import CELLS
from .sheets import plain_value


def is_framework_sheet(grid: Grid) -> bool:
    """Whether a sheet holds a framework or its rules, and no data."""
    return _is_named(grid, (*SHEETS, *RULES_SHEETS))


def framework_in(book: Book, given: Framework | str | None) -> Framework:
    """The framework given, else that of the form or workbook, else ``smart2015``.

    Raises
    ------
    InputError
        If the workbook has two.
    FrameworkError
        If the sheet's framework is faulty.
    """
    if isinstance(given, Framework):
        return given
    if given is not None:
        return load_framework(given)
    for kind in (MARKER, JUDGEMENT_MARKER):
        if (of_form := framework_of_form(book, kind)) is not None:
            return of_form
    sheets = [grid for grid in book.grids if _is_named(grid, SHEETS)]
    if len(sheets) > 1:
        place = Location(book.file, sheets[1].sheet)
        words = {"other": sheets[0].sheet}
        raise InputError([Issue("error", "reading.two_frameworks", place, fields=words)])
    rows = {grid.sheet or "": _rows(grid) for grid in book.grids if is_framework_sheet(grid)}
    found = framework_from_sheets(rows, book.file, Path(book.file).stem) if sheets else None
    return found or load_framework("smart2015")


def slips(book: Book, framework: Framework) -> list[Issue]:
    """What in a framework looks like a slip, at its cell where the workbook holds it."""
    sheets = [grid for grid in book.grids if _is_named(grid, SHEETS)]
    return [
        replace(issue, location=_place_of(issue.indicator or "", sheets))
        for issue in suspicions(framework)
    ]


def _place_of(code: str, sheets: Sequence[Grid]) -> Location:
    for grid in sheets:
        for cells in grid.by_row.values():
            if cells and cells[0].text.strip() == code:
                return grid.location(cells[0])
    return Location()


def _is_named(grid: Grid, names: tuple[str, ...]) -> bool:
    known = {name.casefold() for name in names}
    return (grid.sheet or "").strip().casefold() in known


def _rows(grid: Grid) -> list[list[object]]:
    bottom = max(row for row, _ in grid.cells)
    right = max(column for _, column in grid.cells)
    if bottom * right > CELLS:
        words = {"what": "cells", "limit": f"{CELLS:,}"}
        place = Location(grid.file, grid.sheet)
        raise InputError([Issue("error", "reading.too_large", place, fields=words)])
    return [
        [_value(grid.own(row, column)) for column in range(1, right + 1)]
        for row in range(1, bottom + 1)
    ]


def _value(cell: Cell) -> object:
    if cell.kind == "blank":
        return None
    return plain_value((cell.row, cell.column, cell.kind, cell.value, cell.form))
