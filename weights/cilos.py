"""CILOS: what the other indicators lose when one is at its best."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from .table import NOISE, Matrix, Table, tabulate
from .weights import Weights, share


def cilos(matrix: ArrayLike, directions: ArrayLike | None = None) -> Weights:
    """Criterion Impact LOSs.

    A cost becomes ``min x / x``. Row i of the square matrix A is the unit that is best in
    indicator i; ``P_ij = (a_jj − a_ij) / a_jj`` is what j loses there, and the weights solve
    ``F q = 0`` with ``F = P − diag(Σ_i P_ij)``: an indicator that loses little weighs much.
    Where several units share the best value, A holds their mean, so that no order of rows
    matters (the paper is silent).

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete and not negative; costs positive; ratio scale.
    directions : array_like of 1 and −1, optional
        A cost is turned round by its reciprocal.

    Returns
    -------
    Weights
        Details: ``A`` (of the columns as shares of their sum), ``P``, ``F``.

    Raises
    ------
    MethodError
        Negatives, zero costs, constant columns, missing cells, fewer than two units, or
        losses that do not determine the weights (one unit best everywhere, for one).

    References
    ----------
    Zavadskas & Podvezko (2016), International Journal of Information Technology & Decision
    Making 15, 267–283.

    Examples
    --------
    >>> cilos([[4, 1], [2, 2]]).values.round(4).tolist()
    [0.5, 0.5]
    """
    table = _benefits(tabulate("cilos", matrix, directions))
    shares = table.values / table.values.sum(axis=0)
    square = _at_best(shares)
    best = np.diag(square)
    loss = (best - square) / best
    system = loss - np.diag(loss.sum(axis=0))
    return share("cilos", _null_vector(system), A=square, P=loss, F=system)


def _benefits(table: Table) -> Table:
    table.refuse_below(zero_allowed=True)
    table.refuse_constant()
    costs = table.signs < 0
    Table(table.method, table.values[:, costs], table.signs[costs]).refuse_below()
    turned = table.values.copy()
    turned[:, costs] = turned[:, costs].min(axis=0) / turned[:, costs]
    return Table(table.method, turned, np.ones(len(costs)))


def _at_best(values: Matrix) -> Matrix:
    """Row i: the mean of the units that are best in indicator i."""
    best = (values >= values.max(axis=0) * (1 - NOISE)).astype(np.float64)
    square: Matrix = (best / best.sum(axis=0)).T @ values
    np.fill_diagonal(square, values.max(axis=0))
    return square


def _null_vector(system: Matrix) -> Matrix:
    """The one vector with ``F q = 0`` and sum 1."""
    count = len(system)
    if count > 1 and np.linalg.matrix_rank(system, tol=1e-10) < count - 1:
        raise MethodError("weights.cilos_undetermined")
    augmented = np.vstack([system, np.ones(count)])
    target = np.append(np.zeros(count), 1.0)
    solution: Matrix = np.linalg.lstsq(augmented, target, rcond=None)[0]
    # An indicator that loses all it has weighs nothing; what is left of it then is float noise.
    return np.where(solution > NOISE * solution.max(), solution, 0.0)
