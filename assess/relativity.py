"""Which steps of a recipe make a city's result hang on who else is in the table."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import Method
from ..errors import Issue
from ..weights import METHODS as WEIGHINGS
from .impute import METHODS as IMPUTATIONS
from .node_scale import is_relative
from .normalise import METHODS as NORMALISATIONS
from .recipe import Recipe
from .treat import METHODS as TREATMENTS

_CODES = {
    "impute": "assess.relative_impute",
    "treat": "assess.relative_treat",
    "normalise": "assess.relative",
    "weigh": "assess.relative_weigh",
}


def relative_findings(recipe: Recipe) -> Iterator[Issue]:
    """One finding for each relative method of a recipe.

    Examples
    --------
    >>> [found.fields["method"] for found in relative_findings(Recipe(weigh="entropy"))]
    ['entropy']
    >>> list(relative_findings(Recipe()))
    []
    """
    for step, method in _methods(recipe):
        if method.relative:
            yield Issue("flagged", _CODES[step], fields={"method": method.name})
    for name in recipe.aggregations:
        if is_relative(name, recipe.options_of("aggregate", name)):
            yield Issue("flagged", "assess.relative_aggregate", fields={"method": name})


def _methods(recipe: Recipe) -> Iterator[tuple[str, Method]]:
    yield "impute", IMPUTATIONS[recipe.impute]
    yield "treat", TREATMENTS[recipe.treat]
    if recipe.normalise != "goalposts":
        yield "normalise", NORMALISATIONS[recipe.normalise]
    if recipe.weigh in WEIGHINGS:
        yield "weigh", WEIGHINGS[recipe.weigh]
    if recipe.weigh == "combine":
        parts = recipe.options_of("weigh", "combine")["of"]
        yield from (("weigh", WEIGHINGS[name]) for name in parts if name in WEIGHINGS)
