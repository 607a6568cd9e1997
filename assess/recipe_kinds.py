"""What the fields of a recipe take, and its methods' options where a recipe says them otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..catalogue import Catalogue
from ..errors import RecipeError
from ..options import Kind, is_number


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_by_name(value: object, kind: type) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and isinstance(one, kind) for name, one in value.items()
    )


def _is_texts_by_name(value: object) -> bool:
    return _is_by_name(value, str)


def _is_numbers_by_code(value: Any) -> bool:
    return _is_by_name(value, object) and all(map(is_number, value.values()))


def _is_names(value: object) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(isinstance(one, str) for one in value)


FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "impute": _is_text,
    "treat": _is_text,
    "normalise": _is_text,
    "weigh": _is_text,
    "aggregate": lambda value: _is_text(value) or _is_texts_by_name(value),
    "levels": _is_text,
    "denominate": _is_texts_by_name,
    "screen": is_number,
    "reading": _is_texts_by_name,
    "options": lambda value: _is_by_name(value, Mapping),
    "floor": is_number,
    "exponent": is_number,
    "seed": lambda value: is_number(value, whole=True),
}
"""Whether a value will do for a field of the recipe."""

_IN_OTHER_WORDS: Mapping[tuple[str, str], Kind] = {
    ("group_mean", "groups"): Kind("errors.options.text", _is_text),
    ("group_median", "groups"): Kind("errors.options.text", _is_text),
    ("target", "targets"): Kind("recipe.targets", _is_numbers_by_code),
    ("reference", "unit"): Kind(
        "recipe.reference", lambda value: _is_text(value) or is_number(value, whole=True)
    ),
    ("given", "weights"): Kind("recipe.given_weights", lambda value: isinstance(value, Mapping)),
    ("combine", "of"): Kind("recipe.combined", _is_names),
}
"""Options that a recipe gives by names and codes, and the bare method by rows and columns."""

_FROM_TABLE = {
    ("latest", "cities"), ("latest", "years"), ("linear", "cities"), ("linear", "years"),
    ("constant", "cities"), ("constant", "years"), ("equal", "count"), ("combine", "weights"),
    ("goalposts", "low"), ("goalposts", "high"), ("goalposts", "cap"), ("goalposts", "to"),
}  # fmt: skip
"""Options of bare methods which the table and the framework answer."""


def check_options(catalogue: Catalogue, name: str, options: Mapping[str, object]) -> None:
    """Refuse an option that the method does not have in a recipe, or a value that will not do.

    Raises
    ------
    RecipeError
        Names the method and the option.
    """
    plain = {}
    for option, value in options.items():
        kind = _IN_OTHER_WORDS.get((name, option))
        if kind is None:
            plain[option] = value
        elif not kind.takes(value):
            raise RecipeError(kind.sentence, name=name, option=option, value=value)
    catalogue.check_options(name, plain)
    for option in plain:
        if (name, option) in _FROM_TABLE:
            raise RecipeError("recipe.from_table", name=name, option=option)
