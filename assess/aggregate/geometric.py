"""The weighted geometric mean: a deficit costs more than a surplus brings."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...options import Positive
from .outcome import Outcome
from .table import tabulate


def geometric(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    floor: Positive | None = None,
) -> Outcome:
    """Weighted geometric mean ``Π xⱼ^(wⱼ / Σw)`` over each unit's observed indicators.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better, above 0; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like, optional
        All 1: normalise costs first.
    floor : float, optional
        Raise lower values to this one.

    Returns
    -------
    Outcome
        Details: ``observed``, the share of the weight observed for each unit; ``raised``, how
        many cells were raised to the floor.

    Raises
    ------
    MethodError
        A direction is −1, or a value is not above 0; its unit and indicator are named.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.7; UNDP (2010),
    Human Development Report, technical note 1.

    Examples
    --------
    >>> geometric([[4, 9], [2, 18]]).scores.round(12).tolist()
    [6.0, 6.0]
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("geometric")
    table, raised = table.raised_to(floor)
    table.refuse_below("geometric")
    details = {"observed": table.observed_weight, "raised": raised}
    return Outcome("geometric", np.exp(table.mean(np.log(table.weighty))), details)
