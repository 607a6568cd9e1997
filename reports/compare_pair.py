"""One pair at a time, picked from a list: the way from nothing to the gap, goal by goal."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from ..indicators.framework import Node
from .compare_indicators import UNIT, colour, indicator_rows, largest, raw_value
from .compare_layout import HEAD, CompareLayout, shown
from .compare_waterfall import (
    BARS,
    PICK,
    PICKED,
    SIDES,
    STEPS,
    waterfall,
    write_scores,
    write_steps,
)
from .evaluation.sheet import Sheet, at, block, letters

_BIGGEST = 10
_KEYS = 12
"""Column of the figures by which the indicators are sorted."""


def pair_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet, showing the first pair."""
    sheet = layout.start("pair", 10)
    _write_pick(layout, sheet)
    steps = write_steps(layout, sheet)
    biggest = STEPS + len(steps) + 20
    _write_biggest(layout, sheet, biggest)
    _write_all(layout, sheet, biggest + _BIGGEST + 4)
    sheet.width({1: 9, 2: 44, 3: 13, 4: 13, 5: 13, 6: 13, 7: 13, 8: 13, 9: 13, 10: 13})
    sheet.width(dict.fromkeys(range(11, BARS + 8), 12.0))
    sheet.finish.append(lambda target: _finish(layout, target, len(steps)))
    sheet.freeze = (PICK + 1, 3)
    return sheet


def _write_pick(layout: CompareLayout, sheet: Sheet) -> None:
    label = layout.pair_labels[0]
    sheet.put(PICK, 1, layout.say("pair.pick"), "section")
    sheet.put(PICK, 3, label, "input_text")
    for column in range(4, 8):
        sheet.put(PICK, column, None, "input_text")
    sheet.merge(PICK, 3, PICK, 7)
    sheet.heights[PICK] = 28
    labels = layout.pairs_row(HEAD + 1, layout.part_column(0))
    sheet.put(PICK + 1, 2, layout.say("pair.number"), "caption")
    sheet.put(PICK + 1, 3, 1, "caption", f"MATCH({at(PICK, 3, True, True)},{labels},0)")
    found = layout.comparison.pairs[0]
    for column, key, side in ((4, "side", found.side), (6, "other", found.other)):
        where = layout.pairs_row(layout.foot(key), layout.part_column(0))
        sheet.put(PICK + 1, column, layout.say(f"foot.{key}"), "caption")
        number = layout.side_of[id(side)] + 1
        sheet.put(PICK + 1, column + 1, number, "caption", f"INDEX({where},{PICKED})")
    _write_figures(layout, sheet)


def _write_figures(layout: CompareLayout, sheet: Sheet) -> None:
    found, root = layout.comparison.pairs[0], layout.framework.root.code
    labels = layout.sides_row("scores", HEAD + 1, layout.score_column(0))
    scores = layout.sides_row("scores", layout.row(root), layout.score_column(0))
    for column, side, picked in ((2, found.side, SIDES[0]), (3, found.other, SIDES[1])):
        sheet.put(PICK + 2, column, side.label, "caption", f"INDEX({labels},{picked})")
        sheet.put(PICK + 3, column, shown(side.score), "figure", f"INDEX({scores},{picked})")
    gaps = layout.pairs_row(layout.foot("gap"), layout.part_column(0))
    sheet.put(PICK + 2, 4, layout.say("column.gap"), "caption")
    sheet.put(PICK + 3, 4, shown(found.gap.total), "figure_signed", f"INDEX({gaps},{PICKED})")
    sheet.heights |= {PICK + 2: 30, PICK + 3: 32}


def _write_biggest(layout: CompareLayout, sheet: Sheet, row: int) -> None:
    """The indicators with the largest parts, found by formula."""
    sheet.put(row, 1, layout.say("table.indicators"), "section")
    _write_line_heads(layout, sheet, row + 1)
    found, rows = layout.comparison.pairs[0], indicator_rows(layout)
    place = layout.position
    keys = {
        code: abs(round(float(found.gap.parts[place[code]]), 10)) - line * 1e-9
        for code, line in rows.items()
    }
    order = sorted(keys, key=lambda code: -keys[code])
    all_keys, codes = _key_column(layout), list(rows)
    for number in range(min(_BIGGEST, len(order))):
        line, code = row + 2 + number, order[number]
        where = f"MATCH(LARGE({all_keys},{number + 1}),{all_keys},0)"
        sheet.put(line, _KEYS, codes.index(code) + 1, "note", where)
        _write_indicator(layout, sheet, line, code, at(line, _KEYS, False, True))


def _key_column(layout: CompareLayout) -> str:
    """Absolute parts of the picked pair, made distinct, beside the full table."""
    first = _table_row(layout) + 2
    return f"$L${first}:$L${first + len(layout.framework.codes) - 1}"


def _table_row(layout: CompareLayout) -> int:
    steps = len(layout.framework.goals) + 2
    return STEPS + steps + 20 + _BIGGEST + 4


