"""The waterfall of one picked pair: from nothing to the gap, goal by goal."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference

from .compare_layout import CompareLayout, shown
from .evaluation.charts import dress
from .evaluation.sheet import Sheet, at
from .evaluation.style import NAVY, SERIES

PICK = 4
STEPS = 9
"""Row of the waterfall table's head."""
BARS = 14
"""First column of the chart's figures, beside the page."""
_WATERFALL = ("start", "end", "base", "up", "up_below", "down", "down_below", "total")
PICKED = at(PICK + 1, 3, True, True)
SIDES = (at(PICK + 1, 5, True, True), at(PICK + 1, 7, True, True))
"""Cells with the number of the picked pair and of its two sides."""


def write_steps(layout: CompareLayout, sheet: Sheet) -> list[float]:
    """The waterfall's table: one line a goal, then what remains, then the gap itself."""
    for column, key in ((1, "code"), (2, "name"), (3, "part")):
        sheet.put(STEPS, column, layout.say(f"head.{key}"), "head")
    for column, key in enumerate(("score_side", "score_other", "difference"), start=4):
        sheet.put(STEPS, column, layout.say(f"head.{key}"), "head")
    sheet.put(STEPS - 1, BARS, layout.say("pair.chart_data"), "note")
    for column, key in enumerate(_WATERFALL, start=BARS):
        sheet.put(STEPS, column, layout.say(f"waterfall.{key}"), "head")
    sheet.heights[STEPS] = 34
    found, goals = layout.comparison.pairs[0], layout.framework.goals
    lines: list[tuple[str, str, float, str]] = []
    for goal in goals:
        part = float(found.gap.parts[layout.position[goal.code]]) if found.scored else 0.0
        where = layout.pairs_row(layout.row(goal.code), layout.part_column(0))
        lines.append((goal.code, goal.name[layout.lang], part, f"INDEX({where},{PICKED})"))
    unequal = float(sum(found.gap.coverage[layout.position[goal.code]] for goal in goals))
    rows = [layout.pairs_row(layout.row(g.code), layout.unequal_column(0)) for g in goals]
    formula = "+".join(f"INDEX({where},{PICKED})" for where in rows)
    lines.append(("", layout.say("column.unequal"), unequal if found.scored else 0.0, formula))
    rest = layout.pairs_row(layout.foot("adjustment"), layout.part_column(0))
    adjustment = found.gap.adjustment if found.scored else 0.0
    lines.append(("", layout.say("column.adjustment"), adjustment, f"SUM(INDEX({rest},{PICKED}))"))
    there = f"ISNUMBER({at(PICK + 3, 4, True, True)})"
    reached = 0.0
    for number, (code, name, part, formula) in enumerate(lines):
        row = STEPS + 1 + number
        sheet.put(row, 1, code, "text")
        sheet.put(row, 2, name, "text")
        sheet.put(row, 3, part, "signed", f"IF({there},{formula},0)")
        if code:
            _write_goal_scores(layout, sheet, row, code)
        _write_bars(sheet, row, reached, reached + part, first=number == 0)
        reached += part
    _write_total(layout, sheet, STEPS + 1 + len(lines), reached)
    return [line[2] for line in lines]


def _write_goal_scores(layout: CompareLayout, sheet: Sheet, row: int, code: str) -> None:
    where = layout.sides_row("scores", layout.row(code), layout.score_column(0))
    write_scores(layout, sheet, row, code, [f"INDEX({where},{picked})" for picked in SIDES])


def write_scores(
    layout: CompareLayout, sheet: Sheet, row: int, code: str, formulas: list[str]
) -> None:
    """Scores of the picked pair at a node, and their difference."""
    found = layout.comparison.pairs[0]
    scores = []
    for column, side, formula in zip((4, 5), (found.side, found.other), formulas, strict=True):
        value = side.assessment.tree.scores[side.row, layout.position[code]]
        scores.append(value)
        sheet.put(row, column, shown(value), "number", f'IF(ISNUMBER({formula}),{formula},"")')
    a, b = at(row, 4), at(row, 5)
    step = shown(float(scores[0] - scores[1]))
    sheet.put(row, 6, step, "signed", f'IF(AND(ISNUMBER({a}),ISNUMBER({b})),{a}-{b},"")')


def _write_bars(sheet: Sheet, row: int, start: float, end: float, first: bool) -> None:
    """A floating bar from `start` to `end`; what lies on each side of zero is a bar of its own."""
    s, e = at(row, BARS), at(row, BARS + 1)
    base = max(0.0, min(start, end)) + min(0.0, max(start, end))
    up, down = end > start, end < start
    above, below = max(0.0, end) - max(0.0, start), min(0.0, end) - min(0.0, start)
    a, b = f"MAX(0,{e})-MAX(0,{s})", f"MIN(0,{e})-MIN(0,{s})"
    cells = (
        (start, "0" if first else at(row - 1, BARS + 1)),
        (end, f"{s}+{at(row, 3)}"),
        (base, f"MAX(0,MIN({s},{e}))+MIN(0,MAX({s},{e}))"),
        (above if up else 0.0, f"IF({e}>{s},{a},0)"),
        (-below if up else 0.0, f"IF({e}>{s},-({b}),0)"),
        (-above if down else 0.0, f"IF({e}<{s},-({a}),0)"),
        (below if down else 0.0, f"IF({e}<{s},{b},0)"),
        (0.0, None),
    )
    for column, (value, formula) in enumerate(cells, start=BARS):
        sheet.put(row, column, value, "number", formula)


def _write_total(layout: CompareLayout, sheet: Sheet, row: int, reached: float) -> None:
    sheet.put(row, 1, "", "goal")
    sheet.put(row, 2, layout.say("column.gap"), "goal")
    above = at(row - 1, BARS + 1)
    sheet.put(row, 3, reached, "goal_number", above)
    _write_goal_scores(layout, sheet, row, layout.framework.root.code)
    for column in range(BARS + 2, BARS + 7):
        sheet.put(row, column, 0.0, "number")
    sheet.put(row, BARS + 7, reached, "number", above)


def waterfall(layout: CompareLayout, target: Any, steps: int) -> Any:
    """Floating bars: up in blue, down in orange, the gap in navy."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 40
    last = STEPS + steps + 1
    for column in range(BARS + 2, BARS + 8):
        values = Reference(target, min_col=column, min_row=STEPS, max_row=last)
        chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(target, min_col=2, min_row=STEPS + 1, max_row=last))
    dress(chart, None)
    inks = (None, SERIES[0], SERIES[0], SERIES[1], SERIES[1], NAVY)
    for series, ink in zip(chart.series, inks, strict=True):
        properties = series.graphicalProperties
        properties.line.noFill, properties.line.solidFill = True, None
        properties.noFill, properties.solidFill = (True, None) if ink is None else (None, ink)
    chart.y_axis.scaling.min = None
    chart.y_axis.number_format = "0.0"
    chart.x_axis.tickLblPos = "low"
    chart.legend = None
    chart.title = layout.say("pair.waterfall")
    chart.height, chart.width = 8.5, 29
    return chart
