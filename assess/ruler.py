"""The ruler: everything fitted, so that a city added later is measured by the same marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..errors import RecipeError
from ..indicators.dataset import Array, Dataset
from ..indicators.framework import Framework
from ..indicators.indicator import Indicator
from ..indicators.local_weights import local_weights
from .normalise import MODULES
from .normalise.matrix import naming
from .recipe import FRAMEWORK_WEIGHTS, Recipe
from .scales import scale

FALLBACK = "minmax"
"""Normalisation of indicators for which the framework gives no scale."""
UNMEASURED = "none"
"""Normalisation of indicators without a scale and without a single value."""


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
    """

    methods: tuple[str, ...]
    fitted: Mapping[str, Array]
    weights: Mapping[str, float]

    @property
    def relative(self) -> str | None:
        """The sample-relative normalisation in use, if any."""
        fixed = ("goalposts", UNMEASURED)
        return next((method for method in self.methods if method not in fixed), None)


def fit(dataset: Dataset, recipe: Recipe) -> Ruler:
    """Learn from a dataset what the recipe needs.

    Returns
    -------
    Ruler

    Raises
    ------
    MethodError
        If an indicator has too few observed values for a sample-relative normalisation; by code.
    """
    framework = dataset.framework
    empty = [bool(column.all()) for column in np.isnan(dataset.values).T]
    methods = tuple(
        _method(indicator, recipe, nothing)
        for indicator, nothing in zip(framework.indicators, empty, strict=True)
    )
    chosen = _fitted_columns(methods)
    fitted: Mapping[str, Array] = {}
    if chosen.any():
        with naming(_codes(framework, chosen), dataset.cities):
            fitted = MODULES[_relative(recipe)].fit(_oriented(framework, dataset.values)[:, chosen])
    return Ruler(methods, fitted, _weights(framework, recipe))


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
                **_relative_options(recipe),
            )
    return scores


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


def _relative_options(recipe: Recipe) -> dict[str, object]:
    if recipe.normalise == "goalposts":
        return Recipe(normalise=FALLBACK).normalise_options
    return recipe.normalise_options


def _oriented(framework: Framework, values: Array) -> Array:
    """Raw values, but closeness to the interval where an interval is best."""
    oriented = values.copy()
    for column, indicator in enumerate(framework.indicators):
        if indicator.direction == "target" and indicator.scale:
            oriented[:, column] = scale(indicator, values[:, column])
    return oriented


def _weights(framework: Framework, recipe: Recipe) -> Mapping[str, float]:
    presets = [preset.name for preset in framework.presets]
    known = [FRAMEWORK_WEIGHTS, "equal", *(name for name in presets if name != "equal")]
    if recipe.weigh not in known:
        raise RecipeError("recipe.unknown_weights", name=recipe.weigh, known=", ".join(known))
    return local_weights(framework, None if recipe.weigh == FRAMEWORK_WEIGHTS else recipe.weigh)
