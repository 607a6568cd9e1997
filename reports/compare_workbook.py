"""The comparison as a workbook of its own: gaps that are formulas and add up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl.chart import BarChart, Reference

from ..assess.compare_tables import level_name
from ..assess.comparison import Comparison, Pair, Side
from ..assess.tree import mean_at
from ..atomic import replacing
from ..indicators.framework import Framework, Node
from ..text import say
from .compare_formulas import Formulas
from .evaluation.charts import dress, size_of
from .evaluation.sheet import Book, Sheet, Value, at, on
from .evaluation.writer import write_book

_TOP = 6
"""First row of nodes, and of pairs, under the heads."""
_PER_SIDE, _PER_PAIR = 3, 3


def write_comparison(comparison: Comparison, path: str | Path, lang: str = "zh") -> None:
    """Write a comparison as a live workbook.

    Parameters
    ----------
    comparison : Comparison
    path : str or Path
        The .xlsx file; written whole or not at all.
    lang : {"zh", "en"}

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    book = build_comparison(comparison, lang)
    with replacing(path) as draft:
        write_book(book, draft)


def build_comparison(comparison: Comparison, lang: str) -> Book:
    """Build the workbook in memory: an overview, the decomposition, and the scores behind it."""
    plan = _Plan(comparison, lang)
    sheets = (_overview(plan), _decomposition(plan), _scores(plan))
    return Book(sheets, plan.say("title"), lang)


@dataclass(frozen=True)
class _Plan:
    """Where everything stands."""

    comparison: Comparison
    lang: str

    def say(self, key: str, **fields: object) -> str:
        return say(f"compare.book.{key}", self.lang, **fields)

    @property
    def framework(self) -> Framework:
        return self.comparison.framework

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.comparison.pairs if pair.scored)

    def row(self, code: str) -> int:
        """Row of a node on the scores and decomposition sheets."""
        return _TOP + [node.code for node in self.framework.nodes].index(code)

    @property
    def last(self) -> int:
        return _TOP + len(self.framework.nodes) - 1

    def of_side(self, side: Side, what: int) -> int:
        """Column of a side's score (0), score as it entered (1) or share (2)."""
        return 4 + _PER_SIDE * self.comparison.sides.index(side) + what

    def of_pair(self, number: int, what: int) -> int:
        """Column of a pair's factor (0), part (1) or coverage (2)."""
        return 4 + _PER_PAIR * number + what

    def score(self, side: Side, code: str, what: int) -> str:
        return on(self.say("scores"), at(self.row(code), self.of_side(side, what)))


def _start(plan: _Plan, key: str, columns: int) -> Sheet:
    sheet = Sheet(plan.say(key))
    for column in range(1, columns + 1):
        sheet.put(1, column, None, "title")
        sheet.put(2, column, None, "subtitle")
    sheet.put(1, 1, f"{plan.say('title')} · {plan.framework.title[plan.lang]}", "title")
    sheet.put(2, 1, plan.say(f"{key}_note"), "subtitle")
    sheet.heights |= {1: 28, 2: 18}
    return sheet


def _scores(plan: _Plan) -> Sheet:
    """What is compared: every node's score and weight on both sides, as computed."""
    sheet = _start(plan, "scores", 3 + _PER_SIDE * len(plan.comparison.sides))
    _node_heads(plan, sheet)
    for side in plan.comparison.sides:
        first = plan.of_side(side, 0)
        for column in range(first, first + _PER_SIDE):
            sheet.put(_TOP - 2, column, None, "head")
        sheet.put(_TOP - 2, first, side.label, "head")
        sheet.merge(_TOP - 2, first, _TOP - 2, first + _PER_SIDE - 1)
        for what, key in enumerate(("score", "entered", "share")):
            sheet.put(_TOP - 1, first + what, plan.say(key), "subhead")
        tree = side.assessment.tree
        for place, node in enumerate(plan.framework.nodes):
            row = _TOP + place
            style = "number" if node.indicator else "goal_number"
            values = (tree.scores, tree.entered, tree.shares)
            for what, matrix in enumerate(values):
                value = matrix[side.row, place]
                shown: Value = "" if np.isnan(value) else float(value)
                look = "weight" if what == 2 else style
                sheet.put(row, first + what, shown, look)
    sheet.freeze = (_TOP, 4)
    sheet.repeat_rows, sheet.repeat_columns = (_TOP - 2, _TOP - 1), (1, 2)
    return sheet


