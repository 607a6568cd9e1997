"""What the gates ask of a city and what it has, in words, numbers and formulas."""

from __future__ import annotations

import numpy as np

from ...assess.levels import need_met
from ...assess.ranking import comparable as comparable_score
from ...indicators.framework import Level, Need, Node
from .data import auxiliary_column
from .layout import Layout
from .sheet import at, comparable, literal, on


def need_text(layout: Layout, need: Need) -> str:
    """What a need asks, in few words.

    Parameters
    ----------
    layout : Layout
    need : Need

    Returns
    -------
    str
    """
    what = _named(layout, need.code)
    if need.kind == "observed":
        return layout.say("needs.observed", code=what)
    sign = "≤" if need.at_most else "≥"
    return layout.say(f"needs.{need.kind}", code=what, sign=sign, value=f"{need.threshold:g}")


def is_met(layout: Layout, need: Need) -> np.ndarray:
    """Whether each city meets a need, as Python grades it."""
    assessment = layout.assessment
    level_set = assessment.grades.level_set
    assert level_set is not None
    weights = assessment.ruler.weights
    return need_met(need, level_set, assessment.dataset, assessment.tree, weights)


def met_formula(layout: Layout, need: Need, row: int, bounds: LevelBounds) -> str:
    """Formula of whether the city in that row of the calculation sheets meets a need."""
    if need.kind == "at_level":
        return _at_level(layout, need, row, bounds)
    cell = _cell(layout, need, row)
    if cell is None:
        return "TRUE" if need.when_given and need.kind != "observed" else "FALSE"
    if need.kind == "observed":
        text_counts = need.code not in layout.framework.by_code
        return f'{cell}<>""' if text_counts else f"ISNUMBER({cell})"
    compared = comparable(cell) if need.kind == "score" else cell
    test = f"{compared}{'<=' if need.at_most else '>='}{literal(need.threshold)}"
    return f"IF(ISNUMBER({cell}),{test},{'TRUE' if need.when_given else 'FALSE'})"


def has(layout: Layout, need: Need, place: int, levels: tuple[Level, ...]) -> float | str:
    """What a city has of what a need asks: a level, a score, a value, or that it is there."""
    if need.kind == "at_level":
        found = [
            _level(levels, _score(layout, node.code, place)) for node in _nodes(layout, need)
            if need.code != "goals" or layout.assessment.ruler.weights[node.code] > 0
        ]  # fmt: skip
        return min([*found, levels[-1].number])
    value = _value(layout, need, place)
    there = isinstance(value, float) and not np.isnan(value)
    if need.kind == "observed":
        known = there or (isinstance(value, str) and value != "")
        return layout.say("needs.there" if known else "needs.missing")
    return value if isinstance(value, float) and there else layout.say("needs.missing")


def has_formula(layout: Layout, need: Need, row: int, bounds: LevelBounds) -> str:
    """Formula of what the city in that row has."""
    missing = f'"{layout.say("needs.missing")}"'
    if need.kind == "at_level":
        return _lowest_level(layout, need, row, bounds)
    cell = _cell(layout, need, row)
    if cell is None:
        return missing
    if need.kind == "observed":
        text_counts = need.code not in layout.framework.by_code
        test = f'{cell}<>""' if text_counts else f"ISNUMBER({cell})"
        return f'IF({test},"{layout.say("needs.there")}",{missing})'
    return f"IF(ISNUMBER({cell}),{cell},{missing})"


class LevelBounds:
    """Where the table of levels stands, for formulas on the same sheet.

    Parameters
    ----------
    levels : tuple of Level
    first : int
        Row of the lowest.
    number, lower : int
        Columns of the number and of the lower bound.
    """

    def __init__(self, levels: tuple[Level, ...], first: int, number: int, lower: int) -> None:
        self.levels, self.first, self._number, self._lower = levels, first, number, lower

    def level(self, cell: str) -> str:
        """The level of a score; 0 where there is none."""
        rounded, last = comparable(cell), self.first + len(self.levels) - 1
        lowers, numbers = (
            f"{at(self.first, column, True, True)}:{at(last, column, True, True)}"
            for column in (self._lower, self._number)
        )
        lowest = at(self.first, self._lower, True, True)
        looked_up = f"LOOKUP({rounded},{lowers},{numbers})"
        found = f"IF({rounded}<{lowest},{self.levels[0].number},{looked_up})"
        return f"IF(ISNUMBER({cell}),{found},0)"

    def reached(self, cell: str, threshold: float) -> str:
        """Whether a score is at a level; below the lowest bound it still is at the lowest."""
        numbers = [level.number for level in self.levels]
        if threshold <= numbers[0]:
            return f"ISNUMBER({cell})"
        place = next((n for n, number in enumerate(numbers) if number >= threshold), None)
        if place is None:
            return "FALSE"
        lower = at(self.first + place, self._lower, True, True)
        return f"IF(ISNUMBER({cell}),{comparable(cell)}>={lower},FALSE)"


def _named(layout: Layout, code: str) -> str:
    if code == "goals":
        return layout.say("every_goal")
    names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
    node = layout.framework.by_code.get(code)
    return f"{code} {node.name[layout.lang]}" if node else names.get(code, code)


def _nodes(layout: Layout, need: Need) -> tuple[Node, ...]:
    return layout.goals if need.code == "goals" else (layout.framework.node(need.code),)


def _at_level(layout: Layout, need: Need, row: int, bounds: LevelBounds) -> str:
    tests = []
    for node in _nodes(layout, need):
        reached = bounds.reached(layout.score(row, node.code), need.threshold)
        if need.code == "goals":
            reached = f"OR({layout.weight(node.code, 'local')}=0,{reached})"
        tests.append(reached)
    return f"AND({','.join(tests)})"


def _lowest_level(layout: Layout, need: Need, row: int, bounds: LevelBounds) -> str:
    top, found = bounds.levels[-1].number, []
    for node in _nodes(layout, need):
        level = bounds.level(layout.score(row, node.code))
        if need.code == "goals":
            level = f"IF({layout.weight(node.code, 'local')}=0,{top},{level})"
        found.append(level)
    return f"MIN({','.join([*found, str(top)])})"


def _cell(layout: Layout, need: Need, row: int) -> str | None:
    if need.code in layout.framework.codes and need.kind != "score":
        return layout.data(row, need.code)
    if need.code in layout.framework.by_code:
        return layout.score(row, need.code)
    column = auxiliary_column(layout, need.code)
    return None if column is None else on(layout.name("data"), at(row, column))


def _value(layout: Layout, need: Need, place: int) -> object:
    dataset = layout.assessment.dataset
    if need.code in layout.framework.codes and need.kind != "score":
        return float(dataset.values[place, layout.framework.codes.index(need.code)])
    if need.code in layout.framework.by_code:
        return _score(layout, need.code, place)
    found = dataset.auxiliary.get(need.code, (None,) * len(dataset))[place]
    return float(found) if isinstance(found, int | float) else found


def _score(layout: Layout, code: str, place: int) -> float:
    return float(layout.assessment.tree.scores[place, layout.position[code]])


def _level(levels: tuple[Level, ...], score: float) -> int:
    if np.isnan(score):
        return 0
    rounded = float(comparable_score(score))
    return ([levels[0].number] + [one.number for one in levels if rounded >= one.lower])[-1]
