"""The table an aggregation takes: values, weights and directions that fit together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import (
    Mask,
    Matrix,
    as_directions,
    as_matrix,
    refuse_cells,
    refuse_columns,
)

ROUNDING = 0.02
"""Printed weights whose sum is this close to 1 are taken as printed."""


@dataclass(frozen=True)
class Table:
    """Units × indicators with their weights and directions.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
        NaN = missing.
    weights : ndarray, shape (indicators,)
        Not negative; their sum is 1, or as printed when that is within 0.02 of 1.
    benefit : ndarray of bool, shape (indicators,)
        False for a cost.
    """

    values: Matrix
    weights: Matrix
    benefit: Mask

    @cached_property
    def observed(self) -> Mask:
        """Which cells are known."""
        return ~np.isnan(self.values)

    @cached_property
    def complete(self) -> bool:
        """Whether every cell is known."""
        # A finite sum has no NaN in it; another may come of overflow.
        return bool(np.isfinite(self.values.sum()) or self.observed.all())

    @cached_property
    def counted(self) -> Mask:
        """Which cells are known and carry weight."""
        return self.observed if self.all_weigh else self.observed & (self.weights > 0)

    @cached_property
    def all_weigh(self) -> bool:
        """Whether every indicator carries weight."""
        return bool(self.weights.min() > 0)

    @cached_property
    def extremes(self) -> tuple[Matrix, Matrix]:
        """Lowest and highest observed value of each column; 0 for a column without any."""
        if self.complete:
            return self.values.min(axis=0), self.values.max(axis=0)
        observed = self.observed
        seen = observed.any(axis=0)
        low = np.where(observed, self.values, np.inf).min(axis=0)
        high = np.where(observed, self.values, -np.inf).max(axis=0)
        return np.where(seen, low, 0.0), np.where(seen, high, 0.0)

    @property
    def weighty(self) -> Matrix:
        """The values, with 1 where an indicator carries no weight: whatever stood there is moot."""
        return self.values if self.all_weigh else np.where(self.weights > 0, self.values, 1.0)

    @property
    def sign(self) -> Matrix:
        """1 for a benefit, −1 for a cost."""
        return np.where(self.benefit, 1.0, -1.0)

    @property
    def observed_weight(self) -> Matrix:
        """Share of the weight that is observed, for each unit."""
        if self.complete:
            return np.ones(len(self.values))
        return np.asarray(self.observed @ self.weights / self.weights.sum())

    def shares(self) -> Matrix:
        """Weights of each unit's observed cells, rescaled to sum to 1; NaN if it has none."""
        if self.complete:
            return np.broadcast_to(self.weights / self.weights.sum(), self.values.shape)
        counted = self.counted
        given = np.where(counted, self.weights, 0.0)
        total = given.sum(axis=1, keepdims=True)
        return given / np.where(total > 0, total, np.nan)

    def mean(self, terms: Matrix) -> Matrix:
        """Weighted mean of `terms` over the observed cells of each unit."""
        if self.complete:
            return np.asarray(terms @ (self.weights / self.weights.sum()))
        known = np.where(self.counted, terms, 0.0)
        return np.asarray(np.einsum("ij,ij->i", self.shares(), known))

    def refuse_costs(self, method: str) -> None:
        """Refuse cost indicators where only numbers for which higher is better make sense.

        Raises
        ------
        MethodError
            Names them.
        """
        refuse_columns("aggregate.costs", ~self.benefit, method=method)

    def refuse_missing(self, method: str) -> None:
        """Refuse a table with missing cells.

        Raises
        ------
        MethodError
            Names their indicators and units.
        """
        if not self.complete:
            refuse_cells("aggregate.missing", ~self.observed & (self.weights > 0), method=method)

    def refuse_below(self, method: str, *, zero_allowed: bool = False) -> None:
        """Refuse negative numbers, and zeros unless `zero_allowed`.

        Raises
        ------
        MethodError
            Names their indicators and units.
        """
        lowest = self.values.min()
        if lowest > 0 or (lowest == 0 and zero_allowed):
            return
        low = self.values < 0 if zero_allowed else self.values <= 0
        key = "aggregate.negative" if zero_allowed else "aggregate.not_positive"
        refuse_cells(key, low & (self.weights > 0), method=method)

    def raised_to(self, floor: float | None) -> tuple[Table, int]:
        """Raise the cells below `floor` to it; also how many there were."""
        if floor is None:
            return self, 0
        below = self.values < floor
        return replace(self, values=np.where(below, floor, self.values)), int(below.sum())


def tabulate(
    matrix: ArrayLike, weights: ArrayLike | None = None, directions: ArrayLike | None = None
) -> Table:
    """Check matrix, weights and directions against each other.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default. Rescaled to sum to 1, unless they already do up to 0.02: published
        weights are rounded in print, and published scores were computed with them as printed.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Raises
    ------
    MethodError
        They do not fit together.

    Examples
    --------
    >>> tabulate([[1, 2], [3, 4]], weights=[30, 10]).weights.tolist()
    [0.75, 0.25]
    """
    values = as_matrix(matrix)
    count = values.shape[1]
    signs = as_directions(directions, count)
    return Table(values, _weights(weights, count), signs > 0)


def marks_of(table: Table, sample: ArrayLike | None) -> Table:
    """The table that sets the marks: that of a sample of other units, else the table itself.

    Raises
    ------
    MethodError
        The sample has other indicators.
    """
    if sample is None:
        return table
    values = as_matrix(sample)
    if values.shape[1] != table.weights.size:
        found, wanted = values.shape[1], table.weights.size
        raise MethodError("aggregate.sample_columns", found=found, wanted=wanted)
    return Table(values, table.weights, table.benefit)


def extremes(table: Table) -> tuple[Matrix, Matrix]:
    """Lowest and highest observed value of each column; 0 for a column without any."""
    return table.extremes


def ratio(numerator: Matrix, denominator: Matrix) -> Matrix:
    """Divide; 0 where the denominator is 0: a column without spread makes no difference.

    NaN stays NaN.
    """
    zero = denominator == 0
    if not zero.any():
        return np.asarray(numerator / denominator)
    return np.where(zero, 0.0 * numerator + 0.0, numerator / np.where(zero, 1.0, denominator))


def _weights(weights: ArrayLike | None, count: int) -> Matrix:
    if weights is None:
        return np.full(count, 1.0 / count)
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (count,):
        raise MethodError("aggregate.weights_count", given=given.size, needed=count)
    refuse_columns("aggregate.weights", ~(np.isfinite(given) & (given >= 0)))
    total = given.sum()
    if total <= 0:
        raise MethodError("aggregate.weights_zero")
    return given if abs(total - 1.0) <= ROUNDING else given / total
