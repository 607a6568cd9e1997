"""What several normalisations share: columns without spread, and stretching to a scale."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...options import Rising
from .matrix import Matrix, refuse_columns

Fitted = Mapping[str, Matrix]
Scale = Rising


def extremes(matrix: Matrix) -> tuple[Matrix, Matrix]:
    """Lowest and highest observed value of each column.

    Raises
    ------
    MethodError
        Names the columns without any observed value.
    """
    missing = np.isnan(matrix)
    refuse_columns("normalise.empty", missing.all(axis=0))
    low = np.where(missing, np.inf, matrix).min(axis=0)
    high = np.where(missing, -np.inf, matrix).max(axis=0)
    return low, high


def fill_constant(
    values: Matrix, matrix: Matrix, flat: Matrix, constant: float | None, method: str
) -> Matrix:
    """`values`, with `constant` at the observed cells of the columns marked in `flat`.

    Raises
    ------
    MethodError
        Names those columns when `constant` is None.
    """
    if constant is None:
        refuse_columns("normalise.constant", flat.astype(bool), method=method)
        return values
    return np.where(flat.astype(bool) & ~np.isnan(matrix), constant, values)


def stretch(values: Matrix, to: Scale) -> Matrix:
    """Values on 0–1 put on the scale `to`."""
    low, high = to
    return low + (high - low) * values


def divide(numerator: Matrix, denominator: Matrix) -> Matrix:
    """Divide; NaN where the denominator is 0."""
    quotient = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient
