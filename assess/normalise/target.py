"""Distance to a target set beforehand."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .bounds import Fitted, extremes
from .distance import Form, against
from .matrix import Matrix, as_matrix, per_column


def target(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    targets: ArrayLike | None = None,
    form: Form = "distance",
    cap: bool = False,
) -> Matrix:
    """How far each unit has come towards a target.

    ``(x − min) / (target − min)`` for a benefit, ``(max − x) / (max − target)`` for a cost:
    0 for the worst unit, 1 on the target.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    targets : float or array_like, shape (indicators,)
        In the indicators' units.
    form : {"distance", "ratio", "difference"}
        The formula above; ``x / target`` (cost: ``target / x``); or
        ``(x − target) / |target|`` (cost: its negative).
    cap : bool
        Whether going beyond the target counts as being on it.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        There is no target, or the form is not defined for it.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567: ``n_dist2targ``;
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5, p. 28.

    Examples
    --------
    >>> target([[10], [30], [60]], targets=50).ravel().tolist()
    [0.0, 0.5, 1.25]
    """
    return apply(matrix, fit(matrix, targets=targets), directions, form=form, cap=cap)


def fit(matrix: ArrayLike, *, targets: ArrayLike | None = None) -> Fitted:
    """Take the targets as ``reference``, with ``low`` and ``high``, the extremes of each column."""
    values = as_matrix(matrix)
    if targets is None:
        raise MethodError("normalise.no_targets")
    low, high = extremes(values)
    return {"reference": per_column(targets, values.shape[1], "targets"), "low": low, "high": high}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    form: Form = "distance",
    cap: bool = False,
) -> Matrix:
    """Measure against the targets in `fitted`."""
    reached = against(as_matrix(matrix), fitted, directions, form, "target")
    beyond = 0.0 if form == "difference" else 1.0
    return np.minimum(reached, beyond) if cap else reached
