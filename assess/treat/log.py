"""Logarithm: a long tail is drawn in, the order of the units is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..normalise.matrix import as_matrix
from .moments import distinct, sample_skewness
from .transform import Fitted, Offset, apply, identity, shift_of
from .treated import Treated


def log(matrix: ArrayLike, *, offset: Offset = "range", reflect: bool = False) -> Treated:
    """Take the natural logarithm of every column.

    ``ln(x − min + a)``, where a is a hundredth of the range or 1; or plain ``ln x``. A column
    skewed to the left may be reflected: ``−ln(max − x + a)``. A column without two different
    values stays as it is.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing, and stays so.
    offset : {"range", "one", "none"}
        What a is; none for the plain logarithm.
    reflect : bool
        Whether columns skewed to the left are reflected.

    Returns
    -------
    Treated

    Raises
    ------
    MethodError
        There is no such offset; or a value is not positive while `offset` is none.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, functions log_CT
    (offset range), log_CT_orig (offset one) and log_CT_plus (reflected).

    Examples
    --------
    >>> log([[5], [6], [12]], offset="one").values.ravel().round(4).tolist()
    [0.0, 0.6931, 2.0794]
    """
    return apply(matrix, fit(matrix, offset=offset, reflect=reflect))


def fit(matrix: ArrayLike, *, offset: Offset = "range", reflect: bool = False) -> Fitted:
    """The ``shift`` and ``sign`` of each column; a ``power`` of 0 stands for the logarithm."""
    values = as_matrix(matrix)
    fitted = identity(values.shape[1])
    if reflect:
        fitted["sign"] = np.where(sample_skewness(values) < 0, -1.0, 1.0)
    fitted["shift"] = shift_of(values, offset, fitted["sign"])
    fitted["power"][distinct(values) > 1] = 0.0
    return fitted
