"""Faults of what stands beside the tree: presets, auxiliary inputs, level sets, gates, policies."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from ..catalogue import nearest
from ..errors import Issue
from .draft import Draft, Path, is_number
from .framework import INDEX, Framework
from .local_weights import shared_weight

OWN_WEIGHTS = "framework"
"""What a recipe calls the framework's own weights; no preset may bear the name."""
_WAYS = ("equal", "weights", "share")
_SUBJECTS = ("node", "value", "score", "observed")
_BOUNDS = ("at_level", "at_least", "at_most")


def rule_faults(draft: Draft) -> Iterator[Issue]:
    """Find the faults of a draft's rules."""
    yield from _preset_faults(draft)
    yield from _auxiliary_faults(draft)
    yield from _level_faults(draft)
    yield from _gate_faults(draft)
    yield from _rounding_faults(draft)


def share_faults(draft: Draft, framework: Framework) -> Iterator[Issue]:
    """Find presets that share out what is nothing or already all of the index."""
    for path, preset in _listed(draft, "presets"):
        if "share" in preset:
            weight = shared_weight(framework, framework.preset(preset["name"]))
            if not 0 < weight < 1:
                yield draft.fault("empty_share", (*path, "share"), name=preset["name"])


def _listed(draft: Draft, section: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for place, one in enumerate(draft.rules.get(section, ())):
        if one is not None:
            yield (section, place), one


def _codes(draft: Draft) -> set[str]:
    return {entry.code for entry in draft.entries}


def _leaves(draft: Draft) -> set[str]:
    return {entry.code for entry in draft.entries if entry.is_leaf}


def _inputs(draft: Draft) -> set[str]:
    return _leaves(draft) | {str(one.get("code")) for _, one in _listed(draft, "auxiliary")}


def _unknown_node(draft: Draft, code: object, known: set[str], path: Path) -> Iterator[Issue]:
    if code not in known:
        near = nearest(str(code), sorted(known))
        yield draft.fault("unknown_node", path, value=code, nearest=near)


def _repeated_names(draft: Draft, section: str, word: str) -> Iterator[Issue]:
    seen: set[str] = set()
    for path, one in _listed(draft, section):
        name = one.get(word)
        if name in seen:
            yield draft.fault("repeated_name", (*path, word), name=name)
        elif name:
            seen.add(name)


def _preset_faults(draft: Draft) -> Iterator[Issue]:
    yield from _repeated_names(draft, "presets", "name")
    for path, preset in _listed(draft, "presets"):
        name = preset.get("name", "")
        if not name or name == OWN_WEIGHTS:
            yield draft.fault("no_preset_name", path)
        if sum(bool(preset.get(way)) for way in _WAYS) != 1:
            yield draft.fault("bad_preset", path, name=name)
        yield from _preset_weight_faults(draft, path, preset.get("weights", {}))
        if "share" in preset:
            yield from _share_faults(draft, (*path, "share"), preset["share"])


def _preset_weight_faults(draft: Draft, path: Path, weights: dict[str, Any]) -> Iterator[Issue]:
    codes, families = _codes(draft), set()
    for code, weight in weights.items():
        where = (*path, "weights", code)
        yield from _unknown_node(draft, code, codes, where)
        if not is_number(weight) or weight < 0:
            yield draft.fault("bad_weight", where, code=code, value=weight)
    declared = {entry.code: entry.fields.get("weight", 1.0) for entry in draft.entries} | weights
    families = {entry.parent for entry in draft.entries if entry.code in weights}
    for parent in sorted(families, key=str):
        siblings = [e.code for e in draft.entries if e.parent == parent and e.is_counted]
        if siblings and not any(declared[code] for code in siblings):
            yield draft.fault("all_zero", (*path, "weights"), parent=parent or INDEX)


def _share_faults(draft: Draft, path: Path, share: dict[str, Any]) -> Iterator[Issue]:
    for place, code in enumerate(share.get("nodes", ())):
        yield from _unknown_node(draft, code, _leaves(draft), (*path, "nodes", place))
    part = share.get("of_index")
    if not is_number(part) or not 0 < part < 1:
        yield draft.fault("bad_share", path, value=part)


def _auxiliary_faults(draft: Draft) -> Iterator[Issue]:
    seen = _codes(draft)
    for path, one in _listed(draft, "auxiliary"):
        code = one.get("code", "")
        if not code:
            yield draft.fault("no_code", path)
        elif code in seen:
            yield draft.fault("repeated_code", (*path, "code"), code=code)
        seen.add(code)
        if one.get("kind", "number") not in ("number", "text"):
            yield draft.fault("unknown_kind", (*path, "kind"), value=one["kind"])


def _level_faults(draft: Draft) -> Iterator[Issue]:
    yield from _repeated_names(draft, "level_sets", "name")
    for path, levels in _listed(draft, "level_sets"):
        steps, name = _steps(levels), levels.get("name", "")
        if not name or not steps:
            yield draft.fault("no_levels", path, name=name)
            continue
        numbers = [step.get("level") for step in steps]
        lowers = [step.get("from") for step in steps]
        whole = all(type(number) is int for number in numbers)
        if not (whole and _rises(numbers) and _rises(lowers)):
            yield draft.fault("bad_levels", (*path, "levels"), name=name)


def _steps(levels: dict[str, Any]) -> list[dict[str, Any]]:
    return [step or {} for step in levels.get("levels", ())]


def _gate_faults(draft: Draft) -> Iterator[Issue]:
    yield from _repeated_names(draft, "gates", "code")
    sets = {
        str(levels.get("name")): [step.get("level") for step in _steps(levels)]
        for _, levels in _listed(draft, "level_sets")
    }
    policies = 0
    for path, gate in _listed(draft, "gates"):
        policies += "coverage" in gate
        if ("needs" in gate) == ("coverage" in gate) or policies > 1:
            yield draft.fault("bad_gate", path)
        elif "coverage" in gate:
            yield from _coverage_faults(draft, path, gate["coverage"])
        elif not gate.get("code"):
            yield draft.fault("no_code", path)
        else:
            yield from _needs_faults(draft, path, gate, sets)


def _needs_faults(
    draft: Draft, path: Path, gate: dict[str, Any], sets: dict[str, list[Any]]
) -> Iterator[Issue]:
    name = gate_level_set(gate, sets)
    if name not in sets:
        near = nearest(name, sets)
        yield draft.fault("unknown_level_set", path, name=name, nearest=near)
    for place, need in enumerate(gate["needs"]):
        yield from _need_faults(draft, need or {}, sets.get(name), (*path, "needs", place))


def gate_level_set(gate: Mapping[str, Any], sets: Iterable[str]) -> str:
    """The level set of a gate: the one it names, else ``default``, else the first declared."""
    known = list(sets)
    unnamed = known[0] if known and "default" not in known else "default"
    return str(gate.get("level_set", unnamed))


def _need_faults(
    draft: Draft, need: dict[str, Any], levels: Container[Any] | None, path: Path
) -> Iterator[Issue]:
    if not _is_complete(need):
        yield draft.fault("bad_need", path)
        return
    for word in ("level", "at_level"):
        if levels is not None and word in need and need[word] not in levels:
            yield draft.fault("unknown_level", path, value=need[word])
    subject = next(word for word in _SUBJECTS if word in need)
    nodes = _codes(draft) | {INDEX}
    known = {"node": nodes | {"goals"}, "score": nodes}.get(subject) or _inputs(draft)
    yield from _unknown_node(draft, need[subject], known, path)


def _is_complete(need: dict[str, Any]) -> bool:
    """Whether a need has a level, one subject, and the one bound that the subject takes."""
    subjects = [word for word in _SUBJECTS if word in need]
    bounds = [word for word in _BOUNDS if word in need]
    if "level" not in need or len(subjects) != 1 or not all(is_number(need[b]) for b in bounds):
        return False
    if subjects == ["observed"]:
        return not bounds
    if subjects == ["node"]:
        return bounds == ["at_level"]
    return len(bounds) == 1 and bounds != ["at_level"]


def _coverage_faults(draft: Draft, path: Path, policy: dict[str, Any]) -> Iterator[Issue]:
    for word, share in policy.items():
        if not is_number(share) or not 0 <= share <= 1:
            yield draft.fault("bad_coverage", (*path, "coverage", word), word=word, value=share)


def _rounding_faults(draft: Draft) -> Iterator[Issue]:
    rounding = draft.rules.get("rounding")
    if rounding is None:
        return
    decimals = rounding.get("decimals")
    whole = type(decimals) is int and 0 <= decimals <= 8
    if not whole or rounding.get("nodes", "all") not in ("all", "goals", "index"):
        yield draft.fault("bad_rounding", ("rounding",))


def _rises(values: list[Any]) -> bool:
    numbers = all(is_number(value) for value in values)
    return numbers and all(first < second for first, second in pairwise(values))
