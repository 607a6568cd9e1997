"""Whether a group of indicators hangs together: alpha, KMO, Bartlett, principal components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...indicators.dataset import Array


def cronbach_alpha(matrix: Array, standardised: bool = True) -> float:
    """Cronbach's coefficient alpha of the columns of a complete matrix.

    Standardised: ``k r̄ / (1 + (k − 1) r̄)`` with r̄ the mean correlation; raw:
    ``k/(k−1) · (1 − Σ var(x_j) / var(Σ x_j))``.

    Parameters
    ----------
    matrix : array (n, k)
        Complete; NaN where fewer than two columns or a column that does not vary.
    standardised : bool

    References
    ----------
    Cronbach (1951), Psychometrika 16, 297–334; OECD/JRC (2008), Handbook, section 1.4.

    Examples
    --------
    >>> round(cronbach_alpha(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])), 12)
    1.0
    """
    k = matrix.shape[1]
    if k < 2 or len(matrix) < 3 or (np.ptp(matrix, axis=0) == 0).any():
        return float("nan")
    if standardised:
        r = np.corrcoef(matrix, rowvar=False)
        mean = (r.sum() - k) / (k * (k - 1))
        return float(k * mean / (1 + (k - 1) * mean))
    variances = matrix.var(axis=0, ddof=1).sum()
    return float(k / (k - 1) * (1 - variances / matrix.sum(axis=1).var(ddof=1)))


def kmo(correlation: Array) -> tuple[float, Array]:
    """Kaiser–Meyer–Olkin measure of sampling adequacy, overall and by column.

    ``Σ r² / (Σ r² + Σ p²)`` over the pairs, p the partial correlations given all others.

    Parameters
    ----------
    correlation : array (k, k)
        Complete and not singular; NaN otherwise.

    References
    ----------
    Kaiser & Rice (1974), Educational and Psychological Measurement 34, 111–117.
    """
    k = len(correlation)
    nothing = np.full(k, np.nan)
    if k < 2 or np.isnan(correlation).any() or np.linalg.cond(correlation) > 1e12:
        return float("nan"), nothing
    inverse = np.linalg.inv(correlation)
    scale = np.sqrt(np.outer(np.diag(inverse), np.diag(inverse)))
    off = ~np.eye(k, dtype=bool)
    r2 = np.where(off, correlation**2, 0.0)
    p2 = np.where(off, (inverse / scale) ** 2, 0.0)
    return float(r2.sum() / (r2.sum() + p2.sum())), r2.sum(0) / (r2.sum(0) + p2.sum(0))


@dataclass(frozen=True, slots=True)
class Sphericity:
    """Bartlett's test that columns are uncorrelated."""

    chi_square: float
    degrees: int
    p_value: float


def bartlett(correlation: Array, units: int) -> Sphericity:
    """Bartlett's test of sphericity: ``χ² = −(n − 1 − (2k + 5)/6) ln det R``.

    Parameters
    ----------
    correlation : array (k, k)
    units : int
        Number of units behind it.

    References
    ----------
    Bartlett (1950), British Journal of Statistical Psychology 3, 77–85.
    """
    from scipy.stats import chi2

    k = len(correlation)
    degrees = k * (k - 1) // 2
    known = k > 1 and not np.isnan(correlation).any()
    sign, logarithm = np.linalg.slogdet(correlation) if known else (0.0, 0.0)
    if sign <= 0:
        return Sphericity(float("nan"), degrees, float("nan"))
    statistic = -(units - 1 - (2 * k + 5) / 6) * float(logarithm)
    return Sphericity(statistic, degrees, float(chi2.sf(statistic, degrees)))


def eigenvalues(correlation: Array) -> Array:
    """Eigenvalues of a correlation matrix, the largest first."""
    if np.isnan(correlation).any():
        return np.full(len(correlation), np.nan)
    return np.asarray(np.linalg.eigvalsh(correlation)[::-1], dtype=np.float64)
