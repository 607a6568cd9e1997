"""The door to scikit-criteria: what it is fed, and what is kept of its answer.

Its import takes seconds, so it waits for the first use. Faults of release 0.10 that are kept out
here, each shown by a test:

- MARCOS prints its scores;
- SIMUS gives the scores of more than ten units to the wrong ones (x10 sorts before x2);
- ARAS leaves the optimal unit out of the normalisation, unlike its paper;
- COPRAS refuses tables without a cost, MAIRCA tables with a zero, without need;
- the full multiplicative form starts from 1 instead of 0 when every indicator is a cost, and
  mixes weights into a method that has none;
- MABAC takes the root of a product over the units, which is 0 for some hundred of them;
- ELECTRE compares sums of weights with its thresholds exactly, so that float noise decides;
- weights are taken as they come, ranks compare floats exactly, missing cells give NaN or an error
  that names nothing, and min–max ignores directions: weights are checked, scores are ranked and
  tables are normalised on this side instead.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix, refuse_columns
from .table import Table, extremes, ratio, tabulate


def complete(
    method: str,
    matrix: ArrayLike,
    weights: ArrayLike | None,
    directions: ArrayLike | None,
    *,
    spread: bool = False,
) -> Table:
    """Check that the table is complete; indicators without weight become 1, which tells nothing.

    Raises
    ------
    MethodError
        A cell is missing; there is one unit only; or, with `spread`, an indicator is constant.
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_missing(method)
    if len(table.values) < 2:
        raise MethodError("aggregate.too_few_units", method=method, needed=2)
    if spread:
        low, high = extremes(table)
        refuse_columns("aggregate.constant", (low == high) & (table.weights > 0), method=method)
    return table if table.all_weigh else replace(table, values=table.weighty)


class Extra(dict[str, Any]):
    """The extra quantities of a result, as attributes too."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a class of scikit-criteria answers: its answer, and all that led to it."""

    values: Any
    e_: Extra


def evaluate(
    path: str,
    values: Matrix,
    weights: Matrix,
    benefit: ArrayLike | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    **given: Any,
) -> Judged:
    """Evaluate a decision matrix by a class of scikit-criteria.

    Parameters
    ----------
    path : str
        Module and class, for example ``aras:ARAS``.
    values : ndarray, shape (units, indicators)
        As the class takes them.
    weights : ndarray, shape (indicators,)
        Passed on as they are.
    benefit : array_like of bool, optional
        Objectives; all to be maximised by default.
    settings, **given
        For the class, and for its ``evaluate``.

    Returns
    -------
    Judged
    """
    module, name = path.split(":")
    judge = getattr(import_module(f"skcriteria.agg.{module}"), name)(**(settings or {}))
    objectives = np.where(
        np.broadcast_to(True if benefit is None else benefit, weights.shape), 1, -1
    )
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        # The step inside `evaluate`: without it, a decision matrix of pandas is built and taken
        # apart again, which takes ten times as long as the arithmetic.
        answer, extra = judge._evaluate_data(
            matrix=values, objectives=objectives, weights=weights, **given
        )
    return Judged(np.asarray(answer), Extra(extra))


def finite(method: str, scores: ArrayLike) -> Matrix:
    """Scores as an array, refused when one is not a number.

    Raises
    ------
    MethodError
        The method is not defined for the table.
    """
    values = np.asarray(scores, dtype=np.float64)
    if not np.isfinite(values).all():
        raise MethodError("aggregate.undefined", method=method)
    return values


def minmax(table: Table) -> Matrix:
    """Min–max on 0–1, higher is better; 0 throughout a constant column."""
    low, high = extremes(table)
    gained = table.values - low
    if not table.benefit.all():
        gained = np.where(table.benefit, gained, high - table.values)
    return ratio(gained, high - low)


def linear(method: str, table: Table) -> Matrix:
    """Share of the best: ``x / max``, for a cost ``min / x``.

    Raises
    ------
    MethodError
        A benefit is negative throughout or in places, or a cost is not above 0.
    """
    refuse_low(method, table)
    low, high = extremes(table)
    if table.benefit.all():
        return ratio(table.values, high)
    cost = ratio(np.broadcast_to(low, table.values.shape), table.values)
    return np.where(table.benefit, ratio(table.values, high), cost)


def refuse_low(method: str, table: Table) -> None:
    """Refuse negative benefits, and costs that are not above 0.

    Raises
    ------
    MethodError
        Names them.
    """
    low, _ = extremes(table)
    refuse_columns("aggregate.too_low", (low < 0) | ((low == 0) & ~table.benefit), method=method)
