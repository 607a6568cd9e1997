"""LOPCOW: logarithmic percentage change-driven objective weighting."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .table import deviation, tabulate
from .weights import Weights, share


def lopcow(matrix: ArrayLike, directions: ArrayLike | None = None) -> Weights:
    """Logarithmic Percentage Change-driven Objective Weighting.

    Columns are scaled from worst (0) to best (1), r; ``PV_j = |ln(√(Σ_i r_ij² / n) / σ_j) · 100|``
    with σ the sample deviation (divisor n − 1), ``w_j = PV_j / Σ PV_j``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete; any interval scale.
    directions : array_like of 1 and −1, optional
        A cost is turned round.

    Returns
    -------
    Weights
        Details: ``PV``, ``deviation`` σ, ``root_mean_square``.

    Raises
    ------
    MethodError
        Constant columns, missing cells, or fewer than two units.

    References
    ----------
    Ecer & Pamucar (2022), Omega 112, 102690.

    Examples
    --------
    >>> lopcow([[0, 4], [1, 6], [4, 8]], [1, -1]).details["PV"].round(3).tolist()
    [13.413, 25.541]
    """
    table = tabulate("lopcow", matrix, directions)
    table.refuse_constant()
    scaled = table.minmax()
    size, spread = np.sqrt(np.square(scaled).mean(axis=0)), deviation(scaled)
    # size² − spread² is the mean product of two units: never negative, and no digits are lost.
    count = len(scaled)
    products = (scaled * (scaled.sum(axis=0) - scaled)).sum(axis=0) / (count * (count - 1))
    change = 50 * np.log1p(products / spread**2)
    return share("lopcow", change, PV=change, deviation=spread, root_mean_square=size)
