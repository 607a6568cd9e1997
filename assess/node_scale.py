"""Aggregations that are not means, at a node of the tree: their scores put on 0–100.

Where a method's scores have ends of their own, those become 0 and 100; the scores of all others run
from the lowest city (0) to the highest (100).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..indicators.dataset import Array
from .aggregate.aggregate import aggregate
from .recipe import MEANS

_ENDS: Mapping[str, tuple[float, float]] = {
    "topsis": (0.0, 1.0),
    "vikor": (0.0, 1.0),
    "grey": (0.0, 1.0),
    "ranksum": (0.0, 1.0),
    "dea": (0.0, 1.0),
    "promethee": (-1.0, 1.0),
    "mpi": (70.0, 130.0),
    "ampi": (70.0, 130.0),
}
"""Of a Mazziotta–Pareto index the 70 and 130 between which its authors let a part run."""
_AS_THEY_ARE = ("median", "fuzzy", "weightedsummodel", "weightedproductmodel")
"""Their scores of scores on 0–100 are on 0–100 already."""
_MIDDLE = 50.0
NEEDS_POSITIVE = (
    "fullmultiplicativeform",
    "marcos",
    "multimoora",
    "ocra",
    "waspas",
    "weightedproductmodel",
)
"""Aggregations that divide by scores or multiply them."""


def node_scores(method: str, scores: Array, *given: Any) -> Array:
    """Score of every city at a node, 0–100, without the details; see `node_outcome`.

    Examples
    --------
    >>> node_scores("median", np.array([[10.0, 20.0, 90.0]]), np.ones(3) / 3, {}, "ABC").tolist()
    [20.0]
    """
    return node_outcome(method, scores, *given)[0]


def node_outcome(
    method: str,
    scores: Array,
    weights: Array,
    options: Mapping[str, Any],
    children: Sequence[str],
    cities: Sequence[str] | None = None,
    floor: float = 1.0,
    sample: Array | None = None,
) -> tuple[Array, Mapping[str, Any]]:
    """Score of every city at a node, 0–100, and the method's details.

    Parameters
    ----------
    method : str
        A name of the catalogue of aggregations.
    scores : array (n, c)
        Of the node's children; NaN = missing.
    weights : array (c,)
        Local weights.
    options : mapping
        The method's own.
    children : sequence of str, length c
        What errors call them.
    cities : sequence of str, length n, optional
    floor : float
        Scores below it are raised to it where the method needs positive scores.
    sample : array (s, c), optional
        Scores of other cities, by whose marks these are measured.

    Returns
    -------
    scores : array (n,)
        NaN where no child that counts has a score.
    details : mapping
        Empty where nobody has a score.

    Raises
    ------
    MethodError
        The scores do not meet the method's preconditions; children and cities are named.
    """
    if method in NEEDS_POSITIVE:
        scores = np.maximum(scores, floor)
    known = ~np.isnan(scores)
    marks = known if sample is None else ~np.isnan(sample)
    counted = np.flatnonzero(marks.any(axis=0) & (weights > 0))
    found = np.full(len(scores), np.nan)
    rows = np.flatnonzero(known[:, counted].any(axis=1))
    if not rows.size:
        return found, {}
    outcome = aggregate(
        method,
        scores[np.ix_(rows, counted)],
        weights[counted] / weights[counted].sum(),
        sample=None if sample is None else sample[:, counted],
        names=[children[place] for place in counted.tolist()],
        units=None if cities is None else [cities[row] for row in rows.tolist()],
        **options,
    )
    found[rows] = on_hundred(method, outcome.scores)
    return found, outcome.details


def is_relative(method: str, options: Mapping[str, Any]) -> bool:
    """Whether the cities of the table decide what a score at a node is.

    Examples
    --------
    >>> is_relative("vikor", {}), is_relative("median", {})
    (True, False)
    >>> is_relative("ampi", {"low": 0.0, "high": 100.0})
    False
    """
    if method == "ampi":
        return options.get("low") is None or options.get("high") is None
    return method not in (*MEANS, *_AS_THEY_ARE)


def on_hundred(method: str, scores: Array) -> Array:
    """The scores of a method on 0–100.

    Examples
    --------
    >>> on_hundred("promethee", np.array([-1.0, 0.5])).tolist()
    [0.0, 75.0]
    >>> on_hundred("codas", np.array([-2.0, 0.0, 2.0])).tolist()
    [0.0, 50.0, 100.0]
    """
    if method in _AS_THEY_ARE:
        return scores
    low, high = ends(method, scores)
    if low == high:
        return np.where(np.isnan(scores), np.nan, _MIDDLE)
    return 100.0 * (scores - low) / (high - low)


def ends(method: str, scores: Array) -> tuple[float, float]:
    """The scores of a method that become 0 and 100."""
    if method in _ENDS:
        return _ENDS[method]
    known = scores[~np.isnan(scores)]
    most = float(len(known) - 1)
    if method == "copeland":
        return -most, most
    if method == "kemeny":
        return 0.0, most
    return float(known.min()), float(known.max())
