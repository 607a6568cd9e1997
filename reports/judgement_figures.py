"""What the formulas of a matrix of comparisons give, computed in Python."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..assess.tree import round_half_up
from ..text import say
from .judgement_page import Array, Asked, called


@dataclass(frozen=True)
class Solved:
    """A matrix of comparisons, and once it is complete what follows from it."""

    matrix: Array

    @property
    def complete(self) -> bool:
        """Whether every pair is judged."""
        return not np.isnan(self.matrix).any()

    @property
    def means(self) -> Array:
        """Geometric means of the rows."""
        means: Array = np.exp(np.log(self.matrix).mean(axis=1))
        return means

    @property
    def weights(self) -> Array:
        """Shares of the means."""
        weights: Array = self.means / self.means.sum()
        return weights

    @property
    def ratios(self) -> Array:
        """``(A w)_i / w_i``, whose mean is λ_max."""
        ratios: Array = self.matrix @ self.weights / self.weights
        return ratios

    @property
    def misfits(self) -> Array:
        """Above the diagonal how far each judgement is from the ratio of the weights; below 0."""
        fitted = self.weights[:, None] / self.weights
        misfits: Array = np.triu(np.abs(np.log(self.matrix / fitted)), 1).round(9)
        return misfits


def consistency(solved: Solved, random: float) -> tuple[float, float, float]:
    """λ_max, CI and CR by the random index; zeros while pairs are missing."""
    if not solved.complete:
        return 0.0, 0.0, 0.0
    count = len(solved.matrix)
    largest = float(solved.ratios.mean())
    index = (largest - count) / (count - 1)
    return largest, index, index / random if random else 0.0


@dataclass(frozen=True)
class Worst:
    """The judgement that fits worst; its ratio, and that of the others without it."""

    complete: bool = False
    missing: int = 0
    misfit: float = 0.0
    row: int = 0
    column: int = 0
    judged: float = 1.0
    others: float = 1.0

    @classmethod
    def of(cls, solved: Solved) -> Worst:
        """Find it; the others by least squares of the logarithms, without this pair."""
        if not solved.complete:
            return cls(missing=int(np.isnan(solved.matrix).sum()) // 2)
        count = len(solved.matrix)
        row, column = divmod(int(np.argmax(solved.misfits)), count)
        if solved.misfits[row, column] == 0:
            row, column = 0, 1
        judged = float(solved.matrix[row, column])
        fitted = np.log(solved.weights[row] / solved.weights[column])
        share = (fitted * count - 2 * np.log(judged)) / max(count - 2, 1)
        misfit = float(solved.misfits[row, column])
        return cls(True, 0, misfit, row, column, judged, float(np.exp(share)))

    def told(self, asked: Asked, lang: str) -> str:
        """The sentence that the formula gives."""
        if not self.complete:
            return say("judgement.advice.missing", lang, count=self.missing)
        if self.misfit < 1e-6:
            return say("judgement.advice.none", lang)
        first, second = (called(asked.children[at], lang) for at in (self.row, self.column))
        judged, others = self.judged, self.others
        if judged < 1:
            first, second, judged, others = second, first, 1 / judged, 1 / others
        words = {"judged": f"{_two(judged):g}", "others": f"{_two(others):g}"}
        return say("judgement.advice.worst", lang, row=first, column=second, **words)


def _two(value: float) -> float:
    return float(round_half_up(np.array([value]), 2)[0])
