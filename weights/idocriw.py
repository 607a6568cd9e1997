"""IDOCRIW: entropy and CILOS together."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .cilos import cilos
from .entropy import divergence
from .table import tabulate
from .weights import Weights, share


def idocriw(matrix: ArrayLike, directions: ArrayLike | None = None) -> Weights:
    """Integrated Determination of Objective CRIteria Weights.

    ``w_j = q_j W_j / Σ q_k W_k`` with the entropy weights W of the columns as they are and the
    CILOS weights q.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete and positive, ratio scale.
    directions : array_like of 1 and −1, optional
        Turn costs round in the CILOS half only, as published.

    Returns
    -------
    Weights
        Details: ``entropy_weights`` W, ``cilos_weights`` q.

    Raises
    ------
    MethodError
        Zeros, negatives, constant columns, missing cells, fewer than two units, or losses
        that do not determine the CILOS weights.

    References
    ----------
    Zavadskas & Podvezko (2016), International Journal of Information Technology & Decision
    Making 15, 267–283.

    Examples
    --------
    >>> idocriw([[4, 1], [2, 2]]).values.round(4).tolist()
    [0.5, 0.5]
    """
    table = tabulate("idocriw", matrix, directions)
    table.refuse_below()
    table.refuse_constant()
    by_entropy = share("entropy", divergence(table)).values
    by_loss = cilos(table.values, table.signs).values
    return share("idocriw", by_entropy * by_loss, entropy_weights=by_entropy, cilos_weights=by_loss)
