"""Nearest neighbours: a missing value is the mean of the units most alike in all else."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...errors import MethodError
from ...options import Count
from ..normalise.bounds import divide
from ..normalise.matrix import Mask, Matrix, as_matrix, refuse_cells, settled
from .centre import column_mean, refuse_empty
from .imputed import Fitted, Imputed, filled


def knn(matrix: ArrayLike, *, neighbours: Count = 5) -> Imputed:
    """Put the mean of the k nearest units that report an indicator in its missing cells.

    Columns are standardised; the distance of two units is the root mean square of their
    differences over the indicators that both report. Units as near as the k-th count with it,
    so that neither their order nor chance decides; fewer than k count where there are fewer.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    neighbours : int
        k.

    Returns
    -------
    Imputed
        ``details["neighbours"]``: how many units each filled cell is the mean of, 0 elsewhere.

    Raises
    ------
    MethodError
        k is below 1; a column is empty; or nobody reports an indicator and has another one in
        common with a unit that lacks it.

    References
    ----------
    Troyanskaya et al. (2001), Bioinformatics 17(6), 520–525, with equal weights.

    Examples
    --------
    >>> table = [[1, 10], [2, 20], [9, 90], [1.5, float("nan")]]
    >>> knn(table, neighbours=2).values[-1].tolist()
    [1.5, 15.0]
    """
    return apply(matrix, fit(matrix), neighbours=neighbours)


def fit(matrix: ArrayLike) -> Fitted:
    """The ``reference`` units, in an order of their own, and each column's centre and scale."""
    values = as_matrix(matrix)
    refuse_empty(values)
    reference = values[np.lexsort(np.nan_to_num(values, nan=np.inf).T)]
    centre = column_mean(values)
    return {
        "reference": reference,
        "centre": centre,
        "deviation": np.sqrt(column_mean(np.square(values - centre))),
    }


def apply(matrix: ArrayLike, fitted: Fitted, *, neighbours: Count = 5) -> Imputed:
    """Fill in any units from the reference units nearest to them."""
    if neighbours < 1:
        raise MethodError("impute.neighbours", neighbours=neighbours)
    values, reference = as_matrix(matrix), fitted["reference"]
    places = divide(values - fitted["centre"], fitted["deviation"])
    known = divide(reference - fitted["centre"], fitted["deviation"])
    filling = np.full(values.shape, np.nan)
    counts = np.zeros(values.shape, dtype=np.int64)
    for row in np.flatnonzero(np.isnan(values).any(axis=1)):
        distance = _distances(places[row], known)
        for column in np.flatnonzero(np.isnan(values[row])):
            near = _nearest(distance, ~np.isnan(reference[:, column]), neighbours)
            counts[row, column] = len(near)
            filling[row, column] = column_mean(reference[near][:, [column]])[0]
    refuse_cells("impute.no_neighbour", np.isnan(values) & (counts == 0))
    return filled(values, filling, neighbours=counts)


def _distances(place: Matrix, known: Matrix) -> Matrix:
    """Distance of one unit from each reference unit; infinite where they share nothing."""
    squares = np.square(known - place)
    shared = (~np.isnan(squares)).sum(axis=1)
    distance = np.sqrt(divide(np.nansum(squares, axis=1), shared))
    return settled(np.where(shared > 0, distance, np.inf))


def _nearest(distance: Matrix, reports: Mask, count: int) -> NDArray[np.intp]:
    """Places of the `count` nearest reference units that report, and of those as near."""
    donors = np.flatnonzero(reports & np.isfinite(distance))
    if len(donors) <= count:
        return donors
    limit = np.partition(distance[donors], count - 1)[count - 1]
    return np.asarray(donors[distance[donors] <= limit])
