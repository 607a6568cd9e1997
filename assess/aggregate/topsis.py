"""TOPSIS: near the ideal and far from the anti-ideal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import between
from ..normalise.matrix import Matrix
from .given import hold
from .outcome import Outcome
from .table import Table, extremes, marks_of, ratio, tabulate

Normalisation = Literal["vector", "minmax", "sum", "none"]
Order = Annotated[float, between(1, 100)]
"""Of a distance: below 1 it is none, far above it powers vanish."""


def topsis(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    sample: ArrayLike | None = None,
    *,
    normalisation: Normalisation = "vector",
    metric: Order = 2.0,
) -> Outcome:
    """Relative closeness to the ideal, ``C = D⁻ / (D⁺ + D⁻)``.

    D⁺ and D⁻ are the distances of the weighted normalised rows from the best and the worst of
    each column. A missing cell is left out of both distances of its unit.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    sample : array_like, shape (others, indicators), optional
        Units that set the marks instead of the matrix's own, such as those of an earlier year:
        divisors and ideals. Beyond an ideal counts as the ideal.
    normalisation : {"vector", "minmax", "sum", "none"}
        What each column is divided by: its length, its range, its sum, or 1.
    metric : float
        Order of the Minkowski distance, 1–100; 2 is Euclid's.

    Returns
    -------
    Outcome
        Scores C, 0–1. Details: ``D_plus``, ``D_minus``, ``ideal``, ``anti_ideal``.

    Raises
    ------
    MethodError
        No indicator tells the units apart, or an option is out of range.

    References
    ----------
    Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer.

    Examples
    --------
    >>> cars = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
    >>> topsis(cars, [0.3, 0.4, 0.3]).scores.round(4).tolist()
    [0.5037, 0.6581, 0.7482, 0.334]
    """
    hold(topsis, metric=metric)
    table = tabulate(matrix, weights, directions)
    marks = marks_of(table, sample)
    divisor = _divisor(marks, normalisation)
    weighted = ratio(table.values, divisor) * table.weights
    if marks is table:
        low, high = extremes(replace(table, values=weighted))
    else:
        low, high = (ratio(end, divisor) * table.weights for end in extremes(marks))
        weighted = np.clip(weighted, low, high)
    ideal, anti = np.where(table.benefit, (high, low), (low, high))
    plus, minus = (_distance(table, weighted - point, metric) for point in (ideal, anti))
    if np.any(plus + minus == 0):
        raise MethodError("aggregate.nothing_differs", method="topsis")
    details = {"D_plus": plus, "D_minus": minus, "ideal": ideal, "anti_ideal": anti}
    return Outcome("topsis", minus / (plus + minus), details)


def _divisor(table: Table, normalisation: str) -> Matrix:
    known = table.values if table.complete else np.nan_to_num(table.values, nan=0.0)
    low, high = extremes(table)
    divisors: dict[str, Callable[[], Matrix]] = {
        "vector": lambda: np.sqrt(np.square(known).sum(axis=0)),
        "minmax": lambda: high - low,
        "sum": lambda: known.sum(axis=0),
        "none": lambda: np.ones(known.shape[1]),
    }
    if normalisation not in divisors:
        known_names = ", ".join(divisors)
        raise MethodError("aggregate.normalisation", name=normalisation, known=known_names)
    return divisors[normalisation]()


def _distance(table: Table, difference: Matrix, metric: float) -> Matrix:
    if metric == 2:
        squares = np.square(difference)
        return np.sqrt(squares.sum(axis=1) if table.complete else _known_sum(table, squares))
    powers = np.abs(difference) ** metric
    return np.asarray(_known_sum(table, powers) ** (1.0 / metric))


def _known_sum(table: Table, terms: Matrix) -> Matrix:
    total = np.where(table.counted, terms, 0.0).sum(axis=1)
    return np.where(table.counted.any(axis=1), total, np.nan)
