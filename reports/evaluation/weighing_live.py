"""The table of a weighting that is spreadsheet arithmetic: steps, and a block beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from ...assess.recipe import FRAMEWORK_WEIGHTS
from ...indicators.dataset import Array
from ...weights import METHODS
from ...weights.weights import Weights
from .framework import lines_of
from .layout import FIRST, NOT_APPLICABLE, Layout
from .sheet import Sheet, at, block, letters, on, runs
from .weighing_combined import combined_derivation
from .weighing_steps import Block, Derivation, Step, derivation, flat, flat_formula

HEAD = 9
"""Row of the headings; one row an indicator below."""
CODE, NAME = 1, 2
_PAGE = 10
"""Columns of a block on a printed page."""
_WIDE = 10
"""Columns from which on they are narrower, to stay on one page."""


@dataclass(frozen=True)
class LiveTable:
    """Where the steps of every indicator stand, and their formulas.

    Parameters
    ----------
    layout : Layout
    """

    layout: Layout

    @cached_property
    def codes(self) -> list[str]:
        """The indicators that count."""
        return list(self.found.details["codes"])

    @cached_property
    def places(self) -> list[int]:
        """The dataset rows that count: those to which all indicators apply."""
        columns = [self.layout.framework.codes.index(code) for code in self.codes]
        excused = self.layout.assessment.dataset.not_applicable[:, columns].any(axis=1)
        return [int(place) for place in np.flatnonzero(~excused)]

    @property
    def selects(self) -> bool:
        """Whether some rows do not count, so that those that do are set apart."""
        return len(self.places) < self.layout.count

    @cached_property
    def scores(self) -> Array:
        """Those that count, (n, m)."""
        columns = [self.layout.framework.codes.index(code) for code in self.codes]
        found: Array = self.layout.assessment.normalised[self.places][:, columns]
        return found

    @property
    def found(self) -> Weights:
        """The weights as Python computed them."""
        return self.layout.assessment.ruler.weighing[self.layout.framework.root.code]

    @cached_property
    def derivation(self) -> Derivation:
        """Its steps, one column each, and what stands beside and below them."""
        recipe = self.layout.assessment.recipe
        if recipe.weigh == "combine":
            return combined_derivation(self.scores, self.found, recipe)
        options = recipe.options_of("weigh", recipe.weigh)
        return derivation(recipe.weigh, self.scores, self.found, options)

    @property
    def steps(self) -> tuple[Step, ...]:
        """One column each."""
        return self.derivation.steps

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Column of every step, of the weight and of the check."""
        keys = [*(step.key for step in self.steps), "weight", "check"]
        return {key: NAME + 1 + place for place, key in enumerate(keys)}

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Row of every indicator."""
        return {code: HEAD + 1 + number for number, code in enumerate(self.codes)}

    def sum_of(self, code: str) -> str | None:
        """Sum of the weights under a node; None where none of them counts."""
        leaves = {leaf.code for leaf in self.layout.framework.leaves(code)}
        rows = [self.row[one] for one in self.codes if one in leaves]
        if not rows:
            return None
        column, name = self.column["weight"], self.layout.name("weighing")
        ranges = [block(name, (first, column), (last, column)) for first, last in runs(rows)]
        single = on(name, at(rows[0], column, True, True))
        return single if len(rows) == 1 else f"SUM({','.join(ranges)})"

    def total(self, code: str) -> float:
        """The same in numbers."""
        leaves = {leaf.code for leaf in self.layout.framework.leaves(code)}
        pairs = zip(self.codes, self.found.values.tolist(), strict=True)
        return float(sum(weight for one, weight in pairs if one in leaves))

    def put(self, sheet: Sheet) -> int:
        """Put all of it on a sheet; the next free row."""
        ends = {key: self.column[key] for key in ("weight", "check")}
        for key, column in ({"code": CODE, "name": NAME} | ends).items():
            sheet.put(HEAD, column, self.layout.say(f"weighing.{key}"), "head")
        width = 12.5 if len(self.column) < _WIDE else 9.8
        for step in self.steps:
            self._put_head(sheet, step, width)
        for number, code in enumerate(self.codes):
            self._put_row(sheet, number, code)
        self._put_total(sheet)
        self._put_shares(sheet)
        for beside in self.derivation.blocks:
            self._put_beside(sheet, beside)
        if self.selects:
            self._put_apart(sheet)
        sheet.width(dict.fromkeys(self.column.values(), width))
        sheet.freeze = (HEAD + 1, NAME + 1)
        sheet.repeat_rows, sheet.repeat_columns = (HEAD, HEAD), (CODE, CODE)
        last = max(column for _, column in sheet.cells)
        if last > self.column["check"]:
            pages = range(self.column["check"] + 1, last, _PAGE)
            sheet.page_breaks = [*pages, last]
            sheet.width(dict.fromkeys(range(self.column["check"] + 2, last + 1), 11.0))
        return self._share_row + 2

    def _put_head(self, sheet: Sheet, step: Step, width: float) -> None:
        head = self.layout.say(f"weighing.{step.head or step.key}")
        fixed = None if step.formula else self.layout.say("weighing.fixed")
        shown = "\n".join(filter(None, (self._title(step.part), head)))
        sheet.put(HEAD, self.column[step.key], shown, "head", note=fixed)
        lines = lines_of(shown, width, self.layout.lang)
        sheet.heights[HEAD] = max(sheet.heights.get(HEAD, 46), 8 + 13.5 * lines)

    def _title(self, part: str) -> str:
        """What a combined weighting is called: a method by its title, a preset by its name."""
        if part in METHODS:
            return METHODS[part].title(self.layout.lang)
        return self.layout.say("weighing.own") if part == FRAMEWORK_WEIGHTS else part

    def _put_row(self, sheet: Sheet, number: int, code: str) -> None:
        row, node = self.row[code], self.layout.framework.node(code)
        sheet.put(row, CODE, code, "strong")
        sheet.put(row, NAME, node.name[self.layout.lang], "text")
        for step in self.steps:
            formula = self._filled(step.formula, code) if step.formula else None
            sheet.put(row, self.column[step.key], float(step.values[number]), "weight", formula)
        last, weight = self.column[self.steps[-1].key], float(self.found.values[number])
        share = f"{at(row, last)}/SUM({self._down(last)})"
        sheet.put(row, self.column["weight"], weight, "goal_weight", share)
        sheet.put(row, self.column["check"], *self._check(number, code))

    def _check(self, number: int, code: str) -> tuple[str, str, str]:
        """In words, whether the method is defined for an indicator."""
        there, gap, same = (
            self.layout.say(f"weighing.{key}") for key in ("there", "gap", "constant")
        )
        needed = f"SUM({self._flags})" if self.selects else str(self.layout.count)
        varies = f'IF({self._filled(flat_formula(), code)},"{same}","{there}")'
        formula = f'IF(COUNT({self._scores_of(code)})<{needed},"{gap}",{varies})'
        return same if flat(self.scores)[number] else there, "centre", formula

    def _put_total(self, sheet: Sheet) -> None:
        row, column = HEAD + 1 + len(self.codes), self.column["weight"]
        for place in range(CODE, self.column["check"] + 1):
            sheet.put(row, place, None, "goal")
        sheet.put(row, CODE, self.layout.say("weighing.sum"), "goal")
        sheet.put(row, column, 1.0, "goal_weight", f"SUM({self._down(column)})")

    def _put_shares(self, sheet: Sheet) -> None:
        """How much say each of the combined weightings has."""
        shares = self.derivation.shares
        if shares:
            sheet.put(self._share_row, CODE, self.layout.say("weighing.say"), "text")
        for share in shares:
            formula = self._filled(share.formula, self.codes[0]) if share.formula else None
            sheet.put(self._share_row, self.column[share.key], share.value, "weight", formula)

    @property
    def _share_row(self) -> int:
        return HEAD + 2 + len(self.codes)

    def _put_beside(self, sheet: Sheet, beside: Block) -> None:
        start = self._block_column[beside.key]
        title = self.layout.say(f"weighing.{beside.head}")
        shown = ": ".join(filter(None, (self._title(beside.part), title)))
        sheet.put(HEAD - 1, start, shown, "section")
        if beside.formula:
            values = self._spread(beside.values)
            self._put_by_city(sheet, start, values, partial(self._term, beside))
            return
        for place, head in enumerate(self.codes):
            sheet.put(HEAD, start + place, head, "head")
            for number, code in enumerate(self.codes):
                value, formula = beside.values[number, place], self._pair(start, place, number)
                sheet.put(self.row[code], start + place, float(value), "weight", formula)

    def _pair(self, start: int, place: int, number: int) -> str:
        """Each correlation once; the other half of the matrix repeats it."""
        if place == number:
            return "1"
        one, other = self.codes[number], self.codes[place]
        if place > number:
            return at(self.row[other], start + number)
        return f"CORREL({self._scores_of(one)},{self._scores_of(other)})"

    def _term(self, beside: Block, code: str, place: int) -> str:
        score = self._score(code, place)
        term = self._filled(beside.formula, code).replace("[score]", score)
        return f'IF(ISNUMBER({score}),{term},"")' if self.selects else term

    def _put_apart(self, sheet: Sheet) -> None:
        """The scores of the cities that count, where an indicator does not apply to some."""
        start, row = self._apart_column, HEAD + 1 + len(self.codes)
        sheet.put(HEAD - 1, start, self.layout.say("weighing.apart"), "section")
        values = self._spread(self.scores.T)
        self._put_by_city(sheet, start, values, self._when_counted)
        sheet.put(row, start - 1, self.layout.say("weighing.counts"), "note")
        columns = [self.layout.indicator_column[code] for code in self.codes]
        data, mark = self.layout.name("data"), NOT_APPLICABLE[self.layout.lang]
        for place in range(self.layout.count):
            at_row = FIRST + place
            ranges = [block(data, (at_row, a), (at_row, b)) for a, b in runs(columns)]
            excused = "+".join(f'COUNTIF({one},"{mark}")' for one in ranges)
            counted = int(place in self.places)
            sheet.put(row, start + place, counted, "whole", f"IF({excused}=0,1,0)")

    def _put_by_city(
        self,
        sheet: Sheet,
        start: int,
        values: list[list[float | str]],
        formula: Callable[[str, int], str],
    ) -> None:
        for place, label in enumerate(self.layout.labels):
            sheet.put(HEAD, start + place, label, "head")
            for number, code in enumerate(self.codes):
                value = values[number][place]
                sheet.put(self.row[code], start + place, value, "weight", formula(code, place))

    def _spread(self, values: Array) -> list[list[float | str]]:
        """Numbers of the cities that count among all cities, blank for the others."""
        whole = np.full((len(values), self.layout.count), np.nan)
        whole[:, self.places] = values
        return [["" if np.isnan(one) else float(one) for one in line] for line in whole]

    def _when_counted(self, code: str, place: int) -> str:
        flag = at(HEAD + 1 + len(self.codes), self._apart_column + place, True)
        return f'IF({flag}=1,{self.layout.normalised(FIRST + place, code)},"")'

    def _score(self, code: str, place: int) -> str:
        if self.selects:
            return at(self.row[code], self._apart_column + place)
        return self.layout.normalised(FIRST + place, code)

    def _scores_of(self, code: str) -> str:
        """Range of the scores of an indicator that count."""
        if self.selects:
            return self._across(self.row[code], self._apart_column, self.layout.count)
        column = self.layout.indicator_column[code]
        return block(self.layout.name("normalised"), (FIRST, column), (self.layout.last, column))

    @property
    def _flags(self) -> str:
        row = HEAD + 1 + len(self.codes)
        return self._across(row, self._apart_column, self.layout.count, fix=True)

    def _filled(self, formula: str, code: str) -> str:
        row = self.row[code]
        cells = {key: at(row, column, False, True) for key, column in self.column.items()}
        cells |= {f"{key}_all": self._down(column) for key, column in self.column.items()}
        cells |= {
            f"{one.key}_share": at(self._share_row, self.column[one.key], True, True)
            for one in self.derivation.shares
        }
        cells |= {
            one.key: self._across(row, self._block_column[one.key], self._width(one))
            for one in self.derivation.blocks
        }
        return formula.format(x=self._scores_of(code), score="[score]", **cells)

    @cached_property
    def _block_column(self) -> Mapping[str, int]:
        """First column of every block."""
        found, column = {}, self.column["check"] + 2
        for one in self.derivation.blocks:
            found[one.key] = column
            column += self._width(one) + 1
        return found

    def _width(self, beside: Block) -> int:
        return self.layout.count if beside.formula else len(self.codes)

    @property
    def _apart_column(self) -> int:
        widths = (self._width(one) + 1 for one in self.derivation.blocks)
        return self.column["check"] + 2 + sum(widths)

    def _down(self, column: int) -> str:
        letter = letters(column)
        return f"${letter}${HEAD + 1}:${letter}${HEAD + len(self.codes)}"

    @staticmethod
    def _across(row: int, start: int, width: int, fix: bool = False) -> str:
        return f"{at(row, start, fix, True)}:{at(row, start + width - 1, fix, True)}"
