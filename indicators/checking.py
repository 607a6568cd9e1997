"""Every fault of a framework at once, each with its place and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..catalogue import nearest
from ..errors import Issue
from .draft import Draft, Entry, Path, is_number
from .framework import INDEX
from .indicator import DIRECTIONS, SCALES
from .rule_checking import rule_faults

FIELDS = (
    "code",
    "name",
    "weight",
    "block",
    "points",
    "unit",
    "direction",
    "scale",
    "low",
    "high",
    "interval",
    "ladder",
    "range",
    "definition",
    "source",
    "benchmark",
    "goalpost_reason",
    "data_source",
    "aliases",
)
RULES = (
    "name",
    "version",
    "title",
    "about",
    "source",
    "weak_points",
    "presets",
    "auxiliary",
    "level_sets",
    "gates",
    "rounding",
)
_BLOCKS = ("index", "bonus", "deduction")
_NEED_GOALPOSTS = ("linear", "log", "log1p", "interval")
_NEED_LADDER = ("ladder", "ladder-share")


def faults(draft: Draft) -> list[Issue]:
    """Find all faults of a draft.

    Returns
    -------
    list of Issue
        Empty where the draft can be built.
    """
    found = list(_unknown(draft, draft.rules, RULES, ()))
    if not draft.rules.get("name"):
        found.append(fault(draft, "no_name", ()))
    if not draft.entries:
        found.append(fault(draft, "no_indicators", ()))
    found += _tree_faults(draft)
    for entry in draft.entries:
        found += _entry_faults(draft, entry)
    found += _weight_faults(draft)
    found += _name_collisions(draft)
    found += rule_faults(draft)
    return found


def fault(draft: Draft, code: str, path: Path, /, **fields: object) -> Issue:
    """One located fault."""
    return Issue("error", f"framework.{code}", draft.place(path), fields=fields)


def _unknown(
    draft: Draft, fields: Iterable[str], known: tuple[str, ...], path: Path
) -> Iterator[Issue]:
    for key in fields:
        if key not in known:
            near = nearest(str(key), known)
            yield fault(draft, "unknown_key", (*path, str(key)), key=key, nearest=near)


def _tree_faults(draft: Draft) -> Iterator[Issue]:
    by_code: dict[str, Entry] = {}
    for entry in draft.entries:
        if not entry.code:
            yield fault(draft, "no_code", entry.path)
        elif entry.code in by_code or entry.code == INDEX:
            yield fault(draft, "repeated_code", (*entry.path, "code"), code=entry.code)
        else:
            by_code[entry.code] = entry
    parents = {entry.parent for entry in draft.entries}
    for entry in draft.entries:
        yield from _parent_faults(draft, entry, by_code)
        if not entry.is_leaf and entry.code and entry.code not in parents:
            yield fault(draft, "no_children", entry.path, code=entry.code)


def _parent_faults(draft: Draft, entry: Entry, by_code: dict[str, Entry]) -> Iterator[Issue]:
    path = (*entry.path, "parent")
    if entry.parent is None:
        return
    if entry.parent not in by_code:
        near = nearest(entry.parent, by_code)
        fields = {"code": entry.code, "parent": entry.parent, "nearest": near}
        yield fault(draft, "orphan", path, **fields)
    elif by_code[entry.parent].is_leaf:
        yield fault(draft, "leaf_parent", path, code=entry.code, parent=entry.parent)
    elif _is_circular(entry, by_code):
        yield fault(draft, "cycle", path, code=entry.code, parent=entry.parent)


def _is_circular(entry: Entry, by_code: dict[str, Entry]) -> bool:
    seen, at = {entry.code}, entry.parent
    while at is not None and at in by_code:
        if at == entry.code:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = by_code[at].parent
    return False


def _entry_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    fields, path = entry.fields, entry.path
    yield from _unknown(draft, fields, FIELDS, path)
    weight = fields.get("weight", 1.0)
    if not is_number(weight) or weight < 0:
        yield fault(draft, "bad_weight", (*path, "weight"), code=entry.code, value=weight)
    block = fields.get("block", "index")
    if block not in _BLOCKS:
        known = ", ".join(_BLOCKS)
        yield fault(draft, "unknown_block", (*path, "block"), value=block, known=known)
    if block != "index" and not is_number(fields.get("points")):
        yield fault(draft, "no_points", path, code=entry.code)
    if not entry.is_leaf:
        if fields.get("scale"):
            yield fault(draft, "no_direction", path, code=entry.code)
        return
    if fields["direction"] not in DIRECTIONS:
        value, known = fields["direction"], ", ".join(DIRECTIONS)
        yield fault(draft, "unknown_direction", (*path, "direction"), value=value, known=known)
    scale = fields.get("scale")
    if scale is not None and scale not in SCALES:
        near = nearest(str(scale), SCALES)
        yield fault(draft, "unknown_scale", (*path, "scale"), value=scale, nearest=near)
    yield from _goalpost_faults(draft, entry)
    yield from _ladder_faults(draft, entry)
    yield from _range_faults(draft, entry)


def _goalpost_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    fields, path, scale = entry.fields, entry.path, entry.fields.get("scale")
    low, high = fields.get("low"), fields.get("high")
    bad = [key for key in ("low", "high") if fields.get(key) is not None]
    bad = [key for key in bad if not is_number(fields[key])]
    for key in bad:
        yield fault(draft, "not_a_number", (*path, key), code=entry.code, value=fields[key])
    if bad:
        return
    if scale in _NEED_GOALPOSTS and (low is None or high is None):
        yield fault(draft, "no_goalposts", path, code=entry.code, scale=scale)
        return
    if low is None or high is None:
        return
    if low >= high:
        yield fault(draft, "reversed", (*path, "low"), code=entry.code, low=low, high=high)
    elif (scale == "log" and low <= 0) or (scale == "log1p" and low <= -1):
        yield fault(draft, "log_of_zero", (*path, "low"), code=entry.code, low=low)
    yield from _interval_faults(draft, entry, low, high)


def _interval_faults(draft: Draft, entry: Entry, low: float, high: float) -> Iterator[Issue]:
    interval = entry.fields.get("interval")
    path = (*entry.path, "interval")
    wanted = entry.fields.get("scale") == "interval"
    if interval is None:
        if wanted or entry.fields["direction"] == "target":
            yield fault(draft, "no_interval", path, code=entry.code)
        return
    numbers = isinstance(interval, list | tuple) and len(interval) == 2
    if not numbers or not all(is_number(bound) for bound in interval):
        yield fault(draft, "bad_interval", path, code=entry.code, value=interval)
    elif not low <= interval[0] <= interval[1] <= high:
        value = f"{interval[0]} – {interval[1]}"
        yield fault(draft, "bad_interval", path, code=entry.code, value=value)


def _ladder_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    ladder, path = entry.fields.get("ladder") or [], (*entry.path, "ladder")
    if entry.fields.get("scale") in _NEED_LADDER and not ladder:
        yield fault(draft, "no_ladder", path, code=entry.code)
    levels = [rung.get("level") if isinstance(rung, dict) else None for rung in ladder]
    whole = all(isinstance(level, int) and level >= 0 for level in levels)
    if not whole or levels != sorted(set(levels)) or levels == [0]:
        yield fault(draft, "bad_ladder", path, code=entry.code)


def _range_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    bounds = entry.fields.get("range")
    if bounds is None:
        return
    path = (*entry.path, "range")
    two = isinstance(bounds, list | tuple) and len(bounds) == 2
    if not two or not all(bound is None or is_number(bound) for bound in bounds):
        yield fault(draft, "bad_range", path, code=entry.code, value=bounds)
    elif None not in bounds and bounds[0] >= bounds[1]:
        yield fault(draft, "bad_range", path, code=entry.code, value=f"{bounds[0]} – {bounds[1]}")


def _weight_faults(draft: Draft) -> Iterator[Issue]:
    families: dict[str | None, list[Entry]] = {}
    for entry in draft.entries:
        if entry.fields.get("block", "index") == "index":
            families.setdefault(entry.parent, []).append(entry)
    for parent, siblings in families.items():
        given = [entry for entry in siblings if entry.fields.get("weight") is not None]
        if given and len(given) < len(siblings):
            for entry in siblings:
                if entry not in given:
                    yield fault(draft, "no_weight", entry.path, code=entry.code)
        numbers = [entry.fields["weight"] for entry in given if is_number(entry.fields["weight"])]
        if given and numbers and not any(numbers):
            where = (*given[0].path, "weight")
            yield fault(draft, "all_zero", where, parent=parent or INDEX)


def _name_collisions(draft: Draft) -> Iterator[Issue]:
    from .names import header_key

    owners: dict[str, str] = {}
    for code, path, names in _named(draft):
        for name in names:
            key = header_key(name)
            if not key:
                continue
            if owners.setdefault(key, code) != code:
                yield fault(draft, "same_name", path, name=name, code=code, other=owners[key])


def _named(draft: Draft) -> Iterator[tuple[str, Path, list[str]]]:
    leaves = [(entry.code, entry.path, entry.fields) for entry in draft.entries if entry.is_leaf]
    others: list[tuple[str, Path, Any]] = [
        (str(one.get("code", "")), ("auxiliary", place), one)
        for place, one in enumerate(draft.rules.get("auxiliary") or ())
        if isinstance(one, dict)
    ]
    for code, path, fields in [*leaves, *others]:
        name = fields.get("name")
        texts = list(name.values()) if isinstance(name, dict) else [name]
        aliases = fields.get("aliases") or []
        yield code, path, [code, *(str(text) for text in texts if text), *map(str, aliases)]
