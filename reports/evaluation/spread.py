"""Median and best score of every node in each year: the marks that a profile is held against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .layout import CITY, YEAR, Layout
from .profile_places import row_reference
from .sheet import Sheet, at, on


def spread(layout: Layout, code: str, number: int) -> tuple[float | str, float | str]:
    """Median and best score of a node in a year's block; blank where nobody has one."""
    first, last = layout.blocks[number]
    scores = layout.assessment.tree.scores[first : last + 1, layout.position[code]]
    there = scores[~np.isnan(scores)]
    return (float(np.median(there)), float(there.max())) if there.size else ("", "")


def put_spreads(layout: Layout, sheet: Sheet) -> None:
    """Put the rows of medians and best scores at the foot of the scores sheet."""
    for number, (first, last) in enumerate(layout.blocks):
        year = layout.assessment.dataset.years[first]
        rows = layout.median_row(number), layout.best_row(number)
        for key, row in zip(("median", "best"), rows, strict=True):
            sheet.put(row, CITY, layout.say(f"profile.{key}"), "subhead")
            sheet.put(row, YEAR, year if year is not None else "", "whole")
        for node in layout.nodes:
            column = layout.node_column[node.code]
            of = f"{at(layout.row(first), column, True)}:{at(layout.row(last), column, True)}"
            found = spread(layout, node.code, number)
            for function, row, value in zip(("MEDIAN", "MAX"), rows, found, strict=True):
                formula = f'IF(COUNT({of})=0,"",{function}({of}))'
                sheet.put(row, column, value, "number", formula)


def median_of(layout: Layout, code: str) -> str:
    """Formula of the median score of a node in the year of the city on the profile."""
    return _of(layout, code, layout.median_row)


def best_of(layout: Layout, code: str) -> str:
    """Formula of the best score of a node in the year of the city on the profile."""
    return _of(layout, code, layout.best_row)


def _of(layout: Layout, code: str, row_of: Callable[[int], int]) -> str:
    column, scores = layout.node_column[code], layout.name("scores")
    first, last = row_of(0), row_of(len(layout.blocks) - 1)
    if first == last:
        return on(scores, at(first, column, True, True))
    years = on(scores, f"{at(first, YEAR, True, True)}:{at(last, YEAR, True, True)}")
    cells = on(scores, f"{at(first, column, True, True)}:{at(last, column, True, True)}")
    year = f"INDEX({layout.scores_column(YEAR)},{row_reference(layout)})"
    return f"INDEX({cells},MATCH({year},{years},0))"
