"""The overview of a comparison: standing side by side, every gap by goal, and who moved."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference

from ..assess.compare_tables import gaps_title, level_name
from .compare_indicators import UNIT, colour, indicator_rows, largest
from .compare_layout import CompareLayout, shown
from .evaluation.charts import dress
from .evaluation.sheet import Sheet, Value, at, block
from .evaluation.style import SERIES

TOP = 5
"""Row of the first table's head."""
_GOALS = 7
"""First column of the goals."""
_CHARTED = 15


def overview_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet."""
    goals = layout.framework.goals
    sheet = layout.start("overview", _GOALS + len(goals) + 1)
    sheet.put(TOP - 1, 1, layout.say("table.side_by_side"), "section")
    _write_standing(layout, sheet)
    row = TOP + len(layout.sides) + 3
    sheet.put(row - 1, 1, gaps_title(layout.comparison, layout.lang), "section")
    _write_gaps(layout, sheet, row)
    if len(layout.comparison.pairs) <= _CHARTED:
        below = row + len(layout.comparison.pairs) + 2
        sheet.finish.append(lambda target: _add_chart(layout, target, row, below))
    sheet.width({1: 22, 2: 22, 3: 26, 4: 10, 5: 10, 6: 11})
    sheet.width(dict.fromkeys(range(_GOALS, _GOALS + len(goals) + 2), 15.0))
    sheet.width(26.0, _GOALS + len(goals) + 1)
    sheet.freeze = (4, 2)
    return sheet


def _write_standing(layout: CompareLayout, sheet: Sheet) -> None:
    goals, dated = layout.framework.goals, layout.comparison.kind == "rounds"
    keys = ("city", "round", "level", "score", "rank", "coverage")
    for column, key in enumerate(keys, start=1):
        sheet.put(TOP, column, layout.say(f"column.{key}"), "head")
    for place, goal in enumerate(goals):
        sheet.put(TOP, _GOALS + place, f"{goal.code} {goal.name[layout.lang]}", "head")
    sheet.heights[TOP] = 62
    for number, side in enumerate(layout.sides):
        row = TOP + 1 + number
        tree = side.assessment.tree
        year = side.assessment.dataset.years[side.row]
        sheet.put(row, 1, side.city, "strong")
        sheet.put(row, 2, side.round or (year if year is not None else ""), "centre")
        sheet.put(row, 3, level_name(side, layout.lang), "centre")
        root = layout.framework.root.code
        score = layout.score(number, root)
        sheet.put(row, 4, shown(side.score), "number_strong", f'IF({score}="","",{score})')
        sheet.put(row, 5, side.rank or "—", "whole")
        sheet.put(row, 6, float(tree.coverage[side.row, 0]), "share")
        for place, goal in enumerate(goals):
            value = shown(tree.scores[side.row, layout.position[goal.code]])
            score = layout.score(number, goal.code)
            missing = '"—"' if goal.indicator is not None else '""'
            formula = f"IF(ISNUMBER({score}),{score},{missing})"
            if value == "" and goal.indicator is not None:
                value = "—"
            sheet.put(row, _GOALS + place, value, "number", formula)
    last = TOP + len(layout.sides)
    if not dated or len(layout.sides) > 2:
        area = f"{at(TOP + 1, _GOALS)}:{at(last, _GOALS + len(goals) - 1)}"
        sheet.finish.append(lambda target: _shade(target, area))


def _shade(target: Any, area: str) -> None:
    from openpyxl.formatting.rule import ColorScaleRule

    rule = ColorScaleRule("min", None, "FFFFFFFF", None, None, None, "max", None, "FF9DB8DC")
    target.conditional_formatting.add(area, rule)


def _write_gaps(layout: CompareLayout, sheet: Sheet, row: int) -> None:
    goals = layout.framework.goals
    change = "change" if layout.comparison.kind == "rounds" else "gap"
    heads = [layout.say(f"column.{key}") for key in ("city", "against", "largest_up", change)]
    for column, text in enumerate(heads, start=1):
        sheet.put(row, column, text, "head")
    sheet.put(row, 5, layout.say("column.unequal_short"), "head")
    sheet.put(row, 6, layout.say("column.adjustment"), "head")
    for place, goal in enumerate(goals):
        sheet.put(row, _GOALS + place, f"{goal.code} {goal.name[layout.lang]}", "head")
    end = _GOALS + len(goals)
    sheet.put(row, end, layout.say("column.sum"), "head")
    sheet.put(row, end + 1, layout.say("column.largest_down"), "head")
    sheet.heights[row] = 62
    for pair in range(len(layout.comparison.pairs)):
        _write_gap(layout, sheet, row + 1 + pair, pair)
    last = row + len(layout.comparison.pairs)
    area = f"{at(row + 1, _GOALS)}:{at(last, end - 1)}"
    bound = largest(layout, [goal.code for goal in goals])
    sheet.finish.append(lambda target: colour(target, area, bound))


def _write_gap(layout: CompareLayout, sheet: Sheet, row: int, pair: int) -> None:
    found = layout.comparison.pairs[pair]
    goals = layout.framework.goals
    scored = found.scored
    sheet.put(row, 1, found.side.label, "strong")
    sheet.put(row, 2, found.other.label, "text")
    total = layout.part(pair, layout.foot("gap"))
    sheet.put(row, 4, shown(found.gap.total), "number_strong", f'IF({total}="","",{total})')
    unequal = "+".join(layout.unequal(pair, goal.code) for goal in goals)
    places = [layout.position[goal.code] for goal in goals]
    weights = float(found.gap.coverage[places].sum())
    numbers: list[tuple[int, float, str]] = [(5, weights, unequal)]
    numbers.append((6, found.gap.adjustment, layout.part(pair, layout.foot("adjustment"))))
    for place, goal in enumerate(goals):
        part = float(found.gap.parts[layout.position[goal.code]])
        numbers.append((_GOALS + place, part, layout.part(pair, layout.row(goal.code))))
    for column, value, formula in numbers:
        guarded = f'IF(ISNUMBER({total}),{formula},"")'
        sheet.put(row, column, value if scored else "", "signed", guarded)
    end = _GOALS + len(goals)
    addends = f"SUM({at(row, 5)}:{at(row, end - 1)})"
    sheet.put(row, end, shown(found.gap.total), "number_strong",
              f'IF(ISNUMBER({total}),{addends},"")')  # fmt: skip
    sheet.heights[row] = 27
    _write_largest(layout, sheet, row, pair, 3, "MAX")
    _write_largest(layout, sheet, row, pair, end + 1, "MIN")


def _write_largest(
    layout: CompareLayout, sheet: Sheet, row: int, pair: int, column: int, extreme: str
) -> None:
    """Name of the indicator that adds most to the gap, or takes most from it."""
    found, rows = layout.comparison.pairs[pair], indicator_rows(layout)
    name = layout.sheet_name("indicators")
    top, bottom = min(rows.values()), max(rows.values())
    parts = block(name, (top, UNIT + pair), (bottom, UNIT + pair))
    names = block(name, (top, 2), (bottom, 2))
    values = {code: round(float(found.gap.parts[layout.position[code]]), 10) for code in rows}
    sign = 1 if extreme == "MAX" else -1
    best = max(rows, key=lambda code: (sign * values[code], -rows[code]))
    value: Value = "—"
    if sign * values[best] > 0:
        value = layout.framework.node(best).name[layout.lang]
    there = f"{extreme}({parts}){'>' if sign > 0 else '<'}0"
    formula = f'IF({there},INDEX({names},MATCH({extreme}({parts}),{parts},0)),"—")'
    sheet.put(row, column, value, "caption", formula)


def _add_chart(layout: CompareLayout, target: Any, row: int, below: int) -> None:
    """Goals' parts of every pair, stacked."""
    goals, last = layout.framework.goals, row + len(layout.comparison.pairs)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 60
    for place in range(len(goals)):
        values = Reference(target, min_col=_GOALS + place, min_row=row, max_row=last)
        chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(target, min_col=1, min_row=row + 1, max_row=last))
    dress(chart, None)
    chart.y_axis.scaling.min = None
    chart.y_axis.number_format = "0.0"
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.scaling.orientation = "maxMin"
    for series, ink in zip(chart.series, (*SERIES, "BF9000", "A6A6A6"), strict=False):
        series.graphicalProperties.solidFill = ink
        series.graphicalProperties.line.solidFill = ink
    chart.title = gaps_title(layout.comparison, layout.lang)
    chart.height = min(16.0, 6.0 + 0.9 * len(layout.comparison.pairs))
    chart.width = 30
    target.add_chart(chart, f"A{below}")


