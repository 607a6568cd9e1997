"""Fuzzy comprehensive evaluation: degrees of membership in grades, composed by weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import Kind, Rising
from ..normalise.matrix import Matrix, refuse_columns
from .outcome import Outcome
from .table import Table, tabulate

GRADES = 5
NOISE = 1e-9
"""Values beyond the scale by this share of it count as its end."""
Membership = Literal["triangular", "ridge"]


def fuzzy(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    operator: Operator = "M(.,+)",
    grades: ArrayLike | None = None,
    membership: Membership = "triangular",
    scale: Rising = (0.0, 1.0),
) -> Outcome:
    """Compose each unit's memberships R with the weights: ``B = w ∘ R``.

    Between two neighbouring grades a value belongs to both, by its distance from each
    (triangular) or by the sine of it (ridge); beyond the outer grades it belongs to them wholly.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Values; NaN = missing, the weights of the rest are rescaled. Or the memberships
        themselves: shape (units, indicators, grades); or, for one unit, (indicators, grades) with
        as many weights as rows and not as columns.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    operator : str
        ``M(min,max)`` (main factor decides), ``M(.,max)``, ``M(min,+)`` or ``M(.,+)`` (weighted
        mean); also written with ∧, ∨, · and ⊕. Sums are bounded by 1.
    grades : array_like, shape (grades,) or (indicators, grades), optional
        The value typical of each grade, from the worst to the best; by default five, evenly over
        `scale`, for values inside it.
    membership : {"triangular", "ridge"}
        Its form.
    scale : (float, float)
        Scores of the worst and the best grade.

    Returns
    -------
    Outcome
        Scores ``Σ Bₖvₖ / Σ Bₖ``, with v the scores of the grades, even over `scale`. Details:
        ``B``, shape (units, grades), and ``grade``, from 0 for the worst, the one of largest
        membership, the worse of equals (−1 without any).

    Raises
    ------
    MethodError
        The operator is unknown, grades are not in order, or values lie outside `scale`.

    References
    ----------
    Zadeh (1965), Fuzzy sets, Information and Control 8, 338–353; 汪培庄 (1983), 模糊集合论及其应用.

    Examples
    --------
    >>> outcome = fuzzy([[0.5, 1.0]], [0.4, 0.6])
    >>> outcome.details["B"].round(12).tolist(), outcome.scores.round(12).tolist()
    ([[0.0, 0.0, 0.4, 0.0, 0.6]], [0.8])
    """
    given = _memberships(np.asarray(matrix, dtype=np.float64), weights)
    if given is None:
        table = tabulate(matrix, weights, directions)
        given = _degrees(table, _grades(table, grades, scale), membership)
    else:
        # Each row of a membership matrix belongs to one indicator: weigh them by whether known.
        table = tabulate(given.sum(axis=2), weights)
    composed = _compose(table.shares(), given, operator)
    total = composed.sum(axis=1)
    values = np.linspace(*scale, composed.shape[1])
    scores = composed @ values / np.where(total > 0, total, np.nan)
    known = np.round(np.nan_to_num(composed, nan=-1.0), 9)
    grade = np.where(total > 0, known.argmax(axis=1), -1)
    return Outcome("fuzzy", scores, {"B": composed, "grade": grade})


def _memberships(values: Matrix, weights: ArrayLike | None) -> Matrix | None:
    count = np.size(weights) if weights is not None else None
    if values.ndim == 2 and count == len(values) and count != values.shape[1]:
        return values[None]
    return values if values.ndim == 3 else None


def _grades(table: Table, grades: ArrayLike | None, scale: tuple[float, float]) -> Matrix:
    """Grades of each indicator, times its sign, so that they rise."""
    count = table.weights.size
    if grades is None:
        table.refuse_costs("fuzzy")
        low, high = scale
        noise = NOISE * (high - low)
        outside = (table.values < low - noise) | (table.values > high + noise)
        refuse_columns("aggregate.outside_scale", outside.any(axis=0), low=low, high=high)
        return np.tile(np.linspace(low, high, GRADES), (count, 1))
    values = np.asarray(grades, dtype=np.float64)
    fits = values.ndim == 1 or (values.ndim == 2 and len(values) in (1, count))
    if not fits or values.shape[-1] < 2:
        raise MethodError("aggregate.grades_shape", shape=values.shape)
    rising = np.broadcast_to(values, (count, values.shape[-1])) * table.sign[:, None]
    refuse_columns("aggregate.grades", ~(np.diff(rising, axis=1) > 0).all(axis=1))
    return rising


def _degrees(table: Table, grades: Matrix, membership: str) -> Matrix:
    if membership not in ("triangular", "ridge"):
        raise MethodError("aggregate.membership", name=membership, known="triangular, ridge")
    values = (table.values * table.sign)[:, :, None]
    step = np.clip((values - grades[:, :-1]) / np.diff(grades, axis=1), 0.0, 1.0)
    if membership == "ridge":
        step = np.sin(step * np.pi / 2) ** 2
    ends = np.ones_like(values)
    up = np.concatenate([ends, step], axis=2)
    return np.asarray(up - np.concatenate([step, np.zeros_like(values)], axis=2))


def _plain(operator: str) -> str:
    name = operator.split(")", maxsplit=1)[0].replace(" ", "") + ")"
    for symbol, plain in (("∧", "min"), ("∨", "max"), ("·", "."), ("⊕", "+")):
        name = name.replace(symbol, plain)
    return name


def _compose(shares: Matrix, memberships: Matrix, operator: str) -> Matrix:
    name = _plain(operator)
    if name not in _OPERATORS:
        raise MethodError("aggregate.operator", name=operator, known=", ".join(_OPERATORS))
    unknown = np.isnan(shares).any(axis=1, keepdims=True)
    degrees = np.nan_to_num(memberships, nan=0.0)
    composed = _OPERATORS[name](np.nan_to_num(shares)[:, :, None], degrees)
    return np.where(unknown, np.nan, composed)


def _bounded(terms: Matrix) -> Matrix:
    bounded: Matrix = np.minimum(1.0, terms.sum(axis=1))
    return bounded


_OPERATORS: Mapping[str, Callable[[Matrix, Matrix], Matrix]] = {
    "M(min,max)": lambda w, r: np.minimum(w, r).max(axis=1),
    "M(.,max)": lambda w, r: (w * r).max(axis=1),
    "M(min,+)": lambda w, r: _bounded(np.minimum(w, r)),
    "M(.,+)": lambda w, r: _bounded(w * r),
}
Operator = Annotated[
    str,
    Kind(
        "errors.options.choice",
        lambda value: isinstance(value, str) and _plain(value) in _OPERATORS,
        {"known": "; ".join(_OPERATORS)},
    ),
]
