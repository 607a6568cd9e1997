"""SPOTIS: distance from an ideal point between fixed bounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import Matrix, refuse_columns
from .given import pairs, row
from .outcome import Outcome
from .scikit import complete, evaluate, finite
from .table import Table, extremes


def spotis(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    bounds: ArrayLike | None = None,
    esp: ArrayLike | None = None,
) -> Outcome:
    """Weighted distance ``P = Σ wⱼ |x − e| / (high − low)`` from the ideal point e.

    With bounds given, no unit's score hangs on the others. The lower P the better.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, within the bounds.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    bounds : array_like, shape (indicators, 2), optional
        Low and high of each indicator; by default the extremes of the table, and then scores hang
        on who is in it.
    esp : array_like, shape (indicators,), optional
        The expected solution point e; by default the better bound of each indicator.

    Returns
    -------
    Outcome
        Scores 1 − P. Details: ``P``, ``bounds``, ``esp``.

    Raises
    ------
    MethodError
        A cell is missing, a value or e lies outside its bounds, or bounds are not low < high.

    References
    ----------
    Dezert, Tchamova, Han & Tacnet (2020), The SPOTIS rank reversal free method, FUSION 2020;
    scikit-criteria ``SPOTIS``.

    Examples
    --------
    >>> spotis([[5, 1], [8, 3]], directions=[1, -1], bounds=[[0, 10], [0, 4]]).scores.tolist()
    [0.625, 0.525]
    """
    table = complete("spotis", matrix, weights, directions)
    given = _bounds(table, bounds)
    low, high = given.T
    ideal = np.where(table.benefit, high, low)
    if esp is not None:
        ideal = np.where(table.weights > 0, row("spotis", "esp", esp, table), ideal)
    least, most = extremes(table)
    outside = (least < low) | (most > high) | (ideal < low) | (ideal > high)
    refuse_columns("aggregate.outside_bounds", outside, method="spotis")
    result = evaluate("spotis:SPOTIS", table.values, table.weights, bounds=given, isp=ideal).e_
    distance = finite("spotis", result.score)
    return Outcome("spotis", 1.0 - distance, {"P": distance, "bounds": given, "esp": ideal})


def _bounds(table: Table, bounds: ArrayLike | None) -> Matrix:
    if bounds is None:
        given = np.stack(extremes(table), axis=1)
    else:
        given = pairs("spotis", "bounds", bounds, table)
    given[table.weights == 0] = 0.0, 1.0
    refuse_columns("normalise.goalposts", ~(given[:, 0] < given[:, 1]))
    return given
