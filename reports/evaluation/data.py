"""The data sheet: raw values as used, each repaired, flagged or missing cell marked."""

from __future__ import annotations

import numpy as np

from ...errors import Issue
from ...indicators.indicator import Indicator
from .banner import start
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
from .sheet import Sheet

_LEGEND = ("raw_repaired", "raw_flagged", "raw_missing")


def data_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    dataset, lang = layout.assessment.dataset, layout.lang
    codes = layout.framework.codes
    extra = [one for one in layout.framework.auxiliary if one.code in dataset.auxiliary]
    sheet = start(layout, "data", min(START + len(codes) + len(extra), 14))
    _heads(layout, sheet)
    findings = _findings(layout)
    for place in range(layout.count):
        row = layout.row(place)
        sheet.put(row, CITY, dataset.cities[place], "strong")
        year = dataset.years[place]
        sheet.put(row, YEAR, year if year is not None else "", "whole")
        for position, code in enumerate(codes):
            value = dataset.values[place, position]
            found = findings.get((place, code), [])
            style, note = _mark(layout, place, code, value, found)
            column = layout.indicator_column[code]
            formula = layout.reported.formula(row, code) if layout.reported else None
            if not np.isnan(value):
                sheet.put(row, column, float(value), style, formula, note=note)
            elif dataset.not_applicable[place, position]:
                sheet.put(row, column, NOT_APPLICABLE[lang], "raw_missing", formula, note=note)
            else:
                sheet.put(row, column, "" if formula else None, "raw_missing", formula, note=note)
    for place, one in enumerate(extra):
        column = START + len(codes) + 1 + place
        sheet.put(HEAD_CODE, column, one.code, "subhead", note=_divides(layout, one.code))
        sheet.put(HEAD_NAME, column, one.name[lang], "subhead")
        sheet.put(HEAD_UNIT, column, one.unit[lang], "subhead")
        for number, value in enumerate(dataset.auxiliary[one.code]):
            missing = value is None or value != value  # noqa: PLR0124 NaN is not itself
            shown = None if missing else value
            sheet.put(layout.row(number), column, shown, "general")
    sheet.width(dict.fromkeys(range(START, START + len(codes) + len(extra) + 2), 13.0))
    sheet.width({CITY: 18, YEAR: 7})
    sheet.freeze = (FIRST, START)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD_CODE, FIRST - 1), (CITY, YEAR)
    last = max(column for _, column in sheet.cells)
    sheet.page_breaks = [*goal_breaks(layout), last] if goal_breaks(layout) else []
    return sheet


def auxiliary_column(layout: Layout, code: str) -> int | None:
    """Column of an auxiliary input on the data sheet."""
    dataset = layout.assessment.dataset
    present = [one.code for one in layout.framework.auxiliary if one.code in dataset.auxiliary]
    if code not in present:
        return None
    return START + len(layout.framework.codes) + 1 + present.index(code)


def goal_breaks(layout: Layout) -> list[int]:
    """Columns after which a page ends, so that a goal stands on one page."""
    if len(layout.framework.codes) <= 16:
        return []
    ends = [len(layout.framework.leaves(goal.code)) for goal in layout.goals]
    return [START - 1 + sum(ends[: number + 1]) for number in range(len(ends))]


def _heads(layout: Layout, sheet: Sheet) -> None:
    sheet.put(HEAD_CODE, CITY, layout.say("city"), "head")
    sheet.put(HEAD_CODE, YEAR, layout.say("year"), "head")
    for row in (HEAD_NAME, HEAD_UNIT):
        sheet.put(row, CITY, None, "head")
        sheet.put(row, YEAR, None, "head")
    for indicator in layout.framework.indicators:
        column = layout.indicator_column[indicator.code]
        sheet.put(HEAD_CODE, column, indicator.code, "head")
        sheet.put(HEAD_NAME, column, indicator.name[layout.lang], "subhead")
        _put_unit(layout, sheet, column, indicator)
    for number, style in enumerate(_LEGEND):
        sheet.put(FIRST - 1, START + number, layout.say(f"legend.{style}"), style)
    sheet.put(FIRST - 1, CITY, layout.say("legend.title"), "note")
    unit_height = 42 if layout.assessment.recipe.denominate else 30
    sheet.heights |= {HEAD_NAME: 52, HEAD_UNIT: unit_height, FIRST - 1: 16}


def _put_unit(layout: Layout, sheet: Sheet, column: int, indicator: Indicator) -> None:
    """The unit; of a quotient also what the reported totals were divided by."""
    unit, note = indicator.unit[layout.lang], None
    by = layout.assessment.recipe.denominate.get(indicator.code)
    if by is not None:
        names = {one.code: one.name[layout.lang] for one in layout.framework.auxiliary}
        name = names.get(by) or by
        unit = "\n".join(filter(None, (unit, f"÷ {name}")))
        live = "live_quotient" if layout.reported else "quotient"
        note = layout.say(f"denominated.{live}", name=name)
    sheet.put(HEAD_UNIT, column, unit, "subhead", note=note)


def _divides(layout: Layout, auxiliary: str) -> str | None:
    """Said of an auxiliary input that totals were divided by."""
    divided = layout.assessment.recipe.denominate
    codes = [code for code in layout.framework.codes if divided.get(code) == auxiliary]
    if not codes:
        return None
    live = "live_divisor" if layout.reported else "divisor"
    return layout.say(f"denominated.{live}", codes=layout.say("listed.comma").join(codes))


def _findings(layout: Layout) -> dict[tuple[int, str], list[Issue]]:
    """Findings about each cell; one without a year is about the city in every year."""
    dataset = layout.assessment.dataset
    rows_of: dict[str, list[int]] = {}
    for row, city in enumerate(dataset.cities):
        rows_of.setdefault(city, []).append(row)
    found: dict[tuple[int, str], list[Issue]] = {}
    for issue in layout.assessment.issues:
        if issue.indicator:
            for row in rows_of.get(issue.city or "", []):
                if issue.year in (None, dataset.years[row]):
                    found.setdefault((row, issue.indicator), []).append(issue)
    return found


def _mark(
    layout: Layout, place: int, code: str, value: float, found: list[Issue]
) -> tuple[str, str | None]:
    if not found:
        return "raw", None
    severity = "flagged" if any(issue.severity == "flagged" for issue in found) else "repaired"
    lines = [issue.message(layout.lang) for issue in found]
    origin = layout.assessment.dataset.origins.get((place, code))
    if origin:
        lines.append(layout.say("origin", place=str(origin.location), raw=origin.raw))
    return f"raw_{severity}", "\n".join(lines)
