"""What a method is given besides the table: options in their range, and rows that fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import is_row, kinds
from ..normalise.matrix import Matrix, refuse_columns
from .table import Table


def hold(function: Callable[..., Any], **given: object) -> None:
    """Hold options against the signature of a method's function.

    Raises
    ------
    MethodError
        Names the method, the first option that does not fit, and what it takes.

    Examples
    --------
    >>> from steelyard.assess.aggregate.waspas import waspas
    >>> hold(waspas, lam=0.5)
    >>> hold(waspas, lam=2)
    Traceback (most recent call last):
    steelyard.errors.MethodError: The option lam of “waspas” must be a number from 0 to 1, not 2.
    """
    for option, value in given.items():
        known = kinds(function)[option]
        if known and not any(kind.takes(value) for kind in known):
            words = {"name": function.__name__, "option": option, "value": value}
            raise MethodError(known[0].sentence, **words, **known[0].words)


def row(method: str, option: str, value: ArrayLike, table: Table) -> Matrix:
    """One number for each indicator, from a number or as many; 1 where there is no weight.

    Raises
    ------
    MethodError
        There are neither one nor so many numbers, or one that counts is not finite.
    """
    count = table.weights.size
    if not is_row(value) or np.ndim(value) > 1 or np.size(value) not in (1, count):
        raise MethodError("aggregate.option_row", method=method, option=option, needed=count)
    return _finite(method, option, np.asarray(value, dtype=np.float64), table.weights)


def pairs(method: str, option: str, value: ArrayLike, table: Table) -> Matrix:
    """A pair of numbers for each indicator; 1 and 1 where there is no weight.

    Raises
    ------
    MethodError
        There are not so many pairs, or a number that counts is not finite.
    """
    count = table.weights.size
    if not is_row(value) or np.shape(value) != (count, 2):
        raise MethodError("aggregate.option_pairs", method=method, option=option, needed=count)
    return _finite(method, option, np.asarray(value, dtype=np.float64).T, table.weights).T


def _finite(method: str, option: str, values: Matrix, weights: Matrix) -> Matrix:
    counted = np.where(weights > 0, values, 1.0)
    faulty = ~np.isfinite(np.atleast_2d(counted)).all(axis=0)
    refuse_columns("aggregate.option_finite", faulty, method=method, option=option)
    return counted
