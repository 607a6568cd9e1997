"""Units of measurement, as far as one can be turned into another for certain."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache

from ..indicator import Bilingual

_PREFIXES = {
    "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6,
    "千万": 10**7, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
_TABLE: dict[str, tuple[str, dict[str, Fraction | int]]] = {
    "%": ("percent", {"%": 1, "pct": 1, "percent": 1, "百分比": 1, "百分点": 1}),
    "‰": ("percent", {"‰": Fraction(1, 10), "permille": Fraction(1, 10)}),
    "1": ("percent", {"0-1": 100, "0–1": 100, "0~1": 100, "小数": 100, "fraction": 100}),
    "time": (
        "time",
        {
            "秒": 1, "秒钟": 1, "s": 1, "sec": 1, "second": 1, "seconds": 1,
            "分": 60, "分钟": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
            "时": 3600, "小时": 3600, "h": 3600, "hour": 3600, "hours": 3600,
            "天": 86400, "日": 86400, "自然日": 86400, "day": 86400, "days": 86400,
        },
    ),
    "money": (
        "money",
        {
            "元": 1, "人民币元": 1, "yuan": 1, "cny": 1, "rmb": 1,
            "thousandyuan": 1000, "10kyuan": 10**4, "10000yuan": 10**4, "millionyuan": 10**6,
            "100millionyuan": 10**8, "billionyuan": 10**9,
        },
    ),
    "dollars": ("dollars", {"美元": 1, "usd": 1, "dollar": 1, "dollars": 1, "$": 1}),
    "euro": ("euro", {"欧元": 1, "eur": 1, "euro": 1, "€": 1}),
    "rate": (
        "rate",
        {
            "kbps": 1, "kb/s": 1, "kbit/s": 1,
            "mbps": 1000, "mb/s": 1000, "mbit/s": 1000, "兆": 1000, "兆比特每秒": 1000,
            "gbps": 10**6, "gb/s": 10**6, "gbit/s": 10**6,
        },
    ),
    "length": ("length", {"米": 1, "m": 1, "公里": 1000, "千米": 1000, "km": 1000}),
    "area": (
        "area",
        {
            "平方米": 1, "m2": 1, "公顷": 10**4, "hectare": 10**4, "ha": 10**4,
            "平方公里": 10**6, "平方千米": 10**6, "km2": 10**6,
        },
    ),
    "mass": ("mass", {"千克": 1, "公斤": 1, "kg": 1, "吨": 1000, "t": 1000}),
    "energy": ("energy", {"千瓦时": 1, "度": 1, "kwh": 1, "mwh": 1000}),
    "density": (
        "density",
        {
            "微克/立方米": 1, "μg/m3": 1, "ug/m3": 1,
            "毫克/立方米": 1000, "mg/m3": 1000,
        },
    ),
}  # fmt: skip
_KNOWN = {
    name: (dimension, Fraction(factor))
    for dimension, names in _TABLE.values()
    for name, factor in names.items()
}
_COUNTED = set("个件起次辆人户项台张条座家所处份台套种类宗例名位级分")
_PER_YEAR = re.compile(r"(/年|每年|/year|peryear)$")


@cache
def spelled(text: str) -> str:
    """A unit without blanks, case and width.

    Examples
    --------
    >>> spelled("辆 ／ 万人"), spelled("KM²")
    ('辆/万人', 'km2')
    """
    plain = unicodedata.normalize("NFKC", text).replace("µ", "μ").casefold()
    return _PER_YEAR.sub("", re.sub(r"\s+", "", plain))


@cache
def scale_of(unit: str) -> tuple[str, Fraction] | None:
    """Dimension of a spelled unit and its size in that dimension's base; None if unknown.

    Examples
    --------
    >>> scale_of("万元"), scale_of("辆/万人")
    (('money', Fraction(10000, 1)), ('辆/人', Fraction(1, 10000)))
    """
    if unit in _KNOWN:
        return _KNOWN[unit]
    if unit in _COUNTED:
        return unit, Fraction(1)
    if "/" in unit:
        above, _, below = unit.partition("/")
        top, bottom = scale_of(above), scale_of(below)
        if top is None or bottom is None:
            return None
        return f"{top[0]}/{bottom[0]}", top[1] / bottom[1]
    for length in (2, 1):
        inner = scale_of(unit[length:]) if unit[:length] in _PREFIXES and unit[length:] else None
        if inner is not None:
            return inner[0], inner[1] * _PREFIXES[unit[:length]]
    return None


def magnitude(prefix: str) -> int | None:
    """The number that a bare 万, 亿 … stands for."""
    return _PREFIXES.get(prefix)


def is_percent(unit: Bilingual) -> bool:
    """Whether values are percentages."""
    return "%" in (spelled(unit.zh), spelled(unit.en))


def is_same(text: str, unit: Bilingual) -> bool:
    """Whether a unit as written is the indicator's own."""
    return spelled(text) in {spelled(name) for name in (unit.zh, unit.en) if name}


def factor_to(text: str, unit: Bilingual) -> Fraction | None:
    """By what a value in the unit `text` is multiplied to be in `unit`; None if not certain.

    Examples
    --------
    >>> factor_to("元", Bilingual("万元", "")), factor_to("亿元", Bilingual("万元", ""))
    (Fraction(1, 10000), Fraction(10000, 1))
    """
    if is_same(text, unit):
        return Fraction(1)
    given = scale_of(spelled(text))
    for name in (unit.zh, unit.en):
        wanted = scale_of(spelled(name)) if name else None
        if given is not None and wanted is not None and given[0] == wanted[0]:
            return given[1] / wanted[1]
    return None


def is_unit(text: str) -> bool:
    """Whether a text is a unit we know."""
    return scale_of(spelled(text)) is not None


def times(value: Decimal, factor: Fraction) -> Decimal:
    """The exact product, so that 0.726 × 100 is 72.6."""
    return value * factor.numerator / factor.denominator
