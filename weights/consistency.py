"""Consistency of pairwise judgements, and which of them to reconsider."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from ..errors import MethodError
from .judgements import connected, gaps
from .priorities import lambda_max, priorities
from .table import Matrix

RANDOM_INDEX: Mapping[str, Mapping[int, float]] = {
    "saaty": dict(
        enumerate(
            [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59], 3
        )
    ),
    "saaty-2005": dict(
        enumerate(
            [0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59], 3
        )
    ),
    "donegan-dodd": {
        **dict(
            enumerate(
                [
                    0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213,
                    1.4497, 1.4643, 1.4822, 1.4969, 1.5078, 1.5153, 1.5262, 1.5313, 1.5371,
                ],
                3,
            )
        ),
        25: 1.5619,
        30: 1.5772,
    },
    "tummala-ling": dict(
        enumerate(
            [
                0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356,
                1.5571, 1.5714, 1.5831,
            ],
            3,
        )
    ),
}  # fmt: skip
"""Mean consistency index of random matrices, by table and number of items.

Saaty (1980), The Analytic Hierarchy Process; Saaty (2005), Theory and Applications of the Analytic
Network Process, p. 31; Donegan & Dodd (1991), Mathematical and Computer Modelling 15, 135–137;
Tummala & Ling (1998), Theory and Decision 44, 221–230. The table decides the consistency ratio.
"""

_AGREES = 1e-9
"""Logarithms of judgements, and consistency ratios, as near as this do not differ."""
SCALE = np.array([*(1 / np.arange(9, 1, -1)), *range(1, 10)])


def random_index(table: str, count: int, missing: int = 0) -> float:
    """Mean consistency index of random judgements on `count` items.

    ``alonso-lamata`` is not a table but a line fitted to simulations, for any number of items:
    ``λ = 2.7699 n − 4.3513``. Gaps lower the index, nearly in proportion to their number
    (Ágoston & Csató 2022); the line taken here runs from the complete matrix to 0 where nothing is
    redundant: ``RI · (1 − 2 missing / ((n − 1)(n − 2)))``.

    Raises
    ------
    MethodError
        The table does not reach so far.

    References
    ----------
    Alonso & Lamata (2006), International Journal of Uncertainty, Fuzziness and Knowledge-Based
    Systems 14, 445–459; Ágoston & Csató (2022), Omega 108, 102576.

    Examples
    --------
    >>> random_index("saaty", 6)
    1.24
    """
    if count < 3:
        return 0.0
    if table == "alonso-lamata":
        complete = (2.7699 * count - 4.3513 - count) / (count - 1)
    elif count in RANDOM_INDEX[table]:
        complete = RANDOM_INDEX[table][count]
    else:
        raise MethodError("weights.random_index", table=table, count=count)
    return complete * (1 - 2 * missing / ((count - 1) * (count - 2)))


def consistency(
    judged: Matrix, weights: Matrix, table: str, missing: int | None = None
) -> dict[str, float]:
    """``lambda_max``, ``CI = (λ − n) / (n − 1)``, ``RI`` and ``CR = CI / RI``.

    CR is 0 where judgements cannot contradict each other (two items, or none redundant).
    `missing` counts the gaps of a matrix whose gaps were filled.
    """
    count = len(judged)
    largest = lambda_max(judged, weights)
    index = (largest - count) / (count - 1) if count > 1 else 0.0
    random = random_index(table, count, gaps(judged) if missing is None else missing)
    ratio = index / random if random > 1e-9 else 0.0
    return {"lambda_max": largest, "CI": index, "RI": random, "CR": ratio}


def geometric_consistency(judged: Matrix, weights: Matrix) -> float:
    """Geometric consistency index, ``2 / ((n − 1)(n − 2)) Σ_{i<j} ln²(a_ij w_j / w_i)``.

    NaN with gaps. Aguarón & Moreno-Jiménez (2003), European Journal of Operational Research 147,
    137–145: up to 0.31 (n = 3), 0.35 (n = 4), 0.37 (n > 4) corresponds to a CR up to 0.1.
    """
    count = len(judged)
    if count < 3:
        return 0.0
    errors = np.log(judged * weights / weights[:, None])
    return float(np.square(errors).sum() / ((count - 1) * (count - 2)))


def reconsider(
    judged: Matrix, weights: Matrix, ratio_of: Callable[[Matrix], float], most: int = 3
) -> list[dict[str, Any]]:
    """The judgements that fit worst, worst first, with what would fit.

    Saaty (2003), European Journal of Operational Research 145, 85–91: the judgement with the
    largest ``ε = max(a_ij w_j / w_i, its reciprocal)`` is taken out, the weights of the rest are
    found as Harker does, and their ratio, on the scale 1/9 … 9, is suggested instead. Where that
    is the grade given already, or lowers nothing, the judgement that fits next worst is taken.

    Parameters
    ----------
    judged : ndarray, shape (n, n)
        NaN = not judged.
    weights : ndarray, shape (n,)
    ratio_of : callable
        Consistency ratio of judgements, shape (n, n).
    most : int
        How many at most.

    Returns
    -------
    list of dict
        ``row``, ``column`` (positions from 0), ``current``, ``fitting`` (the ratio of the
        weights without it), ``suggested`` (the nearest grade of the scale), ``epsilon`` and
        ``CR_after``, the consistency ratio with the suggestion. The side above 1 is given.
        Empty if no single judgement put on another grade lowers the consistency ratio.
    """
    misfit = np.log(judged * weights / weights[:, None])
    misfit = np.where(np.triu(np.isfinite(misfit), 1), np.abs(misfit), 0.0)
    order = np.argsort(-misfit, axis=None, kind="stable")
    places = [divmod(int(place), len(judged)) for place in order]
    told = (_advice(judged, i, j, misfit[i, j]) for i, j in places if misfit[i, j] > _AGREES)
    now = ratio_of(judged)
    return list(islice(_improving(judged, told, ratio_of, now), most))


def _improving(
    judged: Matrix, told: Iterable[dict[str, Any]], ratio_of: Callable[[Matrix], float], now: float
) -> Iterator[dict[str, Any]]:
    """What is suggested to change, and lowers the consistency ratio."""
    for one in told:
        i, j, suggested = one["row"], one["column"], one["suggested"]
        if abs(np.log(suggested / one["current"])) <= _AGREES:
            continue
        after = judged.copy()
        after[i, j], after[j, i] = suggested, 1.0 / suggested
        ratio = ratio_of(after)
        if ratio < now - _AGREES:
            yield {**one, "CR_after": ratio}


def _advice(judged: Matrix, i: int, j: int, misfit: float) -> dict[str, Any]:
    i, j = (i, j) if judged[i, j] >= 1 else (j, i)
    without = judged.copy()
    without[i, j] = without[j, i] = np.nan
    linked = connected(~np.isnan(without)).all()
    weights = priorities(without if linked else judged)
    fitting = float(weights[i] / weights[j])
    return {
        "row": i,
        "column": j,
        "current": float(judged[i, j]),
        "fitting": fitting,
        "suggested": float(SCALE[np.argmin(np.abs(np.log(SCALE / fitting)))]),
        "epsilon": float(np.exp(misfit)),
    }
