"""What an imputation returns: the values, and which of them were not observed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..normalise.matrix import Mask, Matrix

Fitted = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Imputed:
    """An imputed matrix.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
        NaN where a cell stays missing.
    mask : ndarray of bool, shape (units, indicators)
        The cells that were filled in.
    details : mapping
        The method's quantities, by their usual names.
    draws : ndarray, shape (draws, units, indicators), optional
        Of a multiple imputation; `values` is their mean.
    """

    values: Matrix
    mask: Mask
    details: Mapping[str, Any] = field(default_factory=dict)
    draws: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Carried:
    """A result computed once for each draw of a multiple imputation.

    Parameters
    ----------
    mean, deviation : ndarray
        Over the draws; the deviation is that which imputing adds.
    draws : ndarray, shape (draws, …)
        The result of each.
    """

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    draws: NDArray[np.float64]


def carry(imputed: Imputed, function: Callable[[Matrix], Any]) -> Carried:
    """Carry the spread of a multiple imputation on to whatever is computed from the matrix.

    ``deviation² = (1 + 1/D) · Σ (q − q̄)² / (D − 1)`` over D draws; 0 for a single imputation.

    Parameters
    ----------
    imputed : Imputed
    function : callable
        Takes a matrix (units, indicators) and returns numbers, such as scores.

    Returns
    -------
    Carried

    References
    ----------
    Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1.

    Examples
    --------
    >>> draws = np.array([[[1.0], [4.0]], [[1.0], [6.0]]])
    >>> imputed = Imputed(draws.mean(axis=0), np.array([[False], [True]]), draws=draws)
    >>> carry(imputed, lambda matrix: matrix.sum()).mean.tolist()
    6.0
    """
    matrices = imputed.values[None] if imputed.draws is None else imputed.draws
    results = np.array([function(matrix) for matrix in matrices], dtype=np.float64)
    count = len(results)
    variance = results.var(axis=0, ddof=1) if count > 1 else np.zeros(results.shape[1:])
    return Carried(results.mean(axis=0), np.sqrt((1 + 1 / count) * variance), results)


def filled(values: Matrix, filling: Matrix, **details: Any) -> Imputed:
    """`values` with `filling` in the missing cells, wherever that is a number."""
    mask = np.isnan(values) & ~np.isnan(filling)
    return Imputed(np.where(mask, filling, values), mask, details)
