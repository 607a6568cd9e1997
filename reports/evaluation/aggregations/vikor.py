"""VIKOR: group regret S, individual regret R, and the compromise of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ....assess.ranking import comparable as comparable_numbers
from ..sheet import comparable, literal
from .live_node import WEIGHT, FormulaAt, LiveNode
from .topsis import extremes

BLOCKS = ("lag", "regret")
FIGURES = ("s", "r", "score")
MARKS = ("best", "worst")


def is_live(options: Mapping[str, Any]) -> bool:
    """For every v."""
    return True


def put(live: LiveNode) -> None:
    """Put the lags behind the best, their weighted terms, S, R and 100 (1 − Q)."""
    scores, weights = live.scores, live.weights
    best, worst = extremes(scores)
    spread = best - worst
    lag = np.where(spread == 0, 0.0 * scores, (best - scores) / np.where(spread == 0, 1.0, spread))
    regret = lag * weights
    for child in range(len(live.children)):
        for name, mark, function in (("best", best, "MAX"), ("worst", worst, "MIN")):
            whole = f"{function}({live.score_column(child)})"
            formula = f"IF({live.mark('counted', child)}=0,0,{whole})"
            live.put_mark(name, child, float(mark[child]), formula)
        live.put_block("lag", child, lag[:, child], _lag(live, child))
        live.put_block("regret", child, regret[:, child], _regret(live, child))
    there = live.known.any(axis=1)
    total = np.where(there, (live.shares * np.nan_to_num(lag)).sum(axis=1), np.nan)
    most = np.where(live.known, regret, -np.inf).max(axis=1)
    most = np.where(there, most, np.nan)
    live.put_figure("s", total, lambda row: _if_any(live, row, live.share_of(row, "lag")))
    live.put_figure("r", most, lambda row: _if_any(live, row, f"MAX({live.along(row, 'regret')})"))
    v = float(live.options["v"])
    values = 100 * (1 - (v * _spread(total) + (1 - v) * _spread(most)))
    live.put_figure("score", values, lambda row: _score(live, row, v))


def _spread(values: np.ndarray) -> np.ndarray:
    known = values[~np.isnan(values)]
    apart = np.ptp(known) if known.size and np.ptp(comparable_numbers(known)) > 0 else 0.0
    if not apart:
        return 0.0 * values
    return np.asarray((values - known.min()) / apart)


def _lag(live: LiveNode, child: int) -> FormulaAt:
    best, worst = live.mark("best", child), live.mark("worst", child)

    def formula(row: int) -> str:
        share = f"IF({best}={worst},0,({best}-{live.score(row, child)})/({best}-{worst}))"
        return f'IF({live.counts(row, child)},{share},"")'

    return formula


def _regret(live: LiveNode, child: int) -> FormulaAt:
    def formula(row: int) -> str:
        own = live.cell(row, "lag", child)
        return f'IF(ISNUMBER({own}),{own}*{live.mark(WEIGHT, child)},"")'

    return formula


def _if_any(live: LiveNode, row: int, formula: str) -> str:
    return f'IF(COUNT({live.along(row, "lag")})=0,"",{formula})'


def _score(live: LiveNode, row: int, v: float) -> str:
    own = live.figure(row, "s")
    parts = (_part(live, row, name) for name in ("s", "r"))
    first, second = parts
    q = f"{literal(v)}*{first}+(1-{literal(v)})*{second}"
    return f'IF(ISNUMBER({own}),100*(1-({q})),"")'


def _part(live: LiveNode, row: int, name: str) -> str:
    """Where a city stands between the least and the most, 0 where these differ by noise alone."""
    whole, own = live.figure_down(name), live.figure(row, name)
    same = f"{comparable(f'MAX({whole})')}={comparable(f'MIN({whole})')}"
    return f"IF({same},0,({own}-MIN({whole}))/(MAX({whole})-MIN({whole})))"
