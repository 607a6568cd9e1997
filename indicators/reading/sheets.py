"""The bare cells of a file, sheet by sheet, for tables that are not data."""

from __future__ import annotations

from pathlib import Path

from ...errors import InputError, Issue, Location
from .limits import Refused
from .sandbox import Sandbox

Rows = list[list[object]]


def read_cells(path: Path) -> dict[str, Rows]:
    """Read every sheet of a spreadsheet or CSV file as rows of plain values from A1 on.

    Raises
    ------
    InputError
        If the file cannot be opened safely.
    """
    try:
        with Sandbox() as sandbox:
            book = sandbox.parse(path.read_bytes())
    except Refused as refused:
        issue = Issue("error", refused.code, Location(path.name), fields=refused.fields)
        raise InputError([issue]) from refused
    return {sheet["name"]: _rows(sheet["cells"]) for sheet in book["sheets"]}


def _rows(cells: list) -> Rows:  # type: ignore[type-arg]
    height = max((row for row, *_ in cells), default=0)
    width = max((column for _, column, *_ in cells), default=0)
    rows: Rows = [[None] * width for _ in range(height)]
    for row, column, kind, value, _ in cells:
        rows[row - 1][column - 1] = None if kind in ("error", "formula") else value
    return rows
