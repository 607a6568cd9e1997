"""Refusing: a table with gaps is not scored at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import as_matrix, refuse_cells
from .imputed import Fitted, Imputed, filled


def refuse(matrix: ArrayLike) -> Imputed:
    """Stop if anything is missing.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    Imputed

    Raises
    ------
    MethodError
        Names the indicators and units with missing values.

    Examples
    --------
    >>> refuse([[1, 2]]).mask.any().item()
    False
    """
    return apply(matrix, fit(matrix))


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn."""
    as_matrix(matrix)
    return {}


def apply(matrix: ArrayLike, fitted: Fitted) -> Imputed:
    """The matrix as it is, if it is complete."""
    values = as_matrix(matrix)
    refuse_cells("impute.missing", np.isnan(values))
    return filled(values, values)
