"""The ruler: everything fitted, so that a city added later is measured by the same marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..errors import RecipeError
from ..indicators.dataset import Array, Dataset
from ..indicators.framework import Framework
from ..indicators.indicator import Indicator
from ..indicators.local_weights import local_weights
from ..weights.weights import Weights
from .combined import combined_weights
from .data_weights import FITTED, data_weights
from .judged import JUDGED, given_judgements, judged_weights
from .normalise import MODULES
from .normalise.matrix import naming
from .prepare import Fitted
from .recipe import FRAMEWORK_WEIGHTS, Recipe
from .scales import bounds, scale

FALLBACK = "minmax"
"""Normalisation of indicators for which the framework gives no scale."""
UNMEASURED = "none"
"""Normalisation of indicators without a scale and without a single value."""
UNBOUNDED = ("zscore", "target", "reference", "vector", "sum")
"""Normalisations whose scores do not run from 0 to 100."""
CLOSENESS = 10
"""Decimals of the closeness to an interval: two values as near must not differ by noise."""
_PER_CENT = ("target", "best", "reference", "vector", "sum")
"""Normalisations whose numbers are shares of something: a score is a hundred times that."""


@dataclass(frozen=True)
class Ruler:
    """Fitted state of a recipe.

    Parameters
    ----------
    methods : tuple of str, length m
        Per indicator: ``goalposts``, the sample-relative normalisation in use, or ``none`` for a
        sample-relative normalisation of an indicator that nobody reported.
    fitted : mapping from state name to array (m,) or longer
        What the sample-relative normalisation learned; empty where all is on goalposts.
    weights : mapping from node code to local weight
        Siblings sum to 1.
    prepared : mapping from step to what it learned
        By which values are filled in and treated.
    weighing : mapping from node code to Weights
        Diagnostics of a weighting by data (under the root's code) or by judgements.
    samples : mapping from node code to array (n, c)
        Scores of the children of each node whose aggregation takes its marks from the cities,
        such as TOPSIS its ideals: later cities are measured by these cities' marks.
    """

    methods: tuple[str, ...]
    fitted: Mapping[str, Array]
    weights: Mapping[str, float]
    prepared: Fitted = field(default_factory=dict)
    weighing: Mapping[str, Weights] = field(default_factory=dict)
    samples: Mapping[str, Array] = field(default_factory=dict)

    @property
    def relative(self) -> str | None:
        """The sample-relative normalisation in use, if any."""
        fixed = ("goalposts", UNMEASURED)
        return next((method for method in self.methods if method not in fixed), None)


def fit(dataset: Dataset, recipe: Recipe) -> Ruler:
    """Learn from a dataset what the recipe needs.

    Parameters
    ----------
    dataset : Dataset
        Prepared; see `prepare`.
    recipe : Recipe

    Returns
    -------
    Ruler

    Raises
    ------
    MethodError
        If an indicator has too few observed values for a sample-relative normalisation, or the
        scores do not meet the weighting's preconditions; by code.
    RecipeError
        If the recipe names weights that the framework does not have, or judgements are missing.
    """
    ruler = marks(dataset, recipe)
    if not computes_weights(recipe):
        return ruler
    if recipe.weigh in JUDGED:
        return _judged(dataset, recipe, ruler)
    scores = zero_scored(dataset, recipe, measure(dataset, recipe, ruler))
    by = combined_weights if recipe.weigh == "combine" else data_weights
    weights, found = by(dataset, scores, recipe)
    return replace(ruler, weights=weights, weighing={dataset.framework.root.code: found})


def computes_weights(recipe: Recipe) -> bool:
    """Whether weights come from scores or judgements instead of being declared."""
    return recipe.weigh in (*FITTED, *JUDGED)


def zero_scored(dataset: Dataset, recipe: Recipe, scores: Array) -> Array:
    """Scores with 0 for what was not reported, where the recipe wants that."""
    if recipe.impute != "zero":
        return scores
    missing = np.isnan(dataset.values) & ~dataset.not_applicable
    return np.where(missing, 0.0, scores)


def _judged(dataset: Dataset, recipe: Recipe, ruler: Ruler) -> Ruler:
    judgements = given_judgements(dataset.judgements, recipe.weigh)
    options = recipe.options_of("weigh", recipe.weigh)
    weights, found = judged_weights(dataset.framework, judgements, recipe.weigh, **options)
    return replace(ruler, weights=weights, weighing=found)


def marks(dataset: Dataset, recipe: Recipe) -> Ruler:
    """The ruler with the weights that do not hang on the scores."""
    framework = dataset.framework
    empty = [bool(column.all()) for column in np.isnan(dataset.values).T]
    methods = tuple(
        _method(indicator, recipe, nothing)
        for indicator, nothing in zip(framework.indicators, empty, strict=True)
    )
    chosen = _fitted_columns(methods)
    fitted: Mapping[str, Array] = {}
    if chosen.any():
        options = _fitting_options(dataset, recipe, chosen)
        with naming(_codes(framework, chosen), dataset.cities):
            oriented = _oriented(framework, dataset.values)[:, chosen]
            fitted = MODULES[_relative(recipe)].fit(oriented, **options)
    return Ruler(methods, fitted, _weights(framework, recipe))


def _fitting_options(dataset: Dataset, recipe: Recipe, chosen: np.ndarray) -> dict[str, Any]:
    """What the normalisation needs to know besides the values: targets, or a city's row."""
    options = _relative_options(recipe)
    if _relative(recipe) == "target":
        given = options.get("targets") or {}
        indicators = [dataset.framework.indicators[at] for at in np.flatnonzero(chosen)]
        targets = [given[i.code] if i.code in given else _target(i) for i in indicators]
        return {"targets": targets}
    if _relative(recipe) != "reference":
        return {}
    unit = options.get("unit", "mean")
    if isinstance(unit, str) and unit not in ("mean", "median"):
        rows = [row for row, city in enumerate(dataset.cities) if city == unit]
        if not rows:
            known = ", ".join(dict.fromkeys(dataset.cities))
            raise RecipeError("recipe.no_reference", city=unit, known=known)
        unit = max(rows, key=lambda row: dataset.years[row] or 0)
    return {"unit": unit}


def _target(indicator: Indicator) -> float:
    """The goalpost to be reached; of a target indicator, closeness 100."""
    if indicator.scale is None:
        raise RecipeError("recipe.no_target", code=indicator.code)
    if indicator.direction == "target":
        return 100.0
    low, high = bounds(indicator)
    return low if indicator.direction == "cost" else high


def measure(dataset: Dataset, recipe: Recipe, ruler: Ruler) -> Array:
    """Indicator scores of a dataset on a ruler.

    Returns
    -------
    array (n, m)
        0–100 on goalposts; NaN = missing.
    """
    framework = dataset.framework
    scores = np.full(dataset.values.shape, np.nan)
    chosen = _fitted_columns(ruler.methods)
    for column in np.flatnonzero([method == "goalposts" for method in ruler.methods]):
        scores[:, column] = scale(framework.indicators[column], dataset.values[:, column])
    if chosen.any():
        signs = np.array([1 if i.direction == "target" else i.sign for i in framework.indicators])
        with naming(_codes(framework, chosen), dataset.cities):
            scores[:, chosen] = MODULES[_relative(recipe)].apply(
                _oriented(framework, dataset.values)[:, chosen],
                ruler.fitted,
                signs[chosen],
                **_applying_options(recipe),
            )
        scores[:, chosen] *= _factor(recipe, ruler)
    return scores


def _applying_options(recipe: Recipe) -> dict[str, Any]:
    options = _relative_options(recipe)
    return {name: value for name, value in options.items() if name not in ("targets", "unit")}


def _factor(recipe: Recipe, ruler: Ruler) -> Array | float:
    """What the normalisation's numbers are multiplied by, so that scores are of 0–100."""
    if _relative(recipe) in _PER_CENT:
        return 100.0
    if _relative(recipe) == "borda":
        count = (~np.isnan(ruler.fitted["reference"])).sum(axis=0)
        return np.asarray(100.0 / np.maximum(count - 1, 1))
    return 1.0


def _fitted_columns(methods: tuple[str, ...]) -> np.ndarray:
    return np.array([method not in ("goalposts", UNMEASURED) for method in methods])


def _codes(framework: Framework, chosen: np.ndarray) -> list[str]:
    return [framework.codes[column] for column in np.flatnonzero(chosen)]


def _method(indicator: Indicator, recipe: Recipe, nothing: bool) -> str:
    if recipe.normalise == "goalposts" and indicator.scale:
        return "goalposts"
    return UNMEASURED if nothing else _relative(recipe)


def _relative(recipe: Recipe) -> str:
    return FALLBACK if recipe.normalise == "goalposts" else recipe.normalise


def _relative_options(recipe: Recipe) -> dict[str, Any]:
    if recipe.normalise == "goalposts":
        return Recipe(normalise=FALLBACK).normalise_options
    return recipe.normalise_options


def _oriented(framework: Framework, values: Array) -> Array:
    """Raw values, but closeness to the interval where an interval is best."""
    oriented = values.copy()
    for column, indicator in enumerate(framework.indicators):
        if indicator.direction == "target" and indicator.scale:
            oriented[:, column] = np.round(scale(indicator, values[:, column]), CLOSENESS)
    return oriented


def _weights(framework: Framework, recipe: Recipe) -> Mapping[str, float]:
    if computes_weights(recipe):
        return local_weights(framework)
    if recipe.weigh == "given":
        return _given(framework, recipe)
    presets = [preset.name for preset in framework.presets]
    known = [FRAMEWORK_WEIGHTS, "equal", *(name for name in presets if name != "equal")]
    if recipe.weigh not in known:
        methods = [*known, "given", *JUDGED, *FITTED]
        raise RecipeError("recipe.unknown_weights", name=recipe.weigh, known=", ".join(methods))
    return local_weights(framework, None if recipe.weigh == FRAMEWORK_WEIGHTS else recipe.weigh)


def _given(framework: Framework, recipe: Recipe) -> Mapping[str, float]:
    """The framework's weights with those of the recipe in their place, by code."""
    given = recipe.options_of("weigh", "given").get("weights")
    if not isinstance(given, Mapping):
        raise RecipeError("recipe.given_weights")
    for code, weight in given.items():
        framework.node(code)
        number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not (number and 0 <= weight < float("inf")):
            raise RecipeError("recipe.given_weight", code=code, weight=weight)
    nodes = tuple(
        replace(node, weight=float(given.get(node.code, node.weight))) for node in framework.nodes
    )
    local = local_weights(replace(framework, nodes=nodes))
    if not any(local[goal.code] > 0 for goal in framework.goals):
        raise RecipeError("recipe.no_weight")
    return local
