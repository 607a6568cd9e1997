"""Nodes whose scores are pasted: their aggregation is beyond spreadsheet formulas."""

from __future__ import annotations

from ...assess.aggregate import METHODS
from ...assess.recipe import MEANS
from ...indicators.framework import Node
from .layout import Layout
from .node_formulas import is_pasted

_LISTED = 4
"""How many nodes are named one by one."""


def method_title(layout: Layout, node: Node) -> str:
    """What the aggregation at an inner node is called."""
    name = layout.assessment.recipe.aggregate_at(layout.framework, node)
    return layout.say(f"means.{name}") if name in MEANS else METHODS[name].title(layout.lang)


def pasted_by(layout: Layout, node: Node) -> str | None:
    """By which method the values at an inner node came; None where they are calculated."""
    if not is_pasted(layout, node):
        return None
    return layout.say("pasted_by", method=method_title(layout, node))


def pasted_line(layout: Layout) -> str:
    """One line for the head of a sheet: which nodes are pasted, and by which method they came.

    Empty where every node is calculated.
    """
    found: dict[str, list[str]] = {}
    for node in layout.nodes:
        if node.indicator is None and is_pasted(layout, node):
            name = layout.say("index") if node.parent is None else node.code
            found.setdefault(method_title(layout, node), []).append(name)
    if not found:
        return ""
    comma = layout.say("listed.comma")
    parts = (
        layout.say("listed.by", method=method, nodes=_named(layout, names))
        for method, names in found.items()
    )
    return layout.say("pasted_nodes", nodes=comma.join(parts))


def _named(layout: Layout, names: list[str]) -> str:
    shown = layout.say("listed.comma").join(names[:_LISTED])
    more = len(names) - _LISTED
    return shown if more <= 0 else layout.say("listed.more", nodes=shown, count=more)
