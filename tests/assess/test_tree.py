"""Up the tree: means of means, missing values, blocks, rounding."""

import numpy as np
import pytest

from steelyard import Recipe, dataset_from_arrays, score
from steelyard.assess.tree import round_half_up
from steelyard.indicators.framework import Rounding

NAN = float("nan")


@pytest.fixture
def pair(framework_of, percent):
    """Two goals of weights 3 and 1; the first has two indicators of weights 1 and 4."""
    nodes = [
        ("A", None, 3),
        ("A1", "A", 1, percent),
        ("A2", "A", 4, percent),
        ("B", None, 1),
        ("B1", "B", 1, percent),
    ]
    return lambda **settings: framework_of(nodes, **settings)


def scored(framework, rows, recipe=None):
    cities = [f"city {place}" for place in range(len(rows))]
    return score(dataset_from_arrays(framework, cities, rows), recipe).scores


def test_weighted_means_of_weighted_means(pair):
    found = scored(pair(), [[50, 100, 20]])
    assert found["A"].tolist() == [0.2 * 50 + 0.8 * 100]
    assert found["index"].tolist() == pytest.approx([0.75 * 90 + 0.25 * 20])


def test_means_may_differ_by_place(pair):
    recipe = Recipe(aggregate={"index": "geometric", "A": "harmonic"})
    found = scored(pair(), [[50, 100, 20]], recipe)
    assert found["A"].iloc[0] == pytest.approx(1 / (0.2 / 50 + 0.8 / 100))  # 83⅓
    assert found["index"].iloc[0] == pytest.approx((250 / 3) ** 0.75 * 20**0.25)


def test_what_is_missing_is_shared_among_its_siblings(pair):
    found = scored(pair(), [[50, NAN, 20], [NAN, NAN, 20], [50, 100, NAN], [NAN, NAN, NAN]])
    assert found["A"].tolist() == pytest.approx([50, NAN, 90, NAN], nan_ok=True)
    assert found["index"].tolist() == pytest.approx([42.5, 20, 90, NAN], nan_ok=True)


def test_coverage_is_the_share_of_weight_observed(pair):
    rows = [[50, NAN, 20], [NAN, NAN, 20], [50, 100, NAN], [NAN, NAN, NAN]]
    dataset = dataset_from_arrays(pair(), "abcd", rows)
    assert score(dataset).coverage["index"].tolist() == pytest.approx([0.4, 0.25, 0.75, 0])
    assert score(dataset).coverage["A"].tolist() == pytest.approx([0.2, 0, 1, 0])


def test_what_does_not_apply_is_not_held_against_a_city(pair):
    dataset = dataset_from_arrays(pair(), "ab", [[50, NAN, 20], [50, NAN, 20]])
    dataset.not_applicable[0, 1] = True
    assessment = score(dataset)
    assert assessment.coverage["index"].tolist() == pytest.approx([1, 0.4])
    assert assessment.scores["index"].tolist() == pytest.approx([42.5, 42.5])


def test_zero_imputation_fills_what_was_not_reported_but_not_what_does_not_apply(pair):
    dataset = dataset_from_arrays(pair(), "ab", [[50, NAN, 20], [50, NAN, 20]])
    dataset.not_applicable[0, 1] = True
    found = score(dataset, Recipe(impute="zero"))
    assert found.scores["A"].tolist() == pytest.approx([50, 10])


def test_what_is_scored_zero_was_not_observed(pair):
    dataset = dataset_from_arrays(pair(), "abc", [[50, NAN, 20], [NAN] * 3, [50, 40, 20]])
    kept, zero = (score(dataset, Recipe(impute=way)) for way in ("reweight", "zero"))
    assert zero.coverage["index"].tolist() == kept.coverage["index"].tolist()
    assert zero.coverage["index"].tolist()[1:] == [0.0, 1.0]