def moves_sheet(layout: CompareLayout) -> Sheet | None:
    """Build the table of who moved between two rounds; None for a comparison of cities."""
    if layout.comparison.kind == "cities":
        return None
    sheet = layout.start("moves", 8)
    keys = ("city", "score_before", "score_after", "change", "rank_before", "rank_after", "moved",
            "level")  # fmt: skip
    for column, key in enumerate(keys, start=1):
        sheet.put(TOP, column, layout.say(f"column.{key}"), "head")
    order = sorted(
        range(len(layout.comparison.pairs)),
        key=lambda p: (-layout.comparison.pairs[p].moved, p),
    )
    for number, pair in enumerate(order):
        _write_move(layout, sheet, TOP + 1 + number, pair)
    last = TOP + len(order)
    area = f"{at(TOP + 1, 7)}:{at(last, 7)}"
    most = float(max((abs(pair.moved) for pair in layout.comparison.pairs), default=0) or 1)
    sheet.finish.append(lambda target: colour(target, area, most))
    sheet.width({1: 22, 8: 34})
    sheet.width(dict.fromkeys(range(2, 8), 13.0))
    sheet.heights[TOP] = 32
    sheet.freeze, sheet.repeat_rows = (TOP + 1, 2), (TOP, TOP)
    return sheet


def _write_move(layout: CompareLayout, sheet: Sheet, row: int, pair: int) -> None:
    found, root = layout.comparison.pairs[pair], layout.framework.root.code
    sheet.put(row, 1, found.side.city, "strong")
    for column, side in ((2, found.other), (3, found.side)):
        score = layout.score(layout.side_of[id(side)], root)
        sheet.put(row, column, shown(side.score), "number", f'IF({score}="","",{score})')
    both = f"AND(ISNUMBER({at(row, 2)}),ISNUMBER({at(row, 3)}))"
    change = f'IF({both},{at(row, 3)}-{at(row, 2)},"")'
    sheet.put(row, 4, shown(found.gap.total), "signed", change)
    sheet.put(row, 5, found.other.rank or "—", "whole")
    sheet.put(row, 6, found.side.rank or "—", "whole")
    gained = f'IF(AND(ISNUMBER({at(row, 5)}),ISNUMBER({at(row, 6)})),{at(row, 5)}-{at(row, 6)},"")'
    sheet.put(row, 7, found.moved if found.scored else "", "moved", gained)
    levels = " → ".join(level_name(side, layout.lang) for side in (found.other, found.side))
    sheet.put(row, 8, levels, "centre")
