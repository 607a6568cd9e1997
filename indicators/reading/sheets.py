"""The bare cells of a workbook, sheet by sheet, for tables that are not data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from ...errors import InputError, Issue, Location
from .limits import CELLS, Refused
from .plain import PlainCell, PlainSheet
from .sandbox import Sandbox

Rows = list[list[object]]


def read_cells(path: Path) -> dict[str, Rows]:
    """Read every sheet of a workbook as rows of plain values from A1 on.

    Raises
    ------
    InputError
        If the file cannot be opened safely.
    """
    try:
        with Sandbox() as sandbox:
            book = sandbox.parse(path.read_bytes())
        return {sheet["name"]: _rows(sheet) for sheet in book["sheets"]}
    except Refused as refused:
        issue = Issue("error", refused.code, Location(path.name), fields=refused.fields)
        raise InputError([issue]) from refused


def plain_value(cell: PlainCell) -> object:
    """What a cell shows: a percentage as text, a formula without a stored value as the formula.

    Examples
    --------
    >>> plain_value((1, 1, "number", 0.07, "%")), plain_value((1, 1, "formula", "A1*2", ""))
    ('7%', '=A1*2')
    """
    _, _, kind, value, form = cell
    if kind == "number" and form == "%":
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    return f"={value}" if kind == "formula" else value


def _rows(sheet: PlainSheet) -> Rows:
    height = max((row for row, *_ in sheet["cells"]), default=0)
    width = max((column for _, column, *_ in sheet["cells"]), default=0)
    if height * width > CELLS:
        raise Refused("reading.too_large", what="cells", limit=f"{CELLS:,}")
    rows: Rows = [[None] * width for _ in range(height)]
    for cell in sheet["cells"]:
        row, column, *_ = cell
        rows[row - 1][column - 1] = plain_value(cell)
    return rows
