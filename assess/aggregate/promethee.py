"""PROMETHEE II: net flows of pairwise preference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import Kind, is_number
from ..normalise.matrix import Matrix
from .outcome import Outcome
from .pairwise import common_weight, without_noise
from .table import Table, tabulate

Preference = tuple[str, Mapping[str, float]]
"""A preference function by name, and its thresholds."""


def _is_preference(value: Any) -> bool:
    if isinstance(value, str):
        return True
    if not (isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], str)):
        return False
    return isinstance(value[1], Mapping) and all(map(is_number, value[1].values()))


def _is_preferences(value: Any) -> bool:
    several = isinstance(value, list | tuple) and all(map(_is_preference, value))
    return several or _is_preference(value)


Preferences = Annotated[
    Sequence[Preference | str] | Preference | str,
    Kind("aggregate.preference_form", _is_preferences),
]


def promethee(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    preference_functions: Preferences = "usual",
) -> Outcome:
    """Net flow ``φ = φ⁺ − φ⁻`` of the weighted preferences over all other units.

    With d the advantage on one indicator, preference is 0 for d ≤ 0, else:

    ========  ==========  =======================================
    usual                 1
    ushape    q           1 if d > q
    vshape    p           d / p, at most 1
    level     q, p        ½ if q < d ≤ p, 1 if d > p
    linear    q, p        (d − q) / (p − q), between 0 and 1
    gauss     s           1 − exp(−d² / 2s²)
    ========  ==========  =======================================

    Two units are compared on the indicators observed for both, their weights rescaled.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    preference_functions : name, (name, thresholds), or one of these for each indicator
        For example ``("linear", {"q": 0.5, "p": 5})``.

    Returns
    -------
    Outcome
        Scores φ, −1 to 1. Details: ``phi_plus``, ``phi_minus``, ``phi``.

    Raises
    ------
    MethodError
        A function is unknown, a threshold is missing or out of order; or there is one unit only.

    References
    ----------
    Brans, Vincke & Mareschal (1986), European Journal of Operational Research 24, 228–238.

    Examples
    --------
    >>> promethee([[10, 1], [20, 1], [30, 3]], directions=[1, -1]).scores.tolist()
    [-0.25, 0.25, 0.0]
    """
    table = tabulate(matrix, weights, directions)
    functions = _functions(preference_functions, table.weights.size)
    preferred, common = _preferences(table, functions)
    others = (common > 0).sum(axis=1)
    if others.size < 2:
        raise MethodError("aggregate.too_few_units", method="promethee", needed=2)
    share = preferred / np.where(common > 0, common, np.inf)
    divisor = np.where(others > 0, others, np.nan)
    plus, minus = share.sum(axis=1) / divisor, share.sum(axis=0) / divisor
    details = {"phi_plus": plus, "phi_minus": minus, "phi": plus - minus}
    return Outcome("promethee", plus - minus, details)


def _preferences(
    table: Table, functions: Sequence[Callable[[Matrix], Matrix]]
) -> tuple[Matrix, Matrix]:
    """Weighted preference of each row over each column, and the weight they are compared on."""
    count = len(table.values)
    preferred = np.zeros((count, count))
    for cells, weight, function in zip(
        (without_noise(table) * table.sign).T, table.weights, functions, strict=True
    ):
        advantage = cells[:, None] - cells[None, :]
        if not table.complete:
            advantage = np.nan_to_num(advantage, nan=0.0)
        preferred += weight * function(advantage)
    common = common_weight(table)
    np.fill_diagonal(common, 0.0)
    return preferred, common


def _functions(given: Any, count: int) -> list[Callable[[Matrix], Matrix]]:
    single = isinstance(given, str) or (len(given) == 2 and isinstance(given[1], Mapping))
    choices = [given] * count if single else list(given)
    if len(choices) != count:
        raise MethodError("aggregate.preferences_count", given=len(choices), needed=count)
    return [_function(*((choice, {}) if isinstance(choice, str) else choice)) for choice in choices]


def _function(name: str, thresholds: Mapping[str, float]) -> Callable[[Matrix], Matrix]:
    if name not in _SHAPES:
        raise MethodError("aggregate.preference", name=name, known=", ".join(_SHAPES))
    needed, shape = _SHAPES[name]
    if set(thresholds) != set(needed):
        raise MethodError("aggregate.thresholds", name=name, needed=", ".join(needed) or "—")
    values = [float(thresholds[threshold]) for threshold in needed]
    positive = name in ("usual", "ushape") or values[-1] > 0
    if not positive or min([0.0, *values]) < 0 or any(a >= b for a, b in pairwise(values)):
        raise MethodError("aggregate.thresholds_order", name=name, needed=" < ".join(needed))
    return lambda advantage: shape(advantage, *values)


def _above(advantage: Matrix, threshold: float) -> Matrix:
    """1 where the advantage is above the threshold by more than float noise."""
    return np.asarray(advantage > threshold * (1 + 1e-9), dtype=np.float64)


_SHAPES: Mapping[str, tuple[tuple[str, ...], Callable[..., Matrix]]] = {
    "usual": ((), lambda d: d > 0),
    "ushape": (("q",), _above),
    "vshape": (("p",), lambda d, p: np.clip(d / p, 0.0, 1.0)),
    "level": (("q", "p"), lambda d, q, p: 0.5 * (_above(d, q) + _above(d, p))),
    "linear": (("q", "p"), lambda d, q, p: np.clip((d - q) / (p - q), 0.0, 1.0)),
    "gauss": (("s",), lambda d, s: 1.0 - np.exp(-np.square(np.maximum(d, 0.0)) / (2 * s * s))),
}
