"""How many points of the index each indicator brings.

The quasi-arithmetic means are homogeneous of degree one, so by Euler's theorem the parts
sᵢ·∂f/∂sᵢ add up to f; along the tree the derivatives multiply. For the arithmetic mean the part is
weight × score. Where the aggregation is not a mean, the node's score is shared out among its
children in proportion to weight × score.
"""

from __future__ import annotations

import numpy as np

from ..indicators.dataset import Array
from ..indicators.framework import Framework
from .recipe import Recipe
from .tree import Tree, before_blocks, mean_at

ADJUSTMENT = "adjustment"
"""Code of the part that rounding, or the cap at 0 and 100, adds to the indicators' parts."""


def contributions(framework: Framework, tree: Tree, recipe: Recipe) -> Array:
    """Points of the index by indicator.

    Parameters
    ----------
    framework : Framework
    tree : Tree
    recipe : Recipe

    Returns
    -------
    array (n, m + 1)
        Columns in indicator order, the last one the adjustment; each row sums to the index.
    """
    column = {node.code: place for place, node in enumerate(framework.nodes)}
    gains = np.zeros_like(tree.scores)
    gains[:, 0] = 1.0
    for node in framework.nodes:
        if node.indicator is not None:
            continue
        slope = mean_at(framework, node, recipe).slope
        at, top = column[node.code], before_blocks(framework, node, tree.scores, column)
        for child in framework.children(node.code):
            place = column[child.code]
            if child.block != "index":
                sign = 1.0 if child.block == "bonus" else -1.0
                gains[:, place] = gains[:, at] * sign * child.points / 100.0
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                gain = tree.shares[:, place] * slope(tree.entered[:, place])
                gain = gain / slope(top)
            gains[:, place] = gains[:, at] * np.where(np.isfinite(gain), gain, 0.0)
    leaves = [column[code] for code in framework.codes]
    parts = gains[:, leaves] * np.nan_to_num(tree.entered[:, leaves])
    rest = tree.scores[:, 0] - parts.sum(axis=1)
    negligible = np.abs(rest) <= 1e-9
    return np.column_stack([parts, np.where(negligible, 0.0, np.nan_to_num(rest))])
