"""The number in a text: 85.3%, １２, 12,345, 3.5万, (8,000), 80-85, 37分钟."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from .grid import visible
from .units import is_unit

Bound = Literal["", "about", "at_least", "at_most", "range"]

_FOOTNOTE = re.compile(
    r"(?<=[\d%％\u4e00-\u9fff])\s*(?:[*＊#†‡§①-⑳❶-❿¹²³⁰⁴-⁹ᵃ-ᶻ]+|[\[【〔]\s*注?\s*[\da-z]{1,2}\s*[\]】〕]"
    r"|[(（]\s*(?:注\s*\d{0,2}|\d{1,2})\s*[)）]|注\s*\d{0,2})$"
)
_DASHES = str.maketrans(dict.fromkeys("−–—‐‑﹣", "-") | dict.fromkeys("～∼〜", "~"))
_CORE = r"[+-]?(?:\d[\d,' .]*\d|\d|\.\d+)\.?(?:[eE][+-]?\d+)?"
_SCALE = r"万亿|十万|百万|千万|亿|万|千|百|million|billion|bn|thousand|[kK](?![a-zA-Z])"
_NUMBER = re.compile(
    rf"(?P<number>{_CORE})\s*(?P<scale>{_SCALE})?\s*(?P<unit>[a-z%‰°$€\u00b5-\uffff].*)?$",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(
    r"(?P<low>[+-]?\d[^~至到-]*?)\s*(?:-|~|至|到|\bto\b)\s*(?P<high>\d.*)$", re.ASCII
)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)$", re.ASCII)
_BEFORE: tuple[tuple[str, Bound], ...] = (
    (r">=|≥|>|≧|不低于|不少于|大于等于|大于|高于|超过|至少|at least|over|more than", "at_least"),
    (r"<=|≤|<|≦|不高于|不超过|不多于|小于等于|小于|低于|不足|至多|最多|at most|under|less than",
     "at_most"),
    (r"约为?|大约|近|将近|接近|~|≈|about|approx\.?|ca\.?|circa", "about"),
)  # fmt: skip
_AFTER: tuple[tuple[str, Bound], ...] = (
    (r"及?以上|\+|or more|and above", "at_least"),
    (r"及?以下|以内|or less|and below", "at_most"),
    (r"左右|上下|多", "about"),
)
_SCALES = {
    "百": 100, "千": 1000, "thousand": 1000, "k": 1000, "万": 10**4, "十万": 10**5,
    "百万": 10**6, "million": 10**6, "千万": 10**7, "亿": 10**8, "billion": 10**9,
    "bn": 10**9, "万亿": 10**12,
}  # fmt: skip
_DATE = re.compile(
    r"(?:\d{4}|\d{2})[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T].*)?$|\d{1,2}月\d{1,2}日?$"
    r"|\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[- ]\d{2,4})?$"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]\d{1,4}$",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:[,' ]\d{3})+(?:\.\d*)?$", re.ASCII)
_EUROPEAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+$", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A number understood from text.

    Parameters
    ----------
    value : Decimal
        As written, before any unit or magnitude is applied.
    scale : int or None
        The magnitude written behind it, 10000 for 万.
    unit : str
        The unit written behind it.
    bound : str
        ``about``, ``at_least``, ``at_most`` or ``range`` (then `value` is the midpoint).
    acts : tuple of str
        What had to be understood: ``full_width``, ``thousands`` …
    doubtful : bool
        The comma may be a thousands separator or a decimal comma.
    """

    value: Decimal
    scale: int | None = None
    unit: str = ""
    bound: Bound = ""
    acts: tuple[str, ...] = ()
    doubtful: bool = False


def is_date(text: str) -> bool:
    """Whether a text is a date.

    Examples
    --------
    >>> is_date("2024-06-05"), is_date("6月5日"), is_date("80-85")
    (True, True, False)
    """
    return bool(_DATE.match(unicodedata.normalize("NFKC", visible(text))))


def number_in(text: str) -> Number | None:
    """The number in a text; None if it holds none, or more than one.

    Examples
    --------
    >>> number_in("12,345").value, number_in("85.3％").unit, number_in("(8,000)").value
    (Decimal('12345'), '%', Decimal('-8000'))
    >>> number_in("80-85").bound, number_in("80-85").value
    ('range', Decimal('82.5'))
    >>> number_in("良") is None
    True
    """
    bare, acts = _cleaned(text)
    if bare.startswith("(") and bare.endswith(")"):
        inner = _plain(bare[1:-1].strip())
        return replace(_negated(inner), acts=(*acts, *inner.acts, "accounting")) if inner else None
    bare, bound = _without_bound(bare)
    found = _plain(bare) or (None if bound else _range(bare))
    if found is None:
        return None
    return replace(found, acts=(*acts, *found.acts), bound=found.bound or bound)


def _cleaned(text: str) -> tuple[str, list[str]]:
    acts = []
    bare = visible(text)
    if bare != text:
        acts.append("blanks")
    unmarked = _FOOTNOTE.sub("", bare)
    if unmarked != bare:
        acts.append("footnote")
    if unmarked[:1] in "'‘’`" and len(unmarked) > 1:
        unmarked = unmarked[1:]
    narrow = unicodedata.normalize("NFKC", unmarked).translate(_DASHES)
    if any(unicodedata.east_asian_width(c) == "F" for c in unmarked):
        acts.append("full_width")
    return narrow.strip(), acts


def _without_bound(text: str) -> tuple[str, Bound]:
    for pattern, bound in _BEFORE:
        if match := re.match(rf"(?:{pattern})\s*(?=[\d.+-])", text, re.IGNORECASE):
            return text[match.end() :], bound
    for pattern, bound in _AFTER:
        if match := re.search(rf"\s*(?:{pattern})$", text, re.IGNORECASE):
            return text[: match.start()], bound
    return text, ""


def _plain(text: str) -> Number | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits, acts, doubtful = _digits(match["number"].strip())
    if digits is None:
        return None
    if match["scale"]:
        acts.append("magnitude")
    scale = _SCALES[match["scale"].lower()] if match["scale"] else None
    unit = (match["unit"] or "").strip()
    if re.search(r"\d", unit) and not is_unit(unit):
        return None
    return Number(Decimal(digits), scale, unit, "", tuple(acts), doubtful)


def _digits(core: str) -> tuple[str | None, list[str], bool]:
    if re.search("e", core, re.IGNORECASE):
        return (None if re.search("[,' ]", core) else core), ["scientific"], False
    if _GROUPS.match(core):
        doubtful = core.count(",") == 1 and "." not in core
        return re.sub("[,' ]", "", core), ["thousands"], doubtful
    if _EUROPEAN.match(core):
        return core.replace(".", "").replace(",", "."), ["decimal_comma"], False
    if _COMMA.match(core):
        return core.replace(",", "."), ["decimal_comma"], False
    return (core if _DECIMAL.match(core) else None), [], False


def _range(text: str) -> Number | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    low, high = _plain(match["low"].strip()), _plain(match["high"])
    if low is None or high is None or low.value >= high.value:
        return None
    if (low.scale, low.unit) not in ((None, ""), (high.scale, high.unit)):
        return None
    return replace(high, value=(low.value + high.value) / 2, bound="range")


def _negated(number: Number) -> Number:
    return replace(number, value=-number.value)
