"""The recipe: how a dataset is turned into scores, frozen and written as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from ..catalogue import nearest
from ..errors import RecipeError
from ..indicators.framework import Framework, Node
from ..indicators.reading.policies import Policies
from ..weights import METHODS as WEIGHINGS
from .aggregate import METHODS as AGGREGATIONS
from .impute import METHODS as IMPUTATIONS
from .normalise import METHODS as NORMALISATIONS
from .recipe_kinds import FIELDS, check_options
from .treat import METHODS as TREATMENTS

STEPS = ("impute", "treat", "normalise", "weigh", "aggregate")
TIERS = ("index", "goals", "dimensions")
MEANS = ("arithmetic", "geometric", "harmonic", "power")
"""Aggregations with a generator: their parts and gaps add up exactly."""
GAPS = ("reweight", "zero", "refuse")
"""Imputations that leave the values as they are."""
OF_YEARS = ("latest", "linear", "constant")
"""Imputations from a city's other years."""
FRAMEWORK_WEIGHTS = "framework"
LEAST_FLOOR = 1e-6
LEAST_EXPONENT, LARGEST_EXPONENT = 0.001, 50
"""Beyond them powers of scores overflow, or lose their digits; 0 is the geometric mean."""
COMBINED = "of"
"""Option of the weighing ``combine``: the names of what is combined."""
_DEFAULTS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "normalise": {
        "minmax": {"to": (0.0, 100.0), "constant": 50.0},
        "zscore": {"mean": 50.0, "deviation": 10.0, "constant": 50.0},
        "rank": {"to": (0.0, 100.0)},
        "percentile": {"to": (0.0, 100.0)},
    },
    "weigh": {"entropy": {"zeros": "limit"}, "combine": {COMBINED: ("framework", "entropy")}},
    "aggregate": {"fuzzy": {"scale": (0.0, 100.0)}, "ampi": {"low": 0.0, "high": 100.0}},
}
"""What differs from the methods' own defaults, so that they fit scores of 0–100."""
_RESHAPING = ("log", "boxcox", "skewness")


