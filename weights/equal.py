"""Equal weights."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from ..options import between
from .table import numbers
from .weights import Weights, share


def equal(
    matrix: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    count: Annotated[int, between(1, 1_000_000, whole=True)] | None = None,
) -> Weights:
    """The same weight for every indicator, ``w_j = 1 / m``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators), optional
        Only its number of columns counts; missing cells do not matter.
    directions : array_like, optional
        Makes no difference.
    count : int, optional
        How many indicators, where there is no matrix.

    Raises
    ------
    MethodError
        There is neither a matrix nor a count.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.

    Examples
    --------
    >>> equal(count=4).values.tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    if count is None:
        values = numbers("equal", matrix)
        if values.ndim != 2:
            raise MethodError("weights.shape", method="equal", shape=values.shape)
        count = values.shape[1]
    return share("equal", np.ones(max(count, 0)))
