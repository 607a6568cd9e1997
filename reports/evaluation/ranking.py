"""The ranking sheet: sorted by formulas, so that it re-sorts itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.pagebreak import Break

from .banner import start
from .charts import dress
from .contributions import goal_column
from .layout import CITY, YEAR, Layout
from .levels import LevelPlaces
from .scores import rank_within
from .sheet import Sheet, at, block, letters
from .style import SERIES

HEAD, TOP = 4, 6
"""Rows of the column heads and of the first city."""


class RankingColumns:
    """Columns of the ranking sheet.

    Parameters
    ----------
    layout : Layout
    """

    def __init__(self, layout: Layout) -> None:
        self.rank, self.city, self.year, self.score = 1, 2, 3, 4
        levels = layout.assessment.grades.level_set is not None
        self.level = 5 if levels else 0
        self.name = 6 if levels else 0
        first = 7 if levels else 5
        self.goals = {goal.code: first + n for n, goal in enumerate(layout.goals)}
        self.coverage = first + len(layout.goals)
        self.why = self.coverage + 1 if levels else 0
        self.asks, self.has = (self.why + 1, self.why + 2) if levels else (0, 0)
        after = self.coverage + (4 if levels else 1)
        self.groups = {code: after + n for n, code in enumerate(layout.groups)}
        self.gap = after + len(self.groups)
        self.behind = {goal.code: self.gap + 1 + n for n, goal in enumerate(layout.goals)}
        self.last = self.gap + len(layout.goals)
        self.row = self.last + 2


def ranking_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    columns = RankingColumns(layout)
    sheet = start(layout, "ranking", columns.last)
    _heads(layout, sheet, columns)
    for number in range(layout.count):
        _line(layout, sheet, columns, number)
    sheet.width({1: 7, 2: 20, 3: 8, 4: 10})
    if columns.level:
        sheet.width({columns.level: 7, columns.name: 15})
        sheet.width({columns.why: 16, columns.asks: 26, columns.has: 12})
    ends = [columns.coverage, columns.gap - 1, columns.last]
    sheet.page_breaks, sheet.scale = sorted(set(ends)), 72
    sheet.repeat_columns = (1, 2)
    sheet.width(dict.fromkeys(columns.goals.values(), 10.5))
    sheet.width(dict.fromkeys(columns.behind.values(), 11))
    sheet.width({columns.coverage: 9, columns.gap: 10, columns.row: 8})
    sheet.freeze = (TOP, 3)
    sheet.repeat_rows = (HEAD, TOP - 1)
    last = TOP + layout.count - 1
    sheet.heights |= dict.fromkeys(range(TOP, last + 1), 27)
    spread = f"{at(TOP, columns.score)}:{at(last, columns.score)}"
    bars = DataBarRule("num", 0, "num", 100, SERIES[0])
    sheet.finish.append(lambda target: target.conditional_formatting.add(spread, bars))
    sheet.finish.append(lambda target: _chart(layout, target, columns))
    return sheet


def _heads(layout: Layout, sheet: Sheet, columns: RankingColumns) -> None:
    keys = {
        columns.rank: "rank",
        columns.city: "city",
        columns.year: "year",
        columns.score: "index",
        columns.level: "level",
        columns.name: "level_heads.level_name",
        columns.coverage: "coverage",
        columns.why: "level_heads.binding",
        columns.asks: "level_heads.asks",
        columns.has: "level_heads.has",
        columns.gap: "gap_above",
    }
    for column in range(1, columns.last + 1):
        sheet.put(HEAD, column, None, "head")
        sheet.put(HEAD + 1, column, None, "subhead")
    for column, key in keys.items():
        if column:
            sheet.put(HEAD, column, layout.say(key), "head")
    for goal in layout.goals:
        sheet.put(HEAD, columns.goals[goal.code], goal.code, "head")
        sheet.put(HEAD + 1, columns.goals[goal.code], goal.name[layout.lang], "subhead")
        behind = layout.say("behind_in", code=goal.code)
        sheet.put(HEAD, columns.behind[goal.code], behind, "head")
        sheet.put(HEAD + 1, columns.behind[goal.code], goal.name[layout.lang], "subhead")
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    for code, column in columns.groups.items():
        sheet.put(HEAD, column, layout.say("rank"), "head")
        sheet.put(HEAD + 1, column, layout.say("within", group=names[code]), "subhead")
        sheet.widths[column] = 12
    sheet.put(HEAD, columns.row, layout.say("place"), "note")
    sheet.heights |= {HEAD: 30, HEAD + 1: 62}


def _line(layout: Layout, sheet: Sheet, columns: RankingColumns, number: int) -> None:
    row, place = TOP + number, layout.order[number]
    assessment = layout.assessment
    where = at(row, columns.row, False, True)
    position = f"MATCH({number + 1},{layout.scores_column(layout.position_column)},0)"
    sheet.put(row, columns.row, place + 1, "note", position)

    def pick(column: str) -> str:
        return f"INDEX({column},{where})"

    rank = int(assessment.rank_array[place])
    sheet.put(
        row,
        columns.rank,
        rank or "—",
        "whole_strong",
        pick(layout.scores_column(layout.rank_column)),
    )
    city = assessment.dataset.cities[place]
    sheet.put(row, columns.city, city, "strong", pick(layout.scores_column(CITY)))
    year = assessment.dataset.years[place]
    sheet.put(
        row,
        columns.year,
        "" if year is None else year,
        "whole",
        pick(layout.scores_column(YEAR)),
    )
    for code, column in {layout.framework.root.code: columns.score, **columns.goals}.items():
        value = assessment.tree.scores[place, layout.position[code]]
        shown = "" if np.isnan(value) else float(value)
        style = "number_strong" if column == columns.score else "number"
        sheet.put(row, column, shown, style, pick(layout.score_range(code)))
    root = layout.coverage_column[layout.framework.root.code]
    coverage = float(assessment.tree.coverage[place, 0])
    sheet.put(row, columns.coverage, coverage, "share", pick(layout.scores_column(root)))
    if columns.level:
        _level(layout, sheet, columns, row, place, where)
    for code, column in columns.groups.items():
        shown = rank_within(layout, place, code) or "—"
        sheet.put(
            row, column, shown, "whole", pick(layout.scores_column(layout.group_column(code)))
        )
    _gap(layout, sheet, columns, number)


def _level(
    layout: Layout, sheet: Sheet, columns: RankingColumns, row: int, place: int, where: str
) -> None:
    grades, places = layout.assessment.grades, LevelPlaces(layout)
    assert grades.level_set is not None
    level = int(grades.final[place])
    shown = level or "—"
    final = f"INDEX({places.column(places.final)},{where})"
    sheet.put(row, columns.level, shown, "whole_strong", f'IF({final}=0,"—",{final})')
    names = {one.number: one.name[layout.lang] for one in grades.level_set.levels}
    name = names.get(level, layout.say("no_level"))
    if grades.provisional[place]:
        name = layout.say("provisional")
    provisional = f"INDEX({places.column(places.provisional)},{where})"
    of_level = f"INDEX({places.column(places.level_name)},{where})"
    formula = f'IF({provisional}<>"",{provisional},{of_level})'
    sheet.put(row, columns.name, name, "centre", formula)
    _gate(layout, sheet, columns, row, place, where)


def _gate(
    layout: Layout, sheet: Sheet, columns: RankingColumns, row: int, place: int, where: str
) -> None:
    """The gate that decided, what it needs and what the city has."""
    places = LevelPlaces(layout)
    for column, there in (
        (columns.why, places.why),
        (columns.asks, places.asks),
        (columns.has, places.has),
    ):
        value = layout.levels.cells[places.row(place), there].value
        formula = f"INDEX({places.column(there)},{where})"
        style = "has" if column == columns.has else "wrapped_middle"
        sheet.put(row, column, value, style, formula)


def _gap(layout: Layout, sheet: Sheet, columns: RankingColumns, number: int) -> None:
    """Points behind the next above, in all and by goal; the goals' contributions add up to it."""
    row, place = TOP + number, layout.order[number]
    first = number == 0
    above = place if first else layout.order[number - 1]
    if first or layout.block_of(above) != layout.block_of(place):
        for column in (columns.gap, *columns.behind.values()):
            sheet.put(row, column, "", "number")
        return
    tree = layout.assessment.tree
    here, there = at(row, columns.score), at(row - 1, columns.score)
    value = tree.scores[above, 0] - tree.scores[place, 0]
    known = not np.isnan(value)
    formula = f'IF(AND(ISNUMBER({here}),ISNUMBER({there})),{there}-{here},"")'
    sheet.put(row, columns.gap, float(value) if known else "", "number_strong", formula)
    parts, codes = layout.assessment.contribution_array, layout.framework.codes
    name, gap = layout.name("contributions"), at(row, columns.gap, False, True)
    own, other = (at(one, columns.row, False, True) for one in (row, row - 1))
    for goal in layout.goals:
        column = goal_column(layout, goal.code)
        points = block(name, (layout.row(0), column), (layout.last, column))
        leaves = [codes.index(leaf.code) for leaf in layout.framework.leaves(goal.code)]
        behind = float(parts[above, leaves].sum() - parts[place, leaves].sum())
        step = f"INDEX({points},{other})-INDEX({points},{own})"
        formula = f'IF(ISNUMBER({gap}),{step},"")'
        shown = behind if known else ""
        sheet.put(row, columns.behind[goal.code], shown, "signed", formula)


def _chart(layout: Layout, target: Any, columns: RankingColumns) -> None:
    shown = min(layout.count, 30)
    chart = BarChart()
    chart.type, chart.style = "bar", 10
    chart.title = layout.say("charts.ranking")
    chart.add_data(
        Reference(target, min_col=columns.score, min_row=TOP, max_row=TOP + shown - 1),
    )
    chart.set_categories(
        Reference(target, min_col=columns.city, min_row=TOP, max_row=TOP + shown - 1)
    )
    chart.legend = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblSkip = 1
    dress(chart)
    chart.gapWidth = 40
    chart.height, chart.width = max(6.0, 0.55 * shown + 2), 24
    below = TOP + layout.count + 2
    target.row_breaks.append(Break(id=below - 1))
    target.print_area = f"A{HEAD}:{letters(columns.last)}{below + 2 * shown + 8}"
    target.add_chart(chart, f"B{TOP + layout.count + 2}")
