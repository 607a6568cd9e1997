"""Budget allocation: experts share out points."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from ..options import Positive
from .experts import expert_shares
from .table import Matrix, chosen, numbers, refuse
from .weights import Weights, share


def budget(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    average: Literal["mean", "median"] = "mean",
    expert_weights: ArrayLike | None = None,
    total: Positive | None = None,
) -> Weights:
    """Mean share of the points that a panel of experts allots, ``w_j = Σ_k v_k s_kj``.

    Parameters
    ----------
    matrix : array_like, shape (experts, indicators)
        Points, not negative; every expert's are rescaled to sum to 1. A blank is refused: an
        expert who gives nothing writes 0.
    directions : array_like, optional
        Makes no difference.
    average : {"mean", "median"}
        The median of shares, rescaled to sum to 1, gives a lone voice less say.
    expert_weights : array_like, shape (experts,), optional
        Equal by default; not with the median.
    total : float, optional
        Refuse an expert whose points do not sum to it (100, say); by default any sum will do.

    Returns
    -------
    Weights
        Details: ``shares`` of each expert, ``totals`` of points given, ``deviation`` of the
        shares among the experts (divisor k − 1; NaN for one expert).

    Raises
    ------
    MethodError
        Missing or negative points, an expert without any, or a sum other than `total`.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.5.

    Examples
    --------
    >>> budget([[50, 30, 20], [30, 30, 40]]).values.round(4).tolist()
    [0.4, 0.3, 0.3]
    """
    points = numbers("budget", matrix)
    if points.ndim != 2 or 0 in points.shape:
        raise MethodError("weights.panel_shape", shape=points.shape)
    chosen("average", average, ("mean", "median"))
    totals = _totals(points, total)
    shares = points / totals[:, None]
    say_of = expert_shares(expert_weights, len(points))
    if average == "median" and expert_weights is not None:
        raise MethodError("weights.median_experts")
    middle = np.median(shares, axis=0) if average == "median" else say_of @ shares
    spread = shares.std(axis=0, ddof=1) if len(points) > 1 else np.full(points.shape[1], np.nan)
    return share("budget", middle, shares=shares, totals=totals, deviation=spread)


def _totals(points: Matrix, total: float | None) -> Matrix:
    refuse("weights.points", (~(np.isfinite(points) & (points >= 0))).any(axis=0))
    totals: Matrix = points.sum(axis=1)
    for expert, given in enumerate(totals, start=1):
        if given <= 0:
            raise MethodError("weights.no_points", expert=expert)
        if total is not None and abs(given - total) > 1e-6 * total:
            raise MethodError("weights.points_total", expert=expert, given=given, total=total)
    return totals
