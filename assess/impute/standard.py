"""Columns and rows put on common terms before a distribution is estimated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...errors import MethodError
from ..normalise.matrix import Matrix, as_matrix, per_column
from .centre import column_mean, refuse_empty
from .gaussian import Search
from .imputed import Fitted

_NOISE = 1e-12


@dataclass(frozen=True)
class Standard:
    """Columns in an order of their own, standardised; those without spread left out.

    The order hangs on the values alone, so that permuting columns changes nothing.

    Parameters
    ----------
    order : ndarray of int, length varying indicators
    centre, deviation : ndarray, shape (indicators,)
    """

    order: NDArray[np.intp]
    centre: Matrix
    deviation: Matrix

    def of(self, values: Matrix) -> Matrix:
        """Standardised varying columns, in order."""
        return np.asarray(((values - self.centre) / self._scale)[:, self.order])

    def back(self, standard: Matrix) -> Matrix:
        """All columns in their units; one without spread holds its only value."""
        values = np.zeros((*standard.shape[:-1], len(self.centre)))
        values[..., self.order] = standard
        return values * self.deviation + self.centre

    @property
    def fitted(self) -> dict[str, NDArray[np.generic]]:
        """As a fitted state."""
        return {"order": self.order, "centre": self.centre, "deviation": self.deviation}

    @property
    def _scale(self) -> Matrix:
        return np.where(self.deviation > 0, self.deviation, 1)


def standard_of(fitted: Fitted) -> Standard:
    """The standard that a fitted state holds."""
    return Standard(fitted["order"], fitted["centre"], fitted["deviation"])


def prepare(matrix: ArrayLike, search: Search) -> tuple[Standard, Matrix]:
    """Standardise a sample; its rows come sorted, those without any value left out.

    Raises
    ------
    MethodError
        A column is empty, the ridge negative, or there are too few units for the
        indicators.
    """
    values = as_matrix(matrix)
    refuse_empty(values)
    if search.ridge < 0:
        raise MethodError("impute.ridge", ridge=search.ridge)
    centre = column_mean(values)
    deviation = np.sqrt(column_mean(np.square(values - centre)))
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    deviation[high - low <= _NOISE * np.maximum(np.abs(low), np.abs(high))] = 0
    ordered = np.lexsort(np.nan_to_num(np.sort(values, axis=0), nan=np.inf)[::-1])
    standard = Standard(ordered[deviation[ordered] > 0], centre, deviation)
    rows = standard.of(values)
    rows = rows[~np.isnan(rows).all(axis=1)]
    if not len(standard.order):
        return standard, rows
    if len(rows) + search.ridge <= len(standard.order):
        _refuse_few(len(rows), len(standard.order), search.method)
    return standard, rows[np.lexsort(np.nan_to_num(rows, nan=np.inf).T[::-1])]


def within(values: Matrix, low: ArrayLike | None, high: ArrayLike | None) -> Matrix:
    """Clip each column to its bounds, where it has any; NaN = none."""
    count = values.shape[-1]
    if low is not None:
        values = np.fmax(values, per_column(low, count, "low"))
    if high is not None:
        values = np.fmin(values, per_column(high, count, "high"))
    return values


def _refuse_few(given: int, indicators: int, method: str) -> None:
    raise MethodError(
        "impute.too_few",
        method=method,
        indicators=indicators,
        given=given,
        needed=indicators + 1,
        ridge=indicators + 1 - given,
    )
