"""Denominate: totals become comparable, per head, per area or per product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError, NotFoundError
from .normalise.matrix import Mask, Matrix, as_matrix, naming, per_column, refuse_cells


@dataclass(frozen=True)
class Denominated:
    """A matrix divided by its denominators.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
        NaN = missing.
    lost : ndarray of bool, shape (units, indicators)
        The cells that had a value but no denominator, and so are missing.
    """

    values: Matrix
    lost: Mask


def denominate(
    matrix: ArrayLike,
    denominators: ArrayLike,
    scale: ArrayLike = 1.0,
    *,
    names: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
) -> Denominated:
    """Divide each value by its unit's denominator: ``scale · x / d``.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        Totals; NaN = missing.
    denominators : array_like, shape (units,) or (units, indicators)
        One for all indicators, or one each: 1 where none is wanted (see `columns_of`). NaN = not
        known; the value is then lost.
    scale : float or array_like, shape (indicators,)
        Such as 10 000 for a number per 10 000 people.
    names, units : sequence of str, optional
        What errors call the indicators and units; ``#1``, ``#2`` … by default.

    Returns
    -------
    Denominated

    Raises
    ------
    MethodError
        The shapes do not fit; or a denominator of an observed value is not above 0, which names
        the indicators and units.

    References
    ----------
    Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567, function Denominate.

    Examples
    --------
    >>> denominate([[500, 30], [90, 40]], [100, 10], 10).values.tolist()
    [[50.0, 3.0], [90.0, 40.0]]
    """
    values = as_matrix(matrix)
    divisors = np.asarray(denominators, dtype=np.float64)
    divisors = divisors[:, None] if divisors.ndim == 1 else divisors
    if divisors.shape not in (values.shape, (len(values), 1)):
        raise MethodError("impute.denominators", shape=divisors.shape, needed=values.shape)
    divisors = np.broadcast_to(divisors, values.shape)
    observed = ~np.isnan(values)
    with naming(names, units):
        unusable = (divisors <= 0) | np.isinf(divisors)
        refuse_cells("impute.denominator", observed & unusable)
        factor = per_column(scale, values.shape[1])
    quotient = factor * (values / np.where(observed & ~unusable, divisors, np.nan))
    return Denominated(quotient, observed & np.isnan(divisors))


def columns_of(table: Mapping[str, ArrayLike], wanted: Sequence[str | None], count: int) -> Matrix:
    """The denominators of each indicator, shape (units, indicators).

    Parameters
    ----------
    table : mapping from a name to an array, shape (units,)
        Such as population, area and product.
    wanted : sequence of str or None, length indicators
        The name of each indicator's denominator; None divides by 1.
    count : int
        How many units there are.

    Raises
    ------
    NotFoundError
        A denominator is not in the table.

    Examples
    --------
    >>> columns_of({"population": [100, 10]}, [None, "population"], 2).tolist()
    [[1.0, 100.0], [1.0, 10.0]]
    """
    columns = np.ones((count, len(wanted)))
    for place, name in enumerate(wanted):
        if name is None:
            continue
        if name not in table:
            known = ", ".join(table)
            raise NotFoundError("impute.no_denominator", name=name, known=known)
        columns[:, place] = np.asarray(table[name], dtype=np.float64)
    return columns
