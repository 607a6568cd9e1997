"""The framework sheet: what is measured, on which scale, and where that comes from."""

from __future__ import annotations

from .banner import start
from .layout import FRAMEWORK_COLUMNS, NODE_FIRST, Layout
from .normalised import top_of
from .sheet import Sheet

_TEXTS = ("ladder", "definition", "source", "goalpost_reason", "data_source")
_SIZES = (40, 60, 56, 38, 18)


def framework_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    framework, lang = layout.framework, layout.lang
    width = len(FRAMEWORK_COLUMNS) + len(_TEXTS)
    sheet = start(layout, "framework", width)
    for field, place in FRAMEWORK_COLUMNS.items():
        sheet.put(NODE_FIRST - 1, place, layout.say(f"framework_heads.{field}"), "head")
    for number, text in enumerate(_TEXTS):
        column = len(FRAMEWORK_COLUMNS) + 1 + number
        sheet.put(NODE_FIRST - 1, column, layout.say(f"framework_heads.{text}"), "head")
    for node in framework.nodes[1:]:
        row = layout.node_row[node.code]
        style = "wrapped" if node.indicator else "goal"
        for place in range(1, width + 1):
            sheet.put(row, place, None, style)
        sheet.put(row, 1, node.code, style)
        sheet.put(row, 2, node.name[lang], style)
        sheet.put(row, 3, node.parent, style)
        look = "weight" if node.indicator else "goal_weight"
        local = layout.assessment.ruler.weights[node.code]
        sheet.put(row, 4, local, look, layout.weight(node.code, "local"))
        if node.indicator is not None:
            _indicator(layout, sheet, row, node.code)
    sheet.width({1: 8, 2: 26, 3: 8, 4: 9, 5: 12, 6: 9, 7: 11})
    sheet.width(9, 8, 9, 10, 11, 12)
    sheet.width(dict(enumerate(_SIZES, start=len(FRAMEWORK_COLUMNS) + 1)))
    sheet.heights[NODE_FIRST - 1] = 44
    sheet.freeze = (NODE_FIRST, 3)
    sheet.repeat_rows, sheet.repeat_columns = (NODE_FIRST - 1, NODE_FIRST - 1), (1, 2)
    sheet.page_breaks, sheet.scale = [12, 14, width], 64
    return sheet


def _indicator(layout: Layout, sheet: Sheet, row: int, code: str) -> None:
    indicator, lang = layout.framework.node(code).indicator, layout.lang
    assert indicator is not None
    sheet.put(row, 5, indicator.unit[lang], "wrapped")
    sheet.put(row, 6, layout.say(f"directions.{indicator.direction}"), "centre")
    sheet.put(row, 7, indicator.scale or "—", "centre")
    interval = indicator.interval or (None, None)
    for column, value in zip(
        range(8, 13), (indicator.low, indicator.high, *interval, top_of(indicator)), strict=True
    ):
        movable = value is not None and column < 12 and top_of(indicator) is None
        sheet.put(row, column, value, "input" if movable else "general")
    ladder = "\n".join(f"{rung.level} {rung.name[lang]}" for rung in indicator.ladder)
    texts = [
        ladder,
        indicator.definition[lang],
        indicator.source[lang],
        indicator.goalpost_reason[lang],
        indicator.data_source[lang],
    ]
    for number, text in enumerate(texts):
        sheet.put(row, len(FRAMEWORK_COLUMNS) + 1 + number, text, "wrapped")
    lines = max(lines_of(text, size, lang) for text, size in zip(texts, _SIZES, strict=True))
    sheet.heights[row] = min(13.5 * max(lines, 1) + 3, 400)


def lines_of(text: str, width: float, lang: str) -> int:
    """How many lines a wrapped text takes in a column: a Chinese character is two wide."""
    total = 0
    for line in text.split("\n"):
        size = sum(1.9 if ord(letter) > 0x2E7F else 0.95 for letter in line)
        total += max(1, -(-int(size) // int(width - 1)))
    return total
