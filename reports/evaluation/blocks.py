"""A node's score before bonus and deduction, as formulas."""

from __future__ import annotations

from collections.abc import Callable

from ...assess.tree import LEAST, blocks_of
from ...indicators.framework import Framework, Node
from .sheet import literal


def before_blocks(framework: Framework, node: Node, score: str, cell: Callable[[Node], str]) -> str:
    """What the mean alone gives; see `assess.tree.before_blocks`.

    Parameters
    ----------
    framework : Framework
    node : Node
        An inner node.
    score : str
        Its score.
    cell : callable
        Reference to the score of a bonus or deduction node.
    """
    blocks = blocks_of(framework, node)
    if not blocks:
        return score
    return f"MAX({literal(LEAST)},{score}{points_of(blocks, cell, '-', '+')})"


def points_of(blocks: list[Node], cell: Callable[[Node], str], bonus: str, less: str) -> str:
    """The points of the blocks, after the sign of a bonus or that of a deduction."""
    return "".join(
        f"{bonus if one.block == 'bonus' else less}{literal(one.points)}*SUM({cell(one)})/100"
        for one in blocks
    )
