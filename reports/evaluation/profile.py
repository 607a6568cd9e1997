"""The city profile: pick a city, see its place, its goals, its strengths and what holds it back."""

from __future__ import annotations

from typing import Any

import numpy as np

from .banner import start
from .contributions import goal_column
from .framework import lines_of
from .layout import YEAR, Layout
from .levels import LevelPlaces, shade
from .profile_charts import profile_charts
from .profile_lists import LIST_ROWS, indicator_table, put_lists
from .profile_places import CHART_ROWS, FIGURES, GOALS, PICK, WIDTH, index_of
from .scores import rank_within
from .sheet import Sheet, Value, at, block, letters
from .spread import best_of, median_of, spread


def profile_sheet(layout: Layout) -> Sheet:
    """Build the sheet, showing the city that is picked."""
    sheet = start(layout, "profile", WIDTH)
    place = layout.profile_place
    _pick(layout, sheet, place)
    _figures(layout, sheet, place)
    _goals(layout, sheet, place)
    row = GOALS + len(layout.goals) + CHART_ROWS
    table = _needs(layout, sheet, place, row + LIST_ROWS) + 1
    last = indicator_table(layout, sheet, table)
    sheet.row_breaks = [table - 1]
    put_lists(layout, sheet, row, table)
    sheet.width({1: 9, 2: 38, 3: 11})
    sheet.width(dict.fromkeys(range(4, WIDTH + 1), 11))
    sheet.landscape = False
    area = f"A1:{letters(WIDTH)}{last}"
    sheet.finish.append(lambda target: setattr(target, "print_area", area))
    sheet.finish.append(lambda target: _drop_down(layout, target))
    sheet.finish.append(lambda target: profile_charts(layout, target))
    return sheet


def _pick(layout: Layout, sheet: Sheet, place: int) -> None:
    sheet.put(PICK, 1, layout.say("profile.pick"), "strong")
    sheet.put(PICK, 2, layout.labels[place], "input_text")
    labels = layout.scores_column(layout.label_column)
    formula = f"MATCH({at(PICK, 2, True, True)},{labels},0)"
    sheet.put(PICK, WIDTH, place + 1, "faint", formula)
    sheet.heights[PICK] = 26


def _figures(layout: Layout, sheet: Sheet, place: int) -> None:
    """The city in a few large figures."""
    assessment, root = layout.assessment, layout.framework.root.code
    score, rank = assessment.tree.scores[place, 0], int(assessment.rank_array[place])
    first, last = layout.blocks[layout.block_of(place)]
    figures: list[tuple[str, Value, str, str]] = [
        (layout.say("index"), _shown(score), layout.score_range(root), "figure"),
        (layout.say("rank"), rank or "—", layout.scores_column(layout.rank_column), "figure_whole"),
        (
            layout.say("coverage"),
            float(assessment.tree.coverage[place, 0]),
            layout.scores_column(layout.coverage_column[root]),
            "figure_share",
        ),
    ]
    spans = [(1, 2), (3, 3), (4, 4)]
    for (caption, value, column, style), span in zip(figures, spans, strict=True):
        _figure(sheet, span, caption, value, index_of(layout, column), style)
    counted = np.isfinite(assessment.tree.scores[first : last + 1, 0]).sum()
    shown = layout.say("profile.of", count="|").split("|")
    years = layout.scores_column(YEAR)
    number = f"SUMPRODUCT(({years}={index_of(layout, years)})*{_present(layout)})"
    text = f'"{shown[0]}"&{number}&"{shown[1]}"'
    sheet.put(FIGURES, 3, f"{shown[0]}{counted}{shown[1]}", "caption", text)
    _grade_figures(layout, sheet, place)
    _group_ranks(layout, sheet, place)
    sheet.heights[FIGURES + 1] = 46


def _present(layout: Layout) -> str:
    return layout.scores_column(layout.present_column)


