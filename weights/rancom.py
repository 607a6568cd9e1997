"""RANCOM: ranking comparison, pairwise judgements of more, equal or less important."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from .experts import expert_shares
from .table import Matrix, numbers, refusal, refuse
from .weights import Weights, share


def rancom(
    matrix: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    ranking: ArrayLike | None = None,
    expert_weights: ArrayLike | None = None,
) -> Weights:
    """RANking COMparison, ``w_i = Σ_j α_ij / Σ_k Σ_j α_kj``.

    Parameters
    ----------
    matrix : array_like, shape (indicators, indicators) or (experts, indicators, indicators)
        ``α_ij`` is 1 where i is more important than j, 0.5 where they are equal, 0 where it is
        less; so ``α_ij + α_ji = 1``, the diagonal is 0.5. Several experts are averaged.
    directions : array_like, optional
        Makes no difference.
    ranking : array_like, shape (indicators,), optional
        Instead of a matrix: 1 for the most important; ties allowed.
    expert_weights : array_like, shape (experts,), optional
        Equal by default.

    Returns
    -------
    Weights
        Details: ``matrix`` used, ``SCW``, its row sums.

    Raises
    ------
    MethodError
        Not square, gaps, numbers outside 0–1, or two sides that do not sum to 1.

    References
    ----------
    Więckowski, Kizielewicz, Shekhovtsov & Sałabun (2023), Engineering Applications of Artificial
    Intelligence 122, 106114.

    Examples
    --------
    >>> rancom(ranking=[1, 2, 2]).values.round(4).tolist()
    [0.5556, 0.2222, 0.2222]
    """
    stack = _from_ranking(ranking) if ranking is not None else numbers("rancom", matrix)
    stack = stack[None] if stack.ndim == 2 else stack
    if stack.ndim != 3 or 0 in stack.shape or stack.shape[1] != stack.shape[2]:
        raise MethodError("weights.judgements_shape", shape=stack.shape)
    for expert, judged in enumerate(stack, start=1):
        apart = ~(np.abs(judged + judged.T - 1) <= 1e-9) | ~((judged >= 0) & (judged <= 1))
        for i, j in np.argwhere(apart).tolist():
            raise refusal("weights.rancom_sides", [i, j], expert=expert)
    together = np.tensordot(expert_shares(expert_weights, len(stack)), stack, axes=1)
    sums = together.sum(axis=1)
    return share("rancom", sums, matrix=together, SCW=sums)


def _from_ranking(ranking: ArrayLike) -> Matrix:
    places = numbers("rancom", ranking).ravel()
    refuse("weights.missing", np.isnan(places), method="rancom")
    judged: Matrix = (np.sign(places - places[:, None]) + 1) / 2
    return judged
