"""Distance to the best unit, as a ratio."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .bounds import Fitted, extremes
from .distance import against
from .matrix import Matrix, as_directions, as_matrix


def best(matrix: ArrayLike, directions: ArrayLike | None = None) -> Matrix:
    """Each cell as a share of the best in its column: ``x / max``, for a cost ``min / x``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.

    Returns
    -------
    ndarray, shape (units, indicators)
        1 for the best.

    Raises
    ------
    MethodError
        The best of a column is not above 0, or a cost is not.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5, p. 28, and
    Table 15.

    Examples
    --------
    >>> best([[2, 5], [4, 10], [3, 8]], [1, -1]).tolist()
    [[0.5, 1.0], [1.0, 0.5], [0.75, 0.625]]
    """
    return apply(matrix, fit(matrix), directions)


def fit(matrix: ArrayLike) -> Fitted:
    """Find the extremes of each column: ``low`` and ``high``."""
    low, high = extremes(as_matrix(matrix))
    return {"low": low, "high": high}


def apply(matrix: ArrayLike, fitted: Fitted, directions: ArrayLike | None = None) -> Matrix:
    """Share of the best in `fitted`; a later unit may exceed 1."""
    values = as_matrix(matrix)
    benefit = as_directions(directions, values.shape[1]) > 0
    leader = np.where(benefit, fitted["high"], fitted["low"])
    return against(values, {"reference": leader}, directions, "ratio", "best")
