"""Normalise a bare matrix by a method's name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from numpy.typing import ArrayLike

from . import METHODS, MODULES
from .bounds import Fitted
from .matrix import Matrix, naming


def normalise(
    method: str,
    matrix: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    names: Sequence[str] | None = None,
    **options: Any,
) -> Matrix:
    """Normalise each indicator of a bare matrix.

    Parameters
    ----------
    method : str
        A name of the catalogue `METHODS`.
    matrix : array_like, shape (units, indicators)
        In the indicators' units; NaN = missing, and stays so.
    directions : array_like of 1 (benefit) and −1 (cost), optional
        All benefit by default.
    names : sequence of str, optional
        What errors call the indicators; ``#1``, ``#2`` … by default.
    **options
        The method's own.

    Returns
    -------
    ndarray, shape (units, indicators)
        Higher is better.

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
    >>> normalise("minmax", [[2, 5], [4, 1], [3, 3]], [1, -1], to=(0, 100)).tolist()
    [[0.0, 0.0], [100.0, 100.0], [50.0, 50.0]]
    """
    METHODS.check_options(method, options)
    with naming(names, method=method):
        result: Matrix = METHODS[method].function(matrix, directions, **options)
    return result


def fit(
    method: str, matrix: ArrayLike, *, names: Sequence[str] | None = None, **options: Any
) -> Fitted:
    """Fit the ruler of a method: what `apply` needs to measure these units or later ones.

    Examples
    --------
    >>> {word: array.tolist() for word, array in fit("minmax", [[2], [6]]).items()}
    {'low': [2.0], 'high': [6.0]}
    """
    METHODS.check_options(method, options)
    function = MODULES[method].fit
    with naming(names, method=method):
        fitted: Fitted = function(matrix, **_own(function, options))
    return fitted


def apply(
    method: str,
    matrix: ArrayLike,
    fitted: Fitted,
    directions: ArrayLike | None = None,
    *,
    names: Sequence[str] | None = None,
    **options: Any,
) -> Matrix:
    """Normalise any units on a fitted ruler; with those it was fitted on, as `normalise`.

    Examples
    --------
    >>> apply("minmax", [[5]], fit("minmax", [[2], [6]])).tolist()
    [[0.75]]
    """
    METHODS.check_options(method, options)
    function = MODULES[method].apply
    with naming(names, method=method):
        result: Matrix = function(matrix, fitted, directions, **_own(function, options))
    return result


def _own(function: Callable[..., Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a method's options that concern this half of it."""
    parameters = inspect.signature(function).parameters
    return {name: value for name, value in options.items() if name in parameters}
