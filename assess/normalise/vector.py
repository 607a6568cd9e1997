"""Vector normalisation: each column to Euclidean length 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .bounds import Fitted, extremes
from .matrix import Matrix, as_directions, as_matrix, refuse_columns


def vector(matrix: ArrayLike, directions: ArrayLike | None = None) -> Matrix:
    """Divide each column by its Euclidean length: ``x / √Σx²``, for a cost ``1 − x / √Σx²``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so and is left out of the length.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column is empty, or all 0.

    References
    ----------
    Hwang & Yoon (1981), Multiple Attribute Decision Making; for costs Jahan & Edwards (2015),
    Materials & Design 65, 335–342.

    Examples
    --------
    >>> vector([[3, 3], [4, 4]], [1, -1]).round(6).tolist()
    [[0.6, 0.4], [0.8, 0.2]]
    """
    return apply(matrix, fit(matrix), directions)


def fit(matrix: ArrayLike) -> Fitted:
    """``length`` of each column."""
    values = as_matrix(matrix)
    extremes(values)
    largest = np.nanmax(np.abs(values), axis=0)
    refuse_columns("normalise.all_zero", largest == 0, method="vector")
    # Squares of the shares of the largest neither overflow nor vanish.
    shares = np.sort(np.abs(values / largest), axis=0)
    return {"length": largest * np.sqrt(np.nansum(np.square(shares), axis=0))}


def apply(matrix: ArrayLike, fitted: Fitted, directions: ArrayLike | None = None) -> Matrix:
    """Divide by the lengths in `fitted`."""
    values = as_matrix(matrix)
    shares = values / fitted["length"]
    benefit = as_directions(directions, values.shape[1]) > 0
    return np.where(benefit, shares, 1.0 - shares)
