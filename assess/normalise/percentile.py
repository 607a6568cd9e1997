"""Percentile ranks: the share of the other units that are worse."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .bounds import Fitted, Scale, divide, stretch
from .matrix import Matrix, as_matrix, refuse_columns
from .rank import fit, positions


def percentile(
    matrix: ArrayLike, directions: ArrayLike | None = None, *, to: Scale = (0.0, 1.0)
) -> Matrix:
    """Share of the other observed units that are worse than each unit.

    ``(rank − 1) / (n − 1)``, with rank 1 for the worst and ties at the lower number.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so and is not counted.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    to : (float, float)
        The scale of the result.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column has fewer than two observed values.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567: ``n_prank``.

    Examples
    --------
    >>> percentile([[30], [10], [30], [50], [70]]).ravel().tolist()
    [0.25, 0.0, 0.25, 0.75, 1.0]
    """
    return apply(matrix, fit(matrix), directions, to=to)


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    to: Scale = (0.0, 1.0),
) -> Matrix:
    """Place among the reference columns; a later unit above them all is placed with their best."""
    worse, count = positions(as_matrix(matrix), fitted, directions)
    refuse_columns("normalise.too_few", count < 2, method="percentile", needed=2)
    return stretch(divide(worse, count - 1), to)
