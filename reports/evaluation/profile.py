"""The city profile: pick a city, see its place, its goals, its strengths and its gaps."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.chart import BarChart, RadarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from ...indicators.dataset import Array
from .banner import start
from .charts import dress, size_of
from .contributions import contribution_column, gain_column, gains_of, goal_column
from .layout import FIRST, Layout
from .levels import LevelPlaces
from .sheet import Sheet, at, block, letters, on

PICK, FIGURES, GOALS = 4, 6, 10
WIDTH = 9
_LISTED = 5
_TIE = 1e-9


def profile_sheet(layout: Layout) -> Sheet:
    """Build the sheet, showing the first of the ranking."""
    sheet = start(layout, "profile", WIDTH)
    place = layout.profile_place
    _pick(layout, sheet, place)
    _figures(layout, sheet, place)
    _goals(layout, sheet, place)
    lists = GOALS + len(layout.goals) + 20
    table = lists + 2 * (_LISTED + 3) + 2
    _indicators(layout, sheet, place, table)
    _list(layout, sheet, lists, 1, "strengths", table)
    _list(layout, sheet, lists, 6, "gaps", table)
    _list(layout, sheet, lists + _LISTED + 3, 1, "lift", table)
    sheet.width({1: 9, 2: 30, 3: 13, 4: 13, 5: 13, 6: 13, 7: 13, 8: 13, 9: 13})
    sheet.landscape = False
    sheet.fit_height = len(layout.framework.codes) <= 60
    sheet.finish.append(lambda target: _drop_down(layout, target))
    sheet.finish.append(lambda target: _charts(layout, target))
    return sheet


def row_reference() -> str:
    """Where the picked city's position stands."""
    return at(PICK, WIDTH, True, True)


def _pick(layout: Layout, sheet: Sheet, place: int) -> None:
    sheet.put(PICK, 1, layout.say("profile.pick"), "strong")
    sheet.put(PICK, 2, layout.labels[place], "input_text")
    labels = layout.scores_column(layout.label_column)
    formula = f"MATCH({at(PICK, 2, True, True)},{labels},0)"
    sheet.put(PICK, WIDTH, place + 1, "note", formula)
    sheet.heights[PICK] = 26


def _index(column: str) -> str:
    return f"INDEX({column},{row_reference()})"


def _figures(layout: Layout, sheet: Sheet, place: int) -> None:
    assessment, grades = layout.assessment, layout.assessment.grades
    root = layout.framework.root.code
    score = assessment.tree.scores[place, 0]
    rank = int(assessment.rank_array[place])
    figures: list[tuple[str, Any, str, str]] = [
        (
            layout.say("index"),
            "" if np.isnan(score) else float(score),
            _index(layout.score_range(root)),
            "figure",
        ),
        (
            layout.say("profile.rank_of", count=layout.count),
            rank or "—",
            _index(layout.scores_column(layout.rank_column)),
            "figure_whole",
        ),
        (
            layout.say("coverage"),
            float(assessment.tree.coverage[place, 0]),
            _index(layout.scores_column(layout.coverage_column[root])),
            "figure_share",
        ),
    ]
    if grades.level_set is not None:
        places = LevelPlaces(layout)
        names = {level.number: level.name[layout.lang] for level in grades.level_set.levels}
        level = names.get(int(grades.final[place]), layout.say("no_level"))
        reasons = {gate.code: gate.name[layout.lang] for gate in grades.gates}
        coverage = layout.framework.coverage
        reasons[coverage.code or "coverage"] = coverage.name[layout.lang] or layout.say("coverage")
        bound = reasons.get(grades.binding[place] or "", "")
        why = _index(places.column(places.why))
        none = layout.say("profile.none")
        figures += [
            (layout.say("level"), level, _index(places.column(places.level_name)), "figure_text"),
            (
                layout.say("level_heads.binding"),
                bound or none,
                f'IF({why}="","{none}",{why})',
                "figure_text",
            ),
        ]
    spans = [(1, 2), (3, 3), (4, 4), (5, 6), (7, 9)]
    for (caption, value, formula, style), (first, last) in zip(figures, spans, strict=False):
        for column in range(first, last + 1):
            sheet.put(FIGURES, column, None, "caption")
            sheet.put(FIGURES + 1, column, None, style)
        sheet.put(FIGURES, first, caption, "caption")
        sheet.put(FIGURES + 1, first, value, style, formula)
        if last > first:
            sheet.merge(FIGURES, first, FIGURES, last)
            sheet.merge(FIGURES + 1, first, FIGURES + 1, last)
    sheet.heights[FIGURES + 1] = 46


