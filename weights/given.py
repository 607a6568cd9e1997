"""Weights that someone gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from .table import numbers, refuse
from .weights import Weights, share


def given(
    matrix: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    weights: ArrayLike | None = None,
) -> Weights:
    """Given weights, rescaled to sum to 1: percentages and points serve too.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators), optional
        Where it is there, its number of columns must be that of the weights.
    directions : array_like, optional
        Makes no difference.
    weights : array_like, shape (indicators,)
        Not negative, not all 0. Details: ``total`` is their sum as given.

    Raises
    ------
    MethodError
        Weights are missing, negative, all zero, or not one for each indicator.

    Examples
    --------
    >>> given(weights=[20, 30, 50]).values.tolist()
    [0.2, 0.3, 0.5]
    """
    if weights is None:
        raise MethodError("weights.needs_option", method="given", option="weights")
    values = numbers("given", weights)
    count = values.size if matrix is None else numbers("given", matrix).shape[-1]
    if values.shape != (count,):
        raise MethodError("weights.weights_count", given=values.size, needed=count)
    refuse("weights.weight", ~(np.isfinite(values) & (values >= 0)))
    return share("given", values, total=float(values.sum()))
