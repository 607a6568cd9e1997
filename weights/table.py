"""The bare matrix a weighting takes, checked: units in rows, indicators in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
NOISE = 1e-12
"""Spread below this share of a column's size is float noise: the column is constant."""


@dataclass(frozen=True)
class Table:
    """A complete table of units by indicators, and the method that reads it.

    Parameters
    ----------
    method : str
        Name of the method, for its errors.
    values : ndarray, shape (units, indicators)
        Finite.
    signs : ndarray, shape (indicators,)
        1 for a benefit, −1 for a cost.
    """

    method: str
    values: Matrix
    signs: Matrix

    @property
    def constant(self) -> Mask:
        """Which columns do not vary."""
        size = np.abs(self.values).max(axis=0)
        flat: Mask = np.ptp(self.values, axis=0) <= NOISE * size
        return flat

    def refuse_constant(self, constant: str | None = None) -> None:
        """Refuse columns that do not vary, unless the option `constant` is ``"zero"``.

        Raises
        ------
        MethodError
            Names them; with ``"zero"`` only if no column varies at all.
        """
        if constant is None:
            refuse("weights.constant", self.constant, method=self.method)
            return
        chosen("constant", constant, ("refuse", "zero"))
        if constant == "refuse":
            refuse(
                "weights.constant_option", self.constant, method=self.method, option="constant=zero"
            )
        if self.constant.all():
            raise MethodError("weights.no_importance", method=self.method)

    def refuse_below(self, *, zero_allowed: bool = False) -> None:
        """Refuse negative numbers, and zeros unless `zero_allowed`.

        Raises
        ------
        MethodError
            Names their columns.
        """
        refuse("weights.negative", (self.values < 0).any(axis=0), method=self.method)
        if not zero_allowed:
            refuse("weights.zero", (self.values == 0).any(axis=0), method=self.method)

    def positive_means(self) -> Matrix:
        """Mean of each column.

        Raises
        ------
        MethodError
            Names the columns whose mean is not above 0.
        """
        mean: Matrix = self.values.mean(axis=0)
        size = np.abs(self.values).max(axis=0)
        refuse("weights.mean", mean <= NOISE * size, method=self.method)
        return mean

    def minmax(self) -> Matrix:
        """Each column from its worst (0) to its best value (1); a constant one is 0."""
        low, high = self.values.min(axis=0), self.values.max(axis=0)
        span = np.where(self.constant, 1.0, high - low)
        worst = np.where(self.signs > 0, low, high)
        scaled: Matrix = np.abs(self.values - worst) / span
        return np.where(self.constant, 0.0, scaled)


def tabulate(
    method: str, matrix: ArrayLike | None, directions: ArrayLike | None = None, *, least: int = 2
) -> Table:
    """Check a bare matrix of at least `least` units, without missing cells.

    Raises
    ------
    MethodError
        There is no matrix, it is not a table of finite numbers, a cell is missing, the units
        are too few, or the directions do not fit.

    Examples
    --------
    >>> tabulate("entropy", [[1, 2], [3, 4]], [1, -1]).signs.tolist()
    [1.0, -1.0]
    """
    values = numbers(method, matrix)
    if values.ndim != 2 or 0 in values.shape:
        raise MethodError("weights.shape", method=method, shape=values.shape)
    refuse("weights.infinite", np.isinf(values).any(axis=0), method=method)
    refuse("weights.missing", np.isnan(values).any(axis=0), method=method)
    if len(values) < least:
        raise MethodError("weights.too_few", method=method, needed=least, given=len(values))
    return Table(method, values, signs(method, directions, values.shape[1]))


def numbers(method: str, matrix: Any) -> Matrix:
    """`matrix` as a new float64 array; None and blanks are NaN.

    Raises
    ------
    MethodError
        It is absent, ragged, or holds text.
    """
    if matrix is None:
        raise MethodError("weights.no_matrix", method=method)
    try:
        return np.array(matrix, dtype=np.float64)
    except (TypeError, ValueError):
        raise MethodError("weights.not_numbers", method=method) from None


def signs(method: str, directions: ArrayLike | None, count: int) -> Matrix:
    """`directions` as an array of 1 and −1; None means all benefit.

    Raises
    ------
    MethodError
        There are not `count` of them, or one is neither 1 nor −1.
    """
    if directions is None:
        return np.ones(count)
    values = numbers(method, directions)
    if values.shape != (count,):
        raise MethodError("weights.directions_count", given=values.size, needed=count)
    refuse("weights.directions", np.abs(values) != 1)
    return values


def deviation(values: Matrix) -> Matrix:
    """Standard deviation of each column, divisor n − 1."""
    spread: Matrix = values.std(axis=0, ddof=1)
    return spread


def correlation(values: Matrix) -> Matrix:
    """Pearson correlations of the columns, shape (indicators, indicators)."""
    centred = values - values.mean(axis=0)
    unit = centred / np.sqrt(np.square(centred).sum(axis=0))
    table = np.clip(unit.T @ unit, -1.0, 1.0)
    np.fill_diagonal(table, 1.0)
    related: Matrix = table
    return related


def chosen(option: str, value: Any, known: Iterable[str]) -> None:
    """Refuse an option's value that is not among `known`.

    Raises
    ------
    MethodError
        Names the known ones.
    """
    known = tuple(known)
    if value not in known:
        raise MethodError("weights.choice", option=option, value=value, known=", ".join(known))


def refuse(key: str, faulty: Any, **fields: object) -> None:
    """Refuse the columns marked in `faulty`; ``{indicators}`` in the sentence names them.

    Raises
    ------
    MethodError
        If there are any: ``columns`` holds their positions, see `naming`.
    """
    places = np.flatnonzero(faulty).tolist()
    if places:
        raise refusal(key, places, **fields)


def refusal(key: str, places: Iterable[int], **fields: object) -> MethodError:
    """An error about the columns at `places`, called #1, #2 … until `naming` knows better."""
    columns = tuple(places)
    called = ", ".join(f"#{column + 1}" for column in columns)
    return MethodError(key, columns=columns, indicators=called, **fields)


@contextmanager
def naming(names: Sequence[str] | None, method: str) -> Iterator[None]:
    """Put names in place of numbers of indicators, and the method, in a MethodError."""
    try:
        yield
    except MethodError as error:
        fields = {"method": method, **error.fields}
        columns = fields.get("columns")
        if names is not None and isinstance(columns, tuple) and max(columns) < len(names):
            fields["indicators"] = ", ".join(str(names[column]) for column in columns)
        raise MethodError(error.key, **fields) from error
