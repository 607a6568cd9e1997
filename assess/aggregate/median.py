"""The weighted median: half of the weight lies on either side."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .outcome import Outcome
from .table import tabulate

_TIE = 1e-12


def median(
    matrix: ArrayLike, weights: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Outcome:
    """Weighted median of each unit's observed indicators.

    The lowest value at which the weight of all values up to it passes one half; where it is
    exactly one half, the mean of that value and the next. With equal weights, the median.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like, optional
        All 1: normalise costs first.

    Returns
    -------
    Outcome
        Details: ``observed``, the share of the weight observed for each unit.

    Raises
    ------
    MethodError
        A direction is −1.

    References
    ----------
    Edgeworth (1888), On a new method of reducing observations relating to several quantities,
    Philosophical Magazine 25, 184–191.

    Examples
    --------
    >>> median([[10, 20, 90], [10, 20, float("nan")]], [1, 1, 1]).scores.tolist()
    [20.0, 15.0]
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("median")
    values = np.where(table.counted, table.values, np.inf)
    order = np.argsort(values, axis=1)
    below = np.cumsum(np.take_along_axis(table.shares(), order, axis=1), axis=1)
    row = np.arange(len(values))
    first = values[row, order[row, np.argmax(below >= 0.5 - _TIE, axis=1)]]
    second = values[row, order[row, np.argmax(below > 0.5 + _TIE, axis=1)]]
    known = np.isfinite(first)
    scores = np.where(known, (first + np.where(known, second, first)) / 2, np.nan)
    return Outcome("median", scores, {"observed": table.observed_weight})
