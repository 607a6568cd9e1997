"""Pairwise comparison of units, as voting methods count it."""

from __future__ import annotations

import numpy as np

from ..normalise.matrix import Matrix, settled
from .table import Table

TIE = 1e-9
"""Shares of the weight that differ by less are equal."""


def outranking(table: Table) -> Matrix:
    """Share of the weight by which each row's unit is better than each column's, ties by half.

    Two units are compared on the indicators observed for both; those that share none tie.

    Returns
    -------
    ndarray, shape (units, units)
        ``o[i, j] + o[j, i]`` is 1; the diagonal is 0.
    """
    values = settled(table.values * table.sign)
    count = len(values)
    ahead = np.zeros((count, count))
    for cells, weight in zip(values.T, table.weights, strict=True):
        ahead += weight * (cells[:, None] > cells[None, :])
    common = common_weight(table)
    shares = 0.5 + 0.5 * (ahead - ahead.T) / np.where(common > 0, common, np.inf)
    np.fill_diagonal(shares, 0.0)
    return shares


def common_weight(table: Table) -> Matrix:
    """Weight of the indicators observed for both of each pair of units."""
    known = table.observed.astype(np.float64)
    return np.asarray((known * table.weights) @ known.T)


def majority(shares: Matrix) -> Matrix:
    """Compare each pair: 1 where the row's unit wins, −1 where it loses, 0 for a tie."""
    margin = shares - shares.T
    return np.where(np.abs(margin) <= TIE, 0.0, np.sign(margin))
