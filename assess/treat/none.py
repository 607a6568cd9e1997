"""No treatment: every value as it was observed."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..normalise.matrix import as_matrix
from .transform import Fitted, apply, identity
from .treated import Treated


def none(matrix: ArrayLike) -> Treated:
    """Leave a matrix as it is; the details still tell which columns have outliers.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    Treated

    Examples
    --------
    >>> none([[1], [2], [90]]).values.ravel().tolist()
    [1.0, 2.0, 90.0]
    """
    return apply(matrix, fit(matrix))


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn."""
    return identity(as_matrix(matrix).shape[1])
