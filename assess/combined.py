"""Local weights from several weightings at once: experts', the data's and declared ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..errors import RecipeError
from ..indicators.dataset import Array, Dataset
from ..indicators.framework import Framework
from ..indicators.local_weights import from_global, global_weights, local_weights
from ..weights.weigh import weigh
from ..weights.weights import Weights
from .data_weights import BY_DATA, Found, indicator_weights, naming_codes
from .judged import JUDGED, given_judgements, judged_weights
from .recipe import COMBINED, FRAMEWORK_WEIGHTS, Recipe


def combined_weights(dataset: Dataset, normalised: Array, recipe: Recipe) -> Found:
    """Local weight of every node by a combination of weightings.

    Experts weigh the children of each node, data the indicators: what is combined are the
    indicators' weights in the index, and a node weighs what its indicators do together.

    Parameters
    ----------
    dataset : Dataset
        With judgements, for parts by them.
    normalised : array (n, m)
        Scores; NaN = missing.
    recipe : Recipe
        Its weighting is ``combine``; the option ``of`` names the parts, and an option of a part's
        name holds that part's own options.

    Returns
    -------
    (mapping from code to local weight, Weights)
        Details: those of `steelyard.weights.combine`; ``codes`` of the indicators; ``judged``,
        what a part by judgements found at each node; ``measured``, what parts by data found.

    Raises
    ------
    MethodError
        Scores or judgements do not meet a part's preconditions.
    RecipeError
        A part is none that can be combined, or there are no judgements for it.
    """
    options = recipe.options_of("weigh", "combine")
    parts: Sequence[str] = options.pop(COMBINED)
    options = {name: value for name, value in options.items() if name not in parts}
    framework = dataset.framework
    overall, judged = _known_beforehand(dataset, parts, recipe)
    own = global_weights(framework, local_weights(framework))
    counted = [own, *overall.values()]
    codes = [code for code in framework.codes if any(one[code] > 0 for one in counted)]
    measured = {
        name: indicator_weights(dataset, normalised, recipe.part(name), codes, part=True)
        for name in parts
        if name in BY_DATA
    }
    for name, one in measured.items():
        overall[name] = dict(zip(codes, one.values.tolist(), strict=True))
    vectors = [[overall[name][code] for code in codes] for name in parts]
    found = naming_codes(weigh("combine", names=codes, weights=vectors, **options), codes)
    leaves = dict(zip(codes, found.values.tolist(), strict=True))
    kept = {name: one for name, one in (("judged", judged), ("measured", measured)) if one}
    return from_global(framework, leaves), replace(found, details={**found.details, **kept})


def _known_beforehand(
    dataset: Dataset, parts: Sequence[str], recipe: Recipe
) -> tuple[dict[str, Mapping[str, float]], Mapping[str, Weights]]:
    """Weight of every node in the index by the parts that do not look at the scores."""
    overall: dict[str, Mapping[str, float]] = {}
    judged: Mapping[str, Weights] = {}
    for name in parts:
        if name in JUDGED:
            judgements = given_judgements(dataset.judgements, name)
            options = recipe.part(name).options_of("weigh", name)
            local, judged = judged_weights(dataset.framework, judgements, name, **options)
        elif name not in BY_DATA:
            local = _declared(dataset.framework, name)
        else:
            continue
        overall[name] = global_weights(dataset.framework, local)
    return overall, judged


def _declared(framework: Framework, name: str) -> Mapping[str, float]:
    known = dict.fromkeys((FRAMEWORK_WEIGHTS, "equal", *(one.name for one in framework.presets)))
    if name not in known:
        every = ", ".join((*known, *JUDGED, *BY_DATA))
        raise RecipeError("recipe.not_combined", name=name, known=every)
    return local_weights(framework, None if name == FRAMEWORK_WEIGHTS else name)
