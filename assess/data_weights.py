"""Local weights from the data: a weighting of the catalogue read off the normalised scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..errors import RecipeError
from ..indicators.dataset import Array
from ..indicators.framework import Framework
from ..indicators.local_weights import from_global, global_weights, local_weights
from ..weights.weigh import weigh
from ..weights.weights import Weights
from .recipe import COMBINED, FRAMEWORK_WEIGHTS, Recipe
from .tree import aggregate_tree

BY_DATA = (
    "entropy", "critic", "variation", "deviation", "angle", "pca", "merec", "lopcow", "cilos",
    "idocriw", "dea",
)  # fmt: skip
"""Weightings that look at every indicator's scores."""
FITTED = (*BY_DATA, "balance", "combine")
"""Weightings that look at scores at all."""

Found = tuple[Mapping[str, float], Weights]


def data_weights(
    framework: Framework,
    normalised: Array,
    not_applicable: np.ndarray,
    recipe: Recipe,
) -> Found:
    """Local weight of every node by the recipe's weighting.

    The indicators' weights in the index are the method's; a dimension or goal weighs what its
    indicators do together. Cities to which one of them does not apply have no say in it. What
    stands beside the index keeps the framework's weights.

    Parameters
    ----------
    framework : Framework
    normalised : array (n, m)
        Scores; NaN = missing.
    not_applicable : bool array (n, m)
    recipe : Recipe
        Whose weighting is one of `FITTED`.

    Returns
    -------
    (mapping from code to local weight, Weights)
        Siblings sum to 1; the method's diagnostics, over the indicators in the index (the goals
        for ``balance``), which ``details["codes"]`` names.

    Raises
    ------
    MethodError
        The scores do not meet the method's preconditions; the indicators are named.
    RecipeError
        ``combine`` is asked for something that cannot be combined.
    """
    if recipe.weigh == "balance":
        return _balanced(framework, normalised, not_applicable, recipe)
    codes = in_index(framework)
    columns = [framework.codes.index(code) for code in codes]
    # A city to which an indicator does not apply cannot say how far it tells cities apart.
    matrix = normalised[~not_applicable[:, columns].any(axis=1)][:, columns]
    options = recipe.options_of("weigh", recipe.weigh)
    if recipe.weigh == "combine":
        parts = options.pop(COMBINED)
        options["weights"] = [_part(framework, name, matrix, codes) for name in parts]
        found = weigh("combine", names=codes, **options)
    else:
        found = weigh(recipe.weigh, matrix, names=codes, **options)
    overall = dict(zip(codes, found.values.tolist(), strict=True))
    return from_global(framework, overall), _naming(found, codes)


def in_index(framework: Framework) -> list[str]:
    """Codes of the indicators that count in the index."""
    overall = global_weights(framework, local_weights(framework))
    return [code for code in framework.codes if overall[code] > 0]


def _naming(found: Weights, codes: Sequence[str]) -> Weights:
    return Weights(found.method, found.values, {**found.details, "codes": tuple(codes)})


def _part(framework: Framework, name: str, matrix: Array, codes: Sequence[str]) -> Any:
    if name in BY_DATA:
        options = Recipe(weigh=name).options_of("weigh", name)
        return weigh(name, matrix, names=codes, **options).values
    presets = ["equal", *(preset.name for preset in framework.presets)]
    if name not in (FRAMEWORK_WEIGHTS, *presets):
        known = ", ".join(dict.fromkeys((FRAMEWORK_WEIGHTS, *presets, *BY_DATA)))
        raise RecipeError("recipe.not_combined", name=name, known=known)
    local = local_weights(framework, None if name == FRAMEWORK_WEIGHTS else name)
    overall = global_weights(framework, local)
    return np.array([overall[code] for code in codes])


def _balanced(
    framework: Framework, normalised: Array, not_applicable: np.ndarray, recipe: Recipe
) -> Found:
    """Weights of the goals; the framework's say what importance each is wished to have."""
    local = dict(local_weights(framework))
    goals = [goal.code for goal in framework.goals if local[goal.code] > 0]
    tree = aggregate_tree(framework, normalised, not_applicable, local, recipe)
    places = [place for place, node in enumerate(framework.nodes) if node.code in goals]
    codes = [framework.nodes[place].code for place in places]
    wished = [local[code] for code in codes]
    options = {"importance": wished, **recipe.options_of("weigh", "balance")}
    found = weigh("balance", tree.scores[:, places], names=codes, **options)
    local |= dict(zip(codes, found.values.tolist(), strict=True))
    return local, _naming(found, codes)
