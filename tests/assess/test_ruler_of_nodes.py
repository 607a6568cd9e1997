"""Later cities and several years on one ruler, where aggregations take marks from the cities."""

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.years import score_years
from steelyard.errors import RecipeError

KEEPING = ("topsis", "vikor", "grey", "ranksum", "mpi")


@pytest.fixture(scope="module")
def framework(framework_of, percent):
    return framework_of(
        [
            ("A", None, 3),
            ("B", None, 1),
            ("A1", "A", 1, percent),
            ("A2", "A", 3, percent),
            ("B1", "B", 1, percent),
            ("B2", "B", 1, percent),
        ]
    )


def table(framework, rows, years=None, seed=0):
    rng = np.random.default_rng(seed)
    values = rng.uniform(10, 90, (rows, 4)).round(1)
    names = [f"city {place % (rows if years is None else rows // 3)}" for place in range(rows)]
    return sy.dataset_from_arrays(framework, names, values, years)


@pytest.mark.parametrize("method", KEEPING)
@pytest.mark.parametrize("node", ["index", "A", "goals"])
def test_a_second_table_is_measured_by_the_marks_of_the_first(framework, method, node):
    recipe = sy.Recipe(aggregate={node: method})
    first = sy.score(table(framework, 6), recipe)
    second = table(framework, 4, seed=1)
    values = np.concatenate([second.values, first.dataset.values[[2]]])
    names = [f"town {place}" for place in range(5)]
    later = sy.score(sy.dataset_from_arrays(framework, names, values), recipe, first.ruler)
    # A city as the third of the first table is scored as it was, whoever is beside it.
    np.testing.assert_allclose(later.tree.scores[4], first.tree.scores[2], atol=1e-12)
    alone = sy.score(later.dataset.rows([1]), recipe, first.ruler)
    np.testing.assert_allclose(alone.tree.scores[0], later.tree.scores[1], atol=1e-12)
    assert later.ruler.samples is first.ruler.samples


def test_topsis_on_the_ideals_of_the_first_table_by_hand(framework):
    """A's children from (20, 40) to (60, 80): a later (40, 80) is 20 off in A1, with weight ¼."""
    recipe = sy.Recipe(
        aggregate={"A": "topsis"}, options={"aggregate": {"topsis": {"normalisation": "none"}}}
    )
    first = sy.dataset_from_arrays(framework, ["a", "b"], [[20, 40, 0, 0], [60, 80, 0, 0]])
    ruler = sy.score(first, recipe).ruler
    later = sy.dataset_from_arrays(framework, ["c"], [[40, 80, 0, 0]])
    near, far = 20 / 4, ((20 / 4) ** 2 + (40 * 3 / 4) ** 2) ** 0.5
    found = sy.score(later, recipe, ruler).scores.loc["c", "A"]
    assert found == pytest.approx(100 * far / (near + far), abs=1e-12)


@pytest.mark.parametrize("method", ["promethee", "kemeny", "dea", "aras"])
def test_what_only_ranks_one_table_does_not_measure_another(framework, method):
    recipe = sy.Recipe(aggregate={"index": method})
    first = sy.score(table(framework, 6), recipe)
    with pytest.raises(RecipeError, match=f"{method} only ranks .* --years"):
        sy.score(table(framework, 4, seed=1), recipe, first.ruler)


@pytest.mark.parametrize("method", ["ampi", "median", "weightedsummodel"])
def test_what_needs_no_marks_measures_any_table(framework, method):
    recipe = sy.Recipe(aggregate={"index": method})
    first = sy.score(table(framework, 6), recipe)
    few = sy.score(first.dataset.rows([3, 1]), recipe, first.ruler)
    np.testing.assert_allclose(few.tree.scores, first.tree.scores[[3, 1]], atol=1e-12)
    assert not [i for i in first.issues if i.code == "assess.relative_aggregate"]


@pytest.mark.parametrize("method", [*KEEPING, "promethee", "kemeny", "dea", "aras"])
@pytest.mark.parametrize("normalise", ["goalposts", "zscore"])
def test_every_pair_of_years_has_the_scores_of_all_years(framework, method, normalise):
    recipe = sy.Recipe(normalise=normalise, aggregate={"index": method}, weigh="entropy")
    data = table(framework, 12, [2021] * 4 + [2022] * 4 + [2023] * 4)
    whole = sy.score(data, recipe).scores
    for years in ((2021, 2022), (2022, 2023), (2021, 2023)):
        for one in score_years(data, recipe, years):
            year = one.dataset.years[0]
            for city in one.dataset.cities:
                expected = whole.loc[(city, year)].to_numpy()
                np.testing.assert_array_equal(one.scores.loc[(city, year)].to_numpy(), expected)
    gaps = sy.compare(*score_years(data, recipe, (2021, 2023))).gaps
    changes = [whole.loc[(f"city {n}", 2023), "index"] - whole.loc[(f"city {n}", 2021), "index"]
               for n in range(4)]  # fmt: skip
    assert sorted(gaps["gap"]) == pytest.approx(sorted(changes), abs=1e-12)
    assert list(gaps.drop(columns="gap").sum(axis=1)) == pytest.approx(list(gaps["gap"]), abs=1e-9)
