"""What the doubt about imputed values does to scores and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..indicators.dataset import Array
from .ranking import rank_by_year
from .ruler import measure
from .tree import aggregate_tree

if TYPE_CHECKING:
    from .assessment import Assessment


@dataclass(frozen=True)
class Spread:
    """Scores and ranks over the draws of a multiple imputation.

    Parameters
    ----------
    deviation : array (n, k)
        Of every node's score, √((1 + 1/D) · variance) over D draws; nodes in the framework's
        order.
    best, worst : int array (n,)
        The best and worst rank in any draw, within the year; 0 = no score.
    draws : int
        D.

    References
    ----------
    Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1.
    """

    deviation: Array
    best: NDArray[np.int64]
    worst: NDArray[np.int64]
    draws: int

    def rows(self, order: Sequence[int]) -> Spread:
        """The same for the rows in this order."""
        keep = list(order)
        return Spread(self.deviation[keep], self.best[keep], self.worst[keep], self.draws)


def spread_of(assessment: Assessment, draws: Array) -> Spread:
    """Score every draw on the assessment's ruler.

    Parameters
    ----------
    assessment : Assessment
        Of the draws' mean.
    draws : array (draws, n, m)

    Returns
    -------
    Spread
    """
    scores = np.array([_scores(assessment, one) for one in draws])
    count = len(scores)
    deviation = np.sqrt((1 + 1 / count) * scores.var(axis=0, ddof=1))
    ranks = np.array([rank_by_year(one[:, 0], assessment.dataset.years) for one in scores])
    return Spread(deviation, ranks.min(axis=0), ranks.max(axis=0), count)


def _scores(assessment: Assessment, values: Array) -> Array:
    dataset = replace(assessment.dataset, values=values)
    normalised = measure(dataset, assessment.recipe, assessment.ruler)
    return aggregate_tree(
        dataset.framework,
        normalised,
        dataset.not_applicable,
        assessment.ruler.weights,
        assessment.recipe,
        dataset.cities,
    ).scores
