"""The sheet of reported values: what the data sheet divides and fills in, by formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from ...assess.impute.centre import column_mean, column_median
from ...assess.prepare import divided, group_code, written
from ...assess.recipe import Recipe
from ...indicators.dataset import Array, Dataset
from ...indicators.framework import Framework
from ...indicators.indicator import Indicator
from .banner import start
from .data import auxiliary_column, goal_breaks
from .layout import (
    CITY,
    FIRST,
    HEAD_CODE,
    HEAD_NAME,
    HEAD_UNIT,
    NOT_APPLICABLE,
    START,
    YEAR,
    Layout,
)
from .sheet import Sheet, at, block, letters, on

FILL = FIRST - 1
"""Row of what fills the gaps of each column."""
_CENTRES: Mapping[str, Callable[[Array], Array]] = {
    "mean": column_mean,
    "median": column_median,
    "group_mean": column_mean,
}
_FORMULAS = {
    "mean": "IF(MAX({x})=MIN({x}),MAX({x}),{rounded})",
    "median": "IF(ISNUMBER(MATCH(MEDIAN({x}),{x},0)),MEDIAN({x}),{rounded})",
    "group_mean": "IF(MAX({x})=MIN({x}),MAX({x}),{rounded})",
}
"""What fills the gaps of a column: an observed value stays as it is, as in `assess.prepare`."""
_CENTRE = {"mean": "AVERAGE({x})", "median": "MEDIAN({x})", "group_mean": "AVERAGE({x})"}


def reported_of(layout: Layout) -> Reported | None:
    """The values as they were read, where the data sheet can be calculated from them.

    None where nothing was divided or filled in, or not by spreadsheet arithmetic, or by the marks
    of another table.
    """
    assessment = layout.assessment
    recipe, given, dataset = assessment.recipe, assessment.given, assessment.dataset
    if given is None or recipe.treat != "none" or not (recipe.denominate or recipe.fills_in):
        return None
    if recipe.fills_in and not _fills_live(layout.framework, given, recipe):
        return None
    places = {key: row for row, key in enumerate(zip(given.cities, given.years, strict=True))}
    keys = list(zip(dataset.cities, dataset.years, strict=True))
    if len(places) < len(given) or any(key not in places for key in keys):
        return None
    found = Reported(layout, given.rows([places[key] for key in keys]))
    same = np.isclose(found.used, dataset.values, rtol=1e-11, atol=0, equal_nan=True)
    return found if same.all() else None


def _fills_live(framework: Framework, given: Dataset, recipe: Recipe) -> bool:
    if recipe.impute != "group_mean":
        return recipe.impute in _CENTRES
    code = group_code(given, recipe)
    groups = set(map(str, given.auxiliary.get(code, ())))
    # Spreadsheets take East for EAST.
    told_apart = len({group.casefold() for group in groups}) == len(groups)
    return told_apart and code in {one.code for one in framework.auxiliary} & set(given.auxiliary)


class Reported:
    """The values as they were read, and what the data sheet calculates from them.

    Parameters
    ----------
    layout : Layout
    given : Dataset
        As read, row by row the cities of the data sheet.
    """

    def __init__(self, layout: Layout, given: Dataset) -> None:
        self.layout, self.given, self.recipe = layout, given, layout.assessment.recipe
        self.codes = layout.framework.codes
        self.divided = [code for code in self.codes if code in self.recipe.denominate]

    def formula(self, row: int, code: str) -> str:
        """The value on the data sheet."""
        own, value = self.cell(row, code), self._measured_cell(row, code)
        mark = NOT_APPLICABLE[self.layout.lang]
        return f'IF(ISNUMBER({value}),{value},IF({own}="{mark}","{mark}",{self._fill(row, code)}))'

    def cell(self, row: int, code: str) -> str:
        """Reference to a value as it was reported."""
        return on(self._name, at(row, self.layout.indicator_column[code]))

    def lost(self, row: int, code: str) -> str | None:
        """Whether a value was reported but could not be divided."""
        if code not in self.divided:
            return None
        quotient = self._measured_cell(row, code)
        return f"AND(ISNUMBER({self.cell(row, code)}),NOT(ISNUMBER({quotient})))"

    def sheet(self) -> Sheet:
        """Build the sheet."""
        layout, given = self.layout, self.given
        sheet = start(layout, "reported", min(START + len(self.codes), 14))
        self._heads(sheet)
        for place in range(layout.count):
            row = layout.row(place)
            beside = on(layout.name("data"), at(row, CITY))
            sheet.put(row, CITY, given.cities[place], "strong", beside)
            year = given.years[place]
            sheet.put(row, YEAR, year if year is not None else "", "whole")
            self._values(sheet, place)
        if self.recipe.fills_in:
            self._fills(sheet)
        sheet.width(dict.fromkeys(range(START, self._last_column + 1), 13.0))
        sheet.width({CITY: 18, YEAR: 9})
        sheet.freeze = (FIRST, START)
        sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
        breaks = goal_breaks(layout)
        sheet.page_breaks = [*breaks, self._last_column] if breaks and self.divided else breaks
        return sheet

    @cached_property
    def used(self) -> Array:
        """What the data sheet calculates, shape (n, m)."""
        values = self._measured.copy()
        for position in range(len(self.codes)):
            gaps = np.isnan(values[:, position]) & ~self.given.not_applicable[:, position]
            values[gaps, position] = self._filling(position)[gaps]
        return values

    @property
    def _name(self) -> str:
        return self.layout.name("reported")

    @property
    def _last_column(self) -> int:
        return START + len(self.codes) + len(self.divided)

    def _column(self, code: str) -> int:
        """Column of what is compared between cities: the quotient where there is one."""
        if code in self.divided:
            return START + len(self.codes) + 1 + self.divided.index(code)
        return self.layout.indicator_column[code]

    def _measured_cell(self, row: int, code: str) -> str:
        return on(self._name, at(row, self._column(code)))

    def _range(self, code: str) -> str:
        letter = letters(self._column(code))
        return f"${letter}${FIRST}:${letter}${self.layout.last}"

    def _heads(self, sheet: Sheet) -> None:
        layout = self.layout
        for row in (HEAD_CODE, HEAD_NAME, HEAD_UNIT):
            sheet.put(row, CITY, None, "head")
            sheet.put(row, YEAR, None, "head")
        sheet.put(HEAD_CODE, CITY, layout.say("city"), "head")
        sheet.put(HEAD_CODE, YEAR, layout.say("year"), "head")
        for indicator in layout.framework.indicators:
            self._head(sheet, indicator, layout.indicator_column[indicator.code], "")
            if indicator.code in self.divided:
                self._head(sheet, indicator, self._column(indicator.code), self._divisor(indicator))
        sheet.heights |= {HEAD_NAME: 52, HEAD_UNIT: 30}

    def _head(self, sheet: Sheet, indicator: Indicator, column: int, divisor: str) -> None:
        lang = self.layout.lang
        sheet.put(HEAD_CODE, column, indicator.code, "head")
        sheet.put(HEAD_NAME, column, indicator.name[lang], "subhead")
        unit = "" if indicator.code in self.divided and not divisor else indicator.unit[lang]
        shown = "\n".join(filter(None, (unit, divisor and f"÷ {divisor}")))
        sheet.put(HEAD_UNIT, column, shown, "subhead")

    def _divisor(self, indicator: Indicator) -> str:
        code = self.recipe.denominate[indicator.code]
        names = {one.code: one.name[self.layout.lang] for one in self.layout.framework.auxiliary}
        return names.get(code) or code

    def _values(self, sheet: Sheet, place: int) -> None:
        row, mark = self.layout.row(place), NOT_APPLICABLE[self.layout.lang]
        for position, code in enumerate(self.codes):
            column, value = self.layout.indicator_column[code], self.given.values[place, position]
            if not np.isnan(value):
                sheet.put(row, column, float(value), "input")
            else:
                excused = self.given.not_applicable[place, position]
                sheet.put(row, column, mark if excused else None, "raw_missing")
            if code in self.divided:
                shown = self._measured[place, position]
                sheet.put(
                    row,
                    self._column(code),
                    "" if np.isnan(shown) else float(shown),
                    "raw",
                    self._quotient(row, code),
                )

    def _quotient(self, row: int, code: str) -> str:
        own = at(row, self.layout.indicator_column[code])
        column = auxiliary_column(self.layout, self.recipe.denominate[code]) or 0
        divisor = on(self.layout.name("data"), at(row, column))
        quotient = _rounded(f"({own}/{divisor})")
        return f'IF(AND(ISNUMBER({own}),ISNUMBER({divisor})),{quotient},"")'

    @cached_property
    def _measured(self) -> Array:
        """Quotients where values are divided, else the values as they are."""
        return divided(self.given, self.recipe).values

    def _fill(self, row: int, code: str) -> str:
        if not self.recipe.fills_in:
            return '""'
        column = self._column(code)
        if self.recipe.impute != "group_mean":
            return on(self._name, at(FILL, column, True, True))
        first, last = self._group_rows
        labels = block(self._name, (first, CITY), (last, CITY))
        fills = block(self._name, (first, column), (last, column))
        own = self._group_cell(row)
        numbers = block(self._name, (first, YEAR), (last, YEAR))
        return f"INDEX({fills},SUMPRODUCT(({labels}={own})*{numbers}))"

    def _filling(self, position: int) -> Array:
        """What fills each city's gap of one indicator."""
        if not self.recipe.fills_in:
            return np.full(len(self.given), np.nan)
        if self.recipe.impute != "group_mean":
            return np.full(len(self.given), self._centre(position))
        found = {label: self._group_centre(position, label) for label in self._labels}
        return np.array([found[label] for label in self._groups])

    def _centre(self, position: int) -> float:
        return self._written(position, self._measured)

    def _group_centre(self, position: int, label: str) -> float:
        """The centre of a group; of all cities where nobody in it has a value, if so wished."""
        members = np.array([one == label for one in self._groups])
        found = self._written(position, self._measured[members])
        return self._centre(position) if np.isnan(found) and self._falls_back else found

    def _written(self, position: int, values: Array) -> float:
        centre = _CENTRES[self.recipe.impute](values[:, [position]])
        return float(written(centre, self._measured[:, position])[0])

    @property
    def _falls_back(self) -> bool:
        return self.recipe.options_of("impute", "group_mean").get("fallback") == "overall"

    def _fills(self, sheet: Sheet) -> None:
        """What fills the gaps of each column, and of each group."""
        impute = self.recipe.impute
        sheet.put(FILL, CITY, self.layout.say(f"reported_fills.{impute}"), "note")
        for position, code in enumerate(self.codes):
            where = self._range(code)
            rounded = _rounded(_CENTRE[impute].format(x=where))
            formula = _FORMULAS[impute].format(x=where, rounded=rounded)
            shown = _shown(self._centre(position))
            whole = f'IF(COUNT({where})=0,"",{formula})'
            sheet.put(FILL, self._column(code), shown, "raw", whole)
        if impute == "group_mean":
            self._group_fills(sheet)

    def _group_fills(self, sheet: Sheet) -> None:
        first, _ = self._group_rows
        sheet.put(first - 1, CITY, self.layout.say("reported_fills.groups"), "section")
        for row, label in enumerate(self._labels, start=first):
            sheet.put(row, CITY, label, "strong")
            sheet.put(row, YEAR, row - first + 1, "whole")
            for position, code in enumerate(self.codes):
                shown = _shown(self._group_centre(position, label))
                sheet.put(row, self._column(code), shown, "raw", self._group_formula(row, code))

    def _group_formula(self, row: int, code: str) -> str:
        own = f"({self._group_range}={at(row, CITY, fix_column=True)})"
        where, otherwise = self._range(code), '""'
        if self._falls_back:
            otherwise = at(FILL, self._column(code), fix_row=True)
        count = f'SUMPRODUCT({own}*({where}<1E300)*({where}<>""))'
        total = f"SUMPRODUCT({own}*1,{where})"
        kept = f"IF({count}=1,{total},{_rounded(f'({total}/{count})')})"
        return f"IF({count}=0,{otherwise},{kept})"

    @cached_property
    def _groups(self) -> tuple[str, ...]:
        column = self.given.auxiliary[group_code(self.given, self.recipe)]
        return tuple(str(one) if one is not None else "" for one in column)

    @cached_property
    def _labels(self) -> list[str]:
        return sorted(set(self._groups))

    @property
    def _group_rows(self) -> tuple[int, int]:
        first = self.layout.last + 3
        return first, first + len(self._labels) - 1

    @property
    def _group_column(self) -> int:
        return auxiliary_column(self.layout, group_code(self.given, self.recipe)) or 0

    def _group_cell(self, row: int) -> str:
        return on(self.layout.name("data"), at(row, self._group_column, fix_column=True))

    @property
    def _group_range(self) -> str:
        column = self._group_column
        return block(self.layout.name("data"), (FIRST, column), (self.layout.last, column))


def _rounded(centre: str) -> str:
    """To 12 significant digits, as `assess.prepare` keeps what it divides and fills in."""
    return f"IF({centre}=0,0,ROUND({centre},11-INT(LOG10(ABS({centre})))))"


def _shown(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)
