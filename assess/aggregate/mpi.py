"""The Mazziotta–Pareto index: the mean, less a penalty for being uneven."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ..normalise.matrix import Matrix, refuse_columns
from .outcome import Outcome
from .table import Table, extremes, marks_of, tabulate

Penalty = Literal["downward", "upward"]
PENALTIES = {"downward": -1.0, "upward": 1.0}


def mpi(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    sample: ArrayLike | None = None,
    *,
    penalty: Penalty = "downward",
    ddof: int = 0,
) -> Outcome:
    """Mazziotta–Pareto index ``M ∓ S²/M`` of the z-scores ``100 ± 10 (x − x̄)/s``.

    M and S are the mean and the standard deviation of a unit's z-scores. A missing cell is left
    out, the weights of the rest rescaled.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default, as in the publication; M and S are weighted by them.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    sample : array_like, shape (others, indicators), optional
        Units that set the marks instead of the matrix's own, such as those of an earlier year:
        means and deviations.
    penalty : {"downward", "upward"}
        Take S²/M off, when more of the phenomenon is better (development); or add it, when it is
        worse (poverty). R's Compind calls the latter "NEG".
    ddof : int
        0 divides squared deviations by n as the publication does, 1 by n − 1 as R does.

    Returns
    -------
    Outcome
        Scores: the index. Details: ``M``, ``S``, ``cv``, ``z``.

    Raises
    ------
    MethodError
        An indicator is constant or has too few values, or the penalty is unknown.

    References
    ----------
    Mazziotta & Pareto (2016), On a generalized non-compensatory composite index for measuring
    socio-economic phenomena, Social Indicators Research 127, 983–1003.

    Examples
    --------
    >>> mpi([[1, 3], [3, 1], [2, 2]]).scores.round(6).tolist()
    [98.5, 98.5, 100.0]
    """
    table = tabulate(matrix, weights, directions)
    marks = marks_of(table, sample)
    low, high = extremes(marks)
    refuse_columns("aggregate.constant", (low == high) & (table.weights > 0), method="mpi")
    count = np.maximum(marks.observed.sum(axis=0), 1 + ddof)
    ordered = np.sort(marks.values, axis=0)
    mean = np.nansum(ordered, axis=0) / np.maximum(marks.observed.sum(axis=0), 1)
    squares = np.nansum(np.square(ordered - mean), axis=0)
    deviation = np.where(low == high, 1.0, np.sqrt(squares / (count - ddof)))
    z = 100.0 + 10.0 * table.sign * (table.values - mean) / deviation
    return penalised("mpi", table, z, penalty, ddof)


def penalised(method: str, table: Table, z: Matrix, penalty: str, ddof: int) -> Outcome:
    """Mean of each unit's standardised indicators less (or plus) its penalty S²/M."""
    if penalty not in PENALTIES:
        raise MethodError("aggregate.penalty", name=penalty, known=", ".join(PENALTIES))
    mean = table.mean(z)
    count = table.counted.sum(axis=1)
    correction = count / np.maximum(count - ddof, 1)
    deviation = np.sqrt(table.mean(np.square(z - mean[:, None])) * correction)
    cv = deviation / mean
    details = {"M": mean, "S": deviation, "cv": cv, "z": z}
    return Outcome(method, mean + PENALTIES[penalty] * deviation * cv, details)
