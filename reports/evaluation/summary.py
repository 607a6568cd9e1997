"""The summary: the answer on one page."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.chart import BarChart, Reference

from ...indicators.dataset import Array
from .banner import start
from .charts import dress
from .data import auxiliary_column
from .layout import FIRST, SHEETS, Layout
from .levels import LevelPlaces
from .ranking import TOP as RANKING_TOP
from .ranking import RankingColumns
from .sheet import Sheet, at, block, on

FIGURES, TABLES = 4, 8
WIDTH = 12


def summary_sheet(layout: Layout, sheets: list[str]) -> Sheet:
    """Build the sheet; `sheets` are the keys of the others, for the links."""
    sheet = start(layout, "summary", WIDTH, tab="1F3864")
    _figures(layout, sheet)
    after = _top(layout, sheet)
    goals_end = _goals(layout, sheet)
    levels_end = _levels(layout, sheet, goals_end + 2)
    end = _groups(layout, sheet, max(after, levels_end) + 18)
    _links(layout, sheet, sheets, end + 2)
    sheet.width(
        {1: 8, 2: 20, 3: 11, 4: 20, 5: 3, 6: 12, 7: 32, 8: 11, 9: 11, 10: 11, 11: 11, 12: 4}
    )
    chart_row = max(after, levels_end) + 2
    sheet.finish.append(lambda target: _charts(layout, target, chart_row))
    sheet.fit_height = True
    return sheet


def _figures(layout: Layout, sheet: Sheet) -> None:
    index = layout.within(layout.node_column[layout.framework.root.code])
    first_place, last_place = layout.blocks[0]
    scores = layout.assessment.tree.scores[first_place : last_place + 1, 0]
    there = scores[~np.isnan(scores)]
    empty = there.size == 0
    first = layout.labels[layout.order[0]]
    ranking, columns = layout.name("ranking"), RankingColumns(layout)
    year = f'&" "&{on(ranking, at(RANKING_TOP, columns.year))}' if layout.dated else ""
    figures: list[tuple[str, Any, str, str]] = [
        ("cities", int(there.size), f"COUNT({index})", "figure_whole"),
        ("first", first, on(ranking, at(RANKING_TOP, columns.city)) + year, "figure_text"),
        (
            "best",
            "" if empty else float(there.max()),
            f'IF(COUNT({index})=0,"",MAX({index}))',
            "figure",
        ),
        (
            "mean",
            "" if empty else float(there.mean()),
            f'IF(COUNT({index})=0,"",AVERAGE({index}))',
            "figure",
        ),
        (
            "median",
            "" if empty else float(np.median(there)),
            f'IF(COUNT({index})=0,"",MEDIAN({index}))',
            "figure",
        ),
    ]
    places = LevelPlaces(layout)
    mark = layout.say("provisional")
    provisional = int(layout.assessment.grades.provisional[: last_place + 1].sum())
    count = f'COUNTIF({places.within(places.provisional)},"{mark}")'
    figures.append(("provisional", provisional, count, "figure_whole"))
    spans = [(1, 2), (3, 4), (6, 6), (7, 7), (8, 9), (10, 11)]
    for (key, value, formula, style), (start_at, end_at) in zip(figures, spans, strict=True):
        for column in range(start_at, end_at + 1):
            sheet.put(FIGURES, column, None, "caption")
            sheet.put(FIGURES + 1, column, None, style)
        sheet.put(FIGURES, start_at, layout.say(f"summary.{key}"), "caption")
        sheet.put(FIGURES + 1, start_at, value, style, formula)
        if end_at > start_at:
            sheet.merge(FIGURES, start_at, FIGURES, end_at)
            sheet.merge(FIGURES + 1, start_at, FIGURES + 1, end_at)
    sheet.heights |= {FIGURES: 18, FIGURES + 1: 36}


def _top(layout: Layout, sheet: Sheet) -> int:
    columns, ranking = RankingColumns(layout), layout.name("ranking")
    sheet.put(TABLES - 1, 1, layout.say("summary.top"), "section")
    keys = ["rank", "city", "index", "level_heads.level_name"]
    for column, key in enumerate(keys, start=1):
        sheet.put(TABLES, column, layout.say(key), "head")
    shown = min(10, layout.count)
    for number in range(shown):
        row, place = TABLES + 1 + number, layout.order[number]
        there = RANKING_TOP + number
        assessment = layout.assessment
        rank = int(assessment.rank_array[place]) or "—"
        sheet.put(row, 1, rank, "whole_strong", on(ranking, at(there, columns.rank)))
        city = on(ranking, at(there, columns.city))
        year = f'&" "&{on(ranking, at(there, columns.year))}' if layout.dated else ""
        sheet.put(row, 2, layout.labels[place], "strong", city + year)
        score = assessment.tree.scores[place, 0]
        shown_score = "" if np.isnan(score) else float(score)
        sheet.put(row, 3, shown_score, "number_strong", on(ranking, at(there, columns.score)))
        if columns.name and assessment.grades.level_set is not None:
            names = {
                level.number: level.name[layout.lang]
                for level in assessment.grades.level_set.levels
            }
            name = names.get(int(assessment.grades.final[place]), layout.say("no_level"))
            if assessment.grades.provisional[place]:
                name = layout.say("provisional")
            sheet.put(row, 4, name, "centre", on(ranking, at(there, columns.name)))
        else:
            sheet.put(row, 4, "", "centre")
    return TABLES + shown


def _goals(layout: Layout, sheet: Sheet) -> int:
    sheet.put(TABLES - 1, 6, layout.say("summary.goals"), "section")
    heads = ("weight_heads.code", "profile.goal", "weight_heads.global")
    for place, key in enumerate((*heads, "summary.average", "summary.best")):
        sheet.put(TABLES, 6 + place, layout.say(key), "head")
    sheet.heights[TABLES] = 30
    weights = layout.assessment.ruler.weights
    for number, goal in enumerate(layout.goals):
        row = TABLES + 1 + number
        column = layout.within(layout.node_column[goal.code])
        latest = slice(0, layout.blocks[0][1] + 1)
        scores = layout.assessment.tree.scores[latest, layout.position[goal.code]]
        there = scores[~np.isnan(scores)]
        sheet.put(row, 6, goal.code, "goal")
        sheet.put(row, 7, goal.name[layout.lang], "goal")
        sheet.put(row, 8, weights[goal.code], "weight", layout.weight(goal.code, "local"))
        for place, function in enumerate(("AVERAGE", "MAX")):
            shown = _mean_or_best(there, function)
            formula = f'IF(COUNT({column})=0,"",{function}({column}))'
            sheet.put(row, 9 + place, shown, "number", formula)
    return TABLES + len(layout.goals)


def _mean_or_best(scores: Array, function: str) -> float | str:
    if not scores.size:
        return ""
    return float(scores.mean() if function == "AVERAGE" else scores.max())


def _levels(layout: Layout, sheet: Sheet, row: int) -> int:
    grades, places = layout.assessment.grades, LevelPlaces(layout)
    if grades.level_set is None:
        return row
    sheet.put(row, 6, layout.say("summary.levels"), "section")
    for place, key in enumerate(("level_heads.number", "level_heads.level_name", "summary.count")):
        sheet.put(row + 1, 6 + place, layout.say(key), "head")
    for number, level in enumerate(grades.level_set.levels):
        line = row + 2 + number
        sheet.put(line, 6, level.number, "whole")
        sheet.put(line, 7, level.name[layout.lang], "text")
        count = int((grades.final[: layout.blocks[0][1] + 1] == level.number).sum())
        formula = f"COUNTIF({places.within(places.final)},{level.number})"
        sheet.put(line, 8, count, "whole_strong", formula)
    return row + 1 + len(grades.level_set.levels)


def _groups(layout: Layout, sheet: Sheet, row: int) -> int:
    """Mean of each group in the latest year; returns the last row."""
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    end = row
    for number, code in enumerate(layout.groups):
        first = (1, 6)[number % 2]
        start_at = row if number < 2 else end + 2
        sheet.put(start_at, first, layout.say("summary.groups", group=names[code]), "section")
        for place, key in enumerate(("group", "count", "average")):
            column = first + place + (first == 1)
            sheet.put(start_at + 1, column, layout.say(f"summary.{key}"), "head")
        values = layout.assessment.dataset.auxiliary[code][: layout.blocks[0][1] + 1]
        groups = sorted({value for value in values if value not in (None, "")}, key=str)
        for line, group in enumerate(groups):
            end = max(end, start_at + 2 + line)
            _group(layout, sheet, (start_at + 2 + line, first + (first == 1)), code, group)
    return end


def _group(
    layout: Layout, sheet: Sheet, where: tuple[int, int], code: str, group: str | float
) -> None:
    (row, column), last = where, layout.blocks[0][1]
    values = layout.assessment.dataset.auxiliary[code]
    members = [place for place in range(last + 1) if values[place] == group]
    scores = layout.assessment.tree.scores[members, 0]
    scores = scores[~np.isnan(scores)]
    given = auxiliary_column(layout, code) or 0
    groups = block(layout.name("data"), (FIRST, given), (FIRST + last, given))
    index = layout.within(layout.node_column[layout.framework.root.code])
    own = f"({groups}={at(row, column)})"
    count = f"SUMPRODUCT({own}*{layout.within(layout.present_column)})"
    mean = f'IF({at(row, column + 1)}=0,"",SUMPRODUCT({own}*1,{index})/{at(row, column + 1)})'
    sheet.put(row, column, group, "strong")
    sheet.put(row, column + 1, int(scores.size), "whole", count)
    shown = float(scores.mean()) if scores.size else ""
    sheet.put(row, column + 2, shown, "number", mean)


def _links(layout: Layout, sheet: Sheet, sheets: list[str], row: int) -> None:
    issues = layout.assessment.issues
    counts = {s: sum(issue.severity == s for issue in issues) for s in ("repaired", "flagged")}
    found = layout.say("summary.found", sheet=layout.name("issues"), **counts)
    sheet.put(row, 1, found, "plain", link=layout.link("issues"))
    sheet.put(row + 2, 1, layout.say("summary.contents"), "section")
    for number, key in enumerate(key for key in SHEETS if key in sheets and key != "source"):
        line, column = row + 3 + number // 3, (1, 4, 7)[number % 3]
        sheet.put(line, column, layout.name(key), "contents", link=layout.link(key))


def _charts(layout: Layout, target: Any, row: int) -> None:
    goals = BarChart()
    goals.type, goals.title = "bar", layout.say("charts.goals")
    last = TABLES + len(layout.goals)
    goals.add_data(
        Reference(target, min_col=9, max_col=10, min_row=TABLES, max_row=last),
        titles_from_data=True,
    )
    goals.set_categories(Reference(target, min_col=7, min_row=TABLES + 1, max_row=last))
    goals.x_axis.scaling.orientation = "maxMin"
    charts: list[tuple[Any, str, float | None]] = [(goals, f"F{row}", 100.0)]
    if layout.assessment.grades.level_set is not None:
        levels = BarChart()
        levels.type, levels.title = "col", layout.say("charts.levels")
        count = len(layout.assessment.grades.level_set.levels)
        first = last + 4
        levels.add_data(Reference(target, min_col=8, min_row=first, max_row=first + count - 1))
        levels.set_categories(
            Reference(target, min_col=7, min_row=first, max_row=first + count - 1)
        )
        levels.legend = None
        levels.gapWidth = 60
        charts.append((levels, f"A{row}", None))
    for chart, where, top in charts:
        dress(chart, top)
        chart.height, chart.width = 7.6, 11.4 if where.startswith("A") else 17
        target.add_chart(chart, where)
