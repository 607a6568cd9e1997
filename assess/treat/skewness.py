"""By skewness and kurtosis: winsorise a few values, and transform where that is not enough."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import NotNegative, Whole
from ..normalise.matrix import Matrix, as_matrix
from . import boxcox, log, winsorise
from .moments import Limits, distinct
from .transform import Fitted, apply, identity
from .treated import Treated

_TRANSFORMS = ("log", "boxcox")


def skewness(
    matrix: ArrayLike,
    *,
    points: Whole = 5,
    skewness: NotNegative = 2.0,
    kurtosis: NotNegative = 3.5,
    then: Literal["log", "boxcox"] = "log",
    reflect: bool = False,
) -> Treated:
    """Treat the columns that have outliers, as the audits of composite indicators do.

    A column with absolute skewness and kurtosis both at or above their limits is winsorised, at
    most `points` of its values. If it still does not pass, the untreated column is transformed
    instead. A column with fewer than four values, or with two different ones, stays.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing, and stays so.
    points : int
        How many values of a column may be winsorised.
    skewness, kurtosis : float
        The limits.
    then : {"log", "boxcox"}
        The transformation, by its usual offset; Box–Cox by its likeliest power.
    reflect : bool
        Whether the logarithm reflects columns skewed to the left; without it, it skews them more.

    Returns
    -------
    Treated

    Raises
    ------
    MethodError
        There is no such transformation, or `points` is negative.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, function Treat.

    Examples
    --------
    >>> table = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 60]]
    >>> skewness(table).values[-1].tolist()
    [6.0, 5.0]
    """
    fitted = fit(
        matrix,
        points=points,
        skewness=skewness,
        kurtosis=kurtosis,
        then=then,
        reflect=reflect,
    )
    return apply(matrix, fitted, Limits(skewness, kurtosis))


def fit(
    matrix: ArrayLike,
    *,
    points: Whole = 5,
    skewness: NotNegative = 2.0,
    kurtosis: NotNegative = 3.5,
    then: Literal["log", "boxcox"] = "log",
    reflect: bool = False,
) -> Fitted:
    """The bounds of the columns that are winsorised, the power and shift of those transformed."""
    if then not in _TRANSFORMS:
        raise MethodError("treat.then", then=then, known=", ".join(_TRANSFORMS))
    values = as_matrix(matrix)
    limits = Limits(skewness, kurtosis)
    drawn = winsorise.fit(values, points=points, skewness=skewness, kurtosis=kurtosis)
    failed = ~limits.passed(np.clip(values, drawn["low"], drawn["high"])) & (distinct(values) > 2)
    fitted = {word: array.copy() for word, array in drawn.items()}
    if failed.any():
        chosen = _transform(values[:, failed], then, reflect)
        for word in identity(0):
            fitted[word][failed] = chosen[word]
    return fitted


def _transform(values: Matrix, then: str, reflect: bool) -> Fitted:
    return boxcox.fit(values) if then == "boxcox" else log.fit(values, reflect=reflect)
