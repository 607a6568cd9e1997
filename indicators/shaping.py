"""What kind of value each key of a framework takes, and reading a draft's values as that kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..catalogue import nearest
from ..errors import Issue
from .draft import Draft, Entry, Path, cleaned

WORD, NUMBER, FLAG = "word", "number", "flag"
ANY = "*"
Kind = Any
"""`WORD`, `NUMBER`, `FLAG`, a list of one kind, or a mapping from key to kind (`ANY`: any key)."""

TEXT: Kind = {"zh": WORD, "en": WORD}
"""A text in two languages; a single word stands for both."""
NODE: Mapping[str, Kind] = {
    "code": WORD,
    "name": TEXT,
    "weight": NUMBER,
    "block": WORD,
    "points": NUMBER,
    "unit": TEXT,
    "direction": WORD,
    "scale": WORD,
    "low": NUMBER,
    "high": NUMBER,
    "interval": [NUMBER],
    "ladder": [{"level": NUMBER, "zh": WORD, "en": WORD}],
    "range": [NUMBER],
    "definition": TEXT,
    "source": TEXT,
    "benchmark": TEXT,
    "goalpost_reason": TEXT,
    "data_source": TEXT,
    "aliases": [WORD],
}
_NEED: Kind = {
    "level": NUMBER,
    "node": WORD,
    "value": WORD,
    "score": WORD,
    "observed": WORD,
    "at_level": NUMBER,
    "at_least": NUMBER,
    "at_most": NUMBER,
    "when_given": FLAG,
}
RULES: Mapping[str, Kind] = {
    "name": WORD,
    "version": WORD,
    "title": TEXT,
    "about": TEXT,
    "source": TEXT,
    "weak_points": [TEXT],
    "presets": [
        {
            "name": WORD,
            "title": TEXT,
            "equal": FLAG,
            "weights": {ANY: NUMBER},
            "share": {"nodes": [WORD], "of_index": NUMBER},
        }
    ],
    "auxiliary": [
        {"code": WORD, "name": TEXT, "kind": WORD, "unit": TEXT, "aliases": [WORD], "group": FLAG}
    ],
    "level_sets": [
        {
            "name": WORD,
            "title": TEXT,
            "levels": [{"level": NUMBER, "zh": WORD, "en": WORD, "from": NUMBER}],
        }
    ],
    "gates": [
        {
            "code": WORD,
            "name": TEXT,
            "level_set": WORD,
            "needs": [_NEED],
            "coverage": {"overall": NUMBER, "goal": NUMBER},
        }
    ],
    "rounding": {"decimals": NUMBER, "nodes": WORD},
}
DIRECTION_WORDS: Mapping[str, tuple[str, ...]] = {
    "benefit": ("benefit", "正向", "正", "+1", "1", "+", "max", "maximize", "maximise", "越大越好"),
    "cost": ("cost", "负向", "负", "逆向", "-1", "-", "min", "minimize", "minimise", "越小越好"),
    "target": ("target", "适度", "区间", "0", "interval", "moderate"),
}
_NO_SCALE = ("none", "无")
"""Said where goalposts stand but the recipe's normalisation is to be used."""
_NUMBER = re.compile(r"[+-]?(?:\d+(?P<part>\.\d*)?|\.\d+)(?P<power>e[+-]?\d+)?", re.IGNORECASE)
_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def shaped(draft: Draft) -> tuple[Draft, list[Issue]]:
    """Read every value as the kind its key takes.

    Returns
    -------
    Draft
        Without empty values, and without those of another kind.
    list of Issue
        Values of another kind and unknown keys.
    """
    fit = _Fit(draft)
    entries = []
    for entry in draft.entries:
        fields = fit.value(entry.fields, NODE, entry.path)
        entries.append(Entry(_completed(fields), entry.parent, entry.path))
    rules = fit.value(dict(draft.rules), RULES, ())
    return replace(draft, entries=tuple(entries), rules=rules), fit.found


def number(value: object) -> Any:
    """The number that a word spells, full-width digits too; other values as they are.

    Examples
    --------
    >>> number("1e-3"), number("７"), number("many")
    (0.001, 7, 'many')
    """
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value).replace("−", "-").strip()
    match = _NUMBER.fullmatch(text)
    if match is None:
        return cleaned(value)
    if text.isascii() and not match["power"] and "." not in text:
        return int(text) if len(text) < 16 else float(text)
    return float(text)


def _completed(fields: dict[str, Any]) -> dict[str, Any]:
    """The direction by its own word; the scale that goalposts or a ladder call for, if unsaid."""
    said = str(fields.get("direction", "")).replace("−", "-").replace("＋", "+").casefold()
    for direction, words in DIRECTION_WORDS.items():
        if said in words:
            fields["direction"] = direction
    if fields.get("scale") in _NO_SCALE:
        del fields["scale"]
    elif fields.get("direction") and "scale" not in fields:
        if "ladder" in fields:
            fields["scale"] = "ladder"
        elif fields["direction"] == "target":
            fields["scale"] = "interval"
        elif "low" in fields or "high" in fields:
            fields["scale"] = "linear"
    return fields


class _Fit:
    """Reads values as their kinds and gathers what does not fit."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.found: list[Issue] = []

    def value(self, value: Any, kind: Kind, path: Path) -> Any:
        if value is None:
            return None
        if isinstance(kind, list):
            return self._list(value, kind[0], path)
        if isinstance(kind, dict) and not (kind is TEXT and not isinstance(value, dict | list)):
            return self._mapping(value, kind, path)
        if isinstance(value, dict | list):
            return self._misfit("not_a_word", path)
        if kind is TEXT:
            word = cleaned(value)
            return {"zh": word, "en": word} if word else None
        if kind == NUMBER:
            return None if value == "" else number(value)
        return self._flag(value, path) if kind == FLAG else cleaned(value)

    def _list(self, value: Any, kind: Kind, path: Path) -> Any:
        if not isinstance(value, list | tuple):
            return self._misfit("not_a_list", path)
        if isinstance(kind, dict) and kind is not TEXT:
            return [self._mapping(item, kind, (*path, place)) for place, item in enumerate(value)]
        return [self.value(item, kind, (*path, place)) for place, item in enumerate(value)]

    def _mapping(self, value: Any, kind: Mapping[str, Kind], path: Path) -> Any:
        if not isinstance(value, dict):
            return self._misfit("not_a_mapping", path)
        fitted = {}
        for key, item in value.items():
            wanted = kind.get(key, kind.get(ANY))
            if wanted is None:
                near = nearest(str(key), kind)
                fault = self.draft.fault("unknown_key", (*path, key), word=key, nearest=near)
                self.found.append(fault)
                continue
            one = self.value(item, wanted, (*path, key))
            if one not in (None, "", []):
                fitted[key] = one
        return fitted if fitted or kind is not TEXT else None

    def _flag(self, value: Any, path: Path) -> bool | None:
        word = cleaned(value).casefold()
        if word not in _FLAGS:
            self._misfit("not_a_flag", path, value=value)
        return _FLAGS.get(word)

    def _misfit(self, kind: str, path: Path, **fields: object) -> None:
        words = [part for part in path if isinstance(part, str)]
        word = words[-1] if words else ""
        self.found.append(self.draft.fault(kind, path, word=word, **fields))
