"""The layout of the fill-in form: what its writer and its reader agree on."""

from __future__ import annotations

from collections.abc import Iterable

from ...text import LANGUAGES, say

MARKER = "steelyard_form"
"""Name of the hidden sheet by which a form is known; it also holds the framework."""
LISTS = "steelyard_lists"
"""Name of the hidden sheet with the drop-downs' choices."""
JUDGEMENT_MARKER = "steelyard_judgements"
"""Name of the hidden sheet of a workbook for judgements, with its framework."""
OWN_SHEETS = (MARKER, LISTS, JUDGEMENT_MARKER)
COLUMNS = (
    "code",
    "indicator",
    "unit",
    "allowed",
    "value",
    "source",
    "evidence",
    "grade",
    "verified",
    "reason",
    "author",
    "status",
)
INPUTS = ("value", "source", "evidence", "grade")
REVIEWED = ("verified", "reason", "author")
GRADES = ("A", "B", "C", "D")
WEAKEST = GRADES[-1]


def sheets_without_answers(names: Iterable[str]) -> frozenset[str]:
    """The sheets of a form that only explain or list choices; none where there is no form.

    Examples
    --------
    >>> sorted(sheets_without_answers(["Guide", "武汉市", "steelyard_form"]))
    ['Guide']
    >>> sheets_without_answers(["Guide", "Data"])
    frozenset()
    """
    found = frozenset(names)
    return found & (ABOUT | {LISTS}) if MARKER in found else frozenset()


def column_of(text: str) -> str | None:
    """Which column of a form a heading names, in either language.

    Examples
    --------
    >>> column_of("核实值"), column_of("Verified value"), column_of("Score")
    ('verified', 'verified', None)
    """
    return _COLUMNS.get(text.strip())


def is_about(name: str | None, title: str) -> bool:
    """Whether a sheet is a list that Steelyard wrote about data, known by its name and title.

    Examples
    --------
    >>> is_about("Return list 2", "Return list: what to mend and what to look at")
    True
    >>> is_about("Return list", "City")
    False
    """
    stem = (name or "").rstrip("0123456789 ")
    return any(stem == known and title.endswith(end) for known, end in _LISTS)


def head_of(text: str) -> str | None:
    """Which field above the table a label names: ``city``, ``year`` …"""
    return _HEADS.get(text.strip())


ABOUT = frozenset(
    say(f"form.sheet.{key}", lang) for key in ("guide", "definitions") for lang in LANGUAGES
)
"""Names of the sheets that only explain."""
_LISTS = {
    (say(f"collect.sheet.{key}", lang), say(f"collect.title.{key}", lang).split("}")[-1])
    for key in ("summary", "verified", "return_list", "sources")
    for lang in LANGUAGES
}
_COLUMNS = {say(f"form.column.{key}", lang): key for key in COLUMNS for lang in LANGUAGES}
_HEADS = {say(f"form.head.{key}", lang): key for key in ("city", "year") for lang in LANGUAGES}
