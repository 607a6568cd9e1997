"""Coefficient of variation (变异系数法)."""

from __future__ import annotations

from typing import Literal

from numpy.typing import ArrayLike

from .table import deviation, tabulate
from .weights import Weights, share


def variation(
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    constant: Literal["refuse", "zero"] = "refuse",
) -> Weights:
    """Weights by relative spread, ``v_j = σ_j / x̄_j``, ``w_j = v_j / Σ v_j``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Complete, with positive means; ratio scale.
    directions : array_like, optional
        Makes no difference: a cost varies as a benefit does.
    constant : {"refuse", "zero"}
        ``"zero"`` gives a column that does not vary the weight 0, which the formula says.

    Returns
    -------
    Weights
        Details: ``mean``, ``deviation`` (divisor n − 1; with n the weights are the same),
        ``variation`` v.

    Raises
    ------
    MethodError
        Constant columns, a mean that is not above 0, missing cells, or fewer than two units.

    References
    ----------
    Shuai, Zongzhun, Yongji & Lei (2012), 24th Chinese Control and Decision Conference, 3889–3892.

    Examples
    --------
    >>> variation([[1, 10], [3, 30], [5, 80]]).values.round(4).tolist()
    [0.4252, 0.5748]
    """
    table = tabulate("variation", matrix, directions)
    table.refuse_constant(constant)
    mean, spread = table.positive_means(), deviation(table.values)
    relative = spread / mean
    return share("variation", relative, mean=mean, deviation=spread, variation=relative)
