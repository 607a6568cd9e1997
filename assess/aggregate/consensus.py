"""The order of units that agrees most with all pairwise comparisons.

Units that all beat all others come first in every best order, so the search splits into the
strongly connected components of the majority relation. Up to 15 units a component is solved
exactly by dynamic programming over subsets, counting every best order; a larger one by local
search, from the order of the relaxed linear programme too, whose optimum is a proven bound. There,
units that nothing tells apart but the order of their rows share a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..normalise.matrix import Matrix
from .pairwise import TIE, majority
from .relaxation import relaxed

EXACT = 15
Order = NDArray[np.int64]


@dataclass(frozen=True)
class Consensus:
    """Best order of some units.

    Parameters
    ----------
    positions : ndarray, shape (units,)
        From 0 for the first; the mean over all best orders where all are known.
    agreement : float
        Sum of the shares of the weight that agree with the order, over all pairs.
    bound : float
        No order agrees more than this.
    optima : int or None
        Number of best orders; None where they were not counted.
    """

    positions: Matrix
    agreement: float
    bound: float
    optima: int | None


def consensus(shares: Matrix) -> Consensus:
    """Order units by their outranking matrix.

    Examples
    --------
    >>> cycle = np.array([[0, 33, 25], [27, 0, 42], [35, 18, 0]]) / 60
    >>> best = consensus(cycle)
    >>> best.positions.tolist(), round(best.agreement * 60), best.optima
    ([2.0, 0.0, 1.0], 104, 1)
    """
    positions = np.zeros(len(shares))
    agreement, bound, optima, first = 0.0, 0.0, 1, 0
    counted = True
    components = _components(shares)
    for number, component in enumerate(components):
        part = _solve(shares[np.ix_(component, component)])
        later = [unit for other in components[number + 1 :] for unit in other]
        across = float(shares[np.ix_(component, later)].sum())
        positions[component] = part.positions + first
        agreement, bound = agreement + part.agreement + across, bound + part.bound + across
        counted = counted and part.optima is not None
        optima *= part.optima or 1
        first += len(component)
    return Consensus(positions, agreement, bound, optima if counted else None)


def _components(shares: Matrix) -> list[list[int]]:
    """Strongly connected components of "beats or ties", those that beat the others first."""
    reach = majority(shares) >= 0
    for _ in range(int(np.ceil(np.log2(max(len(shares), 2))))):
        reach = (reach.astype(np.float64) @ reach) > 0
    together = reach & reach.T
    leaders = sorted(
        {int(np.argmax(row)) for row in together},
        key=lambda leader: -int(reach[leader].sum()),
    )
    return [np.flatnonzero(together[leader]).tolist() for leader in leaders]


def _solve(shares: Matrix) -> Consensus:
    if len(shares) <= EXACT:
        return _exact(shares)
    shares = np.round(shares, 9)
    block = _colours(shares)
    size = np.bincount(block)
    member = (block[:, None] == np.arange(size.size)).astype(np.float64)
    between = np.round(member.T @ shares @ member, 9) * (1 - np.eye(size.size))
    order, most = _best_order(between)
    tied = float((size * (size - 1)).sum()) / 4
    before = np.cumsum(size[order]) - size[order]
    positions = (before + (size[order] - 1) / 2)[np.argsort(order)][block]
    agreement = _agreement(between, order) + tied
    # Units that compare alike side by side lose nothing; others of a block could do better apart.
    alike = size.size == len(np.unique(shares + 0.5 * np.eye(len(shares)), axis=0))
    bound = most + tied if alike else float(np.triu(np.maximum(shares, shares.T), 1).sum())
    return Consensus(positions, agreement, max(agreement, bound), None)


def _best_order(shares: Matrix) -> tuple[Order, float]:
    """The best order of blocks that local search finds, and a bound on all of them."""
    if len(shares) == 1:
        return np.zeros(1, dtype=np.int64), 0.0
    bound, wins = relaxed(shares)
    starts = np.arange(len(shares)), np.argsort(-np.round(wins, 6), kind="stable")
    orders = [_local_search(shares, start) for start in starts]
    return max(orders, key=lambda order: round(_agreement(shares, order), 9)), bound


def _exact(shares: Matrix) -> Consensus:
    """Best orders by the best way to rank each subset first (Held–Karp style)."""
    count = len(shares)
    sets = np.arange(1 << count)
    gain = np.zeros((1 << count, count))
    for unit in range(count):
        gain[1 << unit : 2 << unit] = gain[: 1 << unit] + shares[unit]
    size = np.array([int(s).bit_count() for s in sets])
    best = np.where(sets == 0, 0.0, -np.inf)
    ways = np.where(sets == 0, 1.0, 0.0)
    levels = [sets[size == level] for level in range(count + 1)]
    for level in levels[1:]:
        best[level] = np.max(_arrivals(level, best, gain), axis=1)
        tight = _arrivals(level, best, gain) >= best[level, None] - TIE
        before = level[:, None] & ~(1 << np.arange(count))
        ways[level] = (tight * ways[before]).sum(axis=1)
    return _average(best, ways, gain, levels)


def _arrivals(level: Order, best: Matrix, gain: Matrix) -> Matrix:
    """Agreement of each set when each of its units comes last; −∞ for the others."""
    units = np.arange(gain.shape[1])
    inside = (level[:, None] >> units) & 1 == 1
    before = level[:, None] & ~(1 << units)
    return np.where(inside, best[before] + gain[before, units], -np.inf)


def _average(best: Matrix, ways: Matrix, gain: Matrix, levels: list[Order]) -> Consensus:
    """Mean positions over all best orders, by counting those through each step."""
    count = gain.shape[1]
    units = np.arange(count)
    onward = np.zeros(len(best))
    onward[-1] = 1.0
    positions = np.zeros(count)
    for size in range(count, 0, -1):
        level = levels[size]
        tight = _arrivals(level, best, gain) >= best[level, None] - TIE
        before = level[:, None] & ~(1 << units)
        through = tight * onward[level, None]
        np.add.at(onward, before, through)
        positions += (through * ways[before]).sum(axis=0) * (size - 1)
    total = ways[-1]
    return Consensus(positions / total, float(best[-1]), float(best[-1]), round(total))


def _colours(shares: Matrix) -> Order:
    """Number the units by how they compare with others, whatever the order of the rows.

    Units that look alike are told apart by the units they compare with (colour refinement); those
    with the same number cannot be told apart.
    """
    colours = _ranked([-float(total) for total in np.round(shares.sum(axis=1), 6)])
    while True:
        keys = [
            (colour, sorted(zip(colours, row.tolist(), strict=True)))
            for colour, row in zip(colours, shares, strict=True)
        ]
        finer = _ranked(keys)
        if max(finer) == max(colours):
            return np.array(finer)
        colours = finer


def _ranked(keys: list[Any]) -> list[int]:
    """Replace each key by its place among the different keys."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    places = [0] * len(keys)
    for before, after in pairwise(order):
        places[after] = places[before] + (keys[after] != keys[before])
    return places


def _local_search(shares: Matrix, order: Order) -> Order:
    """Move single units to where they agree most, until none gains."""
    margin = shares - shares.T
    while True:
        ordered = margin[np.ix_(order, order)]
        # Gain of moving the unit at a place to before another: what it wins from those it passes.
        back = np.tril(ordered, -1)
        up = np.cumsum(back[:, ::-1], axis=1)[:, ::-1]
        ahead = np.triu(-ordered, 1)
        down = np.cumsum(ahead, axis=1)
        gain = np.tril(up, -1) + np.triu(down, 1)
        place, to = np.unravel_index(int(np.argmax(np.round(gain, 9))), gain.shape)
        if gain[place, to] <= TIE:
            return order
        unit = order[place]
        order = np.insert(np.delete(order, place), to, unit)


def _agreement(shares: Matrix, order: Order) -> float:
    return float(np.triu(shares[np.ix_(order, order)], 1).sum())
