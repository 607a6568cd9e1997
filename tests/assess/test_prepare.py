"""What a recipe does to values before they are normalised, through a whole scoring."""

import json

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.prepare import prepare, written
from steelyard.errors import InputError, Location, MethodError
from steelyard.indicators.dataset import Origin
from steelyard.indicators.framework import Auxiliary
from steelyard.indicators.indicator import Bilingual

NAN = float("nan")


@pytest.fixture(scope="module")
def framework(framework_of, percent):
    extra = (
        Auxiliary("population", Bilingual("人口", "Population")),
        Auxiliary("region", Bilingual("地区", "Region"), group=True),
    )
    return framework_of([(code, None, 1, percent) for code in "ABC"], auxiliary=extra)


def table(framework, values, **more):
    cities = more.pop("cities", [f"city {place}" for place in range(len(values))])
    return sy.dataset_from_arrays(framework, cities, values, **more)


def test_the_default_recipe_leaves_the_dataset_alone(framework):
    dataset = table(framework, [[1, 2, 3], [4, NAN, 6]])
    assert prepare(dataset, sy.Recipe()).dataset is dataset


@pytest.mark.parametrize("method, filled", [("mean", 40.0), ("median", 30.0)])
def test_a_gap_is_filled_scored_and_reported_but_not_counted_as_observed(framework, method, filled):
    """Column B: 20, 30, 70 and a gap; its mean is 40, its median 30."""
    values = [[10, 20, 30], [10, 30, 30], [10, 70, 30], [10, NAN, 30]]
    found = sy.score(table(framework, values), sy.Recipe(impute=method))
    assert found.scores["B"].iloc[3] == filled
    assert found.tree.scores[3, 0] == pytest.approx((10 + filled + 30) / 3, abs=1e-12)
    assert found.coverage.iloc[3, 0] == pytest.approx(2 / 3, abs=1e-12)
    (issue,) = [one for one in found.issues if one.code == "assess.imputed"]
    assert (issue.city, issue.indicator, issue.used) == ("city 3", "B", filled)
    assert np.isnan(found.given.values[3, 1])


def test_the_place_of_a_blank_cell_is_named(framework):
    dataset = table(framework, [[10, 20, 30], [10, NAN, 30]])
    place = Location("cities.xlsx", "Data", "C3")
    dataset = sy.indicators.dataset.replace(dataset, origins={(1, "B"): Origin(place, "—")})
    (issue,) = prepare(dataset, sy.Recipe(impute="mean")).dataset.issues
    assert (issue.location, issue.value) == (place, "—")


def test_groups_fill_in_by_their_own_mean(framework):
    values = [[0, 10, 0], [0, 20, 0], [0, 90, 0], [0, NAN, 0], [0, NAN, 0]]
    dataset = table(framework, values, auxiliary={"region": ["e", "e", "w", "e", "w"]})
    found = prepare(dataset, sy.Recipe(impute="group_mean")).dataset
    assert found.values[3:, 1].tolist() == [15.0, 90.0]


@pytest.mark.parametrize("method", ["linear", "latest"])
def test_what_no_other_year_can_fill_is_said_to_stay_missing(framework, method):
    values = [[10, NAN, 30], [NAN, 40, 30], [10, 40, 30]]
    found = sy.score(table(framework, values, years=[2024] * 3), sy.Recipe(impute=method))
    (issue,) = [one for one in found.issues if one.code == "assess.not_imputed"]
    assert (issue.fields["count"], issue.city, issue.indicator) == (2, "city 0", "B")
    assert "could not fill in: 2 (such as B of city 0)" in issue.message("en")
    by_median = sy.score(table(framework, values), sy.Recipe(impute="median"))
    assert not [one for one in by_median.issues if one.code == "assess.not_imputed"]


@pytest.mark.parametrize(
    "method, expected", [("latest", [NAN, 20, 20, 40]), ("linear", [20, 20, 30, 40])]
)
def test_other_years_fill_in(framework, method, expected):
    """2021 ?, 2022 20, 2023 ?, 2024 40."""
    values = [[5, cell, 5] for cell in (NAN, 20, NAN, 40)]
    dataset = table(framework, values, cities=["X"] * 4, years=[2021, 2022, 2023, 2024])
    found = prepare(dataset, sy.Recipe(impute=method)).dataset
    np.testing.assert_array_equal(found.values[:, 1], expected)


