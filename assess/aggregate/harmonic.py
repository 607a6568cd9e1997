"""The weighted harmonic mean: the weakest indicator weighs most."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ...options import Positive
from .outcome import Outcome
from .table import tabulate


def harmonic(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    floor: Positive | None = None,
) -> Outcome:
    """Weighted harmonic mean ``Σ wⱼ / Σ (wⱼ / xⱼ)`` over each unit's observed indicators.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Normalised, higher is better, above 0; NaN = missing.
    weights : array_like, shape (indicators,), optional
        Equal by default.
    directions : array_like, optional
        All 1: normalise costs first.
    floor : float, optional
        Raise lower values to this one.

    Returns
    -------
    Outcome
        Details: ``observed``, the share of the weight observed for each unit; ``raised``, how
        many cells were raised to the floor.

    Raises
    ------
    MethodError
        A direction is −1, or a value is not above 0; its unit and indicator are named.

    References
    ----------
    Hardy, Littlewood & Pólya (1934), Inequalities, chapter 2; ``a_hmean`` of COINr (Becker et
    al. 2022).

    Examples
    --------
    >>> harmonic([[30, 60]]).scores.round(12).tolist()
    [40.0]
    """
    table = tabulate(matrix, weights, directions)
    table.refuse_costs("harmonic")
    table, raised = table.raised_to(floor)
    table.refuse_below("harmonic")
    details = {"observed": table.observed_weight, "raised": raised}
    return Outcome("harmonic", 1.0 / table.mean(1.0 / table.weighty), details)
