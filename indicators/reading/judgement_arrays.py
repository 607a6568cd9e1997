"""What a table of judgements says, as an array over a node's children."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ..dataset import Array
from ..judgements import Kind
from .grid import shown
from .judgement_cells import Entry, is_off_scale
from .judgement_page import Page
from .judgement_tables import JudgementTable

_ROUNDING = 0.05
"""A printed 0.14 for 1/7 is 2 % off; two judgements further apart contradict each other."""
Words = dict[str, str]


def _comparisons(page: Page, table: JudgementTable, node: str) -> Array | None:
    """A reciprocal matrix over the node's children; NaN = not judged."""
    across = page.places(table.columns, node)
    down = page.places(table.rows, node)
    if across is None or down is None:
        return None
    if set(across.values()) != set(down.values()):
        _not_square(page, table)
        return None
    column_of = {at: column for column, at in across.items()}
    row_of = {at: row for row, at in down.items()}
    count = len(page.framework.children(node))
    matrix = np.full((count, count), np.nan)
    items = sorted(row_of)
    for place, i in enumerate(items):
        _check_diagonal(page, page.entry(row_of[i], column_of[i]))
        for j in items[place + 1 :]:
            words = {"row": table.rows[row_of[i]].text, "column": table.rows[row_of[j]].text}
            turned = {"row": words["column"], "column": words["row"]}
            upper = page.entry(row_of[i], column_of[j], **words)
            lower = page.entry(row_of[j], column_of[i], **turned)
            ratio = _ratio(page, upper, lower, words, turned)
            matrix[i, j], matrix[j, i] = ratio, 1.0 / ratio
    if np.isnan(matrix).all():
        return None
    matrix[items, items] = 1.0
    pairs = [(i, j) for place, i in enumerate(items) for j in items[place + 1 :]]
    gaps = sum(bool(np.isnan(matrix[pair])) for pair in pairs)
    if gaps:
        page.add("flagged", "gaps", table.head, node=node, gaps=gaps, pairs=len(pairs))
    return matrix


def _not_square(page: Page, table: JudgementTable) -> None:
    across, down = ({label.text for label in side.values()} for side in (table.columns, table.rows))
    words = {"rows": len(table.rows), "columns": len(table.columns)}
    page.add("error", "not_square", table.head, apart=", ".join(sorted(across ^ down)), **words)


def _check_diagonal(page: Page, said: Entry) -> None:
    if said.is_given and abs(said.value - 1) > 1e-9:
        page.add("error", "diagonal", said.cell)


def _ratio(page: Page, upper: Entry, lower: Entry, words: Words, turned: Words) -> float:
    """One comparison from its two cells; what was typed counts before what was computed."""
    if not (upper.is_given or lower.is_given):
        if upper.fault == "not_computed":
            page.add("error", "not_computed", upper.cell, **words)
        return float("nan")
    told = [(said, about) for said, about in ((upper, words), (lower, turned)) if said.is_given]
    told = [pair for pair in told if not pair[0].is_computed] or told
    for said, about in told:
        if not said.value > 0:
            page.add("error", "not_positive", said.cell, **about)
            return float("nan")
    if len(told) == 2 and abs(upper.value * lower.value - 1) > _ROUNDING:
        there = {"other": upper.cell.name, "back": shown(upper.value)}
        page.add("error", "contradiction", lower.cell, **turned, **there)
    # Of 0.14 and 7 the latter was not rounded.
    said, about = max(told, key=lambda pair: pair[0].value)
    if is_off_scale(said.value):
        page.add("flagged", "off_scale", said.cell, **about)
    return said.value if said is upper else 1.0 / said.value


def _best_worst(page: Page, table: JudgementTable, node: str) -> Array | None:
    """The best compared with each, and each compared with the worst."""
    return _answers(page, table, node, ("best", "worst"))


def _points(page: Page, table: JudgementTable, node: str) -> Array | None:
    found = _answers(page, table, node, ("points",))
    return None if found is None else found[0]


def _answers(page: Page, table: JudgementTable, node: str, asked: Sequence[str]) -> Array | None:
    down = page.places(table.rows, node)
    if down is None:
        return None
    found = np.full((len(asked), len(page.framework.children(node))), np.nan)
    for line, what in enumerate(asked):
        head = shown(page.grid.at(table.head.row, table.asked[what]).value)
        for row, at in down.items():
            words = {"row": table.rows[row].text, "column": head}
            said = page.entry(row, table.asked[what], **words)
            _check_answer(page, table.kind, said, words)
            found[line, at] = said.value
    if np.isnan(found).all():
        return None
    blank = [row for row, at in down.items() if np.isnan(found[:, at]).any()]
    for row in blank:
        page.add("error", "left_blank", table.rows[row].cell, row=table.rows[row].text)
    return found


def _check_answer(page: Page, kind: Kind, said: Entry, words: Words) -> None:
    if said.fault == "not_computed":
        page.add("error", "not_computed", said.cell, **words)
    elif said.is_given and said.value < (0 if kind == "budget" else 1):
        page.add("error", f"{kind}_below", said.cell, **words)
    elif kind == "bwm" and said.is_given and is_off_scale(said.value):
        page.add("flagged", "off_scale", said.cell, **words)


_Reading = Callable[[Page, JudgementTable, str], Array | None]
ARRAYS: Mapping[Kind, _Reading] = {"ahp": _comparisons, "bwm": _best_worst, "budget": _points}
