"""What a parser hands over: plain values that travel as JSON from the child process."""

from __future__ import annotations

from typing import Literal, TypedDict

from .limits import CELLS, Refused

Kind = Literal["number", "text", "boolean", "error", "date", "formula"]
"""``formula`` is a formula whose value was never stored."""

PlainCell = tuple[int, int, Kind, float | str | bool, str]
"""Row and column from 1, kind, value, and the format: ``%``, ``=`` (a formula's value) or none."""


class PlainSheet(TypedDict):
    """One sheet: only its filled cells."""

    name: str
    hidden: bool
    cells: list[PlainCell]
    hidden_rows: list[int]
    hidden_columns: list[int]
    merged: list[tuple[int, int, int, int]]


class PlainBook(TypedDict):
    """One file: its format, what was done to read it, and its sheets."""

    format: str
    notes: list[str]
    sheets: list[PlainSheet]


def sheet(name: str, hidden: bool = False) -> PlainSheet:
    """A sheet without cells."""
    return {
        "name": name,
        "hidden": hidden,
        "cells": [],
        "hidden_rows": [],
        "hidden_columns": [],
        "merged": [],
    }


def check_cells(count: int) -> None:
    """Refuse more cells than the limit.

    Raises
    ------
    Refused
    """
    if count > CELLS:
        raise Refused("reading.too_large", what="cells", limit=f"{CELLS:,}")
