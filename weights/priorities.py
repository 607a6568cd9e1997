"""Priorities: weights from one matrix of pairwise judgements, complete or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..errors import MethodError
from .judgements import connected
from .table import Matrix, refuse


def priorities(judged: Matrix, method: str = "eigenvector") -> Matrix:
    """Weights of the items, sum 1.

    Parameters
    ----------
    judged : ndarray, shape (n, n)
        Reciprocal; NaN = not judged.
    method : {"eigenvector", "geometric", "additive"}
        ``eigenvector``: Saaty's principal eigenvector, of Harker's matrix where pairs were not
        judged (gap = 0, diagonal = 1 + gaps in the row). ``geometric``: row geometric means
        (方根法), for gaps their generalisation, logarithmic least squares over the judged pairs.
        ``additive``: means of the columns' shares (和积法), for complete matrices.

    Raises
    ------
    MethodError
        The judgements do not link all items.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; Harker (1987), Mathematical Modelling 9,
    837–848; Crawford & Williams (1985), Journal of Mathematical Psychology 29, 387–405;
    Bozóki, Fülöp & Rónyai (2010), Mathematical and Computer Modelling 52, 318–333.

    Examples
    --------
    >>> import numpy as np
    >>> priorities(np.array([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]])).round(4).tolist()
    [0.5714, 0.2857, 0.1429]
    """
    refuse("weights.judgements_unlinked", ~connected(~np.isnan(judged)))
    weights = METHODS[method](judged)
    share: Matrix = weights / weights.sum()
    return share


def harker(judged: Matrix) -> Matrix:
    """The matrix whose eigenvector fits the gaps: 0 for a gap, 1 + gaps in the diagonal."""
    missing = np.isnan(judged)
    filled: Matrix = np.where(missing, 0.0, judged)
    filled[np.diag_indices_from(filled)] = 1.0 + missing.sum(axis=1)
    return filled


def lambda_max(judged: Matrix, weights: Matrix) -> float:
    """Mean of ``(A w)_i / w_i``; the principal eigenvalue where w is the eigenvector."""
    return float(np.mean(harker(judged) @ weights / weights))


def least_eigenvalue(judged: Matrix) -> Matrix:
    """Fill the gaps so that the principal eigenvalue is as small as it can be.

    At the optimum ``a_ij² = (v_j w_i) / (v_i w_j)`` for every gap, with the right eigenvector w
    and the left one v; repeated until nothing moves. The problem is convex in ``ln a_ij`` and
    has one solution (Bozóki, Fülöp & Rónyai 2010).

    Raises
    ------
    MethodError
        The judgements do not link all items.
    """
    missing = np.isnan(judged)
    weights = priorities(judged)
    filled = np.where(missing, weights[:, None] / weights, judged)
    for _ in range(10_000 if missing.any() else 0):
        ratio = np.sqrt(_principal(filled) / _principal(filled.T))
        better = np.where(missing, ratio[:, None] / ratio, judged)
        if np.allclose(better, filled, rtol=1e-14, atol=0):
            return better
        filled = better
    if missing.any():
        raise MethodError("weights.judgements_unsettled")
    return filled


def _principal(matrix: Matrix) -> Matrix:
    values, vectors = np.linalg.eig(matrix)
    principal = np.abs(vectors[:, np.argmax(values.real)].real)
    share: Matrix = principal / principal.sum()
    return share


def _eigenvector(judged: Matrix) -> Matrix:
    return _principal(harker(judged))


def _geometric(judged: Matrix) -> Matrix:
    known = ~np.isnan(judged)
    np.fill_diagonal(known, False)
    laplacian = np.diag(known.sum(axis=1)) - known
    logs = np.where(known, np.log(np.where(known, judged, 1.0)), 0.0).sum(axis=1)
    # The Laplacian fixes the logarithms up to a constant: adding 1 everywhere sets their sum to 0.
    solution: Matrix = np.exp(np.linalg.solve(laplacian + 1.0, logs))
    return solution


def _additive(judged: Matrix) -> Matrix:
    if np.isnan(judged).any():
        raise MethodError("weights.additive_gaps")
    mean: Matrix = (judged / judged.sum(axis=0)).mean(axis=1)
    return mean


METHODS: Mapping[str, Callable[[Matrix], Matrix]] = {
    "eigenvector": _eigenvector,
    "geometric": _geometric,
    "additive": _additive,
}
