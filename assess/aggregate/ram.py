"""RAM: the root assessment method."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .outcome import Outcome
from .scikit import complete, evaluate, finite, refuse_negative
from .table import ratio


def ram(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Root ``(2 + S⁺)^(1 / (2 + S⁻))`` of the weighted sums of benefits' and costs' shares.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, not negative.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores RI. Details: ``S_plus``, ``S_minus``.

    Raises
    ------
    MethodError
        A cell is missing or negative.

    References
    ----------
    Sotoudeh-Anvari (2023), Journal of Cleaner Production 423, 138695; scikit-criteria ``RAM``.

    Examples
    --------
    >>> ram([[1, 1], [3, 1]], directions=[1, -1]).scores.round(4).tolist()
    [1.398, 1.4688]
    """
    table = complete("ram", matrix, weights, directions)
    refuse_negative("ram", table)
    values = ratio(table.values, table.values.sum(axis=0))
    result = evaluate("ram:RAM", values, table.weights, table.benefit).e_
    details = {"S_plus": result.sum_benefit, "S_minus": result.sum_cost}
    return Outcome("ram", finite("ram", result.score), details)
