"""The shortest of many solutions: one only, in whatever order rows and columns come."""

from __future__ import annotations

import numpy as np

from .table import Matrix

_NOISE = 1e-9


def shortest(found: Matrix, equal: Matrix, limits: Matrix, most: Matrix) -> Matrix:
    """The x ≥ 0 of least length with ``equal @ x = equal @ found`` and ``limits @ x ≤ most``.

    By least distance programming, in the directions in which `found` can move.

    Parameters
    ----------
    found : ndarray, shape (unknowns,)
        One solution.
    equal, limits : ndarray, shape (rows, unknowns)
    most : ndarray, shape (rows of limits,)

    Returns
    -------
    ndarray, shape (unknowns,)

    References
    ----------
    Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23.

    Examples
    --------
    >>> found, total, none = np.array([0.0, 2, 1]), np.ones((1, 3)), np.zeros((0, 3))
    >>> shortest(found, total, none, none[:, 0]).round(9).tolist()
    [1.0, 1.0, 1.0]
    """
    from scipy.linalg import null_space
    from scipy.optimize import nnls

    ways = null_space(equal, rcond=_NOISE) if len(equal) else np.eye(found.size)
    if not ways.size:
        return found
    start = ways.T @ found
    # Where the solution can go: each limit's slope in those directions, and the least needed.
    slopes = np.vstack([ways, -limits @ ways])
    room = np.concatenate([found, most - limits @ found])
    least = slopes @ start - np.maximum(room, 0.0)
    steers = np.abs(slopes).max(axis=1) > _NOISE
    system = np.vstack([slopes[steers].T, least[steers]])
    target = np.append(np.zeros(ways.shape[1]), 1.0)
    residual = system @ nnls(system, target)[0] - target
    moved: Matrix = found + ways @ (-residual[:-1] / residual[-1] - start)
    return np.maximum(moved, 0.0)
