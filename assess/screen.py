"""Screen: units that report too little are left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from .normalise.bounds import divide
from .normalise.matrix import Mask, Matrix, as_matrix

_NOISE = 1e-12


@dataclass(frozen=True)
class Screened:
    """Which units report enough.

    Parameters
    ----------
    kept : ndarray of bool, shape (units,)
    availability : ndarray, shape (units,)
        Share of the indicators that a unit reports, 0–1.
    nonzero : ndarray, shape (units,)
        Share of what it reports that is not 0; NaN for a unit that reports nothing.
    """

    kept: Mask
    availability: Matrix
    nonzero: Matrix


def screen(matrix: ArrayLike, available: float = 0.9, nonzero: float | None = None) -> Screened:
    """Keep the units that report at least a share of the indicators.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    available : float
        The least share of indicators reported, 0–1.
    nonzero : float, optional
        The least share of values other than 0 among those reported; not asked by default.

    Returns
    -------
    Screened

    Raises
    ------
    MethodError
        A share is not between 0 and 1.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, function Screen.

    Examples
    --------
    >>> nan = float("nan")
    >>> screen([[1, 2, 3, nan], [1, nan, nan, 0]], available=0.75).kept.tolist()
    [True, False]
    """
    for share in (available, nonzero):
        if share is not None and not 0 <= share <= 1:
            raise MethodError("impute.share", share=share)
    values = as_matrix(matrix)
    reported = (~np.isnan(values)).sum(axis=1)
    availability = reported / values.shape[1]
    kept = availability >= available - _NOISE
    shares = divide((reported - (values == 0).sum(axis=1)).astype(np.float64), reported)
    if nonzero is not None:
        kept &= shares >= nonzero - _NOISE
    return Screened(kept, availability, shares)
