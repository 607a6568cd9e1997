"""RIM: closeness to an ideal interval within a range."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import Matrix, refuse_columns
from .given import pairs
from .outcome import Outcome
from .scikit import complete, finite
from .table import Table, extremes, ratio


def rim(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    ranges: ArrayLike | None = None,
    reference_ideals: ArrayLike | None = None,
) -> Outcome:
    """Relative index ``R = I⁻ / (I⁺ + I⁻)`` of memberships in ideal intervals.

    A value has 1 inside its ideal interval and falls linearly to 0 at the ends of its range; I⁺
    and I⁻ are the Euclidean distances of the weighted values from the ideal and from 0.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, within the ranges.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    ranges : array_like, shape (indicators, 2), optional
        Low and high of each indicator; by default the extremes of the table, and then scores hang
        on who is in it.
    reference_ideals : array_like, shape (indicators, 2), optional
        Ends of each ideal interval; by default the better end of the range.

    Returns
    -------
    Outcome
        Scores R, 0–1. Details: ``normalised``, ``I_plus``, ``I_minus``.

    Raises
    ------
    MethodError
        A cell is missing, a value lies outside its range, or an interval does.

    References
    ----------
    Cables, Lamata & Verdegay (2016), Information Sciences 337–338, 1–10; scikit-criteria ``RIM``.

    Examples
    --------
    >>> outcome = rim([[5, 1], [8, 3]], ranges=[[0, 10], [0, 4]], reference_ideals=[[4, 6], [4, 4]])
    >>> outcome.scores.round(4).tolist()
    [0.5788, 0.6172]
    """
    table = complete("rim", matrix, weights, directions)
    low, high = extremes(table)
    bounds = _intervals(table, "ranges", ranges, np.stack([low, high], axis=1))
    best = (
        np.where(table.benefit, high, low)
        if ranges is None
        else bounds[np.arange(low.size), table.benefit.astype(int)]
    )
    ideals = _intervals(table, "reference_ideals", reference_ideals, np.stack([best, best], axis=1))
    outside = (low < bounds[:, 0]) | (high > bounds[:, 1]) | (bounds[:, 0] >= bounds[:, 1])
    refuse_columns("aggregate.outside_bounds", outside & (table.weights > 0), method="rim")
    within = (bounds[:, 0] <= ideals[:, 0]) & (ideals[:, 0] <= ideals[:, 1])
    refuse_columns("aggregate.ideals", ~(within & (ideals[:, 1] <= bounds[:, 1])), method="rim")
    values = _membership(table.values, bounds, ideals)
    plus = np.sqrt(np.square((values - 1.0) * table.weights).sum(axis=1))
    minus = np.sqrt(np.square(values * table.weights).sum(axis=1))
    details = {"normalised": values, "I_plus": plus, "I_minus": minus}
    return Outcome("rim", finite("rim", minus / (plus + minus)), details)


def _membership(values: Matrix, bounds: Matrix, ideals: Matrix) -> Matrix:
    """1 inside the ideal interval, falling to 0 at the ends of the range.

    As in scikit-criteria, which goes cell by cell.
    """
    below = ratio(np.maximum(ideals[:, 0] - values, 0.0), ideals[:, 0] - bounds[:, 0])
    above = ratio(np.maximum(values - ideals[:, 1], 0.0), bounds[:, 1] - ideals[:, 1])
    return 1.0 - below - above


def _intervals(table: Table, option: str, given: ArrayLike | None, default: Matrix) -> Matrix:
    if given is not None:
        return pairs("rim", option, given, table)
    return default if table.all_weigh else np.where(table.weights[:, None] > 0, default, 1.0)
