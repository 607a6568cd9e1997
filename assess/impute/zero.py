"""Zero: what was not reported counts as nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import as_matrix
from .imputed import Fitted, Imputed, filled


def zero(matrix: ArrayLike) -> Imputed:
    """Put 0 in every missing cell.

    Meant for scores, where 0 is the worst: there it is a penalty for not reporting. In raw values
    0 may be the best there is, as for a cost.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.

    Returns
    -------
    Imputed

    Examples
    --------
    >>> zero([[70, float("nan")]]).values.tolist()
    [[70.0, 0.0]]
    """
    return apply(matrix, fit(matrix))


def fit(matrix: ArrayLike) -> Fitted:
    """Nothing to learn."""
    as_matrix(matrix)
    return {}


def apply(matrix: ArrayLike, fitted: Fitted) -> Imputed:
    """Put 0 in the missing cells."""
    values = as_matrix(matrix)
    return filled(values, np.zeros(values.shape))
