"""Weights that spreadsheet arithmetic can find, written as steps: one column each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...indicators.dataset import Array
from ...weights.table import NOISE
from ...weights.weights import Weights

LIVE = ("entropy", "critic", "variation", "deviation")
"""Weightings whose steps are formulas."""
_FLAT = "{high}-{low}<=1E-12*MAX({high},-{low})"
"""Whether a column does not vary; see `weights.table.NOISE`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One column of the table.

    Parameters
    ----------
    key : str
        Its name in formulas.
    formula : str
        ``{x}`` stands for the range of the indicator's scores, ``{block}`` for its row of the
        block beside the table, another step's key for that step's cell, and the same followed by
        ``_all`` for the whole column; empty where the numbers do not hang on the scores.
    values : array (m,)
    head : str
        Under which the workbook's messages have its heading; the key unless given.
    part : str
        The weighting to which it belongs, where several are combined.
    """

    key: str
    formula: str
    values: Array
    head: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands beside the table, one row an indicator.

    Parameters
    ----------
    head : str
        Under which the workbook's messages have its title.
    values : array (m, m) or (m, n)
    formula : str
        ``{score}`` stands for the score of the column's city; empty for the correlations.
    key : str
        Its name in formulas.
    part : str
        The weighting to which it belongs, where several are combined.
    """

    head: str
    values: Array
    formula: str = ""
    key: str = "block"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How much say one of the combined weightings has, below the column of its weights.

    Parameters
    ----------
    key : str
        Of the step above.
    value : float
    formula : str
        Empty where it is given.
    """

    key: str
    value: float
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """From the scores to the importance of every indicator.

    Parameters
    ----------
    steps : tuple of Step
        The weights are proportional to the last.
    blocks : tuple of Block
        What stands beside them.
    shares : tuple of Share
    """

    steps: tuple[Step, ...]
    blocks: tuple[Block, ...] = ()
    shares: tuple[Share, ...] = ()


def derivation(
    method: str, scores: Array, found: Weights, options: Mapping[str, Any]
) -> Derivation:
    """The steps from an indicator's scores to its importance, and the block beside them.

    Parameters
    ----------
    method : str
        One of `LIVE`.
    scores : array (n, m)
        Those of the cities and indicators that count.
    found : Weights
    options : mapping
        The method's.
    """
    steps, block = own_steps(method, scores, found, options)
    return Derivation((*extremes(scores), *steps), (block,) if block else ())


def extremes(scores: Array) -> tuple[Step, Step]:
    """The first two steps of every weighting."""
    low, high = scores.min(axis=0), scores.max(axis=0)
    return Step("low", "MIN({x})", low), Step("high", "MAX({x})", high)


def own_steps(
    method: str, scores: Array, found: Weights, options: Mapping[str, Any]
) -> tuple[tuple[Step, ...], Block | None]:
    """The steps of a weighting that follow the extremes."""
    return _METHODS[method](scores, found.details, options)


_Steps = tuple[tuple[Step, ...], Block | None]


def _entropy(scores: Array, details: Mapping[str, Any], options: Mapping[str, Any]) -> _Steps:
    low, high, count = scores.min(axis=0), scores.max(axis=0), len(scores)
    constant = flat(scores)
    total, entered = "SUM({x})", "{score}"
    base = scores
    if options.get("normalisation") == "minmax":
        shift = float(options.get("shift", 0.0))
        more = f"+{shift!r}" if shift else ""
        entered = f"(({{score}}-{{low}})/({{high}}-{{low}}){more})"
        scaled = "(SUM({x})-COUNT({x})*{low})/({high}-{low})"
        total = f"IF({_FLAT},0,{scaled}{f'+COUNT({{x}})*{shift!r}' if shift else ''})"
        base = np.where(constant, 0.0, (scores - low) / np.where(constant, 1.0, high - low) + shift)
    sums = base.sum(axis=0)
    shares = np.where(constant, 0.0, base / np.where(sums == 0, 1.0, sums))
    terms = -shares * np.log(np.where(shares == 0, 1.0, shares))
    share = f"{entered}/{{total}}"
    steps = (
        Step("total", total, sums),
        Step(
            "entropy", f"IF({_FLAT},1,SUM({{block}})/LN(COUNT({{x}})))",
            np.where(constant, 1.0, terms.sum(axis=0) / np.log(count)),
        ),
        Step("divergence", "MAX(0,1-{entropy})", details["divergence"]),
    )  # fmt: skip
    term = f"IF({_FLAT},0,IF({entered}=0,0,-({share})*LN({share})))"
    return steps, Block("terms", terms.T, term)


def _critic(scores: Array, details: Mapping[str, Any], options: Mapping[str, Any]) -> _Steps:
    related = details["correlation"]
    conflict = np.maximum((1.0 - related).sum(axis=0), 0.0)
    least = f"1E-12*{len(conflict)}"
    sum_of = "SUMPRODUCT(1-{block})"
    steps = (
        Step("deviation", "STDEV({x})/({high}-{low})", details["deviation"]),
        Step(
            "conflict", f"IF({sum_of}<{least},0,{sum_of})",
            np.where(conflict < 1e-12 * len(conflict), 0.0, conflict),
        ),
        Step("information", "{deviation}*{conflict}", details["information"]),
    )  # fmt: skip
    return steps, Block("correlation", related)


def _variation(scores: Array, details: Mapping[str, Any], options: Mapping[str, Any]) -> _Steps:
    return (
        Step("mean", "AVERAGE({x})", details["mean"]),
        Step("deviation", "STDEV({x})", details["deviation"]),
        Step("variation", "{deviation}/{mean}", details["variation"]),
    ), None


def _deviation(scores: Array, details: Mapping[str, Any], options: Mapping[str, Any]) -> _Steps:
    scaled = options.get("normalisation") == "minmax"
    spread = "STDEV({x})/({high}-{low})" if scaled else "STDEV({x})"
    return (Step("deviation", f"IF({_FLAT},0,{spread})", details["deviation"]),), None


_METHODS: Mapping[str, Callable[[Array, Mapping[str, Any], Mapping[str, Any]], _Steps]] = {
    "entropy": _entropy,
    "critic": _critic,
    "variation": _variation,
    "deviation": _deviation,
}


def flat_formula() -> str:
    """Whether an indicator does not vary, of the cells ``{low}`` and ``{high}``."""
    return _FLAT


def flat(scores: Array) -> NDArray[np.bool_]:
    """Which indicators do not vary."""
    size = np.abs(scores).max(axis=0)
    constant: NDArray[np.bool_] = np.ptp(scores, axis=0) <= NOISE * size
    return constant
