"""Scoring: a recipe applied to a dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ..errors import InputError, Issue, Location, RecipeError
from ..indicators.dataset import Dataset
from .aggregate import METHODS as AGGREGATIONS
from .aggregate.aggregate import keeps_marks
from .assessment import Assessment
from .judged import JUDGED
from .judged_findings import judged_findings, judged_parts
from .levels import grade
from .node_scale import NEEDS_POSITIVE, is_relative
from .normalise.matrix import Mask
from .prepare import prepare
from .ranking import rank_by_year
from .recipe import Recipe
from .relativity import relative_findings
from .ruler import UNBOUNDED, Ruler, fit, measure, zero_scored
from .spread import spread_of
from .tree import Tree, aggregate_tree, samples_of

_NOISE = 1e-9
_NAMED = 5
"""Scores named in a finding about many."""


def score(dataset: Dataset, recipe: Recipe | None = None, ruler: Ruler | None = None) -> Assessment:
    """Score every city of a dataset.

    Parameters
    ----------
    dataset : Dataset
    recipe : Recipe, optional
        The framework's goalposts, weights and arithmetic means unless given.
    ruler : Ruler, optional
        Of an earlier assessment, to measure these cities by the same marks.

    Returns
    -------
    Assessment

    Raises
    ------
    InputError
        If the recipe refuses missing values and there are some.
    MethodError
        If the values do not meet the preconditions of one of the recipe's methods.
    RecipeError
        If the recipe names weights or levels that the framework does not have; or, with a ruler,
        an aggregation that only ranks the cities of one table among each other.
    """
    recipe = recipe or Recipe()
    recipe.check_nodes(dataset.framework)
    if ruler:
        _refuse_without_marks(recipe)
    prepared = prepare(dataset, recipe, ruler.prepared if ruler else None)
    given = dataset if recipe.prepares else None
    ruler = ruler or replace(fit(prepared.dataset, recipe), prepared=prepared.fitted)
    found = score_prepared(prepared.dataset, recipe, ruler, given)
    if prepared.draws is None:
        return found
    return replace(found, spread=spread_of(found, prepared.draws))


def score_prepared(
    dataset: Dataset, recipe: Recipe, ruler: Ruler, given: Dataset | None = None
) -> Assessment:
    """Score a dataset whose values have been prepared, on a fitted ruler.

    Parameters
    ----------
    dataset : Dataset
        As `prepare` leaves it.
    recipe : Recipe
    ruler : Ruler
    given : Dataset, optional
        What it was prepared from.

    Returns
    -------
    Assessment
    """
    if recipe.impute == "refuse":
        _refuse_missing(dataset)
    level_set = dataset.framework.level_set(recipe.levels)
    normalised = zero_scored(dataset, recipe, measure(dataset, recipe, ruler))
    tree = aggregate_tree(
        dataset.framework,
        normalised,
        dataset.not_applicable,
        ruler.weights,
        recipe,
        dataset.cities,
        _filled_in(dataset, recipe),
        ruler.samples,
    )
    samples = ruler.samples or samples_of(dataset.framework, tree, recipe)
    return Assessment(
        dataset=dataset,
        recipe=recipe,
        ruler=replace(ruler, samples=samples),
        normalised=normalised,
        tree=tree,
        grades=grade(dataset, tree, ruler.weights, level_set),
        rank_array=rank_by_year(tree.scores[:, 0], dataset.years),
        issues=dataset.issues + tuple(_findings(dataset, recipe, ruler, tree)),
        given=given,
    )


def _filled_in(dataset: Dataset, recipe: Recipe) -> Mask | None:
    """Values that count but were not observed."""
    if recipe.impute == "zero":
        return np.asarray(np.isnan(dataset.values) & ~dataset.not_applicable)
    return dataset.imputed


def _refuse_without_marks(recipe: Recipe) -> None:
    for method in recipe.aggregations:
        relative = is_relative(method, recipe.options_of("aggregate", method))
        if relative and not keeps_marks(method):
            known = ", ".join(name for name in AGGREGATIONS if keeps_marks(name))
            raise RecipeError("aggregate.no_sample", method=method, known=known)


def _refuse_missing(dataset: Dataset) -> None:
    missing = np.argwhere(np.isnan(dataset.values) & ~dataset.not_applicable)
    issues = [
        _missing_issue(dataset, int(row), dataset.framework.codes[col]) for row, col in missing
    ]
    if issues:
        raise InputError([*dataset.issues, *issues])


def _missing_issue(dataset: Dataset, row: int, code: str) -> Issue:
    origin = dataset.origins.get((row, code))
    place = origin.location if origin else Location()
    year = dataset.years[row]
    return Issue("error", "assess.missing_refused", place, dataset.cities[row], code, year=year)


def _findings(dataset: Dataset, recipe: Recipe, ruler: Ruler, tree: Tree) -> Iterator[Issue]:
    yield from relative_findings(recipe)
    judged = judged_parts(ruler.weighing)
    if judged or recipe.weigh in JUDGED:
        yield from judged_findings(dataset.framework, judged)
    if recipe.normalise in UNBOUNDED and dataset.framework.level_sets:
        yield Issue("flagged", "assess.not_hundred", fields={"method": recipe.normalise})
    if recipe.normalise == "goalposts" and ruler.relative:
        codes = dataset.framework.codes
        without = [c for c, m in zip(codes, ruler.methods, strict=True) if m == ruler.relative]
        yield Issue("flagged", "assess.no_scale", fields={"codes": ", ".join(without)})
    if recipe.impute == "zero":
        filled = int((np.isnan(dataset.values) & ~dataset.not_applicable).sum())
        if filled:
            yield Issue("flagged", "assess.missing_zero", fields={"count": filled})
    for node, (agreement, bound) in tree.bounds.items():
        if bound - agreement > _NOISE * max(1.0, bound):
            shares = {"agreement": f"{agreement / bound:.2%}", "node": node}
            yield Issue("flagged", "assess.inexact", fields=shares)
    raised = tree.entered > np.nan_to_num(tree.scores, nan=np.inf)
    if raised.any():
        words = _lowest(dataset, tree, raised)
        floor = float(tree.entered[raised].max())
        yield Issue("flagged", "assess.floored", fields={**words, "floor": floor})
    for method, raised in _raised(dataset, recipe, tree).items():
        words = {**_lowest(dataset, tree, raised), "floor": recipe.floor, "method": method}
        yield Issue("flagged", "assess.floored_method", fields=words)


def _raised(dataset: Dataset, recipe: Recipe, tree: Tree) -> dict[str, Mask]:
    """Which scores methods that need positive ones raised to the floor, by method."""
    framework = dataset.framework
    column = {node.code: place for place, node in enumerate(framework.nodes)}
    found: dict[str, Mask] = {}
    for node in framework.inner_nodes():
        method = recipe.aggregate_at(framework, node)
        if method in NEEDS_POSITIVE:
            places = [column[c.code] for c in framework.children(node.code) if c.block == "index"]
            raised = found.setdefault(method, np.zeros(tree.scores.shape, dtype=bool))
            raised[:, places] = tree.scores[:, places] < recipe.floor
    return {method: raised for method, raised in found.items() if raised.any()}


def _lowest(dataset: Dataset, tree: Tree, cells: Mask) -> dict[str, object]:
    """How many scores are marked, and whose are the lowest."""
    several = len(set(dataset.years)) > 1
    names = [
        f"{city} {year}" if several else city
        for city, year in zip(dataset.cities, dataset.years, strict=True)
    ]
    codes = [node.code for node in dataset.framework.nodes]
    places = np.argwhere(cells).tolist()
    told = sorted((float(tree.scores[row, at]), names[row], codes[at]) for row, at in places)
    shown = [f"{name} {code} = {score:.4g}" for score, name, code in told[:_NAMED]]
    more = ["…"] if len(told) > _NAMED else []
    return {"count": len(told), "cells": "; ".join([*shown, *more])}
