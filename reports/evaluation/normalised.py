"""The normalised sheet: every raw value as a score, by formulas on the goalposts or the column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...assess.recipe import Recipe
from ...assess.ruler import CLOSENESS, FALLBACK
from ...assess.scales import bounds
from ...assess.scales import scale as scale_scores
from ...indicators.dataset import Array
from ...indicators.indicator import Indicator
from .banner import start
from .data import goal_breaks
from .layout import (
    CITY,
    FIRST,
    HEAD_CODE,
    HEAD_HIGH,
    HEAD_LOW,
    HEAD_NAME,
    NOT_APPLICABLE,
    START,
    YEAR,
    Layout,
)
from .marks import PER_CENT, RANKED, labels, marks_of
from .scale_formulas import Column, on_scale, relative
from .sheet import Sheet, at, letters, on


@dataclass(frozen=True, slots=True)
class _Values:
    """Where the values of an indicator stand: on which sheet, in which column."""

    sheet: str
    column: int

    def cell(self, row: int) -> str:
        return f"{self.sheet}{at(row, self.column)}"

    def all(self, last: int) -> str:
        letter = letters(self.column)
        return f"{self.sheet}${letter}${FIRST}:${letter}${last}"


def normalised_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    sheet = start(layout, "normalised", min(START + len(layout.framework.codes), 14))
    _heads(layout, sheet)
    for position in range(len(layout.framework.codes)):
        _scores(layout, sheet, position)
    for place, label in enumerate(layout.assessment.dataset.cities):
        row = layout.row(place)
        sheet.put(row, CITY, label, "strong", on(layout.name("data"), at(row, CITY)))
        year = layout.assessment.dataset.years[place]
        sheet.put(row, YEAR, year if year is not None else "", "whole")
    sheet.width(dict.fromkeys(range(START, START + len(layout.framework.codes)), 12.0))
    sheet.width({CITY: 18, YEAR: 9})
    sheet.freeze = (FIRST, START)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
    sheet.page_breaks = goal_breaks(layout)
    return sheet


def top_of(indicator: Indicator) -> float | None:
    """The highest rung of a ladder, or 1 for a yes-or-no."""
    if indicator.scale in ("ladder", "ladder-share", "binary"):
        return bounds(indicator)[1]
    return None


def _heads(layout: Layout, sheet: Sheet) -> None:
    for row in (HEAD_CODE, HEAD_NAME, HEAD_LOW, HEAD_HIGH):
        sheet.put(row, CITY, None, "head")
        sheet.put(row, YEAR, None, "head")
    sheet.put(HEAD_CODE, CITY, layout.say("city"), "head")
    sheet.put(HEAD_CODE, YEAR, layout.say("year"), "head")
    for indicator in layout.framework.indicators:
        column = layout.indicator_column[indicator.code]
        sheet.put(HEAD_CODE, column, indicator.code, "head")
        sheet.put(HEAD_NAME, column, indicator.name[layout.lang], "subhead")
        sheet.put(HEAD_LOW, column, None, "subhead")
        sheet.put(HEAD_HIGH, column, None, "subhead")
    recipe = _relative_recipe(layout)
    shown: tuple[str, ...] = ()
    if layout.assessment.ruler.relative:
        shown = labels(recipe.normalise, recipe.normalise_options)
        if recipe.normalise in PER_CENT:
            sheet.put(2, 1, layout.say("notes.normalised_share"), "subtitle")
    for row, label in zip((HEAD_LOW, HEAD_HIGH), shown, strict=False):
        sheet.put(row, CITY, layout.say(f"states.{label}"), "head")
    sheet.heights[HEAD_NAME] = 52


def _scores(layout: Layout, sheet: Sheet, position: int) -> None:
    """The scores of one indicator."""
    indicator = layout.framework.indicators[position]
    values = _values(layout, sheet, indicator, position)
    column = None if _is_fixed(layout, position) else _measure(layout, sheet, values, position)
    for place in range(layout.count):
        row = layout.row(place)
        cell = values.cell(row)
        formula: str | None
        if column is None:
            formula = _on_scale(layout, indicator, cell)
        else:
            recipe = _relative_recipe(layout)
            sign = -1 if indicator.direction == "cost" else 1
            options = recipe.normalise_options
            formula = relative(recipe.normalise, cell, column, sign, options)
        missing = _missing(layout, row, indicator.code)
        shown = _shown(layout.assessment.normalised[place, position])
        whole = None if formula is None else f"IF(ISNUMBER({cell}),{formula},{missing})"
        sheet.put(row, layout.indicator_column[indicator.code], shown, "number", whole)


def _is_fixed(layout: Layout, position: int) -> bool:
    return layout.assessment.ruler.methods[position] == "goalposts"


def _relative_recipe(layout: Layout) -> Recipe:
    recipe = layout.assessment.recipe
    return Recipe(normalise=FALLBACK) if recipe.normalise == "goalposts" else recipe


def _missing(layout: Layout, row: int, code: str) -> str:
    if layout.assessment.recipe.impute != "zero":
        return '""'
    return f'IF({layout.data(row, code)}="{NOT_APPLICABLE[layout.lang]}","",0)'


def _on_scale(layout: Layout, indicator: Indicator, cell: str) -> str:
    return on_scale(indicator, cell, lambda field: layout.parameter(indicator.code, field))


def _values(layout: Layout, sheet: Sheet, indicator: Indicator, position: int) -> _Values:
    """Raw values; where an interval is best and the column is the measure, the closeness to it."""
    code = indicator.code
    if _is_fixed(layout, position) or indicator.direction != "target" or not indicator.scale:
        return _Values(on(layout.name("data"), ""), layout.indicator_column[code])
    column = START + len(layout.framework.codes) + 1 + position
    sheet.put(HEAD_CODE, column, code, "head")
    sheet.put(HEAD_NAME, column, layout.say("closeness"), "subhead")
    for place, value in enumerate(_oriented(layout, position)):
        row = layout.row(place)
        cell = layout.data(row, code)
        near = f"ROUND({_on_scale(layout, indicator, cell)},{CLOSENESS})"
        formula = f'IF(ISNUMBER({cell}),{near},"")'
        sheet.put(row, column, _shown(value), "number", formula)
    return _Values("", column)


def _oriented(layout: Layout, position: int) -> Array:
    indicator = layout.framework.indicators[position]
    values = layout.assessment.dataset.values[:, position]
    if indicator.direction == "target" and indicator.scale:
        return np.round(scale_scores(indicator, values), CLOSENESS)
    return values


def _measure(layout: Layout, sheet: Sheet, values: _Values, position: int) -> Column:
    """What a sample-relative normalisation measures by: live where it is this table."""
    recipe, live = _relative_recipe(layout), layout.own_ruler
    indicator = layout.framework.indicators[position]
    column, whole = layout.indicator_column[indicator.code], values.all(layout.last)
    found = marks_of(layout, indicator, recipe.normalise_options, recipe.normalise, whole)
    for row, mark in zip((HEAD_LOW, HEAD_HIGH), found, strict=False):
        formula = mark.formula if live else None
        sheet.put(row, column, _fitted(layout, position, mark.state), "raw", formula)
    if recipe.normalise in RANKED and not live:
        whole = _reference(layout, sheet, position)
    return Column(whole, at(HEAD_LOW, column, True), at(HEAD_HIGH, column, True), live)


def _fitted(layout: Layout, position: int, state: str) -> float | str:
    ruler = layout.assessment.ruler
    chosen = [place for place, one in enumerate(ruler.methods) if one == ruler.relative]
    return float(ruler.fitted[state][chosen.index(position)]) if position in chosen else ""


def _reference(layout: Layout, sheet: Sheet, position: int) -> str:
    """The values of the other cities by which these are ranked, beside the scores."""
    ruler = layout.assessment.ruler
    chosen = [place for place, one in enumerate(ruler.methods) if one == ruler.relative]
    column = START + 2 * (len(layout.framework.codes) + 1) + position
    sheet.put(HEAD_CODE, column, layout.framework.codes[position], "head")
    sheet.put(HEAD_NAME, column, layout.say("reference"), "subhead")
    fitted = ruler.fitted["reference"]
    known = fitted[:, chosen.index(position)] if position in chosen else np.empty(0)
    found = [float(value) for value in known if not np.isnan(value)]
    for number, value in enumerate(found):
        sheet.put(FIRST + number, column, value, "number")
    letter = letters(column)
    return f"${letter}${FIRST}:${letter}${FIRST + max(len(found), 1) - 1}"


def _shown(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)
