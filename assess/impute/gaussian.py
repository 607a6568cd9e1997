"""The multivariate normal distribution of incomplete data, by expectation–maximisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import MethodError
from ..normalise.matrix import Matrix, refuse_columns

_SINGULAR = 1e-10
_INVOLVED = 0.1


@dataclass(frozen=True)
class Search:
    """How an estimate is sought.

    Parameters
    ----------
    method : str
        Named in errors.
    ridge : float
        Units' worth of independence that is mixed in.
    tolerance : float
        Largest change of a parameter of standardised columns in the last iteration.
    iterations : int
        At most so many.
    """

    method: str
    ridge: float
    tolerance: float = 1e-9
    iterations: int = 5000


@dataclass(frozen=True)
class Gaussian:
    """Mean (indicators,) and covariance (indicators, indicators), and the iterations taken."""

    mean: Matrix
    covariance: Matrix
    iterations: int


@dataclass(frozen=True)
class Conditional:
    """What the observed part of some units, with as many gaps each, says about the missing part.

    Parameters
    ----------
    cells : (ndarray, ndarray) of int
        Rows (units, 1) and columns (units, gaps) of the missing cells.
    mean : ndarray, shape (units, gaps)
    covariance : ndarray, shape (units, gaps, gaps)
    """

    cells: tuple[NDArray[np.intp], NDArray[np.intp]]
    mean: Matrix
    covariance: Matrix


def conditionals(values: Matrix, mean: Matrix, covariance: Matrix) -> Iterator[Conditional]:
    """The distribution of missing cells given the observed ones, one for each number of gaps.

    ``μₘ − Pₘₘ⁻¹ Pₘₒ (xₒ − μₒ)`` with covariance ``Pₘₘ⁻¹``, where P = Σ⁻¹: one large inverse for
    all units, and a small one for each.
    """
    gaps = np.isnan(values)
    counts = gaps.sum(axis=1)
    precision = np.linalg.inv(covariance)
    for count in np.unique(counts[counts > 0]):
        rows = np.flatnonzero(counts == count)
        columns = np.nonzero(gaps[rows])[1].reshape(len(rows), count)
        left = np.linalg.inv(precision[columns[:, :, None], columns[:, None, :]])
        left = (left + left.transpose(0, 2, 1)) / 2
        deviation = np.where(gaps[rows], 0, values[rows] - mean)
        # einsum, as its sums do not hang on which other units are there; those of @ do.
        pull = np.take_along_axis(np.einsum("ro,om->rm", deviation, precision), columns, axis=1)
        expected = mean[columns] - np.einsum("rmk,rk->rm", left, pull)
        yield Conditional((rows[:, None], columns), expected, left)


def estimate(values: Matrix, search: Search, columns: NDArray[np.intp]) -> Gaussian:
    """Maximise the likelihood of standardised, incomplete units.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
        NaN = missing; each unit has something observed.
    search : Search
    columns : ndarray of int, shape (indicators,)
        Where the indicators stand in the table, for errors.

    Raises
    ------
    MethodError
        The covariance is singular, or the search does not converge.

    References
    ----------
    Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39(1), 1–38;
    Little & Rubin (2002), Statistical Analysis with Missing Data, section 11.2; for the ridge,
    Schafer (1997), Analysis of Incomplete Multivariate Data, section 5.2.3.
    """
    count = values.shape[1]
    mean, covariance = np.zeros(count), np.eye(count)
    if not values.size:
        return Gaussian(mean, covariance, 0)
    change = np.inf
    for iteration in range(1, search.iterations + 1):
        new_mean, new_covariance = _step(values, mean, covariance, search.ridge)
        change = max(np.abs(new_mean - mean).max(), np.abs(new_covariance - covariance).max())
        mean, covariance = new_mean, new_covariance
        _refuse_singular(covariance, search.method, columns)
        if change < search.tolerance:
            return Gaussian(mean, covariance, iteration)
    raise MethodError(
        "impute.not_converged", method=search.method, iterations=search.iterations, change=change
    )


def _step(values: Matrix, mean: Matrix, covariance: Matrix, ridge: float) -> tuple[Matrix, Matrix]:
    """One expectation and maximisation."""
    complete = values.copy()
    scatter = ridge * np.eye(len(mean))
    for part in conditionals(values, mean, covariance):
        columns = part.cells[1]
        complete[part.cells] = part.mean
        np.add.at(scatter, (columns[:, :, None], columns[:, None, :]), part.covariance)
    new_mean = complete.mean(axis=0)
    scatter += (complete - new_mean).T @ (complete - new_mean)
    return new_mean, (scatter + scatter.T) / (2 * (len(values) + ridge))


def _refuse_singular(covariance: Matrix, method: str, columns: NDArray[np.intp]) -> None:
    size, direction = np.linalg.eigh(covariance)
    if size[0] < _SINGULAR * size[-1]:
        faulty = np.zeros(columns.max() + 1, dtype=np.bool_)
        faulty[columns[np.abs(direction[:, 0]) > _INVOLVED]] = True
        refuse_columns("impute.singular", faulty, method=method)
