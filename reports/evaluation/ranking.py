"""The ranking sheet: sorted by formulas, so that it re-sorts itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.pagebreak import Break

from ...assess.gap import gap
from .banner import start
from .charts import dress
from .layout import CITY, YEAR, Layout
from .levels import LevelPlaces
from .scores import rank_within
from .sheet import Sheet, at, letters
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
        self.binding = self.coverage + 1 if levels else 0
        after = self.coverage + (2 if levels else 1)
        self.groups = {code: after + n for n, code in enumerate(layout.groups)}
        self.gap = after + len(self.groups)
        self.why = self.gap + 1
        self.row = self.why + 2


def ranking_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    columns = RankingColumns(layout)
    sheet = start(layout, "ranking", columns.why)
    _heads(layout, sheet, columns)
    for number in range(layout.count):
        _line(layout, sheet, columns, number)
    sheet.width({1: 7, 2: 20, 3: 8, 4: 10})
    if columns.level:
        sheet.width({columns.level: 7, columns.name: 18, columns.binding: 10})
    sheet.width(dict.fromkeys(columns.goals.values(), 11.5))
    sheet.width({columns.coverage: 10, columns.gap: 12, columns.why: 46, columns.row: 8})
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
        columns.binding: "level_heads.binding",
        columns.gap: "gap_above",
        columns.why: "why_above",
    }
    for column in range(1, columns.why + 1):
        sheet.put(HEAD, column, None, "head")
        sheet.put(HEAD + 1, column, None, "subhead")
    for column, key in keys.items():
        if column:
            sheet.put(HEAD, column, layout.say(key), "head")
    for goal in layout.goals:
        sheet.put(HEAD, columns.goals[goal.code], goal.code, "head")
        sheet.put(HEAD + 1, columns.goals[goal.code], goal.name[layout.lang], "subhead")
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    for code, column in columns.groups.items():
        sheet.put(HEAD, column, layout.say("rank"), "head")
        sheet.put(HEAD + 1, column, layout.say("within", group=names[code]), "subhead")
        sheet.widths[column] = 12
    sheet.put(HEAD, columns.row, layout.say("place"), "note")
    sheet.heights |= {HEAD: 30, HEAD + 1: 44}


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
    binding = f"INDEX({places.column(places.binding)},{where})"
    sheet.put(row, columns.binding, grades.binding[place] or "", "centre", f'{binding}&""')


def _gap(layout: Layout, sheet: Sheet, columns: RankingColumns, number: int) -> None:
    row, place = TOP + number, layout.order[number]
    assessment = layout.assessment
    dataset = assessment.dataset
    sheet.put(row, columns.why, "", "wrapped")
    if number == 0 or dataset.years[layout.order[number - 1]] != dataset.years[place]:
        sheet.put(row, columns.gap, "", "number")
        return
    above = layout.order[number - 1]
    here, there = at(row, columns.score), at(row - 1, columns.score)
    value = assessment.tree.scores[above, 0] - assessment.tree.scores[place, 0]
    shown = "" if np.isnan(value) else float(value)
    formula = f'IF(AND(ISNUMBER({here}),ISNUMBER({there})),{there}-{here},"")'
    sheet.put(row, columns.gap, shown, "number", formula)
    if not np.isnan(value):
        sheet.put(row, columns.why, _reasons(layout, place, above), "wrapped")


def _reasons(layout: Layout, place: int, above: int) -> str:
    found = gap(layout.assessment, place, layout.assessment, above)
    parts = {code: found.parts[layout.position[code]] for code in layout.framework.codes}
    worst = sorted((code for code in parts if parts[code] < 0), key=lambda code: parts[code])[:3]
    names = [layout.framework.node(code).name[layout.lang] for code in worst]
    return "; ".join(f"{name} {parts[code]:+.2f}" for name, code in zip(names, worst, strict=True))


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
    target.print_area = f"A1:{letters(columns.why)}{below + 2 * shown + 8}"
    target.add_chart(chart, f"B{TOP + layout.count + 2}")
