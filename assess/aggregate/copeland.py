"""Copeland's rule: pairwise victories less defeats."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .outcome import Outcome
from .pairwise import majority, outranking
from .table import tabulate


def copeland(
    matrix: ArrayLike, weights: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Outcome:
    """Number of units a unit beats less the number it is beaten by.

    One unit beats another when it is better on indicators of more weight. Two units are compared
    on the indicators observed for both.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; only the order counts. NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: victories − defeats, −(n − 1) to n − 1. Details: ``outranking``, the share of the
        weight by which each unit is better than each other one, ties by half; ``wins``,
        ``losses``.

    References
    ----------
    Copeland (1951), A reasonable social welfare function, University of Michigan; Munda & Nardo
    (2009), Applied Economics 41, 1513–1523, for the outranking matrix of an index.

    Examples
    --------
    >>> copeland([[3, 2, 1], [2, 3, 3], [1, 1, 2]]).scores.tolist()
    [0.0, 2.0, -2.0]
    """
    table = tabulate(matrix, weights, directions)
    shares = outranking(table)
    results = majority(shares)
    wins, losses = (results > 0).sum(axis=1), (results < 0).sum(axis=1)
    scores = np.where(table.counted.any(axis=1), results.sum(axis=1), np.nan)
    return Outcome("copeland", scores, {"outranking": shares, "wins": wins, "losses": losses})
