"""Aggregations that are not means, as formulas where they are spreadsheet arithmetic."""

from __future__ import annotations

from ...indicators.framework import Node
from .layout import Layout
from .sheet import Sheet


def node_formula(layout: Layout, place: int, node: Node) -> str | None:
    """Formula of a city's score at a node, empty text where it has none; None where it is pasted.

    Parameters
    ----------
    layout : Layout
    place : int
        Dataset row of the city.
    node : Node
        An inner node whose aggregation is not a mean.
    """
    return None


def put_node_terms(layout: Layout, sheet: Sheet) -> None:
    """Put what the formulas need beside the terms of the means, from the next free column on."""
