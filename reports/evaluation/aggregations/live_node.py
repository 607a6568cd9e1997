"""One node whose aggregation is calculated on the terms sheet: where everything stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ....assess.normalise.matrix import Mask
from ....indicators.dataset import Array
from ....indicators.framework import Node
from ..layout import FIRST, HEAD_CODE, HEAD_NAME, Layout
from ..sheet import Sheet, Value, at, block, on

ANY_NUMBER = '">-1E+300"'
"""A condition that every number meets and no text does."""
WEIGHT_ROW = 5
"""Row of the local weights on the scores sheet."""
COUNTED, WEIGHT = "counted", "weight"
FormulaAt = Callable[[int], str]
"""The formula of a sheet row."""


@dataclass(frozen=True)
class LiveNode:
    """Places, references and numbers of one node.

    Parameters
    ----------
    layout : Layout
    sheet : Sheet
        The terms sheet.
    node : Node
    method : str
    options : mapping
        The method's, those left out at their defaults.
    first : int
        The column of the node's labels, left of all else.
    blocks, figures, marks : tuple of str
        See `aggregations`.
    """

    layout: Layout
    sheet: Sheet
    node: Node
    method: str
    options: Mapping[str, Any]
    first: int
    blocks: tuple[str, ...]
    figures: tuple[str, ...]
    marks: tuple[str, ...]

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """The children that count by their weight."""
        children = self.layout.framework.children(self.node.code)
        return tuple(child for child in children if child.block == "index")

    @property
    def last(self) -> int:
        """The last column taken."""
        return self.first + len(self.blocks) * len(self.children) + len(self.figures)

    @cached_property
    def scores(self) -> Array:
        """Scores of the children, (n, k); NaN also where a child does not count."""
        places = [self.layout.position[child.code] for child in self.children]
        scores = self.layout.assessment.tree.scores[:, places]
        found: Array = np.where(self.counted > 0, scores, np.nan)
        return found

    @cached_property
    def counted(self) -> Array:
        """Local weights of the children that anybody has a score of, 0 for the others."""
        places = [self.layout.position[child.code] for child in self.children]
        seen = ~np.isnan(self.layout.assessment.tree.scores[:, places]).all(axis=0)
        local = self.layout.assessment.ruler.weights
        weights: Array = np.array([local[child.code] for child in self.children]) * seen
        return weights

    @cached_property
    def weights(self) -> Array:
        """The same, summing to 1."""
        total = self.counted.sum()
        return self.counted / total if total else self.counted

    @cached_property
    def shares(self) -> Array:
        """Weights of each city's scores, summing to 1, (n, k)."""
        known = np.where(np.isnan(self.scores), 0.0, self.weights)
        total = known.sum(axis=1, keepdims=True)
        shares: Array = np.divide(known, total, where=total > 0, out=np.zeros_like(known))
        return shares

    @cached_property
    def known(self) -> Mask:
        """Which scores are there."""
        return ~np.isnan(self.scores)

    def column(self, name: str, child: int) -> int:
        """Column of a child in a block."""
        return self.first + 1 + self.blocks.index(name) * len(self.children) + child

    def figure_column(self, name: str) -> int:
        """Column of one of the node's figures."""
        return self.first + 1 + len(self.blocks) * len(self.children) + self.figures.index(name)

    def mark_row(self, name: str) -> int:
        """Row of a mark, under the cities."""
        return self.layout.last + 2 + (COUNTED, WEIGHT, *self.marks).index(name)

    def score(self, row: int, child: int) -> str:
        """Reference to a child's score."""
        return self.layout.score(row, self.children[child].code)

    def score_column(self, child: int) -> str:
        """All cities' scores of a child."""
        return self.layout.score_range(self.children[child].code)

    def cell(self, row: int, name: str, child: int) -> str:
        """Reference to a child's cell in a block."""
        return at(row, self.column(name, child))

    def along(self, row: int, name: str) -> str:
        """A city's cells in a block."""
        ends = self.column(name, 0), self.column(name, len(self.children) - 1)
        return f"{at(row, ends[0], False, True)}:{at(row, ends[1], False, True)}"

    def down(self, name: str, child: int) -> str:
        """All cities' cells of a child in a block."""
        return self._down(self.column(name, child), self.column(name, child))

    def everywhere(self, name: str) -> str:
        """A whole block."""
        return self._down(self.column(name, 0), self.column(name, len(self.children) - 1))

    def figure(self, row: int, name: str) -> str:
        """Reference to a city's figure."""
        return at(row, self.figure_column(name))

    def figure_down(self, name: str) -> str:
        """All cities' figures."""
        return self._down(self.figure_column(name), self.figure_column(name))

    def mark(self, name: str, child: int) -> str:
        """Reference to a child's mark."""
        return at(self.mark_row(name), self.column(self.blocks[0], child), True, True)

    def marks_along(self, name: str) -> str:
        """A mark of all children."""
        row, name_of = self.mark_row(name), self.blocks[0]
        ends = self.column(name_of, 0), self.column(name_of, len(self.children) - 1)
        return f"{at(row, ends[0], True, True)}:{at(row, ends[1], True, True)}"

    def put_heads(self) -> None:
        """Heads of all columns, the labels of the marks, and the weights."""
        say, sheet = self.layout.say, self.sheet
        root = self.node.parent is None
        sheet.put(HEAD_CODE, self.first, say("index") if root else self.node.code, "head")
        sheet.put(HEAD_NAME, self.first, say(f"live.{self.method}.title"), "subhead")
        for name in self.blocks:
            for child, node in enumerate(self.children):
                sheet.put(HEAD_CODE, self.column(name, child), node.code, "head")
                title = say(f"live.{self.method}.{name}")
                sheet.put(HEAD_NAME, self.column(name, child), title, "subhead")
        for name in self.figures:
            column = self.figure_column(name)
            sheet.put(HEAD_CODE, column, say("index") if root else self.node.code, "head")
            sheet.put(HEAD_NAME, column, say(f"live.{self.method}.{name}"), "subhead")
        for name in (COUNTED, WEIGHT):
            sheet.put(self.mark_row(name), self.first, say(f"live.{name}"), "subhead")
        for name in self.marks:
            sheet.put(self.mark_row(name), self.first, say(f"live.marks.{name}"), "subhead")
        sheet.widths[self.first] = 14
        self._put_weights()

    def _put_weights(self) -> None:
        for child, node in enumerate(self.children):
            local = at(WEIGHT_ROW, self.layout.node_column[node.code], True, True)
            local = on(self.layout.name("scores"), local)
            formula = f"IF(COUNT({self.score_column(child)})=0,0,{local})"
            self.put_mark(COUNTED, child, float(self.counted[child]), formula)
            total = f"SUM({self.marks_along(COUNTED)})"
            formula = f"IF({total}=0,0,{self.mark(COUNTED, child)}/{total})"
            self.put_mark(WEIGHT, child, float(self.weights[child]), formula)

    def put_mark(self, name: str, child: int, value: float, formula: str) -> None:
        """Put a child's mark."""
        column = self.column(self.blocks[0], child)
        self.sheet.put(self.mark_row(name), column, shown(value), "weight", formula)

    def put_block(
        self, name: str, child: int, values: Array, formula_at: FormulaAt, style: str = "weight"
    ) -> None:
        """Put a child's column of a block."""
        self._put_column(self.column(name, child), values, formula_at, style)

    def put_figure(self, name: str, values: Array, formula_at: FormulaAt) -> None:
        """Put a figure's column; the last is the node's score."""
        style = "number_strong" if name == self.figures[-1] else "weight"
        self._put_column(self.figure_column(name), values, formula_at, style)

    def counts(self, row: int, child: int) -> str:
        """Condition that a city has a score of a child that counts."""
        return f"AND(ISNUMBER({self.score(row, child)}),{self.mark(COUNTED, child)}>0)"

    def share_of(self, row: int, name: str) -> str:
        """Mean of a city's cells in a block, by the weights of those that are there."""
        weights, cells = self.marks_along(WEIGHT), self.along(row, name)
        return f"SUMPRODUCT({weights},{cells})/SUMIF({cells},{ANY_NUMBER},{weights})"

    def _put_column(self, column: int, values: Array, formula_at: FormulaAt, style: str) -> None:
        self.sheet.widths[column] = 11.0
        for place, value in enumerate(values.tolist()):
            row = self.layout.row(place)
            self.sheet.put(row, column, shown(value), style, formula_at(row))

    def _down(self, first: int, last: int) -> str:
        whole = block(self.sheet.name, (FIRST, first), (self.layout.last, last))
        return whole.split("!", 1)[1]


def shown(value: float) -> Value:
    """A number, or an empty text where there is none."""
    return "" if np.isnan(value) else float(value)
