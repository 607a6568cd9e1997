"""PROBID: a spectrum of ideals, and the average."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix
from .outcome import Outcome
from .scikit import complete, evaluate, finite
from .table import Table, ratio


def probid(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Performance ``1 / (1 + (S⁺/S⁻)²) + d`` from distances to a spectrum of ideals.

    The k-th ideal has the k-th best of each weighted column, divided by its length; S⁺ sums the
    distances to the better half, weighted 1, ½, ⅓ …, S⁻ to the rest and the last of these, weighted
    alike from the worst on; d is the distance from the average.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores P. Details: ``S_plus``, ``S_minus``.

    Raises
    ------
    MethodError
        A cell is missing, or no indicator tells the units apart.

    References
    ----------
    Wang, Rangaiah & Wang (2021), Industrial & Engineering Chemistry Research 60; scikit-criteria
    ``PROBID``.

    Examples
    --------
    >>> probid([[3, 4], [4, 3], [0, 0]]).scores.round(4).tolist()
    [1.1103, 1.1103, 0.3992]
    """
    table = complete("probid", matrix, weights, directions)
    values = _lengths("probid", table)
    result = evaluate("probid:PROBID", values, table.weights, table.benefit, loud=True).e_
    details = {"S_plus": result.pos_ideal, "S_minus": result.neg_ideal}
    return Outcome("probid", finite("probid", result.score), details)


def simplifiedprobid(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Performance ``S⁻/S⁺`` from distances to the best and the worst quarter of ideals.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; four units or more.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores P. Details: ``S_plus``, ``S_minus``.

    Raises
    ------
    MethodError
        A cell is missing, there are too few units, or one unit is the best on all indicators.

    References
    ----------
    Wang, Rangaiah & Wang (2021), Industrial & Engineering Chemistry Research 60; scikit-criteria
    ``SimplifiedPROBID``.

    Examples
    --------
    >>> simplifiedprobid([[3, 4], [4, 3], [0, 0], [1, 1]]).scores.round(4).tolist()
    [5.0, 5.0, 0.0, 0.3333]
    """
    table = complete("simplifiedprobid", matrix, weights, directions)
    if len(table.values) < 4:
        raise MethodError("aggregate.too_few_units", method="simplifiedprobid", needed=4)
    values = _lengths("simplifiedprobid", table)
    path, benefit = "probid:SimplifiedPROBID", table.benefit
    result = evaluate(path, values, table.weights, benefit, loud=True).e_
    details = {"S_plus": result.pos_ideal, "S_minus": result.neg_ideal}
    return Outcome("simplifiedprobid", finite("simplifiedprobid", result.score), details)


def _lengths(method: str, table: Table) -> Matrix:
    """Each column divided by its Euclidean length."""
    if np.all(table.values == table.values[0]):
        raise MethodError("aggregate.nothing_differs", method=method)
    return ratio(table.values, np.sqrt(np.einsum("ij,ij->j", table.values, table.values)))
