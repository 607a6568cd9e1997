"""The rank-sum ratio: mean rank in each column as a share of the cities seen there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ....assess.normalise.matrix import settled
from .live_node import FormulaAt, LiveNode
from .topsis import extremes

BLOCKS = ("settled", "rank")
FIGURES = ("score",)
MARKS = ("seen", "best", "worst")


def is_live(options: Mapping[str, Any]) -> bool:
    """For both rankings."""
    return True


def put(live: LiveNode) -> None:
    """Put the scores without float noise, their ranks as shares, and a hundred times the mean."""
    scores, linear = live.scores, live.options["ranking"] == "linear"
    best, worst = extremes(scores)
    seen = live.known.sum(axis=0)
    clean = scores if linear else settled(scores)
    ranks = _linear(scores, best, worst, seen) if linear else _ranks(clean)
    share = ranks / np.where(seen == 0, 1, seen)
    for child in range(len(live.children)):
        column, none = live.score_column(child), f"{live.mark('counted', child)}=0"
        live.put_mark("seen", child, float(seen[child]), f"IF({none},0,COUNT({column}))")
        live.put_mark("best", child, float(best[child]), f"IF({none},0,MAX({column}))")
        live.put_mark("worst", child, float(worst[child]), f"IF({none},0,MIN({column}))")
        live.put_block("settled", child, clean[:, child], _settled(live, child, linear), "number")
        live.put_block("rank", child, share[:, child], _rank(live, child, linear))
    there = live.known.any(axis=1)
    mean = (live.shares * np.nan_to_num(share)).sum(axis=1)
    live.put_figure("score", np.where(there, 100 * mean, np.nan), lambda row: _score(live, row))


def _ranks(values: np.ndarray) -> np.ndarray:
    """Rank 1 for the worst of each column, ties at their mean rank."""
    below = (values[None] < values[:, None]).sum(axis=1)
    same = (values[None] == values[:, None]).sum(axis=1)
    return np.where(np.isnan(values), np.nan, below + (same + 1) / 2)


def _linear(
    scores: np.ndarray, best: np.ndarray, worst: np.ndarray, seen: np.ndarray
) -> np.ndarray:
    spread = np.where(best == worst, 1.0, best - worst)
    rise = np.where(best == worst, 0.0 * scores, (scores - worst) / spread)
    return np.asarray(1.0 + (seen - 1.0) * rise)


def _settled(live: LiveNode, child: int, linear: bool) -> FormulaAt:
    def formula(row: int) -> str:
        own = live.score(row, child)
        clean = own if linear else f"IF({own}=0,0,ROUND({own},11-INT(LOG10(ABS({own})))))"
        return f'IF({live.counts(row, child)},{clean},"")'

    return formula


def _rank(live: LiveNode, child: int, linear: bool) -> FormulaAt:
    seen, column = live.mark("seen", child), live.down("settled", child)
    best, worst = live.mark("best", child), live.mark("worst", child)

    def formula(row: int) -> str:
        own = live.cell(row, "settled", child)
        if linear:
            rise = f"IF({best}={worst},0,({own}-{worst})/({best}-{worst}))"
            rank = f"1+({seen}-1)*{rise}"
        else:
            below, same = (f"SUMPRODUCT(({column}{sign}{own})*1)" for sign in ("<", "="))
            rank = f"{below}+({same}+1)/2"
        return f'IF(ISNUMBER({own}),({rank})/{seen},"")'

    return formula


def _score(live: LiveNode, row: int) -> str:
    return f'IF(COUNT({live.along(row, "rank")})=0,"",100*{live.share_of(row, "rank")})'
