"""Where everything stands in the comparison workbook."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ..assess.comparison import Comparison, Side
from ..indicators.framework import Framework, Node
from ..text import say
from .evaluation.sheet import Sheet, Value, at, block, on

HEAD, FIRST = 4, 6
"""First row of the heads and of the nodes on the calculation sheets."""
CODE, NAME, WEIGHT = 1, 2, 3


@dataclass(frozen=True)
class CompareLayout:
    """Places and references for one comparison in one language."""

    comparison: Comparison
    lang: str

    @property
    def framework(self) -> Framework:
        """The framework that both sides share."""
        return self.comparison.framework

    def say(self, key: str, **fields: object) -> str:
        """A sentence of the workbook."""
        return say(f"compare.{key}", self.lang, **fields)

    def sheet_name(self, key: str) -> str:
        """Name of a sheet in the user's language."""
        return self.say(f"sheet.{key}")

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes tier by tier, so that the children of each stand together."""
        found = [self.framework.root]
        for node in found:
            found += sorted(self.framework.children(node.code), key=lambda n: n.block != "index")
        return tuple(found)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {node.code: FIRST + place for place, node in enumerate(self.nodes)}

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of a node in the arrays."""
        return {node.code: place for place, node in enumerate(self.framework.nodes)}

    def row(self, code: str) -> int:
        """Row of a node on the calculation sheets."""
        return self._rows[code]

    @property
    def last(self) -> int:
        """Last row of the nodes."""
        return FIRST + len(self.nodes) - 1

    def children_rows(self, code: str, blocks: bool = False) -> tuple[int, int]:
        """First and last row of a node's children, without bonus and deduction blocks or with."""
        children = self.framework.children(code)
        rows = [self.row(c.code) for c in children if blocks or c.block == "index"]
        return min(rows), max(rows)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides, in order."""
        return self.comparison.sides

    @property
    def side_count(self) -> int:
        """Number of sides."""
        return len(self.sides)

    @property
    def pair_count(self) -> int:
        """Number of pairs."""
        return len(self.comparison.pairs)

    @cached_property
    def side_of(self) -> dict[int, int]:
        """Number of a side, from 0, by its identity."""
        return {id(side): place for place, side in enumerate(self.sides)}

    @cached_property
    def pair_labels(self) -> tuple[str, ...]:
        """What each pair is called."""
        return tuple(f"{p.side.label} − {p.other.label}" for p in self.comparison.pairs)

    @cached_property
    def has_two_weights(self) -> bool:
        """Whether the two rounds weigh differently."""
        first, other = (self.sides[place].assessment.ruler.weights for place in (0, -1))
        return any(first[code] != other[code] for code in first)

    def weight_column(self, side: int) -> int:
        """Column of the local weights that a side uses."""
        own = self.sides[side].assessment is self.sides[0].assessment
        return WEIGHT if own or not self.has_two_weights else WEIGHT + 1

    @property
    def scores_start(self) -> int:
        """First column of scores."""
        return WEIGHT + 1 + self.has_two_weights

    def score_column(self, side: int) -> int:
        """Column of a side's scores."""
        return self.scores_start + side

    def share_column(self, side: int) -> int:
        """Column of a side's effective weights."""
        return self.scores_start + len(self.sides) + 1 + side

    def term_column(self, side: int) -> int:
        """Column of a side's terms: share × φ(score)."""
        return self.scores_start + 2 * (len(self.sides) + 1) + side

    def part_column(self, pair: int) -> int:
        """Column of a pair's parts."""
        return CODE + 2 + pair

    def unequal_column(self, pair: int) -> int:
        """Column of what comes of unequal coverage or weights."""
        return self.part_column(len(self.comparison.pairs)) + 1 + pair

    def factor_column(self, pair: int) -> int:
        """Column of the index's points per point of a node's score."""
        return self.unequal_column(len(self.comparison.pairs)) + 1 + pair

    def foot(self, key: str) -> int:
        """Row under the parts: ``gap``, ``explained``, ``adjustment``, ``side``, ``other``."""
        return self.last + 2 + ("gap", "explained", "adjustment", "side", "other").index(key)

    def score(self, side: int, code: str) -> str:
        """Reference to a score, from any sheet."""
        cell = at(self.row(code), self.score_column(side), True, True)
        return on(self.sheet_name("scores"), cell)

    def part(self, pair: int, row: int) -> str:
        """Reference to a cell of the parts, from any sheet."""
        return on(self.sheet_name("parts"), at(row, self.part_column(pair), True, True))

    def unequal(self, pair: int, code: str) -> str:
        """Reference to what comes of unequal weights at a node, from any sheet."""
        cell = at(self.row(code), self.unequal_column(pair), True, True)
        return on(self.sheet_name("parts"), cell)

    def pairs_row(self, row: int, first_column: int) -> str:
        """The row of all pairs in one of the matrices of the parts sheet."""
        last = first_column + len(self.comparison.pairs) - 1
        return block(self.sheet_name("parts"), (row, first_column), (row, last))

    def sides_row(self, sheet: str, row: int, first_column: int) -> str:
        """The row of all sides in a matrix of a sheet."""
        last = first_column + len(self.sides) - 1
        return block(self.sheet_name(sheet), (row, first_column), (row, last))

    def start(self, key: str, columns: int, tab: str = "2F5597") -> Sheet:
        """A sheet with its title band over so many columns."""
        sheet = Sheet(self.sheet_name(key), tab)
        title = self.say(f"title.{key}", framework=self.framework.title[self.lang])
        sheet.put(1, 1, title, "title")
        sheet.put(2, 1, self.say(f"note.{key}"), "subtitle")
        for column in range(2, columns + 1):
            sheet.put(1, column, None, "title")
            sheet.put(2, column, None, "subtitle")
        sheet.heights |= {1: 28, 2: 18}
        return sheet


def shown(value: float) -> Value:
    """A number, or nothing where there is none."""
    return "" if math.isnan(value) else float(value)
