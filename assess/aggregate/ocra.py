"""OCRA: operational competitiveness above the weakest."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ..normalise.matrix import refuse_columns
from .outcome import Outcome
from .scikit import complete, evaluate, finite
from .table import extremes


def ocra(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
) -> Outcome:
    """Ratings of costs ``Σ w (max − x) / min`` and benefits ``Σ w (x − min) / min``, added.

    Each rating, and the sum, is counted from its least: the weakest unit has 0.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, above 0.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.

    Returns
    -------
    Outcome
        Scores: the rating. Details: ``inputs``, that of costs; ``outputs``, that of benefits.

    Raises
    ------
    MethodError
        A cell is missing or not above 0.

    References
    ----------
    Parkan (1994), International Journal of Production Economics 36, 131–142; scikit-criteria
    ``OCRA``.

    Examples
    --------
    >>> ocra([[2, 1], [4, 2]], directions=[1, -1]).scores.tolist()
    [0.0, 0.0]
    """
    table = complete("ocra", matrix, weights, directions)
    if table.values.min() <= 0:
        low, _ = extremes(table)
        refuse_columns("aggregate.too_low", low <= 0, method="ocra")
    result = evaluate("ocra:OCRA", table.values, table.weights, table.benefit).e_
    details = {"inputs": result.input_performance, "outputs": result.output_performance}
    return Outcome("ocra", finite("ocra", result.performance), details)
