"""Aggregate a bare matrix by a method's name."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from ...errors import RecipeError
from ..normalise.matrix import naming
from . import METHODS
from .outcome import Outcome


def keeps_marks(method: str) -> bool:
    """Whether units can be measured by a method on the marks of other units.

    Examples
    --------
    >>> keeps_marks("topsis"), keeps_marks("promethee")
    (True, False)
    """
    return "sample" in inspect.signature(METHODS[method].function).parameters


def aggregate(
    method: str,
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    sample: ArrayLike | None = None,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    **options: Any,
) -> Outcome:
    """Score the units of a bare matrix.

    Parameters
    ----------
    method : str
        A name of the catalogue `METHODS`.
    matrix : array_like, shape (units, indicators)
        NaN = missing; see the method for whether it takes raw or normalised numbers.
    weights : array_like, shape (indicators,), optional
        Equal by default. Rescaled to sum to 1, unless they do up to rounding (0.02).
    directions : array_like of 1 (benefit) and −1 (cost), optional
        All benefit by default.
    sample : array_like, shape (others, indicators), optional
        Units that set the marks instead of the matrix's own, for methods that have such marks:
        so that later units are measured as earlier ones were.
    names, units : sequence of str, optional
        What errors call the indicators and units; ``#1``, ``#2`` … by default.
    **options
        The method's own.

    Returns
    -------
    Outcome
        Scores (higher is better), ranks, details.

    Raises
    ------
    UnknownNameError
        There is no such method.
    RecipeError
        The method has no such option, or ranks its units among each other only.
    MethodError
        The numbers do not meet the method's preconditions; indicators and units are named.

    Examples
    --------
    >>> aggregate("geometric", [[4, 9], [2, 8]]).scores.round(12).tolist()
    [6.0, 4.0]
    """
    METHODS.check_options(method, options)
    if sample is not None:
        if not keeps_marks(method):
            known = ", ".join(name for name in METHODS if keeps_marks(name))
            raise RecipeError("aggregate.no_sample", method=method, known=known)
        options = {**options, "sample": sample}
    with naming(names, units, method):
        outcome: Outcome = METHODS[method].function(matrix, weights, directions, **options)
    return outcome
