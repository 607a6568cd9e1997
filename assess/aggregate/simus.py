"""SIMUS: a linear programme for each indicator."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...weights.shortest import shortest
from ..normalise.matrix import Mask, Matrix
from .given import hold
from .outcome import Outcome
from .scikit import complete, finite, refuse_negative
from .table import ratio

_NOISE = 1e-9


def simus(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    rank_by: Literal[1, 2] = 1,
) -> Outcome:
    """Participation of each unit in the best solutions of one linear programme an indicator.

    Each indicator in turn is optimised while the others are bounded by their best; weights count
    only where they are 0. Where a programme has several solutions, the one with the least sum of
    squares counts, which is the most even, and no order of rows or columns can steer it. A
    programme without a bounded optimum tells nothing.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, not negative.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    rank_by : {1, 2}
        Score by the sum of participations, weighted by how often a unit takes part (1), or by
        dominance less subordination (2).

    Returns
    -------
    Outcome
        Scores by `rank_by`. Details: ``method_1_score``, ``method_2_score``; ``stages``, each
        unit's share of each programme's solution, shape (indicators, units).

    Raises
    ------
    MethodError
        A cell is missing or negative.

    References
    ----------
    Munier (2011), A Strategy for Using Multicriteria Analysis in Decision-Making, Springer;
    scikit-criteria ``SIMUS``, whose programmes are solved here by HiGHS: put together term by term
    and handed over in a file, they take fifty times as long.

    Examples
    --------
    >>> simus([[3, 1], [1, 4]]).scores.round(4).tolist()
    [0.5, 0.5]
    """
    hold(simus, rank_by=rank_by)
    table = complete("simus", matrix, weights, directions)
    used = table.weights > 0
    refuse_negative("simus", table)
    shares = _participation(table.values[:, used], table.benefit[used])
    theirs = import_module("skcriteria.agg.simus")
    points = theirs._first_method(stages_results=shares), _dominance(shares)
    details = {"method_1_score": points[0], "method_2_score": points[1], "stages": shares}
    return Outcome("simus", finite("simus", points[rank_by - 1]), details)


def _participation(values: Matrix, benefit: Mask) -> Matrix:
    """Each unit's share of the solution of each indicator's programme: (indicators, units)."""
    scaled = ratio(values, values.sum(axis=0))
    signs = np.where(benefit, 1.0, -1.0)
    solved = np.array([_solve(scaled * signs, goal) for goal in range(signs.size)])
    return ratio(solved, solved.sum(axis=1, keepdims=True))


def _solve(directed: Matrix, goal: int) -> Matrix:
    """The programme that optimises one indicator; zeros where it has no bounded optimum."""
    from scipy.optimize import linprog

    others = np.arange(directed.shape[1]) != goal
    limits, best = directed.T[others], directed.max(axis=0)[others]
    found = linprog(-directed[:, goal], A_ub=limits, b_ub=best, bounds=(0, None), method="highs-ds")
    if found.status != 0:
        return np.zeros(len(directed))
    # Of all solutions, the units that cost nothing take part and the limits with a price hold.
    free = np.abs(found.lower.marginals) <= _NOISE
    held = np.abs(found.ineqlin.marginals) > _NOISE
    solution = np.zeros(len(directed))
    limits = limits[:, free]
    solution[free] = shortest(found.x[free], limits[held], limits[~held], best[~held])
    return np.where(solution > _NOISE * solution.max(), solution, 0.0)


def _dominance(shares: Matrix) -> Matrix:
    """Second score: for each programme, the leads over other units less the lags behind them."""
    return np.asarray((len(shares.T) * shares - shares.sum(axis=1, keepdims=True)).sum(axis=0))
