"""The recipe: how a dataset is turned into scores, frozen and written as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from ..errors import RecipeError
from ..indicators.framework import Framework, Node
from .normalise import METHODS as NORMALISATIONS

IMPUTATIONS = ("reweight", "zero", "refuse")
SCALINGS = ("goalposts", "minmax", "zscore", "rank", "percentile")
MEANS = ("arithmetic", "geometric", "harmonic", "power")
FRAMEWORK_WEIGHTS = "framework"
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "minmax": {"to": (0.0, 100.0), "constant": 50.0},
    "zscore": {"mean": 50.0, "deviation": 10.0, "constant": 50.0},
    "rank": {"to": (0.0, 100.0)},
    "percentile": {"to": (0.0, 100.0)},
}
_KINDS: Mapping[str, Any] = {
    "aggregate": str | Mapping,
    "options": Mapping,
    "floor": int | float,
    "exponent": int | float,
    "seed": int,
}


@dataclass(frozen=True)
class Recipe:
    """Configuration of a scoring, one field a step.

    Parameters
    ----------
    impute : str
        ``reweight`` shares a missing weight among the siblings, ``zero`` scores a value that
        was not reported as 0, ``refuse`` stops.
    treat : str
        Treatment of outliers; ``none``.
    normalise : str
        ``goalposts`` keeps the framework's scales; any other name of the catalogue
        replaces them for every indicator and makes scores depend on who is in the table.
    weigh : str
        ``framework``, ``equal``, or a preset of the framework.
    aggregate : str or mapping
        One mean for all nodes, or a mapping from ``index``, ``goals``, ``dimensions`` or a node's
        code to a mean.
    levels : str
        Name of a level set; ``default`` is the framework's first.
    options : mapping from step to its method's options
        For example ``{"normalise": {"to": (1, 100)}}``.
    floor : float
        Scores below it are raised to it where a mean needs positive scores.
    exponent : float
        Exponent of the power mean.
    seed : int
        For steps that draw random numbers.

    Raises
    ------
    RecipeError
        If a method, option or field is unknown, or steps do not go together.

    Examples
    --------
    >>> Recipe().but(aggregate="geometric").aggregate
    'geometric'
    """

    impute: str = "reweight"
    treat: str = "none"
    normalise: str = "goalposts"
    weigh: str = FRAMEWORK_WEIGHTS
    aggregate: str | Mapping[str, str] = "arithmetic"
    levels: str = "default"
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    floor: float = 1.0
    exponent: float = 2.0
    seed: int = 0

    def __post_init__(self) -> None:
        self._check_kinds()
        _known("impute", self.impute, IMPUTATIONS)
        _known("treat", self.treat, ("none",))
        NORMALISATIONS[self.normalise]
        _known("normalise", self.normalise, SCALINGS)
        NORMALISATIONS.check_options(self.normalise, self.options.get("normalise", {}))
        for step in self.options:
            _known("options", step, ("normalise",))
        for name in self._means():
            _known("aggregate", name, MEANS)
        self._check_positive()

    def but(self, **changes: Any) -> Recipe:
        """The same recipe with some steps varied."""
        unknown = set(changes) - {f.name for f in fields(self)}
        for name in sorted(unknown):
            _known("recipe", name, [f.name for f in fields(self)])
        return replace(self, **changes)

    def aggregate_at(self, framework: Framework, node: Node) -> str:
        """Name of the mean used at an inner node: by code, else by tier, else arithmetic."""
        if isinstance(self.aggregate, str):
            return self.aggregate
        tier = framework.tier(node)
        return self.aggregate.get(node.code, self.aggregate.get(tier, "arithmetic"))

    @property
    def normalise_options(self) -> dict[str, Any]:
        """Options of the normalisation, those of scoring on 0–100 unless given otherwise."""
        return {**_DEFAULTS.get(self.normalise, {}), **self.options.get("normalise", {})}

    def to_json(self) -> str:
        """The recipe as JSON, keys in order."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """A recipe from JSON, fields that are absent at their defaults.

        Raises
        ------
        RecipeError
            If the text is not a JSON object or holds what a recipe does not have.
        """
        try:
            found = json.loads(text)
        except ValueError as error:
            raise RecipeError("recipe.not_json", reason=str(error)) from error
        if not isinstance(found, dict):
            raise RecipeError("recipe.not_json", reason="not an object")
        return cls().but(**found)

    def _means(self) -> list[str]:
        one = isinstance(self.aggregate, str)
        return [self.aggregate] if one else list(self.aggregate.values())  # type: ignore

    def _check_kinds(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            inside = value.values() if isinstance(value, Mapping) else ()
            wanted = Mapping if one.name == "options" else str
            whole = isinstance(value, _KINDS.get(one.name, str))
            if not whole or not all(isinstance(part, wanted) for part in inside):
                raise RecipeError("recipe.wrong_kind", field=one.name, value=value)

    def _check_positive(self) -> None:
        if not 0 < self.floor < float("inf"):
            raise RecipeError("recipe.floor", floor=self.floor)
        needs = {"geometric", "harmonic"} & set(self._means())
        centre = self.normalise_options.get("mean", 50.0)
        if needs and self.normalise == "zscore" and centre <= 0:
            raise RecipeError("recipe.needs_positive", mean=min(needs), centre=centre)


def _known(step: str, name: str, known: Any) -> None:
    if name not in known:
        raise RecipeError("recipe.unknown", step=step, name=name, known=", ".join(known))
