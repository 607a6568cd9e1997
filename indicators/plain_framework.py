"""A framework as the plain values that its YAML holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .framework import Auxiliary, Coverage, Framework, Gate, LevelSet, Need, Node, Preset
from .indicator import Bilingual, Indicator

TEXTS = ("unit", "definition", "source", "benchmark", "goalpost_reason", "data_source")


def plain_framework(framework: Framework) -> dict[str, Any]:
    """Everything that a framework declares, as plain values in the order of the YAML."""
    rounding = framework.rounding
    return _without_empty(
        {
            "name": framework.name,
            "version": framework.version,
            "title": _text(framework.title),
            "about": _text(framework.about),
            "source": _text(framework.source),
            "weak_points": [_text(point) for point in framework.weak_points],
            "tree": [_node(framework, node) for node in framework.goals],
            "presets": [_preset(preset) for preset in framework.presets],
            "auxiliary": [_auxiliary(one) for one in framework.auxiliary],
            "level_sets": [_level_set(levels) for levels in framework.level_sets],
            "gates": _gates(framework),
            "rounding": {"decimals": rounding.decimals, "nodes": rounding.nodes}
            if rounding
            else None,
        }
    )


def _node(framework: Framework, node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": node.code,
        "name": _text(node.name),
        "weight": _number(node.weight),
    }
    if node.block != "index":
        found |= {"block": node.block, "points": _number(node.points)}
    if node.indicator is not None:
        return _without_empty(found | _indicator(node.indicator))
    found["children"] = [_node(framework, child) for child in framework.children(node.code)]
    return found


def _indicator(indicator: Indicator) -> dict[str, Any]:
    bounded = indicator.valid_range != (None, None)
    return {
        "unit": _text(indicator.unit),
        "direction": indicator.direction,
        "scale": indicator.scale or ("none" if _has_goalposts(indicator) else None),
        "low": _number(indicator.low),
        "high": _number(indicator.high),
        "interval": _numbers(indicator.interval) if indicator.interval else None,
        "ladder": [
            {"level": rung.level, "zh": rung.name.zh, "en": rung.name.en}
            for rung in indicator.ladder
        ],
        "range": _numbers(indicator.valid_range) if bounded else None,
        **{name: _text(getattr(indicator, name)) for name in TEXTS[1:]},
        "aliases": list(indicator.aliases),
    }


def _has_goalposts(indicator: Indicator) -> bool:
    return bool(indicator.ladder) or (indicator.low, indicator.high) != (None, None)


def _preset(preset: Preset) -> dict[str, Any]:
    share = {"nodes": list(preset.share_nodes), "of_index": _number(preset.share_of_index)}
    return _without_empty(
        {
            "name": preset.name,
            "title": _text(preset.title),
            "equal": preset.equal or None,
            "weights": {code: _number(weight) for code, weight in preset.weights.items()},
            "share": share if preset.share_nodes else None,
        }
    )


def _auxiliary(one: Auxiliary) -> dict[str, Any]:
    return _without_empty(
        {
            "code": one.code,
            "kind": one.kind,
            "name": _text(one.name),
            "unit": _text(one.unit),
            "aliases": list(one.aliases),
            "group": one.group or None,
        }
    )


def _level_set(levels: LevelSet) -> dict[str, Any]:
    steps = [
        {"level": x.number, "zh": x.name.zh, "en": x.name.en, "from": _number(x.lower)}
        for x in levels.levels
    ]
    return {"name": levels.name, "title": _text(levels.title), "levels": steps}


def _gates(framework: Framework) -> list[dict[str, Any]]:
    """The gates as declared, and the coverage policy before the first with a later code."""
    gates = [_gate(gate) for gate in framework.gates]
    policy = framework.coverage
    if policy != Coverage():
        after = (place for place, gate in enumerate(gates) if gate["code"] > policy.code)
        gates.insert(next(after, len(gates)), _coverage(policy))
    return gates


def _coverage(policy: Coverage) -> dict[str, Any]:
    shares = {"overall": _number(policy.overall), "goal": _number(policy.goal)}
    found = {"code": policy.code or None, "name": _text(policy.name), "coverage": shares}
    return _without_empty(found)


def _gate(gate: Gate) -> dict[str, Any]:
    needs = [_need(need) for need in gate.needs]
    return {
        "code": gate.code,
        "name": _text(gate.name),
        "level_set": gate.level_set,
        "needs": needs,
    }


def _need(need: Need) -> dict[str, Any]:
    found: dict[str, Any] = {"level": need.level}
    if need.kind == "at_level":
        found |= {"node": need.code, "at_level": int(need.threshold)}
    elif need.kind == "observed":
        found["observed"] = need.code
    else:
        bound = "at_most" if need.at_most else "at_least"
        found |= {need.kind: need.code, bound: _number(need.threshold)}
    if need.when_given:
        found["when_given"] = True
    return found


def _number(value: float | None) -> float | None:
    """A whole number without a decimal point, as people write it."""
    return int(value) if value is not None and float(value).is_integer() else value


def _numbers(values: Iterable[float | None]) -> list[float | None]:
    return [_number(value) for value in values]


def _text(text: Bilingual) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text else None


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, [], {})}
