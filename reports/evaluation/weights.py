"""The weights sheet: change a weight and everything after it moves."""

from __future__ import annotations

from collections.abc import Mapping

from ...assess.assessment import Assessment
from ...assess.ruler import computes_weights
from ...indicators.framework import Node
from ...indicators.local_weights import global_weights, local_weights
from .banner import start
from .layout import NODE_FIRST, WEIGHT_COLUMNS, Layout
from .sheet import Sheet, at, runs
from .weighing import pasted_note, weight_formula, weight_value

_SUMMED = 200
"""Most arguments that a SUM is given."""


def declared_weights(assessment: Assessment) -> Mapping[str, float]:
    """Weights as a user would write them, which rescaled among siblings are the ruler's.

    The framework's own where they lead to the same; else the ruler's.
    """
    if computes_weights(assessment.recipe):
        return assessment.ruler.weights
    framework, used = assessment.framework, assessment.ruler.weights
    own = local_weights(framework)
    if all(abs(own[code] - used[code]) <= 1e-12 for code in own):
        return {node.code: node.weight for node in framework.nodes}
    return used


def weights_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    sheet = start(layout, "weights", len(WEIGHT_COLUMNS))
    for field, column in WEIGHT_COLUMNS.items():
        sheet.put(NODE_FIRST - 1, column, layout.say(f"weight_heads.{field}"), "head")
    if computes_weights(layout.assessment.recipe):
        state = "live" if layout.live_weights else "pasted"
        sheet.put(2, 1, layout.say(f"notes.weights_{state}"), "subtitle")
        head = layout.say("weight_heads.computed")
        sheet.put(NODE_FIRST - 1, WEIGHT_COLUMNS["weight"], head, "head")
    declared = declared_weights(layout.assessment)
    for node in layout.framework.nodes[1:]:
        _labels(layout, sheet, node)
        _weights(layout, sheet, node, declared)
    sheet.width({1: 10, 2: 44, 3: 12, 4: 16, 5: 16, 6: 16, 7: 16})
    sheet.heights[NODE_FIRST - 1] = 44
    sheet.freeze = (NODE_FIRST, 3)
    sheet.repeat_rows = (NODE_FIRST - 1, NODE_FIRST - 1)
    sheet.landscape = False
    return sheet


def _labels(layout: Layout, sheet: Sheet, node: Node) -> None:
    row, style = layout.node_row[node.code], "text" if node.indicator else "goal"
    indent = "   " * _depth(layout, node.code)
    sheet.put(row, WEIGHT_COLUMNS["code"], node.code, style)
    sheet.put(row, WEIGHT_COLUMNS["name"], indent + node.name[layout.lang], style)
    sheet.put(row, WEIGHT_COLUMNS["parent"], node.parent, style)


def _weights(layout: Layout, sheet: Sheet, node: Node, declared: Mapping[str, float]) -> None:
    """The weight to change, and what follows: within the parent, in the index, in the goal."""
    framework, local = layout.framework, layout.assessment.ruler.weights
    overall = global_weights(framework, local)
    row, column = layout.node_row[node.code], WEIGHT_COLUMNS
    style = "weight" if node.indicator else "goal_weight"
    if node.block == "index":
        weight = at(row, column["weight"])
        computed = computes_weights(layout.assessment.recipe)
        if computed:
            formula = weight_formula(layout, node)
            note = None if formula else pasted_note(layout, node)
            value = weight_value(layout, node)
            sheet.put(row, column["weight"], value, style, formula, note=note)
        else:
            sheet.put(row, column["weight"], declared[node.code], "input_weight")
        total = _siblings(layout, node)
        formula = f"IF({total}=0,0,{weight}/{total})"
        sheet.put(row, column["local"], local[node.code], style, formula)
    else:
        sheet.put(row, column["weight"], None, style)
        sheet.put(row, column["local"], 0.0, style)
    own, parent = at(row, column["local"]), node.parent or ""
    top = parent == framework.root.code
    above = None if top else layout.node_row[parent]
    product = own if above is None else f"{at(above, column['global'])}*{own}"
    sheet.put(row, column["global"], overall[node.code], style, product)
    if above is None:
        sheet.put(row, column["goal"], 1.0, style)
    else:
        within = f"{at(above, column['goal'])}*{own}"
        sheet.put(row, column["goal"], _in_goal(layout, node), style, within)


def _siblings(layout: Layout, node: Node) -> str:
    """Sum of the weights of a node and its siblings."""
    siblings = layout.framework.children(node.parent or "")
    rows = [layout.node_row[one.code] for one in siblings if one.block == "index"]
    column = WEIGHT_COLUMNS["weight"]
    ranges = [
        f"{at(first, column, True, True)}:{at(last, column, True, True)}"
        if last > first
        else at(first, column, True, True)
        for first, last in runs(rows)
    ]
    sums = [
        f"SUM({','.join(ranges[start_at : start_at + _SUMMED])})"
        for start_at in range(0, len(ranges), _SUMMED)
    ]
    return sums[0] if len(sums) == 1 else f"({'+'.join(sums)})"


def _in_goal(layout: Layout, node: Node) -> float:
    local, framework = layout.assessment.ruler.weights, layout.framework
    within = 1.0
    while node.parent is not None and node.parent != framework.root.code:
        within *= local[node.code]
        node = framework.node(node.parent)
    return within


def _depth(layout: Layout, code: str) -> int:
    depth, node = 0, layout.framework.node(code)
    while node.parent not in (None, layout.framework.root.code):
        node = layout.framework.node(node.parent or "")
        depth += 1
    return depth
