"""The layout of the fill-in form: what its writer and its reader agree on."""

from __future__ import annotations

from ...text import LANGUAGES, say

MARKER = "steelyard_form"
"""Name of the hidden sheet by which a form is known; it also holds the framework."""
LISTS = "steelyard_lists"
"""Name of the hidden sheet with the drop-downs' choices."""
OWN_SHEETS = (MARKER, LISTS)
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


def column_of(text: str) -> str | None:
    """Which column of a form a heading names, in either language.

    Examples
    --------
    >>> column_of("核实值"), column_of("Verified value"), column_of("Score")
    ('verified', 'verified', None)
    """
    return _COLUMNS.get(text.strip())


def head_of(text: str) -> str | None:
    """Which field above the table a label names: ``city``, ``year`` …"""
    return _HEADS.get(text.strip())


_COLUMNS = {say(f"form.column.{key}", lang): key for key in COLUMNS for lang in LANGUAGES}
_HEADS = {say(f"form.head.{key}", lang): key for key in ("city", "year") for lang in LANGUAGES}