def _figure(
    sheet: Sheet, span: tuple[int, int], caption: str, value: Value, formula: str, style: str
) -> None:
    first, last = span
    for column in range(first, last + 1):
        sheet.put(FIGURES, column, None, "caption")
        sheet.put(FIGURES + 1, column, None, style)
    sheet.put(FIGURES, first, caption, "caption")
    sheet.put(FIGURES + 1, first, value, style, formula)
    if last > first:
        sheet.merge(FIGURES, first, FIGURES, last)
        sheet.merge(FIGURES + 1, first, FIGURES + 1, last)


def _grade_figures(layout: Layout, sheet: Sheet, place: int) -> None:
    """Level, level by score, the gate that decides, what it needs and what the city has."""
    grades, places = layout.assessment.grades, LevelPlaces(layout)
    if grades.level_set is None:
        return
    names = {level.number: level.name[layout.lang] for level in grades.level_set.levels}
    none = layout.say("no_level")
    level = names.get(int(grades.final[place]), none)
    column = places.column(places.level_name)
    _figure(sheet, (5, 6), layout.say("level"), level, index_of(layout, column), "figure_text")
    by_score = int(grades.by_score[place])
    number = index_of(layout, places.column(places.by_score))
    table = f"MATCH({number},{places.table(1)},0)"
    formula = f'IF({number}=0,"{none}",INDEX({places.table(2)},{table}))'
    caption = layout.say("level_heads.by_score")
    _figure(sheet, (7, 8), caption, names.get(by_score, none), formula, "figure_text")
    nothing = layout.say("profile.none")
    shown = _level_cell(layout, place, places.why)
    why = index_of(layout, places.column(places.why))
    formula = f'IF({why}="","{nothing}",{why})'
    caption = layout.say("level_heads.binding")
    _figure(sheet, (9, WIDTH), caption, shown or nothing, formula, "figure_text")
    row = FIGURES + 2
    for first, last, which, column_there in (
        (1, 8, "asks", places.asks),
        (9, WIDTH, "has", places.has),
    ):
        head = layout.say(f"level_heads.{which}")
        value = _level_cell(layout, place, column_there)
        cell = index_of(layout, places.column(column_there))
        for beside in range(first, last + 1):
            sheet.put(row, beside, None, "statement")
        text = "" if value == "" else f"{head}: {_as_text(value)}"
        formula = f'IF({cell}="","","{head}: "&{_rounded(cell)})'
        sheet.put(row, first, text, "statement", formula)
        sheet.merge(row, first, row, last)
    sheet.heights[row] = 30


def _rounded(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),ROUND({cell},2),{cell})"


def _as_text(value: Value) -> str:
    """A value as a spreadsheet joins it to a text: numbers to two decimals, halves upwards."""
    if isinstance(value, int | float):
        from ...assess.tree import round_half_up

        return f"{float(round_half_up(np.array([float(value)]), 2)[0]):.12g}"
    return str(value)


def _level_cell(layout: Layout, place: int, column: int) -> Value:
    """What the levels sheet says of a city."""
    places = LevelPlaces(layout)
    cell = layout.levels.cells.get((places.row(place), column))
    return "" if cell is None or cell.value is None else cell.value


def _group_ranks(layout: Layout, sheet: Sheet, place: int) -> None:
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    row = FIGURES + 3
    for number, code in enumerate(layout.groups[:2]):
        first = 1 if number == 0 else 6
        text = layout.say("profile.in_group", group=names[code])
        rank = rank_within(layout, place, code) or "—"
        formula = index_of(layout, layout.scores_column(layout.group_column(code)))
        sheet.put(row, first, text, "text")
        for column in range(first + 1, first + 4):
            sheet.put(row, column, None, "text")
        sheet.merge(row, first, row, first + 1 if number == 0 else first + 2)
        sheet.put(row, first + (2 if number == 0 else 3), rank, "whole_strong", formula)


