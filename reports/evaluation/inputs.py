"""The cells of a written evaluation workbook that its user may have changed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ...errors import Issue, Location
from ...text import LANGUAGES, say
from .sheet import at

Values = Mapping[str, Mapping[tuple[int, int], object]]
"""Cell values by sheet name, row and column."""


class Inputs:
    """Reads cells of one workbook and notes which were changed since it was written.

    Parameters
    ----------
    values : mapping from sheet name to the values of its cells
    file : str
        What to call the workbook in findings.

    Raises
    ------
    LookupError
        If it has not the sheets of an evaluation workbook, in any language.
    """

    def __init__(self, values: Values, file: str) -> None:
        self.values, self.file = values, file
        self.edits: list[Issue] = []
        for lang in LANGUAGES:
            if all(self.name(sheet, lang) in values for sheet in ("data", "method", "source")):
                self.lang = lang
                return
        raise LookupError(file)

    def name(self, sheet: str, lang: str | None = None) -> str:
        """What a sheet is called."""
        return say(f"workbook.sheets.{sheet}", lang or self.lang)

    def __contains__(self, sheet: str) -> bool:
        return self.name(sheet) in self.values

    def cells(self, sheet: str) -> Mapping[tuple[int, int], object]:
        """Values of a sheet by row and column."""
        return self.values[self.name(sheet)]

    def cell(self, sheet: str, row: int, column: int) -> object:
        """Value of one cell, None where it is empty."""
        return self.cells(sheet).get((row, column))

    def lines(self, sheet: str, column: int) -> list[str]:
        """A column of text from its first row on."""
        found = {row: text for (row, where), text in self.cells(sheet).items() if where == column}
        return [str(found.get(row, "")) for row in range(1, max(found, default=0) + 1)]

    def place(self, sheet: str, row: int, column: int) -> Location:
        """Where a cell stands, for a finding."""
        return Location(self.file, self.name(sheet), at(row, column))

    def number(self, sheet: str, row: int, column: int, written: float | None) -> float | None:
        """A number that the user may have changed from what was written."""
        found = number(self.cell(sheet, row, column))
        self.note(sheet, row, column, written, found)
        return found

    def note(
        self,
        sheet: str,
        row: int,
        column: int,
        written: float | str | None,
        found: float | str | None,
    ) -> None:
        """Note an edit where a cell is not as it was written."""
        if found != written and not is_close(number(found), number(written)):
            shown = {"written": shown_as(written), "found": shown_as(found)}
            place = self.place(sheet, row, column)
            self.edits.append(Issue("flagged", "reports.edited", place, fields=shown))


def number(found: object) -> float | None:
    """The number in a cell, None where there is none."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found)


def is_close(found: float | None, written: float | None, noise: float = 0.0) -> bool:
    """Whether two numbers are one but for how they were written down."""
    if found is None or written is None:
        return False
    return math.isclose(found, written, rel_tol=max(noise, 1e-15), abs_tol=noise)


def shown_as(value: float | str | None) -> str:
    """A value as a finding shows it."""
    if isinstance(value, str):
        return value
    return "—" if value is None else f"{value:.15g}"
