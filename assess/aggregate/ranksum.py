"""The rank-sum ratio (RSR, 秩和比): the mean rank as a share of the number of units."""

from __future__ import annotations

from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix, settled
from ..ranking import comparable
from .outcome import Outcome
from .table import Table, extremes, marks_of, ratio, tabulate


def ranksum(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    sample: ArrayLike | None = None,
    *,
    ranking: Literal["integer", "linear"] = "integer",
) -> Outcome:
    """Weighted rank-sum ratio ``Σ wⱼRⱼ / n``, with rank 1 for the worst and n for the best.

    Ties get their mean rank. A missing cell is left out, the weights of the rest rescaled; its
    column is ranked among the n units observed there.

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
        they are ranked among these; beyond the first and the last as they.
    ranking : {"integer", "linear"}
        Ranks proper; or ``1 + (n − 1)(x − min)/(max − min)``, which keeps distances.

    Returns
    -------
    Outcome
        Scores: RSR, above 0 and up to 1. Details: ``RSR``; ``ranks_by_indicator``; ``probit``,
        5 + the normal quantile of the cumulative frequency of each unit's RSR (the last
        corrected to 1 − 1/4n); ``fit`` (a, b) and ``fitted`` of the regression RSR = a + b·probit.

    Raises
    ------
    MethodError
        The ranking is unknown.

    References
    ----------
    田凤调 (1993), 秩和比法及其应用, 中国统计出版社.

    Examples
    --------
    >>> ranksum([[99, 3], [95, 1], [90, 2]], directions=[1, -1]).scores.round(4).tolist()
    [0.6667, 0.8333, 0.5]
    """
    if ranking not in ("integer", "linear"):
        raise MethodError("aggregate.ranking", name=ranking, known="integer, linear")
    table = tabulate(matrix, weights, directions)
    marks = marks_of(table, sample)
    count = marks.observed.sum(axis=0).astype(np.float64)
    ranks = (_mean_ranks if ranking == "integer" else _linear_ranks)(table, marks)
    ranks = np.clip(ranks, 1.0, np.maximum(count, 1.0))
    scores = table.mean(ratio(ranks, count))
    details = {"RSR": scores, "ranks_by_indicator": ranks, **_distribution(scores)}
    return Outcome("ranksum", scores, details)


def _mean_ranks(table: Table, marks: Table) -> Matrix:
    count = len(table.values)
    values = settled(np.concatenate([table.values, marks.values]) * table.sign)
    ranks = np.full(table.values.shape, np.nan)
    for column, known in enumerate(table.observed.T):
        cells = values[:count][known, column]
        ordered = np.sort(values[count:][marks.observed[:, column], column])
        left = np.searchsorted(ordered, cells, side="left")
        right = np.searchsorted(ordered, cells, side="right")
        ranks[known, column] = (left + right + 1) / 2
    return ranks


def _linear_ranks(table: Table, marks: Table) -> Matrix:
    count = marks.observed.sum(axis=0)
    low, high = extremes(marks)
    rise = np.where(table.benefit, table.values - low, high - table.values)
    return np.asarray(1.0 + (count - 1.0) * ratio(rise, high - low))


def _distribution(scores: Matrix) -> dict[str, object]:
    """Probits of the scores' distribution, and the line through them."""
    known = ~np.isnan(scores)
    values, place, frequency = np.unique(
        comparable(scores[known]), return_inverse=True, return_counts=True
    )
    count = int(known.sum())
    if values.size < 2:
        return {"probit": np.full(scores.shape, np.nan), "fit": None, "fitted": None}
    upto = np.cumsum(frequency)
    # The mean rank of a value's ties, as a share; the last would be 1, whose quantile is infinite.
    share = (upto - (frequency - 1) / 2) / count
    share[-1] = 1 - 1 / (4 * count)
    probit = 5 + np.array([NormalDist().inv_cdf(p) for p in share])
    slope, level = np.polyfit(probit, values, 1)
    by_unit = np.full(scores.shape, np.nan)
    by_unit[known] = probit[place]
    return {"probit": by_unit, "fit": (level, slope), "fitted": level + slope * by_unit}
