"""The sample judgements.xlsx: three invented experts compare the goals, and the parts of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample_sheet import (
    body_row,
    fill,
    font,
    for_print,
    header_row,
    paragraphs,
    title_band,
    widths,
    words,
)

import steelyard as sy

WORDS = words("judgements")
NODES = ("index", "A")
Upper = Sequence[Sequence[float | None]]

EXPERTS: Mapping[str, Mapping[str, Upper]] = {
    "专家甲": {
        "index": ((2, 2, 3, 1), (1, 2, 1 / 2), (2, 1 / 2), (1 / 3,)),
        "A": ((1, 2, 2, 3), (2, 2, 3), (1, 2), (2,)),
    },
    "专家乙": {
        # Against the rest, C over E: this is the judgement to reconsider.
        "index": ((3, 2, 4, 2), (1 / 2, 2, 1), (3, 9), (1 / 2,)),
        "A": ((1 / 2, 3, 1, 2), (4, 2, 3), (1 / 3, 1 / 2), (2,)),
    },
    "专家丙": {
        "index": ((1, 1, 2, 1 / 2), (1, 2, None), (2, 1 / 2), (1 / 4,)),
        "A": ((2, 2, 1, 1), (1, 1 / 2, 1 / 2), (1 / 2, 1 / 2), (1,)),
    },
}
"""Upper triangles by expert and node, row by row; None = not judged."""


def build() -> Workbook:
    framework = sy.load_framework("smart2015")
    book = Workbook()
    notes = book.active
    notes.title = "说明 Notes"
    for expert, judged in EXPERTS.items():
        _expert_sheet(book.create_sheet(f"判断矩阵 {expert}"), framework, expert, judged)
    paragraphs(notes, title_band(notes, WORDS, 2), WORDS["notes"])
    for_print(notes, 2)
    return book


def _expert_sheet(
    sheet: Worksheet, framework: Any, expert: str, judged: Mapping[str, Upper]
) -> None:
    row = title_band(sheet, WORDS, 7)
    body_row(sheet, row, ("专家", expert))
    for node in NODES:
        row = _matrix(sheet, row + 2, framework, node, judged[node])
    widths(sheet, (8, 22, *([15] * 5)))
    for_print(sheet, 2)


def _matrix(sheet: Worksheet, row: int, framework: Any, code: str, upper: Upper) -> int:
    """Write one upper triangle with labels; returns its last row."""
    children = [child for child in framework.children(code) if child.weight > 0]
    sheet.cell(row, 1, f"{framework.node(code).name.zh}:{WORDS['question']}").font = font(bold=True)
    header_row(sheet, row + 1, ("编码", "项目", *(child.name.zh for child in children)), 32)
    for place, child in enumerate(children):
        given = upper[place] if place < len(upper) else ()
        line = row + 2 + place
        values = [*([None] * place), 1, *given]
        body_row(sheet, line, (child.code, child.name.zh, *values), [None, None, *["# ?/?"] * 5])
        for column in range(3 + place + 1, 3 + len(children)):
            sheet.cell(line, column).fill = fill("FFF8DC")
        sheet.row_dimensions[line].height = 20
    return row + 1 + len(children)
