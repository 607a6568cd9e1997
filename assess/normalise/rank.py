"""Ranks: 1 for the worst unit, n for the best."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .bounds import Fitted, Scale, divide, extremes, stretch
from .matrix import Matrix, as_directions, as_matrix, refuse_columns


def rank(
    matrix: ArrayLike, directions: ArrayLike | None = None, *, to: Scale | None = None
) -> Matrix:
    """Rank each column; 1 is the worst, ties share the lower number.

    Numbers are compared as they are: 5.1 and 5.1000000000000005 are no tie.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so and is not ranked.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    to : (float, float), optional
        Stretch the ranks so that 1 falls on the first and n, the number of units observed,
        on the second.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column is empty; or has one observed value only, while `to` is given.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5, p. 27.

    Examples
    --------
    >>> rank([[30], [10], [30], [50]]).ravel().tolist()
    [2.0, 1.0, 2.0, 4.0]
    """
    return apply(matrix, fit(matrix), directions, to=to)


def fit(matrix: ArrayLike) -> Fitted:
    """Sort each column as its ``reference``, the missing cells last."""
    values = as_matrix(matrix)
    extremes(values)
    return {"reference": np.sort(values, axis=0)}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    to: Scale | None = None,
) -> Matrix:
    """Rank among the reference columns; a later unit above them all gets n."""
    values = as_matrix(matrix)
    below, count = positions(values, fitted, directions)
    if to is None:
        return below + 1
    refuse_columns("normalise.too_few", count < 2, method="rank", needed=2)
    return stretch(divide(below, count - 1), to)


def positions(
    matrix: Matrix, fitted: Fitted, directions: ArrayLike | None
) -> tuple[Matrix, Matrix]:
    """Count the reference values that are worse than each cell, n − 1 at most; and n by column."""
    reference = fitted["reference"]
    benefit = as_directions(directions, matrix.shape[1]) > 0
    count = (~np.isnan(reference)).sum(axis=0)
    worse = np.full(matrix.shape, np.nan)
    for column, known in enumerate(count):
        ordered, cells = reference[:known, column], matrix[:, column]
        if benefit[column]:
            worse[:, column] = np.searchsorted(ordered, cells, side="left")
        else:
            worse[:, column] = known - np.searchsorted(ordered, cells, side="right")
    worse = np.minimum(worse, count - 1)
    return np.where(np.isnan(matrix), np.nan, worse), count.astype(np.float64)
