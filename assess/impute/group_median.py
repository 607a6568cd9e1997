"""Group median: a missing value is put at the median of the units of its own kind."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from .centre import column_median
from .groups import Fallback, fill_by_group, fit_groups
from .imputed import Fitted, Imputed


def group_median(
    matrix: ArrayLike, *, groups: Sequence[str], fallback: Fallback = "refuse"
) -> Imputed:
    """Put the median of its column within the unit's group in every missing cell.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    groups : sequence of str, length units
        Such as region or size.
    fallback : {"refuse", "overall", "missing"}
        Where nobody in the group has a value: stop, put the median of all units, or leave it.

    Returns
    -------
    Imputed
        ``details["groups"]`` and ``details["fill"]``, shape (groups, indicators).

    Raises
    ------
    MethodError
        A unit has no group; or a group has no value of an indicator to fill in.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.3; Becker et al.
    (2022), COINr, Journal of Open Source Software 7(78), 4567, function i_median_grp.

    Examples
    --------
    >>> table = [[1], [3], [50], [float("nan")]]
    >>> group_median(table, groups=["east", "east", "west", "east"]).values.ravel().tolist()
    [1.0, 3.0, 50.0, 2.0]
    """
    return apply(matrix, fit(matrix, groups=groups), groups=groups, fallback=fallback)


def fit(matrix: ArrayLike, *, groups: Sequence[str]) -> Fitted:
    """The ``groups``, the ``fill`` of each, and that of all units, ``overall``."""
    return fit_groups(matrix, groups, column_median)


def apply(
    matrix: ArrayLike, fitted: Fitted, *, groups: Sequence[str], fallback: Fallback = "refuse"
) -> Imputed:
    """Put the fitted medians of their groups in the missing cells of any units."""
    return fill_by_group(matrix, fitted, groups, fallback)
