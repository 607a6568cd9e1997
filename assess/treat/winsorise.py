"""Winsorising: the outermost values are drawn in to their neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import NotNegative, Whole
from ..normalise.matrix import Matrix, as_matrix
from .moments import Limits, distinct, sample_skewness
from .transform import Fitted, apply, identity
from .treated import Treated


def winsorise(
    matrix: ArrayLike,
    *,
    points: Whole = 5,
    skewness: NotNegative = 2.0,
    kurtosis: NotNegative = 3.5,
    percentiles: tuple[float, float] | None = None,
) -> Treated:
    """Draw outliers in to the nearest value that is left.

    While absolute skewness and kurtosis of a column are both at or above their limits, its highest
    value (its lowest, if it is skewed to the left) is replaced by the next one; at most `points`
    of its values are replaced. Values that are tied are replaced together, or not at all when
    they are too many. A column with fewer than four values, or with two different ones, stays.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing, and stays so.
    points : int
        How many values of a column may be replaced.
    skewness, kurtosis : float
        The limits.
    percentiles : (float, float), optional
        Clip every column at these percentiles of its own instead; (2.5, 97.5) is usual.

    Returns
    -------
    Treated

    Raises
    ------
    MethodError
        A limit, `points` or the percentiles are out of their range.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, function winsorise,
    which replaces tied values even beyond its limit.

    Examples
    --------
    >>> winsorise([[1], [2], [3], [4], [5], [60]]).values.ravel().tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 5.0]
    """
    fitted = fit(
        matrix, points=points, skewness=skewness, kurtosis=kurtosis, percentiles=percentiles
    )
    return apply(matrix, fitted, Limits(skewness, kurtosis))


def fit(
    matrix: ArrayLike,
    *,
    points: Whole = 5,
    skewness: NotNegative = 2.0,
    kurtosis: NotNegative = 3.5,
    percentiles: tuple[float, float] | None = None,
) -> Fitted:
    """The bounds of each column: ``low`` and ``high``, infinite where nothing is replaced."""
    values = as_matrix(matrix)
    fitted = identity(values.shape[1])
    if percentiles is not None:
        fitted["low"], fitted["high"] = _percentiles(values, percentiles)
        return fitted
    if points < 0:
        raise MethodError("treat.points", points=points)
    limits = Limits(skewness, kurtosis)
    for column in np.flatnonzero(~limits.passed(values) & (distinct(values) > 2)):
        cells = values[:, column]
        bounds = _bounds(np.sort(cells[~np.isnan(cells)]), points, limits)
        fitted["low"][column], fitted["high"][column] = bounds
    return fitted


def _bounds(ordered: Matrix, points: Whole, limits: Limits) -> tuple[float, float]:
    """Draw in the outermost of the sorted values until they pass or `points` are used up."""
    low, high = -np.inf, np.inf
    while True:
        drawn = np.clip(ordered, low, high)[:, None]
        if limits.passed(drawn)[0] or distinct(drawn)[0] < 3:
            return low, high
        if sample_skewness(drawn)[0] >= 0:
            nearer = low, float(drawn[drawn < drawn.max()].max())
        else:
            nearer = float(drawn[drawn > drawn.min()].min()), high
        if ((ordered < nearer[0]) | (ordered > nearer[1])).sum() > points:
            return low, high
        low, high = nearer


def _percentiles(values: Matrix, percentiles: tuple[float, float]) -> tuple[Matrix, Matrix]:
    low, high = percentiles
    if not 0 <= low < high <= 100:
        raise MethodError("treat.percentiles", low=low, high=high)
    bounds = np.full((2, values.shape[1]), [[-np.inf], [np.inf]])
    known = ~np.isnan(values).all(axis=0)
    bounds[:, known] = np.nanpercentile(values[:, known], [low, high], axis=0)
    return bounds[0], bounds[1]
