"""Reweighting: what is missing stays missing, and its weight goes to its siblings."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..normalise.matrix import as_matrix
from .imputed import Fitted, Imputed, filled


def reweight(matrix: ArrayLike) -> Imputed:
    """Leave missing cells as they are; the means of the tree share their weight among siblings.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    Imputed

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.3.

    Examples
    --------
    >>> reweight([[1, float("nan")]]).values.tolist()
    [[1.0, nan]]
    """
    return apply(matrix, fit(matrix))


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn."""
    as_matrix(matrix)
    return {}


def apply(matrix: ArrayLike, fitted: Fitted) -> Imputed:
    """The matrix as it is."""
    values = as_matrix(matrix)
    return filled(values, values)
