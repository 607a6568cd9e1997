"""MEREC: what the units' performance loses when an indicator is removed."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .table import Matrix, Table, tabulate
from .weights import Weights, share


def merec(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    constant: Literal["refuse", "zero"] = "refuse",
) -> Weights:
    """MEthod based on the Removal Effects of Criteria.

    A benefit becomes ``n = min x / x``, a cost ``n = x / max x``; ``S_i = ln(1 + Σ_j |ln n_ij| / m)``,
    ``S′_ij`` the same sum without j (still divided by m), ``E_j = Σ_i |S′_ij − S_i|``,
    ``w_j = E_j / Σ E_j``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete and positive, ratio scale.
    directions : array_like of 1 and −1, optional
        Decide how a column is normalised.
    constant : {"refuse", "zero"}
        ``"zero"`` gives a column that does not vary the weight 0, which the formula says; it
        still counts in m.

    Returns
    -------
    Weights
        Details: ``S``, ``S_removed`` S′, ``E``.

    Raises
    ------
    MethodError
        Zeros, negatives, constant columns, missing cells, or fewer than two units.

    References
    ----------
    Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene (2021), Symmetry 13, 525.

    Examples
    --------
    >>> merec([[450, 54], [10, 2], [100, 31]], [1, -1]).values.round(4).tolist()
    [0.6094, 0.3906]
    """  # noqa: E501
    table = tabulate("merec", matrix, directions)
    table.refuse_below()
    table.refuse_constant(constant)
    logs = _logarithms(table)
    count = logs.shape[1]
    total = logs.sum(axis=1, keepdims=True)
    whole = np.log1p(total / count)
    removed = np.log1p((total - logs) / count)
    # S′ − S as one logarithm: the difference of the two would lose digits of small effects.
    effect = -np.log1p(-logs / (count + total)).sum(axis=0)
    return share("merec", effect, S=whole[:, 0], S_removed=removed, E=effect)


def _logarithms(table: Table) -> Matrix:
    """``|ln n|`` of the normalised table: the log distance from the smallest or largest value."""
    values = table.values
    reference = np.where(table.signs > 0, values.min(axis=0), values.max(axis=0))
    return np.where(table.constant, 0.0, np.abs(np.log(values / reference)))
