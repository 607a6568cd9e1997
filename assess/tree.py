"""From indicator scores up the tree to the index, reweighting what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from ..indicators.dataset import Array
from ..indicators.framework import Framework, Node, Rounding
from .aggregate.aggregate import keeps_marks
from .means import MEANS, Mean, mean
from .node_scale import is_relative, node_outcome
from .ranking import comparable
from .recipe import MEANS as WITH_GENERATOR
from .recipe import Recipe

LEAST = 1e-9
"""Where means are taken for their slope."""


@dataclass(frozen=True)
class Tree:
    """Scores, coverage and shares at every node; columns in the framework's node order.

    Parameters
    ----------
    scores : array (n, k)
        0–100; NaN where nothing under the node was observed.
    coverage : array (n, k)
        Observed share of the applicable weight under the node, 0–1.
    shares : array (n, k)
        Weight of the node within its parent after reweighting what is missing; 0 where the node
        is missing. Under a parent whose aggregation is not a mean, in proportion to that, so
        that Σ share × score is the parent's score.
    entered : array (n, k)
        The score as it entered the parent's mean: floored where the mean needs positive scores.
    reached : array (n, k)
        The score before bonus, deduction and rounding.
    bounds : mapping from node code to (agreement, bound)
        Of nodes aggregated by a search: what the order found agrees with, and what none exceeds.
    """

    scores: Array
    coverage: Array
    shares: Array
    entered: Array
    reached: Array
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def rows(self, keep: Sequence[int]) -> Tree:
        """The same for the rows of these positions, in this order; `bounds` of all."""
        chosen = list(keep)
        return Tree(
            self.scores[chosen],
            self.coverage[chosen],
            self.shares[chosen],
            self.entered[chosen],
            self.reached[chosen],
            self.bounds,
        )


def aggregate_tree(
    framework: Framework,
    normalised: Array,
    not_applicable: np.ndarray,
    weights: Mapping[str, float],
    recipe: Recipe,
    cities: Sequence[str] | None = None,
    imputed: np.ndarray | None = None,
    samples: Mapping[str, Array] | None = None,
) -> Tree:
    """Aggregate normalised scores from the leaves to the index.

    Parameters
    ----------
    framework : Framework
    normalised : array (n, m)
        Indicator scores 0–100; NaN = missing.
    not_applicable : bool array (n, m)
    weights : mapping from code to local weight
        Siblings sum to 1.
    recipe : Recipe
    cities : sequence of str, length n, optional
        What errors call the rows.
    imputed : bool array (n, m), optional
        Scores of values that were filled in: they count, but not as observed.
    samples : mapping from node code to array (s, c), optional
        Scores of the children of nodes by whose marks these cities are measured.

    Returns
    -------
    Tree

    Raises
    ------
    MethodError
        A node's aggregation cannot take its children's scores.
    """
    column = {node.code: k for k, node in enumerate(framework.nodes)}
    shape = (len(normalised), len(framework.nodes))
    scores, shares = np.full(shape, np.nan, order="F"), np.zeros(shape, order="F")
    observed, applicable = np.zeros(shape, order="F"), np.zeros(shape, order="F")
    leaves = [column[code] for code in framework.codes]
    scores[:, leaves] = _rounded(normalised, framework.rounding, "dimensions")
    observed[:, leaves] = ~np.isnan(normalised)
    if imputed is not None:
        observed[:, leaves] *= ~imputed
    applicable[:, leaves] = ~not_applicable
    entered, reached = scores.copy(order="F"), scores.copy(order="F")
    bounds: dict[str, tuple[float, float]] = {}
    for node in framework.inner_nodes():
        children = [c for c in framework.children(node.code) if c.block == "index"]
        places = [column[child.code] for child in children]
        local = np.array([weights[child.code] for child in children])
        at = column[node.code]
        observed[:, at] = observed[:, places] @ local
        applicable[:, at] = applicable[:, places] @ local
        mean_here = mean_at(framework, node, recipe)
        entered[:, places] = _entered(scores[:, places], mean_here, recipe)
        shares[:, places] = _reweighted(scores[:, places], local)
        value = _mean_of(mean_here, entered[:, places], shares[:, places])
        method = recipe.aggregate_at(framework, node)
        if method not in WITH_GENERATOR:
            options, codes = recipe.options_of("aggregate", method), [c.code for c in children]
            given = scores[:, places]
            sample = (samples or {}).get(node.code) if keeps_marks(method) else None
            found, details = node_outcome(
                method, given, local, options, codes, cities, recipe.floor, sample
            )
            if "bound" in details:
                bounds[node.code] = float(details["agreement"]), float(details["bound"])
            shares[:, places] *= _per_point(found, value)[:, None]
            value = found
        reached[:, at] = value
        value = _with_blocks(framework, node, value, scores, column)
        scores[:, at] = entered[:, at] = _rounded(value, framework.rounding, framework.tier(node))
    with np.errstate(invalid="ignore"):
        coverage = np.where(applicable > 0, observed / applicable, 1.0)
    return Tree(scores, np.clip(coverage, 0.0, 1.0), shares, entered, reached, bounds)


def samples_of(framework: Framework, tree: Tree, recipe: Recipe) -> Mapping[str, Array]:
    """Scores of the children of each node whose aggregation is relative, by the node's code."""
    column = {node.code: place for place, node in enumerate(framework.nodes)}
    samples = {}
    for node in framework.inner_nodes():
        method = recipe.aggregate_at(framework, node)
        if is_relative(method, recipe.options_of("aggregate", method)):
            places = [column[c.code] for c in framework.children(node.code) if c.block == "index"]
            samples[node.code] = tree.scores[:, places]
    return samples


