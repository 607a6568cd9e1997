"""Where everything stands in the evaluation workbook: one answer for every sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...assess.assessment import Assessment
from ...indicators.framework import Framework, Node
from ...text import say
from .record import foreign_samples, has_own_weights, is_own
from .sheet import Sheet, at, block, letters, on

if TYPE_CHECKING:
    from .reported import Reported
    from .weighing_live import LiveTable

FIRST = 7
"""First row of cities on the calculation sheets."""
HEAD_CODE, HEAD_NAME, HEAD_UNIT, HEAD_LOW, HEAD_HIGH = 3, 4, 5, 5, 6
CITY, YEAR, START = 1, 2, 3
"""Columns of the city, the year and the first indicator or node."""
NODE_FIRST = 5
"""First row of nodes on the framework and weights sheets."""
FRAMEWORK_COLUMNS = {
    "code": 1,
    "name": 2,
    "parent": 3,
    "weight": 4,
    "unit": 5,
    "direction": 6,
    "scale": 7,
    "low": 8,
    "high": 9,
    "start": 10,
    "end": 11,
    "top": 12,
}
WEIGHT_COLUMNS = {
    "code": 1,
    "name": 2,
    "parent": 3,
    "weight": 4,
    "local": 5,
    "global": 6,
    "goal": 7,
}
SHEETS = (
    "summary",
    "ranking",
    "profile",
    "gap",
    "compare",
    "heatmap",
    "reported",
    "data",
    "normalised",
    "scores",
    "terms",
    "contributions",
    "weights",
    "weighing",
    "framework",
    "levels",
    "issues",
    "verified",
    "coherence",
    "imputation",
    "method",
    "source",
)


@dataclass(frozen=True)
class Layout:
    """Places and references for one assessment in one language.

    Parameters
    ----------
    assessment : Assessment
    lang : {"zh", "en"}
    profiled : int, optional
        Dataset row of the city picked for the profile; the first of the ranking unless given.
    compared : tuple of int
        Dataset rows of the cities picked for comparison; the first of the ranking unless given.
    """

    assessment: Assessment
    lang: str
    profiled: int | None = None
    compared: tuple[int, ...] = ()

    @property
    def framework(self) -> Framework:
        """The framework that was applied."""
        return self.assessment.framework

    def name(self, sheet: str) -> str:
        """Name of a sheet in the user's language."""
        return self._names[sheet]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {sheet: self.say(f"sheets.{sheet}") for sheet in SHEETS}

    def say(self, key: str, **fields: object) -> str:
        """A sentence of the workbook."""
        return say(f"workbook.{key}", self.lang, **fields)

    @cached_property
    def count(self) -> int:
        """Number of rows: cities, or cities × years."""
        return len(self.assessment.dataset)

    @cached_property
    def last(self) -> int:
        """Last row of cities on the calculation sheets."""
        return FIRST + self.count - 1

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each row is called: the city, and its year where there are several."""
        dataset = self.assessment.dataset
        if not self.dated:
            return dataset.cities
        pairs = zip(dataset.cities, dataset.years, strict=True)
        return tuple(f"{city} {year}" if year is not None else city for city, year in pairs)

    @cached_property
    def dated(self) -> bool:
        """Whether the rows are of several years."""
        return len(set(self.assessment.dataset.years)) > 1

    @cached_property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """First and last dataset row of each year, the latest year first."""
        years = self.assessment.dataset.years
        starts = [row for row in range(self.count) if row == 0 or years[row] != years[row - 1]]
        return tuple(zip(starts, [*(row - 1 for row in starts[1:]), self.count - 1], strict=True))

    def block_of(self, place: int) -> int:
        """Number of the year's block that a dataset row stands in."""
        return next(n for n, (_, last) in enumerate(self.blocks) if place <= last)

    def within(self, column: int, number: int = 0) -> str:
        """A column of the scores sheet over the cities of one year, the latest unless given."""
        first, last = self.blocks[number]
        return block(self.name("scores"), (FIRST + first, column), (FIRST + last, column))

    def median_row(self, number: int) -> int:
        """Row of the scores sheet with the medians of a year's block."""
        return self.last + 7 + number

    def best_row(self, number: int) -> int:
        """Row of the scores sheet with the best scores of a year's block."""
        return self.last + 7 + len(self.blocks) + number

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes breadth first, so that siblings stand side by side."""
        found = [self.framework.root]
        for node in found:
            children = self.framework.children(node.code)
            found += sorted(children, key=lambda child: child.block != "index")
        return tuple(found)

    @cached_property
    def node_column(self) -> Mapping[str, int]:
        """Column of every node on the scores sheet."""
        return {node.code: START + place for place, node in enumerate(self.nodes)}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Position of every node in the framework's own order."""
        return {node.code: place for place, node in enumerate(self.framework.nodes)}

    @cached_property
    def indicator_column(self) -> Mapping[str, int]:
        """Column of every indicator on the data and normalised sheets."""
        return {code: START + place for place, code in enumerate(self.framework.codes)}

    @cached_property
    def goals(self) -> tuple[Node, ...]:
        """The nodes under the index."""
        return self.framework.goals

    @cached_property
    def node_row(self) -> Mapping[str, int]:
        """Row of every node below the index on the framework and weights sheets."""
        below = self.framework.nodes[1:]
        return {node.code: NODE_FIRST + place for place, node in enumerate(below)}

    @cached_property
    def coverage_column(self) -> Mapping[str, int]:
        """Column of the coverage of the index and of every goal on the scores sheet."""
        start = START + len(self.nodes)
        codes = [self.framework.root.code, *(goal.code for goal in self.goals)]
        return {code: start + place for place, code in enumerate(codes)}

    @cached_property
    def key_column(self) -> int:
        """Column of the rounded index, the lowest number where there is none."""
        return START + len(self.nodes) + len(self.coverage_column)

    @property
    def rank_column(self) -> int:
        """Column of the rank."""
        return self.key_column + 1

    @property
    def position_column(self) -> int:
        """Column of the place in the ranking, ties in row order."""
        return self.key_column + 2

    @property
    def label_column(self) -> int:
        """Column of what the row is called in drop-downs."""
        return self.key_column + 3

    @property
    def present_column(self) -> int:
        """Column that is 1 where there is an index, else 0."""
        return self.key_column + 4

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Auxiliary inputs by which cities are grouped and that the data have."""
        auxiliary = self.assessment.dataset.auxiliary
        declared = [one.code for one in self.framework.auxiliary if one.group]
        return tuple(code for code in declared if any(auxiliary.get(code, ())))

    def group_column(self, code: str) -> int:
        """Column of the rank within a group."""
        return self.present_column + 1 + self.groups.index(code)

    @property
    def last_column(self) -> int:
        """Last column of the scores sheet."""
        return self.present_column + len(self.groups)

    def row(self, place: int) -> int:
        """Sheet row of a dataset row."""
        return FIRST + place

    def data(self, row: int, code: str) -> str:
        """Reference to a raw value."""
        return on(self.name("data"), at(row, self.indicator_column[code]))

    def data_range(self, code: str) -> str:
        """A column of raw values."""
        return self._column(self.name("data"), self.indicator_column[code])

    def normalised(self, row: int, code: str) -> str:
        """Reference to an indicator's score."""
        return on(self.name("normalised"), at(row, self.indicator_column[code]))

    def normalised_range(self, code: str) -> str:
        """A column of an indicator's scores."""
        return self._column(self.name("normalised"), self.indicator_column[code])

    def score(self, row: int, code: str) -> str:
        """Reference to a node's score."""
        return on(self.name("scores"), at(row, self.node_column[code]))

    def score_range(self, code: str) -> str:
        """A column of node scores."""
        return self._column(self.name("scores"), self.node_column[code])

    def scores_column(self, column: int) -> str:
        """A column of the scores sheet over all cities."""
        return self._column(self.name("scores"), column)

    def parameter(self, code: str, field: str) -> str:
        """Reference to a goalpost or another parameter of an indicator."""
        column = FRAMEWORK_COLUMNS[field]
        return on(self.name("framework"), at(self.node_row[code], column, True, True))

    def weight(self, code: str, field: str) -> str:
        """Reference to a weight."""
        column = WEIGHT_COLUMNS[field]
        return on(self.name("weights"), at(self.node_row[code], column, True, True))

    def link(self, sheet: str, cell: str = "A1") -> str:
        """A link to a place in the workbook."""
        return f"#{on(self.name(sheet), cell)}"

    @cached_property
    def order(self) -> list[int]:
        """Dataset rows in the order of the ranking: later years first, then by rank."""
        assessment = self.assessment
        years = assessment.dataset.years

        def place(row: int) -> tuple[int, float, int]:
            return (-(years[row] or 0), -self.keys[row], row)

        return sorted(range(self.count), key=place)

    @cached_property
    def own_ruler(self) -> bool:
        """Whether the ruler was fitted to this very table, so that its marks can be formulas."""
        return is_own(self.assessment)

    @cached_property
    def reported(self) -> Reported | None:
        """The values as they were read, where the data sheet is calculated from them."""
        from .reported import reported_of

        return reported_of(self)

    @cached_property
    def foreign_nodes(self) -> frozenset[str]:
        """Nodes whose aggregation takes its marks from other cities than this table's."""
        return frozenset(foreign_samples(self.assessment))

    @cached_property
    def own_weights(self) -> bool:
        """Whether computed weights were computed from this very table."""
        return has_own_weights(self.assessment)

    @cached_property
    def live_weights(self) -> LiveTable | None:
        """The table of formulas behind the weights; None where they are pasted or declared."""
        from .weighing_combined import is_live
        from .weighing_live import LiveTable
        from .weighing_steps import LIVE

        recipe = self.assessment.recipe
        live = recipe.weigh in LIVE or (recipe.weigh == "combine" and is_live(recipe))
        return LiveTable(self) if live and self.own_ruler and self.own_weights else None

    @cached_property
    def phi_columns(self) -> Mapping[str, int]:
        """Column of φ(score) on the terms sheet, where it enters a mean that is not arithmetic."""
        from .terms import phi_columns

        return phi_columns(self)

    @cached_property
    def term_columns(self) -> Mapping[str, int]:
        """Column of a node's score on the terms sheet, where its aggregation is not a mean."""
        from .node_formulas import columns_of_scores

        return columns_of_scores(self)

    @cached_property
    def levels(self) -> Sheet:
        """The levels sheet, whose cells other sheets repeat."""
        from .levels import levels_sheet

        return levels_sheet(self)

    @cached_property
    def gap(self) -> Sheet:
        """The gap sheet, whose cells the profile repeats."""
        from .gap import gap_sheet

        return gap_sheet(self)

    @property
    def profile_place(self) -> int:
        """Dataset row of the city on the profile."""
        return self.order[0] if self.profiled is None else self.profiled

    @property
    def compare_places(self) -> tuple[int, ...]:
        """Dataset rows of the cities side by side."""
        return self.compared or tuple(self.order[:COMPARED])

    @cached_property
    def keys(self) -> list[float]:
        """The index rounded to 8 decimals; −10⁹ where there is none."""
        from ...assess.ranking import comparable

        index = comparable(self.assessment.tree.scores[:, 0])
        return [NO_SCORE if np.isnan(value) else float(value) for value in index]

    def _column(self, sheet: str, column: int) -> str:
        return block(sheet, (FIRST, column), (self.last, column))


NO_SCORE = -1e9
COMPARED = 4
"""How many cities stand side by side."""
NOT_APPLICABLE = {"zh": "不适用", "en": "n/a"}


def span(row: int, first: int, last: int) -> str:
    """A range within one row of the same sheet."""
    return f"{letters(first)}{row}:{letters(last)}{row}"


def header_span(row: int, first: int, last: int) -> str:
    """A range within a header row, fixed."""
    return f"{letters(first)}${row}:{letters(last)}${row}"
