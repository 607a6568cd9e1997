"""Borda points: how many units are worse."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .bounds import Fitted
from .matrix import Matrix, as_matrix
from .rank import fit, positions


def borda(matrix: ArrayLike, directions: ArrayLike | None = None) -> Matrix:
    """Borda points: the number of observed units that are worse.

    Their weighted sum over the columns is the Borda score of a unit.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so and is not counted.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column is empty.

    References
    ----------
    Borda (1784), Mémoire sur les élections au scrutin; OECD/JRC (2008), Handbook on
    Constructing Composite Indicators, Table 28.

    Examples
    --------
    >>> borda([[30], [10], [30], [50]]).ravel().tolist()
    [1.0, 0.0, 1.0, 3.0]
    """
    return apply(matrix, fit(matrix), directions)


def apply(matrix: ArrayLike, fitted: Fitted, directions: ArrayLike | None = None) -> Matrix:
    """Points among the reference columns; a later unit above them all gets those of their best."""
    return positions(as_matrix(matrix), fitted, directions)[0]
