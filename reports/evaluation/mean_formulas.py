"""The quasi-arithmetic means as spreadsheet formulas: φ, its inverse, its slope and its chord."""

from __future__ import annotations

from dataclasses import dataclass

from ...assess.means import Mean, mean
from ...assess.recipe import MEANS, Recipe
from ...indicators.framework import Framework, Node
from .sheet import literal


@dataclass(frozen=True, slots=True)
class Phi:
    """The generator of one mean, written as formulas; see `assess.means`.

    Parameters
    ----------
    name : str
        ``arithmetic``, ``geometric``, ``harmonic`` or ``power``.
    exponent : float
        Of the power mean.
    floor : float
        Scores below it are raised to it where the mean needs positive scores.
    """

    name: str
    exponent: float
    floor: float

    @property
    def mean(self) -> Mean:
        """The same mean in numbers."""
        return mean(self.name, self.exponent)

    @property
    def kind(self) -> str:
        """The name, a power mean of exponent 0 being the geometric mean."""
        return "geometric" if self.name == "power" and self.exponent == 0 else self.name

    def entered(self, score: str) -> str:
        """A score as it enters the mean: raised to what the mean can bear."""
        if self.mean.bears_negative:
            return score
        least = literal(self.floor) if self.mean.needs_positive else "0"
        return f"MAX({score},{least})"

    def entered_number(self, score: float) -> float:
        """The same in numbers."""
        if self.mean.bears_negative:
            return score
        return max(score, self.floor if self.mean.needs_positive else 0.0)

    def of(self, score: str) -> str:
        """φ(score)."""
        if self.kind == "geometric":
            return f"LN({score})"
        if self.kind == "harmonic":
            return f"1/{score}"
        return f"{score}^{self._power}" if self.kind == "power" else score

    def inverse(self, total: str) -> str:
        """φ⁻¹(total)."""
        if self.kind == "geometric":
            return f"EXP({total})"
        if self.kind == "harmonic":
            return f"1/({total})"
        return f"({total})^(1/{self._power})" if self.kind == "power" else total

    def slope(self, score: str) -> str:
        """φ′(score)."""
        if self.kind == "geometric":
            return f"1/({score})"
        if self.kind == "harmonic":
            return f"(-1)/({score})^2"
        if self.kind == "power":
            return f"{self._power}*({score})^({self._power}-1)"
        return "1"

    def chord(self, first: str, second: str) -> str:
        """(φ(second) − φ(first)) / (second − first), and φ′ where the two are equal."""
        if self.kind == "arithmetic":
            return "1"
        near = f"ABS({second}-{first})<=1E-9*MAX(ABS({first}),ABS({second}))"
        steep = f"({self.of(second)}-{self.of(first)})/({second}-{first})"
        return f"IF({near},{self.slope(f'({first}+{second})/2')},{steep})"

    @property
    def _power(self) -> str:
        return f"({literal(self.exponent)})"


def phi_at(framework: Framework, node: Node, recipe: Recipe) -> Phi:
    """The generator by which an inner node's score is shared out; see `tree.mean_at`."""
    name = recipe.aggregate_at(framework, node)
    return Phi(name if name in MEANS else "arithmetic", recipe.exponent, recipe.floor)
