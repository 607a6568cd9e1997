"""The contributions sheet: points of the index by indicator and goal; they add up to the score."""

from __future__ import annotations

import numpy as np

from ...assess.tree import before_blocks, is_mean_at, mean_at
from ...indicators.dataset import Array
from ...indicators.framework import Node
from .banner import start
from .blocks import before_blocks as top_of
from .layout import CITY, FIRST, HEAD_CODE, HEAD_NAME, START, YEAR, Layout, header_span, span
from .mean_formulas import phi_at
from .node_formulas import node_formula
from .scores import ANY_NUMBER, HEAD_WEIGHT
from .sheet import Sheet, at, literal, on


def contributions_sheet(layout: Layout) -> Sheet:
    """Build the sheet: contributions on the left, effective weights of all nodes on the right."""
    codes = layout.framework.codes
    sheet = start(layout, "contributions", min(START + len(codes), 16))
    _heads(layout, sheet)
    gains = gains_of(layout)
    for place in range(layout.count):
        row = layout.row(place)
        dataset = layout.assessment.dataset
        sheet.put(row, CITY, dataset.cities[place], "strong")
        year = dataset.years[place]
        sheet.put(row, YEAR, year if year is not None else "", "whole")
        for node in layout.nodes:
            _gain(layout, sheet, place, node, gains)
        _points(layout, sheet, place)
    sheet.width(dict.fromkeys(range(START, gain_column(layout, layout.nodes[-1].code) + 1), 10.5))
    sheet.width({CITY: 18, YEAR: 8})
    sheet.freeze = (FIRST, START)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
    sheet.page_breaks = _breaks(layout)
    return sheet


def _breaks(layout: Layout) -> list[int]:
    """Pages: the goals, then goal after goal its indicators; the weights stay unprinted."""
    ends = [START + len(layout.goals) + 1]
    for goal in layout.goals:
        ends.append(contribution_column(layout, layout.framework.leaves(goal.code)[-1].code))
    return ends if len(layout.framework.codes) > 16 else ends[-1:]


def contribution_column(layout: Layout, code: str) -> int:
    """Column of an indicator's contribution."""
    return START + len(layout.goals) + 2 + layout.framework.codes.index(code)


def goal_column(layout: Layout, code: str) -> int:
    """Column of a goal's contribution."""
    return START + [goal.code for goal in layout.goals].index(code)


def gain_column(layout: Layout, code: str) -> int:
    """Column of a node's effective weight."""
    start_at = START + len(layout.goals) + 3 + len(layout.framework.codes)
    return start_at + layout.node_column[code] - START


def _heads(layout: Layout, sheet: Sheet) -> None:
    sheet.put(HEAD_CODE, CITY, layout.say("city"), "head")
    sheet.put(HEAD_CODE, YEAR, layout.say("year"), "head")
    lang = layout.lang
    for goal in layout.goals:
        column = goal_column(layout, goal.code)
        sheet.put(HEAD_CODE, column, goal.code, "head")
        sheet.put(HEAD_NAME, column, goal.name[lang], "subhead")
    total = START + len(layout.goals)
    sheet.put(HEAD_CODE, total, layout.say("adjustment"), "head")
    sheet.put(HEAD_CODE, total + 1, layout.say("total"), "head")
    for indicator in layout.framework.indicators:
        column = contribution_column(layout, indicator.code)
        sheet.put(HEAD_CODE, column, indicator.code, "head")
        sheet.put(HEAD_NAME, column, indicator.name[lang], "subhead")
    for node in layout.nodes:
        column = gain_column(layout, node.code)
        root = node.parent is None
        sheet.put(HEAD_CODE, column, layout.say("index") if root else node.code, "head")
        sheet.put(HEAD_NAME, column, layout.say("gain"), "subhead")
    sheet.heights |= {HEAD_CODE: 30, HEAD_NAME: 52, HEAD_NAME + 1: 3, HEAD_NAME + 2: 3}


def gains_of(layout: Layout) -> Array:
    """∂index/∂node of every city, nodes in the framework's order."""
    assessment, framework = layout.assessment, layout.framework
    tree, recipe = assessment.tree, assessment.recipe
    gains = np.zeros_like(tree.scores)
    gains[:, 0] = 1.0
    for node in framework.nodes:
        if node.indicator is not None:
            continue
        slope = mean_at(framework, node, recipe).slope
        at_node = layout.position[node.code]
        top = before_blocks(framework, node, tree.scores, layout.position)
        for child in framework.children(node.code):
            place = layout.position[child.code]
            if child.block != "index":
                sign = 1.0 if child.block == "bonus" else -1.0
                gains[:, place] = gains[:, at_node] * sign * child.points / 100.0
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                gain = tree.shares[:, place] * slope(tree.entered[:, place])
                gain = gain / slope(top)
            gains[:, place] = gains[:, at_node] * np.where(np.isfinite(gain), gain, 0.0)
    return np.nan_to_num(gains)


