"""Z-scores: distance from the mean in standard deviations."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...options import Positive
from .bounds import Fitted, divide, extremes, fill_constant
from .matrix import Matrix, as_directions, as_matrix, refuse_columns


def zscore(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    mean: float = 0.0,
    deviation: Positive = 1.0,
    constant: float | None = None,
) -> Matrix:
    """Standardise each column to a chosen mean and standard deviation.

    ``mean ± deviation · (x − x̄) / s``, with s the sample deviation (n − 1) and minus for a cost.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so and is left out of x̄ and s.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    mean, deviation : float
        Those of the result.
    constant : float, optional
        The result for a column whose observed values are all alike.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column has fewer than two observed values, or is constant while `constant` is None.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5, p. 28.

    Examples
    --------
    >>> zscore([[1], [2], [3]], mean=100, deviation=10).ravel().tolist()
    [90.0, 100.0, 110.0]
    """
    fitted = fit(matrix)
    return apply(matrix, fitted, directions, mean=mean, deviation=deviation, constant=constant)


def fit(matrix: ArrayLike) -> Fitted:
    """``mean`` and ``deviation`` of each column; 0 is the deviation of a constant one."""
    values = as_matrix(matrix)
    low, high = extremes(values)
    count = (~np.isnan(values)).sum(axis=0)
    refuse_columns("normalise.too_few", count < 2, method="zscore", needed=2)
    # Summed in sorted order, so that the order of rows leaves no trace even in the last digit.
    ordered = np.sort(values, axis=0)
    mean = np.nansum(ordered, axis=0) / count
    squares = np.nansum(np.square(ordered - mean), axis=0)
    return {"mean": mean, "deviation": np.where(low == high, 0, np.sqrt(squares / (count - 1)))}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    mean: float = 0.0,
    deviation: Positive = 1.0,
    constant: float | None = None,
) -> Matrix:
    """Standardise by the mean and deviation in `fitted`."""
    values = as_matrix(matrix)
    sign = as_directions(directions, values.shape[1])
    standard = divide(sign * (values - fitted["mean"]), fitted["deviation"])
    flat = fitted["deviation"] == 0
    return fill_constant(mean + deviation * standard, values, flat, constant, "zscore")
