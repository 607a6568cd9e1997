"""The compare sheet: up to four cities side by side, the gap in points to the first of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.chart import BarChart, RadarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from .banner import start
from .charts import dress
from .contributions import contribution_column, goal_column
from .layout import COMPARED, FIRST, Layout
from .levels import LevelPlaces
from .sheet import Sheet, Value, at, block, letters, on

PICK, TOP = 4, 7
_PARTS = 3 + COMPARED
"""First column of the gaps."""


def compare_sheet(layout: Layout) -> Sheet:
    """Build the sheet, showing the first four of the ranking."""
    shown = len(layout.compare_places)
    sheet = start(layout, "compare", _PARTS + COMPARED - 2)
    for number in range(shown):
        _pick(layout, sheet, number)
    scores = _scores(layout, sheet, shown)
    _parts(layout, sheet, shown, scores + 22)
    sheet.width({1: 9, 2: 32})
    sheet.width(dict.fromkeys(range(3, _PARTS + COMPARED), 15.0))
    sheet.freeze = (PICK + 1, 3)
    sheet.finish.append(lambda target: _drop_downs(layout, target, shown))
    sheet.finish.append(lambda target: _charts(layout, target, shown, scores + 2))
    return sheet


def _pick(layout: Layout, sheet: Sheet, number: int) -> None:
    column, place = 3 + number, layout.compare_places[number]
    sheet.put(PICK, column, layout.labels[place], "input_text")
    sheet.put(PICK - 1, column, layout.say("compare.city", number=number + 1), "caption")
    labels = layout.scores_column(layout.label_column)
    formula = f"MATCH({at(PICK, column, True)},{labels},0)"
    sheet.put(PICK + 1, column, place + 1, "note", formula)
    sheet.heights[PICK] = 26


def _index(column: str, number: int) -> str:
    return f"INDEX({column},{at(PICK + 1, 3 + number, True)})"


def _scores(layout: Layout, sheet: Sheet, shown: int) -> int:
    """Index, rank, level and goal scores; returns the last row."""
    sheet.put(TOP - 1, 2, layout.say("compare.scores"), "section")
    framework = layout.framework
    row = TOP
    for node in (framework.root, *layout.goals):
        style = "goal" if node.parent is None else "text"
        name = layout.say("index") if node.parent is None else node.name[layout.lang]
        sheet.put(row, 1, "" if node.parent is None else node.code, style)
        sheet.put(row, 2, name, style)
        for number in range(shown):
            value = layout.assessment.tree.scores[
                layout.compare_places[number], layout.position[node.code]
            ]
            number_style = "goal_number" if node.parent is None else "number"
            formula = _index(layout.score_range(node.code), number)
            sheet.put(row, 3 + number, _shown(value), number_style, formula)
        row += 1
    rows: list[tuple[str, str, list[Value]]] = [
        (
            layout.say("rank"),
            layout.scores_column(layout.rank_column),
            [
                int(layout.assessment.rank_array[layout.compare_places[n]]) or "—"
                for n in range(shown)
            ],
        )
    ]
    grades = layout.assessment.grades
    if grades.level_set is not None:
        names = {level.number: level.name[layout.lang] for level in grades.level_set.levels}
        none = layout.say("no_level")
        levels: list[Value] = [
            names.get(int(grades.final[layout.compare_places[n]]), none) for n in range(shown)
        ]
        places = LevelPlaces(layout)
        rows.append((layout.say("level"), places.column(places.level_name), levels))
    for title, column, values in rows:
        sheet.put(row, 1, None, "text")
        sheet.put(row, 2, title, "text")
        for number in range(shown):
            sheet.put(row, 3 + number, values[number], "centre", _index(column, number))
        row += 1
    return row - 1


def _parts(layout: Layout, sheet: Sheet, shown: int, row: int) -> None:
    """Points of each city's goals and indicators, and their differences to the first city."""
    sheet.put(row, 2, layout.say("compare.parts"), "section")
    for column, key in ((1, "weight_heads.code"), (2, "weight_heads.name")):
        sheet.put(row + 1, column, layout.say(key), "head")
    for number in range(shown):
        head = at(PICK, 3 + number)
        label = layout.labels[layout.compare_places[number]]
        sheet.put(row + 1, 3 + number, label, "head", head)
        if number:
            text = layout.say("compare.gap")
            sheet.put(row + 1, _PARTS + number - 1, f"{label} {text}", "head", f'{head}&" {text}"')
    sheet.heights[row + 1] = 44
    line = row + 2
    codes = layout.framework.codes
    for goal in layout.goals:
        leaves = [leaf.code for leaf in layout.framework.leaves(goal.code)]
        places = [codes.index(code) for code in leaves]
        _line(layout, sheet, shown, line, goal.code, goal_column(layout, goal.code), places)
        line += 1
        for code, place in zip(leaves, places, strict=True):
            _line(layout, sheet, shown, line, code, contribution_column(layout, code), [place])
            line += 1


def _line(
    layout: Layout,
    sheet: Sheet,
    shown: int,
    row: int,
    code: str,
    column: int,
    places: list[int],
) -> None:
    node = layout.framework.node(code)
    goal = node.indicator is None
    style, number_style = ("goal", "goal_number") if goal else ("text", "number")
    sheet.put(row, 1, code, style)
    sheet.put(row, 2, ("" if goal else "   ") + node.name[layout.lang], style)
    points = block(layout.name("contributions"), (FIRST, column), (layout.last, column))
    values = [
        float(layout.assessment.contribution_array[layout.compare_places[number], places].sum())
        for number in range(shown)
    ]
    for number in range(shown):
        sheet.put(row, 3 + number, values[number], number_style, _index(points, number))
        if number:
            gap = f"{at(row, 3 + number)}-{at(row, 3)}"
            there = _PARTS + number - 1
            difference = values[number] - values[0]
            sheet.put(row, there, difference, "goal_number" if goal else "signed", gap)


def _shown(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)


def _drop_downs(layout: Layout, target: Any, shown: int) -> None:
    column = letters(layout.label_column)
    labels = on(layout.name("scores"), f"${column}${FIRST}:${column}${layout.last}")
    choice = DataValidation("list", formula1=f"={labels}", allow_blank=False)
    target.add_data_validation(choice)
    for number in range(shown):
        choice.add(at(PICK, 3 + number))


def _charts(layout: Layout, target: Any, shown: int, row: int) -> None:
    first, last = TOP + 1, TOP + len(layout.goals)
    names = Reference(target, min_col=2, min_row=first, max_row=last)
    codes = Reference(target, min_col=1, min_row=first, max_row=last)
    bars, radar = BarChart(), RadarChart()
    radar.type, bars.type = "marker", "col"
    for chart in (bars, radar):
        for number in range(shown):
            values = Reference(target, min_col=3 + number, min_row=first, max_row=last)
            chart.add_data(values)
            chart.series[number].tx = _title(layout, number)
        chart.set_categories(codes if chart is bars else names)
        dress(chart)
        chart.title = layout.say("charts.compare")
        chart.height = 9
    bars.width, radar.width = 18, 13
    target.add_chart(bars, f"A{row}")
    target.add_chart(radar, f"F{row}")


def _title(layout: Layout, number: int) -> Any:
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.series import SeriesLabel

    reference = on(layout.name("compare"), at(PICK, 3 + number, True, True))
    return SeriesLabel(strRef=StrRef(reference))