@dataclass(frozen=True)
class Recipe:
    """Configuration of a scoring, one field a step.

    Parameters
    ----------
    denominate : mapping from indicator code to auxiliary code
        What totals are divided by, such as a population.
    screen : float
        Cities that report a smaller share of the indicators are left out, 0–1.
    impute : str
        ``reweight`` shares a missing weight among the siblings, ``zero`` scores a value that
        was not reported as 0, ``refuse`` stops; the others of the catalogue fill it in.
    treat : str
        Treatment of outliers. What reshapes a column (``log``, ``boxcox``, ``skewness``) needs
        another normalisation than ``goalposts``.
    normalise : str
        ``goalposts`` keeps the framework's scales; any other name of the catalogue
        replaces them for every indicator and makes scores depend on who is in the table.
    weigh : str
        ``framework``, ``equal``, a preset of the framework, or a weighting of the catalogue: by
        the normalised scores, or by the judgements that came with the data.
    aggregate : str or mapping
        One aggregation for all nodes, or a mapping from ``index``, ``goals``, ``dimensions`` or a
        node's code to one. What is not a mean is put on 0–100; see `node_scale`.
    levels : str
        Name of a level set; ``default`` is the framework's first.
    reading : mapping from policy to choice
        How doubtful cells are read; see `indicators.reading.policies`.
    options : mapping from step to its method's options
        For example ``{"normalise": {"to": (1, 100)}}``; with several aggregations,
        ``{"aggregate": {"vikor": {"v": 0.3}}}``; of what ``combine`` combines, ``{"weigh": {"of":
        ("ahp", "entropy"), "entropy": {"zeros": "refuse"}}}``.
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
    denominate: Mapping[str, str] = field(default_factory=dict)
    screen: float = 0.0
    reading: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    floor: float = 1.0
    exponent: float = 2.0
    seed: int = 0

    def __post_init__(self) -> None:
        self._check_kinds()
        for step in self.options:
            _known("options", step, STEPS)
        self._check_methods()
        self._check_positive()
        if self.reading:
            Policies.of(self.reading)
        if self.normalise == "goalposts" and self.treat in _RESHAPING:
            raise RecipeError("recipe.reshaped", treat=self.treat)
        if not 0 <= self.screen <= 1:
            raise RecipeError("recipe.screen", screen=self.screen)

    def but(self, **changes: Any) -> Recipe:
        """The same recipe with some steps varied."""
        unknown = set(changes) - {f.name for f in fields(self)}
        for name in sorted(unknown):
            _known("recipe", name, [f.name for f in fields(self)])
        return replace(self, **changes)

    def aggregate_at(self, framework: Framework, node: Node) -> str:
        """Name of the aggregation at an inner node: by code, else by tier, else arithmetic."""
        if isinstance(self.aggregate, str):
            return self.aggregate
        tier = framework.tier(node)
        return self.aggregate.get(node.code, self.aggregate.get(tier, "arithmetic"))

    def check_nodes(self, framework: Framework) -> None:
        """Refuse aggregations for nodes that a framework does not have.

        Raises
        ------
        RecipeError
            Names the nearest node.
        """
        if isinstance(self.aggregate, str):
            return
        inner = [node.code for node in framework.nodes if node.indicator is None]
        known = [*TIERS, *inner]
        for code in self.aggregate:
            if code not in known:
                raise RecipeError("recipe.no_node", code=code, nearest=nearest(code, known))

    @property
    def normalise_options(self) -> dict[str, Any]:
        """Options of the normalisation, those of scoring on 0–100 unless given otherwise."""
        return self.options_of("normalise", self.normalise)

    def options_of(self, step: str, method: str) -> dict[str, Any]:
        """Options of a step's method, those of scoring on 0–100 unless given otherwise."""
        given = self.options.get(step, {})
        if step == "aggregate" and not isinstance(self.aggregate, str):
            given = given.get(method, {})
        return {**_DEFAULTS.get(step, {}).get(method, {}), **given}

    def part(self, name: str) -> Recipe:
        """The same recipe with one of the weightings that ``combine`` combines, and its options."""
        own = self.options.get("weigh", {}).get(name, {})
        return self.but(weigh=name, options={**self.options, "weigh": own})

    @property
    def aggregations(self) -> tuple[str, ...]:
        """Names of all aggregations, each once."""
        one = isinstance(self.aggregate, str)
        names = [self.aggregate] if one else sorted(self.aggregate.values())  # type: ignore
        return tuple(dict.fromkeys(names))

    @property
    def policies(self) -> Policies:
        """How doubtful cells are read."""
        missing = self.impute if self.impute in GAPS else "impute"
        return Policies.of({"missing": missing, **self.reading})

    @property
    def fills_in(self) -> bool:
        """Whether missing values are filled in."""
        return self.impute not in GAPS

    @property
    def fills_from_years(self) -> bool:
        """Whether missing values are filled in from the city's other years."""
        return self.impute in OF_YEARS

    @property
    def prepares(self) -> bool:
        """Whether values are changed, or cities left out, before normalising."""
        return self.fills_in or self.treat != "none" or self.screen > 0 or bool(self.denominate)

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
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            raise RecipeError("recipe.not_json", **place) from error
        except (RecursionError, ValueError) as error:
            raise RecipeError("recipe.beyond_json") from error
        if not isinstance(found, dict):
            raise RecipeError("recipe.not_object")
        return cls().but(**found)

    def _check_methods(self) -> None:
        for step, catalogue in (
            ("impute", IMPUTATIONS),
            ("treat", TREATMENTS),
            ("normalise", NORMALISATIONS),
        ):
            check_options(catalogue, getattr(self, step), self.options.get(step, {}))
        self._check_weighting()
        several = not isinstance(self.aggregate, str)
        for name, given in self.options.get("aggregate", {}).items() if several else ():
            _known("aggregate", name, self.aggregations)
            if not isinstance(given, Mapping):
                raise RecipeError("recipe.wrong_kind", field=f"aggregate.{name}", value=given)
        for name in self.aggregations:
            check_options(AGGREGATIONS, name, self.options_of("aggregate", name))
            if name in MEANS and self.options_of("aggregate", name):
                raise RecipeError("recipe.mean_options", name=name)

    def _check_weighting(self) -> None:
        given = self.options.get("weigh", {})
        if self.weigh not in WEIGHINGS:
            if given:
                raise RecipeError("recipe.weigh_options", name=self.weigh)
            return
        parts = [name for name in given if self.weigh == "combine" and name in WEIGHINGS]
        plain = {name: value for name, value in given.items() if name not in parts}
        check_options(WEIGHINGS, self.weigh, plain)
        for name in parts:
            combined = self.options_of("weigh", "combine")[COMBINED]
            if name not in combined:
                known = ", ".join(combined)
                raise RecipeError("recipe.not_in_combination", name=name, known=known)
            if not isinstance(given[name], Mapping):
                raise RecipeError("recipe.wrong_kind", field=f"weigh.{name}", value=given[name])
            self.part(name)

    def _check_kinds(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not FIELDS[one.name](value):
                raise RecipeError("recipe.wrong_kind", field=one.name, value=value)
        if self.seed < 0:
            raise RecipeError("recipe.seed", seed=self.seed)

    def _check_positive(self) -> None:
        if not LEAST_FLOOR <= self.floor <= 100:
            raise RecipeError("recipe.floor", floor=self.floor, least=LEAST_FLOOR)
        if self.exponent and not LEAST_EXPONENT <= abs(self.exponent) <= LARGEST_EXPONENT:
            ends = {"least": LEAST_EXPONENT, "most": LARGEST_EXPONENT}
            raise RecipeError("recipe.exponent", exponent=self.exponent, **ends)
        needs = {"geometric", "harmonic"} & set(self.aggregations)
        centre = self.normalise_options.get("mean", 50.0)
        if needs and self.normalise == "zscore" and centre <= 0:
            raise RecipeError("recipe.needs_positive", mean=min(needs), centre=centre)


def _known(step: str, name: str, known: Any) -> None:
    if name not in known:
        raise RecipeError("recipe.unknown", step=step, name=name, known=", ".join(known))