def test_what_does_not_apply_and_what_nobody_reported_stay_empty(framework):
    dataset = table(framework, [[10, NAN, NAN], [30, 20, NAN], [NAN, 40, NAN]])
    dataset.not_applicable[0, 1] = True
    found = prepare(dataset, sy.Recipe(impute="mean")).dataset
    np.testing.assert_array_equal(found.values, [[10, NAN, NAN], [30, 20, NAN], [20, 40, NAN]])


def test_multiple_imputation_carries_its_doubt_to_score_and_rank(framework):
    """What is certain has no spread; the city with a gap has, by Rubin's rule over its draws."""
    chance = np.random.default_rng(1)
    base = chance.uniform(20, 80, (30, 1))
    values = np.clip(base + chance.normal(0, 8, (30, 3)), 0, 100)
    values[0, 2] = NAN
    recipe = sy.Recipe(impute="multiple", seed=7, options={"impute": {"draws": 12}})
    found = sy.score(table(framework, values), recipe)
    assert found.spread.draws == 12
    assert found.spread.deviation[0, 0] > 0
    np.testing.assert_allclose(found.spread.deviation[1:, 0], 0, atol=1e-9)
    assert found.spread.best[0] <= found.rank_array[0] <= found.spread.worst[0]
    draws = prepare(found.given, recipe).draws[:, 0, :]
    scores = [sum(row) / 3 for row in draws.tolist()]
    mean = sum(scores) / 12
    variance = sum((score - mean) ** 2 for score in scores) / 11
    assert found.spread.deviation[0, 0] == pytest.approx((13 / 12 * variance) ** 0.5, rel=1e-9)
    again = sy.score(table(framework, values), recipe)
    assert np.array_equal(again.spread.deviation, found.spread.deviation)


def test_winsorising_pulls_an_outlier_in_and_says_which_cell(framework):
    """One 100 among values near 10: skewness and kurtosis trip; it is set to the next highest."""
    column = [10.0, 11, 9, 10, 12, 8, 10, 11, 9, 100]
    values = [[cell, 50 + place, 5] for place, cell in enumerate(column)]
    found = sy.score(table(framework, values), sy.Recipe(treat="winsorise"))
    assert found.scores["A"].iloc[9] == 12.0
    (issue,) = [one for one in found.issues if one.code.startswith("assess.treated")]
    assert (issue.code, issue.city, issue.used) == ("assess.treated_high", "city 9", 12.0)
    assert issue.fields["before"] == 100.0


def test_totals_are_divided_by_what_the_recipe_names(framework):
    dataset = table(framework, [[50, 20, 3], [60, 30, 4]], auxiliary={"population": [2.0, 4.0]})
    recipe = sy.Recipe(denominate={"A": "population"})
    assert sy.score(dataset, recipe).dataset.values.tolist() == [[25, 20, 3], [15, 30, 4]]
    lost = table(framework, [[50, 20, 3], [60, 30, 4]], auxiliary={"population": [2.0, None]})
    found = sy.score(lost, recipe)
    assert np.isnan(found.dataset.values[1, 0])
    assert [one.city for one in found.issues if one.code == "assess.no_denominator"] == ["city 1"]


def test_cities_that_report_too_little_are_left_out_and_named(framework):
    dataset = table(framework, [[50, 20, 3], [60, NAN, NAN], [70, 10, NAN]])
    found = sy.score(dataset, sy.Recipe(screen=0.6))
    assert found.dataset.cities == ("city 0", "city 2")
    (issue,) = [one for one in found.issues if one.code == "assess.screened"]
    assert issue.city == "city 1"
    assert "33.3%" in issue.message("en")
    with pytest.raises(InputError):
        sy.score(dataset.rows([1]), sy.Recipe(screen=0.6))


