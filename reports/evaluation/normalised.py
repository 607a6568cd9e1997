"""The normalised sheet: every raw value as a score, by formulas on the goalposts or the column."""

from __future__ import annotations

import numpy as np

from ...assess.ruler import fit
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
from .sheet import Sheet, at, on

STATES = {"minmax": ("low", "high"), "zscore": ("mean", "deviation")}
_FITS = {"low": "MIN", "high": "MAX", "mean": "AVERAGE", "deviation": "STDEV"}


def normalised_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    assessment = layout.assessment
    sheet = start(layout, "normalised", min(START + len(layout.framework.codes), 14))
    _heads(layout, sheet)
    for position, indicator in enumerate(layout.framework.indicators):
        method = assessment.ruler.methods[position]
        column = layout.indicator_column[indicator.code]
        raw = _oriented(layout, sheet, indicator, method)
        if method in STATES:
            _state(layout, sheet, indicator, raw)
        for place in range(layout.count):
            row = layout.row(place)
            cell = raw.format(row=row)
            value = assessment.normalised[place, position]
            share = _formula(layout, indicator, method, cell, column, raw)
            formula = f"IF(ISNUMBER({cell}),{share},{_missing(layout, row, indicator.code)})"
            shown = "" if np.isnan(value) else float(value)
            sheet.put(row, column, shown, "number", formula)
    for place, label in enumerate(assessment.dataset.cities):
        row = layout.row(place)
        sheet.put(row, CITY, label, "strong", on(layout.name("data"), at(row, CITY)))
        year = assessment.dataset.years[place]
        sheet.put(row, YEAR, year if year is not None else "", "whole")
    sheet.width(dict.fromkeys(range(START, START + len(layout.framework.codes)), 12.0))
    sheet.width({CITY: 18, YEAR: 9})
    sheet.freeze = (FIRST, START)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
    sheet.page_breaks = goal_breaks(layout)
    return sheet


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
    first = layout.assessment.ruler.relative or ""
    for row, state in zip((HEAD_LOW, HEAD_HIGH), STATES.get(first, ()), strict=False):
        sheet.put(row, CITY, layout.say(f"states.{state}"), "head")
    sheet.heights[HEAD_NAME] = 52


def _missing(layout: Layout, row: int, code: str) -> str:
    if layout.assessment.recipe.impute != "zero":
        return '""'
    return f'IF({layout.data(row, code)}="{NOT_APPLICABLE[layout.lang]}","",0)'


def _oriented(layout: Layout, sheet: Sheet, indicator: Indicator, method: str) -> str:
    """Template of the reference to a value: its closeness where an interval is best."""
    code = indicator.code
    if method == "goalposts" or indicator.direction != "target" or not indicator.scale:
        return layout.data(0, code)[:-1] + "{row}"
    column = START + len(layout.framework.codes) + 1 + layout.framework.codes.index(code)
    sheet.put(HEAD_CODE, column, code, "head")
    sheet.put(HEAD_NAME, column, layout.say("closeness"), "subhead")
    values = layout.assessment.dataset.values[:, layout.framework.codes.index(code)]
    for place, value in enumerate(scale_scores(indicator, values)):
        row = layout.row(place)
        cell = layout.data(row, code)
        formula = f'IF(ISNUMBER({cell}),{_on_scale(layout, indicator, cell)},"")'
        sheet.put(row, column, "" if np.isnan(value) else float(value), "number", formula)
    return at(0, column)[:-1] + "{row}"


def _state(layout: Layout, sheet: Sheet, indicator: Indicator, raw: str) -> None:
    """The marks a sample-relative normalisation was fitted to: live where they are its own."""
    column = layout.indicator_column[indicator.code]
    ruler = layout.assessment.ruler
    method = ruler.relative or ""
    chosen = [place for place, one in enumerate(ruler.methods) if one == method]
    position = chosen.index(layout.framework.codes.index(indicator.code))
    live = _is_own(layout)
    for row, state in zip((HEAD_LOW, HEAD_HIGH), STATES[method], strict=True):
        value = float(ruler.fitted[state][position])
        formula = f"{_FITS[state]}({_whole(layout, raw)})" if live else None
        if state == "deviation" and layout.count < 2:
            formula = None
        sheet.put(row, column, value, "number", formula)


