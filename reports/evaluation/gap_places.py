"""Where things stand on the gap sheet."""

from __future__ import annotations

from .layout import Layout

HEAD, TOP = 7, 8
"""Rows of the heads and of the index; the other nodes follow in the framework's order."""
_NAMES = (
    "code",
    "name",
    "own",
    "other",
    "points",
    "coverage_points",
    "lift",
    "weight",
    "own_entered",
    "other_entered",
    "own_share",
    "other_share",
    "chord",
    "middle",
    "factor",
)
COLUMN = {name: place for place, name in enumerate(_NAMES, start=1)}
"""Column of each quantity; those up to `lift` are printed."""


def node_row(layout: Layout, code: str) -> int:
    """Row of a node."""
    return TOP + layout.position[code]
