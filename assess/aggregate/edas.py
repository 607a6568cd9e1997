"""EDAS: better and worse than the average."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..normalise.matrix import refuse_columns
from .outcome import Outcome
from .scikit import complete, evaluate, finite


def edas(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Mean of ``SP / max SP`` and ``1 − SN / max SN``.

    SP and SN are the weighted distances above and below the columns' averages, in terms of them.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, each column's average above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores AS, 0–1.

    Raises
    ------
    MethodError
        A cell is missing, or an average is not above 0.

    References
    ----------
    Keshavarz Ghorabaee et al. (2015), Informatica 26, 435–451; scikit-criteria ``EDAS``.

    Examples
    --------
    >>> edas([[1, 2], [2, 2], [3, 2]]).scores.round(12).tolist()
    [0.0, 0.5, 1.0]
    """
    table = complete("edas", matrix, weights, directions)
    average = table.values.mean(axis=0)
    refuse_columns("aggregate.average", average <= 0, method="edas")
    result = evaluate("edas:EDAS", table.values, table.weights, table.benefit).e_
    return Outcome("edas", finite("edas", result.score))
