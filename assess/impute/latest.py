"""Latest: a city's missing value is the last one it reported."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import Count
from ..normalise.matrix import Matrix, as_matrix
from .imputed import Fitted, Imputed
from .series import fill_series


def latest(
    matrix: ArrayLike, *, cities: Sequence[str], years: Sequence[int], reach: Count | None = None
) -> Imputed:
    """Carry a city's last value forward; what precedes its first stays missing.

    Parameters
    ----------
    matrix : array_like, shape (rows, indicators)
        One row for each city and year; NaN = missing.
    cities, years : sequences, length rows
    reach : int, optional
        How many years a value may be carried; no limit by default.

    Returns
    -------
    Imputed
        ``details["year"]``: the year each filled cell comes from.

    Raises
    ------
    MethodError
        A row has no year, a city has two rows for one, or `reach` is below 1.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, impute_panel.

    Examples
    --------
    >>> table = [[float("nan")], [4], [float("nan")]]
    >>> latest(table, cities=["A", "A", "A"], years=[2021, 2022, 2023]).values.ravel().tolist()
    [nan, 4.0, 4.0]
    """
    return apply(matrix, fit(matrix), cities=cities, years=years, reach=reach)


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn: a city is filled in from its own years."""
    as_matrix(matrix)
    return {}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    *,
    cities: Sequence[str],
    years: Sequence[int],
    reach: Count | None = None,
) -> Imputed:
    """Carry each city's values forward."""
    if reach is not None and reach < 1:
        raise MethodError("impute.reach", reach=reach)
    limit = np.inf if reach is None else reach

    def carried(times: Matrix, cells: Matrix) -> tuple[Matrix, Matrix]:
        known = np.flatnonzero(~np.isnan(cells))
        place = np.searchsorted(times[known], times, side="right") - 1
        origin = times[known][np.maximum(place, 0)]
        held = (place >= 0) & (times - origin <= limit)
        last = cells[known][np.maximum(place, 0)]
        return np.where(held, last, np.nan), np.where(held, origin, np.nan)

    return fill_series(matrix, cities, years, "latest", carried)
