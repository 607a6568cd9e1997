"""The weighted arithmetic mean: a surplus here makes up for a deficit there."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .outcome import Outcome
from .table import tabulate


def arithmetic(
    matrix: ArrayLike, weights: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Outcome:
    """Weighted arithmetic mean ``Σ wⱼxⱼ / Σ wⱼ`` over each unit's observed indicators.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like, optional
        All 1: normalise costs first.

    Returns
    -------
    Outcome
        Details: ``observed``, the share of the weight observed for each unit.

    Raises
    ------
    MethodError
        A direction is −1.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.7.

    Examples
    --------
    >>> arithmetic([[60, 80], [90, float("nan")]], [3, 1]).scores.tolist()
    [65.0, 90.0]
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("arithmetic")
    details = {"observed": table.observed_weight}
    return Outcome("arithmetic", table.mean(table.values), details)
