"""The levels sheet: the score's level, every gate's needs, and the level that remains."""

from __future__ import annotations

from ...assess.levels import need_met
from ...indicators.framework import Gate, Level, LevelSet, Need
from .banner import start
from .data import auxiliary_column
from .layout import CITY, YEAR, Layout
from .sheet import Sheet, at, block, comparable, literal, on

SET_FIRST = 5
"""First row of the table of levels."""
_NUMBER, _NAME, _LOWER = 1, 2, 3


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
        self.first = self.head + 3
        self.last = self.first + layout.count - 1
        self.by_score, self.provisional = 3, 4
        column = 5
        self.needs: dict[tuple[str, int], int] = {}
        self.gates: dict[str, int] = {}
        for gate in layout.assessment.grades.gates:
            for number in range(len(gate.needs)):
                self.needs[gate.code, number] = column
                column += 1
            self.gates[gate.code] = column
            column += 1
        self.lowest, self.final, self.level_name, self.binding, self.why = range(column, column + 5)

    def row(self, place: int) -> int:
        """Row of a city."""
        return self.first + place

    def column(self, column: int) -> str:
        """A column over all cities, from another sheet."""
        return block(self.layout.name("levels"), (self.first, column), (self.last, column))

    def table(self, column: int) -> str:
        """A column of the table of levels."""
        return block(self.layout.name("levels"), (SET_FIRST, column), (self.set_last, column))

    def lower(self, number: int) -> str:
        """Reference to the lower bound of a level."""
        place = [level.number for level in self.levels].index(number)
        return at(SET_FIRST + place, _LOWER, True, True)


def policy_row(level_set: LevelSet | None) -> int:
    """First row of the coverage policy: below the table of levels."""
    return SET_FIRST + max(len(level_set.levels) if level_set else 0, 1) + 1


def levels_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    places = LevelPlaces(layout)
    level_set = layout.assessment.grades.level_set
    sheet = start(layout, "levels", max(min(places.why, 16), 8))
    _policy(layout, sheet, places)
    if level_set is not None:
        _level_table(layout, sheet, level_set)
    _heads(layout, sheet, places)
    for place in range(layout.count):
        _city(layout, sheet, places, place)
        if level_set is not None:
            _grade(layout, sheet, places, place, level_set)
    sheet.width({1: 18, 2: 22, 3: 12, 4: 12})
    sheet.width(dict.fromkeys(range(5, places.why), 12.0))
    sheet.width({places.level_name: 18, places.why: 44})
    sheet.heights |= {places.head: 48, places.head + 1: 34, 4: 20}
    sheet.freeze = (places.first, 3)
    sheet.repeat_rows, sheet.repeat_columns = (places.head, places.first - 1), (1, 2)
    return sheet


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
    head = places.head
    for column in range(1, places.why + 1):
        for row in (head, head + 1, head + 2):
            sheet.put(row, column, None, "head" if row == head else "subhead")
    keys = {CITY: "city", YEAR: "year", places.by_score: "by_score"}
    keys[places.provisional] = "provisional"
    if places.levels:
        keys |= {
            places.lowest: "lowest",
            places.final: "final",
            places.level_name: "level_name",
            places.binding: "binding",
            places.why: "why",
        }
    for column, key in keys.items():
        sheet.put(head, column, layout.say(f"level_heads.{key}"), "head")
    for gate in layout.assessment.grades.gates:
        for number, need in enumerate(gate.needs):
            column = places.needs[gate.code, number]
            sheet.put(head, column, layout.say("gate", code=gate.code), "head")
            sheet.put(head + 1, column, need_text(layout, need), "subhead")
            sheet.put(head + 2, column, layout.say("for_level", level=need.level), "subhead")
        column = places.gates[gate.code]
        sheet.put(head, column, layout.say("gate", code=gate.code), "head")
        sheet.put(head + 1, column, gate.name[layout.lang], "subhead")
        sheet.put(head + 2, column, layout.say("allows"), "subhead")
    sheet.heights[head + 1] = 62


