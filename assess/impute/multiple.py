"""Multiple imputation: several plausible values for each missing one, so that doubt is kept."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from ...options import NotNegative, Whole, between
from ..normalise.matrix import Matrix, as_matrix
from .gaussian import Gaussian, Search, estimate
from .imputed import Fitted, Imputed
from .posterior import draw_missing, posterior
from .standard import Standard, prepare, standard_of, within

Draws = Annotated[int, between(2, 10_000, whole=True)]
Turns = Annotated[int, between(1, 10_000, whole=True)]


def multiple(
    matrix: ArrayLike,
    *,
    draws: Draws = 20,
    seed: Whole = 0,
    ridge: NotNegative = 0.0,
    steps: Turns = 25,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> Imputed:
    """Draw every missing cell several times from what is known about it.

    Mean and covariance of a multivariate normal distribution are drawn from all that the observed
    cells allow (data augmentation, started at the result of `em`), then the missing cells of a
    unit given what it reports: the draws differ by the doubt about the distribution and by that
    about the unit. A unit's chance hangs on the seed and its own values alone, so neither the
    order of rows and columns nor the other units move it, and equal units stay equal.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        NaN = missing.
    draws : int
        How many; 2 at least.
    seed : int
        The same seed, the same draws.
    ridge : float
        As for `em`. With hardly more units than indicators and no ridge, draws scatter widely.
    steps : int
        Turns of the augmentation between two draws.
    low, high : array_like, optional
        Bounds for what is imputed, one for each indicator or for all; NaN = none.

    Returns
    -------
    Imputed
        `values` is the mean of the `draws`; ``details["deviation"]`` their standard deviation in
        each cell. See `imputed.carry` for scores.

    Raises
    ------
    MethodError
        As for `em`; or there are fewer than 2 draws, or than 1 step.

    References
    ----------
    Rubin (1987), Multiple Imputation for Nonresponse in Surveys; Schafer (1997), Analysis of
    Incomplete Multivariate Data, chapter 5.

    Examples
    --------
    >>> table = [[1, 3], [2, 1], [3, 5], [4, 3], [5, float("nan")]]
    >>> multiple(table, draws=8).draws.shape
    (8, 5, 2)
    """
    fitted = fit(matrix, draws=draws, seed=seed, ridge=ridge, steps=steps)
    return apply(matrix, fitted, seed=seed, low=low, high=high)


def fit(
    matrix: ArrayLike,
    *,
    draws: Draws = 20,
    seed: Whole = 0,
    ridge: NotNegative = 0.0,
    steps: Turns = 25,
) -> Fitted:
    """A ``mean`` and ``covariance`` of the standardised columns for each draw."""
    if draws < 2:
        raise MethodError("impute.draws", draws=draws)
    if steps < 1:
        raise MethodError("impute.steps", steps=steps)
    search = Search("multiple", ridge)
    standard, rows = prepare(matrix, search)
    likeliest = estimate(rows, search, standard.order)
    found = posterior(rows, likeliest, ridge, draws, steps, seed)
    return {
        **standard.fitted,
        "mean": np.array([one.mean for one in found]),
        "covariance": np.array([one.covariance for one in found]),
    }


def apply(
    matrix: ArrayLike,
    fitted: Fitted,
    *,
    seed: Whole = 0,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> Imputed:
    """Draw the missing cells of any units from the fitted distributions."""
    values, standard = as_matrix(matrix), standard_of(fitted)
    chance = _chance(values, standard, len(fitted["mean"]), seed)
    drawn = np.array(
        [
            draw_missing(standard.of(values), Gaussian(mean, covariance, 0), normal)
            for mean, covariance, normal in zip(
                fitted["mean"], fitted["covariance"], chance, strict=True
            )
        ]
    )
    mask = np.isnan(values)
    complete = np.where(mask, within(standard.back(drawn), low, high), values)
    average = np.where(mask, complete.mean(axis=0), values)
    return Imputed(average, mask, {"deviation": complete.std(axis=0, ddof=1) * mask}, complete)


def _chance(values: Matrix, standard: Standard, draws: Draws, seed: int) -> Matrix:
    """Standard normal numbers (draws, units, varying indicators), by each unit's own values."""
    # Adding 0 makes −0 and 0 the same bytes, np.where all missing cells.
    keyed = np.where(np.isnan(values), np.nan, values + 0.0)[:, standard.order]
    chance = np.zeros((draws, *keyed.shape))
    for row in np.flatnonzero(np.isnan(keyed).any(axis=1)):
        words = np.frombuffer(keyed[row].astype("<f8").tobytes(), dtype="<u4")
        generator = np.random.default_rng([seed, *words.tolist()])
        chance[:, row] = generator.standard_normal((draws, keyed.shape[1]))
    return chance
