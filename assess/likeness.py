"""Whether two rounds can be compared, and what makes the comparison less than exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..errors import Issue, RecipeError
from ..indicators.dataset import Array
from ..indicators.indicator import Indicator
from .assessment import Assessment


def refuse_unlike(first: Assessment, second: Assessment) -> None:
    """Refuse two assessments whose gap cannot be decomposed.

    Raises
    ------
    RecipeError
        If their trees or their means differ.
    """
    one, two = first.framework, second.framework
    trees = [[(n.code, n.parent, n.block, n.points) for n in f.nodes] for f in (one, two)]
    if trees[0] != trees[1]:
        codes = sorted({node[0] for node in {*trees[0]} ^ {*trees[1]}})
        raise RecipeError(
            "compare.two_trees",
            first=f"{one.name} {one.version}",
            second=f"{two.name} {two.version}",
            codes=", ".join(codes[:12]) or "—",
        )
    for node in one.inner_nodes():
        if _mean(first, node.code) != _mean(second, node.code):
            raise RecipeError("compare.two_means", node=node.code)


def _mean(assessment: Assessment, code: str) -> tuple[object, ...]:
    recipe = assessment.recipe
    name = recipe.aggregate_at(assessment.framework, assessment.framework.node(code))
    return name, recipe.floor, recipe.exponent if name == "power" else None


def unlike(first: Assessment, second: Assessment) -> Iterator[Issue]:
    """What makes part of every gap the method's and not the city's: weights, scales, rulers."""
    weights = first.ruler.weights, second.ruler.weights
    heavier = [c for c in weights[0] if abs(weights[0][c] - weights[1].get(c, 0.0)) > 1e-12]
    if heavier:
        yield flag("two_weights", codes=", ".join(heavier))
    scales = zip(first.framework.indicators, second.framework.indicators, strict=True)
    moved = [one.code for one, two in scales if _scale(one) != _scale(two)]
    if moved:
        yield flag("two_scales", codes=", ".join(moved))
    method = _relative(first) or _relative(second)
    if method:
        yield flag("relative_ruler" if _same_ruler(first, second) else "two_rulers", method=method)


def _scale(indicator: Indicator) -> tuple[object, ...]:
    names = ("direction", "scale", "low", "high", "interval")
    return (*(getattr(indicator, name) for name in names), len(indicator.ladder))


def _relative(assessment: Assessment) -> str | None:
    """The normalisation, else an aggregation, whose marks come from the cities of a table."""
    recipe, ruler = assessment.recipe, assessment.ruler
    nodes = (assessment.framework.node(code) for code in ruler.samples)
    methods = (recipe.aggregate_at(assessment.framework, node) for node in nodes)
    return ruler.relative or next(methods, None)


def _same_ruler(first: Assessment, second: Assessment) -> bool:
    one, two = first.ruler, second.ruler
    states = (one.fitted, two.fitted), (one.samples, two.samples)
    return one.methods == two.methods and all(_same_states(*pair) for pair in states)


def _same_states(one: Mapping[str, Array], two: Mapping[str, Array]) -> bool:
    same = (np.array_equal(one[key], two[key], equal_nan=True) for key in one if key in two)
    return set(one) == set(two) and all(same)


def flag(key: str, **fields: object) -> Issue:
    """A finding about a comparison."""
    return Issue("flagged", f"compare.{key}", fields=fields)
