"""One expert's sheet while it is read: who speaks, what the labels name, what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...errors import Issue, Severity
from ..dataset import Array
from ..framework import Framework
from ..judgements import Kind
from .grid import Cell, Grid, fold, shown, visible
from .judgement_cells import Entry, entry_in
from .judgement_tables import JudgementTable, Label

_SHEETS = re.compile(
    r"\s*(?:判断矩阵|专家判断|judge?ments?\b)\s*[-_:：(（]?\s*(.*?)[)）]?\s*", re.IGNORECASE
)
_HEADS = {
    "expert": {"专家", "专家姓名", "姓名", "expert", "expertname", "nameoftheexpert"},
    "weight": {"专家权重", "话语权", "expertweight", "weightoftheexpert", "expertsweight"},
}


def is_judgement_sheet(grid: Grid) -> bool:
    """Whether a sheet holds judgements, by its name.

    Examples
    --------
    >>> [is_judgement_sheet(Grid("", name, {})) for name in ("判断矩阵 张三", "Judgements", "Data")]
    [True, True, False]
    """
    return _SHEETS.fullmatch(grid.sheet or "") is not None


@dataclass
class Page:
    """One expert's sheet, being read."""

    grid: Grid
    framework: Framework
    name: str = ""
    weight: float = 1.0
    kind: Kind = "ahp"
    head: Cell = Cell(1, 1)
    by_node: dict[str, Array] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def issue(self, severity: Severity, what: str, cell: Cell, **words: object) -> Issue:
        """A finding at a cell."""
        place = self.grid.location(cell)
        text = shown(cell.value) or None
        fields = {"expert": self.name, **words}
        used = fields.get("used")
        told = used if isinstance(used, float | str) else None
        return Issue(severity, f"judgement.{what}", place, None, None, text, told, fields)

    def add(self, severity: Severity, what: str, cell: Cell, **words: object) -> None:
        """Keep a finding at a cell."""
        self.issues.append(self.issue(severity, what, cell, **words))

    def read_heads(self, below: int) -> None:
        """Who the expert is and how much say they have, from above row `below` or the name."""
        found: dict[str, Cell] = {}
        for row, cells in self.grid.by_row.items():
            for cell in cells if row < below else ():
                for what, words in _HEADS.items():
                    if fold(cell.words) in words:
                        found.setdefault(what, self.grid.own(row, cell.column + 1))
        match = _SHEETS.fullmatch(self.grid.sheet or "")
        named = visible(found["expert"].text) if "expert" in found else ""
        self.name = named or (match[1] if match else "") or (self.grid.sheet or "")
        if "weight" in found:
            said = entry_in(found["weight"])
            if said.fault or said.value < 0:
                self.add("error", "weight", said.cell)
            elif said.is_given:
                self.weight = said.value

    def node_of(self, table: JudgementTable) -> str | None:
        """The node whose children a table compares; faults of its labels are told."""
        unknown = [label for label in table.labels if not label.nodes]
        for label in unknown:
            self.add("error", "unknown_label", label.cell, label=label.text)
        if unknown:
            return None
        parents = [
            node.code
            for node in self.framework.nodes
            if all(label.nodes & self.children(node.code) for label in table.labels)
        ]
        if len(parents) == 1:
            return parents[0]
        listed = ", ".join(dict.fromkeys(label.text for label in table.labels))
        what = "ambiguous" if parents else "not_siblings"
        self.add("error", what, table.head, labels=listed, nodes=", ".join(parents))
        return None

    def children(self, code: str) -> set[str]:
        """Codes of a node's children."""
        return {child.code for child in self.framework.children(code)}

    def places(self, labels: Mapping[int, Label], node: str) -> dict[int, int] | None:
        """Position among the node's children of each labelled row or column."""
        order = {child.code: at for at, child in enumerate(self.framework.children(node))}
        found: dict[int, int] = {}
        for line, label in labels.items():
            at = next((order[code] for code in order if code in label.nodes), None)
            if at is None:
                continue
            if at in found.values():
                self.add("error", "repeated_label", label.cell, label=label.text)
                return None
            found[line] = at
        return found

    def entry(self, row: int, column: int, /, **words: object) -> Entry:
        """What a cell says; what cannot be understood is told."""
        said = entry_in(self.grid.own(row, column))
        if said.fault == "date":
            used = f"1/{round(1 / said.value)}"
            self.add("flagged", "date", said.cell, used=used, **words)
        elif said.fault == "unreadable":
            self.add("error", "unreadable", said.cell, **words)
        return said
