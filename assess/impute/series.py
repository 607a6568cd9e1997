"""Each city's own series over the years, for filling in from its other years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...errors import MethodError
from ..normalise.matrix import Matrix, as_matrix
from .imputed import Imputed, filled

Source = Callable[[Matrix, Matrix], tuple[Matrix, Matrix]]
"""From years and values, ascending, to values and the years they come from."""


def fill_series(
    matrix: ArrayLike, cities: Sequence[str], years: Sequence[int], method: str, source: Source
) -> Imputed:
    """Fill each city's gaps from its own years.

    Parameters
    ----------
    matrix : array_like, shape (rows, indicators)
    cities, years : sequences, length rows
    method : str
        Named in errors.
    source : callable
        What fills one series; it sees at least one observed value.

    Returns
    -------
    Imputed
        ``details["year"]``: where each filled cell comes from; NaN for a computed one.

    Raises
    ------
    MethodError
        A row has no year, or a city has two rows for one.
    """
    values = as_matrix(matrix)
    filling, origin = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    times = _times(cities, years, len(values), method)
    for rows in _rows_by_city(cities, times):
        for column in np.flatnonzero(~np.isnan(values[rows]).all(axis=0)):
            found = source(times[rows], values[rows, column])
            filling[rows, column], origin[rows, column] = found
    imputed = filled(values, filling)
    details = {"year": np.where(imputed.mask, origin, np.nan)}
    return Imputed(imputed.values, imputed.mask, details)


def _times(cities: Sequence[str], years: Sequence[int], count: int, method: str) -> Matrix:
    if not len(cities) == len(years) == count:
        raise MethodError("impute.row_count", cities=len(cities), years=len(years), needed=count)
    if any(year is None for year in years):
        raise MethodError("impute.no_years", method=method)
    return np.asarray(years, dtype=np.float64)


def _rows_by_city(cities: Sequence[str], times: Matrix) -> list[NDArray[np.intp]]:
    """Row numbers of each city, its years ascending."""
    rows_of: dict[str, list[int]] = {}
    for row in np.argsort(times, kind="stable"):
        rows_of.setdefault(cities[row], []).append(int(row))
    for city, rows in rows_of.items():
        again = np.flatnonzero(np.diff(times[rows]) == 0)
        if again.size:
            raise MethodError("impute.twice", city=city, year=int(times[rows[again[0]]]))
    return [np.array(rows) for rows in rows_of.values()]
