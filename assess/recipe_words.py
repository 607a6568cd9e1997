"""Recipes in words: ``aggregate=index=topsis,goals=geometric normalise=rank; weigh=equal``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from .recipe import STEPS, Recipe

_OPENING, _CLOSING, _QUOTE = "([{", ")]}", '"'


def recipes_in(text: str) -> list[str]:
    """The recipes of a text, each in words.

    They are separated by semicolons, or by commas where there is no semicolon; neither counts
    inside brackets or double quotes.

    Examples
    --------
    >>> recipes_in("aggregate=topsis, normalise=rank weigh=equal")
    ['aggregate=topsis', 'normalise=rank weigh=equal']
    >>> recipes_in("aggregate=index=topsis,goals=geometric; normalise.to=[1, 100]")
    ['aggregate=index=topsis,goals=geometric', 'normalise.to=[1, 100]']
    """
    parts = [part.strip() for part in _split(text, ";；")]
    if len(parts) == 1:
        parts = [part.strip() for part in _split(text, ",，")]
    return [part for part in parts if part]


def words_in(recipe: str) -> list[str]:
    """The settings of a recipe in words, separated by spaces outside brackets and quotes.

    Examples
    --------
    >>> words_in('normalise.to=[1, 100] weigh=equal')
    ['normalise.to=[1, 100]', 'weigh=equal']
    """
    return [part for part in _split(recipe, " \t\n\u3000") if part]


def words_of(recipe: Recipe) -> str:
    """A recipe in words, as far as it differs from the one nothing is said of.

    Examples
    --------
    >>> words_of(Recipe(normalise="rank", aggregate={"index": "topsis", "goals": "geometric"}))
    'normalise=rank aggregate=index=topsis,goals=geometric'
    >>> words_of(Recipe(normalise="rank", options={"normalise": {"to": (1, 100)}}))
    'normalise=rank normalise.to=[1,100]'
    """
    usual, found = Recipe(), []
    for name in (*STEPS, *(one.name for one in fields(Recipe) if one.name not in STEPS)):
        value = getattr(recipe, name)
        if value == getattr(usual, name):
            continue
        if name == "aggregate" and isinstance(value, Mapping) and all(map(_plain, value)):
            pairs = ",".join(f"{node}={method}" for node, method in value.items())
            found.append(f"aggregate={pairs}")
        else:
            found += _settings("" if name == "options" else name, value)
    return " ".join(found)


def _settings(path: str, value: Any) -> Iterator[str]:
    """``a.b=1`` for what is inside a mapping, to three levels; deeper or odd ones as JSON."""
    depth = path.count(".") + 1 if path else 0
    if isinstance(value, Mapping) and depth < 3 and value and all(map(_plain, value)):
        for key, inner in value.items():
            yield from _settings(f"{path}.{key}" if path else key, inner)
    else:
        yield f"{path}={_text(value)}"


def _plain(key: str) -> bool:
    return key.replace("-", "_").isidentifier()


def _text(value: Any) -> str:
    if isinstance(value, str) and _plain(value) and value not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _split(text: str, separators: str) -> Iterator[str]:
    depth, quoted, escaped, start = 0, False, False, 0
    for place, letter in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and letter == "\\":
            escaped = True
        elif letter == _QUOTE:
            quoted = not quoted
        elif quoted:
            continue
        elif letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth = max(depth - 1, 0)
        elif letter in separators and depth == 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]
