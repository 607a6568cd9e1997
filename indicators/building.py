"""From a checked draft to a framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from .draft import Draft
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
from .plain_framework import TEXTS


def framework_from_draft(draft: Draft) -> Framework:
    """Build a framework from a draft in which no fault was found."""
    rules = draft.rules
    title = _text(rules.get("title")) or Bilingual(str(rules["name"]), str(rules["name"]))
    gates = rules.get("gates") or ()
    rounding = rules.get("rounding")
    return Framework(
        name=str(rules["name"]),
        version=str(rules.get("version", "1")),
        title=title,
        nodes=(Node(INDEX, title, None), *_nodes(draft, None)),
        about=_text(rules.get("about")),
        source=_text(rules.get("source")),
        presets=tuple(_preset(entry) for entry in rules.get("presets") or ()),
        auxiliary=tuple(_auxiliary(entry) for entry in rules.get("auxiliary") or ()),
        level_sets=tuple(_level_set(entry) for entry in rules.get("level_sets") or ()),
        gates=tuple(_gate(entry) for entry in gates if "needs" in entry),
        coverage=next((_coverage(entry) for entry in gates if "coverage" in entry), Coverage()),
        rounding=Rounding(**rounding) if rounding else None,
        weak_points=tuple(_text(entry) for entry in rules.get("weak_points") or ()),
    )


def _nodes(draft: Draft, parent: str | None) -> Iterator[Node]:
    for entry in draft.entries:
        if entry.parent != parent:
            continue
        fields = entry.fields
        yield Node(
            code=entry.code,
            name=_text(fields.get("name")) or Bilingual(entry.code, entry.code),
            parent=parent or INDEX,
            weight=float(fields.get("weight", 1.0)),
            indicator=_indicator(fields) if entry.is_leaf else None,
            block=fields.get("block", "index"),
            points=float(fields.get("points", 0.0)),
        )
        if not entry.is_leaf:
            yield from _nodes(draft, entry.code)


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    low, high = entry.get("range") or (None, None)
    interval = entry.get("interval")
    return Indicator(
        code=str(entry["code"]).strip(),
        name=_text(entry.get("name")) or Bilingual(str(entry["code"]), str(entry["code"])),
        direction=entry["direction"],
        scale=entry.get("scale"),
        low=_number(entry.get("low")),
        high=_number(entry.get("high")),
        interval=(float(interval[0]), float(interval[1])) if interval else None,
        ladder=tuple(Rung(int(rung["level"]), _text(rung)) for rung in entry.get("ladder") or ()),
        valid_range=(_number(low), _number(high)),
        aliases=tuple(str(alias) for alias in entry.get("aliases") or ()),
        **{name: _text(entry.get(name)) for name in TEXTS},
    )


def _preset(entry: Mapping[str, Any]) -> Preset:
    share = entry.get("share") or {}
    return Preset(
        name=entry["name"],
        title=_text(entry.get("title")),
        equal=bool(entry.get("equal", False)),
        weights={str(code): float(weight) for code, weight in (entry.get("weights") or {}).items()},
        share_nodes=tuple(share.get("nodes", ())),
        share_of_index=float(share.get("of_index", 0.0)),
    )


def _auxiliary(entry: Mapping[str, Any]) -> Auxiliary:
    return Auxiliary(
        code=entry["code"],
        name=_text(entry["name"]),
        kind=entry.get("kind", "number"),
        unit=_text(entry.get("unit")),
        aliases=tuple(str(alias) for alias in entry.get("aliases") or ()),
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
    kind: Literal["score", "value"] = "score" if "score" in entry else "value"
    at_most = "at_most" in entry
    threshold = float(entry["at_most"] if at_most else entry["at_least"])
    return Need(level, kind, entry[kind], threshold, at_most, given)


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    policy = entry["coverage"]
    return Coverage(
        float(policy["overall"]),
        float(policy["goal"]),
        str(entry.get("code") or ""),
        _text(entry.get("name")),
    )


def _text(entry: Any) -> Bilingual:
    if entry is None:
        return Bilingual()
    if isinstance(entry, Mapping):
        return Bilingual(str(entry.get("zh", "")), str(entry.get("en", "")))
    return Bilingual(str(entry), str(entry))


def _number(entry: Any) -> float | None:
    return None if entry is None else float(entry)