def test_every_finding_about_a_row_says_its_year(framework):
    """2022 lacks A's denominator and B; the last city has only C and is left out."""
    values = [[50, 20, 3], [60, NAN, 4], [NAN, NAN, 5], [90, 40, 4]]
    dataset = table(framework, values, cities=["X", "X", "Y", "Z"], years=[2021, 2022, 2022, 2023],
                    auxiliary={"population": [2.0, None, 1.0, 3.0]})  # fmt: skip
    recipe = sy.Recipe(denominate={"A": "population"}, screen=0.3, impute="linear")
    found = prepare(dataset, recipe).dataset.issues
    assert [(i.code, i.city, i.year, i.indicator) for i in found if i.city] == [
        ("assess.no_denominator", "X", 2022, "A"),
        ("assess.imputed", "X", 2022, "A"),
        ("assess.imputed", "X", 2022, "B"),
        ("assess.not_imputed", "Y", 2022, "A"),
    ]
    (screened,) = prepare(dataset, sy.Recipe(screen=0.5)).dataset.issues
    assert (screened.code, screened.city, screened.year) == ("assess.screened", "Y", 2022)


def test_a_city_added_later_is_filled_in_and_treated_by_the_same_marks(framework):
    values = [[10, 20, 30], [10, 30, 30], [10, 70, 30]]
    recipe = sy.Recipe(impute="mean", treat="winsorise")
    first = sy.score(table(framework, values), recipe)
    later = sy.score(table(framework, [[90, NAN, 5]]), recipe, first.ruler)
    assert later.scores["B"].tolist() == [40.0]


def test_too_few_cities_to_learn_from_are_refused_by_name(framework):
    with pytest.raises(MethodError) as refusal:
        sy.score(table(framework, [[10, 20, 5], [30, NAN, 7]]), sy.Recipe(impute="em"))
    assert refusal.value.message("zh")


def test_the_recipe_of_all_steps_through_json(framework):
    recipe = sy.Recipe(
        impute="knn", treat="winsorise", screen=0.5, denominate={"A": "population"},
        weigh="critic", aggregate={"index": "topsis"}, reading={"bounds": "refuse"},
        options={"impute": {"neighbours": 3}, "aggregate": {"topsis": {"metric": 1}}},
    )  # fmt: skip
    assert sy.Recipe.from_json(recipe.to_json()) == recipe
    assert json.loads(recipe.to_json())["options"]["impute"] == {"neighbours": 3}


def test_what_is_filled_in_is_written_without_noise():
    """0.1 + 0.2 is 0.3; two thirds stay the two thirds that were observed, to the last digit."""
    noisy = np.array([0.1 + 0.2, 2 / 3 * (1 + 1e-14), 1 / 7])
    assert written(noisy, np.array([5.0, np.nan, 2 / 3])).tolist() == [0.3, 2 / 3, 0.142857142857]
    assert written(noisy, np.array([np.nan])).tolist() == [0.3, 0.666666666667, 0.142857142857]


def test_equal_shares_tie_though_their_floats_differ(framework):
    """2.4/24 and 0.1/1 are both a tenth; the fourth city's gap is filled in with a tenth too."""
    assert 2.4 / 24 < 0.1 / 1
    cities = table(
        framework,
        [[2.4, 1, 1], [0.1, 2, 2], [0.4, 3, 3], [NAN, 4, 4]],
        auxiliary={"population": [24, 1, 4, 9]},
    )
    recipe = sy.Recipe(denominate={"A": "population"}, impute="mean", normalise="rank")
    assert prepare(cities, recipe).dataset.values[:, 0].tolist() == [0.1] * 4
    assert len(set(sy.score(cities, recipe).scores["A"])) == 1


def test_groups_by_a_column_that_is_not_there_name_those_that_are(framework):
    cities = table(framework, [[1, 1, 1], [NAN, 2, 2]], auxiliary={"population": [24, 1]})
    recipe = sy.Recipe(impute="group_mean", options={"impute": {"groups": "nowhere"}})
    with pytest.raises(MethodError, match=r"“nowhere”, which .* there are: population") as refused:
        prepare(cities, recipe)
    assert "现有的辅助列:population" in refused.value.message("zh")