def test_a_node_of_weight_zero_is_scored_beside_the_index(framework_of, percent):
    framework = framework_of(
        [("A", None, 1), ("A1", "A", 1, percent), ("F", None, 0), ("F1", "F", 1, percent)]
    )
    found = scored(framework, [[40, 90], [NAN, 90]])
    assert found["F"].tolist() == [90, 90]
    assert found["index"].tolist() == pytest.approx([40, NAN], nan_ok=True)


def test_bonus_and_deduction_move_the_index_within_0_and_100(framework_of, percent):
    framework = framework_of(
        [
            ("A", None, 1),
            ("A1", "A", 1, percent),
            ("P", None, 1, percent, {"block": "bonus", "points": 10.0}),
            ("M", None, 1, percent, {"block": "deduction", "points": 20.0}),
        ]
    )
    rows = [[50, 100, 0], [50, 0, 100], [50, 50, 25], [97, 100, 0], [5, 0, 100], [50, NAN, NAN]]
    assert scored(framework, rows)["index"].tolist() == [60, 30, 50, 100, 0, 50]


def test_a_mean_that_needs_positive_scores_raises_the_lowest_to_the_floor(pair):
    assessment = score(
        dataset_from_arrays(pair(), ["a"], [[0, 100, 20]]), Recipe(aggregate="geometric")
    )
    assert assessment.scores["A1"].iloc[0] == 0
    assert assessment.scores["A"].iloc[0] == pytest.approx(100**0.8)
    flagged = [issue for issue in assessment.issues if issue.code == "assess.floored"]
    assert flagged[0].fields == {"count": 1, "floor": 1.0, "cells": "a A1 = 0"}


def test_the_power_mean_keeps_zeros_and_holds_negatives_at_zero(pair):
    assert scored(pair(), [[0, 100, 20]], Recipe(aggregate="power"))["A"].iloc[0] == pytest.approx(
        (0.8 * 100**2) ** 0.5
    )
    below = Recipe(
        aggregate="power", normalise="minmax", options={"normalise": {"to": (-100, 100)}}
    )
    found = scored(pair(), [[0, 0, 0], [100, 100, 100]], below)
    assert found["A1"].tolist() == [-100, 100]
    assert found["A"].tolist() == pytest.approx([0, 100])


@pytest.mark.parametrize(
    "nodes, expected",
    [
        ("all", {"A1": 33.3, "A2": 66.7, "A": 60.0, "index": 48.3}),
        ("goals", {"A1": 33.33, "A2": 66.66, "A": 60.0, "index": 48.3}),
        ("index", {"A1": 33.33, "A2": 66.66, "A": 59.994, "index": 48.3}),
    ],
)
def test_rounding_at_the_places_asked_for(pair, nodes, expected):
    # all: 0.2·33.3 + 0.8·66.7 = 60.02 → 60.0; 0.75·60 + 0.25·13.2 = 48.3
    found = scored(pair(rounding=Rounding(1, nodes)), [[33.33, 66.66, 13.2]])
    assert {code: found[code].iloc[0] for code in expected} == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "value, decimals, expected",
    [
        (2.675, 2, 2.68),  # binary 2.67499…, which round() takes down
        (2.665, 2, 2.67),
        (0.5, 0, 1.0),
        (1.5, 0, 2.0),
        (-2.5, 0, -3.0),
        (84.95, 1, 85.0),
        (27.499999999999996, 0, 28.0),  # 330 / 12 summed in floats
        (27.4999, 0, 27.0),
        (69.994999, 2, 69.99),
    ],
)
def test_halves_go_away_from_zero_as_on_paper(value, decimals, expected):
    assert round_half_up(np.array([value]), decimals).tolist() == [expected]


def test_rounding_leaves_missing_missing():
    assert np.isnan(round_half_up(np.array([NAN]), 1)[0])
    assert round_half_up(np.zeros((0, 3)), 1).shape == (0, 3)
