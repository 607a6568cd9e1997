"""SIMUS: a linear programme for each indicator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import refuse_columns
from .outcome import Outcome
from .scikit import complete, evaluate, finite
from .table import extremes, ratio


def simus(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    rank_by: Literal[1, 2] = 1,
) -> Outcome:
    """Participation of each unit in the best solutions of one linear programme an indicator.

    Each indicator in turn is optimised while the others are bounded by their best; weights count
    only where they are 0. Where a programme has several solutions, which one is found is the
    solver's choice, and may hang on the order of rows.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, not negative.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    rank_by : {1, 2}
        Score by the sum of participations, weighted by how often a unit takes part (1), or by
        dominance less subordination (2).

    Returns
    -------
    Outcome
        Scores by `rank_by`. Details: ``method_1_score``, ``method_2_score``.

    Raises
    ------
    MethodError
        A cell is missing or negative.

    References
    ----------
    Munier (2011), A Strategy for Using Multicriteria Analysis in Decision-Making, Springer;
    scikit-criteria ``SIMUS``.

    Examples
    --------
    >>> simus([[3, 1], [1, 4]]).scores.round(4).tolist()
    [0.5, 0.5]
    """
    table = complete("simus", matrix, weights, directions)
    used = table.weights > 0
    low, _ = extremes(table)
    refuse_columns("aggregate.too_low", low < 0, method="simus")
    values = ratio(table.values, table.values.sum(axis=0))[:, used]
    equal = np.ones(values.shape[1])
    with _quiet_solver():
        result = evaluate("simus:SIMUS", values, equal, table.benefit[used], b=None).e_
    # The programmes' variables come back in the order of their names: x0, x1, x10, x11, x2 …
    named = list(result.stages[0].lp_variables)
    order = [named.index(f"x{unit}") for unit in range(len(values))]
    points = [np.asarray(s)[order] for s in (result.method_1_score, result.method_2_score)]
    details = {"method_1_score": points[0], "method_2_score": points[1]}
    return Outcome("simus", finite("simus", points[rank_by - 1]), details)


@contextmanager
def _quiet_solver() -> Iterator[None]:
    """Keep the solver's log from the standard output."""
    from pulp import LpSolverDefault

    said = LpSolverDefault.msg
    LpSolverDefault.msg = False
    try:
        yield
    finally:
        LpSolverDefault.msg = said
