"""AHP: the analytic hierarchy process, for one expert or a group."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from . import consistency as consistent
from .consensus import consensus
from .experts import expert_shares
from .judgements import combined, connected, gaps, read_judgements
from .priorities import METHODS, least_eigenvalue, priorities
from .table import Matrix, chosen
from .weights import Weights, share

Priority = Literal["eigenvector", "geometric", "additive"]
RandomIndex = Literal["saaty", "saaty-2005", "donegan-dodd", "tummala-ling", "alonso-lamata"]


def ahp(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    priority: Priority = "eigenvector",
    aggregation: Literal["judgements", "priorities"] = "judgements",
    mean: Literal["arithmetic", "geometric"] = "arithmetic",
    expert_weights: ArrayLike | None = None,
    gaps_by: Literal["harker", "least-eigenvalue"] = "harker",
    random_index: RandomIndex = "saaty",
) -> Weights:
    """Weights from pairwise judgements, ``A w = λ_max w``.

    Parameters
    ----------
    matrix : array_like, shape (indicators, indicators) or (experts, indicators, indicators)
        ``a_ij`` says how many times as important i is as j. NaN = not judged; one side of a
        pair is enough, and the judged pairs must link all indicators.
    directions : array_like, optional
        Makes no difference.
    priority : {"eigenvector", "geometric", "additive"}
        How a matrix becomes weights: see `priorities`.
    aggregation : {"judgements", "priorities"}
        Average the experts' judgements (geometric mean), or their weights.
    mean : {"arithmetic", "geometric"}
        Which mean of the weights, with ``aggregation="priorities"``.
    expert_weights : array_like, shape (experts,), optional
        Equal by default.
    gaps_by : {"harker", "least-eigenvalue"}
        Harker's matrix, or the completion with the least principal eigenvalue.
    random_index : {"saaty", "saaty-2005", "donegan-dodd", "tummala-ling", "alonso-lamata"}
        Table of random indices: the consistency ratio depends on it.

    Returns
    -------
    Weights
        Details: ``lambda_max``, ``CI``, ``RI``, ``CR`` of the experts' matrix or their
        geometric mean; ``GCI``, the geometric consistency index; ``missing`` pairs; ``matrix``
        as used; ``reconsider``, the judgements that fit worst, by expert (see
        `consistency.reconsider`); ``experts`` with ``weights``, ``CR`` and ``missing`` of each
        (NaN where one expert's judgements do not link all indicators); ``consensus``,
        Goepel's Shannon-based indicator (NaN for one expert).

    Raises
    ------
    MethodError
        A matrix that is not square, positive and reciprocal, judgements that do not link all
        indicators, or a size the table of random indices does not reach.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; Forman & Peniwati (1998), European Journal of
    Operational Research 108, 165–169; Harker (1987), Mathematical Modelling 9, 837–848.

    Examples
    --------
    >>> found = ahp([[1, 2, 6], [1/2, 1, 3], [1/6, 1/3, 1]])
    >>> found.values.round(4).tolist(), round(found.details["lambda_max"], 6)
    ([0.6, 0.3, 0.1], 3.0)
    """
    _check_options(priority, aggregation, mean, gaps_by, random_index)
    stack = read_judgements(matrix)
    experts = expert_shares(expert_weights, len(stack))
    group = combined(stack, experts)
    each = np.array([_solved(judged, priority, gaps_by) for judged in stack])
    if aggregation == "priorities":
        values = _average(stack, each, experts, mean)
    else:
        values = priorities(_filled(group, gaps_by), priority)
    return share("ahp", values, **_details(stack, group, each, priority, gaps_by, random_index))


def _check_options(
    priority: str, aggregation: str, mean: str, gaps_by: str, random_index: str
) -> None:
    chosen("priority", priority, METHODS)
    chosen("aggregation", aggregation, ("judgements", "priorities"))
    chosen("mean", mean, ("arithmetic", "geometric"))
    chosen("gaps_by", gaps_by, ("harker", "least-eigenvalue"))
    chosen("random_index", random_index, (*consistent.RANDOM_INDEX, "alonso-lamata"))


def _filled(judged: Matrix, gaps_by: str) -> Matrix:
    return judged if gaps_by == "harker" else least_eigenvalue(judged)


def _solved(judged: Matrix, priority: str, gaps_by: str) -> Matrix:
    """One expert's weights; NaN where the judgements do not link all indicators."""
    if not connected(~np.isnan(judged)).all():
        return np.full(len(judged), np.nan)
    return priorities(_filled(judged, gaps_by), priority)


def _average(stack: Matrix, each: Matrix, experts: Matrix, mean: str) -> Matrix:
    for judged in stack:
        priorities(judged)  # refuses the expert whose judgements do not link all indicators
    logs = np.log(each)
    average: Matrix = np.exp(experts @ logs) if mean == "geometric" else experts @ each
    return average


def _details(
    stack: Matrix, group: Matrix, each: Matrix, priority: str, gaps_by: str, table: str
) -> dict[str, Any]:
    filled = _filled(group, gaps_by)
    weights = priorities(filled, priority)
    return {
        **consistent.consistency(filled, weights, table, gaps(group)),
        "GCI": consistent.geometric_consistency(group, weights),
        "random_index": table,
        "missing": gaps(group),
        "matrix": filled,
        "reconsider": _advice(stack, each, priority, gaps_by, table),
        "experts": {
            "weights": each,
            "CR": np.array(
                [_ratio(*pair, gaps_by, table) for pair in zip(stack, each, strict=True)]
            ),
            "missing": [gaps(judged) for judged in stack],
        },
        "consensus": consensus(each[np.isfinite(each).all(axis=1)]),
    }


def _ratio(judged: Matrix, weights: Matrix, gaps_by: str, table: str) -> float:
    """One expert's consistency ratio; NaN where the judgements do not link all indicators."""
    if not np.isfinite(weights).all():
        return float("nan")
    filled = _filled(judged, gaps_by)
    return consistent.consistency(filled, weights, table, gaps(judged))["CR"]


def _advice(
    stack: Matrix, each: Matrix, priority: str, gaps_by: str, table: str
) -> list[dict[str, Any]]:
    def ratio_of(judged: Matrix) -> float:
        return _ratio(judged, _solved(judged, priority, gaps_by), gaps_by, table)

    return [
        {"expert": expert, **advice}
        for expert, (judged, weights) in enumerate(zip(stack, each, strict=True))
        if np.isfinite(weights).all()
        for advice in consistent.reconsider(judged, weights, ratio_of)
    ]
