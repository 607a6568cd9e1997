"""The weighted power mean: one exponent between the weakest and the strongest indicator."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import Positive
from ..normalise.matrix import Matrix
from .geometric import geometric
from .outcome import Outcome
from .table import Table, tabulate

_NEARLY_0 = 1e-8
"""Below it, the formula loses more digits than the geometric mean differs from the power mean."""


def power(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    exponent: float = 2.0,
    floor: Positive | None = None,
) -> Outcome:
    """Weighted power mean ``(Σ wⱼxⱼᵖ / Σ wⱼ)^(1/p)`` over each unit's observed indicators.

    p = 1 is the arithmetic mean, 0 (as a limit) the geometric, −1 the harmonic; the lower p,
    the less one indicator makes up for another.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better; not negative, and above 0 unless p > 0; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like, optional
        All 1: normalise costs first.
    exponent : float
        p.
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
        A direction is −1, p is not finite, or a value is too low; it is named.

    References
    ----------
    Hardy, Littlewood & Pólya (1934), Inequalities, chapter 2.

    Examples
    --------
    >>> power([[1, 7]], exponent=2).scores.round(12).tolist()
    [5.0]
    """
    if not np.isfinite(exponent):
        raise MethodError("aggregate.exponent", exponent=exponent)
    if abs(exponent) < _NEARLY_0:
        return replace(geometric(matrix, weights, directions, floor=floor), method="power")
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("power")
    table, raised = table.raised_to(floor)
    table.refuse_below("power", zero_allowed=exponent > 0)
    details = {"observed": table.observed_weight, "raised": raised}
    return Outcome("power", _mean(table, exponent), details)


def _mean(table: Table, exponent: float) -> Matrix:
    with np.errstate(over="ignore", under="ignore"):
        total = table.mean(table.weighty**exponent)
    if total.min() > 1e-200 and total.max() < 1e200:
        return np.asarray(total ** (1.0 / exponent))
    return _scaled_mean(table, exponent)


def _scaled_mean(table: Table, exponent: float) -> Matrix:
    # Relative to each unit's extreme, high powers neither overflow nor vanish.
    counted = table.counted
    extreme = np.max if exponent > 0 else np.min
    start = 0.0 if exponent > 0 else np.inf
    scale = extreme(np.where(counted, table.values, start), axis=1)
    scale = np.where(np.isfinite(scale) & (scale > 0), scale, 1.0)
    parts = table.weighty / scale[:, None]
    result: Matrix = scale * table.mean(parts**exponent) ** (1.0 / exponent)
    return result
