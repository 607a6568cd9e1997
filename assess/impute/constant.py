"""Constant: a city's value holds until it reports another, and before its first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import Matrix, as_matrix
from .imputed import Fitted, Imputed
from .series import fill_series


def constant(matrix: ArrayLike, *, cities: Sequence[str], years: Sequence[int]) -> Imputed:
    """Carry a city's last value forward, and its first one back.

    Parameters
    ----------
    matrix : array_like, shape (rows, indicators)
        One row for each city and year; NaN = missing.
    cities, years : sequences, length rows

    Returns
    -------
    Imputed
        ``details["year"]``: the year each filled cell comes from.

    Raises
    ------
    MethodError
        A row has no year, or a city has two rows for one.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, impute_panel.

    Examples
    --------
    >>> table = [[float("nan")], [4], [float("nan")]]
    >>> constant(table, cities=["A", "A", "A"], years=[2021, 2022, 2023]).values.ravel().tolist()
    [4.0, 4.0, 4.0]
    """
    return apply(matrix, fit(matrix), cities=cities, years=years)


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn: a city is filled in from its own years."""
    as_matrix(matrix)
    return {}


def apply(
    matrix: ArrayLike, fitted: Fitted, *, cities: Sequence[str], years: Sequence[int]
) -> Imputed:
    """Carry each city's values forward, and its first back."""

    def held(times: Matrix, cells: Matrix) -> tuple[Matrix, Matrix]:
        known = np.flatnonzero(~np.isnan(cells))
        place = np.searchsorted(times[known], times, side="right") - 1
        source = known[np.maximum(place, 0)]
        return cells[source], times[source]

    return fill_series(matrix, cities, years, "constant", held)
