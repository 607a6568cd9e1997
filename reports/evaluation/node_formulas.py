"""Aggregations that are not means, as formulas where they are spreadsheet arithmetic."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...assess.aggregate import METHODS
from ...assess.tree import is_mean_at
from ...indicators.framework import Node
from .aggregations import LIVE
from .aggregations.live_node import LiveNode, shown
from .layout import HEAD_CODE, HEAD_NAME, START, Layout
from .sheet import Sheet, at, on


def node_formula(layout: Layout, place: int, node: Node) -> str:
    """Reference to a city's score at a node on the terms sheet, before bonus and rounding.

    Parameters
    ----------
    layout : Layout
    place : int
        Dataset row of the city.
    node : Node
        An inner node whose aggregation is not a mean.
    """
    return on(layout.name("terms"), at(layout.row(place), layout.term_columns[node.code]))


def put_node_terms(layout: Layout, sheet: Sheet) -> None:
    """Put what the formulas need beside the terms of the means, or the pasted scores."""
    for one in nodes_without_mean(layout, sheet):
        if isinstance(one, LiveNode):
            one.put_heads()
            LIVE[one.method].put(one)
        else:
            _paste(layout, sheet, one)


def columns_of_scores(layout: Layout) -> Mapping[str, int]:
    """Column of the score of every node without a mean on the terms sheet, by code."""
    sheet = Sheet(layout.name("terms"))
    return {
        one.node.code: one.figure_column("score") if isinstance(one, LiveNode) else one.first
        for one in nodes_without_mean(layout, sheet)
    }


@dataclass(frozen=True, slots=True)
class PastedNode:
    """A node whose scores are no spreadsheet arithmetic, and their column."""

    node: Node
    first: int


def nodes_without_mean(layout: Layout, sheet: Sheet) -> Iterator[LiveNode | PastedNode]:
    """The nodes whose aggregation is not a mean, from the leaves upwards."""
    framework, recipe = layout.framework, layout.assessment.recipe
    first = START + len(layout.phi_columns) + bool(layout.phi_columns)
    for node in framework.inner_nodes():
        if is_mean_at(framework, node, recipe):
            continue
        live = _live(layout, sheet, node, first)
        yield live or PastedNode(node, first)
        first = (live.last if live else first) + 2


def is_pasted(layout: Layout, node: Node) -> bool:
    """Whether the scores of an inner node are pasted values."""
    framework, recipe = layout.framework, layout.assessment.recipe
    if is_mean_at(framework, node, recipe):
        return False
    return _live(layout, Sheet(""), node, 0) is None


def _live(layout: Layout, sheet: Sheet, node: Node, first: int) -> LiveNode | None:
    recipe = layout.assessment.recipe
    method = recipe.aggregate_at(layout.framework, node)
    if method not in LIVE or node.code in layout.foreign_nodes:
        return None
    options, module = _options(method, recipe.options_of("aggregate", method)), LIVE[method]
    if not module.is_live(options):
        return None
    return LiveNode(
        layout, sheet, node, method, options, first, module.BLOCKS, module.FIGURES, module.MARKS
    )


def _paste(layout: Layout, sheet: Sheet, pasted: PastedNode) -> None:
    node, column = pasted.node, pasted.first
    method = METHODS[layout.assessment.recipe.aggregate_at(layout.framework, node)]
    title = method.title(layout.lang)
    note = layout.say("pasted_by", method=title)
    code = layout.say("index") if node.parent is None else node.code
    sheet.put(HEAD_CODE, column, code, "head", note=note)
    sheet.put(HEAD_NAME, column, title, "subhead")
    reached = layout.assessment.tree.reached[:, layout.position[node.code]]
    for place, value in enumerate(reached):
        sheet.put(layout.row(place), column, shown(value), "number_strong", note=note)
    sheet.widths[column] = 14


def _options(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    parameters = inspect.signature(METHODS[method].function).parameters.values()
    defaults = {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}
    return {**defaults, **given}
