"""The levels sheet: the score's level, every gate's needs, and the level that remains."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from ...assess.ranking import comparable as comparable_score
from ...assess.tree import round_half_up
from ...indicators.framework import Gate, Level, LevelSet
from .banner import start
from .layout import CITY, YEAR, Layout
from .needs import LevelBounds, has, has_formula, is_met, met_formula, need_text
from .sheet import Sheet, at, block, comparable, on
from .style import FLAGGED

SET_FIRST = 5
"""First row of the table of levels."""
_NUMBER, _NAME, _LOWER = 1, 2, 3
_HEADS = 4
"""Rows of heads above the cities: gate, its name, what it needs, from which level."""


class LevelPlaces:
    """Where things stand on the levels sheet.

    Parameters
    ----------
    layout : Layout
    """

    def __init__(self, layout: Layout) -> None:
        level_set = layout.assessment.grades.level_set
        self.layout = layout
        self.levels: tuple[Level, ...] = level_set.levels if level_set else ()
        self.policy = policy_row(level_set)
        self.set_last = self.policy - 2
        self.head = self.policy + 3
        self.first = self.head + _HEADS
        self.last = self.first + layout.count - 1
        self.by_score, self.provisional = 3, 4
        self.final, self.level_name, self.binding, self.why, self.asks, self.has = range(5, 11)
        column = self.limits = 11
        self.needs: dict[tuple[str, int], int] = {}
        self.gates: dict[str, int] = {}
        for gate in layout.assessment.grades.gates:
            for number in range(len(gate.needs)):
                self.needs[gate.code, number] = column
                column += 1
            self.gates[gate.code] = column
            column += 1
        self.lowest, self.which = column, column + 1
        self.shift = self.which + 1 - self.limits
        """Columns from what a need allows to what the city has of it."""

    @property
    def bounds(self) -> LevelBounds:
        """The table of levels, for formulas on this sheet."""
        return LevelBounds(self.levels, SET_FIRST, _NUMBER, _LOWER)

    def row(self, place: int) -> int:
        """Row of a city."""
        return self.first + place

    def column(self, column: int) -> str:
        """A column over all cities, from another sheet."""
        return block(self.layout.name("levels"), (self.first, column), (self.last, column))

    def within(self, column: int) -> str:
        """A column over the cities of the latest year, from another sheet."""
        last = self.first + self.layout.blocks[0][1]
        return block(self.layout.name("levels"), (self.first, column), (last, column))

    def table(self, column: int) -> str:
        """A column of the table of levels."""
        return block(self.layout.name("levels"), (SET_FIRST, column), (self.set_last, column))

    def asked(self, row: int) -> str:
        """The gates' columns in one of the rows of heads, or in a city's row."""
        fixed = row < self.first
        start_at, end = at(row, self.limits, fixed, True), at(row, self.lowest - 1, fixed, True)
        return f"{start_at}:{end}"

    def had(self, row: int) -> str:
        """What a city has, column by column as the gates ask."""
        start_at, end = self.limits + self.shift, self.lowest - 1 + self.shift
        return f"{at(row, start_at, False, True)}:{at(row, end, False, True)}"


def policy_row(level_set: LevelSet | None) -> int:
    """First row of the coverage policy: below the table of levels."""
    return SET_FIRST + max(len(level_set.levels) if level_set else 0, 1) + 1


def levels_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    places = LevelPlaces(layout)
    level_set = layout.assessment.grades.level_set
    sheet = start(layout, "levels", 14 if level_set else 6)
    _policy(layout, sheet, places)
    if level_set is not None:
        _level_table(layout, sheet, level_set)
    _heads(layout, sheet, places)
    met = _met(layout)
    for place in range(layout.count):
        _city(layout, sheet, places, place)
        if level_set is not None:
            _grade(layout, sheet, places, place, met)
    _dress(layout, sheet, places)
    return sheet


def _dress(layout: Layout, sheet: Sheet, places: LevelPlaces) -> None:
    sheet.width(dict.fromkeys(range(places.limits, places.which + places.shift), 15.0))
    sheet.width({1: 24, 2: 20, 3: 10, 4: 10, places.final: 10, places.level_name: 20})
    if places.levels:
        sheet.width({places.binding: 10, places.why: 24, places.asks: 30, places.has: 14})
    sheet.heights |= {4: 20, places.head: 34, places.head + 1: 34, places.head + 2: 66}
    if places.levels:
        sheet.heights |= dict.fromkeys(range(places.first, places.last + 1), 27)
    sheet.freeze = (places.first, 3)
    sheet.repeat_rows, sheet.repeat_columns = (places.head, places.first - 1), (1, 2)
    if places.needs:
        sheet.page_breaks = _breaks(places)
        top = places.levels[-1].number
        shown = f"{at(places.first, places.limits)}:{at(places.last, places.lowest - 1)}"
        sheet.finish.append(lambda target: shade(target, shown, top))


def _breaks(places: LevelPlaces) -> list[int]:
    ends = [places.has]
    for column in sorted(places.gates.values()):
        if column - ends[-1] >= 8:
            ends.append(column)
    return [*ends, places.which] if places.which > ends[-1] else ends


def shade(target: Any, reference: str, top: int) -> None:
    """Colour the cells of a finished sheet that are below the top level."""
    fill = PatternFill("solid", bgColor=FLAGGED)
    target.conditional_formatting.add(reference, CellIsRule("lessThan", [str(top)], fill=fill))


def _level_table(layout: Layout, sheet: Sheet, level_set: LevelSet) -> None:
    for column, key in ((_NUMBER, "number"), (_NAME, "level_name"), (_LOWER, "lower")):
        sheet.put(SET_FIRST - 1, column, layout.say(f"level_heads.{key}"), "head")
    for place, level in enumerate(level_set.levels):
        row = SET_FIRST + place
        sheet.put(row, _NUMBER, level.number, "whole")
        sheet.put(row, _NAME, level.name[layout.lang], "strong")
        sheet.put(row, _LOWER, level.lower, "input")


def _policy(layout: Layout, sheet: Sheet, places: LevelPlaces) -> None:
    coverage = layout.framework.coverage
    sheet.put(places.policy, 1, layout.say("policy.overall"), "text")
    sheet.put(places.policy, 2, coverage.overall, "input")
    sheet.put(places.policy + 1, 1, layout.say("policy.goal"), "text")
    sheet.put(places.policy + 1, 2, coverage.goal, "input")


def _heads(layout: Layout, sheet: Sheet, places: LevelPlaces) -> None:
    keys = {CITY: "city", YEAR: "year", places.provisional: "provisional"}
    if places.levels:
        keys |= {
            places.by_score: "by_score",
            places.final: "final",
            places.level_name: "level_name",
            places.binding: "binding",
            places.why: "why",
            places.asks: "asks",
            places.has: "has",
            places.lowest: "lowest",
            places.which: "which",
        }
    for column, key in keys.items():
        sheet.put(places.head, column, layout.say(f"level_heads.{key}"), "head")
        for row in range(places.head + 1, places.first):
            sheet.put(row, column, None, "subhead")
    for gate in layout.assessment.grades.gates:
        _gate_heads(layout, sheet, places, gate)


def _gate_heads(layout: Layout, sheet: Sheet, places: LevelPlaces, gate: Gate) -> None:
    name = gate.name[layout.lang]
    for number, need in enumerate(gate.needs):
        column = places.needs[gate.code, number]
        from_level = layout.say("for_level", level=need.level)
        texts = (gate.code, name, need_text(layout, need), from_level)
        _put_heads(sheet, places.head, column, texts)
        mine = (gate.code, name, need_text(layout, need), layout.say("level_heads.has"))
        _put_heads(sheet, places.head, column + places.shift, mine)
    texts = (gate.code, name, layout.say("all_needs"), layout.say("allows"))
    _put_heads(sheet, places.head, places.gates[gate.code], texts)


def _put_heads(sheet: Sheet, row: int, column: int, texts: tuple[str, ...]) -> None:
    for number, text in enumerate(texts):
        sheet.put(row + number, column, text, "subhead" if number else "head")


def _met(layout: Layout) -> dict[tuple[str, int], np.ndarray]:
    return {
        (gate.code, number): is_met(layout, need)
        for gate in layout.assessment.grades.gates
        for number, need in enumerate(gate.needs)
    }


def _city(layout: Layout, sheet: Sheet, places: LevelPlaces, place: int) -> None:
    row, there = places.row(place), layout.row(place)
    scores, dataset = layout.name("scores"), layout.assessment.dataset
    sheet.put(row, CITY, dataset.cities[place], "strong", on(scores, at(there, CITY)))
    year = dataset.years[place]
    sheet.put(row, YEAR, year if year is not None else "", "whole")
    tests = [
        f"{comparable(_coverage(layout, place))}<{at(places.policy, 2, True, True)}",
        f"NOT(ISNUMBER({layout.score(there, layout.framework.root.code)}))",
        *(_thin(layout, places, place, goal.code) for goal in layout.goals),
    ]
    mark = layout.say("provisional")
    shown = mark if layout.assessment.grades.provisional[place] else ""
    formula = f'IF(OR({",".join(tests)}),"{mark}","")'
    sheet.put(row, places.provisional, shown, "centre", formula)


def _coverage(layout: Layout, place: int, code: str | None = None) -> str:
    column = layout.coverage_column[code or layout.framework.root.code]
    return on(layout.name("scores"), at(layout.row(place), column))


def _thin(layout: Layout, places: LevelPlaces, place: int, code: str) -> str:
    """Whether a goal that counts has too little coverage."""
    share, least = _coverage(layout, place, code), at(places.policy + 1, 2, True, True)
    return f"AND({layout.weight(code, 'local')}>0,{comparable(share)}<{least})"


def _grade(
    layout: Layout,
    sheet: Sheet,
    places: LevelPlaces,
    place: int,
    met: dict[tuple[str, int], np.ndarray],
) -> None:
    grades, row = layout.assessment.grades, places.row(place)
    index = layout.score(layout.row(place), layout.framework.root.code)
    by_score = int(grades.by_score[place])
    sheet.put(row, places.by_score, by_score, "whole", places.bounds.level(index))
    limits = _limits(layout, sheet, places, place, met)
    top = places.levels[-1].number
    gates = [at(row, column) for column in places.gates.values()]
    lowest = int(grades.allowed[place].min(initial=top))
    sheet.put(row, places.lowest, lowest, "whole", f"MIN({','.join([str(top), *gates])})")
    provisional, low, by = (
        at(row, c) for c in (places.provisional, places.lowest, places.by_score)
    )
    held = not grades.provisional[place] and lowest < by_score
    which = f'IF(AND({provisional}="",{low}<{by}),MATCH({low},{places.asked(row)},0),"")'
    shown = limits.index(lowest) + 1 if held else ""
    sheet.put(row, places.which, shown, "whole", which if gates else None)
    final = f'IF({provisional}<>"",0,MIN({by},{low}))'
    sheet.put(row, places.final, int(grades.final[place]), "whole_strong", final)
    _level_name(layout, sheet, places, place)
    _explain(layout, sheet, places, place)


def _limits(
    layout: Layout,
    sheet: Sheet,
    places: LevelPlaces,
    place: int,
    met: dict[tuple[str, int], np.ndarray],
) -> list[int]:
    """The highest level that each need and each gate allows, and what the city has of it."""
    row, there = places.row(place), layout.row(place)
    numbers = [level.number for level in places.levels]
    found: list[int] = []
    for position, gate in enumerate(layout.assessment.grades.gates):
        cells = []
        for number, need in enumerate(gate.needs):
            column = places.needs[gate.code, number]
            below = max((n for n in numbers if n < need.level), default=numbers[0])
            test = met_formula(layout, need, there, places.bounds)
            found.append(numbers[-1] if met[gate.code, number][place] else below)
            sheet.put(row, column, found[-1], "whole", f"IF({test},{numbers[-1]},{below})")
            cells.append(at(row, column))
            mine = has(layout, need, place, places.levels)
            formula = has_formula(layout, need, there, places.bounds)
            sheet.put(row, column + places.shift, mine, "general", formula)
        found.append(int(layout.assessment.grades.allowed[place, position]))
        formula = f"MIN({','.join([str(numbers[-1]), *cells])})"
        sheet.put(row, places.gates[gate.code], found[-1], "whole_strong", formula)
    return found


def _level_name(layout: Layout, sheet: Sheet, places: LevelPlaces, place: int) -> None:
    row, none = places.row(place), layout.say("no_level")
    number = int(layout.assessment.grades.final[place])
    names = {level.number: level.name[layout.lang] for level in places.levels}
    final = at(row, places.final)
    table = f"INDEX({places.table(_NAME)},MATCH({final},{places.table(_NUMBER)},0))"
    formula = f'IF({final}=0,"{none}",{table})'
    sheet.put(row, places.level_name, names.get(number, none), "strong", formula)


def _explain(layout: Layout, sheet: Sheet, places: LevelPlaces, place: int) -> None:
    """The gate that decided: its code, its name, what it needs and what the city has."""
    row = places.row(place)
    which = sheet.cells[row, places.which].value
    thin = bool(layout.assessment.grades.provisional[place])
    columns = (places.binding, places.why, places.asks, places.has)
    rows = (places.head, places.head + 1, places.head + 2, row)
    for number, (column, there) in enumerate(zip(columns, rows, strict=True)):
        policy, policy_formula = _policy_words(layout, places, place)[number]
        if thin:
            shown: Any = policy
        elif isinstance(which, int):
            shift = places.shift if there == row else 0
            shown = sheet.cells[there, places.limits + which - 1 + shift].value
        else:
            shown = ""
        of = places.had(row) if there == row else places.asked(there)
        there_cell = at(row, places.which)
        gate = f'IF({there_cell}="","",INDEX({of},{there_cell}))' if places.needs else '""'
        formula = f'IF({at(row, places.provisional)}<>"",{policy_formula},{gate})'
        sheet.put(row, column, shown, "wrapped_middle" if number else "centre", formula)


def _policy_words(layout: Layout, places: LevelPlaces, place: int) -> list[tuple[str, str]]:
    """The same four of the coverage policy, each with its formula."""
    coverage = layout.framework.coverage
    code = coverage.code or "coverage"
    name = coverage.name[layout.lang] or layout.say("coverage")
    before, between, after = layout.say("needs.coverage").split("|")
    overall, goal = (at(places.policy + n, 2, True, True) for n in (0, 1))
    asks = f"{before}{_percent(coverage.overall)}{between}{_percent(coverage.goal)}{after}"
    asks_formula = f'"{before}"&ROUND(100*{overall},1)&"{between}"&ROUND(100*{goal},1)&"{after}"'
    short = layout.assessment.grades.thin_goals[place]
    share = float(layout.assessment.tree.coverage[place, 0])
    mine = f"{_percent(share)}%" + "".join(f" {code}" for code in short)
    mine_formula = f'ROUND({comparable(f"100*{_coverage(layout, place)}")},1)&"%"' + "".join(
        f'&IF({_thin(layout, places, place, goal.code)}," {goal.code}","")' for goal in layout.goals
    )
    return [
        (code, f'"{quoted(code)}"'),
        (name, f'"{quoted(name)}"'),
        (asks, asks_formula),
        (mine, mine_formula),
    ]


def _percent(share: float) -> str:
    rounded = round_half_up(np.array([comparable_score(100.0 * share)]), 1)[0]
    return f"{float(rounded):g}"


def quoted(text: str) -> str:
    """A text as it stands between quotes in a formula."""
    return text.replace('"', '""')