def _goals(layout: Layout, sheet: Sheet, place: int) -> None:
    heads = ("code", "goal", "own", "median", "best", "points")
    for place_of_head, key in enumerate(heads, start=1):
        text = layout.say("weight_heads.code" if key == "code" else f"profile.{key}")
        sheet.put(GOALS - 1, place_of_head, text, "head")
    for number, goal in enumerate(layout.goals):
        row = GOALS + number
        column = layout.score_range(goal.code)
        scores = layout.assessment.tree.scores[:, layout.position[goal.code]]
        sheet.put(row, 1, goal.code, "goal")
        sheet.put(row, 2, goal.name[layout.lang], "goal")
        sheet.put(row, 3, _shown(scores[place]), "number_strong", _index(column))
        _spread(sheet, row, 4, scores, column)
        points = block(
            layout.name("contributions"),
            (FIRST, goal_column(layout, goal.code)),
            (layout.last, goal_column(layout, goal.code)),
        )
        leaves = [layout.framework.codes.index(x.code) for x in layout.framework.leaves(goal.code)]
        value = float(layout.assessment.contribution_array[place, leaves].sum())
        sheet.put(row, 6, value, "number", _index(points))


def _spread(sheet: Sheet, row: int, column: int, scores: Array, of: str) -> None:
    there = scores[~np.isnan(scores)]
    median = float(np.median(there)) if there.size else ""
    best = float(there.max()) if there.size else ""
    sheet.put(row, column, median, "number", f'IF(COUNT({of})=0,"",MEDIAN({of}))')
    sheet.put(row, column + 1, best, "number", f'IF(COUNT({of})=0,"",MAX({of}))')


def _indicators(layout: Layout, sheet: Sheet, place: int, table: int) -> None:
    sheet.put(table - 2, 1, layout.say("profile.indicators"), "section")
    heads = ("code", "name", "raw", "own", "median", "best", "difference", "points", "potential")
    for column, key in enumerate(heads, start=1):
        where = "weight_heads" if key in ("code", "name") else "profile"
        sheet.put(table - 1, column, layout.say(f"{where}.{key}"), "head")
    sheet.heights[table - 1] = 30
    gains = np.nan_to_num(gains_of(layout)[place])
    for number, code in enumerate(layout.framework.codes):
        gain = float(gains[layout.position[code]])
        _indicator(layout, sheet, place, table + number, code, gain)


def _indicator(
    layout: Layout, sheet: Sheet, place: int, row: int, code: str, own_gain: float
) -> None:
    assessment = layout.assessment
    position = layout.framework.codes.index(code)
    scores = assessment.tree.scores[:, layout.position[code]]
    sheet.put(row, 1, code, "text")
    sheet.put(row, 2, layout.framework.node(code).name[layout.lang], "wrapped")
    raw = assessment.dataset.values[place, position]
    data = _index(layout.data_range(code))
    sheet.put(row, 3, _shown(raw), "raw", f'IF(ISNUMBER({data}),{data},"")')
    sheet.put(row, 4, _shown(scores[place]), "number_strong", _index(layout.score_range(code)))
    _spread(sheet, row, 5, scores, layout.score_range(code))
    own, median = at(row, 4), at(row, 5)
    present = not np.isnan(scores[place])
    middle = float(np.median(scores[~np.isnan(scores)])) if present else 0.0
    difference = float(scores[place] - middle) if present else ""
    sheet.put(row, 7, difference, "signed", f'IF(ISNUMBER({own}),{own}-{median},"")')
    contributed = contribution_column(layout, code)
    points = block(layout.name("contributions"), (FIRST, contributed), (layout.last, contributed))
    sheet.put(
        row, 8, float(assessment.contribution_array[place, position]), "number", _index(points)
    )
    gain = gain_column(layout, code)
    gains = block(layout.name("contributions"), (FIRST, gain), (layout.last, gain))
    value = own_gain * (100.0 - scores[place]) if present else ""
    formula = f'IF(ISNUMBER({own}),{_index(gains)}*(100-{own}),"")'
    sheet.put(row, 9, value if value == "" else float(value), "number", formula)


