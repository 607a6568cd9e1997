"""The scores sheet: from indicator scores up the tree to the index, coverage and rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...assess.tree import is_mean_at
from ...indicators.framework import Node
from .banner import start
from .data import auxiliary_column
from .layout import (
    CITY,
    FIRST,
    HEAD_CODE,
    HEAD_NAME,
    NO_SCORE,
    NOT_APPLICABLE,
    START,
    YEAR,
    Layout,
    header_span,
    span,
)
from .mean_formulas import phi_at
from .node_formulas import node_formula
from .pasted import method_title, pasted_by
from .reported import Reported
from .rounding import rounded
from .sheet import Sheet, at, block, comparable, literal, on
from .spread import put_spreads

HEAD_WEIGHT = 5
HEAD_MEAN = 6
ANY_NUMBER = '">-1E+300"'
"""A condition that every number meets and no text does."""


def scores_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    sheet = start(layout, "scores", min(layout.position_column, 16))
    _heads(layout, sheet)
    for place in range(layout.count):
        _city(layout, sheet, place)
        for node in layout.nodes:
            _score(layout, sheet, place, node)
        _coverage(layout, sheet, place)
        _rank(layout, sheet, place)
        _label(layout, sheet, place)
    columns = range(START, layout.last_column + 1)
    sheet.width(dict.fromkeys(columns, 11.0))
    sheet.width({CITY: 18, YEAR: 8})
    sheet.freeze = (FIRST, START)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
    if layout.last_column > 20:
        sheet.page_breaks = [*range(START + 11, layout.last_column, 12), layout.last_column]
    leaf_weights(layout, sheet)
    put_spreads(layout, sheet)
    return sheet


def _heads(layout: Layout, sheet: Sheet) -> None:
    for row in range(HEAD_CODE, FIRST):
        sheet.put(row, CITY, None, "head")
        sheet.put(row, YEAR, None, "head")
    sheet.put(HEAD_CODE, CITY, layout.say("city"), "head")
    sheet.put(HEAD_CODE, YEAR, layout.say("year"), "head")
    sheet.put(HEAD_WEIGHT, CITY, layout.say("weight_heads.local"), "head")
    sheet.put(HEAD_MEAN, CITY, layout.say("mean_head"), "head")
    weights = layout.assessment.ruler.weights
    for node in layout.nodes:
        column = layout.node_column[node.code]
        sheet.put(HEAD_CODE, column, _code(layout, node.code), "head")
        name = layout.framework.title if node.parent is None else node.name
        sheet.put(HEAD_NAME, column, name[layout.lang], "subhead")
        mean = method_title(layout, node) if node.indicator is None else ""
        note = pasted_by(layout, node) if node.indicator is None else None
        sheet.put(HEAD_MEAN, column, mean + ("*" if note else ""), "subhead", note=note)
        if node.parent is None:
            sheet.put(HEAD_WEIGHT, column, 1.0, "weight")
        else:
            weight = layout.weight(node.code, "local")
            sheet.put(HEAD_WEIGHT, column, weights[node.code], "weight", weight)
    for code, column in layout.coverage_column.items():
        sheet.put(HEAD_CODE, column, _code(layout, code), "head")
        sheet.put(HEAD_NAME, column, layout.say("coverage"), "subhead")
    for key, column in (
        ("key", layout.key_column),
        ("rank", layout.rank_column),
        ("place", layout.position_column),
        ("label", layout.label_column),
        ("present", layout.present_column),
    ):
        sheet.put(HEAD_CODE, column, layout.say(key), "head")
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    for code in layout.groups:
        column = layout.group_column(code)
        sheet.put(HEAD_CODE, column, layout.say("rank"), "head")
        sheet.put(HEAD_NAME, column, layout.say("within", group=names[code]), "subhead")
    sheet.heights |= {HEAD_CODE: 18, HEAD_NAME: 52, HEAD_MEAN: 26}


def _code(layout: Layout, code: str) -> str:
    return layout.say("index") if code == layout.framework.root.code else code


def _city(layout: Layout, sheet: Sheet, place: int) -> None:
    row, dataset = layout.row(place), layout.assessment.dataset
    data = layout.name("data")
    sheet.put(row, CITY, dataset.cities[place], "strong", on(data, at(row, CITY)))
    year = dataset.years[place]
    sheet.put(row, YEAR, year if year is not None else "", "whole")


def _score(layout: Layout, sheet: Sheet, place: int, node: Node) -> None:
    row, column = layout.row(place), layout.node_column[node.code]
    value = layout.assessment.tree.scores[place, layout.position[node.code]]
    shown = "" if np.isnan(value) else float(value)
    if node.indicator is not None:
        cell = layout.normalised(row, node.code)
        formula = f'IF(ISNUMBER({cell}),{rounded(layout.framework, cell, "dimensions")},"")'
        sheet.put(row, column, shown, "number", formula)
        return
    children = [c for c in layout.framework.children(node.code) if c.block == "index"]
    first, last = (layout.node_column[children[end].code] for end in (0, -1))
    style = "number_strong" if node.parent is None else "number"
    if not is_mean_at(layout.framework, node, layout.assessment.recipe):
        own = node_formula(layout, place, node)
        whole = f'IF({own}="","",{_finished(layout, node, row, own)})'
        sheet.put(row, column, shown, style, whole)
        return
    phi = phi_at(layout.framework, node, layout.assessment.recipe)
    weights = header_span(HEAD_WEIGHT, first, last)
    scores = span(row, first, last)
    present = f"SUMIF({scores},{ANY_NUMBER},{weights})"
    terms = scores
    if phi.name != "arithmetic":
        ends = (layout.phi_columns[children[end].code] for end in (0, -1))
        terms = on(layout.name("terms"), span(row, *ends))
    average = phi.inverse(f"SUMPRODUCT({weights},{terms})/{present}")
    whole = _finished(layout, node, row, average)
    sheet.put(row, column, shown, style, f'IF({present}=0,"",{whole})')


def _finished(layout: Layout, node: Node, row: int, average: str) -> str:
    whole, framework = _with_blocks(layout, node, row, average), layout.framework
    return rounded(framework, whole, framework.tier(node))


def _with_blocks(layout: Layout, node: Node, row: int, average: str) -> str:
    blocks = [c for c in layout.framework.children(node.code) if c.block != "index"]
    if not blocks:
        return average
    terms = ""
    for block_node in blocks:
        sign = "+" if block_node.block == "bonus" else "-"
        cell = at(row, layout.node_column[block_node.code])
        terms += f"{sign}{literal(block_node.points)}*SUM({cell})/100"
    return f"MIN(100,MAX(0,{average}{terms}))"


def _coverage(layout: Layout, sheet: Sheet, place: int) -> None:
    row, codes = layout.row(place), layout.framework.codes
    for code, column in layout.coverage_column.items():
        leaves = layout.framework.leaves(code)
        ends = [layout.indicator_column[leaves[end].code] for end in (0, -1)]
        data = on(layout.name("data"), span(row, *ends))
        scores = on(layout.name("normalised"), span(row, *ends))
        field = "global" if code == layout.framework.root.code else "goal"
        weight = _leaf_weights(layout, field, codes.index(leaves[0].code), len(leaves))
        mark = NOT_APPLICABLE[layout.lang]
        if layout.reported and layout.assessment.recipe.fills_in:
            observed = _reported(layout, layout.reported, row, weight, scores, leaves)
            observed += _undivided(layout, layout.reported, row, field, leaves)
        else:
            reported = data if layout.assessment.recipe.impute == "zero" else scores
            observed = f"SUMIF({reported},{ANY_NUMBER},{weight})"
            observed += _imputed(layout, place, field, [codes.index(leaf.code) for leaf in leaves])
        applicable = f'(SUM({weight})-SUMIF({data},"{mark}",{weight}))'
        value = float(layout.assessment.tree.coverage[place, layout.position[code]])
        sheet.put(
            row,
            column,
            value,
            "share",
            f"IF({applicable}<1E-12,1,({observed})/{applicable})",
        )


def _reported(
    layout: Layout, reported: Reported, row: int, weight: str, scores: str, leaves: Sequence[Node]
) -> str:
    """Weights of the values that were reported and scored."""
    first, last = (reported.cell(row, leaves[end].code) for end in (0, -1))
    values = f"{first}:{last.split('!')[1]}"
    return f"SUMIFS({weight},{values},{ANY_NUMBER},{scores},{ANY_NUMBER})"


def _undivided(
    layout: Layout, reported: Reported, row: int, field: str, leaves: Sequence[Node]
) -> str:
    """Weights of what was reported but filled in, for want of what to divide it by."""
    terms = ""
    for leaf in leaves:
        if lost := reported.lost(row, leaf.code):
            weight = _leaf_weights(layout, field, layout.framework.codes.index(leaf.code), 1)
            scored = f"ISNUMBER({layout.normalised(row, leaf.code)})"
            terms += f"-IF(AND({lost},{scored}),{weight.split(':')[0]},0)"
    return terms


def _imputed(layout: Layout, place: int, field: str, positions: list[int]) -> str:
    """Weights of the values that were filled in, to be taken off what was observed."""
    mask = layout.assessment.dataset.imputed
    if mask is None:
        return ""
    return "".join(
        f"-{_leaf_weights(layout, field, position, 1).split(':')[0]}"
        for position in positions
        if mask[place, position]
    )


def _leaf_weights(layout: Layout, field: str, first: int, count: int) -> str:
    """Weights of the leaves side by side: a row at the foot of the scores sheet."""
    row = layout.last + (3 if field == "global" else 4)
    start_at = START + first
    return header_span(row, start_at, start_at + count - 1)


def leaf_weights(layout: Layout, sheet: Sheet) -> None:
    """Put the indicators' weights side by side under the scores, for the coverage formulas."""
    from ...indicators.local_weights import global_weights

    framework, local = layout.framework, layout.assessment.ruler.weights
    overall = global_weights(framework, local)
    sheet.put(layout.last + 2, CITY, layout.say("leaf_weights"), "note")
    for row, field in ((layout.last + 3, "global"), (layout.last + 4, "goal")):
        sheet.put(row, CITY, layout.say(f"weight_heads.{field}"), "subhead")
        for place, code in enumerate(framework.codes):
            goal = framework.goal_of(code).code
            within = 1.0
            node = framework.node(code)
            while node.code != goal:
                within *= local[node.code]
                node = framework.node(node.parent or "")
            value = overall[code] if field == "global" else within
            sheet.put(row, START + place, value, "weight", layout.weight(code, field))
    for place, code in enumerate(framework.codes):
        sheet.put(layout.last + 2, START + place, code, "subhead")


