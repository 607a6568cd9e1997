"""CODAS: distances from the worst, Euclidean first, taxicab for near ties."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...options import NotNegative
from .given import hold
from .outcome import Outcome
from .scikit import complete, finite, linear


def codas(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    tau: NotNegative = 0.02,
) -> Outcome:
    """Sum over the other units of ``(Eᵢ − Eₖ) + ψ (Tᵢ − Tₖ)``.

    E and T are the Euclidean and taxicab distances from the worst of each column, of the weighted
    ``x / max`` (cost: ``min / x``); ψ is 1 where ``|Eᵢ − Eₖ| ≥ τ``, else 0.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; benefits not negative, costs above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    tau : float
        Threshold τ of equal Euclidean distance; 0.01–0.05 is usual.

    Returns
    -------
    Outcome
        Scores H. Details: ``psi``.

    Raises
    ------
    MethodError
        A cell is missing or too low, or τ is negative.

    References
    ----------
    Keshavarz Ghorabaee et al. (2016), Economic Computation and Economic Cybernetics Studies and
    Research 50(3), 25–44; scikit-criteria ``CODAS``.

    Examples
    --------
    >>> codas([[2, 1], [4, 2], [3, 3]], directions=[1, -1]).scores.round(4).tolist()
    [0.4865, 0.277, -0.7635]
    """
    hold(codas, tau=tau)
    table = complete("codas", matrix, weights, directions)
    values = linear("codas", table)
    away = (values - values.min(axis=0)) * table.weights
    euclidean, taxicab = np.sqrt(np.square(away).sum(axis=1)), away.sum(axis=1)
    # As in scikit-criteria, which lays out ψ (Tᵢ − Tₖ) whole: that takes ten times as long.
    psi = euclidean[:, None] - euclidean
    np.greater_equal(np.abs(psi, out=psi), tau, out=psi)
    scores = len(psi) * euclidean - euclidean.sum() + psi.sum(axis=1) * taxicab - psi @ taxicab
    return Outcome("codas", finite("codas", scores), {"psi": psi})
