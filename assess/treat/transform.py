"""Carry out a fitted treatment: clip each column, then transform it where one was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Mask, Matrix, as_matrix, refuse_cells
from .moments import Limits, sample_kurtosis, sample_skewness
from .treated import Treated, TreatedCell

Fitted = Mapping[str, Matrix]
Offset = Literal["range", "one", "none"]
OFFSETS = get_args(Offset)


def identity(count: int) -> dict[str, Matrix]:
    """A fitted treatment of `count` columns that changes nothing."""
    return {
        "low": np.full(count, -np.inf),
        "high": np.full(count, np.inf),
        "sign": np.ones(count),
        "shift": np.zeros(count),
        "power": np.full(count, np.nan),
    }


def shift_of(values: Matrix, offset: Offset, sign: Matrix) -> Matrix:
    """What is added to each column, times its sign, before its logarithm or power.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
    offset : {"range", "one", "none"}
        So that the lowest becomes a hundredth of the range, or 1, or stays as it is.
    sign : ndarray, shape (indicators,)
        −1 where the column is turned round.

    Raises
    ------
    MethodError
        There is no such offset.
    """
    if offset not in OFFSETS:
        raise MethodError("treat.offset", offset=offset, known=", ".join(OFFSETS))
    if offset == "none":
        return np.zeros(values.shape[1])
    turned = values * sign
    missing = np.isnan(values)
    low = np.where(missing, np.inf, turned).min(axis=0)
    high = np.where(missing, -np.inf, turned).max(axis=0)
    empty = missing.all(axis=0)
    spread = np.where(empty, 0, high) - np.where(empty, 0, low)
    start = 0.01 * spread if offset == "range" else np.ones(len(spread))
    return np.asarray(start - np.where(empty, 0, low))


def apply(matrix: ArrayLike, fitted: Fitted, limits: Limits | None = None) -> Treated:
    """Treat any units, those of the sample or later ones, as was fitted.

    Each value is clipped to ``low … high``; where ``power`` λ is a number it then becomes
    ``± ((± x + shift)^λ − 1) / λ``, or ``± ln(± x + shift)`` for λ = 0.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing, and stays so.
    fitted : mapping from ``low``, ``high``, ``sign``, ``shift``, ``power`` to array (indicators,)
    limits : Limits, optional
        By which ``passed`` is told in the details.

    Raises
    ------
    MethodError
        A value has no logarithm or power: it lies below those that were fitted.
    """
    values = as_matrix(matrix)
    clipped = np.clip(values, fitted["low"], fitted["high"])
    transformed = ~np.isnan(fitted["power"])
    result = np.where(transformed, _powered(clipped, fitted, transformed), clipped)
    changed = (clipped != values) | transformed
    cells = tuple(_cells(values, result, clipped, fitted, changed & ~np.isnan(values)))
    details = {
        **_judged(values, limits or Limits(), ""),
        **_judged(result, limits or Limits(), "_after"),
        "winsorised": ((clipped != values) & ~np.isnan(values)).sum(axis=0),
        "transformed": transformed,
    }
    return Treated(result, cells, fitted, details)


def _powered(values: Matrix, fitted: Fitted, transformed: Mask) -> Matrix:
    base = values * fitted["sign"] + fitted["shift"]
    refuse_cells("treat.no_logarithm", (base <= 0) & transformed)
    power = np.where(transformed, fitted["power"], 1.0)
    logarithm = np.log(np.where(base > 0, base, np.nan))
    # expm1 keeps its digits for a λ near 0, where the power itself is nearly 1.
    raised = np.expm1(power * logarithm) / np.where(power == 0, 1, power)
    return fitted["sign"] * np.where(power == 0, logarithm, raised)


def _judged(values: Matrix, limits: Limits, suffix: str) -> dict[str, Matrix | Mask]:
    return {
        f"skewness{suffix}": sample_skewness(values),
        f"kurtosis{suffix}": sample_kurtosis(values),
        f"passed{suffix}": limits.passed(values),
    }


def _cells(
    before: Matrix, after: Matrix, clipped: Matrix, fitted: Fitted, changed: Mask
) -> list[TreatedCell]:
    cells = []
    for column, row in np.argwhere(changed.T):
        step = "log" if fitted["power"][column] == 0 else "boxcox"
        if np.isnan(fitted["power"][column]):
            step = "high" if clipped[row, column] < before[row, column] else "low"
        old, new = float(before[row, column]), float(after[row, column])
        cells.append(TreatedCell(int(row), int(column), old, new, step))
    return cells
