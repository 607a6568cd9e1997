"""Box–Cox: the power that makes a column most like a normal distribution."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from ...options import between
from ..normalise.matrix import Mask, Matrix, as_matrix, refuse_cells
from .moments import distinct
from .transform import Fitted, Offset, apply, identity, shift_of
from .treated import Treated

Power = Annotated[float, between(-10, 10)]
_WIDEST = 5.0


def boxcox(matrix: ArrayLike, *, power: Power | None = None, offset: Offset = "one") -> Treated:
    """Transform every column by a power λ.

    ``((x + c)^λ − 1) / λ``, and ``ln(x + c)`` for λ = 0. Unless given, λ maximises the likelihood
    ``−n/2 · ln σ²(λ) + (λ − 1) Σ ln(x + c)`` between −5 and 5. A column without two different
    values stays as it is.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing, and stays so.
    power : float, optional
        λ for all columns.
    offset : {"one", "range", "none"}
        c, so that the lowest becomes 1, or a hundredth of the range; or 0.

    Returns
    -------
    Treated
        ``fitted["power"]`` holds λ, ``fitted["shift"]`` c.

    Raises
    ------
    MethodError
        There is no such offset; or a value is not positive while `offset` is none.

    References
    ----------
    Box & Cox (1964), Journal of the Royal Statistical Society B 26(2), 211–252; the offset one as
    in Becker et al. (2022), COINr, function boxcox.

    Examples
    --------
    >>> boxcox([[0], [3], [8]], power=0.5).values.ravel().tolist()
    [0.0, 2.0, 4.0]
    """
    return apply(matrix, fit(matrix, power=power, offset=offset))


def fit(matrix: ArrayLike, *, power: Power | None = None, offset: Offset = "one") -> Fitted:
    """The ``power`` and ``shift`` of each column."""
    values = as_matrix(matrix)
    fitted = identity(values.shape[1])
    fitted["shift"] = shift_of(values, offset, fitted["sign"])
    positive = values + fitted["shift"]
    varied: Mask = distinct(values) > 1
    refuse_cells("treat.no_logarithm", (positive <= 0) & varied)
    for column in np.flatnonzero(varied):
        cells = positive[:, column]
        fitted["power"][column] = _likeliest(cells[~np.isnan(cells)]) if power is None else power
    return fitted


def _likeliest(positive: Matrix) -> float:
    from scipy.optimize import minimize_scalar

    # Sorted, so that the order of rows leaves no trace; a factor would not move the maximum.
    logarithms = np.sort(np.log(positive))
    logarithms = logarithms - logarithms.mean()

    def unlikelihood(power: float) -> float:
        raised = logarithms if power == 0 else np.expm1(power * logarithms) / power
        return float(np.log(raised.var()) / 2)

    found = minimize_scalar(
        unlikelihood, bounds=(-_WIDEST, _WIDEST), method="bounded", options={"xatol": 1e-10}
    )
    return float(found.x)
