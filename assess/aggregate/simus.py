"""SIMUS: a linear programme for each indicator."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

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
    only where they are 0. Where a programme has several solutions, which one is found is the
    solver's choice, the same in whatever order rows and columns come; units that are alike share
    evenly. A programme without a bounded optimum tells nothing.

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
    """Each unit's share of the solution of each indicator's programme: (indicators, units).

    Units and indicators are put in an order of their own first, and units that are alike become
    one, so that the order they came in cannot steer the solver; likes share evenly.
    """
    columns = np.lexsort((*np.sort(values, axis=0), benefit))
    rows, place, alike = np.unique(
        values[:, columns], axis=0, return_inverse=True, return_counts=True
    )
    scaled = ratio(rows, values[:, columns].sum(axis=0))
    signs = np.where(benefit[columns], 1.0, -1.0)
    solved = np.array([_solve(scaled, signs, goal) for goal in range(columns.size)])
    shares = np.empty((columns.size, len(values)))
    shares[columns] = (ratio(solved, solved.sum(axis=1, keepdims=True)) / alike)[:, place.ravel()]
    return shares


def _solve(scaled: Matrix, signs: Matrix, goal: int) -> Matrix:
    """The programme that optimises one indicator; zeros where it has no bounded optimum."""
    from scipy.optimize import linprog

    directed = scaled * signs
    others = np.arange(signs.size) != goal
    best = directed.max(axis=0)
    found = linprog(
        -directed[:, goal],
        A_ub=directed.T[others],
        b_ub=best[others],
        bounds=(0, None),
        method="highs-ds",
    )
    solution = np.zeros(len(scaled)) if found.status != 0 else np.asarray(found.x)
    return np.where(solution > _NOISE * solution.max(), solution, 0.0)


def _dominance(shares: Matrix) -> Matrix:
    """Second score: for each programme, the leads over other units less the lags behind them."""
    return np.asarray((len(shares.T) * shares - shares.sum(axis=1, keepdims=True)).sum(axis=0))
