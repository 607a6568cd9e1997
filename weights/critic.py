"""CRITIC: contrast within an indicator times conflict with the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .table import correlation, deviation, tabulate
from .weights import Weights, share


def critic(matrix: ArrayLike, directions: ArrayLike | None = None) -> Weights:
    """CRiteria Importance Through Intercriteria Correlation.

    Columns are scaled from worst (0) to best (1); ``C_j = σ_j Σ_k (1 − r_jk)``,
    ``w_j = C_j / Σ C_j``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; any interval scale: shifts and changes of unit make no difference.
    directions : array_like of 1 and −1, optional
        A cost is turned round, which turns the sign of its correlations. Papers that scale all
        columns as benefits (Tuş & Aytaç Adalı 2019) are reproduced without directions.

    Returns
    -------
    Weights
        Details: ``deviation`` σ (divisor n − 1; with n the weights are the same),
        ``correlation`` r, ``information`` C.

    Raises
    ------
    MethodError
        Constant columns, missing cells, fewer than two units or two indicators, or all
        indicators say the same.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22, 763–770.

    Examples
    --------
    >>> critic([[1, 4], [2, 9], [3, 2]]).values.round(4).tolist()
    [0.4926, 0.5074]
    """
    table = tabulate("critic", matrix, directions)
    table.refuse_constant()
    scaled = table.minmax()
    spread, related = deviation(scaled), correlation(scaled)
    conflict = np.maximum((1.0 - related).sum(axis=0), 0.0)
    information = spread * np.where(conflict < 1e-12 * len(conflict), 0.0, conflict)
    return share(
        "critic", information, deviation=spread, correlation=related, information=information
    )
