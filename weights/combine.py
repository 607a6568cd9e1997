"""Combine several weight vectors, for example experts' with the data's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from ..options import Vectors
from .experts import expert_shares
from .table import Matrix, chosen, numbers, refuse
from .weights import Weights, share


def combine(
    matrix: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    weights: Vectors | None = None,
    how: Literal["multiplicative", "geometric", "least-squares", "game"] = "multiplicative",
    shares: ArrayLike | None = None,
) -> Weights:
    """One weight vector from several ``u_k``.

    ``multiplicative``
        ``w_j ∝ Π_k u_kj`` (乘法合成归一化).
    ``geometric``
        ``w_j ∝ Π_k u_kj^{v_k}``, which is nearest to all in relative entropy (最小相对信息熵).
    ``least-squares``
        Minimises ``Σ_k v_k Σ_i Σ_j ((u_kj − w_j) z_ij)²`` with ``Σ w_j = 1`` (最小二乘法). Since
        every ``u_k`` sums to 1, the solution is ``w = Σ_k v_k u_k`` whatever the data z.
    ``game``
        ``w = Σ_k α_k u_k``, with α from ``Σ_l α_l u_k·u_l = u_k·u_k`` (博弈论组合赋权: the first
        derivatives of ``‖w − u_k‖²`` for all k at once), absolute values rescaled to sum to 1.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators), optional
        Makes no difference.
    directions : array_like, optional
        Makes no difference.
    weights : sequence of Weights or array_like, each of shape (indicators,)
        The vectors; each is rescaled to sum to 1.
    how : {"multiplicative", "geometric", "least-squares", "game"}
        The combination.
    shares : array_like, shape (vectors,), optional
        How much say v each vector has, for ``geometric`` and ``least-squares``; equal by default.

    Returns
    -------
    Weights
        Details: ``vectors``; ``shares`` v (``game``: those found); ``alpha`` as solved (``game``).

    Raises
    ------
    MethodError
        No vectors, vectors of different length, negative weights, or vectors of which no two
        agree on any indicator (the product is 0 everywhere).

    References
    ----------
    Relative entropy: Kullback & Leibler (1951), Annals of Mathematical Statistics 22, 79–86. The
    multiplicative, least-squares and game combinations are common in Chinese handbooks; no first
    publication is claimed here.

    Examples
    --------
    >>> combine(weights=[[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]).values.round(4).tolist()
    [0.3448, 0.3103, 0.3448]
    """
    chosen("how", how, _MIXTURES)
    vectors = _read(weights)
    if shares is not None and how in ("multiplicative", "game"):
        raise MethodError("weights.no_shares", how=how)
    say_of = expert_shares(shares, len(vectors), "shares")
    values, details = _MIXTURES[how](vectors, say_of)
    return share("combine", values, vectors=vectors, **details)


def _read(weights: Sequence[Any] | None) -> Matrix:
    if weights is None or len(weights) == 0:
        raise MethodError("weights.needs_option", method="combine", option="weights")
    rows = [numbers("combine", getattr(vector, "values", vector)).ravel() for vector in weights]
    for row in rows:
        if row.size != rows[0].size:
            raise MethodError("weights.weights_count", given=row.size, needed=rows[0].size)
        refuse("weights.weight", ~(np.isfinite(row) & (row >= 0)))
        if not row.sum() > 0:
            raise MethodError("weights.no_importance", method="combine")
    return np.array([row / row.sum() for row in rows])


_Mixture = tuple[Matrix, dict[str, Any]]


def _multiplicative(vectors: Matrix, say_of: Matrix) -> _Mixture:
    return vectors.prod(axis=0), {}


def _geometric(vectors: Matrix, say_of: Matrix) -> _Mixture:
    return np.prod(vectors ** say_of[:, None], axis=0), {"shares": say_of}


def _least_squares(vectors: Matrix, say_of: Matrix) -> _Mixture:
    return say_of @ vectors, {"shares": say_of}


def _game(vectors: Matrix, say_of: Matrix) -> _Mixture:
    gram = vectors @ vectors.T
    # Least squares: of two equal vectors neither is preferred, which a solver would do.
    alpha = np.linalg.lstsq(gram, np.diag(gram), rcond=1e-12)[0]
    found = np.abs(alpha) / np.abs(alpha).sum()
    return found @ vectors, {"alpha": alpha, "shares": found}


_MIXTURES: Mapping[str, Callable[[Matrix, Matrix], _Mixture]] = {
    "multiplicative": _multiplicative,
    "geometric": _geometric,
    "least-squares": _least_squares,
    "game": _game,
}
