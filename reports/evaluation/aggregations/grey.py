"""Grey relational analysis: coefficients of nearness to the best of each column, or a reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..sheet import literal
from .live_node import FormulaAt, LiveNode, shown
from .topsis import extremes

BLOCKS = ("delta", "coefficient")
FIGURES = ("score",)
MARKS = ("best", "divisor", "least", "most")
_DIVISORS = {"minmax": "(MAX({0})-MIN({0}))", "mean": "AVERAGE({0})", "none": "1"}


def is_live(options: Mapping[str, Any]) -> bool:
    """Against the best of each column as against a given reference."""
    return True


def put(live: LiveNode) -> None:
    """Put the distances, the coefficients and a hundred times their mean."""
    scores, rho = live.scores, float(live.options["rho"])
    normalisation = live.options["normalisation"]
    best, worst = extremes(scores)
    divisor = _divisors(scores, best, worst, normalisation)
    given = _given(live)
    goal = best if given is None else given
    safe = np.where(divisor == 0, 1.0, divisor)
    delta = np.where(divisor == 0, 0.0 * scores, np.maximum(goal - scores, 0.0) / safe)
    known = delta[live.known]
    least, most = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    coefficient = 0.0 * delta + 1.0 if most == 0 else (least + rho * most) / (delta + rho * most)
    for child in range(len(live.children)):
        _put_goal(live, child, float(goal[child]), given is not None)
        _put_divisor(live, child, float(divisor[child]), normalisation)
        everywhere = live.everywhere("delta")
        for name, value, function in (("least", least, "MIN"), ("most", most, "MAX")):
            live.put_mark(name, child, value, f"{function}({everywhere})")
        live.put_block("delta", child, delta[:, child], _delta(live, child))
        live.put_block("coefficient", child, coefficient[:, child], _coefficient(live, child, rho))
    there = live.known.any(axis=1)
    mean = (live.shares * np.nan_to_num(coefficient)).sum(axis=1)
    live.put_figure("score", np.where(there, 100 * mean, np.nan), lambda row: _score(live, row))


def _divisors(
    scores: np.ndarray, best: np.ndarray, worst: np.ndarray, normalisation: str
) -> np.ndarray:
    known = ~np.isnan(scores)
    if normalisation == "minmax":
        return np.asarray(best - worst)
    if normalisation == "none":
        return np.where(known.any(axis=0), 1.0, 0.0)
    count = np.maximum(known.sum(axis=0), 1)
    return np.asarray(np.nan_to_num(scores).sum(axis=0) / count)


def _given(live: LiveNode) -> np.ndarray | None:
    """The reference that is given, NaN for children that are no part of it; None for the best."""
    reference = live.options["reference"]
    if isinstance(reference, str):
        return None
    one_each = np.ravel(reference).astype(np.float64)
    if one_each.size == 1:
        return np.repeat(one_each, len(live.children))
    goal = np.full(len(live.children), np.nan)
    goal[live.counted > 0] = one_each
    return goal


def _put_goal(live: LiveNode, child: int, goal: float, is_given: bool) -> None:
    if not is_given:
        column, none = live.score_column(child), f"{live.mark('counted', child)}=0"
        live.put_mark("best", child, goal, f"IF({none},0,MAX({column}))")
        return
    row = live.mark_row("best")
    live.sheet.put(row, live.first, live.layout.say("live.marks.reference"), "subhead")
    live.sheet.put(row, live.column(BLOCKS[0], child), shown(goal), "weight")


def _put_divisor(live: LiveNode, child: int, divisor: float, normalisation: str) -> None:
    column, none = live.score_column(child), f"{live.mark('counted', child)}=0"
    whole = _DIVISORS[normalisation].format(column)
    live.put_mark("divisor", child, divisor, f"IF({none},0,{whole})")


def _delta(live: LiveNode, child: int) -> FormulaAt:
    best, divisor = live.mark("best", child), live.mark("divisor", child)

    def formula(row: int) -> str:
        share = f"IF({divisor}=0,0,MAX(0,{best}-{live.score(row, child)})/{divisor})"
        return f'IF({live.counts(row, child)},{share},"")'

    return formula


def _coefficient(live: LiveNode, child: int, rho: float) -> FormulaAt:
    least, most = live.mark("least", child), live.mark("most", child)

    def formula(row: int) -> str:
        own, far = live.cell(row, "delta", child), f"{literal(rho)}*{most}"
        near = f"IF({most}=0,1,({least}+{far})/({own}+{far}))"
        return f'IF(ISNUMBER({own}),{near},"")'

    return formula


def _score(live: LiveNode, row: int) -> str:
    mean = live.share_of(row, "coefficient")
    return f'IF(COUNT({live.along(row, "coefficient")})=0,"",100*{mean})'
