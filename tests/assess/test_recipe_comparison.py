"""Ranks under several recipes, small enough to check by hand."""

import itertools

import numpy as np
import pytest

from steelyard.assess.recipe import Recipe
from steelyard.assess.recipe_comparison import compare_recipes
from steelyard.errors import InputError, Issue, Location, RecipeError
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


def five_cities_without_ties():
    values = [[90, 95], [20, 85], [10, 12], [48, 30], [60, 41]]
    return dataset_from_arrays(two_indicators(), list("甲乙丙丁戊"), values)


@pytest.mark.parametrize(("cities", "tied"), [("ties", True), ("no ties", False)])
def test_the_correlations_and_shifts_are_those_of_scikit_criteria(cities, tied):
    from skcriteria.agg import RankResult
    from skcriteria.cmp import RanksComparator

    found = compare_recipes(four_cities() if tied else five_cities_without_ties(), RECIPES)
    assert any(found.ranks[name].duplicated().any() for name in RECIPES) is tied
    ranks = {n: found.ranks[n].rank(method="dense").astype(int) for n in RECIPES}
    results = [
        (name, RankResult(name, list(found.ranks.index), ranks[name].tolist(), {}))
        for name in RECIPES
    ]
    comparator = RanksComparator(results, {})
    for ours, theirs in (
        (found.spearman, comparator.corr(method="spearman")),
        (found.kendall, comparator.corr(method="kendall")),
    ):
        assert ours.to_numpy() == pytest.approx(theirs.to_numpy())
    if not tied:  # its ranks leave no place out after a tie, ours do
        moved = comparator.distance(metric="cityblock") / len(found.ranks)
        assert found.shift.to_numpy() == pytest.approx(moved.to_numpy())
        largest = comparator.distance(metric="chebyshev")
        assert found.largest_shift.to_numpy() == pytest.approx(largest.to_numpy())
        assert found.ranks["mean"].tolist() == [1, 2, 5, 4, 3]
        assert found.ranks["harmonic"].tolist() == [1, 4, 5, 3, 2]
        assert found.shift.loc["mean", "harmonic"] == (0 + 2 + 0 + 1 + 1) / 5


def test_the_places_moved_on_average():
    # arithmetic: 50, 48, 30, 50, so ranks 1 3 4 1; geometric: 30, 48, 30, 40, so ranks 3 1 3 2
    found = compare_recipes(four_cities(), RECIPES)
    assert found.ranks["mean"].tolist() == [1, 3, 4, 1]
    assert found.ranks["geometric"].tolist() == [3, 1, 3, 2]
    assert found.shift.loc["mean", "geometric"] == (2 + 2 + 1 + 1) / 4
    assert found.shift.loc["mean", "mean"] == 0
    assert found.largest_shift.loc["mean", "geometric"] == 2
    assert found.largest_shift.loc["geometric", "harmonic"] == 1  # harmonic: 18, 48, 30, 32
    assert found.shift.loc["geometric", "harmonic"] == (1 + 0 + 0 + 0) / 4


def test_the_places_moved_are_those_of_a_loop_over_the_cities():
    values = np.random.default_rng(3).integers(1, 20, (12, 2)) * 5.0
    values[4] = np.nan
    cities = dataset_from_arrays(two_indicators(), list("甲乙丙丁戊己庚辛壬癸子丑"), values)
    found = compare_recipes(cities, RECIPES)
    for one, two in itertools.product(RECIPES, RECIPES):
        moved = [
            abs(int(a) - int(b)) for a, b in found.ranks[[one, two]].to_numpy().tolist() if a and b
        ]
        assert len(moved) == 11
        assert found.shift.loc[one, two] == pytest.approx(sum(moved) / 11)
        assert found.largest_shift.loc[one, two] == max(moved)


def test_a_recipe_that_the_data_cannot_bear_is_named_and_the_others_stand():
    recipes = {"mean": Recipe(), "few": Recipe(weigh="pca"), "none": Recipe(impute="refuse")}
    one_city = dataset_from_arrays(two_indicators(), ["甲"], [[90, float("nan")]])
    found = compare_recipes(one_city, recipes)
    assert list(found.recipes) == ["mean"]
    assert found.ranks.loc["甲"].tolist() == [1, 0, 0]
    assert found.scores.loc["甲"].fillna(-1).tolist() == [90, -1, -1]
    assert list(found.spearman) == list(found.shift) == ["mean"]
    assert [issue.fields["recipe"] for issue in found.issues] == ["few", "none"]
    assert found.issues[0].message("en").startswith("The recipe “few” could not be scored: ")
    assert found.issues[0].message("zh").startswith("方案“few”无法计算:")
    with pytest.raises(InputError):
        compare_recipes(one_city, {"few": recipes["few"]})


def test_recipes_whose_ranks_hang_on_the_table_are_named():
    found = compare_recipes(four_cities(), RECIPES)
    assert [i.fields["recipe"] for i in found.issues] == ["ranks"]


def test_a_recipe_that_could_not_be_made_stands_empty_with_its_error():
    with pytest.raises(RecipeError) as refused:
        Recipe(normalise="rnk")
    found = compare_recipes(four_cities(), {"typo": refused.value, "mean": Recipe()})
    assert list(found.recipes) == ["mean"]
    assert found.ranks["typo"].tolist() == [0, 0, 0, 0]
    assert (
        found.issues[0]
        .message("en")
        .startswith(
            "The recipe “typo” cannot be used: There is no normalisation method named “rnk”"
        )
    )
    table = found.tables("en")["Ranks under each recipe"]
    assert table["City"].tolist() == ["甲", "丁", "乙", "丙"]  # by the first that was scored
    assert table["typo"].tolist() == [None] * 4
    assert table["mean"].tolist() == [1, 1, 3, 4]


def test_each_recipe_may_read_the_data_in_its_own_way_and_errors_keep_their_place():
    def read(recipe):
        if recipe.policies.bounds == "refuse":
            raise InputError([Issue("error", "reading.bound_refused", Location("t.csv", cell="B2"),
                                    value="≥40")] * 2)  # fmt: skip
        return four_cities() if recipe.impute == "zero" else five_cities_without_ties()

    recipes = {"five": Recipe(), "four": Recipe(impute="zero"),
               "refused": Recipe(reading={"bounds": "refuse"})}  # fmt: skip
    found = compare_recipes(read, recipes)
    assert found.ranks.loc["戊"].tolist() == [3, 0, 0]
    assert str(found.issues[0].location) == "t.csv B2"
    assert found.issues[0].message("en") == (
        "The recipe “refused” could not be scored; the data have 2 errors under it, the first: "
        "“≥40” is not exact and is refused by policy."
    )
