"""Where things stand on the profile, for the sheets and charts that follow it."""

from __future__ import annotations

from .layout import Layout
from .sheet import at, on

PICK, FIGURES, GOALS = 4, 6, 12
"""Rows of the drop-down, of the large figures and of the first goal."""
CHART_ROWS = 19
WIDTH = 11
"""Columns of the profile; the last of the drop-down's row holds the city's position."""


def pick_reference(layout: Layout) -> str:
    """What the picked city is called."""
    return on(layout.name("profile"), at(PICK, 2, True, True))


def row_reference(layout: Layout) -> str:
    """Position of the picked city among the rows of the calculation sheets."""
    return on(layout.name("profile"), at(PICK, WIDTH, True, True))


def index_of(layout: Layout, column: str) -> str:
    """The picked city's cell of a column over all cities."""
    return f"INDEX({column},{row_reference(layout)})"