def _list(layout: Layout, sheet: Sheet, row: int, column: int, key: str, table: int) -> None:
    """Five indicators, the largest or smallest of a column; ties in table order."""
    source, tie = (9, -_TIE) if key == "lift" else (7, _TIE if key == "gaps" else -_TIE)
    keyed = WIDTH + 2 + ("strengths", "gaps", "lift").index(key)
    last = table + len(layout.framework.codes) - 1
    found: list[tuple[float, int]] = []
    for number in range(len(layout.framework.codes)):
        line = table + number
        value, cell = sheet.cells[line, source].value, at(line, source)
        shown = value + number * tie if isinstance(value, float) else ""
        formula = f'IF(ISNUMBER({cell}),{cell}+{number}*{tie:.9f},"")'
        sheet.put(line, keyed, shown, "note", formula)
        if isinstance(shown, float):
            found.append((shown, line))
    found.sort(reverse=key != "gaps")
    sheet.put(row, column, layout.say(f"profile.{key}"), "section")
    keys, names, values = (
        f"{at(table, one, True, True)}:{at(last, one, True, True)}" for one in (keyed, 2, source)
    )
    function = "SMALL" if key == "gaps" else "LARGE"
    for number in range(_LISTED):
        line = row + 1 + number
        enough = f"COUNT({keys})>={number + 1}"
        where = f"MATCH({function}({keys},{number + 1}),{keys},0)"
        there = found[number][1] if number < len(found) else None
        for blank in range(column, column + 3):
            sheet.put(line, blank, None, "text")
        sheet.merge(line, column, line, column + 2)
        name = sheet.cells[there, 2].value if there else ""
        sheet.put(line, column, name, "text", f'IF({enough},INDEX({names},{where}),"")')
        value = sheet.cells[there, source].value if there else ""
        style = "number" if key == "lift" else "signed"
        formula = f'IF({enough},INDEX({values},{where}),"")'
        sheet.put(line, column + 3, value, style, formula)


def _shown(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)


def _drop_down(layout: Layout, target: Any) -> None:
    target.print_area = f"A1:{letters(WIDTH)}{target.max_row}"
    column = letters(layout.label_column)
    labels = on(layout.name("scores"), f"${column}${FIRST}:${column}${layout.last}")
    choice = DataValidation("list", formula1=f"={labels}", allow_blank=False)
    target.add_data_validation(choice)
    choice.add(at(PICK, 2))


def _charts(layout: Layout, target: Any) -> None:
    last = GOALS + len(layout.goals) - 1
    row = last + 2
    names = Reference(target, min_col=2, min_row=GOALS, max_row=last)
    radar = RadarChart()
    radar.style = 26
    radar.title = layout.say("charts.profile")
    radar.add_data(
        Reference(target, min_col=3, max_col=4, min_row=GOALS - 1, max_row=last),
        titles_from_data=True,
    )
    radar.type = "marker"
    radar.set_categories(names)
    bars = BarChart()
    bars.type, bars.title = "col", layout.say("charts.bars")
    bars.add_data(
        Reference(target, min_col=3, max_col=5, min_row=GOALS - 1, max_row=last),
        titles_from_data=True,
    )
    bars.set_categories(Reference(target, min_col=1, min_row=GOALS, max_row=last))
    dress(radar)
    dress(bars)
    size_of(radar, 8.6, 11.8)
    size_of(bars, 8.6, 13.4)
    target.add_chart(radar, f"A{row}")
    target.add_chart(bars, f"E{row}")
