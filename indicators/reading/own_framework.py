"""The framework that a workbook brings along."""

from __future__ import annotations

from pathlib import Path

from ...errors import InputError, Issue, Location
from ..framework import Framework
from ..loading import framework_from_sheets, load_framework
from ..table_columns import RULES_SHEETS, SHEETS
from .book import Book
from .form import framework_of_form
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
    if (of_form := framework_of_form(book)) is not None:
        return of_form
    sheets = [grid for grid in book.grids if _is_named(grid, SHEETS)]
    if len(sheets) > 1:
        place = Location(book.file, sheets[1].sheet)
        words = {"other": sheets[0].sheet}
        raise InputError([Issue("error", "reading.two_frameworks", place, fields=words)])
    rows = {grid.sheet or "": _rows(grid) for grid in book.grids if is_framework_sheet(grid)}
    found = framework_from_sheets(rows, book.file, Path(book.file).stem) if sheets else None
    return found or load_framework("smart2015")


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
