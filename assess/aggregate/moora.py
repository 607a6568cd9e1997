"""MOORA: ratios, a reference point, a multiplicative form, and the three together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..normalise.matrix import Matrix
from ..ranking import comparable
from .outcome import Outcome
from .scikit import complete, evaluate, finite
from .table import Table, ratio


def ratiomoora(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Weighted sum of benefits less that of costs, each column divided by its length.

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
        Scores y.

    Raises
    ------
    MethodError
        A cell is missing.

    References
    ----------
    Brauers & Zavadskas (2006), Control and Cybernetics 35, 445–469; scikit-criteria ``RatioMOORA``.

    Examples
    --------
    >>> ratiomoora([[3, 4], [4, 3]], directions=[1, -1]).scores.round(12).tolist()
    [-0.1, 0.1]
    """
    table = complete("ratiomoora", matrix, weights, directions)
    result = evaluate("moora:RatioMOORA", _lengths(table), table.weights, table.benefit).e_
    return Outcome("ratiomoora", finite("ratiomoora", result.score))


def referencepointmoora(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Largest weighted distance from the best of each column, divided by its length.

    The lower the better: scores are its negative.

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
        Scores −d. Details: ``distance``, ``reference_point``.

    Raises
    ------
    MethodError
        A cell is missing.

    References
    ----------
    Brauers & Zavadskas (2006), Control and Cybernetics 35, 445–469; scikit-criteria
    ``ReferencePointMOORA``.

    Examples
    --------
    >>> referencepointmoora([[3, 4], [4, 3]], directions=[1, -1]).scores.round(12).tolist()
    [-0.1, 0.0]
    """
    table = complete("referencepointmoora", matrix, weights, directions)
    path, values = "moora:ReferencePointMOORA", _lengths(table)
    result = evaluate(path, values, table.weights, table.benefit).e_
    distance = finite("referencepointmoora", result.score)
    details = {"distance": distance, "reference_point": result.reference_point}
    return Outcome("referencepointmoora", 0.0 - distance, details)


def fullmultiplicativeform(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Product of the benefits over that of the costs, as its logarithm; weights do not count.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: ln U. Details: ``U``.

    Raises
    ------
    MethodError
        A cell is missing or not above 0.

    References
    ----------
    Brauers & Zavadskas (2010), Technological and Economic Development of Economy 16, 5–24;
    scikit-criteria ``FullMultiplicativeForm``.

    Examples
    --------
    >>> fullmultiplicativeform([[3, 4], [4, 2]], directions=[1, -1]).details["U"].round(12).tolist()
    [0.75, 2.0]
    """
    table = complete("fullmultiplicativeform", matrix, weights, directions)
    table.refuse_below("fullmultiplicativeform")
    ones = np.ones(table.weights.size)
    result = evaluate("moora:FullMultiplicativeForm", table.values, ones, table.benefit).e_
    # Without a benefit it starts from 1 where 0 is meant.
    logarithm = finite("fullmultiplicativeform", result.score) - (not table.benefit.any())
    return Outcome("fullmultiplicativeform", logarithm, {"U": np.exp(logarithm)})


def multimoora(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Number of units a unit dominates in the three rankings: ratio, reference point, product.

    Of two units that differ in all three, the one ahead in most dominates.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: units dominated. Details: ``rank_matrix``, the three ranks.

    Raises
    ------
    MethodError
        A cell is missing or not above 0.

    References
    ----------
    Brauers & Zavadskas (2010), Technological and Economic Development of Economy 16, 5–24;
    scikit-criteria ``MultiMOORA``.

    Examples
    --------
    >>> multimoora([[3, 4], [4, 2], [1, 5]], directions=[1, -1]).scores.tolist()
    [1.0, 2.0, 0.0]
    """
    table = complete("multimoora", matrix, weights, directions)
    table.refuse_below("multimoora")
    used = table.weights > 0
    values, benefit = _lengths(table)[:, used], table.benefit[used]
    ranks = [
        _places(evaluate(f"moora:{name}", values, table.weights[used], benefit).e_.score, rising)
        for name, rising in (
            ("RatioMOORA", False),
            ("ReferencePointMOORA", True),
            ("FullMultiplicativeForm", False),
        )
    ]
    # Its MultiMOORA compares these ranks pair by pair in a loop.
    ahead = np.zeros((len(values), len(values)))
    apart = np.ones(ahead.shape, dtype=bool)
    for places in ranks:
        ahead += places[:, None] < places[None, :]
        apart &= places[:, None] != places[None, :]
    dominates = apart & (ahead >= 2)
    details = {"rank_matrix": np.stack(ranks, axis=1)}
    return Outcome("multimoora", dominates.sum(axis=1).astype(np.float64), details)


def _places(scores: Matrix, rising: bool) -> NDArray[np.int64]:
    """Dense ranks, 1 the best: the least if `rising`. Scores are compared as `rank` compares."""
    compared = comparable(scores if rising else -scores)
    return np.unique(compared, return_inverse=True)[1].ravel() + 1


def _lengths(table: Table) -> Matrix:
    """Each column divided by its Euclidean length."""
    return ratio(table.values, np.sqrt(np.einsum("ij,ij->j", table.values, table.values)))
