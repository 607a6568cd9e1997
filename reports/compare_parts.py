"""The parts sheet: every pair's gap, carried down the tree until its parts add up to it."""

from __future__ import annotations

from ..assess.tree import is_mean_at
from ..indicators.framework import Node
from .compare_indicators import wide_print
from .compare_layout import CODE, FIRST, HEAD, NAME, CompareLayout, shown
from .evaluation.blocks import before_blocks
from .evaluation.mean_formulas import Phi, phi_at
from .evaluation.sheet import Sheet, at, literal, on


def parts_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet: parts, what comes of unequal weights, and factors, of every pair."""
    sheet = layout.start("parts", min(layout.factor_column(0), 14))
    _write_heads(layout, sheet)
    for node in layout.nodes:
        row = layout.row(node.code)
        style = "text" if node.indicator is not None else "goal"
        root = node.parent is None
        sheet.put(row, CODE, "" if root else node.code, style)
        sheet.put(row, NAME, layout.say("head.index") if root else node.name[layout.lang], style)
        for pair in range(len(layout.comparison.pairs)):
            _PairColumn(layout, sheet, pair).write(node)
    for pair in range(len(layout.comparison.pairs)):
        _PairColumn(layout, sheet, pair).write_foot()
    sheet.freeze = (FIRST, NAME + 1)
    sheet.repeat_rows, sheet.repeat_columns = (HEAD, FIRST - 1), (CODE, NAME)
    wide_print(sheet, NAME + 1, layout.factor_column(layout.pair_count - 1))
    return sheet


def _write_heads(layout: CompareLayout, sheet: Sheet) -> None:
    for column, key in ((CODE, "code"), (NAME, "name")):
        sheet.put(HEAD + 1, column, layout.say(f"head.{key}"), "head")
    columns = (layout.part_column, layout.unequal_column, layout.factor_column)
    for key, column_of in zip(("part", "unequal", "factor"), columns, strict=True):
        sheet.put(HEAD, column_of(0), layout.say(f"head.{key}"), "section")
        for pair, label in enumerate(layout.pair_labels):
            sheet.put(HEAD + 1, column_of(pair), label, "head")
            sheet.width(17.0, column_of(pair))
    for key in ("gap", "explained", "adjustment", "side", "other"):
        sheet.put(layout.foot(key), CODE, None, "goal")
        sheet.put(layout.foot(key), NAME, layout.say(f"foot.{key}"), "goal")
    sheet.width({CODE: 9, NAME: 34})
    sheet.heights |= {HEAD: 22, HEAD + 1: 48}


class _PairColumn:
    """The cells of one pair."""

    def __init__(self, layout: CompareLayout, sheet: Sheet, pair: int) -> None:
        self.layout, self.sheet, self.pair = layout, sheet, pair
        found = layout.comparison.pairs[pair]
        self.gap, self.scored = found.gap, found.scored
        self.sides = layout.side_of[id(found.side)], layout.side_of[id(found.other)]
        self.recipe = found.side.assessment.recipe

    def write(self, node: Node) -> None:
        """Factor, what comes of unequal weights, and part of one node."""
        layout, row = self.layout, self.layout.row(node.code)
        place = layout.position[node.code]
        values = (self.gap.factors, self.gap.coverage, self.gap.parts)
        factor, unequal, part = (float(value[place]) for value in values)
        own = at(row, layout.factor_column(self.pair))
        style = "number_strong" if node.indicator is None else "signed"
        if node.parent is None:
            self.sheet.put(row, layout.factor_column(self.pair), 1.0, "weight")
            self.sheet.put(row, layout.unequal_column(self.pair), 0.0, "signed")
        else:
            self._put(row, layout.factor_column(self.pair), factor, "weight", self._factor(node))
            column = layout.unequal_column(self.pair)
            self._put(row, column, unequal, "signed", self._unequal(node))
        formula = self._sum(node) if node.indicator is None else self._part(node, own)
        self._put(row, layout.part_column(self.pair), part, style, formula)

    def write_foot(self) -> None:
        """The gap, what the parts explain of it, and the rest."""
        layout, column = self.layout, self.layout.part_column(self.pair)
        root = layout.framework.root.code
        ours, theirs = (layout.score(side, root) for side in self.sides)
        gap, parts = at(layout.foot("gap"), column), at(layout.foot("explained"), column)
        there = f"AND(ISNUMBER({ours}),ISNUMBER({theirs}))"
        total = shown(self.gap.total)
        self._put(layout.foot("gap"), column, total, "number_strong",
                  f'IF({there},{ours}-{theirs},"")')  # fmt: skip
        explained = float(self.gap.parts[0]) if self.scored else ""
        index = at(layout.row(root), column)
        formula = f'IF(ISNUMBER({gap}),{index},"")'
        self._put(layout.foot("explained"), column, explained, "signed", formula)
        rest = f"IF(ABS({gap}-{parts})<=0.000000001,0,{gap}-{parts})"
        adjustment = self.gap.adjustment if self.scored else ""
        self._put(layout.foot("adjustment"), column, adjustment, "signed",
                  f'IF(ISNUMBER({gap}),{rest},"")')  # fmt: skip
        for key, side in zip(("side", "other"), self.sides, strict=True):
            self.sheet.put(layout.foot(key), column, side + 1, "whole")

    def _put(self, row: int, column: int, value: float | str | bool | None, style: str,
             formula: str) -> None:  # fmt: skip
        self.sheet.put(row, column, value, style, formula)

    def _cells(self, code: str, kind: str) -> tuple[str, str]:
        """References to one thing of a node on both sides."""
        layout = self.layout
        column = {
            "score": layout.score_column,
            "share": layout.share_column,
            "term": layout.term_column,
        }[kind]
        row, name = layout.row(code), layout.sheet_name("scores")
        first, second = (on(name, at(row, column(side))) for side in self.sides)
        return first, second

    def _phi(self, parent: Node) -> Phi:
        return phi_at(self.layout.framework, parent, self.recipe)

    def _above(self, node: Node) -> tuple[Node, str, str]:
        """The parent, the parent's factor over its chord, and whether both sides have it."""
        parent = self.layout.framework.node(node.parent or "")
        ours, theirs = self._cells(parent.code, "score")
        factor = at(self.layout.row(parent.code), self.layout.factor_column(self.pair))
        both = f"AND(ISNUMBER({ours}),ISNUMBER({theirs}))"
        phi = self._phi(parent)
        ours, theirs = self._tops(parent)
        over = phi.chord(ours, theirs)
        if over == "1":
            return parent, factor, both
        scale = f"{factor}/({over})"
        if phi.kind == "power":
            scale = f"IF(AND({ours}=0,{theirs}=0),0,{scale})"
        return parent, scale, both

    def _tops(self, node: Node) -> tuple[str, str]:
        """A node's scores before bonus and deduction."""

        def top(side: int) -> str:
            def cell(block: Node) -> str:
                return self._cells(block.code, "score")[side]

            return before_blocks(self.layout.framework, node, cell(node), cell)

        return top(0), top(1)

    def _factor(self, node: Node) -> str:
        parent, scale, both = self._above(node)
        if node.block != "index":
            above = at(self.layout.row(parent.code), self.layout.factor_column(self.pair))
            sign = "" if node.block == "bonus" else "-"
            return f"IF({both},{above}*{sign}{literal(node.points)}/100,0)"
        wa, wb = self._cells(node.code, "share")
        phi = self._phi(parent)
        steep = phi.chord(*(phi.entered(score) for score in self._cells(node.code, "score")))
        steep = "" if steep == "1" else f"*({steep})"
        return f"IF(AND({wa}>0,{wb}>0),{scale}*({wa}+{wb})/2{steep},0)"

    def _unequal(self, node: Node) -> str:
        if node.block != "index":
            return "0"
        parent, scale, both = self._above(node)
        wa, wb = self._cells(node.code, "share")
        ta, tb = self._cells(node.code, "term")
        middle = "+".join(self._phi(parent).of(top) for top in self._tops(parent))
        if not is_mean_at(self.layout.framework, parent, self.recipe):
            middle = "0"
        known = f"(IF({wa}>0,{ta}/{wa},0)+IF({wb}>0,{tb}/{wb},0))/(IF({wa}>0,1,0)+IF({wb}>0,1,0))"
        moved = f"{scale}*({wa}-{wb})*({known}-({middle})/2)"
        return f"IF(AND({wa}<>{wb},{both}),{moved},0)"

    def _part(self, node: Node, factor: str) -> str:
        ours, theirs = a, b = self._cells(node.code, "score")
        if node.block == "index":
            phi = self._phi(self.layout.framework.node(node.parent or ""))
            a, b = phi.entered(ours), phi.entered(theirs)
        return f"IF(AND(ISNUMBER({ours}),ISNUMBER({theirs})),{factor}*({a}-{b}),0)"

    def _sum(self, node: Node) -> str:
        rows = self.layout.children_rows(node.code, blocks=True)
        columns = (self.layout.part_column(self.pair), self.layout.unequal_column(self.pair))
        return "+".join(f"SUM({at(rows[0], c)}:{at(rows[1], c)})" for c in columns)
