"""VIKOR: the compromise between the good of the many and the regret of the worst served."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix
from ..ranking import comparable
from .outcome import Outcome
from .table import Table, extremes, marks_of, ratio, tabulate


def vikor(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    sample: ArrayLike | None = None,
    *,
    v: float = 0.5,
) -> Outcome:
    """Compromise ranking by ``Q = v (S − S*)/(S⁻ − S*) + (1 − v) (R − R*)/(R⁻ − R*)``.

    With d the distance from the best of a column as a share of its range, S is the weighted sum
    of d and R its largest weighted term. A missing cell is left out; the weights of the rest are
    rescaled in S. A column without spread makes no difference.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    sample : array_like, shape (others, indicators), optional
        Units that set the marks instead of the matrix's own, such as those of an earlier year:
        best and worst of each column, of S and of R. Beyond them counts as they do.
    v : float
        Weight of the majority (S) against the individual regret (R).

    Returns
    -------
    Outcome
        Scores 1 − Q, 0–1. Details: ``S``, ``R``, ``Q`` (lower is better), and ``compromise``,
        the rows of the compromise solution: the best by Q, with those it does not beat by an
        acceptable advantage 1/(n − 1), or, if it does but is not also best by S or R, with the
        second.

    References
    ----------
    Opricovic & Tzeng (2004), European Journal of Operational Research 156, 445–455.

    Examples
    --------
    >>> outcome = vikor([[1, 3000], [2, 3750], [5, 4500]], [0.5, 0.5], [-1, 1])
    >>> outcome.details["S"].tolist(), outcome.details["Q"].tolist()
    ([0.5, 0.375, 0.5], [1.0, 0.0, 1.0])
    """
    if not 0 <= v <= 1:
        raise MethodError("aggregate.share", option="v", value=v)
    table = tabulate(matrix, weights, directions)
    marks = marks_of(table, sample)
    total, regret = measured = _lags(table, extremes(marks))
    fitted = measured if marks is table else _lags(marks, extremes(marks))
    shares = [_spread(*pair) for pair in zip(measured, fitted, strict=True)]
    q = v * shares[0] + (1.0 - v) * shares[1]
    details = {"S": total, "R": regret, "Q": q, "compromise": _compromise(total, regret, q)}
    return Outcome("vikor", 1.0 - q, details)


def _lags(table: Table, ends: tuple[Matrix, Matrix]) -> tuple[Matrix, Matrix]:
    """S and R of each unit, within the lowest and highest value of each column."""
    low, high = ends
    best = np.where(table.benefit, high, low)
    lag = ratio(np.abs(best - np.clip(table.values, low, high)), high - low)
    total = table.mean(lag) * table.weights.sum()
    regret = np.where(table.counted, lag * table.weights, -np.inf).max(axis=1)
    return total, np.where(np.isfinite(regret), regret, np.nan)


def _spread(values: Matrix, fitted: Matrix) -> Matrix:
    """Place of each value between the lowest and the highest of the fitted ones, 0–1."""
    known = fitted[~np.isnan(fitted)]
    if known.size == 0:
        return values
    # A spread of mere float noise is none.
    spread = np.ptp(known) if np.ptp(comparable(known)) > 0 else 0.0
    share = ratio(values - known.min(), np.asarray(spread))
    return np.where(np.isnan(values), np.nan, np.clip(share, 0.0, 1.0))


def _compromise(total: Matrix, regret: Matrix, q: Matrix) -> tuple[int, ...]:
    known = np.flatnonzero(~np.isnan(q))
    if known.size < 2:
        return tuple(int(row) for row in known)
    total, regret, q = (comparable(values) for values in (total, regret, q))
    lead = q[known] - q[known].min()
    within = known[lead < 1.0 / (known.size - 1)]
    leaders = known[lead == 0]
    stable = (total[leaders] == total[known].min()) | (regret[leaders] == regret[known].min())
    if within.size == leaders.size and not stable.any():
        second = np.min(lead[lead > 0], initial=np.inf)
        within = known[lead <= second]
    return tuple(int(row) for row in within)
