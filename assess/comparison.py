"""The comparison: cities side by side, or rounds, with every gap decomposed.

A gap's parts are those of goals or indicators, what comes of unequal coverage or weights, and an
adjustment for rounding and caps; together they are the gap (see :mod:`.gap`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from ..errors import Issue
from ..indicators.framework import Framework
from .assessment import Assessment
from .contributions import ADJUSTMENT
from .gap import Gap

UNEQUAL = "coverage"
"""Code of the part that comes of missing values or weights that differ."""


@dataclass(frozen=True)
class Side:
    """One city in one round.

    Parameters
    ----------
    assessment : Assessment
    row : int
        Position of the city in the assessment.
    round : str
        Year or file; empty where there is one round only.
    """

    assessment: Assessment
    row: int
    round: str = ""

    @property
    def city(self) -> str:
        """Name of the city."""
        return self.assessment.dataset.cities[self.row]

    @property
    def label(self) -> str:
        """City, and round where there are two."""
        return f"{self.city} {self.round}".strip()

    @property
    def score(self) -> float:
        """The index, 0–100; NaN = none."""
        return float(self.assessment.tree.scores[self.row, 0])

    @property
    def rank(self) -> int:
        """Competition rank within the round; 0 = no score."""
        return int(self.assessment.rank_array[self.row])

    @property
    def level(self) -> int:
        """Final level; 0 = none."""
        return int(self.assessment.grades.final[self.row])


@dataclass(frozen=True)
class Pair:
    """A city, what it is held against, and the decomposed gap (city − other)."""

    side: Side
    other: Side
    gap: Gap

    @property
    def scored(self) -> bool:
        """Whether both sides have a score."""
        return bool(self.side.rank and self.other.rank)

    @property
    def moved(self) -> int:
        """Places gained on the other side; 0 where either side has no score."""
        return self.other.rank - self.side.rank if self.scored else 0


@dataclass(frozen=True)
class Comparison:
    """Cities side by side, or rounds, with every gap decomposed.

    Parameters
    ----------
    kind : {"cities", "rounds"}
        Cities against the first of them, or each city's later round against its earlier one.
    sides : tuple of Side
        The first is the reference of a comparison of cities; rounds stand in pairs, later first.
    pairs : tuple of Pair
    issues : tuple of Issue
        What makes the comparison less than exact.
    """

    kind: Literal["cities", "rounds"]
    sides: tuple[Side, ...]
    pairs: tuple[Pair, ...]
    issues: tuple[Issue, ...] = ()

    @property
    def framework(self) -> Framework:
        """The framework that both sides of every pair share."""
        return self.sides[0].assessment.framework

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Score of every node: sides × node codes, the index first."""
        rows = [side.assessment.tree.scores[side.row] for side in self.sides]
        return pd.DataFrame(rows, self._index, [node.code for node in self.framework.nodes])

    @cached_property
    def standing(self) -> pd.DataFrame:
        """Score, rank, level, coverage and whether provisional: one row a side."""
        rows = [
            {
                "score": side.score,
                "rank": side.rank,
                "level": side.level,
                "coverage": float(side.assessment.tree.coverage[side.row, 0]),
                "provisional": bool(side.assessment.grades.provisional[side.row]),
            }
            for side in self.sides
        ]
        return pd.DataFrame(rows, self._index)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Gap of every pair and its parts by goal; the parts add up to ``gap``.

        Returns
        -------
        DataFrame
            Columns ``gap``, the goals' codes, ``coverage`` and ``adjustment``.
        """
        goals = [goal.code for goal in self.framework.goals]
        return self._decomposed(goals, goals)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Gap of every pair and its parts by indicator; the parts add up to ``gap``.

        Returns
        -------
        DataFrame
            Columns ``gap``, the indicators' codes, ``coverage`` and ``adjustment``.
        """
        return self._decomposed(self.framework.codes, [n.code for n in self.framework.nodes])

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Rank of the other side, rank of the city, places gained, and the gap of every pair.

        A city without a score on either side has gained 0 places.
        """
        rows = [
            {
                "rank_before": pair.other.rank,
                "rank_after": pair.side.rank,
                "moved": pair.moved,
                "gap": pair.gap.total,
            }
            for pair in self.pairs
        ]
        return pd.DataFrame(rows, self._pair_index)

    def tables(self, lang: str = "en") -> Mapping[str, pd.DataFrame]:
        """The same as tables to print: by title, with column heads in `lang`."""
        from .compare_tables import tables

        return tables(self, lang)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The comparison as plain values; the findings' sentences in `lang`."""
        from .compare_tables import plain

        return plain(self, lang)

    @property
    def _index(self) -> pd.Index:
        return pd.Index([side.label for side in self.sides], name="city")

    @property
    def _pair_index(self) -> pd.MultiIndex:
        labels = [(pair.side.label, pair.other.label) for pair in self.pairs]
        return pd.MultiIndex.from_tuples(labels, names=["city", "against"])

    def largest(self, pair: Pair, most: int) -> list[str]:
        """Codes of the indicators with the largest parts in a pair's gap, largest first."""
        parts = dict(zip(self.framework.codes, self._parts(pair), strict=True))
        moved = [code for code in parts if abs(parts[code]) > 5e-9]
        return sorted(moved, key=lambda code: -abs(parts[code]))[:most]

    def part(self, pair: Pair, code: str) -> float:
        """Points of a pair's gap that come through the score of a node; NaN without a gap."""
        return float(pair.gap.parts[self._places([code])[0]]) if pair.scored else math.nan

    def unequal(self, pair: Pair, code: str) -> float:
        """Points of a pair's gap that come of a node's being weighted differently, or NaN."""
        return float(pair.gap.coverage[self._places([code])[0]]) if pair.scored else math.nan

    def _decomposed(self, codes: Sequence[str], weighed: Sequence[str]) -> pd.DataFrame:
        """Parts at `codes`, and what comes of unequal shares at the nodes `weighed`."""
        parts, shares = self._places(codes), self._places(weighed)
        columns = ["gap", *codes, UNEQUAL, ADJUSTMENT]
        rows = []
        for pair in self.pairs:
            found = pair.gap
            row = [found.total, *found.parts[parts], found.coverage[shares].sum(), found.adjustment]
            rows.append(row if pair.scored else [math.nan] * len(columns))
        return pd.DataFrame(rows, self._pair_index, columns)

    def _parts(self, pair: Pair) -> list[float]:
        return [float(part) for part in pair.gap.parts[self._places(self.framework.codes)]]

    def _places(self, codes: Sequence[str]) -> list[int]:
        column = {node.code: place for place, node in enumerate(self.framework.nodes)}
        return [column[code] for code in codes]
