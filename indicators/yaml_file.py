"""A framework as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .framework import (
    INDEX,
    Auxiliary,
    Coverage,
    Framework,
    Gate,
    Level,
    LevelSet,
    Need,
    Node,
    Preset,
    Rounding,
)
from .indicator import Bilingual, Indicator, Rung

_TEXTS = ("unit", "definition", "source", "benchmark", "goalpost_reason", "data_source")


def framework_from_plain(plain: Mapping[str, Any]) -> Framework:
    """Build a framework from the plain values of its YAML, which has been checked."""
    title = _text(plain.get("title")) or Bilingual(plain["name"], plain["name"])
    root = Node(INDEX, title, None)
    rounding = plain.get("rounding")
    gates = plain.get("gates", ())
    return Framework(
        name=str(plain["name"]),
        version=str(plain.get("version", "1")),
        title=title,
        nodes=(root, *_nodes(plain["tree"], INDEX)),
        about=_text(plain.get("about")),
        source=_text(plain.get("source")),
        presets=tuple(_preset(entry) for entry in plain.get("presets", ())),
        auxiliary=tuple(_auxiliary(entry) for entry in plain.get("auxiliary", ())),
        level_sets=tuple(_level_set(entry) for entry in plain.get("level_sets", ())),
        gates=tuple(_gate(entry) for entry in gates if "needs" in entry),
        coverage=next((_coverage(entry) for entry in gates if "coverage" in entry), Coverage()),
        rounding=Rounding(**rounding) if rounding else None,
        weak_points=tuple(_text(entry) for entry in plain.get("weak_points", ())),
    )


def _nodes(entries: list[Mapping[str, Any]], parent: str) -> Iterator[Node]:
    for entry in entries:
        children = entry.get("children")
        yield Node(
            code=str(entry["code"]),
            name=_text(entry["name"]),
            parent=parent,
            weight=float(entry.get("weight", 1.0)),
            indicator=None if children else _indicator(entry),
            block=entry.get("block", "index"),
            points=float(entry.get("points", 0.0)),
        )
        yield from _nodes(children or [], str(entry["code"]))


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    low, high = entry.get("range") or (None, None)
    interval = entry.get("interval")
    return Indicator(
        code=str(entry["code"]),
        name=_text(entry["name"]),
        direction=entry["direction"],
        scale=entry.get("scale"),
        low=_number(entry.get("low")),
        high=_number(entry.get("high")),
        interval=(float(interval[0]), float(interval[1])) if interval else None,
        ladder=tuple(Rung(int(rung["level"]), _text(rung)) for rung in entry.get("ladder", ())),
        valid_range=(_number(low), _number(high)),
        aliases=tuple(str(alias) for alias in entry.get("aliases", ())),
        **{name: _text(entry.get(name)) for name in _TEXTS},
    )


def _preset(entry: Mapping[str, Any]) -> Preset:
    share = entry.get("share", {})
    return Preset(
        name=entry["name"],
        title=_text(entry.get("title")),
        equal=bool(entry.get("equal", False)),
        weights={str(code): float(weight) for code, weight in entry.get("weights", {}).items()},
        share_nodes=tuple(share.get("nodes", ())),
        share_of_index=float(share.get("of_index", 0.0)),
    )


def _auxiliary(entry: Mapping[str, Any]) -> Auxiliary:
    return Auxiliary(
        code=entry["code"],
        name=_text(entry["name"]),
        kind=entry.get("kind", "number"),
        unit=_text(entry.get("unit")),
        aliases=tuple(str(alias) for alias in entry.get("aliases", ())),
        group=bool(entry.get("group", False)),
    )


def _level_set(entry: Mapping[str, Any]) -> LevelSet:
    levels = tuple(
        Level(int(level["level"]), _text(level), float(level["from"])) for level in entry["levels"]
    )
    return LevelSet(entry["name"], _text(entry.get("title")), levels)


def _gate(entry: Mapping[str, Any]) -> Gate:
    needs = tuple(_need(need) for need in entry["needs"])
    return Gate(str(entry["code"]), _text(entry["name"]), entry.get("level_set", "default"), needs)


def _need(entry: Mapping[str, Any]) -> Need:
    level, given = int(entry["level"]), bool(entry.get("when_given", False))
    if "at_level" in entry:
        return Need(level, "at_level", entry["node"], float(entry["at_level"]), when_given=given)
    if "observed" in entry:
        return Need(level, "observed", entry["observed"])
    kind = "score" if "score" in entry else "value"
    at_most = "at_most" in entry
    threshold = float(entry["at_most"] if at_most else entry["at_least"])
    return Need(level, kind, entry[kind], threshold, at_most, given)


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    policy = entry["coverage"]
    return Coverage(
        float(policy["overall"]), float(policy["goal"]), str(entry["code"]), _text(entry["name"])
    )


def _text(entry: Any) -> Bilingual:
    if entry is None:
        return Bilingual()
    if isinstance(entry, Mapping):
        return Bilingual(str(entry.get("zh", "")), str(entry.get("en", "")))
    return Bilingual(str(entry), str(entry))


def _number(entry: Any) -> float | None:
    return None if entry is None else float(entry)
