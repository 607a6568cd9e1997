"""The columns of a framework's table, and how a cell holds a ladder or several names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .names import header_key

RULES_MARK = "#rules"
"""First cell of the row after which the rules stand, one line of YAML a row."""
SHEETS = ("Framework", "指标体系")
RULES_SHEETS = ("Rules", "规则")

HEADERS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "编码", "代码"),
    "name_zh": ("name_zh", "名称", "中文名", "中文名称", "指标名称"),
    "name_en": ("name_en", "英文名", "英文名称"),
    "parent": ("parent", "上级", "上级编码"),
    "weight": ("weight", "权重"),
    "unit": ("unit", "单位"),
    "unit_en": ("unit_en", "英文单位"),
    "direction": ("direction", "方向"),
    "scale": ("scale", "标尺"),
    "low": ("low", "下限"),
    "high": ("high", "上限"),
    "interval_low": ("interval_low", "区间下限"),
    "interval_high": ("interval_high", "区间上限"),
    "ladder": ("ladder", "阶梯"),
    "range_low": ("range_low", "有效下限"),
    "range_high": ("range_high", "有效上限"),
    "aliases": ("aliases", "别名"),
    "definition": ("definition", "定义"),
    "definition_en": ("definition_en", "英文定义"),
    "source": ("source", "来源"),
    "source_en": ("source_en", "英文来源"),
    "benchmark": ("benchmark", "参照"),
    "benchmark_en": ("benchmark_en", "英文参照"),
    "goalpost_reason": ("goalpost_reason", "标尺依据"),
    "goalpost_reason_en": ("goalpost_reason_en", "英文标尺依据"),
    "data_source": ("data_source", "数据来源"),
    "data_source_en": ("data_source_en", "英文数据来源"),
    "block": ("block", "板块"),
    "points": ("points", "分值"),
}
"""The English head of each column, the Chinese one, and further ones that are read."""
REMARKS = ("备注", "注", "说明", "序号", "note", "notes", "remark", "remarks", "comment", "no")
"""Heads of columns that are left unread; so is every head that begins with #."""

_COLUMN_OF = {header_key(word): column for column, words in HEADERS.items() for word in words}
_REMARK_KEYS = {header_key(word) for word in REMARKS}
_PART = re.compile(r"(?:\\.|[^|])+", re.DOTALL)
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_OTHER_MARKS = re.compile(r"[;；、\n]")
_RUNG = re.compile(r"\s*(\d+)\s*[=＝:：](.*)", re.DOTALL)
_BETWEEN = re.compile(r"(?<!\S)/(?!\S)")


def column_of(head: object) -> str | None:
    """The column that a head stands for; None for an unknown one."""
    return _COLUMN_OF.get(header_key(str(head)))


def is_remark(head: object) -> bool:
    """Whether a column is left unread."""
    text = str(head).strip()
    return not header_key(text) or text.startswith("#") or header_key(text) in _REMARK_KEYS


def names_text(names: Iterable[str]) -> str:
    """Several names in one cell.

    Examples
    --------
    >>> names_text(["网办率", "Online rate"])
    '网办率|Online rate'
    """
    words = [_escaped(name) for name in names]
    lone = len(words) == 1 and _OTHER_MARKS.search(words[0])
    return "|".join(words) + ("|" if lone else "")


def names_from(text: str) -> list[str]:
    r"""The names of one cell, set apart by ``|``, else by ``;``, ``；``, ``、`` or line breaks.

    Examples
    --------
    >>> names_from("网办率、网上办理率"), names_from(r"either\|or|two、in one")
    (['网办率', '网上办理率'], ['either|or', 'two、in one'])
    """
    parts = _PART.findall(text) if _BAR.search(text) else _OTHER_MARKS.split(text)
    return [_plain(part) for part in parts if part.strip()]


def ladder_text(rungs: Iterable[Mapping[str, Any]]) -> str:
    """The rungs of a ladder in one cell.

    Examples
    --------
    >>> ladder_text([{"level": 0, "zh": "无", "en": "none"}, {"level": 1, "zh": "有", "en": ""}])
    '0=无 / none|1=有'
    """
    return "|".join(_rung_text(rung) for rung in rungs)


def ladder_from(text: str) -> list[dict[str, Any]]:
    """The rungs of one cell; a rung without a number has no level.

    Examples
    --------
    >>> ladder_from("0=无 / none|1=有")
    [{'level': 0, 'zh': '无', 'en': 'none'}, {'level': 1, 'zh': '有', 'en': ''}]
    """
    rungs = []
    for part in _PART.findall(text):
        match = _RUNG.fullmatch(part)
        words = _BETWEEN.split(match[2] if match else part, maxsplit=1)
        zh, en = (*words, "")[:2]
        level = int(match[1]) if match else None
        rungs.append({"level": level, "zh": _plain(zh), "en": _plain(en)})
    return rungs


def _rung_text(rung: Mapping[str, Any]) -> str:
    zh, en = (_BETWEEN.sub(r"\\/", _escaped(rung.get(lang, ""))) for lang in ("zh", "en"))
    return f"{rung['level']}={zh} / {en}" if en else f"{rung['level']}={zh}"


def _escaped(word: str) -> str:
    return re.sub(r"([\\|])", r"\\\1", word)


def _plain(word: str) -> str:
    return re.sub(r"\\([\\|/])", r"\1", word.strip())
