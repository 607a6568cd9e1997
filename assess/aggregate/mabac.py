"""MABAC: distance from the border of the middling."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .outcome import Outcome
from .scikit import complete, evaluate, finite, minmax


def mabac(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Sum of ``v − g``, v = w (1 + r) and g the geometric mean of v in its column.

    r is the min–max value.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, no indicator constant.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores S. Details: ``G``, the border approximation area.

    Raises
    ------
    MethodError
        A cell is missing, or an indicator is constant.

    References
    ----------
    Pamučar & Ćirović (2015), Expert Systems with Applications 42, 3016–3028; scikit-criteria
    ``MABAC``.

    Examples
    --------
    >>> mabac([[1, 3], [3, 1]]).scores.round(4).tolist()
    [0.0858, 0.0858]
    """
    table = complete("mabac", matrix, weights, directions, spread=True)
    values, weights = minmax(table), table.weights
    result = evaluate("mabac:MABAC", values, weights).e_
    # Its border, the root of a product over the units, is 0 once there are some hundred.
    border = weights * np.exp(np.log1p(values).mean(axis=0))
    shift = float((result.border_approximation_area - border).sum())
    return Outcome("mabac", finite("mabac", result.score + shift), {"G": border})
