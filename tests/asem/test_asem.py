"""The ASEM index: 51 countries, 49 indicators, computed by COINr 1.1.14, through a framework."""

import csv
from pathlib import Path

import numpy as np
import pytest

from steelyard import Recipe, dataset_from_arrays, score
from steelyard.indicators.framework import INDEX, Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator

FOLDER = Path(__file__).parent


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text not in ("", "NA") else np.nan


@pytest.fixture(scope="module")
def framework():
    """Level 4 is the index, 3 the sub-indices, 2 the pillars, 1 the indicators."""
    meta = [row for row in rows("00_iMeta.csv") if row["Type"] in ("Indicator", "Aggregate")]
    nodes = [Node(INDEX, Bilingual("Index", "Index"), None)]

    def below(parent, code):
        for row in meta:
            if row["Parent"] != parent:
                continue
            name = Bilingual(row["iName"], row["iName"])
            direction = "cost" if row["Direction"] == "-1" else "benefit"
            leaf = Indicator(row["iCode"], name, direction) if row["Level"] == "1" else None
            nodes.append(Node(row["iCode"], name, code, float(row["Weight"]), leaf))
            below(row["iCode"], row["iCode"])

    below("Index", INDEX)
    return Framework("asem", "1", Bilingual("ASEM", "ASEM"), tuple(nodes))


def dataset(framework, name):
    found = rows(name)
    values = [[number(row[code]) for code in framework.codes] for row in found]
    return dataset_from_arrays(framework, [row["uCode"] for row in found], values)


def compared(assessment, name):
    """Every node of every country, ours and COINr's."""
    expected = {row["uCode"]: row for row in rows(name)}
    ours, theirs = [], []
    for place, city in enumerate(assessment.dataset.cities):
        for node, value in zip(
            assessment.framework.nodes, assessment.tree.scores[place], strict=True
        ):
            column = "Index" if node.code == INDEX else node.code
            ours.append(value)
            theirs.append(number(expected[city][column]))
    assert len(ours) == 51 * (49 + 8 + 2 + 1)
    return np.array(ours), np.array(theirs)


@pytest.mark.parametrize(
    "name, recipe",
    [
        ("02_a_minmax0_100_amean", Recipe(normalise="minmax")),
        (
            "02_b_minmax1_100_gmean",
            Recipe(
                normalise="minmax",
                aggregate="geometric",
                options={"normalise": {"to": (1, 100)}},
            ),
        ),
        (
            "02_d_zscore0_1_amean",
            Recipe(normalise="zscore", options={"normalise": {"mean": 0.0, "deviation": 1.0}}),
        ),
        ("02_e_rank_amean", Recipe(normalise="rank", options={"normalise": {"to": None}})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_node_is_what_coinr_computes(framework, name, recipe):
    assessment = score(dataset(framework, "01_base_Treated.csv"), recipe)
    ours, theirs = compared(assessment, f"{name}_Aggregated.csv")
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", ["02_a_minmax0_100_amean", "02_b_minmax1_100_gmean"])
def test_ranks_are_what_coinr_computes(framework, name):
    geometric = name.startswith("02_b")
    recipe = Recipe(
        normalise="minmax",
        aggregate="geometric" if geometric else "arithmetic",
        options={"normalise": {"to": (1, 100) if geometric else (0, 100)}},
    )
    assessment = score(dataset(framework, "01_base_Treated.csv"), recipe)
    index = {row["uCode"]: float(row["Index"]) for row in rows(f"{name}_Aggregated.csv")}
    expected = [
        1 + sum(other > index[c] for other in index.values()) for c in assessment.dataset.cities
    ]
    assert assessment.ranks.tolist() == expected


def test_with_an_eighth_of_the_cells_missing_weights_are_shared_as_in_coinr(framework):
    """10 % of the cells removed, on top of those that ASEM itself lacks."""
    recipe = Recipe(normalise="minmax", options={"normalise": {"to": (1, 100)}})
    raw = dataset(framework, "04_input_iData_10pct_missing.csv")
    assert np.isnan(raw.values).sum() == 318
    ours, theirs = compared(score(raw, recipe), "04_noimpute_a_amean_nothresh.csv")
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