def _node_heads(plan: _Plan, sheet: Sheet) -> None:
    for column, key in enumerate(("code", "name", "parent"), start=1):
        sheet.put(_TOP - 2, column, plan.say(key), "head")
        sheet.put(_TOP - 1, column, None, "subhead")
    depth = {plan.framework.root.code: 0}
    for node in plan.framework.nodes:
        depth[node.code] = depth.get(node.parent or "", -1) + 1
        row = plan.row(node.code)
        style = "text" if node.indicator else "goal"
        root = node.parent is None
        sheet.put(row, 1, "" if root else node.code, style)
        name = plan.say("index") if root else node.name[plan.lang]
        sheet.put(row, 2, "   " * depth[node.code] + name, style)
        sheet.put(row, 3, node.parent, style)
    sheet.width({1: 9, 2: 38, 3: 9})


def _decomposition(plan: _Plan) -> Sheet:
    sheet = _start(plan, "decomposition", 3 + _PER_PAIR * len(plan.pairs))
    _node_heads(plan, sheet)
    for number, pair in enumerate(plan.pairs):
        first = plan.of_pair(number, 0)
        for column in range(first, first + _PER_PAIR):
            sheet.put(_TOP - 2, column, None, "head")
            sheet.widths[column] = 14
        label = f"{pair.side.label} − {pair.other.label}"
        sheet.put(_TOP - 2, first, label, "head")
        sheet.merge(_TOP - 2, first, _TOP - 2, first + _PER_PAIR - 1)
        for what, key in enumerate(("factor", "part", "coverage")):
            sheet.put(_TOP - 1, first + what, plan.say(key), "subhead")
        for node in plan.framework.nodes:
            _node(plan, sheet, number, pair, node)
    sheet.heights[_TOP - 2] = 32
    sheet.freeze = (_TOP, 4)
    sheet.repeat_rows, sheet.repeat_columns = (_TOP - 2, _TOP - 1), (1, 2)
    return sheet


def _node(plan: _Plan, sheet: Sheet, number: int, pair: Pair, node: Node) -> None:
    row, place = plan.row(node.code), plan.row(node.code) - _TOP
    found, factor, part, coverage = pair.gap, *(plan.of_pair(number, what) for what in range(3))
    style = "number" if node.indicator else "goal_number"
    if node.parent is None:
        sheet.put(row, factor, 1.0, "weight")
        sheet.put(row, coverage, 0.0, style)
    else:
        above = at(plan.row(node.parent), factor)
        formulas = _formulas(plan, pair, node)
        sheet.put(row, factor, float(found.factors[place]), "weight", formulas.factor(above))
        sheet.put(row, coverage, float(found.coverage[place]), style, formulas.coverage(above))
    if node.indicator is not None:
        here, there = (plan.score(side, node.code, 1) for side in (pair.side, pair.other))
        step = f"{at(row, factor)}*({here}-{there})"
        formula = f"IF(AND(ISNUMBER({here}),ISNUMBER({there})),{step},0)"
    else:
        rows = [plan.row(child.code) for child in plan.framework.children(node.code)]
        formula = "+".join(f"{at(below, part)}+{at(below, coverage)}" for below in rows)
    sheet.put(row, part, float(found.parts[place]), style, formula)


def _formulas(plan: _Plan, pair: Pair, node: Node) -> Formulas:
    parent = plan.framework.node(node.parent or "")
    recipe = pair.side.assessment.recipe
    return Formulas(
        mean=recipe.aggregate_at(plan.framework, parent),
        exponent=recipe.exponent,
        node=node,
        ours=plan.score(pair.side, node.code, 1),
        theirs=plan.score(pair.other, node.code, 1),
        our_share=plan.score(pair.side, node.code, 2),
        their_share=plan.score(pair.other, node.code, 2),
        our_top=plan.score(pair.side, parent.code, 0),
        their_top=plan.score(pair.other, parent.code, 0),
        flat=_is_flat(plan, pair, parent),
    )


def _is_flat(plan: _Plan, pair: Pair, parent: Node) -> bool:
    """Whether φ does not rise between the parent's two scores, as a power mean's at 0 and 0."""
    mean = mean_at(plan.framework, parent, pair.side.assessment.recipe)
    place = plan.row(parent.code) - _TOP
    tops = [s.assessment.tree.scores[s.row, place] for s in (pair.other, pair.side)]
    return bool(np.isnan(tops).any() or mean.chord(np.array(tops[0]), np.array(tops[1])) == 0)


