"""MARCOS: utility relative to the ideal and the anti-ideal."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .outcome import Outcome
from .scikit import complete, evaluate, finite, linear


def marcos(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Utility ``f(K) = (K⁺ + K⁻) / (1 + (1 − f(K⁺))/f(K⁺) + (1 − f(K⁻))/f(K⁻))``.

    With S the weighted sum of ``x / max`` (cost: ``min / x``), K⁺ and K⁻ are S relative to that of
    the ideal and of the anti-ideal, ``f(K⁺) = K⁻/(K⁺ + K⁻)`` and ``f(K⁻) = K⁺/(K⁺ + K⁻)``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; benefits not negative, costs above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores f(K). Details: ``K_plus``, ``K_minus``.

    Raises
    ------
    MethodError
        A cell is missing or too low, or the worst of all columns is 0.

    References
    ----------
    Stević, Pamučar, Puška & Chatterjee (2020), Computers & Industrial Engineering 140, 106231;
    scikit-criteria ``MARCOS``.

    Examples
    --------
    >>> marcos([[2, 1], [4, 2]], directions=[1, -1]).scores.round(12).tolist()
    [0.642857142857, 0.642857142857]
    """
    table = complete("marcos", matrix, weights, directions)
    values = linear("marcos", table)
    if values.min(axis=0) @ table.weights == 0:
        raise MethodError("aggregate.anti_ideal", method="marcos")
    with np.printoptions(threshold=2, edgeitems=1):  # it prints them all otherwise, at some cost
        result = evaluate("marcos:MARCOS", values, table.weights, loud=True).e_
    details = {"K_plus": result.K_plus, "K_minus": result.K_minus}
    return Outcome("marcos", finite("marcos", result.utility_scores), details)
