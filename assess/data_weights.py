"""Local weights from the data: a weighting of the catalogue read off the normalised scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from ..errors import MethodError
from ..indicators.dataset import Array, Dataset
from ..indicators.framework import Framework
from ..indicators.local_weights import from_global, global_weights, local_weights
from ..weights.table import Mask
from ..weights.weigh import weigh
from ..weights.weights import Weights
from .recipe import Recipe
from .tree import aggregate_tree

BY_DATA = (
    "entropy", "critic", "variation", "deviation", "angle", "pca", "merec", "lopcow", "cilos",
    "idocriw", "dea",
)  # fmt: skip
"""Weightings that look at every indicator's scores."""
FITTED = (*BY_DATA, "balance", "combine")
"""Weightings that look at scores at all; for ``combine`` see `combined`."""

Found = tuple[Mapping[str, float], Weights]


def data_weights(dataset: Dataset, normalised: Array, recipe: Recipe) -> Found:
    """Local weight of every node by the recipe's weighting.

    The indicators' weights in the index are the method's; a dimension or goal weighs what its
    indicators do together. Cities to which one of them does not apply have no say in it. What
    stands beside the index keeps the framework's weights.

    Parameters
    ----------
    dataset : Dataset
    normalised : array (n, m)
        Scores; NaN = missing.
    recipe : Recipe
        Whose weighting is one of `BY_DATA`, or ``balance``.

    Returns
    -------
    (mapping from code to local weight, Weights)
        Siblings sum to 1; the method's diagnostics, over the indicators in the index (the goals
        for ``balance``), which ``details["codes"]`` names.

    Raises
    ------
    MethodError
        The scores do not meet the method's preconditions; indicators and cities are named.
    """
    if recipe.weigh == "balance":
        return _balanced(dataset, normalised, recipe)
    codes = in_index(dataset.framework)
    found = indicator_weights(dataset, normalised, recipe, codes)
    overall = dict(zip(codes, found.values.tolist(), strict=True))
    return from_global(dataset.framework, overall), naming_codes(found, codes)


def indicator_weights(
    dataset: Dataset, normalised: Array, recipe: Recipe, codes: Sequence[str], part: bool = False
) -> Weights:
    """Weights of the indicators `codes` by one of `BY_DATA`, maybe a `part` of ``combine``.

    The rest as for `data_weights`.
    """
    columns = [dataset.framework.codes.index(code) for code in codes]
    # A city to which an indicator does not apply cannot say how far it tells cities apart.
    excused = dataset.not_applicable[:, columns]
    rows = np.flatnonzero(~excused.any(axis=1)).tolist()
    options = recipe.options_of("weigh", recipe.weigh)
    above = f"{recipe.weigh}." if part else ""
    with _naming_cities([dataset.cities[row] for row in rows], above):
        try:
            return weigh(recipe.weigh, normalised[rows][:, columns], names=codes, **options)
        except MethodError as error:
            if len(rows) == len(excused) or error.key not in _TOO_FEW:
                raise
            needed = error.fields.get("needed", 2)
            raise _left_out(dataset, codes, excused, recipe.weigh, needed) from error


_TOO_FEW = ("weights.shape", "weights.too_few")
_SETTLED = ("weights.constant_option", "weights.zero_option")
"""Refusals that an option would settle."""
_NAMED = 5


def _left_out(
    dataset: Dataset, codes: Sequence[str], excused: Mask, method: str, needed: object
) -> MethodError:
    """That cells which do not apply leave too few cities."""
    rows = np.flatnonzero(excused.any(axis=1)).tolist()
    cells = []
    for row in rows[:_NAMED]:
        apart = [code for code, faulty in zip(codes, excused[row], strict=True) if faulty]
        cells.append(f"{dataset.cities[row]} ({', '.join(apart)})")
    more = ["…"] if len(rows) > _NAMED else []
    left = len(dataset) - len(rows)
    words = {"method": method, "needed": needed, "left": left, "total": len(dataset)}
    return MethodError("weights.left_out", cells="; ".join([*cells, *more]), **words)


@contextmanager
def _naming_cities(cities: Sequence[str], above: str) -> Iterator[None]:
    """Put cities in place of numbers of units in a MethodError, and say how to set an option."""
    try:
        yield
    except MethodError as error:
        fields = dict(error.fields)
        rows = fields.get("rows")
        if isinstance(rows, tuple):
            fields["units"] = ", ".join(cities[row] for row in rows)
        if error.key in _SETTLED:
            option = f"{above}{fields['option']}"
            fields["option"] = f"--set weigh.{option} (steelyard weigh: --option {option})"
        raise MethodError(error.key, **fields) from error


def in_index(framework: Framework) -> list[str]:
    """Codes of the indicators that count in the index."""
    overall = global_weights(framework, local_weights(framework))
    return [code for code in framework.codes if overall[code] > 0]


def naming_codes(found: Weights, codes: Sequence[str]) -> Weights:
    """The weights, with the codes of what is weighed among their details."""
    return Weights(found.method, found.values, {**found.details, "codes": tuple(codes)})


def _balanced(dataset: Dataset, normalised: Array, recipe: Recipe) -> Found:
    """Weights of the goals; the framework's say what importance each is wished to have."""
    framework = dataset.framework
    local = dict(local_weights(framework))
    goals = [goal.code for goal in framework.goals if local[goal.code] > 0]
    tree = aggregate_tree(
        framework, normalised, dataset.not_applicable, local, recipe, dataset.cities
    )
    places = [place for place, node in enumerate(framework.nodes) if node.code in goals]
    codes = [framework.nodes[place].code for place in places]
    wished = [local[code] for code in codes]
    options = {"importance": wished, **recipe.options_of("weigh", "balance")}
    found = weigh("balance", tree.scores[:, places], names=codes, **options)
    local |= dict(zip(codes, found.values.tolist(), strict=True))
    return local, naming_codes(found, codes)
