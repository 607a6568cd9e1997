"""Standard deviation."""

from __future__ import annotations

from typing import Literal

from numpy.typing import ArrayLike

from .table import chosen, tabulate
from .table import deviation as spread_of
from .weights import Weights, share


def deviation(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    normalisation: Literal["none", "minmax"] = "none",
    constant: Literal["refuse", "zero"] = "refuse",
) -> Weights:
    """Weights by spread, ``w_j = σ_j / Σ σ_j``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete and already on one scale, such as scores: a column in dollars would otherwise
        outweigh the same column in millions. For columns in their own units choose ``"minmax"``.
    directions : array_like, optional
        Makes no difference: a cost varies as a benefit does.
    normalisation : {"none", "minmax"}
        Take the spread of the columns as they are, or of the columns scaled to 0–1.
    constant : {"refuse", "zero"}
        ``"zero"`` gives a column that does not vary the weight 0, which the formula says.

    Returns
    -------
    Weights
        Details: ``deviation`` σ (divisor n − 1; with n the weights are the same).

    Raises
    ------
    MethodError
        Constant columns, missing cells, or fewer than two units.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22, 763–770;
    Jahan & Edwards (2013), Materials & Design 49, 1000.

    Examples
    --------
    >>> deviation([[0, 2], [4, 3], [8, 4]]).values.tolist()
    [0.8, 0.2]
    """
    table = tabulate("deviation", matrix, directions)
    chosen("normalisation", normalisation, ("none", "minmax"))
    table.refuse_constant(constant)
    spread = spread_of(table.values if normalisation == "none" else table.minmax())
    spread[table.constant] = 0.0
    return share("deviation", spread, deviation=spread)
