"""The gap between two scores, decomposed down the tree until its parts add up to it.

At a node with generator φ, Σ wᵢφ(sᵢ) moves by Σ w̄ᵢΔφ(sᵢ) through the scores and by
Σ Δwᵢ(φ̄ᵢ − φ̄) through the weights, which differ only where something is missing. Dividing by the
chord of φ brings both back to points. For the arithmetic mean a part is weight × difference;
for the geometric mean it is the logarithmic mean Divisia decomposition (Ang 2005). Where the
aggregation is not a mean, a node's score is shared out in proportion to weight × score, and what
moves those proportions stands with the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..indicators.dataset import Array
from ..indicators.framework import Framework, Node
from .assessment import Assessment
from .tree import before_blocks, is_mean_at, mean_at

NO_SHARE = 1e-12
"""A share up to this is none: noise in the score of a node must not decide what is missing."""


@dataclass(frozen=True)
class Gap:
    """Index of one city minus that of another, node by node.

    Parameters
    ----------
    framework : Framework
    total : float
        Points of the index.
    parts : array (k,)
        Points through the scores, by node in the framework's order: an inner node's part is the
        sum of its children's parts and coverage.
    coverage : array (k,)
        Points that come from a node's being weighted differently because something is missing.
    factors : array (k,)
        Points of the index per point of the node's score.
    adjustment : float
        What rounding or a cap adds; ``total`` = root part + ``adjustment``.
    """

    framework: Framework
    total: float
    parts: Array
    coverage: Array
    factors: Array
    adjustment: float


def gap(first: Assessment, row: int, second: Assessment, other: int) -> Gap:
    """Decompose index(first, row) − index(second, other).

    Parameters
    ----------
    first, second : Assessment
        Of the same framework and means; they may be the same.
    row, other : int
        Positions of the two cities.

    Returns
    -------
    Gap
    """
    framework = first.framework
    column = {node.code: place for place, node in enumerate(framework.nodes)}
    parts, coverage = np.zeros(len(column)), np.zeros(len(column))
    factors = np.zeros(len(column))
    factors[0] = 1.0
    for node in framework.nodes:
        if node.indicator is None:
            _share_out(node, first, row, second, other, factors, coverage)
    ours, theirs = first.tree.entered[row], second.tree.entered[other]
    for code in framework.codes:
        place = column[code]
        step = ours[place] - theirs[place]
        parts[place] = 0.0 if np.isnan(step) else factors[place] * step
    for node in framework.inner_nodes():
        places = [column[child.code] for child in framework.children(node.code)]
        parts[column[node.code]] = parts[places].sum() + coverage[places].sum()
    total = float(first.tree.scores[row, 0] - second.tree.scores[other, 0])
    rest = total - float(parts[0])
    return Gap(framework, total, parts, coverage, factors, 0.0 if abs(rest) <= 1e-9 else rest)


def _share_out(
    node: Node,
    first: Assessment,
    row: int,
    second: Assessment,
    other: int,
    factors: Array,
    coverage: Array,
) -> None:
    framework = first.framework
    column = {found.code: place for place, found in enumerate(framework.nodes)}
    mean = mean_at(framework, node, first.recipe)
    at = column[node.code]
    top = tuple(
        float(before_blocks(framework, node, one.tree.scores[[place]], column)[0])
        for one, place in ((first, row), (second, other))
    )
    if np.isnan(top[0]) or np.isnan(top[1]):
        return
    chord_here = float(mean.chord(np.array(top[1]), np.array(top[0])))
    if chord_here == 0:  # a power mean of nothing but zeros on both sides
        return
    middle = 0.0
    if is_mean_at(framework, node, first.recipe):
        middle = float(mean.phi(np.array(top[0])) + mean.phi(np.array(top[1]))) / 2
    for child in framework.children(node.code):
        place = column[child.code]
        a, b = first.tree.entered[row, place], second.tree.entered[other, place]
        if child.block != "index":
            factors[place] = factors[at] * (1 if child.block == "bonus" else -1)
            factors[place] *= child.points / 100.0
            continue
        wa, wb = first.tree.shares[row, place], second.tree.shares[other, place]
        phis = [mean.phi(np.array(s)) for s, w in ((a, wa), (b, wb)) if w > NO_SHARE]
        if not phis:
            continue
        scale = factors[at] / chord_here
        if len(phis) == 2:
            factors[place] = scale * (wa + wb) / 2 * float(mean.chord(np.array(b), np.array(a)))
        coverage[place] = scale * (wa - wb) * (sum(phis) / len(phis) - middle)
