"""Ranks under several recipes, small enough to check by hand."""

import pytest

from steelyard.assess.recipe import Recipe
from steelyard.assess.recipe_comparison import compare_recipes
from steelyard.indicators.dataset import dataset_from_arrays
from steelyard.indicators.framework import Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator


def two_indicators():
    nodes = [Node("index", Bilingual("i"), None)]
    for code in ("X", "Y"):
        indicator = Indicator(code, Bilingual(code), "benefit", "linear", 0.0, 100.0)
        nodes.append(Node(code, Bilingual(code), "index", 1.0, indicator))
    return Framework("two", "1", Bilingual("two"), tuple(nodes))


def test_an_unbalanced_city_falls_under_the_geometric_mean():
    # arithmetic: 50, 48, 30; geometric: sqrt(90 * 10) = 30, 48, 30
    dataset = dataset_from_arrays(
        two_indicators(), ["甲", "乙", "丙"], [[90, 10], [48, 48], [30, 30]]
    )
    found = compare_recipes(dataset, {"mean": Recipe(), "geometric": Recipe(aggregate="geometric")})
    assert found.ranks["mean"].tolist() == [1, 2, 3]
    assert found.ranks["geometric"].tolist() == [2, 1, 2]
    assert found.moves.index[0] == "甲" or found.moves["places"].max() == 1
    assert found.moves.loc["丙"].tolist() == [2, 3, 1]
    # ranks 1 2 3 against 2.5 1 2.5: covariance -> rho = 0; one pair agrees, one disagrees, one tied
    assert found.spearman.loc["mean", "geometric"] == pytest.approx(0.0, abs=1e-12)
    assert found.kendall.loc["mean", "geometric"] == pytest.approx(0.0, abs=1e-12)
    assert found.spearman.loc["mean", "mean"] == 1.0


def test_the_tables_are_plain_for_json():
    dataset = dataset_from_arrays(two_indicators(), ["甲", "乙"], [[90, 10], [48, 48]])
    assert compare_recipes(dataset, {"mean": Recipe()}).to_json()["ranks"] == {
        "甲": {"mean": 1.0},
        "乙": {"mean": 2.0},
    }
