"""Pairwise judgements: reciprocal matrices, possibly with gaps, one an expert."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import MethodError
from .table import Mask, Matrix, numbers, refusal

ROUNDING = 0.05
"""A printed 0.14 for 1/7 is 2 % off; two judgements further apart contradict each other."""


def read_judgements(matrix: Any) -> Matrix:
    """One reciprocal matrix an expert.

    A judgement given on one side only is filled in on the other; where both sides agree up to
    rounding (0.14 for 1/7), the one above 1 holds. NaN = not judged.

    Parameters
    ----------
    matrix : array_like, shape (n, n) or (experts, n, n)
        ``a_ij`` says how many times as important i is as j.

    Returns
    -------
    ndarray, shape (experts, n, n)

    Raises
    ------
    MethodError
        Not square, not positive, a diagonal other than 1, or two sides that contradict.

    Examples
    --------
    >>> read_judgements([[1, 4], [float("nan"), 1]]).tolist()
    [[[1.0, 4.0], [0.25, 1.0]]]
    """
    stack = numbers("ahp", matrix)
    stack = stack[None] if stack.ndim == 2 else stack
    if stack.ndim != 3 or 0 in stack.shape or stack.shape[1] != stack.shape[2]:
        raise MethodError("weights.judgements_shape", shape=stack.shape)
    for expert, judged in enumerate(stack, start=1):
        _check(judged, expert)
    return np.array([_reciprocal(judged) for judged in stack])


def combined(stack: Matrix, experts: Matrix) -> Matrix:
    """Weighted geometric mean of the judgements, over the experts who judged each pair.

    Aczél & Saaty (1983): the only mean that keeps the reciprocals.
    """
    judged = ~np.isnan(stack)
    say_of = np.where(judged, experts[:, None, None], 0.0)
    heard = say_of.sum(axis=0)
    logs = np.where(judged, np.log(np.where(judged, stack, 1.0)), 0.0)
    mean = np.exp((say_of * logs).sum(axis=0) / np.where(heard > 0, heard, 1.0))
    together: Matrix = np.where(heard > 0, mean, np.nan)
    return together


def connected(judged: Mask) -> Mask:
    """Which items the first one can be compared with, directly or through others."""
    reached = np.zeros(len(judged), dtype=bool)
    reached[0] = True
    for _ in range(len(judged)):
        reached |= judged[reached].any(axis=0)
    return reached


def gaps(judged: Matrix) -> int:
    """How many pairs were not judged."""
    return int(np.isnan(judged).sum()) // 2


def _check(judged: Matrix, expert: int) -> None:
    diagonal = np.diag(judged)
    for place in np.flatnonzero(~np.isnan(diagonal) & (np.abs(diagonal - 1) > 1e-9)).tolist():
        raise refusal("weights.judgement_diagonal", [place], expert=expert, value=diagonal[place])
    wrong = ~np.isnan(judged) & ~(np.isfinite(judged) & (judged > 0))
    for i, j in np.argwhere(wrong).tolist():
        raise refusal("weights.judgement_positive", [i, j], expert=expert, value=judged[i, j])
    apart = np.abs(judged * judged.T - 1) > ROUNDING
    for i, j in np.argwhere(apart).tolist():
        raise refusal(
            "weights.judgement_contradicts",
            [i, j],
            expert=expert,
            value=f"{judged[i, j]:.4g}",
            back=f"{judged[j, i]:.4g}",
        )


def _reciprocal(judged: Matrix) -> Matrix:
    other = 1.0 / judged.T
    filled = np.where(np.isnan(judged), other, judged)
    whole = np.where(np.fmax(judged, judged.T) == judged, filled, other)
    whole[judged == judged.T] = 1.0
    np.fill_diagonal(whole, 1.0)
    return whole