def mean_at(framework: Framework, node: Node, recipe: Recipe) -> Mean:
    """The mean by which an inner node's score is shared out among its children.

    The recipe's own; the arithmetic mean where the recipe's aggregation is not a mean.
    """
    name = recipe.aggregate_at(framework, node)
    return mean(name, recipe.exponent) if name in WITH_GENERATOR else MEANS["arithmetic"]


def blocks_of(framework: Framework, node: Node) -> list[Node]:
    """Bonus and deduction below a node."""
    return [child for child in framework.children(node.code) if child.block != "index"]


def before_blocks(
    framework: Framework, node: Node, scores: Array, column: Mapping[str, int]
) -> Array:
    """Scores of a node without the points of bonus and deduction: where its mean has its slope.

    Parameters
    ----------
    framework : Framework
    node : Node
    scores : array (n, k)
        Of every node.
    column : mapping from node code to its column

    Returns
    -------
    array (n,)
        Where the score was capped, what the cap took is missing here too; never below a billionth.
    """
    value: Array = scores[:, column[node.code]]
    blocks = blocks_of(framework, node)
    for block in blocks:
        sign = 1.0 if block.block == "bonus" else -1.0
        given = np.nan_to_num(scores[:, column[block.code]])
        value = value - sign * block.points * given / 100.0
    return np.maximum(value, LEAST) if blocks else value


def is_mean_at(framework: Framework, node: Node, recipe: Recipe) -> bool:
    """Whether the recipe uses a mean at an inner node, whose parts add up by themselves."""
    return recipe.aggregate_at(framework, node) in WITH_GENERATOR


def _per_point(found: Array, average: Array) -> Array:
    """Points of the node's score for each point of its children's arithmetic mean."""
    there = ~np.isnan(found) & ~np.isnan(average) & (average != 0)
    ratio: Array = np.divide(found, average, where=there, out=np.ones_like(found))
    return ratio


def _entered(scores: Array, mean_here: Mean, recipe: Recipe) -> Array:
    if mean_here.bears_negative:
        return scores
    raised: Array = np.maximum(scores, recipe.floor if mean_here.needs_positive else 0.0)
    return raised


def _reweighted(scores: Array, local: Array) -> Array:
    present = np.where(np.isnan(scores), 0.0, local)
    total = present.sum(axis=1, keepdims=True)
    shares: Array = np.divide(present, total, where=total > 0, out=np.zeros_like(present))
    return shares


def _mean_of(mean_here: Mean, scores: Array, shares: Array) -> Array:
    value = mean_here.of(np.where(shares > 0, scores, 1.0), shares)
    return np.where(shares.sum(axis=1) > 0, value, np.nan)


def _with_blocks(
    framework: Framework, node: Node, value: Array, scores: Array, column: Mapping[str, int]
) -> Array:
    blocks = [c for c in framework.children(node.code) if c.block != "index"]
    if not blocks:
        return value
    for block in blocks:
        sign = 1.0 if block.block == "bonus" else -1.0
        given = np.nan_to_num(scores[:, column[block.code]], nan=0.0)
        value = value + sign * block.points * given / 100.0
    return np.clip(value, 0.0, 100.0)


def _rounded(values: Array, rounding: Rounding | None, place: str) -> Array:
    wanted = {
        "all": ("dimensions", "goals", "index"),
        "goals": ("goals", "index"),
        "index": ("index",),
    }
    if rounding is None or place not in wanted[rounding.nodes]:
        return values
    return round_half_up(values, rounding.decimals)


def round_half_up(values: Array, decimals: int) -> Array:
    """Decimal rounding with halves away from zero, as spreadsheets and officials round.

    A value is taken at 8 decimals, as ranks and levels take it, so that float noise never decides
    a half.

    Examples
    --------
    >>> round_half_up(np.array([2.675, 2.665, 2.4999999999999996]), 2).tolist()
    [2.68, 2.67, 2.5]
    """
    step = Decimal(1).scaleb(-decimals)

    def one(value: float) -> float:
        if not np.isfinite(value):
            return value
        return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP))

    return np.vectorize(one, otypes=[np.float64])(comparable(values)) if values.size else values
