"""Impute a bare matrix by a method's name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from numpy.typing import ArrayLike

from ..normalise.matrix import naming
from . import METHODS, MODULES
from .imputed import Fitted, Imputed


def impute(
    method: str,
    matrix: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    **options: Any,
) -> Imputed:
    """Fill in the missing cells of a bare matrix.

    Parameters
    ----------
    method : str
        A name of the catalogue `METHODS`.
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    names, units : sequence of str, optional
        What errors call the indicators and units; ``#1``, ``#2`` … by default.
    **options
        The method's own.

    Returns
    -------
    Imputed
        The values, and which of them were not observed.

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
    >>> impute("mean", [[1], [3], [float("nan")]]).values.ravel().tolist()
    [1.0, 3.0, 2.0]
    """
    fitted = fit(method, matrix, names=names, units=units, **options)
    return apply(method, matrix, fitted, names=names, units=units, **options)


def fit(
    method: str,
    matrix: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    **options: Any,
) -> Fitted:
    """Learn from a sample what `apply` fills in.

    Examples
    --------
    >>> fit("mean", [[1], [3], [float("nan")]])["fill"].tolist()
    [2.0]
    """
    METHODS.check_options(method, options)
    function = MODULES[method].fit
    with naming(names, units, method):
        fitted: Fitted = function(matrix, **_own(function, options))
    return fitted


def apply(
    method: str,
    matrix: ArrayLike,
    fitted: Fitted,
    *,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    **options: Any,
) -> Imputed:
    """Fill in any units by what was fitted; with those it was fitted on, as `impute`.

    Examples
    --------
    >>> apply("mean", [[float("nan")]], fit("mean", [[1], [3]])).values.tolist()
    [[2.0]]
    """
    METHODS.check_options(method, options)
    function = MODULES[method].apply
    with naming(names, units, method):
        imputed: Imputed = function(matrix, fitted, **_own(function, options))
    return imputed


def _own(function: Callable[..., Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a method's options that concern this half of it."""
    parameters = inspect.signature(function).parameters
    return {name: value for name, value in options.items() if name in parameters}
