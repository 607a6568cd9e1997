"""DEA: the benefit of the doubt, every unit weighed in its own favour."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from ..options import Ends
from .benefit import best_weights
from .table import Mask, Matrix, Table, numbers, refuse, tabulate
from .weights import Weights, share


def dea(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    bounds: Ends | None = None,
) -> Weights:
    """Weights that show each unit at its best, and their mean over the units.

    Unit c has the score ``CI_c = max_w Σ_j w_j y_cj`` with ``Σ_j w_j y_kj ≤ 1`` for all units k
    and ``w ≥ 0``. In terms of its shares ``s_j = w_j y_cj / CI_c``, which sum to 1, that is
    ``1 / CI_c = min_s max_k Σ_j s_j y_kj / y_cj``, so that bounds on the shares are plain
    bounds. Where many weights are optimal, the shares nearest to equal ones are taken: without
    such a rule the result would depend on the solver.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, not negative, higher is better; ratio scale.
    directions : array_like of 1 and −1, optional
        Costs are refused: normalise first.
    bounds : pair of float or array_like, optional
        Lowest and highest share of each indicator in a unit's own score, for example
        ``(0.05, 0.5)``. None leaves weights free; then a unit may rest on one indicator.

    Returns
    -------
    Weights
        Values: the mean of the units' shares. Details: ``scores`` CI, 0–1; ``weights`` and
        ``shares``, shape (units, indicators); ``efficient`` units (score 1).

    Raises
    ------
    MethodError
        Costs, negatives, missing cells, a column or a unit of zeros only, bounds that no shares
        meet, or a zero where the lower bound asks for a share.

    References
    ----------
    Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), Social Indicators Research 82, 111–145;
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.3.

    Examples
    --------
    >>> found = dea([[4, 1], [2, 2], [1, 1]])
    >>> found.details["scores"].round(6).tolist()
    [1.0, 1.0, 0.5]
    """
    table = tabulate("dea", matrix, directions)
    refuse("weights.costs", table.signs < 0, method="dea")
    table.refuse_below(zero_allowed=True)
    refuse("weights.all_zero", (table.values == 0).all(axis=0), method="dea")
    low, high = _bounds(bounds, table.values.shape[1])
    _check_zeros(table, low, high)
    own = best_weights(table.values, low, high)
    scores = np.minimum(np.einsum("ij,ij->i", own, table.values), 1.0)
    shares = np.array(
        [
            _nearest_shares(table.values, unit, float(score), low, high)
            for unit, score in enumerate(scores)
        ]
    )
    safe = np.where(table.values > 0, table.values, 1.0)
    return share(
        "dea",
        shares.mean(axis=0),
        scores=scores,
        weights=shares * scores[:, None] / safe,
        shares=shares,
        efficient=scores > 1 - 1e-7,
    )


def _bounds(bounds: tuple[ArrayLike, ArrayLike] | None, count: int) -> tuple[Matrix, Matrix]:
    pair = (0.0, 1.0) if bounds is None else tuple(bounds)
    if len(pair) != 2 or any(np.size(end) not in (1, count) for end in pair):
        raise MethodError("weights.bounds")
    low, high = (np.array(np.broadcast_to(numbers("dea", end), (count,))) for end in pair)
    fits = low.sum() <= 1 + 1e-12 and high.sum() >= 1 - 1e-12
    if not (np.all(low >= 0) and np.all(low <= high) and fits):
        raise MethodError("weights.bounds")
    return low, np.minimum(high, 1.0)


def _check_zeros(table: Table, low: Matrix, high: Matrix) -> None:
    zero = table.values == 0
    if zero.all(axis=1).any():
        raise MethodError("weights.unit_zero", **_rows(zero.all(axis=1)))
    short = np.where(zero, 0.0, high).sum(axis=1) < 1 - 1e-12
    faulty = zero & ((low > 0) | short[:, None])
    refuse("weights.share_of_zero", faulty.any(axis=0), **_rows(faulty.any(axis=1)))


def _rows(faulty: Mask) -> dict[str, Any]:
    """The units marked, as an error names them: by number until it is known who they are."""
    rows = tuple(np.flatnonzero(faulty).tolist())
    return {"rows": rows, "units": ", ".join(f"#{row + 1}" for row in rows)}


def _nearest_shares(values: Matrix, unit: int, score: float, low: Matrix, high: Matrix) -> Matrix:
    """One unit's shares nearest to equal among those that reach its score."""
    own = values[unit]
    used = own > 0
    ratios = np.unique(values[:, used] / own[used], axis=0)
    shares = np.zeros(own.size)
    shares[used] = _nearest_to_equal(ratios, 1.0 / score, low[used], high[used])
    return shares


def _nearest_to_equal(ratios: Matrix, level: float, low: Matrix, high: Matrix) -> Matrix:
    """The point s nearest to equal shares with ``ratios s ≤ level``, bounds and sum 1.

    Least distance programming: minimise ``‖x‖`` with ``G x ≥ h`` by non-negative least squares
    (Lawson & Hanson 1974, Solving Least Squares Problems, chapter 23).
    """
    from scipy.optimize import nnls

    ratios = ratios[ratios.any(axis=1)]  # a unit of zeros there bounds nothing
    count = ratios.shape[1]
    unit, ones = np.eye(count), np.ones((1, count))
    rows = np.vstack([-ratios, unit, -unit, ones, -ones])
    sides = np.concatenate([np.full(len(ratios), -level), low, -high, [1.0], [-1.0]])
    scale = np.sqrt(np.square(rows).sum(axis=1))
    rows, sides = rows / scale[:, None], sides / scale - 1e-9
    system = np.vstack([rows.T, sides - rows @ np.full(count, 1 / count)])
    target = np.append(np.zeros(count), 1.0)
    multipliers, _ = nnls(system, target, maxiter=50 * system.shape[1])
    residual = system @ multipliers - target
    shares = np.clip(1 / count - residual[:-1] / residual[-1], low, high)
    nearest: Matrix = shares / shares.sum()
    return nearest
