"""Competition ranks: 1, 2, 2, 4."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

DECIMALS = 8


def rank(scores: ArrayLike) -> NDArray[np.int64]:
    """Competition ranks of `scores`, the highest score first.

    Scores are compared after rounding to 8 decimals, so that float noise never splits a tie.

    Parameters
    ----------
    scores : array_like, shape (units,)
        Higher is better; NaN is a unit without a score.

    Returns
    -------
    ndarray of int64, shape (units,)
        One more than the number of units with a higher score; 0 for a unit without a score.

    Examples
    --------
    >>> rank([0.7, 0.9, 0.7, 0.1, float("nan")]).tolist()
    [2, 1, 2, 4, 0]
    """
    rounded = -comparable(scores)
    ordered = np.sort(rounded)
    ranks = np.searchsorted(ordered, rounded, side="left") + 1
    return np.where(np.isnan(rounded), 0, ranks).astype(np.int64)


def rank_by_year(scores: ArrayLike, years: Sequence[int | None]) -> NDArray[np.int64]:
    """Competition ranks within each year.

    Examples
    --------
    >>> rank_by_year([70.0, 90.0, 80.0], [2023, 2024, 2024]).tolist()
    [1, 1, 2]
    """
    values = np.asarray(scores, dtype=np.float64)
    ranks = np.zeros(len(values), dtype=np.int64)
    for year in set(years):
        rows = [row for row, of_row in enumerate(years) if of_row == year]
        ranks[rows] = rank(values[rows])
    return ranks


def comparable(scores: ArrayLike) -> NDArray[np.float64]:
    """Round scores to 8 decimals, as ranks and level boundaries compare them.

    Examples
    --------
    >>> comparable([0.1 + 0.2, 0.3]).tolist()
    [0.3, 0.3]
    """
    # Rounding to 11 decimals first keeps noise around an exact half at the ninth together.
    values = np.asarray(scores, dtype=np.float64)
    rounded: NDArray[np.float64] = np.round(np.round(values, DECIMALS + 3), DECIMALS)
    return rounded
