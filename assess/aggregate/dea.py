"""Benefit of the doubt: each unit is weighted as suits it best."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix, refuse_cells
from .outcome import Outcome
from .table import tabulate


def dea(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    shares: tuple[float, float] = (0.0, 1.0),
) -> Outcome:
    """Benefit of the doubt: ``max w·x`` such that no unit exceeds 1 by the same weights, w ≥ 0.

    A missing cell counts as no output (Kuosmanen 2009): it earns its unit nothing.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better, not negative; NaN = missing.
    weights : array_like, optional
        Only which are 0 counts: these indicators are left out.
    directions : array_like, optional
        All 1: normalise costs first.
    shares : (float, float)
        Least and largest share of a unit's score that one indicator may make up; the free choice
        is (0, 1).

    Returns
    -------
    Outcome
        Scores above 0 and up to 1; NaN for a unit without any output. Details: ``weights``, each
        unit's own, shape (units, indicators).

    Raises
    ------
    MethodError
        A direction is −1, a value is negative, the bounds on shares cannot be met, or a cell is
        missing while a least share is asked for.

    References
    ----------
    Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), An introduction to "benefit of the doubt"
    composite indicators, Social Indicators Research 82, 111–145.

    Examples
    --------
    >>> dea([[4, 1], [1, 4], [2, 2]]).scores.round(12).tolist()
    [1.0, 1.0, 0.8]
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("dea")
    used = table.weights > 0
    refuse_cells("aggregate.negative", (table.values < 0) & used, method="dea")
    low, high = shares
    if not 0 <= low <= 1.0 / used.sum() <= high <= 1:
        raise MethodError("aggregate.shares", low=low, high=high, count=int(used.sum()))
    if low > 0:
        table.refuse_missing("dea")
    outputs = np.where(table.counted, table.values, 0.0)[:, used]
    own = np.zeros(table.values.shape)
    own[:, used] = _own_weights(outputs, shares)
    scores = np.einsum("ij,ij->i", own, np.where(table.counted, table.values, 0.0))
    return Outcome("dea", np.where(outputs.any(axis=1), scores, np.nan), {"weights": own})


def _own_weights(outputs: Matrix, shares: tuple[float, float]) -> Matrix:
    # In units of each column's largest output, the programmes are well scaled.
    largest = outputs.max(axis=0)
    scale = np.where(largest > 0, largest, 1.0)
    scaled = outputs / scale
    peers = np.unique(scaled, axis=0)
    peers = peers[_undominated(peers)]
    return np.array([_best_weights(unit, peers, shares) for unit in scaled]) / scale


def _undominated(rows: Matrix) -> Matrix:
    """Mark rows that no other exceeds everywhere: only they bind."""
    return np.array(
        [not np.any((rows >= row).all(axis=1) & (rows > row).any(axis=1)) for row in rows]
    )


def _best_weights(unit: Matrix, peers: Matrix, shares: tuple[float, float]) -> Matrix:
    from scipy.optimize import linprog

    if not unit.any():
        return np.zeros(unit.size)
    limits = [(peers, np.ones(len(peers)))]
    low, high = shares
    own = np.diag(unit)
    if low > 0:
        limits.append((low * unit - own, np.zeros(unit.size)))
    if high < 1:
        limits.append((own - high * unit, np.zeros(unit.size)))
    rows = np.concatenate([row for row, _ in limits])
    tops = np.concatenate([top for _, top in limits])
    found = linprog(-unit, A_ub=rows, b_ub=tops, bounds=(0, None), method="highs")
    if found.status != 0:
        raise MethodError("aggregate.no_solution", method="dea")
    return np.asarray(found.x)
