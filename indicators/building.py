"""From a checked draft to a framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from .draft import Draft, Entry
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
from .rule_checking import gate_level_set


def framework_from_draft(draft: Draft) -> Framework:
    """Build a framework from a shaped draft in which no fault was found."""
    rules = draft.rules
    title = _text(rules.get("title")) or Bilingual(rules["name"], rules["name"])
    gates = rules.get("gates", ())
    rounding = rules.get("rounding")
    level_sets = tuple(_level_set(one) for one in rules.get("level_sets", ()))
    return Framework(
        name=rules["name"],
        version=rules.get("version", "1"),
        title=title,
        nodes=(Node(INDEX, title, None), *_nodes(_families(draft), None)),
        about=_text(rules.get("about")),
        source=_text(rules.get("source")),
        presets=tuple(_preset(entry) for entry in rules.get("presets", ())),
        auxiliary=tuple(_auxiliary(entry) for entry in rules.get("auxiliary", ())),
        level_sets=level_sets,
        gates=tuple(_gate(gate, level_sets) for gate in gates if "needs" in gate),
        coverage=next((_coverage(gate) for gate in gates if "coverage" in gate), Coverage()),
        rounding=Rounding(**rounding) if rounding else None,
        weak_points=tuple(_text(point) for point in rules.get("weak_points", ()) if point),
    )


def _families(draft: Draft) -> Mapping[str | None, list[Entry]]:
    families: dict[str | None, list[Entry]] = {}
    for entry in draft.entries:
        families.setdefault(entry.parent, []).append(entry)
    return families


def _nodes(families: Mapping[str | None, list[Entry]], parent: str | None) -> Iterator[Node]:
    for entry in families.get(parent, ()):
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
        yield from _nodes(families, entry.code)


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    code = entry["code"]
    low, high = entry.get("range", (None, None))
    interval = entry.get("interval")
    return Indicator(
        code=code,
        name=_text(entry.get("name")) or Bilingual(code, code),
        direction=entry["direction"],
        scale=entry.get("scale"),
        low=_number(entry.get("low")),
        high=_number(entry.get("high")),
        interval=(float(interval[0]), float(interval[1])) if interval else None,
        ladder=tuple(Rung(int(rung["level"]), _text(rung)) for rung in entry.get("ladder", ())),
        valid_range=(_number(low), _number(high)),
        aliases=tuple(filter(None, entry.get("aliases", ()))),
        **{name: _text(entry.get(name)) for name in TEXTS},
    )


def _preset(entry: Mapping[str, Any]) -> Preset:
    share = entry.get("share", {})
    return Preset(
        name=entry["name"],
        title=_text(entry.get("title")),
        equal=entry.get("equal", False),
        weights={code: float(weight) for code, weight in entry.get("weights", {}).items()},
        share_nodes=tuple(share.get("nodes", ())),
        share_of_index=float(share.get("of_index", 0.0)),
    )


def _auxiliary(entry: Mapping[str, Any]) -> Auxiliary:
    code = entry["code"]
    return Auxiliary(
        code=code,
        name=_text(entry.get("name")) or Bilingual(code, code),
        kind=entry.get("kind", "number"),
        unit=_text(entry.get("unit")),
        aliases=tuple(filter(None, entry.get("aliases", ()))),
        group=entry.get("group", False),
    )


def _level_set(entry: Mapping[str, Any]) -> LevelSet:
    levels = tuple(
        Level(int(level["level"]), _text(level), float(level["from"])) for level in entry["levels"]
    )
    return LevelSet(entry["name"], _text(entry.get("title")), levels)


def _gate(entry: Mapping[str, Any], level_sets: tuple[LevelSet, ...]) -> Gate:
    code = entry["code"]
    return Gate(
        code=code,
        name=_text(entry.get("name")) or Bilingual(code, code),
        level_set=gate_level_set(entry, [levels.name for levels in level_sets]),
        needs=tuple(_need(need) for need in entry["needs"]),
    )


def _need(entry: Mapping[str, Any]) -> Need:
    level, given = int(entry["level"]), entry.get("when_given", False)
    if "at_level" in entry:
        return Need(level, "at_level", entry["node"], float(entry["at_level"]), when_given=given)
    if "observed" in entry:
        return Need(level, "observed", entry["observed"], when_given=given)
    kind: Literal["score", "value"] = "score" if "score" in entry else "value"
    at_most = "at_most" in entry
    threshold = float(entry["at_most"] if at_most else entry["at_least"])
    return Need(level, kind, entry[kind], threshold, at_most, given)


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    shares = {word: float(share) for word, share in entry["coverage"].items()}
    return Coverage(**shares, code=entry.get("code", ""), name=_text(entry.get("name")))


def _text(entry: Mapping[str, str] | None) -> Bilingual:
    return Bilingual(entry.get("zh", ""), entry.get("en", "")) if entry else Bilingual()


def _number(entry: Any) -> float | None:
    return None if entry is None else float(entry)
