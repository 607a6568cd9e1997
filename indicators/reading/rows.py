"""What a row under a header is: a city's, or one of units, weights, totals, notes …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from . import units
from .cities import is_official
from .grid import Cell, Grid, fold

Kind = Literal[
    "record", "units", "weights", "directions", "codes", "definitions", "sources", "numbering",
    "total", "note", "group", "nameless", "empty",
]  # fmt: skip
_WORDS: tuple[tuple[Kind, str], ...] = (
    ("units", "单位 计量单位 指标单位 unit units"),
    ("weights", "权重 指标权重 权数 分值 权重% weight weights"),
    ("directions", "方向 指标方向 属性 指标属性 指标性质 性质 正负向 指标类型"),
    ("directions", "direction type polarity"),
    ("codes", "编码 代码 指标编码 指标代码 code codes"),
    ("definitions", "定义 口径 指标解释 指标定义 指标说明 统计口径 计算公式 释义 definition"),
    ("sources", "来源 数据来源 资料来源 责任单位 牵头部门 填报部门 数据提供单位 source"),
)
_LABELS = {word: kind for kind, words in _WORDS for word in words.split()}
_TOTAL = re.compile(
    r"(平均|平均值|平均数|平均水平|均值|合计|总计|小计|汇总|累计|总和|中位数|中位值|最大值|最小值|最高值|最低值|标准差"
    r"|方差|极差)$|^全[省市国区州县部]$|^(合|总)\s*计$"
    r"|^(grand)?(average|mean|total|sum|median|max|maximum|min|minimum|std|stdev|subtotal|"
    r"standarddeviation|overall|nationalaverage|provincialaverage)$"
)
_NOTE = re.compile(
    r"^[\s（(【\[*※]*(注|备注|说明|数据来源|资料来源|来源|填报|填表|审核|制表|联系|负责人|附|单位负责|note|source|remark)",
    re.IGNORECASE,
)
_DIRECTIONS = {"正", "负", "正向", "负向", "适度", "中性", "+", "-", "+1", "-1", "benefit", "cost"}
_PLACE = re.compile(r"[市县区州盟旗省]$|[A-Za-z]")
_LONG = 20


def kind_of_row(
    grid: Grid, row: int, city: int, cells: Sequence[Cell], started: bool
) -> tuple[Kind, Cell]:
    """Sort one row, and name the cell that tells.

    Parameters
    ----------
    grid : Grid
    row, city : int
        The row, and the column of city names.
    cells : sequence of Cell
        The row's cells of measures.
    started : bool
        Whether a city's row has been met already.
    """
    label = _label(grid, row, city, cells)
    filled = [cell for cell in cells if cell.kind != "blank"]
    words = label.words
    if not filled and label.kind == "blank":
        return "empty", label
    if fold(words) in _LABELS and not is_official(words):
        return _LABELS[fold(words)], label
    if _TOTAL.search(fold(words)):
        return "total", label
    if not filled:
        return _kind_without_values(grid, row, label), label
    if not started and (kind := _kind_by_values(label, filled)):
        return kind, label
    if grid.at(row, city).kind == "blank":
        return "nameless", filled[0]
    return "record", label


def _label(grid: Grid, row: int, city: int, cells: Sequence[Cell]) -> Cell:
    own = grid.at(row, city)
    if own.kind != "blank":
        return own
    measured = {id(cell) for cell in cells}
    others = (cell for cell in grid.by_row[row] if id(cell) not in measured and cell.words)
    return next(others, own)


def _kind_without_values(grid: Grid, row: int, label: Cell) -> Kind:
    words = label.words
    if label.kind == "formula":
        return "record"
    if _NOTE.match(words) or len(words) > _LONG or re.search("[:：。；]", words):
        return "note"
    if is_official(words) or (_PLACE.search(words) and not _spans(grid, label)):
        return "record"
    return "group"


def _spans(grid: Grid, label: Cell) -> bool:
    place = (label.column, label.row) if grid.turned else (label.row, label.column)
    return grid.merged.get((place[0], place[1] + 1)) == place


def _kind_by_values(label: Cell, filled: Sequence[Cell]) -> Kind | None:
    words = [cell.words for cell in filled]
    if label.words == "" and all(words):
        if all(word.casefold() in _DIRECTIONS for word in words):
            return "directions"
        if sum(units.is_unit(word.strip("()（）")) for word in words) * 2 >= len(words):
            return "units"
    numbers = [cell.value for cell in filled if cell.kind == "number"]
    steps = {float(b) - float(a) for a, b in pairwise(numbers)}
    headed = len(label.words) < 2 or label.words in ("栏次", "列号", "列次", "序号")
    if len(numbers) == len(filled) > 2 and steps == {1.0} and headed:
        return "numbering"
    return None
