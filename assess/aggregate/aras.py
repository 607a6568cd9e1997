"""ARAS: additive ratio assessment against an optimal unit."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..normalise.matrix import Matrix, refuse_columns
from .given import row
from .outcome import Outcome
from .scikit import complete, evaluate, finite, reciprocal, refuse_low
from .table import Table, ratio


def aras(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    optimal: ArrayLike | None = None,
) -> Outcome:
    """Degree of utility ``Kᵢ = Sᵢ / S₀``, S the weighted sum of shares in the column's sum.

    The optimal unit 0 counts in the sums; of costs the reciprocals are taken.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; benefits not negative, costs above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    optimal : array_like, shape (indicators,), optional
        The optimal unit; the best of each column by default.

    Returns
    -------
    Outcome
        Scores K. Details: ``S``, ``S0``, ``K``.

    Raises
    ------
    MethodError
        A cell or the optimal unit is missing or too low.

    References
    ----------
    Zavadskas & Turskis (2010), Technological and Economic Development of Economy 16, 159–172;
    scikit-criteria ``ARAS``.

    Examples
    --------
    >>> aras([[2, 1], [4, 2]], directions=[1, -1]).scores.round(12).tolist()
    [0.75, 0.75]
    """
    table = complete("aras", matrix, weights, directions)
    refuse_low("aras", table)
    rows = reciprocal(table.values, table.benefit)
    best = rows.max(axis=0) if optimal is None else _optimal(optimal, table)
    total = rows.sum(axis=0) + best
    shares, ideal = ratio(rows, total), ratio(best, total)
    result = evaluate("aras:ARAS", shares, table.weights, ideal=ideal, loud=True).e_
    scores = finite("aras", result.utility)
    return Outcome("aras", scores, {"S": result.score, "S0": result.ideal_score, "K": scores})


def _optimal(given: ArrayLike, table: Table) -> Matrix:
    best = row("aras", "optimal", given, table)
    faulty = (best < 0) | ((best == 0) & ~table.benefit)
    refuse_columns("aggregate.optimal", faulty, method="aras")
    return reciprocal(best, table.benefit)
