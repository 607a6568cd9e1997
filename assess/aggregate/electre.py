"""ELECTRE I and II: outranking by concordance, vetoed by discordance."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import Share
from ..normalise.matrix import Matrix
from .given import hold
from .outcome import Outcome
from .pairwise import without_noise
from .scikit import complete, minmax
from .table import Table

# Weights as whole billionths: their sums are exact, whatever the order.
_BILLION = 1e9
_NOISE = 1e-8


def electre1(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    p: Share = 0.65,
    q: Share = 0.35,
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
        A cell is missing, or a threshold is not in 0–1.

    References
    ----------
    Roy (1968), RIRO 2(8), 57–75; scikit-criteria ``ELECTRE1``.

    Examples
    --------
    >>> electre1([[3, 3], [2, 2], [1, 4]]).details["kernel"].tolist()
    [True, False, True]
    """
    hold(electre1, p=p, q=q)
    table = complete("electre1", matrix, weights, directions)
    agree, against = _indices(table)
    outrank = (agree >= p - _NOISE) & (against <= q + _NOISE)
    kernel = np.logical_not(outrank.any(axis=0))
    details = {"kernel": kernel, "outrank": outrank}
    indices = {"concordance": agree, "discordance": against}
    return Outcome("electre1", kernel.astype(np.float64), details | indices)


def electre2(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    p0: Share = 0.65,
    p1: Share = 0.5,
    p2: Share = 0.35,
    q0: Share = 0.65,
    q1: Share = 0.35,
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
    hold(electre2, p0=p0, p1=p1, p2=p2, q0=q0, q1=q1)
    if not (1 >= p0 >= p1 >= p2 >= 0 and 1 >= q0 >= q1 >= 0):
        raise MethodError("aggregate.electre2", p=(p0, p1, p2), q=(q0, q1))
    table = complete("electre2", matrix, weights, directions)
    agree, against = _indices(table)
    more = agree - agree.T > _NOISE
    little, some = against <= q1 + _NOISE, against <= q0 + _NOISE
    strong = more & ((some & (agree >= p0 - _NOISE)) | (little & (agree >= p1 - _NOISE)))
    weak = more & some & (agree >= p2 - _NOISE) & ~strong
    ranker, count = import_module("skcriteria.agg.electre")._electre2_ranker, len(agree)
    direct = ranker(count, strong, weak, invert_ranking=False)
    inverted = ranker(count, strong.T, weak.T, invert_ranking=True)
    rankings = {"ranking_direct": direct, "ranking_inverted": inverted}
    indices = {"concordance": agree, "discordance": against}
    return Outcome("electre2", -(direct + inverted) / 2.0, rankings | indices)


def _indices(table: Table) -> tuple[Matrix, Matrix]:
    """Concordance and discordance of each unit with each other; NaN with itself.

    As in scikit-criteria, which takes six times as long. Where nothing differs, there is no range
    to measure discordance by: NaN, and none outranks another.
    """
    values = np.ascontiguousarray(minmax(replace(table, values=without_noise(table))).T)
    billionths = np.round(table.weights / table.weights.sum() * _BILLION)
    agree, against = np.empty((2, len(table.values), len(table.values)))
    for unit, own in enumerate(values.T):
        ahead = values - own[:, None]
        agree[unit] = billionths @ (ahead <= 0)
        against[unit] = ahead.max(axis=0)
    against = np.maximum(against, 0.0) if values.any() else np.full(agree.shape, np.nan)
    np.fill_diagonal(agree, np.nan)
    np.fill_diagonal(against, np.nan)
    return agree / _BILLION, against
