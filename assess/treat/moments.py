"""Sample skewness and kurtosis, and whether a column has outliers by them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.bounds import divide
from ..normalise.matrix import Mask, Matrix, as_matrix

_NOISE = 1e-12
"""Spread below this share of a column's size is float noise: the column is constant."""


@dataclass(frozen=True)
class Limits:
    """A column passes with absolute skewness or kurtosis below its limit.

    Parameters
    ----------
    skewness, kurtosis : float
        2 and 3.5 as in the Global Innovation Index and the JRC's audits.
    """

    skewness: float = 2.0
    kurtosis: float = 3.5

    def passed(self, matrix: Matrix) -> Mask:
        """Columns within the limits, and those too short or constant to be judged."""
        skewed = np.abs(sample_skewness(matrix)) >= self.skewness
        return ~(skewed & (sample_kurtosis(matrix) >= self.kurtosis))


def sample_skewness(matrix: ArrayLike) -> Matrix:
    """Sample skewness G₁ of each column, as the SKEW of spreadsheets.

    ``n / ((n − 1)(n − 2)) · Σ ((x − x̄) / s)³``

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    ndarray, shape (indicators,)
        NaN for fewer than three values, or values all alike.

    References
    ----------
    Joanes & Gill (1998), The Statistician 47(1), 183–189, type 2.

    Examples
    --------
    >>> sample_skewness([[1], [2], [6]]).round(6).tolist()
    [1.457863]
    """
    count, deviation = _deviations(matrix, needed=3)
    cubes = divide(_total(deviation**3), _total(deviation**2) ** 1.5)
    return cubes * count * np.sqrt(count - 1) / (count - 2)


def sample_kurtosis(matrix: ArrayLike) -> Matrix:
    """Sample excess kurtosis G₂ of each column, as the KURT of spreadsheets.

    ``((n + 1) g₂ + 6) (n − 1) / ((n − 2)(n − 3))`` with ``g₂ = n Σ d⁴ / (Σ d²)² − 3``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    ndarray, shape (indicators,)
        NaN for fewer than four values, or values all alike.

    References
    ----------
    Joanes & Gill (1998), The Statistician 47(1), 183–189, type 2.

    Examples
    --------
    >>> sample_kurtosis([[1], [2], [3], [4]]).round(6).tolist()
    [-1.2]
    """
    count, deviation = _deviations(matrix, needed=4)
    excess = count * divide(_total(deviation**4), _total(deviation**2) ** 2) - 3
    return ((count + 1) * excess + 6) * (count - 1) / ((count - 2) * (count - 3))


def distinct(matrix: Matrix) -> Matrix:
    """How many different observed values each column has."""
    ordered = np.sort(matrix, axis=0)
    steps = np.diff(ordered, axis=0) > 0
    return np.asarray(steps.sum(axis=0) + ~np.isnan(ordered[0]), dtype=np.float64)


def _deviations(matrix: ArrayLike, needed: int) -> tuple[Matrix, Matrix]:
    """Number of values, and deviations from the mean, the largest scaled to 1.

    Both are NaN for a column with fewer values than `needed`, or constant.
    """
    # Sorted, so that the order of rows leaves no trace even in the last digit; see _total.
    ordered = np.sort(as_matrix(matrix), axis=0)
    count = (~np.isnan(ordered)).sum(axis=0).astype(np.float64)
    count[count < needed] = np.nan
    size = _largest(ordered)
    deviation = divide(ordered, size)
    deviation = deviation - _total(deviation) / count
    reach = _largest(deviation)
    reach[reach <= _NOISE] = 0
    return np.where(reach > 0, count, np.nan), divide(deviation, reach)


def _largest(values: Matrix) -> Matrix:
    return np.asarray(np.abs(np.nan_to_num(values)).max(axis=0))


def _total(values: Matrix) -> Matrix:
    # In one memory layout, as the order of adding hangs on it.
    return np.asarray(np.nansum(np.ascontiguousarray(values.T), axis=1))
