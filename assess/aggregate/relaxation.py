"""An upper bound on how far any order can agree with pairwise comparisons."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..normalise.matrix import Matrix

LARGEST = 60
"""Components with more units get the bound by cycles alone."""
_ROUNDS, _CUTS, _VIOLATION = 40, 4000, 1e-6

Triples = NDArray[np.int64]


def agreement_bound(shares: Matrix) -> float:
    """Bound the agreement of every order of the units, shape (units, units) of shares."""
    return relaxed(shares)[0]


def relaxed(shares: Matrix) -> tuple[float, Matrix]:
    """Bound the agreement of every order; also how far each unit is ahead where it is reached.

    The linear relaxation of the ordering polytope: a share of each pair's weight each way, and no
    cycle of three (Grötschel, Jünger & Reinelt 1984, Operations Research 32, 1195–1220); every
    round of cuts is a bound by itself.
    """
    wins = shares.sum(axis=1)
    if len(shares) > LARGEST:
        return _cycle_bound(shares), wins
    first, second = np.triu_indices(len(shares), 1)
    number = np.zeros(shares.shape, dtype=np.int64)
    number[first, second] = np.arange(first.size)
    margin = (shares - shares.T)[first, second]
    cuts = np.zeros((0, 3), dtype=np.int64)
    bound = _cycle_bound(shares)
    for _ in range(_ROUNDS):
        value, ahead = _relax(margin, number, cuts)
        bound = min(bound, value + float(shares.T[first, second].sum()))
        wins = np.bincount(first, ahead, len(shares)) + np.bincount(second, 1 - ahead, len(shares))
        violated = _violated(ahead, number, len(shares))
        if not len(violated):
            break
        cuts = np.concatenate([cuts, violated])
    return bound, wins


def _relax(margin: Matrix, number: Triples, cuts: Triples) -> tuple[float, Matrix]:
    """Largest margin won under the cuts, and the share of each pair that is in order."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    i, j, k = cuts.T
    columns = np.stack([number[i, j], number[j, k], number[i, k]], axis=1)
    rows = np.repeat(np.arange(len(cuts)), 3)
    signs = np.tile([1.0, 1.0, -1.0], len(cuts))
    shape = (len(cuts), margin.size)
    within = csr_array((signs, (rows, columns.ravel())), shape=shape)
    stacked = None
    limits = None
    if len(cuts):
        from scipy.sparse import vstack

        stacked = vstack([within, -within])
        limits = np.concatenate([np.ones(len(cuts)), np.zeros(len(cuts))])
    found = linprog(-margin, A_ub=stacked, b_ub=limits, bounds=(0, 1), method="highs")
    return -float(found.fun), np.asarray(found.x)


def _violated(ahead: Matrix, number: Triples, count: int) -> Triples:
    """Triples i < j < k whose shares form a cycle, the worst first."""
    full = np.zeros((count, count))
    first, second = np.triu_indices(count, 1)
    full[first, second] = ahead[number[first, second]]
    around = full[:, :, None] + full[None, :, :] - full[:, None, :]
    excess = np.maximum(around - 1.0, -around)
    places = np.arange(count)
    rising = (places[:, None, None] < places[None, :, None]) & (
        places[None, :, None] < places[None, None, :]
    )
    excess = np.where(rising, excess, 0.0)
    found = np.argwhere(excess > _VIOLATION)
    worst = np.argsort(-excess[tuple(found.T)], kind="stable")[:_CUTS]
    return found[worst]


def _cycle_bound(shares: Matrix) -> float:
    """Each pair's larger share, less the smallest margin of cycles of three without common pair."""
    margin = shares - shares.T
    left = np.maximum(margin, 0.0)
    loss = 0.0
    for i, j in np.argwhere(np.triu(margin != 0, 1)):
        a, b = (i, j) if margin[i, j] > 0 else (j, i)
        while left[a, b] > 0:
            third = np.minimum(left[b], left[:, a])
            k = int(np.argmax(third))
            step = min(float(left[a, b]), float(third[k]))
            if step <= 0:
                break
            left[a, b] -= step
            left[b, k] -= step
            left[k, a] -= step
            loss += step
    return float(np.triu(np.maximum(shares, shares.T), 1).sum()) - loss
