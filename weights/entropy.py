"""Entropy weights: an indicator that tells the units apart weighs more."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from ..options import NotNegative
from .table import Matrix, Table, chosen, refuse, tabulate
from .weights import Weights, share


def entropy(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalisation: Literal["sum", "minmax"] = "sum",
    shift: NotNegative = 0.0,
    zeros: Literal["refuse", "limit"] = "refuse",
    constant: Literal["refuse", "zero"] = "refuse",
) -> Weights:
    """Shannon's entropy of each column's shares; the weight is its lack.

    ``p_ij = x_ij / Σ_i x_ij``, ``e_j = −Σ_i p_ij ln p_ij / ln n``, ``d_j = 1 − e_j``,
    ``w_j = d_j / Σ d_j``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete and positive, ratio scale: weights do not change with the unit of measurement,
        but they do when a column is shifted.
    directions : array_like of 1 and −1, optional
        With ``"sum"`` they make no difference: the published method takes shares of costs as
        they are. With ``"minmax"`` a cost is turned round first.
    normalisation : {"sum", "minmax"}
        What shares are taken of: the columns, or the columns scaled from worst (0) to best (1),
        as is usual in Chinese handbooks, where negative numbers do no harm.
    shift : float
        Added to the scaled columns of ``"minmax"`` (non-negative translation, 0.0001 or 0.01).
    zeros : {"refuse", "limit"}
        ``"limit"`` takes ``0 ln 0 = 0``, its limit; always so with ``"minmax"``.
    constant : {"refuse", "zero"}
        ``"zero"`` gives a column that does not vary the weight 0, which the formula says.

    Returns
    -------
    Weights
        Details: ``entropy`` e, ``divergence`` d.

    Raises
    ------
    MethodError
        Negative or missing cells, zeros, constant columns, or fewer than two units.

    References
    ----------
    Hwang & Yoon (1981), Multiple Attribute Decision Making, section 2.3; Zeleny (1982).

    Examples
    --------
    >>> entropy([[1, 1], [1, 3]], constant="zero").values.tolist()
    [0.0, 1.0]
    """
    table = tabulate("entropy", matrix, directions)
    chosen("normalisation", normalisation, ("sum", "minmax"))
    chosen("zeros", zeros, ("refuse", "limit"))
    if shift < 0 or (shift and normalisation != "minmax"):
        raise MethodError("weights.shift")
    table.refuse_constant(constant)
    if normalisation == "sum":
        table.refuse_below(zero_allowed=True)
    if normalisation == "sum" and zeros == "refuse":
        zero = (table.values == 0).any(axis=0)
        refuse("weights.zero_option", zero, option="zeros=limit", method="entropy")
    base = table.values if normalisation == "sum" else table.minmax() + shift
    order = np.where(table.constant, 0.0, _divergence(base))
    return share("entropy", order, entropy=1.0 - order, divergence=order)


def _divergence(values: Matrix) -> Matrix:
    """``1 − e_j`` without the cancellation: ``Σ_i (n p ln(n p) − n p + 1) / (n ln n)``.

    Since shares sum to 1, the added terms sum to 0; each bracket is ≥ 0, and none is lost where
    shares are nearly equal.
    """
    mean = values.mean(axis=0)
    apart = (values - mean) / np.where(mean == 0, 1.0, mean)
    zero = apart <= -1
    logs = np.log1p(np.where(zero, 0.0, apart))
    terms = np.where(zero, 1.0, (1 + apart) * logs - apart)
    order: Matrix = np.maximum(terms, 0.0).mean(axis=0) / np.log(len(values))
    return order


def divergence(table: Table) -> Matrix:
    """Lack of entropy of each column's shares, for the methods that build on it."""
    return np.where(table.constant, 0.0, _divergence(table.values))
