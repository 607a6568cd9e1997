"""The heatmap: cities in ranking order, goals, dimensions and indicators in colour."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.formatting.rule import ColorScaleRule

from .banner import start
from .layout import Layout
from .ranking import TOP as RANKING_TOP
from .ranking import RankingColumns
from .sheet import Sheet, at, on
from .style import DEEPEST, PALER, PALEST

HEAD, TOP = 4, 6


def heatmap_sheet(layout: Layout) -> Sheet:
    """Build the sheet: one goal with its dimensions and indicators after another."""
    blocks = [_below(layout, goal.code) for goal in layout.goals]
    codes = [layout.framework.root.code, *(code for block in blocks for code in block)]
    sheet = start(layout, "heatmap", min(len(codes) + 2, 16))
    ranking = RankingColumns(layout)
    for column in (1, 2):
        sheet.put(HEAD, column, layout.say(("rank", "city")[column - 1]), "head")
        sheet.put(HEAD + 1, column, None, "head")
    for place, code in enumerate(codes):
        node = layout.framework.node(code)
        column = 3 + place
        sheet.put(HEAD, column, layout.say("index") if place == 0 else code, "head")
        sheet.put(HEAD + 1, column, "" if place == 0 else node.name[layout.lang], "subhead")
        sheet.widths[column] = 9.5
    for number, row_of in enumerate(layout.order):
        row, there = TOP + number, RANKING_TOP + number
        name = layout.name("ranking")
        rank = int(layout.assessment.rank_array[row_of]) or "—"
        sheet.put(row, 1, rank, "whole", on(name, at(there, ranking.rank)))
        sheet.put(row, 2, layout.labels[row_of], "strong", _label(layout, there, ranking))
        where = on(name, at(there, ranking.row, False, True))
        for place, code in enumerate(codes):
            value = layout.assessment.tree.scores[row_of, layout.position[code]]
            shown = "" if np.isnan(value) else float(value)
            formula = f"INDEX({layout.score_range(code)},{where})"
            sheet.put(row, 3 + place, shown, "number", formula)
    sheet.width({1: 7, 2: 20})
    sheet.heights[HEAD + 1] = 78
    sheet.freeze = (TOP, 3)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD, HEAD + 1), (1, 2)
    if len(codes) > 20:
        sheet.page_breaks = [
            3 + sum(len(block) for block in blocks[: number + 1]) for number in range(len(blocks))
        ]
    last = at(TOP + layout.count - 1, 2 + len(codes))
    sheet.finish.append(lambda target: _colour(target, f"C{TOP}:{last}"))
    return sheet


def _label(layout: Layout, row: int, ranking: RankingColumns) -> str:
    city = on(layout.name("ranking"), at(row, ranking.city))
    if not layout.dated:
        return city
    return f'{city}&" "&{on(layout.name("ranking"), at(row, ranking.year))}'


def _below(layout: Layout, code: str) -> list[str]:
    found = [code]
    for child in layout.framework.children(code):
        found += _below(layout, child.code)
    return found


def _colour(target: Any, reference: str) -> None:
    rule = ColorScaleRule("num", 0, PALEST, "num", 50, PALER, "num", 100, DEEPEST)
    target.conditional_formatting.add(reference, rule)
