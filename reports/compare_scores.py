"""The scores sheet of a comparison: indicator scores and weights in, the index out."""

from __future__ import annotations

import numpy as np

from ..assess.aggregate import METHODS
from ..assess.tree import is_mean_at
from ..indicators.framework import Node
from ..text import say
from .compare_indicators import wide_print
from .compare_layout import CODE, FIRST, HEAD, NAME, WEIGHT, CompareLayout, shown
from .evaluation.mean_formulas import phi_at
from .evaluation.rounding import rounded
from .evaluation.sheet import Sheet, at, literal

ANY_NUMBER = '">-1E+300"'
"""A condition that every number meets and no text does."""


def scores_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet: scores, effective weights and terms of every side."""
    sheet = layout.start("scores", min(layout.term_column(0), 14))
    if methods := pasted_methods(layout):
        sheet.put(2, 1, layout.say("note.scores_pasted", methods=methods), "subtitle")
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


def pasted_methods(layout: CompareLayout) -> str:
    """Titles of the aggregations whose scores are pasted; empty where all are means."""
    framework, recipe = layout.framework, layout.sides[0].assessment.recipe
    titles = dict.fromkeys(
        METHODS[recipe.aggregate_at(framework, node)].title(layout.lang)
        for node in framework.inner_nodes()
        if not is_mean_at(framework, node, recipe)
    )
    return say("workbook.listed.comma", layout.lang).join(titles)


def _is_followed(layout: CompareLayout, node: Node) -> bool:
    """Whether what stands above a node follows its score and weight."""
    parent = layout.framework.node(node.parent or "")
    return is_mean_at(layout.framework, parent, layout.sides[0].assessment.recipe)


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
        followed = root or _is_followed(layout, node)
        style = "goal_weight" if root else "input_weight" if followed else "weight"
        sheet.put(row, column, weight, style)


def _write_score(layout: CompareLayout, sheet: Sheet, node: Node, side: int) -> None:
    row, column = layout.row(node.code), layout.score_column(side)
    found = layout.sides[side]
    value = shown(found.assessment.tree.scores[found.row, layout.position[node.code]])
    if node.indicator is not None:
        style = "input_number" if _is_followed(layout, node) else "number"
        sheet.put(row, column, value if value != "" else "—", style)
        return
    top, bottom = layout.children_rows(node.code)
    shares, terms = (
        f"{at(top, place)}:{at(bottom, place)}"
        for place in (layout.share_column(side), layout.term_column(side))
    )
    recipe = found.assessment.recipe
    if not is_mean_at(layout.framework, node, recipe):
        method = METHODS[recipe.aggregate_at(layout.framework, node)].title(layout.lang)
        note = say("workbook.pasted_by", layout.lang, method=method)
        sheet.put(row, column, value, "goal_number", note=note)
        return
    average = phi_at(layout.framework, node, recipe).inverse(f"SUM({terms})")
    average = _with_blocks(layout, node, side, average)
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
        terms += f"{sign}{literal(child.points)}*SUM({cell})/100"
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
    formula = f"IF(ISNUMBER({score}),IF({weight}=0,0,{weight}/{total}),0)"
    live = is_mean_at(layout.framework, parent, recipe)
    sheet.put(row, own_share, share, "weight", formula if live else None)
    phi = phi_at(layout.framework, parent, recipe)
    term = phi.of(phi.entered(score))
    number = phi.mean.phi(np.array(tree.entered[found.row, place]))
    value = share * float(number) if share > 0 else 0.0
    cell = at(row, own_share)
    sheet.put(row, own_term, value, "number", f"IF({cell}=0,0,{cell}*{term})")
