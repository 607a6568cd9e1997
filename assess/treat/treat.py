"""Treat the outliers of a bare matrix by a method's name."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from ..normalise.matrix import naming
from . import METHODS, MODULES
from .moments import Limits
from .transform import Fitted
from .transform import apply as carry_out
from .treated import Treated


def treat(
    method: str,
    matrix: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    **options: Any,
) -> Treated:
    """Treat each indicator of a bare matrix.

    Parameters
    ----------
    method : str
        A name of the catalogue `METHODS`.
    matrix : array_like, shape (units, indicators)
        In the indicators' units; NaN = missing, and stays so.
    names, units : sequence of str, optional
        What errors call the indicators and units; ``#1``, ``#2`` … by default.
    **options
        The method's own.

    Returns
    -------
    Treated
        The values, every cell that changed, what was fitted, and the moments before and after.

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
    >>> treated = treat("skewness", [[1], [2], [3], [4], [5], [60]])
    >>> [(cell.row, cell.before, cell.after, cell.step) for cell in treated.cells]
    [(5, 60.0, 5.0, 'high')]
    """
    METHODS.check_options(method, options)
    with naming(names, units, method):
        treated: Treated = METHODS[method].function(matrix, **options)
    return treated


def fit(
    method: str, matrix: ArrayLike, *, names: Sequence[str] | None = None, **options: Any
) -> Fitted:
    """Learn a treatment from a sample, for `apply`.

    Examples
    --------
    >>> fit("winsorise", [[1], [2], [3], [4], [5], [60]])["high"].tolist()
    [5.0]
    """
    METHODS.check_options(method, options)
    with naming(names, method=method):
        fitted: Fitted = MODULES[method].fit(matrix, **options)
    return fitted


def apply(
    method: str,
    matrix: ArrayLike,
    fitted: Fitted,
    *,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    **options: Any,
) -> Treated:
    """Treat any units as was fitted; with those it was fitted on, as `treat`.

    Examples
    --------
    >>> fitted = fit("winsorise", [[1], [2], [3], [4], [5], [60]])
    >>> apply("winsorise", [[7], [4]], fitted).values.ravel().tolist()
    [5.0, 4.0]
    """
    METHODS.check_options(method, options)
    known = inspect.signature(Limits).parameters
    with naming(names, units, method):
        limits = Limits(**{word: value for word, value in options.items() if word in known})
        return carry_out(matrix, fitted, limits)
