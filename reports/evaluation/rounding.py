"""Scores as a framework rounds them, in formulas."""

from __future__ import annotations

from ...indicators.framework import Framework
from .sheet import comparable


def rounded(framework: Framework, formula: str, tier: str) -> str:
    """A formula rounded as the framework rounds at that tier; see `assess.tree`."""
    rounding = framework.rounding
    wanted = {"all": ("dimensions", "goals", "index"), "goals": ("goals", "index")}
    if rounding is None or tier not in wanted.get(rounding.nodes, ("index",)):
        return formula
    return f"ROUND({comparable(formula)},{rounding.decimals})"
