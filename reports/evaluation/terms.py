"""The terms sheet: what lies between the children's scores and a node's, step by step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...indicators.framework import Node
from .banner import start
from .layout import CITY, FIRST, HEAD_CODE, HEAD_NAME, START, YEAR, Layout
from .mean_formulas import phi_at
from .node_formulas import nodes_without_mean, put_node_terms
from .sheet import Sheet

_PRINTED = 11
"""How many columns stand side by side on a printed page, at most."""


def terms_sheet(layout: Layout) -> Sheet | None:
    """The terms φ(score) of the means, and every other aggregation; none where all add up."""
    if not layout.phi_columns and not layout.term_columns:
        return None
    sheet = start(layout, "terms", START + _PRINTED)
    for row in range(HEAD_CODE, FIRST):
        sheet.put(row, CITY, None, "head")
        sheet.put(row, YEAR, None, "head")
    sheet.put(HEAD_CODE, CITY, layout.say("city"), "head")
    sheet.put(HEAD_CODE, YEAR, layout.say("year"), "head")
    for code in layout.phi_columns:
        _put_phi(layout, sheet, layout.framework.node(code))
    put_node_terms(layout, sheet)
    for place, city in enumerate(layout.assessment.dataset.cities):
        sheet.put(layout.row(place), CITY, city, "strong")
        year = layout.assessment.dataset.years[place]
        sheet.put(layout.row(place), YEAR, year if year is not None else "", "whole")
    sheet.width({CITY: 18, YEAR: 8})
    sheet.heights |= {HEAD_NAME: 30, **dict.fromkeys(range(HEAD_NAME + 1, FIRST), 4.0)}
    sheet.freeze, sheet.tab = (FIRST, START), "9CA3AF"
    _set_pages(layout, sheet)
    return sheet


def phi_columns(layout: Layout) -> Mapping[str, int]:
    """Columns of the nodes whose score enters a mean that is not arithmetic, by code."""
    framework, recipe = layout.framework, layout.assessment.recipe
    codes = [
        node.code
        for node in layout.nodes[1:]
        if node.block == "index"
        and phi_at(framework, framework.node(node.parent or ""), recipe).name != "arithmetic"
    ]
    return {code: START + place for place, code in enumerate(codes)}


def _put_phi(layout: Layout, sheet: Sheet, node: Node) -> None:
    framework, column = layout.framework, layout.phi_columns[node.code]
    phi = phi_at(framework, framework.node(node.parent or ""), layout.assessment.recipe)
    sheet.put(HEAD_CODE, column, node.code, "head")
    sheet.put(HEAD_NAME, column, layout.say(f"terms.{phi.name}"), "subhead")
    sheet.widths[column] = 11.0
    for place in range(layout.count):
        row = layout.row(place)
        score = layout.score(row, node.code)
        value = layout.assessment.tree.entered[place, layout.position[node.code]]
        formula = f"IF(ISNUMBER({score}),{phi.of(phi.entered(score))},0)"
        shown = 0.0 if np.isnan(value) else float(phi.mean.phi(np.array(value)))
        sheet.put(row, column, shown, "number", formula)


def _set_pages(layout: Layout, sheet: Sheet) -> None:
    """A page for each node's columns, or several."""
    last = max(column for _, column in sheet.cells)
    starts = [one.first for one in nodes_without_mean(layout, sheet)]
    if layout.phi_columns:
        starts = [START, *starts]
    sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
    if last <= START + _PRINTED:
        return
    ends = [*(one - 1 for one in starts[1:]), last]
    for first, end in zip(starts, ends, strict=True):
        pages = -(-(end - first + 1) // _PRINTED)
        sheet.page_breaks += [
            first - 1 + (end - first + 1) * page // pages for page in range(1, pages + 1)
        ]
