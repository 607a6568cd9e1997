"""The coherence sheet: whether the indicators tell one story, as the audit finds it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from openpyxl.formatting.rule import ColorScaleRule

from ...assess.coherence.audit import Audit, audit
from ...assess.normalise.matrix import Mask
from ...indicators.dataset import Array
from ...text import say
from .banner import start
from .framework import lines_of
from .layout import Layout
from .sheet import Sheet, at
from .style import HIGH, LOW, MIDDLE

FIRST = 4
LEAST = 4
"""Fewer cities tell nothing about correlations."""
_WIDTH = 10
LIVE = 250_000
"""Correlations are formulas while indicators² × cities are no more; pasted beyond, for speed."""
_STYLES = {"p_value": "weight", "weight": "weight", "importance": "weight", "units": "whole",
           "indicators": "whole"}  # fmt: skip


def coherence_sheet(layout: Layout) -> Sheet | None:
    """Build the sheet; None where there are too few cities or indicators to correlate."""
    assessment = layout.assessment
    if layout.count < LEAST or len(layout.framework.codes) < 3:
        return None
    found = audit(assessment)
    sheet = start(layout, "coherence", _WIDTH)
    sheet.as_written = True
    row = _put_findings(layout, sheet, found)
    for key, table in (("groups", found.groups), ("importance", found.importance)):
        row = _put_table(layout, sheet, row, key, table)
    _put_correlation(layout, sheet, row, found.correlation.to_numpy())
    sheet.width({1: 12, 2: 34} | dict.fromkeys(range(3, 3 + len(layout.framework.codes)), 10.5))
    sheet.freeze = (FIRST, 3)
    sheet.repeat_columns = (1, 2)
    last = 2 + len(layout.framework.codes)
    sheet.page_breaks = [*range(12, last, 12), last] if last > 14 else []
    return sheet


def _put_findings(layout: Layout, sheet: Sheet, found: Audit) -> int:
    """What the audit says in plain words; returns the next free row."""
    sheet.put(FIRST, 1, layout.say("coherence_findings"), "section")
    row = FIRST + 1
    for issue in found.findings:
        text = f"{issue.message(layout.lang)} {issue.fix(layout.lang)}"
        sheet.put(row, 1, text, "wrapped")
        sheet.merge(row, 1, row, _WIDTH)
        sheet.heights[row] = 13.5 * lines_of(text, 125, layout.lang) + 4
        row += 1
    if not found.findings:
        sheet.put(row, 1, layout.say("no_issues"), "plain")
        row += 1
    return row + 1


def _put_table(layout: Layout, sheet: Sheet, row: int, key: str, table: pd.DataFrame) -> int:
    sheet.put(row, 1, say(f"coherence.titles.{key}", layout.lang), "section")
    heads = [str(table.index.name), "", *map(str, table.columns)]
    for column, head in enumerate(heads, start=1):
        key_of = f"coherence.heads.{head}" if head else "workbook.weight_heads.name"
        sheet.put(row + 1, column, say(key_of, layout.lang), "head")
    sheet.heights[row + 1] = 34
    for number, (code, cells) in enumerate(table.iterrows(), start=row + 2):
        _put_name(layout, sheet, number, str(code))
        for column, (name, value) in enumerate(cells.items(), start=3):
            sheet.put(number, column, _shown(value), _STYLES.get(str(name), "number"))
    return row + len(table) + 3


def _put_correlation(layout: Layout, sheet: Sheet, row: int, table: Array) -> None:
    sheet.put(row, 1, layout.say("coherence_correlation"), "section")
    codes = layout.framework.codes
    for column, code in enumerate(["", "", *codes], start=1):
        sheet.put(row + 1, column, code, "head")
    top = row + 2
    live = _live(layout, table)
    for one, code in enumerate(codes):
        _put_name(layout, sheet, top + one, code)
        for other, value in enumerate(table[one]):
            formula = _formula(layout, top, one, other) if live[one, other] else None
            sheet.put(top + one, 3 + other, _shown(value), "number", formula)
    area = f"{at(top, 3)}:{at(top - 1 + len(codes), 2 + len(codes))}"
    sheet.finish.append(lambda target: _colour(target, area))


def _live(layout: Layout, table: Array) -> Mask:
    """Which correlations are formulas: of two indicators that every city has."""
    whole: Mask = np.asarray(~np.isnan(layout.assessment.normalised).any(axis=0))
    if table.size * layout.count > LIVE:
        whole[:] = False
    live: Mask = np.asarray(np.isfinite(table) & whole & whole[:, None])
    np.fill_diagonal(live, val=False)
    return live


def _formula(layout: Layout, top: int, one: int, other: int) -> str:
    """Below the diagonal the correlation, above it what stands below."""
    if one < other:
        return at(top + other, 3 + one)
    codes = layout.framework.codes
    return f"CORREL({layout.normalised_range(codes[one])},{layout.normalised_range(codes[other])})"


def _put_name(layout: Layout, sheet: Sheet, row: int, code: str) -> None:
    node = layout.framework.node(code)
    root = node.parent is None
    style = "text" if node.indicator else "goal"
    sheet.put(row, 1, layout.say("index") if root else code, style)
    sheet.put(row, 2, "" if root else node.name[layout.lang], style)


def _colour(target: Any, area: str) -> None:
    rule = ColorScaleRule("num", -1, LOW, "num", 0, MIDDLE, "num", 1, HIGH)
    target.conditional_formatting.add(area, rule)


def _shown(value: object) -> float | str:
    number = float(value)  # type: ignore[arg-type]
    return number if np.isfinite(number) else "—"
