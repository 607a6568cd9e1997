"""ELECTRE I and II: outranking by concordance, vetoed by discordance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .outcome import Outcome
from .scikit import complete, evaluate, minmax
from .table import Table

# Weights as whole billionths over a power of two: their sums are exact, whatever the order.
_BILLION = 1e9
_POWER = 2.0**30
_NOISE = 1e-8


def electre1(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    p: float = 0.65,
    q: float = 0.35,
) -> Outcome:
    """Choose the kernel: the units that no other outranks.

    One unit outranks another when indicators of weight p or more do not speak against it, and it
    is behind by no more than q, as a share of the range, on any.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    p : float
        Least concordance, 0–1.
    q : float
        Largest discordance, 0–1.

    Returns
    -------
    Outcome
        Scores 1 in the kernel, 0 outside. Details: ``kernel``, ``outrank``, ``concordance``,
        ``discordance``.

    Raises
    ------
    MethodError
        A cell is missing.

    References
    ----------
    Roy (1968), RIRO 2(8), 57–75; scikit-criteria ``ELECTRE1``.

    Examples
    --------
    >>> electre1([[3, 3], [2, 2], [1, 4]]).details["kernel"].tolist()
    [True, False, True]
    """
    table = complete("electre1", matrix, weights, directions)
    settings = {"p": _least(p), "q": min(q + _NOISE, 1.0)}
    result = evaluate("electre:ELECTRE1", minmax(table), _shares(table), settings=settings)
    details = {"kernel": np.asarray(result.values), "outrank": result.e_.outrank}
    return Outcome("electre1", details["kernel"].astype(np.float64), details | _indices(result.e_))


def electre2(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    p0: float = 0.65,
    p1: float = 0.5,
    p2: float = 0.35,
    q0: float = 0.65,
    q1: float = 0.35,
) -> Outcome:
    """Mean of the direct and the inverse ranking by strong and weak outranking.

    The lower the mean rank the better: scores are its negative.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    p0, p1, p2 : float
        Concordance for strong outranking, strong with low discordance, and weak; p0 ≥ p1 ≥ p2.
    q0, q1 : float
        Discordance allowed, high and low; q0 ≥ q1.

    Returns
    -------
    Outcome
        Scores: minus the mean rank. Details: ``ranking_direct``, ``ranking_inverted``,
        ``concordance``, ``discordance``.

    Raises
    ------
    MethodError
        A cell is missing, or thresholds are out of order.

    References
    ----------
    Roy & Bertier (1973), La méthode ELECTRE II, OR 72, 291–302; Gomes, González Araya &
    Carignano (2004), Tomada de decisões em cenários complexos; scikit-criteria ``ELECTRE2``.

    Examples
    --------
    >>> electre2([[3, 3], [2, 2], [1, 1]]).scores.tolist()
    [-1.0, -2.0, -3.0]
    """
    table = complete("electre2", matrix, weights, directions)
    if not (1 >= p0 >= p1 >= p2 >= 0 and 1 >= q0 >= q1 >= 0):
        raise MethodError("aggregate.electre2", p=(p0, p1, p2), q=(q0, q1))
    least = {"p0": _least(p0), "p1": _least(p1), "p2": _least(p2)}
    most = {"q0": min(q0 + _NOISE, 1.0), "q1": min(q1 + _NOISE, 1.0)}
    path, settings = "electre:ELECTRE2", {**least, **most}
    result = evaluate(path, minmax(table), _shares(table), settings=settings).e_
    rankings = {name: result[name] for name in ("ranking_direct", "ranking_inverted")}
    return Outcome("electre2", -np.asarray(result.score), rankings | _indices(result))


def _shares(table: Table) -> Any:
    return np.round(table.weights / table.weights.sum() * _BILLION) / _POWER


def _least(threshold: float) -> float:
    return max(threshold - _NOISE, 0.0) * _BILLION / _POWER


def _indices(result: Any) -> dict[str, Any]:
    return {
        "concordance": result.matrix_concordance * _POWER / _BILLION,
        "discordance": result.matrix_discordance,
    }
