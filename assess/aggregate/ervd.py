"""ERVD: relative value distances, losses looming larger than gains."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import Positive
from .given import hold, row
from .outcome import Outcome
from .scikit import complete, evaluate, finite, refuse_negative
from .table import ratio


def ervd(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    reference: ArrayLike | None = None,
    lam: Positive = 2.25,
    alpha: Positive = 0.88,
) -> Outcome:
    """Closeness ``S⁻ / (S⁺ + S⁻)`` of values as prospect theory has them.

    With d the advantage over a reference point, of shares in the column's sum, a gain is worth d^α
    and a loss −λ |d|^α; S⁺ and S⁻ are weighted taxicab distances from the best and worst values.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, not negative.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    reference : float or array_like, shape (indicators,), optional
        The reference point, in the indicators' units; the columns' means by default.
    lam : float
        λ, how much larger losses loom.
    alpha : float
        α, diminishing sensitivity.

    Returns
    -------
    Outcome
        Scores 0–1. Details: ``S_plus``, ``S_minus``.

    Raises
    ------
    MethodError
        A cell is missing or negative, λ or α is not above 0, or no indicator tells the units apart.

    References
    ----------
    Shyur, Yin, Shih & Cheng (2015), Foundations of Computing and Decision Sciences 40, 299–315;
    scikit-criteria ``ERVD``.

    Examples
    --------
    >>> ervd([[1, 3], [3, 1], [2, 2]]).scores.round(4).tolist()
    [0.5, 0.5, 0.6923]
    """
    hold(ervd, lam=lam, alpha=alpha)
    table = complete("ervd", matrix, weights, directions)
    refuse_negative("ervd", table)
    if np.all(table.values == table.values[0]):
        raise MethodError("aggregate.nothing_differs", method="ervd")
    total = table.values.sum(axis=0)
    point = total / len(table.values)
    if reference is not None:
        point = row("ervd", "reference", reference, table)
    # The same distance as its own "minkowski" with p = 1, compiled instead of called row by row.
    settings = {"lambda_value": lam, "alpha_value": alpha, "metric": "cityblock"}
    points = ratio(point, total)
    values = ratio(table.values, total)
    result = evaluate(
        "ervd:ERVD",
        values,
        table.weights,
        table.benefit,
        settings=settings,
        reference_points=points,
    ).e_
    details = {"S_plus": result.s_plus, "S_minus": result.s_minus}
    return Outcome("ervd", finite("ervd", result.similarity), details)
