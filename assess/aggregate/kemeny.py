"""Kemeny's rule: the order that contradicts the indicators least."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .consensus import consensus
from .outcome import Outcome
from .pairwise import outranking
from .table import tabulate


def kemeny(
    matrix: ArrayLike, weights: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Outcome:
    """Order the units so that most weight agrees, summed over all pairs.

    Every order is a candidate. Where several agree equally, a unit's place is its mean over all
    of them. Exact while no more than 15 units are entangled by majority cycles or ties; beyond, the
    best order found is given with the bound that none can exceed. There, units that cannot be told
    apart by how they compare with all others share a place, even if an order that parts them
    would agree more: the order of the rows must not decide. Such pairs agree by half.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; only the order counts. NaN = missing: two units are compared on the
        indicators observed for both.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: number of units behind. Details: ``outranking``, the share of the weight by which
        each unit is better than each other one, ties by half; ``agreement``, the sum of the
        shares in agreement; ``bound``; ``exact``, whether they are equal; ``optima``, the number
        of best orders (None where not counted).

    References
    ----------
    Kemeny (1959), Mathematics without numbers, Daedalus 88, 577–591; Truchon (1998), An extension
    of the Condorcet criterion and Kemeny orders, Université Laval, for the split into parts.

    Examples
    --------
    >>> outcome = kemeny([[3, 2, 1], [2, 3, 3], [1, 1, 2]])
    >>> outcome.ranks.tolist(), outcome.details["exact"], outcome.details["optima"]
    ([2, 1, 3], True, 1)
    """
    table = tabulate(matrix, weights, directions)
    shares = outranking(table)
    known = np.flatnonzero(table.counted.any(axis=1))
    scores = np.full(len(shares), np.nan)
    best = consensus(shares[np.ix_(known, known)])
    scores[known] = known.size - 1 - best.positions
    details = {
        "outranking": shares,
        "agreement": best.agreement,
        "bound": best.bound,
        "exact": bool(best.bound - best.agreement <= 1e-9 * max(1.0, best.bound)),
        "optima": best.optima,
    }
    return Outcome("kemeny", scores, details)
