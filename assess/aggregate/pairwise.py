"""Pairwise comparison of units, as voting methods count it."""

from __future__ import annotations

import numpy as np

from ..normalise.matrix import Matrix
from .table import Table, extremes

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
    values = without_noise(table) * table.sign
    count = len(values)
    ahead = np.zeros((count, count))
    for cells, weight in zip(values.T, table.weights, strict=True):
        ahead += weight * (cells[:, None] > cells[None, :])
    common = common_weight(table)
    shares = 0.5 + 0.5 * (ahead - ahead.T) / np.where(common > 0, common, np.inf)
    np.fill_diagonal(shares, 0.0)
    return shares


def without_noise(table: Table) -> Matrix:
    """The values to 12 significant digits, and no finer than 1e-14 of the column's largest.

    Cells that differ by float noise become equal, those near 0 too, where a difference left it.

    Examples
    --------
    >>> from steelyard.assess.aggregate.table import tabulate
    >>> without_noise(tabulate([[0.1 + 0.2 - 0.3], [0.0], [1.0]])).ravel().tolist()
    [0.0, 0.0, 1.0]
    """
    largest = np.abs(extremes(table)).max(axis=0)
    last = np.maximum(_exponent(table.values) - 11, _exponent(largest) - 14)
    # By whole powers of ten, so that neighbours to which different places are kept still meet.
    up, down = 10.0 ** np.maximum(last, 0), 10.0 ** np.maximum(-last, 0)
    return np.asarray(np.round(table.values / up * down) / down * up)


def _exponent(values: Matrix) -> Matrix:
    """Power of ten of each number's first digit; −280 for 0 and what is as good as 0."""
    size = np.maximum(np.nan_to_num(np.abs(values)), 1e-280)
    return np.asarray(np.floor(np.log10(size)))


def common_weight(table: Table) -> Matrix:
    """Weight of the indicators observed for both of each pair of units."""
    known = table.observed.astype(np.float64)
    return np.asarray((known * table.weights) @ known.T)


def majority(shares: Matrix) -> Matrix:
    """Compare each pair: 1 where the row's unit wins, −1 where it loses, 0 for a tie."""
    margin = shares - shares.T
    return np.where(np.abs(margin) <= TIE, 0.0, np.sign(margin))
