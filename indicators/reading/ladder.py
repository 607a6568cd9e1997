"""Cells of ladder and yes-or-no indicators: a rung by number, by name, or shares of rungs."""

from __future__ import annotations

import re
from decimal import Decimal

from ..indicator import Indicator
from .grid import fold

_YES = {"是", "有", "已", "yes", "y", "true", "√", "✓", "✔", "☑", "对", "达标", "符合"}
_NO = {"否", "无", "没有", "未", "no", "n", "false", "×", "✗", "✘", "☒", "x", "不达标", "不符合"}
_LEVEL = re.compile(r"(?:第|level\s*)?(\d+(?:\.\d+)?)\s*(?:级|档|层)?$", re.IGNORECASE)
_CHOICE = re.compile(r"(\d+)(?:\s*[=:：.、\-–—＝]\s*|\s+)(\D.*)$", re.DOTALL)
_SHARE = re.compile(r"(\d+)\s*级?\s*[:：=＝]\s*(\d+(?:\.\d+)?)\s*[%％]")


def is_ladder(indicator: object) -> bool:
    """Whether an indicator is answered by choosing among rungs."""
    return isinstance(indicator, Indicator) and indicator.scale in (
        "ladder",
        "ladder-share",
        "binary",
    )


def level_of(text: str, indicator: Indicator) -> Decimal | None:
    """The level that a text chooses; None if it chooses none.

    Examples
    --------
    >>> from steelyard.indicators.indicator import Bilingual
    >>> level_of("是", Indicator("A", Bilingual("有平台"), scale="binary"))
    Decimal('1')
    """
    if match := _LEVEL.match(text):
        return Decimal(match[1])
    for rung in indicator.ladder:
        if fold(text) and fold(text) in {fold(rung.name.zh), fold(rung.name.en)}:
            return Decimal(rung.level)
    if indicator.scale == "binary":
        return _yes_or_no(text)
    if indicator.scale == "ladder-share" and (mean := _mean_of_shares(text, indicator)) is not None:
        return mean
    return _numbered_choice(text, indicator)


def _numbered_choice(text: str, indicator: Indicator) -> Decimal | None:
    """A rung as number and name, which must not be another rung's."""
    match = _CHOICE.match(text)
    if match is None:
        return None
    others = {
        fold(name)
        for rung in indicator.ladder
        if rung.level != int(match[1])
        for name in (rung.name.zh, rung.name.en)
    }
    known = int(match[1]) in {rung.level for rung in indicator.ladder}
    return Decimal(match[1]) if known and fold(match[2]) not in others else None


def _yes_or_no(text: str) -> Decimal | None:
    word = text.strip().casefold()
    if word in _YES:
        return Decimal(1)
    return Decimal(0) if word in _NO else None


def _mean_of_shares(text: str, indicator: Indicator) -> Decimal | None:
    """The mean level of shares that add up to 100 %."""
    shares: dict[int, Decimal] = {}
    for level, share in _SHARE.findall(text):
        shares[int(level)] = Decimal(share)
    whole = sum(shares.values(), Decimal(0))
    if abs(whole - 100) > Decimal("0.5"):
        return None
    if not set(shares) <= {rung.level for rung in indicator.ladder}:
        return None
    return sum((level * share for level, share in shares.items()), Decimal(0)) / whole


def is_qualitative(text: str) -> bool:
    """Whether a text is a judgement rather than a number: 是, √, 优.

    Examples
    --------
    >>> is_qualitative("优"), is_qualitative("85")
    (True, False)
    """
    return text.strip().casefold() in _YES | _NO | _GRADES


_GRADES = set("优良中差甲乙丙丁高低好") | {
    "优秀", "良好", "中等", "合格", "不合格", "及格", "不及格", "一般", "较好", "较差", "很好",
    "a", "b", "c", "d", "a+", "aa", "aaa", "excellent", "good", "fair", "poor", "high", "medium",
    "low", "pass", "fail", "完成", "未完成", "已完成", "已建", "未建", "在建",
}  # fmt: skip
