"""Ranks under several recipes, small enough to check by hand."""

import pytest

from steelyard.assess.recipe import Recipe
from steelyard.assess.recipe_comparison import compare_recipes
from steelyard.errors import InputError
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


def four_cities():
    values = [[90, 10], [48, 48], [30, 30], [20, 80]]
    return dataset_from_arrays(two_indicators(), ["甲", "乙", "丙", "丁"], values)


RECIPES = {
    "mean": Recipe(),
    "geometric": Recipe(aggregate="geometric"),
    "harmonic": Recipe(aggregate="harmonic"),
    "ranks": Recipe(normalise="rank"),
}


def test_the_correlations_are_those_of_scikit_criteria():
    from skcriteria.agg import RankResult
    from skcriteria.cmp import RanksComparator

    found = compare_recipes(four_cities(), RECIPES)
    ranks = {n: found.ranks[n].rank(method="dense").astype(int) for n in RECIPES}
    results = [
        (name, RankResult(name, list(found.ranks.index), ranks[name].tolist(), {}))
        for name in RECIPES
    ]
    comparator = RanksComparator(results, {})
    for ours, method in ((found.spearman, "spearman"), (found.kendall, "kendall")):
        theirs = comparator.corr(method=method)
        assert ours.to_numpy().ravel().tolist() == pytest.approx(theirs.to_numpy().ravel().tolist())


def test_the_places_moved_on_average():
    # arithmetic: 50, 48, 30, 50, so ranks 1 3 4 1; geometric: 30, 48, 30, 40, so ranks 3 1 3 2
    found = compare_recipes(four_cities(), RECIPES)
    assert found.ranks["mean"].tolist() == [1, 3, 4, 1]
    assert found.ranks["geometric"].tolist() == [3, 1, 3, 2]
    assert found.shift.loc["mean", "geometric"] == (2 + 2 + 1 + 1) / 4
    assert found.shift.loc["mean", "mean"] == 0


def test_a_recipe_that_the_data_cannot_bear_is_named_and_the_others_stand():
    recipes = {"mean": Recipe(), "few": Recipe(weigh="pca"), "none": Recipe(impute="refuse")}
    one_city = dataset_from_arrays(two_indicators(), ["甲"], [[90, float("nan")]])
    found = compare_recipes(one_city, recipes)
    assert list(found.recipes) == ["mean"] == list(found.ranks.columns)
    assert [issue.fields["recipe"] for issue in found.issues] == ["few", "none"]
    assert found.issues[0].message("en").startswith("The recipe “few” could not be scored: ")
    assert found.issues[0].message("zh").startswith("方案“few”无法计算:")
    with pytest.raises(InputError):
        compare_recipes(one_city, {"few": recipes["few"]})


def test_recipes_whose_ranks_hang_on_the_table_are_named():
    found = compare_recipes(four_cities(), RECIPES)
    assert [i.fields["recipe"] for i in found.issues] == ["ranks"]
