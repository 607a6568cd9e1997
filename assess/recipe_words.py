"""Recipes in words: ``aggregate=index=topsis,goals=geometric normalise=rank; weigh=equal``."""

from __future__ import annotations

from collections.abc import Iterator

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


def _split(text: str, separators: str) -> Iterator[str]:
    depth, quoted, start = 0, False, 0
    for place, letter in enumerate(text):
        if letter == _QUOTE:
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
