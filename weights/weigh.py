"""Find weights by a method's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from . import METHODS
from .table import naming
from .weights import Weights


def weigh(
    method: str,
    matrix: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    names: Sequence[str] | None = None,
    **options: Any,
) -> Weights:
    """Weights of the indicators, from data or from judgements.

    Parameters
    ----------
    method : str
        A name of the catalogue `METHODS`.
    matrix : array_like or DataFrame, optional
        What the method reads: units × indicators for the methods that look at data, experts ×
        indicators for ``budget``, indicators × indicators (or experts × indicators × indicators)
        for ``ahp`` and ``rancom``; NaN = missing or not judged.
    directions : array_like of 1 (benefit) and −1 (cost), optional
        All benefit by default; each method says what it does with costs.
    names : sequence of str, optional
        What errors call the indicators; by default the column names of a DataFrame, else
        ``#1``, ``#2`` …
    **options
        The method's own.

    Returns
    -------
    Weights
        ``.values`` not negative, sum 1; ``.details`` the method's published quantities.

    Raises
    ------
    UnknownNameError
        There is no such method.
    RecipeError
        The method has no such option.
    MethodError
        The numbers do not meet the method's preconditions; the indicators are named.

    Examples
    --------
    >>> weigh("variation", [[1, 1], [3, 9]]).values.round(4).tolist()
    [0.3846, 0.6154]
    """
    METHODS.check_options(method, options)
    called = getattr(matrix, "columns", None) if names is None else names
    with naming(None if called is None else list(called), method):
        found: Weights = METHODS[method].function(matrix, directions, **options)
    return found
