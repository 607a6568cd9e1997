"""Every sentence a user reads, in Chinese and in English.

The table is ``messages/*.toml``, one file a room; the first part of a key names the file:
``say("cli.no_file", "zh", file="cities.xlsx")``.
"""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent / "messages"


def say(key: str, lang: str = "en", **fields: object) -> str:
    """The sentence of `key` in `lang`, its placeholders filled with `fields`.

    Examples
    --------
    >>> say("errors.input", "en", count=2)
    'The input has errors (2); nothing was computed.'
    """
    sentence = _sentences(key)[lang]
    return sentence.format(**fields) if fields else sentence


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
