"""Headers: which column of a sheet is which indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..framework import Auxiliary, Framework
from ..indicator import Indicator
from . import units
from .chinese import is_simplified, simplified
from .grid import fold, visible
from .limits import HEADINGS, Refused

Role = Literal["measure", "city", "place", "year", "number", "indicator", "code", "value", "unit"]

_ROLES: tuple[tuple[Role, str], ...] = (
    ("city", "城市 城市名称 城市名 市 市名 地市 地市名称 市州 州市 地级市 评价对象 参评城市"),
    ("city", "申报城市 评价城市 city cityname cities municipality 城市city"),
    ("place", "地区 地区名称 名称 单位名称 填报单位 区域 行政区 行政区划 行政区划名称 区县"),
    ("place", "县市区 省份 省市 辖区 地名 地方 对象 region district county province country"),
    ("place", "name place area unitname"),
    ("year", "年份 年度 年 统计年度 统计年份 评价年度 评价年份 数据年份 数据年度 报告年"),
    ("year", "时间 year"),
    ("number", "序号 编号 行号 no number sn 排序"),
    ("indicator", "指标 指标名称 指标项 评价指标 三级指标 末级指标 项目 indicator indicatorname"),
    ("code", "编码 代码 指标编码 指标代码 code indicatorcode"),
    ("value", "数值 值 指标值 填报值 上报值 实际值 数据 结果 value reportedvalue"),
    ("unit", "单位 计量单位 unit units"),
)  # fmt: skip
_ROLE_OF = {word: role for role, words in _ROLES for word in words.split()}
_BRACKET = re.compile(r"[（(\[【［〔]([^（()）\[\]【】［］〔〕]*)[)）\]】］〕]")
_NUMBERING = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]+[)）.、．]\s*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?度?(?!\d)")
_TAIL = re.compile(r"[\s/／,，;；:：_\-–—|]+(?:单位[:：]?)?([^\s,，;；:：_|]+)$")
_SYMBOLS = set("%％‰$€")
"""Units that folding a text would drop."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says.

    Parameters
    ----------
    role : str
        ``measure`` for an indicator or auxiliary input.
    code : str
        Of the measure.
    exact : bool
        Written as the framework writes it.
    unit : str or None
        The unit it states.
    remark : str or None
        Further words in brackets that are not a unit.
    year : int or None
        The year it states.
    """

    role: Role
    code: str = ""
    exact: bool = True
    unit: str | None = None
    remark: str | None = None
    year: int | None = None


class Headers:
    """All names under which a framework's measures may stand."""

    def __init__(self, framework: Framework) -> None:
        self._codes: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._known: dict[str, Header | None] = {}
        self._tried = 0
        self.measures: dict[str, Indicator | Auxiliary] = {}
        for indicator in framework.indicators:
            self._add(indicator)
        for auxiliary in framework.auxiliary:
            self._add(auxiliary)
        self._letters = _written_first({**_ROLE_OF, **self._codes})
        self.order = {code: place for place, code in enumerate(framework.codes)}

    def _add(self, measure: Indicator | Auxiliary) -> None:
        self.measures[measure.code] = measure
        own = [measure.code, measure.name.zh, measure.name.en]
        for name in filter(None, own):
            self._exact.setdefault(name, measure.code)
        for name in filter(None, [*own, *measure.aliases]):
            self._codes.setdefault(fold(name), measure.code)

    def match(self, text: str) -> Header | None:
        """What a header text stands for; None if for nothing known.

        Raises
        ------
        Refused
            After more different texts than any sheet has headers.
        """
        if text not in self._known:
            self._known[text] = self._match(visible(text)) if len(text) <= _LONGEST else None
        return self._known[text]

    def _match(self, text: str) -> Header | None:
        if text in self._exact:
            return Header("measure", self._exact[text])
        if self._letters.isdisjoint(text) and is_simplified(text):
            return None
        self._tried += 1
        if self._tried > HEADINGS:
            raise Refused("reading.too_large", what="texts", limit=f"{HEADINGS:,}")
        plain = simplified(text)
        if found := self._measure(text) or self._measure(plain):
            return found
        role = _ROLE_OF.get(fold(_BRACKET.sub("", plain)))
        return Header(role) if role else None

    def _measure(self, text: str) -> Header | None:
        for stem, remark, year in _readings(text):
            code = self._code_of(stem)
            if code is None:
                continue
            unit = remark if remark and self._is_unit(code, remark) else None
            other = remark if remark and unit is None and not _HARMLESS.match(remark) else None
            return Header("measure", code, False, unit, other, year)
        return None

    def _is_unit(self, code: str, remark: str) -> bool:
        return units.is_same(remark, self.measures[code].unit) or units.is_unit(remark)

    def _code_of(self, stem: str) -> str | None:
        key = fold(stem)
        if key in self._codes:
            return self._codes[key]
        for cut in range(1, min(len(key), 12)):
            code = self._codes.get(key[:cut])
            if code and fold(code) == key[:cut] and self._codes.get(key[cut:]) == code:
                return code
        return None


_HARMLESS = re.compile(
    r"^(必填|选填|required|optional|[正负]向?|[+\-＋－−]|↑|↓|越[大高多小低少]越[好优]|[A-Za-z]{0,2}\d{1,4})$"
)


def _written_first(folded: Iterable[str]) -> set[str]:
    """The first letters of folded names, in every width and case."""
    firsts = {name[0] for name in folded if name}
    wide = {chr(ord(c) + 0xFEE0) for c in firsts | {c.upper() for c in firsts} if "!" <= c <= "~"}
    return firsts | {c.upper() for c in firsts} | wide


def _readings(text: str) -> Iterable[tuple[str, str | None, int | None]]:
    """Ways to split a header into name, unit or remark, and year; the plainest first."""
    year = _YEAR.search(text)
    for whole in dict.fromkeys((text, _NUMBERING.sub("", text))):
        if not _SYMBOLS & set(whole):
            yield whole, None, None
        bare = _YEAR.sub("", whole) if year else whole
        stated = int(year[1]) if year else None
        if year:
            yield bare, None, stated
        remarks = [r.strip() for r in _BRACKET.findall(bare) if r.strip()]
        stem = _BRACKET.sub("", bare)
        if stem != bare:
            yield stem, _without_label(remarks[-1]) if remarks else None, stated
        if (tail := _TAIL.search(stem)) and units.is_unit(tail[1]):
            yield stem[: tail.start()], tail[1], stated
        if stem.rstrip().endswith(("%", "％", "‰")):
            yield stem.rstrip()[:-1], stem.rstrip()[-1], stated
        yield whole, None, None


def _without_label(remark: str) -> str:
    return re.sub(r"^(单位|unit)\s*[:：]?\s*", "", remark, flags=re.IGNORECASE)
