"""The scores sheet of a comparison: indicator scores and weights in, the index out."""

from __future__ import annotations

import numpy as np

from ..assess.aggregate import METHODS as AGGREGATIONS
from ..assess.means import mean as mean_of
from ..assess.tree import is_mean_at
from ..indicators.framework import Node
from ..text import say
from .compare_formulas import entered, inverse, mean_name, phi, rounded
from .compare_indicators import wide_print
from .compare_layout import CODE, FIRST, HEAD, NAME, WEIGHT, CompareLayout, shown
from .evaluation.sheet import Sheet, at

ANY_NUMBER = '">-1E+300"'
"""A condition that every number meets and no text does."""


def scores_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet: scores, effective weights and terms of every side."""
    sheet = layout.start("scores", min(layout.term_column(0), 14))
    _write_heads(layout, sheet)
    for node in layout.nodes:
        _write_node(layout, sheet, node)
        for side in range(len(layout.sides)):
            _write_score(layout, sheet, node, side)
            if node.parent is not None:
                _write_share(layout, sheet, node, side)
    sheet.freeze = (FIRST, layout.scores_start)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD, FIRST - 1), (CODE, NAME)
    wide_print(sheet, layout.scores_start, layout.term_column(layout.side_count - 1))
    return sheet


def _write_heads(layout: CompareLayout, sheet: Sheet) -> None:
    for column, key in ((CODE, "code"), (NAME, "name"), (WEIGHT, "weight")):
        sheet.put(HEAD + 1, column, layout.say(f"head.{key}"), "head")
    if layout.has_two_weights:
        sheet.put(HEAD + 1, WEIGHT + 1, layout.say("head.weight_other"), "head")
    columns = (layout.score_column, layout.share_column, layout.term_column)
    for key, column_of in zip(("score", "share", "term"), columns, strict=True):
        sheet.put(HEAD, column_of(0), layout.say(f"head.{key}"), "section")
        for place, side in enumerate(layout.sides):
            sheet.put(HEAD + 1, column_of(place), side.label, "head")
            sheet.width(14.0, column_of(place))
    sheet.width({CODE: 9, NAME: 34, WEIGHT: 10, WEIGHT + 1: 10 if layout.has_two_weights else 14})
    sheet.heights |= {HEAD: 22, HEAD + 1: 34}


def _write_node(layout: CompareLayout, sheet: Sheet, node: Node) -> None:
    row = layout.row(node.code)
    style = "text" if node.indicator is not None else "goal"
    root = node.parent is None
    sheet.put(row, CODE, "" if root else node.code, style)
    sheet.put(row, NAME, layout.say("head.index") if root else node.name[layout.lang], style)
    for column in range(WEIGHT, layout.scores_start):
        side = 0 if column == WEIGHT else len(layout.sides) - 1
        weight = layout.sides[side].assessment.ruler.weights[node.code]
        sheet.put(row, column, weight, "goal_weight" if root else "input_weight")


def _write_score(layout: CompareLayout, sheet: Sheet, node: Node, side: int) -> None:
    row, column = layout.row(node.code), layout.score_column(side)
    found = layout.sides[side]
    value = shown(found.assessment.tree.scores[found.row, layout.position[node.code]])
    if node.indicator is not None:
        sheet.put(row, column, value if value != "" else "—", "input")
        return
    top, bottom = layout.children_rows(node.code)
    shares, terms = (
        f"{at(top, place)}:{at(bottom, place)}"
        for place in (layout.share_column(side), layout.term_column(side))
    )
    recipe = found.assessment.recipe
    if not is_mean_at(layout.framework, node, recipe):
        method = AGGREGATIONS[recipe.aggregate_at(layout.framework, node)].title(layout.lang)
        note = say("workbook.pasted_by", layout.lang, method=method)
        sheet.put(row, column, value, "goal_number", note=note)
        return
    mean = mean_name(layout.framework, node, recipe)
    average = _with_blocks(layout, node, side, inverse(f"SUM({terms})", mean, recipe))
    whole = rounded(layout.framework, average, layout.framework.tier(node))
    sheet.put(row, column, value, "goal_number", f'IF(SUM({shares})=0,"",{whole})')


def _with_blocks(layout: CompareLayout, node: Node, side: int, average: str) -> str:
    blocks = [c for c in layout.framework.children(node.code) if c.block != "index"]
    if not blocks:
        return average
    terms = ""
    for child in blocks:
        sign = "+" if child.block == "bonus" else "-"
        cell = at(layout.row(child.code), layout.score_column(side))
        terms += f"{sign}{child.points!r}*SUM({cell})/100"
    return f"MIN(100,MAX(0,{average}{terms}))"


def _write_share(layout: CompareLayout, sheet: Sheet, node: Node, side: int) -> None:
    """The weight after reweighting what is missing, and the term that the mean adds up."""
    row, found = layout.row(node.code), layout.sides[side]
    tree, place = found.assessment.tree, layout.position[node.code]
    share = float(tree.shares[found.row, place])
    own_share, own_term = layout.share_column(side), layout.term_column(side)
    if node.block != "index":
        sheet.put(row, own_share, 0.0, "weight")
        sheet.put(row, own_term, 0.0, "number")
        return
    parent = layout.framework.node(node.parent or "")
    top, bottom = layout.children_rows(parent.code)
    scores, weights = (
        f"{at(top, c, True)}:{at(bottom, c, True)}"
        for c in (layout.score_column(side), layout.weight_column(side))
    )
    score, weight = at(row, layout.score_column(side)), at(row, layout.weight_column(side))
    total = f"SUMIF({scores},{ANY_NUMBER},{weights})"
    recipe = found.assessment.recipe
    formula: str | None = f"IF(ISNUMBER({score}),IF({weight}=0,0,{weight}/{total}),0)"
    if not is_mean_at(layout.framework, parent, recipe):
        formula = None
    sheet.put(row, own_share, share, "weight", formula)
    mean = mean_name(layout.framework, parent, recipe)
    term = phi(entered(score, mean, recipe), mean, recipe)
    number = mean_of(mean, recipe.exponent).phi(np.array(tree.entered[found.row, place]))
    value = share * float(number) if share > 0 else 0.0
    cell = at(row, own_share)
    sheet.put(row, own_term, value, "number", f"IF({cell}=0,0,{cell}*{term})")
