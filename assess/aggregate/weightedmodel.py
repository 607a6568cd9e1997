"""The weighted sum and product models of scikit-criteria."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .outcome import Outcome
from .scikit import complete, evaluate, finite


def weightedsummodel(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Weighted sum ``Σ wⱼxⱼ``; the weights are not rescaled beyond rounding.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, normalised, higher is better, not negative.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: the sum.

    Raises
    ------
    MethodError
        A direction is −1, or a cell is missing or negative.

    References
    ----------
    Fishburn (1967), Operations Research 15, 537–542; scikit-criteria ``WeightedSumModel``.

    Examples
    --------
    >>> weightedsummodel([[60, 80], [90, 10]]).scores.tolist()
    [70.0, 50.0]
    """
    table = complete("weightedsummodel", matrix, weights, directions)
    table.refuse_costs("weightedsummodel")
    table.refuse_below("weightedsummodel", zero_allowed=True)
    result = evaluate("simple:WeightedSumModel", table.values, table.weights).e_
    return Outcome("weightedsummodel", finite("weightedsummodel", result.score))


def weightedproductmodel(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Weighted product ``Π xⱼ^wⱼ``; the weights are not rescaled beyond rounding.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, normalised, higher is better, above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: the product. Details: ``logarithm``, to base 10.

    Raises
    ------
    MethodError
        A direction is −1, or a cell is missing or not above 0.

    References
    ----------
    Bridgman (1922), Dimensional Analysis; scikit-criteria ``WeightedProductModel``.

    Examples
    --------
    >>> weightedproductmodel([[4, 9], [1, 16]]).scores.round(12).tolist()
    [6.0, 4.0]
    """
    table = complete("weightedproductmodel", matrix, weights, directions)
    table.refuse_costs("weightedproductmodel")
    table.refuse_below("weightedproductmodel")
    result = evaluate("simple:WeightedProductModel", table.values, table.weights).e_
    logarithm = finite("weightedproductmodel", result.score)
    details = {"logarithm": logarithm}
    return Outcome("weightedproductmodel", np.power(10.0, logarithm), details)
