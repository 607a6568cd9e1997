"""Mean: a missing value is put at the average of the units observed."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..normalise.matrix import as_matrix
from .centre import column_mean, refuse_empty
from .imputed import Fitted, Imputed, filled


def mean(matrix: ArrayLike) -> Imputed:
    """Put the mean of its column in every missing cell.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    Imputed
        ``details["fill"]``: what was put in each column.

    Raises
    ------
    MethodError
        Names the indicators without any observed value.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.3.

    Examples
    --------
    >>> mean([[1], [5], [9], [float("nan")]]).values.ravel().tolist()
    [1.0, 5.0, 9.0, 5.0]
    """
    return apply(matrix, fit(matrix))


def fit(matrix: ArrayLike) -> Fitted:
    """The ``fill`` of each column."""
    values = as_matrix(matrix)
    refuse_empty(values)
    return {"fill": column_mean(values)}


def apply(matrix: ArrayLike, fitted: Fitted) -> Imputed:
    """Put the fitted means in the missing cells of any units."""
    values = as_matrix(matrix)
    return filled(values, fitted["fill"], fill=fitted["fill"])
