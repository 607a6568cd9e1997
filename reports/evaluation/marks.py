"""What a sample-relative normalisation measures by: the marks at the head of each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...indicators.indicator import Indicator
from .layout import Layout

_RANGED = {
    "low": "MIN({0})",
    "high": "MAX({0})",
    "mean": "AVERAGE({0})",
    "median": "MEDIAN({0})",
    "length": "SQRT(SUMSQ({0}))",
    "total": "SUM({0})",
    "reciprocal_total": "COUNT({0})/HARMEAN({0})",
}
"""Marks that are a function of the whole column."""
RANKED = ("rank", "percentile", "borda")
"""Normalisations without marks: they count the values that are worse."""
PER_CENT = ("target", "best", "reference", "vector", "sum")
"""Normalisations whose scores are a hundred times a share of the mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of one column.

    Parameters
    ----------
    state : str
        Under which the ruler keeps it.
    formula : str or None
        None where it is not calculated from the workbook.
    """

    state: str
    formula: str | None


def labels(method: str, options: Mapping[str, Any]) -> tuple[str, ...]:
    """What the marks of a normalisation are called, by their keys among the workbook's messages."""
    if method in ("target", "reference"):
        return (method, "worst") if _form(method, options) == "distance" else (method,)
    known = {
        "minmax": ("low", "high"),
        "zscore": ("mean", "deviation"),
        "best": ("best",),
        "vector": ("length",),
        "sum": ("total",),
    }
    return known.get(method, ())


def marks_of(
    layout: Layout, indicator: Indicator, options: Mapping[str, Any], method: str, column: str
) -> tuple[Mark, ...]:
    """The marks of one indicator, in the order of their `labels`.

    Parameters
    ----------
    layout : Layout
    indicator : Indicator
    options : mapping
        The normalisation's.
    method : str
        Name of the normalisation.
    column : str
        Range of the values.

    Returns
    -------
    tuple of Mark
    """
    better, worse = ("low", "high") if indicator.direction == "cost" else ("high", "low")
    if method == "zscore":
        spread = f'IF(COUNT({column})<2,"",IF(MAX({column})=MIN({column}),0,STDEV({column})))'
        return (_ranged("mean", column), Mark("deviation", spread))
    if method == "minmax":
        return (_ranged("low", column), _ranged("high", column))
    if method == "best":
        return (_ranged(better, column),)
    if method == "vector":
        return (_ranged("length", column),)
    if method == "sum":
        return (_ranged("total" if better == "high" else "reciprocal_total", column),)
    if method not in ("target", "reference"):
        return ()
    formula = (
        _target(layout, indicator, options)
        if method == "target"
        else _reference(layout, options, column)
    )
    aimed = Mark("reference", formula and f'IF(COUNT({column})=0,"",{formula})')
    return (aimed, _ranged(worse, column))[: len(labels(method, options))]


def _form(method: str, options: Mapping[str, Any]) -> str:
    return str(options.get("form", "distance" if method == "target" else "ratio"))


def _ranged(state: str, column: str) -> Mark:
    return Mark(state, f'IF(COUNT({column})=0,"",{_RANGED[state].format(column)})')


def _target(layout: Layout, indicator: Indicator, options: Mapping[str, Any]) -> str | None:
    """The goalpost to be reached; None where the recipe gives another target."""
    given = options.get("targets") or {}
    if indicator.code in given or indicator.scale is None:
        return None
    if indicator.direction == "target":
        return "100"
    rungs = indicator.scale in ("ladder", "ladder-share", "binary")
    if indicator.direction == "cost":
        return "0" if rungs else layout.parameter(indicator.code, "low")
    return layout.parameter(indicator.code, "top" if rungs else "high")


def _reference(layout: Layout, options: Mapping[str, Any], column: str) -> str | None:
    """The mean, the median or a city's value; None where the city is not in this table."""
    unit = options.get("unit", "mean")
    if unit in ("mean", "median"):
        return _RANGED[str(unit)].format(column)
    dataset = layout.assessment.dataset
    rows = [row for row, city in enumerate(dataset.cities) if unit in (city, row)]
    if not rows:
        return None
    # The latest year, as the ruler takes it.
    return f"INDEX({column},{max(rows, key=lambda row: dataset.years[row] or 0) + 1})"
