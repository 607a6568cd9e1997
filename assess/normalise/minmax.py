"""Min–max: the worst unit at the foot of the scale, the best at its top."""

from __future__ import annotations

from numpy.typing import ArrayLike

from .bounds import Fitted, Scale, divide, extremes, fill_constant, stretch
from .matrix import Matrix, as_directions, as_matrix


def minmax(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    to: Scale = (0.0, 1.0),
    constant: float | None = None,
) -> Matrix:
    """Rescale each column linearly from its own extremes.

    ``(x − min) / (max − min)`` for a benefit, ``(max − x) / (max − min)`` for a cost.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing; it stays so and is left out of the extremes.
    directions : array_like of 1 and −1, optional
        Benefit or cost; all benefit by default.
    to : (float, float)
        The scale of the result.
    constant : float, optional
        The result for a column whose observed values are all alike.

    Returns
    -------
    ndarray, shape (units, indicators)

    Raises
    ------
    MethodError
        A column is empty, or constant while `constant` is None.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5, p. 28.

    Examples
    --------
    >>> minmax([[2, 5], [4, 1], [3, 3]], [1, -1]).tolist()
    [[0.0, 0.0], [1.0, 1.0], [0.5, 0.5]]
    """
    return apply(matrix, fit(matrix), directions, to=to, constant=constant)


def fit(matrix: ArrayLike) -> Fitted:
    """Find the extremes of each column: ``low`` and ``high``."""
    low, high = extremes(as_matrix(matrix))
    return {"low": low, "high": high}


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    to: Scale = (0.0, 1.0),
    constant: float | None = None,
) -> Matrix:
    """Rescale by the extremes in `fitted`; a later unit may fall outside `to`."""
    values = as_matrix(matrix)
    low, high = fitted["low"], fitted["high"]
    benefit = as_directions(directions, values.shape[1]) > 0
    rise = divide((values - low) * benefit + (high - values) * ~benefit, high - low)
    return fill_constant(stretch(rise, to), values, high == low, constant, "minmax")
