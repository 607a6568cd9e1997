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
- the indices of ELECTRE, CODAS, the memberships of RIM, the comparison in MULTIMOORA and the
  programmes of SIMUS take many times as long as need be: they are computed on this side, and
  tests hold them against theirs;
- weights are taken as they come, ranks compare floats exactly, missing cells give NaN or an error
  that names nothing, and min–max ignores directions: weights are checked, scores are ranked and
  tables are normalised on this side instead.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Mask, Matrix, refuse_columns
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
    benefit: Mask | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    loud: bool = False,
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
    benefit : ndarray of bool, shape (indicators,), optional
        Objectives; all to be maximised by default.
    loud : bool
        Whether the class prints or warns; nobody hears it.
    settings, **given
        For the class, and for its ``evaluate``.

    Returns
    -------
    Judged
    """
    judge = _judge(path, **(settings or {}))
    objectives = np.ones(weights.size, int) if benefit is None else np.where(benefit, 1, -1)
    data = {"matrix": values, "objectives": objectives, "weights": weights, **given}
    with np.errstate(all="ignore"), _silence() if loud else nullcontext():
        found, extra = answer(judge, data)
    return Judged(np.asarray(found), Extra(extra))


def answer(judge: Any, data: Mapping[str, Any]) -> Any:
    """The answer of a class of scikit-criteria, and its extra quantities.

    By the step inside its ``evaluate``: without it, a decision matrix of pandas is built and taken
    apart again, which takes ten times as long as the arithmetic.
    """
    return judge._evaluate_data(**data)


@lru_cache(maxsize=64)
def _judge(path: str, **settings: Any) -> Any:
    module, name = path.split(":")
    return getattr(import_module(f"skcriteria.agg.{module}"), name)(**settings)


@contextmanager
def _silence() -> Iterator[None]:
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def finite(method: str, scores: ArrayLike) -> Matrix:
    """Scores as an array, refused when one is not a number.

    Raises
    ------
    MethodError
        The method is not defined for the table; names the units.
    """
    values = np.asarray(scores, dtype=np.float64)
    if not np.isfinite(values).all():
        rows = tuple(int(row) for row in np.flatnonzero(~np.isfinite(values)))
        numbers = ", ".join(f"#{row + 1}" for row in rows)
        raise MethodError("aggregate.undefined", method=method, rows=rows, units=numbers)
    return values


def minmax(table: Table) -> Matrix:
    """Min–max on 0–1, higher is better; 0 throughout a constant column."""
    low, high = extremes(table)
    gained = table.values - low
    if not table.benefit.all():
        gained = np.where(table.benefit, gained, high - table.values)
    spread = high - low
    gained /= np.where(spread == 0, 1.0, spread)
    return gained


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


def reciprocal(values: Matrix, benefit: Mask) -> Matrix:
    """The values, of costs the reciprocals."""
    if benefit.all():
        return values
    return np.divide(1.0, values, out=values.copy(), where=~benefit)


def refuse_low(method: str, table: Table) -> None:
    """Refuse negative benefits, and costs that are not above 0.

    Raises
    ------
    MethodError
        Names them.
    """
    if table.values.min() <= 0:
        low, _ = extremes(table)
        faulty = (low < 0) | ((low == 0) & ~table.benefit)
        refuse_columns("aggregate.too_low", faulty, method=method)


def refuse_negative(method: str, table: Table) -> None:
    """Refuse negative numbers.

    Raises
    ------
    MethodError
        Names their indicators.
    """
    if table.values.min() < 0:
        low, _ = extremes(table)
        refuse_columns("aggregate.too_low", low < 0, method=method)
