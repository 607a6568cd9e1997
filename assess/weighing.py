"""Weights found for a framework, by judgements or by data, with what is to be known of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..errors import Issue, RecipeError
from ..indicators.dataset import Dataset
from ..indicators.framework import Framework
from ..indicators.judgements import Judgements
from ..indicators.local_weights import global_weights
from ..weights import METHODS
from ..weights.weights import Weights
from .judged import judged_weights
from .judged_findings import judged_findings, judged_parts
from .prepare import prepare
from .recipe import Recipe
from .relativity import relative_findings
from .ruler import fit


@dataclass(frozen=True)
class Weighing:
    """The outcome of weighing.

    Parameters
    ----------
    framework : Framework
    method : str
        A weighting of the catalogue.
    options : mapping
        The method's, as given.
    local : mapping from node code to local weight
        Siblings sum to 1.
    found : mapping from node code to Weights
        Diagnostics: by inner node for judgements, under the root's code for data.
    issues : tuple of Issue
    """

    framework: Framework
    method: str
    options: Mapping[str, Any]
    local: Mapping[str, float]
    found: Mapping[str, Weights]
    issues: tuple[Issue, ...] = ()

    @cached_property
    def overall(self) -> Mapping[str, float]:
        """Weight of every node in the index."""
        return global_weights(self.framework, self.local)

    @property
    def weighed_framework(self) -> Framework:
        """The framework with these weights; its version names the method."""
        nodes = tuple(
            replace(node, weight=self.local[node.code])
            if node.parent is not None and node.block == "index"
            else node
            for node in self.framework.nodes
        )
        version = f"{self.framework.version}+{self.method}"
        return replace(self.framework, nodes=nodes, version=version)


def weigh_judgements(
    framework: Framework,
    judgements: Judgements,
    method: str,
    options: Mapping[str, Any] | None = None,
    issues: Iterable[Issue] = (),
) -> Weighing:
    """Weights by experts' judgements; see `judged_weights`.

    Parameters
    ----------
    framework : Framework
    judgements : Judgements
    method : {"ahp", "bwm", "budget"}
    options : mapping, optional
        The method's.
    issues : iterable of Issue
        What reading them found.
    """
    options = dict(options or {})
    local, found = judged_weights(framework, judgements, method, **options)
    told = (*issues, *judged_findings(framework, found))
    return Weighing(framework, method, options, local, found, told)


def weigh_dataset(dataset: Dataset, recipe: Recipe) -> Weighing:
    """Weights by the scores of a dataset, prepared and normalised as the recipe says.

    Parameters
    ----------
    dataset : Dataset
    recipe : Recipe
        Its `weigh` is the method.

    Raises
    ------
    MethodError
        The scores do not meet the method's preconditions.
    RecipeError
        There is no such weighting.
    """
    prepared = prepare(dataset, recipe, None)
    ruler = fit(prepared.dataset, recipe)
    options = recipe.options.get("weigh", {})
    issues = [*prepared.dataset.issues, *relative_findings(recipe)]
    for found in ruler.weighing.values():
        if found.method == "balance" and not found.details["exact"]:
            words = {"gap": f"{found.details['gap']:.3f}"}
            issues.append(Issue("flagged", "judgement.not_balanced", fields=words))
    method, framework = recipe.weigh, dataset.framework
    if judged := judged_parts(ruler.weighing):
        issues += judged_findings(framework, judged)
    return Weighing(framework, method, options, ruler.weights, ruler.weighing, tuple(issues))


def known_weighting(name: str) -> str:
    """The name, if it is that of a weighting.

    Raises
    ------
    UnknownNameError
        It is not; suggests the nearest.
    """
    return METHODS[name].name


def options_in(settings: Iterable[str]) -> dict[str, Any]:
    """Options of a method in words, ``name=value``; several values are set apart by commas.

    Those of a part that ``combine`` combines are written ``part.name=value``.

    Raises
    ------
    RecipeError
        There is no ``=``.

    Examples
    --------
    >>> options_in(["priority=geometric", "expert_weights=2,1", "of=framework,entropy"])
    {'priority': 'geometric', 'expert_weights': [2, 1], 'of': ['framework', 'entropy']}
    >>> options_in(["of=ahp,entropy", "ahp.priority=geometric"])
    {'of': ['ahp', 'entropy'], 'ahp': {'priority': 'geometric'}}
    """
    options: dict[str, Any] = {}
    for setting in settings:
        name, given, text = setting.partition("=")
        if not given or not name.strip():
            raise RecipeError("judgement.option", setting=setting)
        *above, last = name.strip().split(".")
        inside = options
        for key in above:
            inside = inside.setdefault(key, {})
            if not isinstance(inside, dict):
                raise RecipeError("judgement.option", setting=setting)
        inside[last] = _value(text.strip())
    return options


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (RecursionError, ValueError):
        parts = [part.strip() for part in text.split(",")]
        return [_value(part) for part in parts] if len(parts) > 1 else text
