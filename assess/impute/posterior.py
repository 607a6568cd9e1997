"""Means and covariances that incomplete data allow, by data augmentation."""

from __future__ import annotations

import numpy as np

from ..normalise.matrix import Matrix
from .gaussian import Gaussian, conditionals

_BURN_IN = 4


def posterior(
    values: Matrix, start: Gaussian, ridge: float, draws: int, steps: int, seed: int
) -> list[Gaussian]:
    """Draw means and covariances of a multivariate normal distribution given incomplete units.

    By turns the missing cells are drawn given mean and covariance, and these given the completed
    table: ``Σ ~ W⁻¹(S + r I, n − 1 + r)`` and ``μ ~ N(x̄, Σ / n)``, with S the scatter about x̄ and
    r the ridge; r = 0 is the prior of Jeffreys.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
        Standardised; NaN = missing.
    start : Gaussian
        The likeliest one.
    ridge : float
        Units' worth of independence.
    draws, steps : int
        How many are kept, and how many turns there are between two of them; four times as many
        precede the first.
    seed : int

    Returns
    -------
    list of Gaussian, length draws

    References
    ----------
    Tanner & Wong (1987), Journal of the American Statistical Association 82(398), 528–540;
    Schafer (1997), Analysis of Incomplete Multivariate Data, section 5.4.
    """
    if not values.size:
        return [start] * draws
    generator = np.random.default_rng(seed)
    current, kept = start, []
    for step in range(1, steps * (_BURN_IN + draws) + 1):
        complete = draw_missing(values, current, generator.standard_normal(values.shape))
        current = _parameters(complete, ridge, generator)
        if step > steps * _BURN_IN and step % steps == 0:
            kept.append(current)
    return kept


def draw_missing(values: Matrix, gaussian: Gaussian, normal: Matrix) -> Matrix:
    """`values` with its missing cells drawn given the others, by standard `normal` numbers."""
    complete = values.copy()
    for part in conditionals(values, gaussian.mean, gaussian.covariance):
        root = np.linalg.cholesky(part.covariance)
        complete[part.cells] = part.mean + np.einsum("rmk,rk->rm", root, normal[part.cells])
    return complete


def _parameters(complete: Matrix, ridge: float, generator: np.random.Generator) -> Gaussian:
    count, size = complete.shape
    centre = complete.mean(axis=0)
    scatter = (complete - centre).T @ (complete - centre) + ridge * np.eye(size)
    # Bartlett's triangle A: Σ = (C A⁻ᵀ)(C A⁻ᵀ)ᵀ is inverse Wishart for C Cᵀ = scatter.
    triangle = np.tril(generator.standard_normal((size, size)), -1)
    degrees = count - 1 + ridge - np.arange(size)
    triangle[np.diag_indices(size)] = np.sqrt(generator.chisquare(degrees))
    root = np.linalg.solve(triangle, np.linalg.cholesky(scatter).T).T
    mean = centre + root @ generator.standard_normal(size) / np.sqrt(count)
    return Gaussian(mean, root @ root.T, 0)
