"""Consensus of a group on its weights."""

from __future__ import annotations

import numpy as np

from .table import Matrix

SCALE_MAXIMUM = 9.0


def consensus(shares: Matrix, scale_maximum: float = SCALE_MAXIMUM) -> float:
    """Goepel's AHP consensus indicator S*, from 0 (none) to 1 (all agree).

    Shannon's diversity of the group is split into that within an expert, ``H_α`` (mean entropy of
    the experts' weights), and that between experts, ``H_β = H_γ − H_α`` (``H_γ``: entropy of their
    mean weights). ``S* = (e^−H_β − d) / (1 − d)`` with ``d = e^{H_α,min − H_γ,max}``, the value
    when each expert prefers another item by the scale's maximum and the rest are alike.

    Parameters
    ----------
    shares : ndarray, shape (experts, items)
        Each expert's weights, sum 1.
    scale_maximum : float
        Highest grade of the scale of judgements.

    Returns
    -------
    float
        Goepel calls it low below 0.625, high from 0.75. NaN with one item or one expert.

    References
    ----------
    Goepel (2013), Proceedings of the International Symposium on the AHP, 1–10.

    Examples
    --------
    >>> consensus(np.array([[0.2, 0.8], [0.2, 0.8]]))
    1.0
    """
    experts, items = shares.shape
    if experts < 2 or items < 2:
        return float("nan")
    within = float(np.mean([_entropy(row) for row in shares]))
    between = _entropy(shares.mean(axis=0)) - within
    least = _least(experts, items, scale_maximum)
    return min(1.0, max(0.0, (float(np.exp(-between)) - least) / (1.0 - least)))


def _least(experts: int, items: int, top: float) -> float:
    """``e^−H_β`` of experts who each prefer another item as strongly as the scale allows."""
    distinct = min(experts, items)
    extreme = np.ones((distinct, items))
    extreme[np.arange(distinct), np.arange(distinct)] = top
    extreme /= extreme.sum(axis=1, keepdims=True)
    return float(np.exp(_entropy(extreme[0]) - _entropy(extreme.mean(axis=0))))


def _entropy(shares: Matrix) -> float:
    positive = shares[shares > 0]
    return float(-(positive * np.log(positive)).sum())
