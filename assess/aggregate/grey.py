"""Grey relational analysis: how closely each unit follows a reference series."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix, refuse_cells, refuse_columns
from .given import row
from .outcome import Outcome
from .table import Table, extremes, marks_of, ratio, tabulate

COLUMN_BEST = "column best"


def grey(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    sample: ArrayLike | None = None,
    *,
    rho: float = 0.5,
    normalisation: Literal["minmax", "mean", "none"] = "minmax",
    reference: Literal["column best"] | ArrayLike = COLUMN_BEST,
) -> Outcome:
    """Weighted mean of the grey relational coefficients with a reference unit.

    ``ξ = (min Δ + ρ max Δ) / (Δ + ρ max Δ)``, with Δ the distance of a normalised cell from the
    reference and the extremes taken over the whole table. A missing cell is left out, the
    weights of the rest rescaled.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    sample : array_like, shape (others, indicators), optional
        Units that set the marks instead of the matrix's own, such as those of an earlier year:
        reference, divisors and extreme distances. Better than the best of a column counts as it.
    rho : float
        Distinguishing coefficient, 0–1.
    normalisation : {"minmax", "mean", "none"}
        What each column is divided by: its range, its mean, or 1.
    reference : "column best" or array_like, shape (indicators,)
        The reference unit, in the indicators' units; no unit may be better than it.

    Returns
    -------
    Outcome
        Scores: the grey relational degree, 0–1. Details: ``coefficients``, ``delta``.

    Raises
    ------
    MethodError
        A column's mean is not above 0 (with "mean"), a unit is better than the reference, or an
        option is unknown.

    References
    ----------
    Deng (1989), Introduction to grey system theory, Journal of Grey System 1, 1–24.

    Examples
    --------
    >>> grey([[1, 10], [3, 10], [5, 20]], directions=[1, -1]).scores.round(4).tolist()
    [0.6667, 0.75, 0.6667]
    """
    if not 0 < rho <= 1:
        raise MethodError("aggregate.share", option="rho", value=rho)
    table = tabulate(matrix, weights, directions)
    marks = marks_of(table, sample)
    low, high = extremes(marks)
    goal = _reference(reference, table, np.where(table.benefit, high, low))
    divisor = _divisor(marks, high - low, normalisation)
    if not isinstance(reference, str):
        better = marks.counted & ((marks.values - goal) * marks.sign > 0)
        refuse_cells("aggregate.beyond_reference", better, method="grey")
    delta = _distance(table, goal, divisor)
    fitted = delta if marks is table else _distance(marks, goal, divisor)
    known = fitted if marks.counted.all() else fitted[marks.counted]
    least, most = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    coefficients = (
        np.ones(delta.shape) if most == 0 else (least + rho * most) / (delta + rho * most)
    )
    coefficients = np.minimum(coefficients, 1.0)  # another unit may be nearer than the sample's
    details = {"coefficients": coefficients, "delta": delta}
    return Outcome("grey", table.mean(coefficients), details)


def _distance(table: Table, goal: Matrix, divisor: Matrix) -> Matrix:
    return ratio(np.maximum((goal - table.values) * table.sign, 0.0), divisor)


def _reference(reference: object, table: Table, best: Matrix) -> Matrix:
    if isinstance(reference, str):
        if reference != COLUMN_BEST:
            raise MethodError("aggregate.reference", name=reference, known=COLUMN_BEST)
        return best
    return row("grey", "reference", reference, table)  # type: ignore[arg-type]


def _divisor(table: Table, spread: Matrix, normalisation: str) -> Matrix:
    if normalisation == "minmax":
        return spread
    if normalisation == "none":
        return np.ones(spread.size)
    if normalisation != "mean":
        known = "minmax, mean, none"
        raise MethodError("aggregate.normalisation", name=normalisation, known=known)
    observed = table.observed
    total = np.where(observed, table.values, 0.0).sum(axis=0)
    mean = ratio(total, observed.sum(axis=0).astype(np.float64))
    refuse_columns("aggregate.average", (mean <= 0) & (table.weights > 0), method="grey")
    return mean
