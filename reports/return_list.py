"""The return list (退回清单): every finding with its place, what was written, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import Issue
from ..indicators.reading.grid import shown
from ..text import say

_ORDER = {"error": 0, "flagged": 1, "repaired": 2}


@dataclass(frozen=True)
class ReturnRow:
    """One line of the return list.

    Parameters
    ----------
    severity : str
        In the user's words.
    file : str
    cells : tuple of str
        Sheet, cell, city, indicator, what was written, what was used, what was found, the remedy.
    """

    severity: str
    file: str
    cells: tuple[str, ...]


def ordered(issues: Iterable[Issue]) -> list[Issue]:
    """The gravest first, then by place."""
    return sorted(issues, key=_place)


def return_rows(issues: Iterable[Issue], lang: str) -> list[ReturnRow]:
    """The lines of the list, in the given order."""
    return [_row(issue, lang) for issue in issues]


def _row(issue: Issue, lang: str) -> ReturnRow:
    used = "" if issue.used is None else shown(issue.used)
    cells = (
        issue.location.sheet or "",
        issue.location.cell or "",
        issue.city or "",
        issue.indicator or "",
        issue.value or "",
        used,
        issue.message(lang),
        issue.fix(lang),
    )
    return ReturnRow(
        say(f"collect.severity.{issue.severity}", lang), issue.location.file or "", cells
    )


def _place(issue: Issue) -> tuple[object, ...]:
    cell = issue.location.cell or ""
    letters = cell.rstrip("0123456789")
    row = int(cell[len(letters) :] or 0)
    where = issue.location
    return (_ORDER[issue.severity], where.file or "", where.sheet or "", row, len(letters), letters)
