"""Every sentence a user reads, in Chinese and in English.

The table is ``messages/*.toml``, one file a room; the first part of a key names the file:
``say("cli.no_file", "zh", file="cities.xlsx")``.
"""

from __future__ import annotations

import json
import locale
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_LONG = 80
"""Longer values are cut short in a sentence."""
_FOLDER = Path(__file__).parent / "messages"


def say(key: str, lang: str = "en", **fields: object) -> str:
    """The sentence of `key` in `lang`, its placeholders filled with `fields`.

    Examples
    --------
    >>> say("errors.input", "en", count=2)
    'The input has errors (2); nothing was computed.'
    """
    sentence = _sentences(key)[lang]
    words = {name: _shown(field, lang) for name, field in fields.items()}
    return sentence.format(**words) if fields else sentence


@dataclass(frozen=True)
class Word:
    """A word that fills a sentence and is itself in the message table."""

    key: str


def _shown(field: object, lang: str) -> object:
    """A field as a user would write it: a truth, nothing or a list as in JSON."""
    if isinstance(field, Word):
        return say(field.key, lang)
    if isinstance(field, Exception) and hasattr(field, "message"):
        return field.message(lang)
    if field is None or isinstance(field, bool | list | dict):
        return _cut(_json(field))
    if isinstance(field, tuple):
        return _cut(f"({', '.join(str(_shown(one, lang)) for one in field)})")
    return field if isinstance(field, str | int | float) else _cut(str(field))


def _json(field: object) -> str:
    try:
        return json.dumps(field, ensure_ascii=False, default=str)
    except (RecursionError, TypeError, ValueError):
        return type(field).__name__


def _cut(text: str) -> str:
    """A long value's beginning and end, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[: _LONG // 2]} … {line[-_LONG // 4 :]}"


def user_language(environ: Mapping[str, str] | None = None) -> str:
    """The language of the user's locale: ``zh`` for a Chinese one, else ``en``."""
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


@cache
def _room(name: str) -> Mapping[str, object]:
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _sentences(key: str) -> Mapping[str, str]:
    room, *path = key.split(".")
    entry: object = _room(room)
    for part in path:
        if not isinstance(entry, Mapping) or part not in entry:
            raise KeyError(f"no message {key!r}")
        entry = entry[part]
    if not isinstance(entry, Mapping) or not set(LANGUAGES) <= set(entry):
        raise KeyError(f"no message {key!r}")
    return entry
