"""Every fault of a framework at once, each with its place and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..catalogue import nearest
from ..errors import FrameworkError, Issue
from .building import framework_from_draft
from .draft import Draft, Entry, Path, is_number
from .framework import INDEX, Framework
from .indicator import DIRECTIONS, SCALES
from .names import header_key
from .rule_checking import rule_faults, share_faults
from .shaping import shaped

DEEPEST = 20
"""Levels of the tree, the index not counted."""
_RESERVED = (INDEX, "goals")
_BLOCKS = ("index", "bonus", "deduction")
_NEED_GOALPOSTS = ("linear", "log", "log1p", "interval")
_NEED_LADDER = ("ladder", "ladder-share")


def checked(draft: Draft) -> Framework:
    """Build the framework of a draft.

    Raises
    ------
    FrameworkError
        If the draft is faulty; carries every fault.
    """
    fitted, found = shaped(draft)
    found = [*draft.found, *found, *_faults(fitted)]
    if not found:
        framework = framework_from_draft(fitted)
        found = list(share_faults(fitted, framework))
    if found:
        raise FrameworkError(found)
    return framework


def _faults(draft: Draft) -> Iterator[Issue]:
    if not draft.rules.get("name"):
        yield draft.fault("no_name", ())
    if not any(entry.is_leaf for entry in draft.entries):
        yield draft.fault("no_indicators", ())
    yield from _tree_faults(draft)
    for entry in draft.entries:
        yield from _entry_faults(draft, entry)
    yield from _weight_faults(draft)
    yield from _name_collisions(draft)
    yield from rule_faults(draft)


def _tree_faults(draft: Draft) -> Iterator[Issue]:
    by_code: dict[str, Entry] = {}
    for entry in draft.entries:
        if not entry.code:
            yield draft.fault("no_code", entry.path)
        elif entry.code in _RESERVED:
            yield draft.fault("reserved_code", (*entry.path, "code"), code=entry.code)
        elif entry.code in by_code:
            yield draft.fault("repeated_code", (*entry.path, "code"), code=entry.code)
        else:
            by_code[entry.code] = entry
    parents = {entry.parent for entry in draft.entries}
    for entry in draft.entries:
        yield from _parent_faults(draft, entry, by_code)
        if not entry.is_leaf and entry.code and entry.code not in parents:
            yield draft.fault("no_children", entry.path, code=entry.code)


def _parent_faults(draft: Draft, entry: Entry, by_code: Mapping[str, Entry]) -> Iterator[Issue]:
    path, names = (*entry.path, "parent"), {"code": entry.code, "parent": entry.parent}
    # A parent without a code has that fault itself.
    if not entry.parent:
        return
    if entry.parent not in by_code:
        yield draft.fault("orphan", path, nearest=nearest(entry.parent, by_code), **names)
        return
    if by_code[entry.parent].is_leaf:
        yield draft.fault("leaf_parent", path, **names)
    above = _above(entry, by_code)
    if entry.code in above:
        yield draft.fault("cycle", path, **names)
    elif len(above) >= DEEPEST:
        yield draft.fault("too_deep", path, code=entry.code, limit=DEEPEST)


def _above(entry: Entry, by_code: Mapping[str, Entry]) -> list[str]:
    """Codes above an entry, up to the index, to the first that comes twice, or to the limit."""
    above: list[str] = []
    at = entry.parent
    while at and at in by_code and at not in above and len(above) < DEEPEST:
        above.append(at)
        at = by_code[at].parent
    return above


def _entry_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    fields, path = entry.fields, entry.path
    weight = fields.get("weight", 1.0)
    if not is_number(weight) or weight < 0:
        yield draft.fault("bad_weight", (*path, "weight"), code=entry.code, value=weight)
    yield from _block_faults(draft, entry)
    if entry.is_leaf:
        yield from _scale_faults(draft, entry)
        yield from _goalpost_faults(draft, entry)
        yield from _ladder_faults(draft, entry)
        yield from _range_faults(draft, entry)
    elif "scale" in fields:
        yield draft.fault("no_direction", path, code=entry.code)


def _block_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    block, points = entry.fields.get("block", "index"), entry.fields.get("points")
    if block not in _BLOCKS:
        known = ", ".join(_BLOCKS)
        yield draft.fault("unknown_block", (*entry.path, "block"), value=block, known=known)
    elif block != "index" and not (is_number(points) and points > 0):
        yield draft.fault("no_points", (*entry.path, "points"), code=entry.code)


def _scale_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    direction, scale = entry.fields["direction"], entry.fields.get("scale")
    if direction not in DIRECTIONS:
        path, known = (*entry.path, "direction"), ", ".join(DIRECTIONS)
        yield draft.fault("unknown_direction", path, value=direction, known=known)
    if scale is not None and scale not in SCALES:
        near = nearest(str(scale), SCALES)
        yield draft.fault("unknown_scale", (*entry.path, "scale"), value=scale, nearest=near)
    elif direction in DIRECTIONS and (direction == "target") != (scale == "interval"):
        words = {"code": entry.code, "direction": direction, "scale": scale}
        yield draft.fault("target_scale", (*entry.path, "scale"), **words)


def _goalpost_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    fields, path, scale = entry.fields, entry.path, entry.fields.get("scale")
    low, high = fields.get("low"), fields.get("high")
    if scale == "interval" and "interval" not in fields:
        yield draft.fault("no_interval", (*path, "interval"), code=entry.code)
    bad = [key for key in ("low", "high") if key in fields and not is_number(fields[key])]
    for key in bad:
        yield draft.fault("not_a_number", (*path, key), code=entry.code, value=fields[key])
    if bad:
        return
    if low is None or high is None:
        if scale in _NEED_GOALPOSTS:
            yield draft.fault("no_goalposts", path, code=entry.code, scale=scale)
        return
    if low >= high:
        yield draft.fault("reversed", (*path, "low"), code=entry.code, low=low, high=high)
        return
    if (scale == "log" and low <= 0) or (scale == "log1p" and low <= -1):
        yield draft.fault("log_of_zero", (*path, "low"), code=entry.code, low=low)
    yield from _interval_faults(draft, entry, low, high)


def _interval_faults(draft: Draft, entry: Entry, low: float, high: float) -> Iterator[Issue]:
    interval = entry.fields.get("interval")
    if interval is None:
        return
    two = len(interval) == 2 and all(is_number(bound) for bound in interval)
    if not two or not low <= interval[0] <= interval[1] <= high:
        path = (*entry.path, "interval")
        yield draft.fault("bad_interval", path, code=entry.code, value=_span(interval))


def _ladder_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    ladder, path = entry.fields.get("ladder"), (*entry.path, "ladder")
    if ladder is None:
        if entry.fields.get("scale") in _NEED_LADDER:
            yield draft.fault("no_ladder", path, code=entry.code)
        return
    levels: list[Any] = [rung.get("level") if rung else None for rung in ladder]
    whole = all(type(level) is int and level >= 0 for level in levels)
    # Levels from 0 to 0 are no scale.
    if not whole or levels != sorted(set(levels)) or levels == [0]:
        yield draft.fault("bad_ladder", path, code=entry.code)


def _range_faults(draft: Draft, entry: Entry) -> Iterator[Issue]:
    bounds = entry.fields.get("range")
    if bounds is None:
        return
    two = len(bounds) == 2 and all(bound is None or is_number(bound) for bound in bounds)
    if not two or (None not in bounds and bounds[0] >= bounds[1]):
        path = (*entry.path, "range")
        yield draft.fault("bad_range", path, code=entry.code, value=_span(bounds))


def _span(bounds: list[Any]) -> str:
    return " – ".join("…" if bound is None else str(bound) for bound in bounds)


def _weight_faults(draft: Draft) -> Iterator[Issue]:
    families: dict[str | None, list[Entry]] = {entry.parent: [] for entry in draft.entries}
    for entry in draft.entries:
        if entry.is_counted:
            families[entry.parent].append(entry)
    for parent, siblings in families.items():
        given = [entry for entry in siblings if "weight" in entry.fields]
        if given:
            for entry in siblings:
                if "weight" not in entry.fields:
                    yield draft.fault("no_weight", (*entry.path, "weight"), code=entry.code)
        if not any(entry.fields.get("weight", 1.0) for entry in siblings):
            path = (*given[0].path, "weight") if given else ()
            yield draft.fault("all_zero", path, parent=parent or INDEX)


def _name_collisions(draft: Draft) -> Iterator[Issue]:
    owners: dict[str, str] = {}
    for code, path, names in _named(draft):
        clashes = set()
        for name in names:
            key = header_key(name)
            if key and owners.setdefault(key, code) != code and owners[key] not in clashes:
                clashes.add(owners[key])
                yield draft.fault("same_name", path, name=name, code=code, other=owners[key])


def _named(draft: Draft) -> Iterator[tuple[str, Path, list[str]]]:
    """Codes with all their names; a code that is used again has that fault itself."""
    leaves = [(entry.path, entry.fields) for entry in draft.entries if entry.is_leaf]
    inputs = [
        (("auxiliary", place), one)
        for place, one in enumerate(draft.rules.get("auxiliary", ()))
        if one
    ]
    for path, fields in [*leaves, *inputs]:
        code = str(fields.get("code", ""))
        names = [*fields.get("name", {}).values(), *fields.get("aliases", ())]
        yield code, path, [code, *filter(None, names)]
