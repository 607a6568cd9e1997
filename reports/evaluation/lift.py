"""What one indicator alone would lift: the index if it rose to full marks, all else unchanged."""

from __future__ import annotations

import numpy as np

from ...assess.tree import before_blocks, is_mean_at
from ...indicators.framework import Node
from .blocks import before_blocks as top_of
from .gap_places import COLUMN, TOP, node_row
from .layout import Layout
from .mean_formulas import Phi, phi_at
from .sheet import Sheet, at
from .spread import best_of, spread


def put_lift(layout: Layout, sheet: Sheet, node: Node) -> None:
    """Put the points that an indicator would lift on the gap sheet."""
    row, formula = node_row(layout, node.code), _formula(layout, node)
    if formula is None:
        sheet.put(row, COLUMN["lift"], None, "number")
        return
    value = lifted(layout, node.code, layout.profile_place)
    index, own = at(TOP, COLUMN["own"], True, True), at(row, COLUMN["own"])
    # An indicator without weight may have a score while its parent has none.
    whole = f'IF(ISNUMBER({own}),IFERROR({formula}-{index},""),"")'
    sheet.put(row, COLUMN["lift"], "" if value is None else value, "number", whole)


def lifted(layout: Layout, code: str, place: int) -> float | None:
    """Points of the index if one indicator alone rose to its target.

    Full marks on fixed goalposts, else the best score of the year; None where the indicator or a
    node above it has no score, where it belongs to a bonus or deduction block, or where it stands
    under an aggregation that is not a mean: then every city's score moves.
    """
    framework, tree = layout.framework, layout.assessment.tree
    node, reached = framework.node(code), _target(layout, code, place)
    if np.isnan(tree.scores[place, layout.position[code]]):
        return None
    while node.parent is not None:
        parent = framework.node(node.parent)
        here, above = layout.position[node.code], layout.position[parent.code]
        if node.block != "index" or not is_mean_at(framework, parent, layout.assessment.recipe):
            return None
        if np.isnan(tree.scores[place, above]):
            return None
        phi = phi_at(framework, parent, layout.assessment.recipe)
        new, old = _phi(phi, phi.entered_number(reached)), _phi(phi, tree.entered[place, here])
        score = float(tree.scores[place, above])
        top = float(before_blocks(framework, parent, tree.scores[[place]], layout.position)[0])
        total = _phi(phi, top) + tree.shares[place, here] * (new - old)
        reached, node = float(phi.mean.inverse(np.array(total))) + score - top, parent
    return reached - float(tree.scores[place, 0])


def _phi(phi: Phi, score: float) -> float:
    return float(phi.mean.phi(np.array(float(score))))


def _is_fixed(layout: Layout, code: str) -> bool:
    position = layout.framework.codes.index(code)
    return layout.assessment.ruler.methods[position] == "goalposts"


def _target(layout: Layout, code: str, place: int) -> float:
    best = spread(layout, code, layout.block_of(place))[1]
    return 100.0 if _is_fixed(layout, code) or isinstance(best, str) else best


def _formula(layout: Layout, node: Node) -> str | None:
    """The index after the rise: upwards, mean by mean."""
    reached = "100" if _is_fixed(layout, node.code) else best_of(layout, node.code)
    while node.parent is not None:
        parent = layout.framework.node(node.parent)
        if node.block != "index" or not is_mean_at(
            layout.framework, parent, layout.assessment.recipe
        ):
            return None
        phi = phi_at(layout.framework, parent, layout.assessment.recipe)
        row, above = node_row(layout, node.code), node_row(layout, parent.code)
        before = phi.of(at(row, COLUMN["own_entered"]))
        step = f"({phi.of(phi.entered(reached))}-{before})"
        score = at(above, COLUMN["own"])
        top = top_of(layout.framework, parent, score, lambda one: _own(layout, one))
        total = f"{phi.of(top)}+{at(row, COLUMN['own_share'])}*{step}"
        points = "" if top == score else f"+{score}-{top}"
        reached = f"({phi.inverse(total)}{points})"
        node = parent
    return reached


def _own(layout: Layout, node: Node) -> str:
    """The profiled city's score of a node on the gap sheet."""
    return at(node_row(layout, node.code), COLUMN["own"])