def _write_line_heads(layout: CompareLayout, sheet: Sheet, row: int) -> None:
    keys = ("code", "name", "part", "score_side", "score_other", "difference", "raw_side",
            "raw_other", "unit")  # fmt: skip
    for column, key in enumerate(keys, start=1):
        sheet.put(row, column, layout.say(f"head.{key}"), "head")
    sheet.heights[row] = 34


def _write_indicator(
    layout: CompareLayout, sheet: Sheet, row: int, code: str, number: str | None
) -> None:
    """One indicator of the picked pair; `number` is the cell with its place, or it is fixed."""
    found, rows = layout.comparison.pairs[0], indicator_rows(layout)
    node, place = layout.framework.node(code), list(rows).index(code)
    cells = _Picked(layout, place, number)
    sheet.put(row, 1, code, "text", cells.column("indicators", 1) if number else None)
    name = node.name[layout.lang]
    sheet.put(row, 2, name, "text", cells.column("indicators", 2) if number else None)
    part = round(float(found.gap.parts[layout.position[code]]), 10)
    sheet.put(row, 3, part, "signed", cells.matrix("indicators", UNIT, layout.pair_count, PICKED))
    write_scores(layout, sheet, row, code, [cells.score(picked) for picked in SIDES])
    for column, side, picked in ((7, found.side, SIDES[0]), (8, found.other, SIDES[1])):
        value = raw_value(layout, layout.side_of[id(side)], place)
        sheet.put(row, column, value, "raw", cells.matrix("data", UNIT + 1, layout.side_count,
                                                          picked))  # fmt: skip
    unit = node.indicator.unit[layout.lang] if node.indicator else ""
    text = cells.column("data", UNIT)
    sheet.put(row, 9, unit, "centre", f'IF({text}="","",{text})' if number else None)


class _Picked:
    """References to one indicator's cells, for whichever pair is picked."""

    def __init__(self, layout: CompareLayout, place: int, number: str | None) -> None:
        self.layout, self.place, self.number = layout, place, number
        rows = indicator_rows(layout)
        self.top, self.bottom = min(rows.values()), max(rows.values())

    def column(self, sheet: str, column: int) -> str:
        """The indicator's cell in a column."""
        where = block(self.layout.sheet_name(sheet), (self.top, column), (self.bottom, column))
        return f"INDEX({where},{self._row()})"

    def matrix(self, sheet: str, column: int, count: int, picked: str) -> str:
        """The indicator's cell in the picked column of a matrix."""
        last = (self.bottom, column + count - 1)
        where = block(self.layout.sheet_name(sheet), (self.top, column), last)
        return f"INDEX({where},{self._row()},{picked})"

    def score(self, picked: str) -> str:
        """The indicator's score of the picked side."""
        layout = self.layout
        if self.number is None:
            code = layout.framework.codes[self.place]
            row = layout.sides_row("scores", layout.row(code), layout.score_column(0))
            return f"INDEX({row},{picked})"
        top = _table_row(layout) + 2
        column = 4 if picked == SIDES[0] else 5
        where = f"{at(top, column, True, True)}:{at(top + self._last(), column, True, True)}"
        return f"INDEX({where},{self.number})"

    def _last(self) -> int:
        return len(self.layout.framework.codes) - 1

    def _row(self) -> str:
        return self.number or str(self.place + 1)


def _write_all(layout: CompareLayout, sheet: Sheet, row: int) -> None:
    """Every indicator of the picked pair, in the framework's order."""
    assert row == _table_row(layout)
    sheet.put(row, 1, layout.say("pair.all"), "section")
    _write_line_heads(layout, sheet, row + 1)
    found, codes = layout.comparison.pairs[0], layout.framework.codes
    sheet.put(row + 1, 10, layout.say("head.goal"), "head")
    for place, code in enumerate(codes):
        line = row + 2 + place
        _write_indicator(layout, sheet, line, code, None)
        goal: Node = layout.framework.goal_of(code)
        sheet.put(line, 10, goal.code, "centre")
        part = round(float(found.gap.parts[layout.position[code]]), 10)
        inside = indicator_rows(layout)[code]
        formula = f"ABS({at(line, 3)})-{inside}*1E-9"
        sheet.put(line, _KEYS, abs(part) - inside * 1e-9, "note", formula)
    area = f"{at(row + 2, 3)}:{at(row + 1 + len(codes), 3)}"
    bound = largest(layout, codes)
    sheet.finish.append(lambda target: colour(target, area, bound))


def _finish(layout: CompareLayout, target: Any, steps: int) -> None:
    labels = layout.pairs_row(HEAD + 1, layout.part_column(0))
    choice = DataValidation("list", formula1=f"={labels}", allow_blank=False)
    target.add_data_validation(choice)
    choice.add(at(PICK, 3))
    last = _table_row(layout) + 1 + len(layout.framework.codes)
    target.print_area = f"A1:J{last}"
    target.row_breaks.append(Break(_table_row(layout) - 1))
    target.column_dimensions[letters(_KEYS)].hidden = True
    below = STEPS + steps + 3
    target.add_chart(waterfall(layout, target, steps), f"A{below}")
