"""Linear: a city's missing value lies on the line between its neighbouring years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import Matrix, as_matrix
from .imputed import Fitted, Imputed
from .series import fill_series


def linear(matrix: ArrayLike, *, cities: Sequence[str], years: Sequence[int]) -> Imputed:
    """Interpolate between a city's years; outside them, its nearest value holds.

    Parameters
    ----------
    matrix : array_like, shape (rows, indicators)
        One row for each city and year; NaN = missing.
    cities, years : sequences, length rows

    Returns
    -------
    Imputed
        ``details["year"]``: the year of a value carried beyond the first or last; NaN where it
        was interpolated.

    Raises
    ------
    MethodError
        A row has no year, or a city has two rows for one.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, impute_panel.

    Examples
    --------
    >>> table = [[4], [float("nan")], [float("nan")], [10]]
    >>> cities, years = ["A"] * 4, [2020, 2021, 2022, 2023]
    >>> linear(table, cities=cities, years=years).values.ravel().tolist()
    [4.0, 6.0, 8.0, 10.0]
    """
    return apply(matrix, fit(matrix), cities=cities, years=years)


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn: a city is filled in from its own years."""
    as_matrix(matrix)
    return {}


def apply(
    matrix: ArrayLike, fitted: Fitted, *, cities: Sequence[str], years: Sequence[int]
) -> Imputed:
    """Interpolate each city's own series."""

    def between(times: Matrix, cells: Matrix) -> tuple[Matrix, Matrix]:
        known = ~np.isnan(cells)
        first, last = times[known][[0, -1]]
        outside = (times < first) | (times > last)
        origin = np.where(outside, np.clip(times, first, last), np.nan)
        return np.interp(times, times[known], cells[known]), origin

    return fill_series(matrix, cities, years, "linear", between)
