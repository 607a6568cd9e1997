"""MAIRCA: the gap between the ideal and the real rating."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import is_row
from ..normalise.matrix import Matrix
from .outcome import Outcome
from .scikit import complete, evaluate, finite, minmax


def mairca(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    preferences: ArrayLike | None = None,
) -> Outcome:
    """Total gap ``Qᵢ = Σ pᵢ wⱼ (1 − rᵢⱼ)``, r the min–max value and p the unit's prior share.

    The lower the gap the better: scores are −Q.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, no indicator constant.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    preferences : array_like, shape (units,), optional
        p, summing to 1; equal by default.

    Returns
    -------
    Outcome
        Scores −Q. Details: ``Q``.

    Raises
    ------
    MethodError
        A cell is missing, an indicator is constant, or p is no row of shares.

    References
    ----------
    Gigović, Pamučar, Bajić & Milićević (2016), Sustainability 8, 372; scikit-criteria ``MAIRCA``.

    Examples
    --------
    >>> mairca([[1, 3], [3, 2]]).details["Q"].tolist()
    [0.25, 0.25]
    """
    table = complete("mairca", matrix, weights, directions, spread=True)
    # Its own min–max undoes the shift, which keeps it from refusing zeros.
    values = minmax(table) + 1.0
    share = None if preferences is None else _prior(preferences, len(values))
    result = evaluate("mairca:MAIRCA", values, table.weights, P_ai=share).e_
    gap = finite("mairca", result["values"])
    return Outcome("mairca", 0.0 - gap, {"Q": gap})


def _prior(preferences: ArrayLike, count: int) -> Matrix:
    share = np.asarray(preferences if is_row(preferences) else np.nan, dtype=np.float64)
    if share.shape != (count,) or not (share.min() >= 0 and np.isclose(share.sum(), 1)):
        raise MethodError("aggregate.prior", method="mairca", needed=count)
    return share
