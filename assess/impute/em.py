"""EM: a missing value is what a multivariate normal distribution expects of it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from ...options import Count, NotNegative, between
from ..normalise.matrix import as_matrix
from .gaussian import Search, conditionals, estimate
from .imputed import Fitted, Imputed, filled
from .standard import prepare, standard_of, within

Tolerance = Annotated[float, between(1e-15, 1)]
"""A smaller change would drown in the noise of float numbers."""


def em(
    matrix: ArrayLike,
    *,
    ridge: NotNegative = 0.0,
    tolerance: Tolerance = 1e-9,
    iterations: Count = 5000,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> Imputed:
    """Put the expectation given what the unit reports in its missing cells.

    Mean and covariance of a multivariate normal distribution are estimated by maximum likelihood
    from all observed cells, by expectation–maximisation on standardised columns. An imputed value
    lies on the regression; for its uncertainty see `multiple`.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    ridge : float
        Units' worth of independence between indicators mixed into the covariance; above 0 it
        serves many indicators and few units.
    tolerance : float
        The search ends when no parameter of the standardised columns changes by more.
    iterations : int
        At most so many.
    low, high : array_like, optional
        Bounds for what is imputed, one for each indicator or for all; NaN = none.

    Returns
    -------
    Imputed
        ``details``: ``mean`` and ``covariance`` in the indicators' units, ``iterations``.

    Raises
    ------
    MethodError
        A column is empty; without a ridge, there are not more units than indicators, or
        indicators are linear in each other; or the search does not converge.

    References
    ----------
    Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39(1), 1–38;
    Little & Rubin (2002), Statistical Analysis with Missing Data, section 11.2.

    Examples
    --------
    >>> table = [[1, 3], [2, 1], [3, 5], [4, 3], [5, float("nan")]]
    >>> em(table).values[-1].round(6).tolist()
    [5.0, 4.0]
    """
    fitted = fit(matrix, ridge=ridge, tolerance=tolerance, iterations=iterations)
    return apply(matrix, fitted, low=low, high=high)


def fit(
    matrix: ArrayLike,
    *,
    ridge: NotNegative = 0.0,
    tolerance: Tolerance = 1e-9,
    iterations: Count = 5000,
) -> Fitted:
    """The ``mean`` and ``covariance`` of the standardised columns, and their standard."""
    search = Search("em", ridge, tolerance, iterations)
    standard, rows = prepare(matrix, search)
    found = estimate(rows, search, standard.order)
    return {
        **standard.fitted,
        "mean": found.mean,
        "covariance": found.covariance,
        "iterations": np.array(found.iterations),
    }


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> Imputed:
    """Fill in any units by the fitted distribution."""
    values, standard = as_matrix(matrix), standard_of(fitted)
    expected = standard.of(values)
    for part in conditionals(standard.of(values), fitted["mean"], fitted["covariance"]):
        expected[part.cells] = part.mean
    spread = np.zeros((len(standard.centre),) * 2)
    spread[np.ix_(standard.order, standard.order)] = fitted["covariance"]
    return filled(
        values,
        within(standard.back(expected), low, high),
        mean=standard.back(fitted["mean"]),
        covariance=spread * np.outer(standard.deviation, standard.deviation),
        iterations=int(fitted["iterations"]),
    )
