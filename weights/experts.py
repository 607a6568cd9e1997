"""How much say each expert has."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from .table import Matrix, numbers


def expert_shares(
    expert_weights: ArrayLike | None, count: int, option: str = "expert_weights"
) -> Matrix:
    """The experts' weights, rescaled to sum to 1; equal if None.

    Errors name the `option` that gave them.

    Raises
    ------
    MethodError
        There are not `count` of them, or one is negative, or all are 0.

    Examples
    --------
    >>> expert_shares([1, 3], 2).tolist()
    [0.25, 0.75]
    """
    if expert_weights is None:
        return np.full(count, 1.0 / count)
    values = np.atleast_1d(numbers("experts", expert_weights))
    if values.shape != (count,):
        given = " × ".join(map(str, values.shape))
        raise MethodError("weights.experts_count", option=option, given=given, needed=count)
    if not (np.isfinite(values).all() and (values >= 0).all() and values.sum() > 0):
        raise MethodError("weights.expert_weight", option=option)
    share: Matrix = values / values.sum()
    return share
