"""WASPAS: halfway between the weighted sum and the weighted product."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...options import Share
from .given import hold
from .outcome import Outcome
from .scikit import complete, evaluate, finite, linear


def waspas(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    lam: Share = 0.5,
) -> Outcome:
    """Weighted sum and product mixed: ``λ Σ wⱼrⱼ + (1 − λ) Π rⱼ^wⱼ``.

    r is ``x / max``, for a cost ``min / x``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete and above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    lam : float
        λ, the weight of the sum, 0–1.

    Returns
    -------
    Outcome
        Scores Q. Details: ``Q1``, the sum; ``Q2``, the product.

    Raises
    ------
    MethodError
        A cell is missing or not above 0, or λ is not in 0–1.

    References
    ----------
    Zavadskas et al. (2012), Elektronika ir Elektrotechnika 122(6), 3–6; scikit-criteria ``WASPAS``.

    Examples
    --------
    >>> waspas([[2, 1], [4, 2]], directions=[1, -1]).scores.round(6).tolist()
    [0.728553, 0.728553]
    """
    hold(waspas, lam=lam)
    table = complete("waspas", matrix, weights, directions)
    table.refuse_below("waspas")
    values = linear("waspas", table)
    settings = {"lambda_value": lam}
    result = evaluate("waspas:WASPAS", values, table.weights, settings=settings).e_
    scores = finite("waspas", result.score)
    product = np.power(10.0, result.log10_wpm_scores)
    return Outcome("waspas", scores, {"Q1": result.wsm_scores, "Q2": product})