def _gain(layout: Layout, sheet: Sheet, place: int, node: Node, gains: Array) -> None:
    row = layout.row(place)
    column = gain_column(layout, node.code)
    value = float(gains[place, layout.position[node.code]])
    if node.parent is None:
        sheet.put(row, column, 1.0, "weight")
        return
    parent = layout.framework.node(node.parent)
    above = at(row, gain_column(layout, parent.code))
    if node.block != "index":
        sign = "" if node.block == "bonus" else "-"
        sheet.put(row, column, value, "weight", f"{above}*{sign}{literal(node.points)}/100")
        return
    siblings = [c for c in layout.framework.children(parent.code) if c.block == "index"]
    ends = [layout.node_column[siblings[end].code] for end in (0, -1)]
    scores = layout.name("scores")
    weights = on(scores, header_span(HEAD_WEIGHT, *ends))
    numbers = on(scores, span(row, *ends))
    own = layout.score(row, node.code)
    weight = on(scores, at(HEAD_WEIGHT, layout.node_column[node.code], True))
    share = f"{weight}/SUMIF({numbers},{ANY_NUMBER},{weights})"
    if not is_mean_at(layout.framework, parent, layout.assessment.recipe):
        total = f"SUMPRODUCT({weights},{numbers})"
        reached = node_formula(layout, place, parent)
        share = f"IF({total}=0,{share},{weight}*{reached}/{total})"
    top = layout.score(row, parent.code)
    top = top_of(layout.framework, parent, top, lambda block: layout.score(row, block.code))
    slope = _slope(layout, parent, own, top)
    formula = f"IF(ISNUMBER({own}),IF({weight}=0,0,{above}*{share}{slope}),0)"
    sheet.put(row, column, value, "weight", formula)


def _slope(layout: Layout, parent: Node, own: str, above: str) -> str:
    phi = phi_at(layout.framework, parent, layout.assessment.recipe)
    counted = phi.entered(own)
    if phi.kind == "arithmetic":
        return ""
    if phi.kind == "geometric":
        return f"*IF({counted}=0,0,{above}/{counted})"
    if phi.kind == "harmonic":
        return f"*IF({counted}=0,0,({above}/{counted})^2)"
    return f"*IF({above}=0,0,({counted}/{above})^({literal(phi.exponent)}-1))"


def _points(layout: Layout, sheet: Sheet, place: int) -> None:
    row, assessment = layout.row(place), layout.assessment
    parts = assessment.contribution_array[place]
    codes = layout.framework.codes
    for position, code in enumerate(codes):
        gain = at(row, gain_column(layout, code))
        own = layout.score(row, code)
        node = layout.framework.node(code)
        parent = layout.framework.node(node.parent or "")
        phi = phi_at(layout.framework, parent, assessment.recipe)
        counted = phi.entered(own) if node.block == "index" else own
        formula = f"IF(ISNUMBER({own}),{gain}*{counted},0)"
        sheet.put(row, contribution_column(layout, code), float(parts[position]), "number", formula)
    for goal in layout.goals:
        leaves = [leaf.code for leaf in layout.framework.leaves(goal.code)]
        ends = [contribution_column(layout, leaves[end]) for end in (0, -1)]
        value = float(sum(parts[codes.index(code)] for code in leaves))
        column = goal_column(layout, goal.code)
        sheet.put(row, column, value, "number_strong", f"SUM({span(row, *ends)})")
    total = START + len(layout.goals)
    goals = span(row, START, total - 1)
    index = layout.score(row, layout.framework.root.code)
    rest = f"IF(ISNUMBER({index}),IF(ABS({index}-SUM({goals}))<=1E-9,0,{index}-SUM({goals})),0)"
    sheet.put(row, total, float(parts[-1]), "number", rest)
    score = assessment.tree.scores[place, 0]
    shown = "" if np.isnan(score) else float(score)
    everything = span(row, START, total)
    sheet.put(row, total + 1, shown, "number_strong", f'IF(ISNUMBER({index}),SUM({everything}),"")')
