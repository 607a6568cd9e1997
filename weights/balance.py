"""Balance: weights that give each pillar the importance that is wished for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from .shortest import shortest
from .table import Matrix, chosen, numbers, tabulate
from .weights import Weights, share

EXACT = 1e-6
"""Shares this close to those wished for are reached."""
TIE = 1e-13
"""Squared distances from the shares wished for that differ by less are equal."""
SINGULAR = 1e-9
"""Eigenvalues of the correlations below this are 0: columns depend on each other."""


def balance(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    importance: ArrayLike | None = None,
    measure: Literal["squared", "correlation"] = "squared",
) -> Weights:
    """Weights w ≥ 0 whose index ``y = Σ_j w_j x_j`` rests on its parts as wished.

    A nominal weight is not the importance of a part: that is how much of the index moves with
    it, here the squared correlation ``r_j² = corr(x_j, y)²`` (Pearson's correlation ratio, for
    linear dependence), or the correlation, as a share of its sum. Where
    ``C w ∝ σ_j r_j`` with the covariances C has a solution w ≥ 0, importance is exactly as
    wished; otherwise the squared distance of the shares from those wished is made as small as
    weights ≥ 0 allow, and ``reached`` says what came of it.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete scores of pillars or indicators, on the scale on which they are averaged.
    directions : array_like of 1 and −1, optional
        A cost enters the index with its sign turned.
    importance : array_like, shape (indicators,), optional
        Wished for, any sum; equal by default.
    measure : {"squared", "correlation"}
        Of the correlation with the index.

    Returns
    -------
    Weights
        Details: ``correlation`` r with the index; ``wished`` and ``reached`` shares (negative
        for a part that moves against the index); ``gap``, the largest difference; ``exact``,
        whether it is below 1e-6; ``unique``, false where columns depend on each other linearly,
        so that other weights can do the same, of which those with the least sum of squares on
        standardised columns are given; ``unbounded``, the weights that would do if they might be
        negative (sum 1; NaN if there are none).

    Raises
    ------
    MethodError
        Constant columns, missing cells, fewer than three units, or importance that is negative
        or not one for each column.

    References
    ----------
    Becker, Saisana, Paruolo & Vandecasteele (2017), Ecological Indicators 80, 12–22;
    Paruolo, Saisana & Saltelli (2013), Journal of the Royal Statistical Society A 176, 609–634.

    Examples
    --------
    >>> found = balance([[1, 0], [2, 20], [3, 10], [4, 30]])
    >>> found.values.round(4).tolist(), found.details["correlation"].round(4).tolist()
    ([0.9091, 0.0909], [0.9487, 0.9487])
    """
    table = tabulate("balance", matrix, directions, least=3)
    chosen("measure", measure, ("squared", "correlation"))
    table.refuse_constant()
    values = table.values * table.signs
    wished = _wished(importance, values.shape[1])
    spread = values.std(axis=0)
    scaled = (values - values.mean(axis=0)) / spread
    related = scaled.T @ scaled / len(scaled)
    power = 2 if measure == "squared" else 1
    target = wished ** (1 / power)
    unbounded = _unbounded(related, target)
    weights = unbounded if np.all(unbounded >= 0) else _bounded(related, wished, power)
    correlated = _correlations(related, weights)
    reached = _shares(correlated, power)
    gap = float(np.abs(reached - wished).max())
    free = unbounded / spread
    return share(
        "balance",
        weights / spread,
        correlation=correlated,
        wished=wished,
        reached=reached,
        gap=gap,
        exact=gap < EXACT,
        unique=bool(np.linalg.matrix_rank(related, tol=SINGULAR) == len(related)),
        unbounded=free / free.sum(),
    )


def _wished(importance: ArrayLike | None, count: int) -> Matrix:
    values = np.ones(count) if importance is None else numbers("balance", importance)
    if values.shape != (count,):
        raise MethodError("weights.importance_count", given=values.size, needed=count)
    if not (np.all(np.isfinite(values) & (values >= 0)) and values.sum() > 0):
        raise MethodError("weights.importance")
    share_of: Matrix = values / values.sum()
    return share_of


def _correlations(related: Matrix, weights: Matrix) -> Matrix:
    """Correlation of each standardised column with the index of weights on them."""
    moved = related @ weights
    found: Matrix = moved / np.sqrt(max(float(weights @ moved), 1e-300))
    return found


def _shares(correlated: Matrix, power: int) -> Matrix:
    size = np.abs(correlated) ** power
    total = max(float(size.sum()), 1e-300)
    signed: Matrix = np.sign(correlated) * size / total
    return signed


def _unbounded(related: Matrix, target: Matrix) -> Matrix:
    """Weights of any sign that give correlations in proportion to `target`; NaN if none do."""
    solution: Matrix = np.asarray(np.linalg.lstsq(related, target, rcond=1e-12)[0], np.float64)
    if not np.allclose(related @ solution, target, atol=1e-9):
        return np.full(len(target), np.nan)
    return np.where(np.abs(solution) < 1e-12 * np.abs(solution).max(), 0.0, solution)


def _bounded(related: Matrix, wished: Matrix, power: int) -> Matrix:
    """Weights ≥ 0 whose shares of importance come closest; the shortest, if there are several."""
    from scipy.optimize import nnls

    target = wished ** (1 / power)
    weights, missed = nnls(related, target)
    if missed > SINGULAR:
        weights = _closest(related, wished, power, weights)
    none = np.zeros((0, len(wished)))
    weights = shortest(weights, related, none, none[:, 0])
    return np.where(weights > SINGULAR * weights.max(), weights, 0.0)


def _closest(related: Matrix, wished: Matrix, power: int, near: Matrix) -> Matrix:
    """Weights ≥ 0 whose shares of importance come closest to those wished for.

    Sought from several starts, among them `near`.
    """
    from scipy.optimize import minimize

    def distance(weights: Matrix) -> tuple[float, Matrix]:
        moved = related @ weights
        total = (np.abs(moved) ** power).sum()
        if total < SINGULAR**power:
            # An index that does not vary is worse than any that does.
            return 2.0, np.zeros(len(weights))
        steep = power * np.abs(moved) ** (power - 1) / total
        found = _shares(moved, power)
        error = 2 * (found - wished)
        slope = steep * (error - np.sign(moved) * (error @ found))
        return float(error @ error) / 4, related @ slope

    count = len(wished)
    near = near if near.max() > SINGULAR else np.ones(count)
    starts = [near, np.ones(count), *(np.eye(count) + 1 / count)]
    found = [
        minimize(
            distance,
            start / start.sum(),
            jac=True,
            method="SLSQP",
            bounds=[(0.0, 1.0)] * count,
            constraints={
                "type": "eq",
                "fun": lambda weights: weights.sum() - 1,
                "jac": np.ones_like,
            },
            options={"ftol": 1e-15, "maxiter": 1000},
        )
        for start in starts
    ]
    return _one_of(
        [np.maximum(solution.x, 0.0) for solution in found], lambda weights: distance(weights)[0]
    )


def _one_of(found: list[Matrix], distance: Callable[[Matrix], float]) -> Matrix:
    """The best of the solutions, none if only the order of the columns tells the best apart."""
    least = min(map(distance, found))
    best = [weights for weights in found if distance(weights) <= least + TIE]
    mean: Matrix = np.mean(best, axis=0)
    if distance(mean) <= least + TIE:
        return mean
    best.sort(key=lambda weights: sorted(weights.round(6).tolist()))
    first = [
        weights for weights in best if np.allclose(np.sort(weights), np.sort(best[0]), atol=1e-5)
    ]
    same = all(np.allclose(weights, first[0], atol=1e-5) for weights in first)
    return first[0] if same else np.zeros(len(mean))
