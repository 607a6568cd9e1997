"""Settings in words, such as ``weigh.shift=0.01``, put into a recipe."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from ..errors import RecipeError
from .recipe import COMBINED, STEPS, Recipe

_MAPPINGS = ("reading", "denominate")


def with_settings(recipe: Recipe, settings: Iterable[str]) -> Recipe:
    """The same recipe with fields and options set.

    Parameters
    ----------
    recipe : Recipe
    settings : iterable of str
        ``field=value``, ``reading.policy=choice``, ``denominate.CODE=auxiliary``,
        ``step.option=value``, or ``aggregate.method.option=value`` where several aggregations are
        used and ``weigh.method.option=value`` where several weightings are combined, which
        ``weigh.of=ahp,entropy`` names. Values are JSON; what is no JSON is a text.

    Returns
    -------
    Recipe

    Raises
    ------
    RecipeError
        A setting has no ``=``, or sets what there is not.

    Examples
    --------
    >>> with_settings(Recipe(aggregate="vikor"), ["aggregate.v=0.3"]).options
    {'aggregate': {'v': 0.3}}
    >>> with_settings(Recipe(), ["screen=0.5"]).screen
    0.5
    """
    changes: dict[str, Any] = {}
    for setting in settings:
        name, found, text = setting.partition("=")
        path = name.strip().split(".")
        if not found or len(path) not in _lengths(path[0]):
            raise RecipeError("recipe.setting", setting=setting)
        value = _value(text.strip())
        if path == ["aggregate"] and isinstance(value, str):
            value = chosen_aggregation(value)
        if path == ["weigh", COMBINED] and isinstance(value, str):
            value = [name.strip() for name in value.split(",")]
        _place(recipe, changes, path, value)
    return recipe.but(**changes)


def chosen_aggregation(text: str) -> str | dict[str, str]:
    """One aggregation, or several by tier or code: ``index=geometric,goals=topsis``.

    Examples
    --------
    >>> chosen_aggregation("topsis")
    'topsis'
    >>> chosen_aggregation("index=geometric, goals=topsis")
    {'index': 'geometric', 'goals': 'topsis'}
    """
    if "=" not in text:
        return text
    pairs = [part.partition("=") for part in text.split(",")]
    return {node.strip(): name.strip() for node, _, name in pairs}


def _lengths(head: str) -> tuple[int, ...]:
    if head in STEPS:
        return (1, 2, 3)
    return (2,) if head in _MAPPINGS else (1,)


def _place(recipe: Recipe, changes: dict[str, Any], path: list[str], value: Any) -> None:
    head, *rest = path
    if rest and head in STEPS:
        head, rest = "options", path
    if not rest:
        changes[head] = value
        return
    known = getattr(recipe, head) if head in {one.name for one in fields(Recipe)} else {}
    inside = changes.setdefault(head, _copied(known))
    for key in rest[:-1]:
        inside = inside.setdefault(key, {}) if isinstance(inside, dict) else None
    if not isinstance(inside, dict):
        raise RecipeError("recipe.setting", setting=".".join(path))
    inside[rest[-1]] = value


def _copied(known: Any) -> dict[str, Any]:
    return {key: _copied(one) if hasattr(one, "items") else one for key, one in dict(known).items()}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (RecursionError, ValueError):
        return text
