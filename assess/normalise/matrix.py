"""The bare matrix every method takes: units in rows, indicators in columns, NaN = missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...errors import MethodError

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]


def as_matrix(matrix: ArrayLike) -> Matrix:
    """`matrix` as float64, shape (units, indicators).

    Raises
    ------
    MethodError
        If it has not two axes or holds an infinite number.
    """
    values = np.asarray(matrix, dtype=np.float64)
    if values.ndim != 2 or 0 in values.shape:
        raise MethodError("normalise.shape", shape=values.shape)
    if not np.isfinite(values.sum()):
        refuse_columns("normalise.infinite", np.isinf(values).any(axis=0))
    return values


def as_directions(directions: ArrayLike | None, count: int) -> Matrix:
    """`directions` as an array of 1 (benefit) and −1 (cost); None means all benefit.

    Raises
    ------
    MethodError
        If there are not `count` of them, or one is neither 1 nor −1.
    """
    if directions is None:
        return np.ones(count)
    values = np.asarray(directions, dtype=np.float64)
    if values.shape != (count,):
        raise MethodError("normalise.directions_count", given=values.size, needed=count)
    refuse_columns("normalise.directions", np.abs(values) != 1)
    return values


def per_column(value: ArrayLike, count: int, option: str = "") -> Matrix:
    """One number for each of `count` columns, from a number or as many numbers.

    Errors name the `option` that gave them.

    Raises
    ------
    MethodError
        If there are neither one nor `count` of them.
    """
    values = np.asarray(value, dtype=np.float64)
    if values.ndim > 1 or values.size not in (1, count):
        key = "normalise.per_column_option" if option else "normalise.per_column"
        given = " × ".join(map(str, values.shape))
        raise MethodError(key, option=option, given=given, needed=count)
    return np.array(np.broadcast_to(values, (count,)))


def settled(values: Matrix) -> Matrix:
    """`values` to 12 significant digits, so that float noise makes no difference of rank.

    Examples
    --------
    >>> bool(np.ptp(settled(np.array([0.1 + 0.2, 0.3]))) == 0)
    True
    """
    size = np.abs(values)
    known = np.isfinite(size) & (size > 0)
    exponent = np.zeros(values.shape)
    np.log10(size, out=exponent, where=known)
    step = 10.0 ** (np.floor(exponent) - 11)
    rounded: Matrix = np.round(values / step) * step
    return rounded


def refuse_columns(key: str, faulty: Mask | np.bool_, **fields: object) -> None:
    """Refuse the columns marked in `faulty`, by number: see `naming`.

    Raises
    ------
    MethodError
        With the sentence `key`; ``{indicators}`` in it names the columns.
    """
    if faulty.any():
        columns = tuple(int(column) for column in np.flatnonzero(faulty))
        numbers = ", ".join(f"#{column + 1}" for column in columns)
        raise MethodError(key, columns=columns, indicators=numbers, **fields)


def refuse_cells(key: str, faulty: Mask, **fields: object) -> None:
    """Refuse the cells marked in `faulty`, shape (units, indicators).

    Raises
    ------
    MethodError
        As `refuse_columns`; besides, ``{units}`` names the rows.
    """
    rows = tuple(int(row) for row in np.flatnonzero(faulty.any(axis=1)))
    numbers = ", ".join(f"#{row + 1}" for row in rows)
    refuse_columns(key, faulty.any(axis=0), rows=rows, units=numbers, **fields)


@contextmanager
def naming(
    names: Sequence[str] | None, units: Sequence[str] | None = None, method: str = ""
) -> Iterator[None]:
    """Put the names of indicators and units in place of their numbers in a MethodError.

    It also learns which `method` it is about, where it does not know.
    """
    try:
        yield
    except MethodError as error:
        fields = {"method": method, **error.fields} if method else dict(error.fields)
        for label, position, known in (
            ("indicators", "columns", names),
            ("units", "rows", units),
        ):
            places = fields.get(position)
            if known is not None and isinstance(places, tuple):
                fields[label] = ", ".join(str(known[place]) for place in places)
        if fields == error.fields:
            raise
        raise MethodError(error.key, **fields) from error
