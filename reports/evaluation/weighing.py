"""The weighing sheet: weights that come from the data, live where that is arithmetic."""

from __future__ import annotations

from ...indicators.framework import Node
from .layout import Layout
from .sheet import Sheet


def weighing_sheet(layout: Layout) -> Sheet | None:
    """Build the sheet; None where weights do not come from the data by spreadsheet arithmetic."""
    return None


def weight_formula(layout: Layout, node: Node) -> str | None:
    """Formula of a node's weight on the weights sheet; None where it is pasted."""
    return None
