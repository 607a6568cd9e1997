"""Scoring: a recipe applied to a dataset."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, Issue, Location
from ..indicators.dataset import Array, Dataset
from .assessment import Assessment
from .levels import grade
from .ranking import rank
from .recipe import Recipe
from .ruler import Ruler, fit, measure
from .tree import Tree, aggregate_tree


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
    RecipeError
        If the recipe names weights or levels that the framework does not have.
    """
    recipe = recipe or Recipe()
    if recipe.impute == "refuse":
        _refuse_missing(dataset)
    level_set = dataset.framework.level_set(recipe.levels)
    ruler = ruler or fit(dataset, recipe)
    normalised = measure(dataset, recipe, ruler)
    if recipe.impute == "zero":
        missing = np.isnan(dataset.values) & ~dataset.not_applicable
        normalised = np.where(missing, 0.0, normalised)
    tree = aggregate_tree(
        dataset.framework, normalised, dataset.not_applicable, ruler.weights, recipe
    )
    return Assessment(
        dataset=dataset,
        recipe=recipe,
        ruler=ruler,
        normalised=normalised,
        tree=tree,
        grades=grade(dataset, tree, ruler.weights, level_set),
        rank_array=_ranks(tree.scores[:, 0], dataset.years),
        issues=dataset.issues + tuple(_findings(dataset, recipe, ruler, tree)),
    )


def _ranks(scores: Array, years: tuple[int | None, ...]) -> NDArray[np.int64]:
    ranks = np.zeros(len(scores), dtype=np.int64)
    for year in set(years):
        rows = [row for row, of_row in enumerate(years) if of_row == year]
        ranks[rows] = rank(scores[rows])
    return ranks


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
    return Issue("error", "assess.missing_refused", place, dataset.cities[row], code)


def _findings(dataset: Dataset, recipe: Recipe, ruler: Ruler, tree: Tree) -> Iterator[Issue]:
    if recipe.normalise != "goalposts":
        yield Issue("flagged", "assess.relative", fields={"method": recipe.normalise})
    elif ruler.relative:
        codes = dataset.framework.codes
        without = [c for c, m in zip(codes, ruler.methods, strict=True) if m == ruler.relative]
        yield Issue("flagged", "assess.no_scale", fields={"codes": ", ".join(without)})
    if recipe.impute == "zero":
        filled = int((np.isnan(dataset.values) & ~dataset.not_applicable).sum())
        if filled:
            yield Issue("flagged", "assess.missing_zero", fields={"count": filled})
    raised = tree.entered[tree.entered > np.nan_to_num(tree.scores, nan=np.inf)]
    if raised.size:
        fields = {"count": raised.size, "floor": float(raised.max())}
        yield Issue("flagged", "assess.floored", fields=fields)
