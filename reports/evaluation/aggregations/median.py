"""The weighted median: the lowest score at which half of the weight is reached; see `aggregate`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .live_node import WEIGHT, FormulaAt, LiveNode

BLOCKS = ("reached", "passed")
FIGURES = ("score",)
MARKS = ()
_TIE = 1e-12
_SAME = 1e-9
"""Scores this close are one: engines differ in the last digit, which must not decide."""


def is_live(options: Mapping[str, Any]) -> bool:
    """Always."""
    return True


def put(live: LiveNode) -> None:
    """Put each score at or below which half of the weight lies, or more; average the lowest."""
    scores = live.scores
    below = np.array(
        [
            [(row_shares * (row <= value + _SAME)).sum() for value in row]
            for row, row_shares in zip(np.nan_to_num(scores, nan=np.inf), live.shares, strict=True)
        ]
    )
    lowest = {}
    for name, sign, bound in (("reached", ">=", 0.5 - _TIE), ("passed", ">", 0.5 + _TIE)):
        met = live.known & ((below >= bound) if sign == ">=" else (below > bound))
        values = np.where(met, scores, np.nan)
        for child in range(len(live.children)):
            live.put_block(name, child, values[:, child], _term(live, child, sign, bound), "number")
        some = met.any(axis=1)
        found = np.where(met, scores, np.inf).min(axis=1)
        lowest[name] = np.where(some, found, np.nan)
    second = np.where(np.isnan(lowest["passed"]), lowest["reached"], lowest["passed"])
    live.put_figure("score", (lowest["reached"] + second) / 2, lambda row: _score(live, row))


def _term(live: LiveNode, child: int, sign: str, bound: float) -> FormulaAt:
    def formula(row: int) -> str:
        codes = [one.code for one in live.children]
        first, last = (live.layout.score(row, codes[end]) for end in (0, -1))
        scores = f"{first}:{last.split('!', 1)[1]}"
        own, weights = live.score(row, child), live.marks_along(WEIGHT)
        # Compared as numbers with texts in between: an empty text is above every number.
        below = f"SUMPRODUCT(({scores}<={own}+{_SAME!r})*{weights})"
        whole = f"SUMPRODUCT(({scores}<=1E+300)*{weights})"
        return f'IF({live.counts(row, child)},IF({below}/{whole}{sign}{bound!r},{own},""),"")'

    return formula


def _score(live: LiveNode, row: int) -> str:
    reached, passed = live.along(row, "reached"), live.along(row, "passed")
    second = f"IF(COUNT({passed})=0,MIN({reached}),MIN({passed}))"
    return f'IF(COUNT({reached})=0,"",(MIN({reached})+{second})/2)'
