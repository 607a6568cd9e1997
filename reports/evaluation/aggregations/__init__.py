"""Aggregations that are not means as spreadsheet formulas, one file a method.

Each holds ``BLOCKS``, what every child of a node gets a column for; ``FIGURES``, what the node
itself gets one for, the last its score on 0–100; ``MARKS``, what stands under each child's first
column beside its weight; ``is_live(options)``; and ``put(live)``, which writes them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from . import grey, median, ranksum, topsis, vikor

LIVE: Mapping[str, ModuleType] = {
    "median": median,
    "topsis": topsis,
    "vikor": vikor,
    "grey": grey,
    "ranksum": ranksum,
}