def _overview(plan: _Plan) -> Sheet:
    goals = plan.framework.goals
    sheet = _start(plan, "overview", 5 + len(goals) + 2)
    row = _standing(plan, sheet, 4)
    gaps = row + 3
    sheet.put(gaps - 1, 1, plan.say("gaps"), "section")
    heads = [plan.say("city"), plan.say("against"), plan.say("gap")]
    heads += [f"{goal.code} {goal.name[plan.lang]}" for goal in goals]
    heads += [plan.say("coverage"), plan.say("adjustment")]
    for column, head in enumerate(heads, start=1):
        sheet.put(gaps, column, head, "head")
    sheet.heights[gaps] = 58
    for number, pair in enumerate(plan.pairs):
        _gap(plan, sheet, gaps + 1 + number, number, pair)
    sheet.width({1: 24, 2: 24, 3: 12})
    sheet.width(dict.fromkeys(range(4, 6 + len(goals)), 15.0))
    sheet.freeze = (4, 2)
    if plan.pairs:
        sheet.finish.append(lambda target: _chart(plan, target, gaps))
    return sheet


def _standing(plan: _Plan, sheet: Sheet, head: int) -> int:
    goals = plan.framework.goals
    heads = ["city", "level", "score", "rank", "share_observed"]
    for column, key in enumerate(heads, start=1):
        sheet.put(head, column, plan.say(key), "head")
    for place, goal in enumerate(goals):
        text = f"{goal.code} {goal.name[plan.lang]}"
        sheet.put(head, len(heads) + 1 + place, text, "head")
    sheet.heights[head] = 44
    for number, side in enumerate(plan.comparison.sides):
        row = head + 1 + number
        sheet.put(row, 1, side.label, "strong")
        sheet.put(row, 2, level_name(side, plan.lang), "centre")
        codes = [plan.framework.root.code, *(goal.code for goal in goals)]
        values: list[Value] = []
        for code in codes:
            value = side.assessment.tree.scores[side.row, plan.row(code) - _TOP]
            values.append("" if np.isnan(value) else float(value))
        cells = [plan.score(side, code, 0) for code in codes]
        sheet.put(row, 3, values[0], "number_strong", cells[0])
        sheet.put(row, 4, side.rank or "—", "whole")
        coverage = float(side.assessment.tree.coverage[side.row, 0])
        sheet.put(row, 5, coverage, "share")
        for place in range(len(goals)):
            sheet.put(row, 6 + place, values[1 + place], "number", cells[1 + place])
    return head + len(plan.comparison.sides)


def _gap(plan: _Plan, sheet: Sheet, row: int, number: int, pair: Pair) -> None:
    root, name = plan.framework.root.code, plan.say("decomposition")
    found = pair.gap
    sheet.put(row, 1, pair.side.label, "strong")
    sheet.put(row, 2, pair.other.label, "text")
    ours, theirs = plan.score(pair.side, root, 0), plan.score(pair.other, root, 0)
    sheet.put(row, 3, found.total, "signed", f"{ours}-{theirs}")
    places = []
    for place, goal in enumerate(plan.framework.goals):
        position = plan.row(goal.code) - _TOP
        places.append(position)
        cell = on(name, at(plan.row(goal.code), plan.of_pair(number, 1)))
        sheet.put(row, 4 + place, float(found.parts[position]), "signed", cell)
    after = 4 + len(places)
    cells = [
        on(name, at(plan.row(goal.code), plan.of_pair(number, 2))) for goal in plan.framework.goals
    ]
    sheet.put(row, after, float(found.coverage[places].sum()), "signed", "+".join(cells))
    total = f"{at(row, 3)}-SUM({at(row, 4)}:{at(row, after)})"
    rest = f"IF(ABS({total})<=0.000000001,0,{total})"
    sheet.put(row, after + 1, float(found.adjustment), "signed", rest)


def _chart(plan: _Plan, target: Any, gaps: int) -> None:
    shown = min(len(plan.pairs), 12)
    goals = plan.framework.goals
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title = plan.say("chart")
    chart.add_data(
        Reference(target, min_col=4, max_col=3 + len(goals), min_row=gaps, max_row=gaps + shown),
        titles_from_data=True,
    )
    chart.set_categories(Reference(target, min_col=1, min_row=gaps + 1, max_row=gaps + shown))
    dress(chart, None)
    chart.y_axis.scaling.min = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblPos = "low"
    size_of(chart, 4.0 + 0.9 * shown, 24)
    target.add_chart(chart, f"A{gaps + len(plan.pairs) + 3}")
