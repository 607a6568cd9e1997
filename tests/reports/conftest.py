"""Small cases for the evaluation workbook, and an engine that is not ours to recalculate it."""

import io

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.framework import (
    Auxiliary,
    Coverage,
    Framework,
    Gate,
    Level,
    LevelSet,
    Need,
    Node,
)
from steelyard.indicators.indicator import Bilingual, Indicator, Rung


def both(text):
    return Bilingual(text, text)


LADDER = tuple(Rung(level, both(f"rung {level}")) for level in range(4))
EVERY_SCALE = {
    "lin": Indicator("lin", both("lin"), scale="linear", low=0.0, high=80.0),
    "cost": Indicator("cost", both("cost"), "cost", "linear", low=10.0, high=75.0),
    "log": Indicator("log", both("log"), scale="log", low=1.0, high=1000.0),
    "log1p": Indicator("log1p", both("log1p"), "cost", "log1p", low=0.0, high=500.0),
    "span": Indicator(
        "span", both("span"), "target", "interval", low=0.0, high=10.0, interval=(3.0, 5.0)
    ),
    "rung": Indicator("rung", both("rung"), scale="ladder", ladder=LADDER),
    "share": Indicator("share", both("share"), scale="ladder-share", ladder=LADDER),
    "yes": Indicator("yes", both("yes"), scale="binary"),
}
LEVELS = LevelSet(
    "default",
    both("levels"),
    tuple(
        Level(number, both(name), lower)
        for number, name, lower in ((1, "start", 0.0), (2, "rising", 40.0), (3, "good", 60.0))
    ),
)
GATES = (
    Gate("g1", both("no goal behind"), "default", (Need(3, "at_level", "goals", 2.0),)),
    Gate(
        "g2",
        both("floor"),
        "default",
        (
            Need(2, "value", "lin", 20.0),
            Need(3, "value", "incidents", 0.0, at_most=True, when_given=True),
            Need(3, "score", "Q", 45.0),
            Need(3, "observed", "yes"),
            Need(3, "observed", "region"),
            Need(3, "value", "region", 0.0),
        ),
    ),
)


def _small(**settings):
    """Two goals, one of them two deep and mixed, on every scale, with levels, gates and groups."""
    nodes = [Node("index", both("Index"), None)]

    def add(code, parent, weight, **more):
        nodes.append(Node(code, both(code), parent, float(weight), EVERY_SCALE.get(code), **more))

    add("P", "index", 3)
    for code, weight in (("lin", 2), ("cost", 1), ("log", 1)):
        add(code, "P", weight)
    add("Q", "index", 2)
    add("log1p", "Q", 1)
    add("Q1", "Q", 2)
    for code in ("span", "rung", "share", "yes"):
        add(code, "Q1", 1)
    add("R", "index", 0)
    nodes.append(
        Node("extra", both("extra"), "R", 1.0, Indicator("extra", both("extra"), scale="linear",
                                                       low=0.0, high=1.0))
    )  # fmt: skip
    given = {
        "level_sets": (LEVELS,),
        "gates": GATES,
        "coverage": Coverage(0.7, 0.5, "cover", both("coverage")),
        "auxiliary": (
            Auxiliary("incidents", both("incidents")),
            Auxiliary("region", both("region"), "text", group=True),
        ),
    }
    return Framework("small", "1", both("Small"), tuple(nodes), **{**given, **settings})


#                lin  cost  log  log1p span rung share yes extra
VALUES = [
    [60.0, 20.0, 100.0, 10.0, 4.0, 3.0, 2.5, 1.0, 0.5],
    [20.0, 70.0, 3.0, 400.0, 9.0, 1.0, 0.5, 0.0, 0.2],
    [75.0, 11.0, 900.0, 0.0, 2.0, 2.0, 2.0, 1.0, 0.9],
    [60.0, 20.0, 100.0, 10.0, 4.0, 3.0, 2.5, 1.0, 0.5],
    [5.0, 90.0, 0.5, 600.0, 12.0, 0.0, 0.0, 0.0, 0.0],
]
CITIES = ["甲市", "乙市", "丙市", "丁市", "=1+1"]
AUXILIARY = {
    "incidents": [0.0, 1.0, 2.0, None, 0.0],
    "region": ["east", "west", "east", "east", None],
}
GAPS = [(1, 0), (1, 6), (2, 3), (4, 0), (4, 1), (4, 2), (4, 3)]
"""Cells that one case leaves blank; the last city becomes provisional."""


@pytest.fixture(scope="session")
def small():
    return _small


@pytest.fixture(scope="session")
def cities_of():
    """A dataset of the small framework, with gaps or without."""

    def make(framework, gaps=(), **more):
        values = np.array(VALUES)
        for row, column in gaps:
            values[row, column] = np.nan
        given = {"auxiliary": AUXILIARY, **more}
        return sy.dataset_from_arrays(framework, CITIES, values, **given)

    return make


@pytest.fixture(scope="session")
def gaps():
    return GAPS


@pytest.fixture(scope="session")
def recalculated():
    """Values of every cell after formualizer has recalculated the file's formulas."""
    formualizer = pytest.importorskip("formualizer")

    def recalculate(path):
        data = formualizer.recalculate_xlsx_bytes(path.read_bytes())["bytes"]
        return values_in(io.BytesIO(data))

    return recalculate


@pytest.fixture(scope="session")
def cached():
    """Values of every cell as stored in the file."""
    return values_in


def values_in(file):
    book = openpyxl.load_workbook(file, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
