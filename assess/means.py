"""The quasi-arithmetic means: score = φ⁻¹(Σ wᵢ φ(sᵢ)), weights summing to 1.

One generator φ defines each mean, its contributions and its gap decomposition.
Source: Hardy, Littlewood, Pólya, *Inequalities*, 1934, chapter 3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..indicators.dataset import Array


@dataclass(frozen=True)
class Mean:
    """A mean by its generator φ, the inverse of φ and the derivative of φ.

    Not every score may enter it: φ may ask for positive scores, or for scores of at least 0.

    Examples
    --------
    >>> float(MEANS["geometric"].of(np.array([[1.0, 100.0]]), np.array([[0.5, 0.5]]))[0])
    10.0
    """

    phi: Callable[[Array], Array]
    inverse: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    needs_positive: bool
    bears_negative: bool = False

    def of(self, scores: Array, weights: Array) -> Array:
        """Weighted mean of each row.

        Parameters
        ----------
        scores : array (n, c)
            Finite wherever the weight is not 0.
        weights : array (n, c)
            Rows sum to 1.

        Returns
        -------
        array (n,)
        """
        with np.errstate(divide="ignore"):
            terms = self.phi(scores)
        total = np.multiply(weights, terms, where=weights > 0, out=np.zeros_like(scores)).sum(1)
        with np.errstate(divide="ignore"):
            return self.inverse(total)

    def chord(self, first: Array, second: Array) -> Array:
        """(φ(second) − φ(first)) / (second − first), and φ' where the two are equal."""
        step = second - first
        with np.errstate(divide="ignore", invalid="ignore"):
            chord = (self.phi(second) - self.phi(first)) / step
            close = np.abs(step) <= 1e-9 * np.maximum(np.abs(first), np.abs(second))
            return np.where(close, self.slope((first + second) / 2), chord)


def _power(exponent: float) -> Mean:
    return Mean(
        phi=lambda s: np.power(s, exponent),
        inverse=lambda t: np.power(t, 1 / exponent),
        slope=lambda s: exponent * np.power(s, exponent - 1),
        needs_positive=exponent < 0 or exponent != round(exponent),
    )


MEANS: Mapping[str, Mean] = {
    "arithmetic": Mean(lambda s: s, lambda t: t, np.ones_like, False, bears_negative=True),
    "geometric": Mean(np.log, np.exp, lambda s: 1 / s, needs_positive=True),
    "harmonic": Mean(lambda s: 1 / s, lambda t: 1 / t, lambda s: -1 / s**2, needs_positive=True),
}


def mean(name: str, exponent: float = 2.0) -> Mean:
    """The mean of that name; ``power`` takes its exponent, 0 standing for the geometric mean."""
    if name == "power":
        return _power(exponent) if exponent else MEANS["geometric"]
    return MEANS[name]