def need_text(layout: Layout, need: Need) -> str:
    """What a need asks, in few words."""
    code = layout.say("every_goal") if need.code == "goals" else need.code
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    code = names.get(code, code)
    if need.kind == "observed":
        return layout.say("needs.observed", code=code)
    sign = "≤" if need.at_most else "≥"
    return layout.say(f"needs.{need.kind}", code=code, sign=sign, value=f"{need.threshold:g}")


def _city(layout: Layout, sheet: Sheet, places: LevelPlaces, place: int) -> None:
    row, there = places.row(place), layout.row(place)
    scores, dataset = layout.name("scores"), layout.assessment.dataset
    sheet.put(row, CITY, dataset.cities[place], "strong", on(scores, at(there, CITY)))
    year = dataset.years[place]
    sheet.put(row, YEAR, year if year is not None else "", "whole")
    tests = [f"{comparable(_coverage(layout, place, None))}<{at(places.policy, 2, True, True)}"]
    tests.append(f"NOT(ISNUMBER({layout.score(there, layout.framework.root.code)}))")
    for goal in layout.goals:
        share, least = _coverage(layout, place, goal.code), at(places.policy + 1, 2, True, True)
        thin = f"{comparable(share)}<{least}"
        tests.append(f"AND({layout.weight(goal.code, 'local')}>0,{thin})")
    value = bool(layout.assessment.grades.provisional[place])
    formula = f'IF(OR({",".join(tests)}),{_yes(layout)},"")'
    sheet.put(
        row, places.provisional, layout.say("provisional") if value else "", "centre", formula
    )


def _yes(layout: Layout) -> str:
    return '"' + layout.say("provisional") + '"'


def _coverage(layout: Layout, place: int, code: str | None) -> str:
    column = layout.coverage_column[code or layout.framework.root.code]
    return on(layout.name("scores"), at(layout.row(place), column))


def _grade(
    layout: Layout, sheet: Sheet, places: LevelPlaces, place: int, level_set: LevelSet
) -> None:
    grades, row = layout.assessment.grades, places.row(place)
    index = layout.score(layout.row(place), layout.framework.root.code)
    level = _level_of(places, index)
    sheet.put(row, places.by_score, int(grades.by_score[place]), "whole", level)
    assessment = layout.assessment
    allowed_cells = []
    for position, gate in enumerate(grades.gates):
        for number, need in enumerate(gate.needs):
            column = places.needs[gate.code, number]
            met = bool(
                need_met(
                    need, level_set, assessment.dataset, assessment.tree, assessment.ruler.weights
                )[place]
            )
            formula = f"IF({_need(layout, places, need, place)},1,0)"
            sheet.put(row, column, int(met), "whole", formula)
        column = places.gates[gate.code]
        allowed_cells.append(at(row, column))
        formula = _allowed(places, gate, row, level_set)
        sheet.put(row, column, int(grades.allowed[place, position]), "whole_strong", formula)
    top = level_set.levels[-1].number
    lowest = f"MIN({','.join([str(top), *allowed_cells])})"
    value = int(grades.allowed[place].min(initial=top))
    sheet.put(row, places.lowest, value, "whole", lowest)
    provisional, low, by = (
        at(row, c) for c in (places.provisional, places.lowest, places.by_score)
    )
    final = f'IF({provisional}<>"",0,MIN({by},{low}))'
    sheet.put(row, places.final, int(grades.final[place]), "whole_strong", final)
    _names(layout, sheet, places, place, level_set)


