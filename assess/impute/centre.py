"""Mean and median of the observed values of each column."""

from __future__ import annotations

import numpy as np

from ..normalise.bounds import divide
from ..normalise.matrix import Matrix, refuse_columns


def refuse_empty(values: Matrix) -> None:
    """Refuse columns without any observed value.

    Raises
    ------
    MethodError
        Names the indicators.
    """
    refuse_columns("impute.empty", np.isnan(values).all(axis=0))


def column_mean(values: Matrix) -> Matrix:
    """Mean of each column, shape (indicators,); NaN for an empty one.

    Examples
    --------
    >>> column_mean(np.array([[1.0, np.nan], [3.0, np.nan]])).tolist()
    [2.0, nan]
    """
    # Summed in sorted order and one memory layout, so that the order of rows and columns leaves no
    # trace even in the last digit.
    ordered = np.sort(np.ascontiguousarray(values.T), axis=1)
    return divide(np.nansum(ordered, axis=1), (~np.isnan(ordered)).sum(axis=1))


def column_median(values: Matrix) -> Matrix:
    """Median of each column, shape (indicators,); NaN for an empty one.

    Examples
    --------
    >>> column_median(np.array([[1.0, np.nan], [3.0, np.nan], [4.0, np.nan]])).tolist()
    [3.0, nan]
    """
    medians = np.full(values.shape[1], np.nan)
    known = ~np.isnan(values).all(axis=0)
    medians[known] = np.nanmedian(values[:, known], axis=0)
    return medians
