"""Distance to a reference unit, or to the mean or median of all."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .bounds import Fitted, extremes
from .distance import Form, against
from .matrix import Matrix, as_matrix, refuse_columns

Reference = int | Literal["mean", "median"]


def reference(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    unit: Reference = "mean",
    form: Form = "ratio",
) -> Matrix:
    """Each cell against that of a reference unit, or against the mean or median unit.

    ``x / x_ref``, for a cost ``x_ref / x``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    unit : int, "mean" or "median"
        Row of the reference unit; or the mean or median of the observed values.
    form : {"ratio", "difference", "distance"}
        The formula above; ``(x − x_ref) / |x_ref|`` (cost: its negative); or
        ``(x − min) / (x_ref − min)`` (cost: ``(max − x) / (max − x_ref)``).

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        There is no such unit, it has a missing cell, or the form is not defined for it.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5, p. 28, and
    Table 15; the form "distance" is ``n_dist2ref`` of COINr (Becker et al. 2022).

    Examples
    --------
    >>> reference([[10], [20], [30]], unit=1).ravel().tolist()
    [0.5, 1.0, 1.5]
    """
    return apply(matrix, fit(matrix, unit=unit), directions, form=form)


def fit(matrix: ArrayLike, *, unit: Reference = "mean") -> Fitted:
    """Take the values of ``reference``, and the columns' extremes, ``low`` and ``high``."""
    values = as_matrix(matrix)
    low, high = extremes(values)
    return {"reference": _values_of(values, unit), "low": low, "high": high}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    form: Form = "ratio",
) -> Matrix:
    """Measure against the reference values in `fitted`."""
    return against(as_matrix(matrix), fitted, directions, form, "reference")


def _values_of(values: Matrix, unit: Reference) -> Matrix:
    if unit == "mean":
        mean: Matrix = np.nanmean(np.sort(values, axis=0), axis=0)
        return mean
    if unit == "median":
        median: Matrix = np.nanmedian(values, axis=0)
        return median
    if not isinstance(unit, int | np.integer) or not 0 <= unit < len(values):
        raise MethodError("normalise.no_unit", unit=unit, count=len(values))
    refuse_columns("normalise.reference_missing", np.isnan(values[unit]))
    return np.array(values[unit])
