"""A framework as the plain values that its YAML holds."""

from __future__ import annotations

from typing import Any

from .framework import Framework, Gate, Need, Node, Preset
from .indicator import Bilingual, Indicator

TEXTS = ("unit", "definition", "source", "benchmark", "goalpost_reason", "data_source")


def plain_framework(framework: Framework) -> dict[str, Any]:
    """Everything that a framework declares, as plain values in the order of the YAML."""
    gates = [_gate(gate) for gate in framework.gates]
    coverage = framework.coverage
    policy = {"overall": coverage.overall, "goal": coverage.goal}
    gates.append({"code": coverage.code, "name": _text(coverage.name), "coverage": policy})
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
            "gates": sorted(gates, key=lambda gate: str(gate["code"])),
            "rounding": {"decimals": rounding.decimals, "nodes": rounding.nodes}
            if rounding
            else None,
        }
    )


def _node(framework: Framework, node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"code": node.code, "name": _text(node.name), "weight": node.weight}
    if node.block != "index":
        found |= {"block": node.block, "points": node.points}
    if node.indicator is not None:
        return _without_empty(found | _indicator(node.indicator))
    found["children"] = [_node(framework, child) for child in framework.children(node.code)]
    return found


def _indicator(indicator: Indicator) -> dict[str, Any]:
    bounded = indicator.valid_range != (None, None)
    return {
        "unit": _text(indicator.unit),
        "direction": indicator.direction,
        "scale": indicator.scale,
        "low": indicator.low,
        "high": indicator.high,
        "interval": list(indicator.interval) if indicator.interval else None,
        "ladder": [
            {"level": rung.level, "zh": rung.name.zh, "en": rung.name.en}
            for rung in indicator.ladder
        ],
        "range": list(indicator.valid_range) if bounded else None,
        **{name: _text(getattr(indicator, name)) for name in TEXTS[1:]},
        "aliases": list(indicator.aliases),
    }


def _preset(preset: Preset) -> dict[str, Any]:
    share = {"nodes": list(preset.share_nodes), "of_index": preset.share_of_index}
    return _without_empty(
        {
            "name": preset.name,
            "title": _text(preset.title),
            "equal": preset.equal or None,
            "weights": dict(preset.weights),
            "share": share if preset.share_nodes else None,
        }
    )


def _auxiliary(one: Any) -> dict[str, Any]:
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


def _level_set(levels: Any) -> dict[str, Any]:
    steps = [
        {"level": x.number, "zh": x.name.zh, "en": x.name.en, "from": x.lower}
        for x in levels.levels
    ]
    return {"name": levels.name, "title": _text(levels.title), "levels": steps}


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
        found |= {need.kind: need.code, "at_most" if need.at_most else "at_least": need.threshold}
    if need.when_given:
        found["when_given"] = True
    return found


def _text(text: Bilingual) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text else None


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, [], {})}
