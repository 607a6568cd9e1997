"""TOPSIS: distances of the weighted normalised scores from the best and worst of each column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..sheet import literal
from .live_node import WEIGHT, FormulaAt, LiveNode

BLOCKS = ("weighted", "to_best", "to_worst")
FIGURES = ("d_plus", "d_minus", "score")
MARKS = ("divisor", "best", "worst")
_DIVISORS = {
    "vector": "SQRT(SUMSQ({0}))",
    "minmax": "(MAX({0})-MIN({0}))",
    "sum": "SUM({0})",
    "none": "1",
}


def is_live(options: Mapping[str, Any]) -> bool:
    """For every normalisation and metric."""
    return True


def put(live: LiveNode) -> None:
    """Put the weighted normalised scores, their marks, the distances and the closeness."""
    normalisation, metric = live.options["normalisation"], float(live.options["metric"])
    divisor = _divisors(live.scores, normalisation)
    safe = np.where(divisor == 0, 1.0, divisor)
    weighted = np.where(divisor == 0, 0.0 * live.scores, live.scores / safe) * live.weights
    best, worst = extremes(weighted)
    for child in range(len(live.children)):
        whole = _DIVISORS[normalisation].format(live.score_column(child))
        live.put_mark(
            "divisor", child, float(divisor[child]), f"IF({_none(live, child)},0,{whole})"
        )
        live.put_block("weighted", child, weighted[:, child], _weighted(live, child))
        for name, mark, function in (("best", best, "MAX"), ("worst", worst, "MIN")):
            formula = f"{function}({live.down('weighted', child)})"
            live.put_mark(name, child, float(mark[child]), formula)
    distances = {}
    for name, mark, figure in (("to_best", best, "d_plus"), ("to_worst", worst, "d_minus")):
        apart = np.where(live.known, np.abs(np.nan_to_num(weighted) - mark) ** metric, 0.0)
        for child in range(len(live.children)):
            live.put_block(name, child, apart[:, child], _apart(live, child, name, metric))
        there = live.known.any(axis=1)
        distances[figure] = np.where(there, apart.sum(axis=1) ** (1 / metric), np.nan)
        live.put_figure(figure, distances[figure], _distance(live, name, metric))
    plus, minus = distances["d_plus"], distances["d_minus"]
    live.put_figure("score", 100 * minus / (plus + minus), lambda row: _score(live, row))


def _divisors(scores: np.ndarray, normalisation: str) -> np.ndarray:
    known = np.nan_to_num(scores)
    high, low = extremes(scores)
    divisors: Mapping[str, np.ndarray] = {
        "vector": np.sqrt(np.square(known).sum(axis=0)),
        "minmax": high - low,
        "sum": known.sum(axis=0),
        "none": np.where(np.isnan(scores).all(axis=0), 0.0, 1.0),
    }
    return divisors[normalisation]


def extremes(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Highest and lowest of each column; 0 for one without any."""
    known = ~np.isnan(values)
    some = known.any(axis=0)
    high = np.where(known, values, -np.inf).max(axis=0)
    low = np.where(known, values, np.inf).min(axis=0)
    return np.where(some, high, 0.0), np.where(some, low, 0.0)


def _none(live: LiveNode, child: int) -> str:
    return f"{live.mark('counted', child)}=0"


def _weighted(live: LiveNode, child: int) -> FormulaAt:
    divisor, weight = live.mark("divisor", child), live.mark(WEIGHT, child)

    def formula(row: int) -> str:
        share = f"IF({divisor}=0,0,{live.score(row, child)}/{divisor})*{weight}"
        return f'IF({live.counts(row, child)},{share},"")'

    return formula


def _apart(live: LiveNode, child: int, name: str, metric: float) -> FormulaAt:
    mark = live.mark("best" if name == "to_best" else "worst", child)

    def formula(row: int) -> str:
        own = live.cell(row, "weighted", child)
        return f"IF(ISNUMBER({own}),ABS({own}-{mark})^{literal(metric)},0)"

    return formula


def _distance(live: LiveNode, name: str, metric: float) -> FormulaAt:
    def formula(row: int) -> str:
        total = f"SUM({live.along(row, name)})^(1/{literal(metric)})"
        return f'IF(COUNT({live.along(row, "weighted")})=0,"",{total})'

    return formula


def _score(live: LiveNode, row: int) -> str:
    plus, minus = live.figure(row, "d_plus"), live.figure(row, "d_minus")
    return f'IF(ISNUMBER({plus}),IF({plus}+{minus}=0,"",100*{minus}/({plus}+{minus})),"")'
