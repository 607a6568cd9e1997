"""Goalposts: fixed feet and tops, so that no unit's score hangs on the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .bounds import Fitted, Scale, stretch
from .matrix import Matrix, as_directions, as_matrix, per_column, refuse_columns


def goalposts(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    cap: bool = True,
    to: Scale = (0.0, 1.0),
) -> Matrix:
    """Rescale each column linearly between given goalposts.

    ``(x − low) / (high − low)`` for a benefit, ``(high − x) / (high − low)`` for a cost.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    low, high : float or array_like, shape (indicators,)
        The goalposts in the indicators' units; low < high whatever the direction.
    cap : bool
        Whether values beyond a goalpost count as on it.
    to : (float, float)
        The scale of the result.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A goalpost is missing, or not low < high.

    References
    ----------
    UNDP (2010), Human Development Report, technical note 1.

    Examples
    --------
    >>> goalposts([[73.5], [90.0]], low=20, high=83.2).round(3).ravel().tolist()
    [0.847, 1.0]
    """
    return apply(matrix, fit(matrix, low=low, high=high), directions, cap=cap, to=to)


def fit(
    matrix: ArrayLike, *, low: ArrayLike | None = None, high: ArrayLike | None = None
) -> Fitted:
    """Give each column its goalposts, ``low`` and ``high``; the matrix has no say in them."""
    count = as_matrix(matrix).shape[1]
    if low is None or high is None:
        raise MethodError("normalise.no_goalposts")
    feet, tops = per_column(low, count, "low"), per_column(high, count, "high")
    refuse_columns("normalise.goalposts", ~(feet < tops))
    return {"low": feet, "high": tops}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    cap: bool = True,
    to: Scale = (0.0, 1.0),
) -> Matrix:
    """Rescale between the goalposts in `fitted`."""
    values = as_matrix(matrix)
    low, high = fitted["low"], fitted["high"]
    benefit = as_directions(directions, values.shape[1]) > 0
    rise = np.where(benefit, values - low, high - values) / (high - low)
    return stretch(np.clip(rise, 0.0, 1.0) if cap else rise, to)
