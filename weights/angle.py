"""Angular weights: the angle between an indicator and one that does not vary."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .table import tabulate
from .weights import Weights, share


def angle(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    constant: Literal["refuse", "zero"] = "refuse",
) -> Weights:
    """Weights by the angle of each column to the constant column, ``w_j = u_j / Σ u_j``.

    The cosine of ``u_j`` is ``Σ_i x_ij / (√n ‖x_j‖)``; so its tangent is the coefficient of
    variation (divisor n), from which it is computed, since the arc cosine loses digits near 1.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, with positive means; ratio scale.
    directions : array_like, optional
        Makes no difference.
    constant : {"refuse", "zero"}
        ``"zero"`` gives a column that does not vary the weight 0, which the formula says.

    Returns
    -------
    Weights
        Details: ``angle`` u, in radians.

    Raises
    ------
    MethodError
        Constant columns, a mean that is not above 0, missing cells, or fewer than two units.

    References
    ----------
    Shuai, Zongzhun, Yongji & Lei (2012), 24th Chinese Control and Decision Conference, 3889–3892.

    Examples
    --------
    >>> angle([[0, 1], [2, 3]]).details["angle"].round(4).tolist()
    [0.7854, 0.4636]
    """
    table = tabulate("angle", matrix, directions)
    table.refuse_constant(constant)
    turned = np.arctan2(table.values.std(axis=0), table.positive_means())
    turned[table.constant] = 0.0
    return share("angle", turned, angle=turned)
