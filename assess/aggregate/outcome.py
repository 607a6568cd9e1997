"""The outcome of an aggregation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..normalise.matrix import Matrix
from ..ranking import rank


@dataclass(frozen=True)
class Outcome:
    """Scores of the units, and how they came about.

    Parameters
    ----------
    method : str
        A name of the catalogue.
    scores : ndarray, shape (units,)
        Higher is better; NaN for a unit without any observed indicator.
    details : mapping
        The method's published quantities, by their usual names.

    Examples
    --------
    >>> Outcome("arithmetic", np.array([0.5, 0.9, 0.5])).ranks.tolist()
    [2, 1, 2]
    """

    method: str
    scores: Matrix
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ranks(self) -> NDArray[np.int64]:
        """Competition ranks, 1 the best; 0 for a unit without a score."""
        return rank(self.scores)
