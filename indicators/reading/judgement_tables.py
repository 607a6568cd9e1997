"""The tables of judgements on a sheet, each over the children of one node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..framework import Framework
from ..judgements import Kind
from .grid import Cell, Grid, fold, visible

_WORDS: Mapping[str, tuple[str, ...]] = {
    "best": ("最优", "最重要", "best"),
    "worst": ("最劣", "最差", "最不重要", "worst"),
    "points": ("点数", "分数", "分值", "预算", "points", "budget"),
}
_ASIDE = re.compile(
    "权重|权值|特征向量|一致性|合计|总计|最优|最劣|weight|priorit|consistency|total|sum$|best|worst"
    "|eigenvector|λ|cr$|ci$|ri$|w$"
)
"""What stands beside or under the items of a table without being one, folded."""


@dataclass(frozen=True, slots=True)
class Label:
    """A heading, and the nodes it may name; none where it is unknown."""

    cell: Cell
    nodes: frozenset[str]

    @property
    def text(self) -> str:
        """As written, on one line."""
        return " ".join(visible(str(self.cell.value)).split())


@dataclass(frozen=True)
class JudgementTable:
    """One table of judgements as it stands on a sheet.

    Parameters
    ----------
    kind : {"ahp", "bwm", "budget"}
    head : Cell
        Its first heading.
    columns : mapping from column to Label
        The items compared (``ahp``).
    asked : mapping from ``best``, ``worst`` or ``points`` to column
        What the other kinds ask.
    rows : mapping from row to Label
    """

    kind: Kind
    head: Cell
    columns: Mapping[int, Label]
    asked: Mapping[str, int]
    rows: Mapping[int, Label]

    @property
    def labels(self) -> tuple[Label, ...]:
        """All headings."""
        return (*self.columns.values(), *self.rows.values())


class Names:
    """The nodes of a framework by what a sheet may call them."""

    def __init__(self, framework: Framework) -> None:
        self._codes = {node.code for node in framework.nodes[1:]}
        self._by_name: dict[str, set[str]] = {}
        for node in framework.nodes[1:]:
            names = (node.code, node.name.zh, node.name.en)
            more = node.indicator.aliases if node.indicator else ()
            for name in (*names, *more, *(f"{node.code}{name}" for name in names[1:] if name)):
                self._by_name.setdefault(fold(name), set()).add(node.code)

    def of(self, cell: Cell) -> frozenset[str]:
        """The nodes that a text cell may name; none where it names none."""
        if cell.kind != "text" or not fold(str(cell.value)):
            return frozenset()
        if found := self._by_name.get(fold(str(cell.value))):
            return frozenset(found)
        first = re.split(r"[\s.、:：()（）]", visible(str(cell.value)), maxsplit=1)[0]
        return frozenset({first} & self._codes)


def judgement_tables(grid: Grid, names: Names) -> Iterator[JudgementTable]:
    """The tables of a sheet, from the top."""
    done = 0
    for row in grid.by_row:
        if row <= done:
            continue
        found = _matrix(grid, row, names) or _asking(grid, row, names)
        if found is not None:
            yield found
            done = max(found.rows)


def _asking(grid: Grid, row: int, names: Names) -> JudgementTable | None:
    """A table with one line an item: points, or the two comparisons of best–worst."""
    asked: dict[str, Cell] = {}
    for cell in grid.by_row[row]:
        for what, words in _WORDS.items():
            if cell.words and any(word in fold(cell.words) for word in words):
                asked.setdefault(what, cell)
    places = {what: cell.column for what, cell in asked.items()}
    if places.get("best") and places.get("worst") not in (None, places.get("best")):
        kind: Kind = "bwm"
        places.pop("points", None)
    elif "points" in places:
        kind, places = "budget", {"points": places["points"]}
    else:
        return None
    rows = _rows(grid, row, names, list(places.values()))
    head = asked["best" if kind == "bwm" else "points"]
    return JudgementTable(kind, head, {}, places, rows) if rows else None


def _matrix(grid: Grid, row: int, names: Names) -> JudgementTable | None:
    """A square of comparisons, headed by at least two items that are not the same."""
    cells = [Label(cell, names.of(cell)) for cell in grid.by_row[row] if cell.words]
    known = [label for label in cells if label.nodes]
    if len(known) < 2 or not _are_apart(known):
        return None
    first, last = known[0].cell.column, known[-1].cell.column
    columns = {
        label.cell.column: label
        for label in cells
        if first <= label.cell.column <= last or _goes_on(grid, label, last)
    }
    rows = _rows(grid, row, names, list(columns))
    return JudgementTable("ahp", known[0].cell, columns, {}, rows) if rows else None


def _are_apart(labels: Sequence[Label]) -> bool:
    """Whether two of the labels cannot mean the same node, as a code and its name do."""
    return any(not labels[0].nodes & other.nodes for other in labels[1:])


def _goes_on(grid: Grid, label: Label, last: int) -> bool:
    """Whether an unknown text to the right of the known items heads a column of the matrix."""
    cell = label.cell
    return cell.column == last + 1 and not _ASIDE.match(fold(cell.words))


def _rows(grid: Grid, head: int, names: Names, columns: Sequence[int]) -> dict[int, Label]:
    """The labelled rows right below a head; unknown labels only beside judgements."""
    rows: dict[int, Label] = {}
    row = head + 1
    while row in grid.by_row:
        beside = [cell for cell in grid.by_row[row] if cell.column < min(columns) and cell.words]
        named = [Label(cell, names.of(cell)) for cell in beside]
        label = _narrowest([one for one in named if one.nodes])
        judged = any(grid.own(row, column).kind == "number" for column in columns)
        unknown = bool(named) and judged and not _ASIDE.match(fold(named[0].text))
        if label is None and not unknown:
            break
        rows[row] = label or named[0]
        row += 1
    return rows


def _narrowest(labels: Sequence[Label]) -> Label | None:
    """The label that leaves the least choice: a code rather than a name borne twice."""
    return min(labels, key=lambda label: len(label.nodes), default=None)
