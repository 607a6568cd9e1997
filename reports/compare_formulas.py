"""Spreadsheet formulas of the gap decomposition at one node; see `steelyard.assess.gap`."""

from __future__ import annotations

from dataclasses import dataclass

from ..indicators.framework import Node


@dataclass(frozen=True)
class Formulas:
    """References to what the decomposition at a node needs.

    Parameters
    ----------
    mean : str
        The parent's mean.
    exponent : float
        Of a power mean.
    node : Node
    ours, theirs, our_share, their_share : str
        The node's scores as they entered, and its weights.
    our_top, their_top : str
        The parent's scores.
    flat : bool
        Whether the parent has no gap that could be shared out.
    """

    mean: str
    exponent: float
    node: Node
    ours: str
    theirs: str
    our_share: str
    their_share: str
    our_top: str
    their_top: str
    flat: bool

    def factor(self, above: str) -> str:
        """Points of the index per point of the node's score."""
        if self.node.block != "index":
            sign = "" if self.node.block == "bonus" else "-"
            return f"{above}*{sign}{self.node.points!r}/100"
        if self.flat:
            return "0"
        both = f"AND({self.our_share}>0,{self.their_share}>0)"
        weight = f"({self.our_share}+{self.their_share})/2"
        chords = (
            f"{self._chord(self.ours, self.theirs)}/{self._chord(self.our_top, self.their_top)}"
        )
        return f"IF({both},{above}*{weight}*{chords},0)"

    def coverage(self, above: str) -> str:
        """Points that come of the node's being weighted differently on the two sides."""
        if self.node.block != "index" or self.flat:
            return "0"
        ours, theirs = self._phi(self.ours), self._phi(self.theirs)
        inside = (
            f"IF({self.their_share}>0,IF({self.our_share}>0,({ours}+{theirs})/2,{theirs}),{ours})"
        )
        middle = f"({self._phi(self.our_top)}+{self._phi(self.their_top)})/2"
        step = f"({self.our_share}-{self.their_share})*({inside}-{middle})"
        scale = f"{above}/{self._chord(self.our_top, self.their_top)}"
        return f"IF({self.our_share}={self.their_share},0,{scale}*{step})"

    def _phi(self, score: str) -> str:
        if self.mean == "geometric" or (self.mean == "power" and self.exponent == 0):
            return f"LN({score})"
        if self.mean == "harmonic":
            return f"1/{score}"
        return f"{score}^({self.exponent!r})" if self.mean == "power" else score

    def _slope(self, score: str) -> str:
        if self.mean == "geometric" or (self.mean == "power" and self.exponent == 0):
            return f"1/({score})"
        if self.mean == "harmonic":
            return f"(-1/({score})^2)"
        return f"({self.exponent!r}*({score})^({self.exponent!r}-1))"

    def _chord(self, ours: str, theirs: str) -> str:
        if self.mean == "arithmetic":
            return "1"
        close = f"ABS({ours}-{theirs})<=0.000000001*MAX(ABS({ours}),ABS({theirs}))"
        rise = f"({self._phi(ours)}-{self._phi(theirs)})/({ours}-{theirs})"
        return f"IF({close},{self._slope(f'({ours}+{theirs})/2')},{rise})"