def _rank(layout: Layout, sheet: Sheet, place: int) -> None:
    row = layout.row(place)
    index = at(row, START)
    key = at(row, layout.key_column)
    key_value = layout.keys[place]
    formula = f"IF(ISNUMBER({index}),{comparable(index)},{NO_SCORE:.0f})"
    sheet.put(row, layout.key_column, key_value, "number", formula)
    rank = int(layout.assessment.rank_array[place])
    first, last = layout.blocks[layout.block_of(place)]
    column = layout.key_column
    top, end = (at(layout.row(one), column, True, True) for one in (first, last))
    ranked = f'IF({key}={NO_SCORE:.0f},"—",RANK({key},{top}:{end},0))'
    sheet.put(row, layout.rank_column, rank or "—", "whole_strong", ranked)
    alike = f"COUNTIF({at(layout.row(first), column, True)}:{key},{key})"
    where = f"RANK({key},{top}:{end},0)+{alike}+{first - 1}"
    sheet.put(row, layout.position_column, layout.order.index(place) + 1, "whole", where)


def _label(layout: Layout, sheet: Sheet, place: int) -> None:
    row, index = layout.row(place), at(layout.row(place), START)
    label = f'{at(row, CITY)}&" "&{at(row, YEAR)}' if layout.dated else at(row, CITY)
    sheet.put(row, layout.label_column, layout.labels[place], "text", label)
    there = int(layout.keys[place] != NO_SCORE)
    sheet.put(row, layout.present_column, there, "whole", f"IF(ISNUMBER({index}),1,0)")
    for code in layout.groups:
        _rank_within(layout, sheet, place, code)