def _is_own(layout: Layout) -> bool:
    own = fit(layout.assessment.dataset, layout.assessment.recipe)
    fitted: dict[str, Array] = dict(layout.assessment.ruler.fitted)
    return all(np.array_equal(own.fitted[key], value) for key, value in fitted.items())


def _whole(layout: Layout, raw: str) -> str:
    """The whole column behind a reference template."""
    sheet, _, cell = raw.rpartition("!")
    column = cell.replace("{row}", "").replace("$", "")
    return f"{sheet}{'!' if sheet else ''}${column}${FIRST}:${column}${layout.last}"


def _formula(
    layout: Layout, indicator: Indicator, method: str, cell: str, column: int, raw: str
) -> str:
    if method == "goalposts":
        return _on_scale(layout, indicator, cell)
    if method == "none":
        return '""'
    options = layout.assessment.recipe.normalise_options
    if layout.assessment.recipe.normalise == "goalposts":
        options = layout.assessment.recipe.but(normalise=method).normalise_options
    sign = -1 if indicator.direction == "cost" else 1
    low, high = at(HEAD_LOW, column, True), at(HEAD_HIGH, column, True)
    if method == "zscore":
        mean = _n(options["mean"])
        score = f"{mean}+{_n(sign * options['deviation'])}*({cell}-{low})/{high}"
        return f"IF({high}=0,{_n(options.get('constant', mean))},{score})"
    start_at, end_at = options["to"]
    if method == "minmax":
        rise = f"({high}-{cell})" if sign < 0 else f"({cell}-{low})"
        score = f"{_n(start_at)}+{_n(end_at - start_at)}*{rise}/({high}-{low})"
        return f"IF({high}={low},{_n(options.get('constant', start_at))},{score})"
    whole = _whole(layout, raw)
    place = f"RANK({cell},{whole},{1 if sign > 0 else 0})"
    if method == "rank":
        top = f"(COUNT({whole})-1)"
        score = f"{_n(start_at)}+{_n(end_at - start_at)}*({place}-1)/{top}"
        return f"IF(COUNT({whole})=1,{_n(end_at)},{score})"
    raise NotImplementedError(method)


def _on_scale(layout: Layout, indicator: Indicator, cell: str) -> str:
    def of(field: str) -> str:
        return layout.parameter(indicator.code, field)

    kind = indicator.scale
    low, high = of("low"), of("high")
    if kind in ("ladder", "ladder-share", "binary"):
        low, high = "0", of("top")
    x = f"MIN(MAX({cell},{low}),{high})"
    if kind == "log":
        share = f"(LN({x})-LN({low}))/(LN({high})-LN({low}))"
    elif kind == "log1p":
        share = f"(LN(1+{x})-LN(1+{low}))/(LN(1+{high})-LN(1+{low}))"
    elif kind == "interval":
        first, last = of("start"), of("end")
        rising = f"IF({first}>{low},({x}-{low})/({first}-{low}),1)"
        falling = f"IF({last}<{high},({high}-{x})/({high}-{last}),1)"
        share = f"MIN(1,{rising},{falling})"
    else:
        share = f"({x}-{low})/({high}-{low})"
    return f"100*(1-{share})" if indicator.direction == "cost" else f"100*{share}"


def top_of(indicator: Indicator) -> float | None:
    """The highest rung of a ladder, or 1 for a yes-or-no."""
    if indicator.scale in ("ladder", "ladder-share", "binary"):
        return bounds(indicator)[1]
    return None


def _n(value: float) -> str:
    text = repr(float(value))
    return f"({text})" if value < 0 else text.removesuffix(".0")
