"""What the options of methods take: kinds of values with their ranges, read off a signature.

A method's signature says what its options take, ``tolerance: Positive = 1e-9``; what is given
is held against it before the method runs. An annotation that is none of these takes anything,
and its method looks for itself.
"""

from __future__ import annotations

import inspect
import math
import typing
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard

import numpy as np
from numpy.typing import ArrayLike

LARGEST = 1e30
"""Larger numbers overflow when a few of them are multiplied."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of value.

    Parameters
    ----------
    sentence : str
        Key of the sentence that refuses another.
    takes : callable
        Whether a value is of this kind.
    words : mapping
        What the sentence says besides.
    """

    sentence: str
    takes: Callable[[Any], bool]
    words: Mapping[str, object] = field(default_factory=dict)


def between(low: float, high: float, *, whole: bool = False) -> Kind:
    """Numbers from `low` to `high`, both included; infinite where there is no such end."""

    def takes(value: Any) -> bool:
        return is_number(value, whole=whole) and low <= value <= high

    ends = "between" if math.isfinite(high) else "from" if math.isfinite(low) else "any"
    sentence = f"errors.options.{'whole' if whole else 'number'}_{ends}"
    return Kind(sentence, takes, {"low": low, "high": high})


def is_number(value: object, *, whole: bool = False) -> bool:
    """Whether a value is a number that can be reckoned with.

    Examples
    --------
    >>> is_number(0.5), is_number(True), is_number(float("inf")), is_number(0.5, whole=True)
    (True, False, False, False)
    """
    if not isinstance(value, Integral if whole else Real) or isinstance(value, bool):
        return False
    return -LARGEST <= value <= LARGEST  # type: ignore[operator]


def is_row(value: object) -> bool:
    """Whether a value is a number or an array of finite numbers, where NaN stands for none.

    Examples
    --------
    >>> is_row([1, None]), is_row(["a"]), is_row([[1], [2, 3]]), is_row([1e308])
    (True, False, False, False)
    """
    try:
        raw = np.asarray(value)
        if raw.dtype.kind not in "iufO" or raw.size == 0:
            return False
        numbers = raw.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        return False
    if raw.dtype == object and not all(one is None or _is_real(one) for one in raw.ravel()):
        return False
    return bool(np.all(np.isnan(numbers) | (np.abs(numbers) <= LARGEST)))


def _is_real(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def is_rows(value: object) -> bool:
    """Whether a value is two numbers or rows of numbers."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(is_row, value))


def is_vectors(value: Any) -> bool:
    """Whether a value is a list of weights, each as found or as a row of numbers."""
    return _is_listed(value) and all(
        is_row(vector) and np.ndim(vector) == 1
        for vector in (getattr(one, "values", one) for one in value)
    )


def is_rising(value: Any) -> bool:
    """Whether a value is a pair of numbers, the first below the second."""
    return is_pair(value) and bool(value[0] < value[1])


def is_pair(value: object) -> bool:
    """Whether a value is a pair of numbers."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(is_number, value))


def is_labels(value: object) -> bool:
    """Whether a value is a row of texts or whole numbers, some of them perhaps not known."""
    return isinstance(value, str) or (
        _is_listed(value) and all(isinstance(one, str) or _is_whole(one) for one in value)
    )


def is_wholes(value: object) -> bool:
    """Whether a value is a row of whole numbers, some of them perhaps not known."""
    return _is_listed(value) and all(map(_is_whole, value))


def _is_whole(value: object) -> bool:
    unknown = value is None or (isinstance(value, float) and math.isnan(value))
    return unknown or is_number(value, whole=True)


def _is_listed(value: object) -> TypeGuard[Collection[Any]]:
    return isinstance(value, Collection) and not isinstance(value, str | bytes | Mapping | Set)


def choice(known: Sequence[object]) -> Kind:
    """One of some values."""
    words = {"known": ", ".join(map(str, known))}
    return Kind("errors.options.choice", lambda value: _is_among(value, known), words)


def _is_among(value: object, known: Sequence[object]) -> bool:
    plain = isinstance(value, str | Integral) and not isinstance(value, bool)
    return plain and value in known


Positive = Annotated[float, Kind("errors.options.positive", between(1 / LARGEST, LARGEST).takes)]
NotNegative = Annotated[float, between(0, math.inf)]
Share = Annotated[float, between(0, 1)]
Count = Annotated[int, between(1, math.inf, whole=True)]
Whole = Annotated[int, between(0, math.inf, whole=True)]
Rising = Annotated[tuple[float, float], Kind("errors.options.rising", is_rising)]
"""Two numbers, the first below the second."""

Ends = Annotated[tuple[ArrayLike, ArrayLike], Kind("errors.options.rows", is_rows)]
"""Lower and upper ends, each one number or one for each indicator."""
Vectors = Annotated[Sequence[Any], Kind("errors.options.vectors", is_vectors)]
"""Several sets of weights."""

_ROW = Kind("errors.options.row", is_row)
_PLAIN: Mapping[object, Kind] = {
    float: between(-math.inf, math.inf),
    int: between(-math.inf, math.inf, whole=True),
    bool: Kind("errors.options.truth", lambda value: isinstance(value, bool)),
    str: Kind("errors.options.text", lambda value: isinstance(value, str)),
    NoneType: Kind("errors.options.nothing", lambda value: value is None),
    tuple[float, float]: Kind("errors.options.pair", is_pair),
    Sequence[str]: Kind("errors.options.labels", is_labels),
    Sequence[int]: Kind("errors.options.wholes", is_wholes),
}
"""What annotations without a range stand for."""


@cache
def kinds(function: Callable[..., Any]) -> Mapping[str, tuple[Kind, ...]]:
    """The kinds of values that each option of a function takes; none where it takes anything."""
    hints = typing.get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    names = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
    return {name: _kinds_of(hints[name]) for name in names}


def _kinds_of(hint: Any) -> tuple[Kind, ...]:
    found = [_kind_of(part) for part in _parts(hint)]
    return tuple(kind for kind in found if kind) if all(found) else ()


def _parts(hint: Any) -> list[Any]:
    """The members of a union; an array is one, though its annotation is a union itself."""
    if typing.get_origin(hint) not in (typing.Union, UnionType):
        return [hint]
    parts, array = typing.get_args(hint), typing.get_args(ArrayLike)
    if not set(array) <= set(parts):
        return list(parts)
    return [ArrayLike, *(part for part in parts if part not in array)]


def _kind_of(hint: Any) -> Kind | None:
    if hint == ArrayLike:
        return _ROW
    if typing.get_origin(hint) is Literal:
        return choice(typing.get_args(hint))
    noted = [one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Kind)]
    return noted[0] if noted else _PLAIN.get(hint)
