"""Sum normalisation: each cell as a share of its column."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .bounds import Fitted, divide, extremes
from .matrix import Matrix, as_directions, as_matrix, refuse_cells, refuse_columns


def sum(matrix: ArrayLike, directions: ArrayLike | None = None) -> Matrix:
    """Divide each column by its sum: ``x / Σx``, for a cost ``(1/x) / Σ(1/x)``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Not negative, and above 0 in a cost column. NaN = missing; it stays so and is left
        out of the sum.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column is empty, all 0, or holds a value that is too low.

    References
    ----------
    Jahan & Edwards (2015), Materials & Design 65, 335–342.

    Examples
    --------
    >>> sum([[1, 1], [3, 3]], [1, -1]).tolist()
    [[0.25, 0.75], [0.75, 0.25]]
    """
    return apply(matrix, fit(matrix), directions)


def fit(matrix: ArrayLike) -> Fitted:
    """``total`` and ``reciprocal_total`` of each column; the latter NaN where a cell is not > 0."""
    values = np.sort(as_matrix(matrix), axis=0)
    low, high = extremes(values)
    refuse_columns("normalise.all_zero", (low == 0) & (high == 0), method="sum")
    reciprocals = np.where(low > 0, np.nansum(divide(np.ones(1), values), axis=0), np.nan)
    return {"total": np.nansum(values, axis=0), "reciprocal_total": reciprocals}


def apply(matrix: ArrayLike, fitted: Fitted, directions: ArrayLike | None = None) -> Matrix:
    """Divide by the sums in `fitted`."""
    values = as_matrix(matrix)
    benefit = as_directions(directions, values.shape[1]) > 0
    refuse_cells("normalise.negative", values < 0, method="sum")
    refuse_cells("normalise.cost_positive", (values <= 0) & ~benefit, method="sum")
    shares = values / fitted["total"]
    return np.where(benefit, shares, divide(np.ones(1), values) / fitted["reciprocal_total"])
