"""Combined weights as steps: those of every part, its weights, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from ...assess.data_weights import BY_DATA
from ...assess.recipe import COMBINED, Recipe
from ...indicators.dataset import Array
from ...weights.weights import Weights
from .sheet import literal
from .weighing_steps import LIVE, Block, Derivation, Share, Step, extremes, own_steps

_Part = TypeVar("_Part", Step, Block)
_COMMON = ("x", "score", "low", "high")
"""What stands in formulas for the same in every part."""


def is_live(recipe: Recipe) -> bool:
    """Whether a combination is spreadsheet arithmetic: all of its parts by data are."""
    options = recipe.options_of("weigh", "combine")
    by_data = [part for part in options[COMBINED] if part in BY_DATA]
    solvable = options.get("how") != "game" or len(options[COMBINED]) == 2
    return bool(by_data) and set(by_data) <= set(LIVE) and solvable


def combined_derivation(scores: Array, found: Weights, recipe: Recipe) -> Derivation:
    """The steps of all parts, one after the other, and their combination.

    Parameters
    ----------
    scores : array (n, m)
        Those of the cities and indicators that count.
    found : Weights
        By `steelyard.weights.combine`, with its ``vectors``, and the ``measured`` parts.
    recipe : Recipe
    """
    parts: Sequence[str] = recipe.options_of("weigh", "combine")[COMBINED]
    steps, blocks = list(extremes(scores)), []
    for number, name in enumerate(parts):
        share_of = ""
        if name in LIVE:
            options = recipe.part(name).options_of("weigh", name)
            own, block = own_steps(name, scores, found.details["measured"][name], options)
            steps += (_of_part(step, number, name) for step in own)
            blocks += [_of_part(block, number, name)] if block else []
            share_of = f"{{{steps[-1].key}}}/SUM({{{steps[-1].key}_all}})"
        vector = found.details["vectors"][number]
        steps.append(Step(_weight(number), share_of, vector, "weight", name))
    formula, shares = _MIXTURES[_how(recipe)](found)
    steps.append(Step("importance", formula, _importance(found, _how(recipe))))
    return Derivation(tuple(steps), tuple(blocks), shares)


def _how(recipe: Recipe) -> str:
    return str(recipe.options_of("weigh", "combine").get("how", "multiplicative"))


def _weight(number: int) -> str:
    return f"p{number}_weight"


def _of_part(one: _Part, number: int, name: str) -> _Part:
    """The same with keys of its own, so that parts do not mix."""
    formula = re.sub(r"\{(\w+)\}", lambda key: _own(key[1], number), one.formula)
    key = f"p{number}_{one.key}"
    return replace(one, formula=formula, key=key, head=one.head or one.key, part=name)


def _own(key: str, number: int) -> str:
    return f"{{{key}}}" if key in _COMMON else f"{{p{number}_{key}}}"


def _importance(found: Weights, how: str) -> Array:
    vectors = found.details["vectors"]
    if how == "multiplicative":
        return np.asarray(vectors.prod(axis=0))
    shares = found.details["shares"]
    if how == "geometric":
        return np.asarray(np.prod(vectors ** shares[:, None], axis=0))
    return np.asarray(shares @ vectors)


_Mixture = tuple[str, tuple[Share, ...]]


def _multiplicative(found: Weights) -> _Mixture:
    return "*".join(f"{{{key}}}" for key in _keys(found)), ()


def _geometric(found: Weights) -> _Mixture:
    shares = tuple(_given(found))
    # A spreadsheet refuses 0^0, which is 1: whoever has no say does not enter.
    powers = (f"{{{one.key}}}^{{{one.key}_share}}" for one in shares if one.value)
    return "*".join(powers), shares


def _least_squares(found: Weights) -> _Mixture:
    shares = tuple(_given(found))
    return _weighted(shares), shares


def _game(found: Weights) -> _Mixture:
    """Two vectors: α by Cramer's rule, ``α₁ : α₂ = |c (a − b)| : |a (c − b)|``."""
    one, other = (f"{{{key}_all}}" for key in _keys(found))
    a, b, c = (
        f"SUMPRODUCT({first},{second})"
        for first, second in ((one, one), (one, other), (other, other))
    )
    own, others = f"ABS({c}*({a}-{b}))", f"ABS({a}*({c}-{b}))"
    alike = f"{a}*{c}-{b}*{b}<={literal(1e-12)}*({a}+{c})^2"
    formulas = (f"IF({alike},0.5,{mine}/({own}+{others}))" for mine in (own, others))
    values = found.details["shares"].tolist()
    shares = tuple(map(Share, _keys(found), values, formulas))
    return _weighted(shares), shares


def _weighted(shares: Sequence[Share]) -> str:
    return "+".join(f"{{{one.key}}}*{{{one.key}_share}}" for one in shares)


def _given(found: Weights) -> Iterator[Share]:
    yield from map(Share, _keys(found), found.details["shares"].tolist())


def _keys(found: Weights) -> list[str]:
    return [_weight(number) for number in range(len(found.details["vectors"]))]


_MIXTURES: Mapping[str, Callable[[Weights], _Mixture]] = {
    "multiplicative": _multiplicative,
    "geometric": _geometric,
    "least-squares": _least_squares,
    "game": _game,
}
