"""Faults of what stands beside the tree: presets, auxiliary inputs, level sets, gates, policies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ..catalogue import nearest
from ..errors import Issue
from .draft import Draft, Path, is_number

_ANSWERS = ("at_level", "at_least", "at_most", "observed")


def rule_faults(draft: Draft) -> Iterator[Issue]:
    """Find the faults of a draft's rules."""
    yield from _preset_faults(draft)
    yield from _auxiliary_faults(draft)
    yield from _level_faults(draft)
    yield from _gate_faults(draft)
    yield from _rounding_faults(draft)


def _fault(draft: Draft, code: str, path: Path, /, **fields: object) -> Issue:
    return Issue("error", f"framework.{code}", draft.place(path), fields=fields)


def _listed(draft: Draft, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    entries = draft.rules.get(key) or []
    for place, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            yield (key, place), entry


def _codes(draft: Draft) -> set[str]:
    return {entry.code for entry in draft.entries}


def _inputs(draft: Draft) -> set[str]:
    leaves = {entry.code for entry in draft.entries if entry.is_leaf}
    return leaves | {str(one.get("code")) for _, one in _listed(draft, "auxiliary")}


def _unknown_node(draft: Draft, code: object, known: set[str], path: Path) -> Iterator[Issue]:
    if code not in known:
        near = nearest(str(code), sorted(known))
        yield _fault(draft, "unknown_node", path, code=code, nearest=near)


def _preset_faults(draft: Draft) -> Iterator[Issue]:
    codes = _codes(draft)
    for path, preset in _listed(draft, "presets"):
        if not preset.get("name"):
            yield _fault(draft, "no_preset_name", path)
        weights = preset.get("weights") or {}
        for code, weight in weights.items():
            yield from _unknown_node(draft, code, codes, (*path, "weights", code))
            if not is_number(weight) or weight < 0:
                where = (*path, "weights", code)
                yield _fault(draft, "bad_weight", where, code=code, value=weight)
        share = preset.get("share")
        if share:
            for place, code in enumerate(share.get("nodes") or []):
                yield from _unknown_node(draft, code, codes, (*path, "share", "nodes", place))
            part = share.get("of_index")
            if not is_number(part) or not 0 < part < 1:
                yield _fault(draft, "bad_share", (*path, "share"), value=part)


def _auxiliary_faults(draft: Draft) -> Iterator[Issue]:
    seen = _codes(draft)
    for path, one in _listed(draft, "auxiliary"):
        code = str(one.get("code") or "")
        if not code:
            yield _fault(draft, "no_code", path)
        elif code in seen:
            yield _fault(draft, "repeated_code", path, code=code)
        seen.add(code)
        if one.get("kind", "number") not in ("number", "text"):
            yield _fault(draft, "unknown_kind", (*path, "kind"), value=one["kind"])


def _level_faults(draft: Draft) -> Iterator[Issue]:
    for path, levels in _listed(draft, "level_sets"):
        steps = [step for step in levels.get("levels") or [] if isinstance(step, dict)]
        numbers = [step.get("level") for step in steps]
        lowers = [step.get("from") for step in steps]
        where, name = (*path, "levels"), levels.get("name")
        if not name or not steps:
            yield _fault(draft, "no_levels", path, name=name or "")
        elif not (_rises(numbers) and _rises(lowers)):
            yield _fault(draft, "bad_levels", where, name=name)


def _gate_faults(draft: Draft) -> Iterator[Issue]:
    sets = {
        str(levels.get("name")): [step.get("level") for step in levels.get("levels") or []]
        for _, levels in _listed(draft, "level_sets")
    }
    for path, gate in _listed(draft, "gates"):
        if "coverage" in gate:
            yield from _coverage_faults(draft, path, gate["coverage"])
            continue
        name = gate.get("level_set", "default")
        if name not in sets:
            near = nearest(str(name), sets)
            yield _fault(draft, "unknown_level_set", path, name=name, nearest=near)
        for place, need in enumerate(gate.get("needs") or []):
            where = (*path, "needs", place)
            yield from _need_faults(draft, need, sets.get(str(name), []), where)


def _need_faults(draft: Draft, need: Any, levels: list[Any], path: Path) -> Iterator[Issue]:
    if not isinstance(need, dict) or not any(key in need for key in _ANSWERS):
        yield _fault(draft, "bad_need", path)
        return
    if need.get("level") not in levels:
        yield _fault(draft, "unknown_level", path, level=need.get("level"))
    if "at_level" in need:
        yield from _unknown_node(draft, need.get("node"), _codes(draft) | {"goals"}, path)
        if need["at_level"] not in levels:
            yield _fault(draft, "unknown_level", path, level=need["at_level"])
    elif "observed" in need:
        yield from _unknown_node(draft, need["observed"], _inputs(draft), path)
    elif "score" in need:
        yield from _unknown_node(draft, need["score"], _codes(draft), path)
    else:
        yield from _unknown_node(draft, need.get("value"), _inputs(draft), path)
    bounds = [need[key] for key in ("at_least", "at_most") if key in need]
    if not all(is_number(bound) for bound in bounds):
        yield _fault(draft, "bad_need", path)


def _coverage_faults(draft: Draft, path: Path, policy: Any) -> Iterator[Issue]:
    for key in ("overall", "goal"):
        share: Any = policy.get(key) if isinstance(policy, dict) else None
        if not is_number(share) or not 0 <= share <= 1:
            yield _fault(draft, "bad_coverage", (*path, "coverage", key), key=key, value=share)


def _rounding_faults(draft: Draft) -> Iterator[Issue]:
    rounding = draft.rules.get("rounding")
    if rounding is None:
        return
    good = isinstance(rounding, dict) and isinstance(rounding.get("decimals"), int)
    if not good or rounding.get("nodes", "all") not in ("all", "goals", "index"):
        yield _fault(draft, "bad_rounding", ("rounding",))


def _rises(values: list[Any]) -> bool:
    numbers = all(is_number(value) for value in values)
    return numbers and all(first < second for first, second in pairwise(values))