def _rank_within(layout: Layout, sheet: Sheet, place: int, code: str) -> None:
    """Rank among the cities of the same group and year."""
    row, column = layout.row(place), auxiliary_column(layout, code) or 0
    first, last = (layout.row(one) for one in layout.blocks[layout.block_of(place)])
    own = on(layout.name("data"), at(row, column))
    groups = block(layout.name("data"), (first, column), (last, column))
    key = at(row, layout.key_column)
    top, end = (at(one, layout.key_column, True, True) for one in (first, last))
    better = f"SUMPRODUCT(({groups}={own})*({top}:{end}>{key}))+1"
    formula = f'IF(OR({key}={NO_SCORE:.0f},{own}=""),"—",{better})'
    shown = rank_within(layout, place, code)
    sheet.put(row, layout.group_column(code), shown or "—", "whole", formula)


def rank_within(layout: Layout, place: int, code: str) -> int:
    """Rank among the cities of the same group and year; 0 where there is none."""
    groups, years = layout.assessment.dataset.auxiliary[code], layout.assessment.dataset.years
    if layout.keys[place] == NO_SCORE or not groups[place]:
        return 0
    return 1 + sum(
        layout.keys[other] > layout.keys[place]
        for other in range(layout.count)
        if groups[other] == groups[place] and years[other] == years[place]
    )
