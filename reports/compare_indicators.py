"""The indicators of a comparison: every pair's parts as a heat map, and the raw values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from openpyxl.formatting.rule import ColorScaleRule

from ..indicators.framework import Node
from .compare_layout import CODE, FIRST, HEAD, NAME, CompareLayout
from .evaluation.sheet import Sheet, Value, at
from .evaluation.style import HIGH, LOW, MIDDLE

UNIT = 3
"""Column of the units on the data sheet, and of the first pair on the heat map."""
_ON_A_PAGE = 8


def indicator_rows(layout: CompareLayout) -> dict[str, int]:
    """Row of every indicator, in the framework's order."""
    return {code: FIRST + place for place, code in enumerate(layout.framework.codes)}


def indicators_sheet(layout: CompareLayout) -> Sheet:
    """Build the heat map: indicators × pairs, points of the gap."""
    count = len(layout.comparison.pairs)
    sheet = layout.start("indicators", 2 + min(count, 12))
    _write_heads(layout, sheet, [])
    for pair, label in enumerate(layout.pair_labels):
        sheet.put(HEAD + 1, UNIT + pair, label, "head")
        sheet.width(17.0, UNIT + pair)
    for code, row in indicator_rows(layout).items():
        _write_names(layout, sheet, row, code)
        for pair, found in enumerate(layout.comparison.pairs):
            part = float(found.gap.parts[layout.position[code]])
            formula = f"ROUND({layout.part(pair, layout.row(code))},10)"
            sheet.put(row, UNIT + pair, round(part, 10), "signed", formula)
    last = FIRST + len(layout.framework.codes) - 1
    area = f"{at(FIRST, UNIT)}:{at(last, UNIT + count - 1)}"
    bound = largest(layout, layout.framework.codes)
    sheet.finish.append(lambda target: colour(target, area, bound))
    wide_print(sheet, UNIT, UNIT + count - 1)
    sheet.freeze, sheet.repeat_rows = (FIRST, UNIT), (HEAD, FIRST - 1)
    sheet.repeat_columns = (CODE, NAME)
    return sheet


def largest(layout: CompareLayout, codes: Iterable[str]) -> float:
    """The largest part of any pair at these nodes, for the ends of a colour scale."""
    places = [layout.position[code] for code in codes]
    parts = [abs(pair.gap.parts[places]).max() for pair in layout.comparison.pairs if pair.scored]
    return float(max(parts, default=0.0)) or 1.0


def colour(target: Any, area: str, bound: float) -> None:
    """Orange below zero, blue above, white at zero; full at ± `bound`."""
    rule = ColorScaleRule(
        start_type="num",
        start_value=-bound,
        start_color=f"FF{LOW}",
        mid_type="num",
        mid_value=0,
        mid_color=f"FF{MIDDLE}",
        end_type="num",
        end_value=bound,
        end_color=f"FF{HIGH}",
    )
    target.conditional_formatting.add(area, rule)


def wide_print(sheet: Sheet, first: int, last: int) -> None:
    """Break a sheet that is too wide for one page after every eight columns."""
    if last - first >= _ON_A_PAGE:
        sheet.page_breaks = list(range(first + _ON_A_PAGE - 1, last, _ON_A_PAGE))


def data_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet of raw values, as they were read."""
    sheet = layout.start("data", 3 + min(len(layout.sides), 12))
    _write_heads(layout, sheet, ["unit"])
    for place, side in enumerate(layout.sides):
        sheet.put(HEAD + 1, UNIT + 1 + place, side.label, "head")
        sheet.width(15.0, UNIT + 1 + place)
    for column, (code, row) in enumerate(indicator_rows(layout).items()):
        indicator = _write_names(layout, sheet, row, code).indicator
        assert indicator is not None
        sheet.put(row, UNIT, indicator.unit[layout.lang], "centre")
        for place in range(layout.side_count):
            value = raw_value(layout, place, column)
            style = "raw_missing" if isinstance(value, str) else "raw"
            sheet.put(row, UNIT + 1 + place, value, style)
    sheet.freeze, sheet.repeat_rows = (FIRST, UNIT + 1), (HEAD, FIRST - 1)
    sheet.repeat_columns = (CODE, UNIT)
    wide_print(sheet, UNIT + 1, UNIT + layout.side_count)
    return sheet


def raw_value(layout: CompareLayout, side: int, column: int) -> Value:
    """A raw value, or a mark that it is missing or not applicable."""
    found = layout.sides[side]
    dataset = found.assessment.dataset
    value = float(dataset.values[found.row, column])
    if not math.isnan(value):
        return value
    return layout.say("mark.not_applicable") if dataset.not_applicable[found.row, column] else "—"


def _write_heads(layout: CompareLayout, sheet: Sheet, further: list[str]) -> None:
    for column, key in enumerate(["code", "name", *further], start=1):
        sheet.put(HEAD + 1, column, layout.say(f"head.{key}"), "head")
    sheet.width({CODE: 9, NAME: 36, UNIT: 14})
    sheet.heights[HEAD + 1] = 48


def _write_names(layout: CompareLayout, sheet: Sheet, row: int, code: str) -> Node:
    node = layout.framework.node(code)
    sheet.put(row, CODE, code, "text")
    sheet.put(row, NAME, node.name[layout.lang], "text")
    return node
