"""Benefit of the doubt: each unit is weighted as suits it best."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...weights.benefit import best_weights
from ..normalise.matrix import Matrix, refuse_cells
from .outcome import Outcome
from .table import Table, tabulate


def dea(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    shares: tuple[float, float] = (0.0, 1.0),
) -> Outcome:
    """Benefit of the doubt: ``max w·x`` such that no unit exceeds 1 by the same weights, w ≥ 0.

    A missing cell counts as no output (Kuosmanen 2009): it earns its unit nothing.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better, not negative; NaN = missing.
    weights : array_like, optional
        Only which are 0 counts: these indicators are left out.
    directions : array_like, optional
        All 1: normalise costs first.
    shares : (float, float)
        Least and largest share of a unit's score that one indicator may make up; the free choice
        is (0, 1).

    Returns
    -------
    Outcome
        Scores above 0 and up to 1; NaN for a unit without any output. Details: ``weights``, each
        unit's own, shape (units, indicators).

    Raises
    ------
    MethodError
        A direction is −1, a value is negative, the bounds on shares cannot be met, by a unit with
        too few outputs above 0 neither, or a cell is missing while a least share is asked for.

    References
    ----------
    Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), An introduction to "benefit of the doubt"
    composite indicators, Social Indicators Research 82, 111–145.

    Examples
    --------
    >>> dea([[4, 1], [1, 4], [2, 2]]).scores.round(12).tolist()
    [1.0, 1.0, 0.8]
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("dea")
    used = table.weights > 0
    refuse_cells("aggregate.negative", (table.values < 0) & used, method="dea")
    low, high = shares
    if not 0 <= low <= 1.0 / used.sum() <= high <= 1:
        raise MethodError("aggregate.shares", low=low, high=high, count=int(used.sum()))
    if low > 0:
        table.refuse_missing("dea")
    outputs = np.where(table.counted, table.values, 0.0)[:, used]
    _refuse_shares_of_nothing(table, outputs, low, high)
    count = int(used.sum())
    own = np.zeros(table.values.shape)
    own[:, used] = best_weights(outputs, np.full(count, low), np.full(count, high))
    scores = np.einsum("ij,ij->i", own, np.where(table.counted, table.values, 0.0))
    return Outcome("dea", np.where(outputs.any(axis=1), scores, np.nan), {"weights": own})


def _refuse_shares_of_nothing(table: Table, outputs: Matrix, low: float, high: float) -> None:
    """Refuse units whose outputs above 0 are too few for the bounds on shares.

    Nothing but 0 can be made up of a 0: at least `low` cannot, and if the others may make up no
    more than `high` each, they do not make up the whole.
    """
    nothing = outputs == 0
    served = ~nothing.all(axis=1)
    most = np.where(nothing, 0.0, high).sum(axis=1)
    short = served & ((most < 1 - 1e-12) | ((low > 0) & nothing.any(axis=1)))
    faulty = np.zeros(table.values.shape, dtype=bool)
    faulty[:, table.weights > 0] = nothing & short[:, None]
    refuse_cells("aggregate.share_of_zero", faulty, method="dea")
