"""COPRAS: benefits in proportion, costs in inverse proportion."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .outcome import Outcome
from .scikit import complete, evaluate, finite, refuse_negative
from .table import ratio


def copras(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Degree of utility ``Qᵢ / max Q``.

    ``Qᵢ = S⁺ᵢ + Σ S⁻ / (S⁻ᵢ Σ (1 / S⁻))``, with S⁺ and S⁻ the weighted sums of the benefits' and
    the costs' shares in their columns. Without costs, Q is S⁺.

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
        Scores N, 0–1. Details: ``Q``, ``S_plus``, ``S_minus``.

    Raises
    ------
    MethodError
        A cell is missing or negative, or all costs of a unit are 0.

    References
    ----------
    Zavadskas, Kaklauskas & Sarka (1994), Technological and Economic Development of Economy 1,
    131–139; scikit-criteria ``COPRAS``.

    Examples
    --------
    >>> copras([[2, 1], [2, 3]], directions=[1, -1]).scores.round(4).tolist()
    [1.0, 0.6]
    """
    table = complete("copras", matrix, weights, directions)
    refuse_negative("copras", table)
    values = ratio(table.values, table.values.sum(axis=0))
    costs = table.weights * ~table.benefit
    if not costs.any():
        plus = values @ table.weights
        details = {"Q": plus, "S_plus": plus, "S_minus": np.zeros(plus.size)}
        return Outcome("copras", finite("copras", ratio(plus, plus.max())), details)
    if (values @ costs).min() == 0:
        raise MethodError("aggregate.no_cost", method="copras")
    result = evaluate("copras:COPRAS", values, table.weights, table.benefit).e_
    scores = finite("copras", result.score) / 100
    details = {"Q": result.significances, "S_plus": result.S_max, "S_minus": result.S_min}
    return Outcome("copras", scores, details)
