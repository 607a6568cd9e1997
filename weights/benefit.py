"""The benefit of the doubt's linear programme: the weights that show a unit at its best."""

from __future__ import annotations

import numpy as np

from ..errors import MethodError
from .table import Matrix


def best_weights(outputs: Matrix, low: Matrix, high: Matrix) -> Matrix:
    """Solve, for each unit c, ``max w·y_c`` with ``w·y_k ≤ 1`` for all units k and ``w ≥ 0``.

    Parameters
    ----------
    outputs : ndarray, shape (units, indicators)
        Not negative, without gaps.
    low, high : ndarray, shape (indicators,)
        Bounds on each indicator's share ``w_j y_cj / w·y_c`` in the unit's own score.

    Returns
    -------
    ndarray, shape (units, indicators)
        Weights; where several are optimal, one of them. Zeros for a unit that no weights within
        the bounds can serve.

    Raises
    ------
    MethodError
        The solver found no optimum.

    References
    ----------
    Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), Social Indicators Research 82, 111–145.

    Examples
    --------
    >>> outputs = np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    >>> best_weights(outputs, np.zeros(2), np.ones(2))[2].round(12).tolist()
    [0.2, 0.2]
    """
    # In units of each column's largest output, the programmes are well scaled.
    largest = outputs.max(axis=0)
    scale = np.where(largest > 0, largest, 1.0)
    scaled = outputs / scale
    peers = np.unique(scaled, axis=0)
    peers = peers[_undominated(peers)]
    solved = [_solve(own, peers, low, high) for own in scaled]
    for unit, weights in enumerate(solved):
        if weights is None:
            raise MethodError("weights.dea_unsolved", rows=(unit,), units=f"#{unit + 1}")
    return np.array(solved) / scale


def _undominated(rows: Matrix) -> Matrix:
    """Mark rows that no other exceeds everywhere: only they bind."""
    return np.array(
        [not np.any((rows >= row).all(axis=1) & (rows > row).any(axis=1)) for row in rows]
    )


def _solve(unit: Matrix, peers: Matrix, low: Matrix, high: Matrix) -> Matrix | None:
    from scipy.optimize import linprog

    if not unit.any():
        return np.zeros(unit.size)
    own = np.diag(unit)
    least, most = low > 0, high < 1
    rows = (peers, np.outer(low, unit)[least] - own[least], own[most] - np.outer(high, unit)[most])
    tops = np.zeros(sum(map(len, rows)))
    tops[: len(peers)] = 1.0
    found = linprog(
        -unit,
        A_ub=np.concatenate(rows),
        b_ub=tops,
        bounds=(0, None),
        method="highs",
        options={"presolve": False},  # finds nothing to remove here, at the price of a solution
    )
    return np.asarray(found.x) if found.status == 0 else None
