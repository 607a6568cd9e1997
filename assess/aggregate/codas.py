"""CODAS: distances from the worst, Euclidean first, taxicab for near ties."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .outcome import Outcome
from .scikit import complete, evaluate, finite, linear


def codas(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    tau: float = 0.02,
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
        A cell is missing or too low.

    References
    ----------
    Keshavarz Ghorabaee et al. (2016), Economic Computation and Economic Cybernetics Studies and
    Research 50(3), 25–44; scikit-criteria ``CODAS``.

    Examples
    --------
    >>> codas([[2, 1], [4, 2], [3, 3]], directions=[1, -1]).scores.round(4).tolist()
    [0.4865, 0.277, -0.7635]
    """
    table = complete("codas", matrix, weights, directions)
    values = linear("codas", table)
    result = evaluate("codas:CODAS", values, table.weights, settings={"tau": tau}).e_
    return Outcome("codas", finite("codas", result.score), {"psi": result.psi})