def _goals(layout: Layout, sheet: Sheet, place: int) -> None:
    heads = ("goal", "weight", "own", "median", "best", "difference", "points", "coverage")
    sheet.put(GOALS - 1, 1, layout.say("weight_heads.code"), "head")
    for column, key in enumerate(heads, start=2):
        sheet.put(GOALS - 1, column, layout.say(f"profile.{key}"), "head")
    sheet.heights[GOALS - 1] = 30
    for number, goal in enumerate(layout.goals):
        row, code = GOALS + number, goal.code
        score = layout.assessment.tree.scores[place, layout.position[code]]
        median, best = spread(layout, code, layout.block_of(place))
        sheet.put(row, 1, code, "goal")
        name = goal.name[layout.lang]
        sheet.put(row, 2, name, "goal_wrapped")
        if lines_of(name, 34, layout.lang) > 1:
            sheet.heights[row] = 28
        weight = layout.assessment.ruler.weights[code]
        sheet.put(row, 3, weight, "weight", layout.weight(code, "local"))
        own = index_of(layout, layout.score_range(code))
        sheet.put(row, 4, _shown(score), "number_strong", own)
        sheet.put(row, 5, median, "number", median_of(layout, code))
        sheet.put(row, 6, best, "number", best_of(layout, code))
        _difference(sheet, row, 7, 4, 5)
        column = goal_column(layout, code)
        points = block(layout.name("contributions"), (layout.row(0), column), (layout.last, column))
        leaves = [layout.framework.codes.index(x.code) for x in layout.framework.leaves(code)]
        value = float(layout.assessment.contribution_array[place, leaves].sum())
        sheet.put(row, 8, value, "number", index_of(layout, points))
        share = float(layout.assessment.tree.coverage[place, layout.position[code]])
        covered = layout.scores_column(layout.coverage_column[code])
        sheet.put(row, 9, share, "share", index_of(layout, covered))


def _difference(sheet: Sheet, row: int, column: int, own: int, median: int) -> None:
    """Own score less the median, in the row of both."""
    first, second = sheet.cells[row, own].value, sheet.cells[row, median].value
    both = isinstance(first, float) and isinstance(second, float)
    shown = first - second if both else ""  # type: ignore[operator]
    cell, middle = at(row, own), at(row, median)
    formula = f'IF(AND(ISNUMBER({cell}),ISNUMBER({middle})),{cell}-{middle},"")'
    sheet.put(row, column, shown, "signed", formula)


def _needs(layout: Layout, sheet: Sheet, place: int, row: int) -> int:
    """Every need of every gate, and what the city has; returns the row after the table."""
    places, gates = LevelPlaces(layout), layout.assessment.grades.gates
    if not gates:
        return row
    sheet.put(row, 1, layout.say("profile.gates"), "section")
    spans = ((1, 1, "gate_code"), (2, 2, "gate"), (3, 7, "asks"), (8, 8, "from"),
             (9, 9, "has"), (10, 10, "allowed"))  # fmt: skip
    for first, last, key in spans:
        for column in range(first, last + 1):
            sheet.put(row + 1, column, None, "head")
        sheet.put(row + 1, first, layout.say(f"profile.{key}"), "head")
    sheet.merge(row + 1, 3, row + 1, 7)
    line = row + 2
    for gate in gates:
        for number, need in enumerate(gate.needs):
            column = places.needs[gate.code, number]
            asked = layout.levels.cells[places.head + 2, column].value
            sheet.put(line, 1, gate.code, "centre")
            sheet.put(line, 2, gate.name[layout.lang], "wrapped_middle")
            for blank in range(3, 8):
                sheet.put(line, blank, None, "wrapped_middle")
            sheet.put(line, 3, asked, "wrapped_middle")
            sheet.merge(line, 3, line, 7)
            sheet.put(line, 8, need.level, "whole")
            for target, there in ((9, column + places.shift), (10, column)):
                value = _level_cell(layout, place, there)
                formula = index_of(layout, places.column(there))
                style = "general" if target == 9 else "whole_strong"
                sheet.put(line, target, value, style, formula)
            line += 1
    top, allowed = places.levels[-1].number, f"{at(row + 2, 10)}:{at(line - 1, 10)}"
    sheet.finish.append(lambda target: shade(target, allowed, top))
    return line


def _shown(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)


def _drop_down(layout: Layout, target: Any) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    labels = layout.scores_column(layout.label_column)
    choice = DataValidation("list", formula1=f"={labels}", allow_blank=False)
    target.add_data_validation(choice)
    choice.add(at(PICK, 2))
