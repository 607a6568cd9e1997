"""CoCoSo: three compromises between the weighted sum and the weighted product."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...options import Share
from ..normalise.matrix import refuse_cells
from .given import hold
from .outcome import Outcome
from .scikit import complete, evaluate, finite, minmax


def cocoso(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    lam: Share = 0.5,
) -> Outcome:
    """Combined compromise ``∛(kₐ k_b k_c) + (kₐ + k_b + k_c) / 3``.

    With S the weighted sum of the min–max values and P the sum of their powers ``r^w``, kₐ is the
    share of S + P in the total, k_b is S and P relative to their minima, k_c ``λS + (1 − λ)P``
    relative to its maximum.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, no indicator constant.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    lam : float
        λ, the weight of the sum in k_c, 0–1.

    Returns
    -------
    Outcome
        Scores k. Details: ``k_a``, ``k_b``, ``k_c``.

    Raises
    ------
    MethodError
        A cell is missing, an indicator is constant, one unit is the worst on all, or λ is not
        from 0 to 1.

    References
    ----------
    Yazdani, Zarate, Zavadskas & Turskis (2019), Management Decision 57, 2501–2519; scikit-criteria
    ``CoCoSo``.

    Examples
    --------
    >>> cocoso([[1, 3], [2, 1], [3, 2]]).scores.round(4).tolist()
    [2.3034, 1.3948, 3.6984]
    """
    hold(cocoso, lam=lam)
    table = complete("cocoso", matrix, weights, directions, spread=True)
    used = table.weights > 0
    values, counted = minmax(table), table.weights
    if not used.all():
        values, counted = values[:, used], counted[used]
    worst = values @ counted == 0
    refuse_cells("aggregate.worst_on_all", np.outer(worst, used), method="cocoso")
    settings = {"lambda_value": lam}
    result = evaluate("cocoso:CoCoSo", values, counted, settings=settings).e_
    details = {"k_a": result.k_a, "k_b": result.k_b, "k_c": result.k_c}
    return Outcome("cocoso", finite("cocoso", result.score), details)
