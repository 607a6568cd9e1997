"""One judgement in a cell: 3, 1/3, ５, 0.333, ⅓, or a date that was 1/3 when it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from .grid import Cell, visible
from .numbers import number_in

HIGHEST = 9.0
"""The highest grade of Saaty's scale."""
_SLACK = 1.02
"""A printed 0.11 for 1/9 is within the scale."""
_NOTHING = {"", "-", "—", "–", "/", "\\", "*", "×", "n/a"}
_SIGNS = str.maketrans({"⁄": "/", "∕": "/", "÷": "/", ":": "/", "∶": "/"})
_FRACTION = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)", re.ASCII)
_DATE = re.compile(r"\d{4}-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell says.

    Parameters
    ----------
    cell : Cell
    value : float
        NaN = nothing.
    fault : str
        Empty, or what is wrong: ``unreadable``, ``not_computed``, ``date``.
    """

    cell: Cell
    value: float = float("nan")
    fault: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is a number."""
        return not np.isnan(self.value)

    @property
    def is_computed(self) -> bool:
        """Whether a formula gave it."""
        return self.cell.form == "=" or self.cell.kind == "formula"


def entry_in(cell: Cell) -> Entry:
    """The number in a cell of judgements.

    Examples
    --------
    >>> entry_in(Cell(1, 1, "text", "１／３")).value
    0.3333333333333333
    >>> entry_in(Cell(1, 1, "date", "2026-01-03")).value
    0.3333333333333333
    >>> entry_in(Cell(1, 1, "text", "strong")).fault
    'unreadable'
    """
    if cell.kind == "blank":
        return Entry(cell)
    if cell.kind == "number":
        return Entry(cell, float(cell.value))
    if cell.kind == "formula":
        return Entry(cell, fault="not_computed")
    if cell.kind == "date":
        return _from_date(cell)
    if cell.kind != "text":
        return Entry(cell, fault="unreadable")
    return _from_text(cell)


def is_off_scale(ratio: float) -> bool:
    """Whether a ratio lies outside 1/9 … 9."""
    return max(ratio, 1 / ratio) > HIGHEST * _SLACK


def _from_text(cell: Cell) -> Entry:
    text = unicodedata.normalize("NFKC", visible(str(cell.value))).translate(_SIGNS).strip()
    if text.casefold() in _NOTHING:
        return Entry(cell)
    if match := _FRACTION.fullmatch(text):
        above, below = float(match[1]), float(match[2])
        return Entry(cell, above / below) if below else Entry(cell, fault="unreadable")
    found = number_in(text)
    if found is None or found.unit or found.scale or found.bound or found.doubtful:
        return Entry(cell, fault="unreadable")
    return Entry(cell, float(found.value))


def _from_date(cell: Cell) -> Entry:
    """1/3 typed into a general cell becomes the third of January, or the first of March."""
    match = _DATE.fullmatch(str(cell.value))
    month, day = (int(match[1]), int(match[2])) if match else (0, 0)
    part = day if month == 1 else month
    if 1 in (month, day) and 1 < part <= HIGHEST:
        return Entry(cell, 1.0 / part, "date")
    return Entry(cell, fault="unreadable")