def _names(
    layout: Layout, sheet: Sheet, places: LevelPlaces, place: int, level_set: LevelSet
) -> None:
    grades, row = layout.assessment.grades, places.row(place)
    number = int(grades.final[place])
    names = {level.number: level.name[layout.lang] for level in level_set.levels}
    final = at(row, places.final)
    table = f"INDEX({places.table(_NAME)},MATCH({final},{places.table(_NUMBER)},0))"
    none = layout.say("no_level")
    formula = f'IF({final}=0,"{none}",{table})'
    sheet.put(row, places.level_name, names.get(number, none), "strong", formula)
    code = layout.framework.coverage.code or "coverage"
    chain, why = '""', '""'
    for gate in reversed(grades.gates):
        test = f"{at(row, places.gates[gate.code])}={at(row, places.lowest)}"
        chain = f'IF({test},"{gate.code}",{chain})'
        why = f'IF({test},"{_quoted(gate.name[layout.lang])}",{why})'
    provisional, low, by = (
        at(row, c) for c in (places.provisional, places.lowest, places.by_score)
    )
    held = f"{low}<{by}"
    formula = f'IF({provisional}<>"","{code}",IF({held},{chain},""))'
    sheet.put(row, places.binding, grades.binding[place] or "", "centre", formula)
    thin = layout.framework.coverage.name[layout.lang] or layout.say("coverage")
    formula = f'IF({provisional}<>"","{_quoted(thin)}",IF({held},{why},""))'
    reason = {gate.code: gate.name[layout.lang] for gate in grades.gates} | {code: thin}
    sheet.put(row, places.why, reason.get(grades.binding[place] or "", ""), "wrapped", formula)


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _level_of(places: LevelPlaces, cell: str) -> str:
    lowers, numbers = places.table(_LOWER), places.table(_NUMBER)
    lowest = places.levels[0].number
    first = at(SET_FIRST, _LOWER, True, True)
    rounded = comparable(cell)
    looked_up = f"IF({rounded}<{first},{lowest},LOOKUP({rounded},{lowers},{numbers}))"
    return f"IF(ISNUMBER({cell}),{looked_up},0)"


def _allowed(places: LevelPlaces, gate: Gate, row: int, level_set: LevelSet) -> str:
    numbers = [level.number for level in level_set.levels]
    parts = [str(numbers[-1])]
    for number, need in enumerate(gate.needs):
        below = max((n for n in numbers if n < need.level), default=numbers[0])
        cell = at(row, places.needs[gate.code, number])
        parts.append(f"IF({cell}=1,{numbers[-1]},{below})")
    return f"MIN({','.join(parts)})"


def _need(layout: Layout, places: LevelPlaces, need: Need, place: int) -> str:
    row = layout.row(place)
    if need.kind == "at_level":
        goals = layout.goals if need.code == "goals" else (layout.framework.node(need.code),)
        tests = []
        for node in goals:
            cell = layout.score(row, node.code)
            reached = _reached(places, cell, need.threshold)
            if need.code == "goals":
                reached = f"OR({layout.weight(node.code, 'local')}=0,{reached})"
            tests.append(reached)
        return f"AND({','.join(tests)})"
    there = _cell_of(layout, need, row)
    if there is None:
        return "TRUE" if need.when_given and need.kind != "observed" else "FALSE"
    if need.kind == "observed":
        text_counts = need.code not in layout.framework.by_code
        return f'{there}<>""' if text_counts else f"ISNUMBER({there})"
    compared = comparable(there) if need.kind == "score" else there
    test = f"{compared}{'<=' if need.at_most else '>='}{literal(need.threshold)}"
    return f"IF(ISNUMBER({there}),{test},{'TRUE' if need.when_given else 'FALSE'})"


def _reached(places: LevelPlaces, cell: str, threshold: float) -> str:
    """Whether a node's score is at a level; below the lowest bound it still is at the lowest."""
    numbers = [level.number for level in places.levels]
    if threshold <= numbers[0]:
        return f"ISNUMBER({cell})"
    number = next((number for number in numbers if number >= threshold), None)
    if number is None:
        return "FALSE"
    return f"IF(ISNUMBER({cell}),{comparable(cell)}>={places.lower(number)},FALSE)"


def _cell_of(layout: Layout, need: Need, row: int) -> str | None:
    if need.code in layout.framework.codes and need.kind != "score":
        return layout.data(row, need.code)
    if need.code in layout.framework.by_code:
        return layout.score(row, need.code)
    column = auxiliary_column(layout, need.code)
    return None if column is None else on(layout.name("data"), at(row, column))
