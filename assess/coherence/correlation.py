"""Pearson correlations of columns with missing cells."""

from __future__ import annotations

import numpy as np

from ...indicators.dataset import Array


def correlations(matrix: Array, others: Array | None = None) -> Array:
    """Pearson's r of every column of `matrix` with every column of `others`.

    Each pair uses the units where both are observed.

    Parameters
    ----------
    matrix : array (n, p)
        NaN = missing.
    others : array (n, q), optional
        `matrix` itself unless given.

    Returns
    -------
    array (p, q)
        NaN where fewer than three units have both, or one of the two does not vary.

    Examples
    --------
    >>> correlations(np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]])).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    others = matrix if others is None else others
    seen, seen_too = ~np.isnan(matrix), ~np.isnan(others)
    x, y = _centred(matrix, seen), _centred(others, seen_too)
    first, second = seen.astype(float), seen_too.astype(float)
    count = first.T @ second
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_x, mean_y = (x.T @ second) / count, (first.T @ y) / count
        covariance = (x.T @ y) / count - mean_x * mean_y
        spread_x = ((x**2).T @ second) / count - mean_x**2
        spread_y = (first.T @ y**2) / count - mean_y**2
        r = covariance / np.sqrt(spread_x * spread_y)
    varies = (spread_x > 1e-12) & (spread_y > 1e-12)
    return np.where((count >= 3) & varies, np.clip(r, -1.0, 1.0), np.nan)


def _centred(matrix: Array, seen: np.ndarray) -> Array:
    """Columns centred and scaled, so that no digits are lost; missing cells are 0."""
    filled = np.where(seen, matrix, 0.0)
    count = np.maximum(seen.sum(axis=0), 1)
    centred = np.where(seen, matrix - filled.sum(axis=0) / count, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / count)
    return centred / np.where(spread > 0, spread, 1.0)
