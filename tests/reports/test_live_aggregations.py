"""Median, TOPSIS, VIKOR, grey relation and rank-sum ratio are live in the workbook, at any node."""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.framework import Node, Rounding
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at
from steelyard.reports.verify import verify_workbook

METHODS = [
    ("median", {}),
    ("topsis", {}),
    ("topsis", {"normalisation": "minmax"}),
    ("topsis", {"normalisation": "sum", "metric": 1}),
    ("topsis", {"normalisation": "none", "metric": 3.5}),
    ("vikor", {}),
    ("vikor", {"v": 0.0}),
    ("vikor", {"v": 0.8}),
    ("grey", {}),
    ("grey", {"normalisation": "mean", "rho": 0.3}),
    ("grey", {"normalisation": "none"}),
    ("ranksum", {}),
    ("ranksum", {"ranking": "linear"}),
]
SOME = [METHODS[place] for place in (0, 3, 7, 9, 11)]
GAPS = [(1, 6), (2, 0), (2, 3), (4, 4), (4, 5), (4, 6), (4, 7)]
"""The last city has no score at all under Q1."""
LIVE_SHEETS = ("Normalised", "Weights", "Scores", "Terms", "Contributions", "Ranking")


def named(case):
    method, options = case
    return "-".join([method, *map(str, options.values())])


def recipe_of(case, aggregate=None):
    method, options = case
    return sy.Recipe(aggregate=aggregate or method, options={"aggregate": {method: options}})


def wrong(assessment, values, lang="en", sheets=None):
    """Calculated cells, of some sheets or all, of which another value was found."""
    return [
        (sheet.name, at(*place), cell.value, values.get((sheet.name, at(*place))), cell.formula)
        for sheet in build(assessment, lang).sheets
        if sheets is None or sheet.name in sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
        and not alike(values.get((sheet.name, at(*place))), cell.value)
    ]  # fmt: skip


def alike(found, expected):
    if isinstance(expected, str):
        return (found or "") == expected
    return isinstance(found, int | float) and abs(found - expected) <= 1e-9 * max(1, abs(expected))
