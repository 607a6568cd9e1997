"""Scoring: one city or many, one year or several, and what is said about it."""

import numpy as np
import pytest

from steelyard import InputError, Recipe, dataset_from_arrays, score
from steelyard.assess.ruler import Ruler
from steelyard.errors import MethodError, NotFoundError

NAN = float("nan")


@pytest.fixture
def two(framework_of, percent):
    """One goal, two indicators of equal weight: a percentage, and minutes without goalposts."""
    nodes = [("A", None, 1), ("A1", "A", 1, percent), ("A2", "A", 1, {"direction": "cost"})]
    return framework_of(nodes)


@pytest.fixture
def one(framework_of, percent):
    return framework_of([("A", None, 1, percent)])


def index(assessment):
    return assessment.scores["index"].tolist()


def test_indicators_without_a_scale_are_measured_between_the_samples_extremes(two):
    assessment = score(dataset_from_arrays(two, "abc", [[50, 10], [50, 30], [50, 20]]))
    assert assessment.normalised[:, 1].tolist() == [100, 0, 50]
    assert index(assessment) == [75, 25, 50]
    said = {issue.code: issue.fields for issue in assessment.issues}
    assert said == {"assess.no_scale": {"codes": "A2"}}


def test_goalposts_say_nothing_and_a_relative_normalisation_says_so(one):
    dataset = dataset_from_arrays(one, "ab", [[20], [60]])
    assert score(dataset).issues == ()
    relative = score(dataset, Recipe(normalise="minmax"))
    assert index(relative) == [0, 100]
    assert [issue.code for issue in relative.issues] == ["assess.relative"]


@pytest.mark.parametrize(
    "method, expected",
    [
        ("goalposts", [20, 40, 90]),
        ("minmax", [0, 100 * 20 / 70, 100]),
        ("rank", [0, 50, 100]),
        ("zscore", [50 - 300 / 1300**0.5, 50 - 100 / 1300**0.5, 50 + 400 / 1300**0.5]),
    ],
)
def test_normalisations_of_20_40_90(one, method, expected):
    # mean 50, sample variance (900 + 100 + 1600) / 2 = 1300
    found = score(dataset_from_arrays(one, "abc", [[20], [40], [90]]), Recipe(normalise=method))
    assert index(found) == pytest.approx(expected, rel=1e-12)


def test_a_lone_city_is_scored_on_goalposts_and_stands_in_the_middle_of_itself(one):
    alone = dataset_from_arrays(one, ["city"], [[37]])
    assert index(score(alone)) == [37]
    assert index(score(alone, Recipe(normalise="minmax"))) == [50]


def test_an_interval_is_measured_by_closeness_whatever_the_normalisation(framework_of):
    windows = {
        "direction": "target",
        "scale": "interval",
        "low": 0.0,
        "high": 12.0,
        "interval": (2, 6),
    }
    framework = framework_of([("A", None, 1, windows)])
    dataset = dataset_from_arrays(framework, "abc", [[1], [4], [12]])
    assert index(score(dataset)) == [50, 100, 0]
    assert index(score(dataset, Recipe(normalise="rank"))) == [50, 100, 0]


def test_ranks_are_competition_ranks_within_each_year(one):
    rows = [[50], [70], [50], [10], [NAN], [90]]
    years = [2023, 2023, 2023, 2023, 2023, 2024]
    assessment = score(dataset_from_arrays(one, "abcdea", rows, years))
    assert assessment.ranks.tolist() == [2, 1, 2, 4, 0, 1]
    assert assessment.row("a") == 5
    assert assessment.row("a", 2023) == 0


def test_float_noise_does_not_split_a_tie(framework_of, percent):
    framework = framework_of([("A", None, 1, percent), ("B", None, 2, percent)])
    # 0.1 + 2·0.2 against 0.3 + 2·0.1: both 0.5 / 3, not so in floats
    assessment = score(dataset_from_arrays(framework, "ab", [[0.1, 0.2], [0.3, 0.1]]))
    assert assessment.ranks.tolist() == [1, 1]


def test_an_earlier_ruler_measures_new_cities_without_moving_the_old(one):
    recipe = Recipe(normalise="minmax")
    before = score(dataset_from_arrays(one, "ab", [[20], [60]]), recipe)
    assert before.ruler.fitted["low"].tolist() == [20]
    assert before.ruler.fitted["high"].tolist() == [60]
    after = score(dataset_from_arrays(one, "abc", [[20], [60], [40]]), recipe, before.ruler)
    assert index(after) == [0, 100, 50]


def test_the_ruler_of_goalposts_has_learned_nothing(one):
    assessment = score(dataset_from_arrays(one, "ab", [[20], [60]]))
    assert assessment.ruler == Ruler(("goalposts",), {}, {"index": 1.0, "A": 1.0})
    assert assessment.ruler.relative is None


def test_an_indicator_that_nobody_reports_is_left_out(two):
    assessment = score(dataset_from_arrays(two, "ab", [[20, NAN], [60, NAN]]))
    assert index(assessment) == [20, 60]
    assert assessment.ruler.methods == ("goalposts", "none")


@pytest.mark.parametrize("method", ["zscore", "rank", "percentile"])
def test_too_few_values_for_a_relative_normalisation_are_named_by_code(framework_of, method):
    framework = framework_of([("A", None, 1, {}), ("B", None, 1, {}), ("C", None, 1, {})])
    dataset = dataset_from_arrays(framework, "ab", [[NAN, 20, 1], [NAN, NAN, 2]])
    with pytest.raises(MethodError, match="B") as refusal:
        score(dataset, Recipe(normalise=method))
    assert refusal.value.fields["indicators"] == "B"


def test_refusing_missing_values_names_every_one(two):
    dataset = dataset_from_arrays(two, ["甲市", "乙市"], [[20, NAN], [NAN, 5]])
    with pytest.raises(InputError) as refusal:
        score(dataset, Recipe(impute="refuse"))
    assert [(i.city, i.indicator) for i in refusal.value.issues] == [("甲市", "A2"), ("乙市", "A1")]
    dataset.not_applicable[:] = np.isnan(dataset.values)
    assert index(score(dataset, Recipe(impute="refuse"))) == [20, 50]


def test_zero_for_missing_is_said_with_its_count(one):
    assessment = score(dataset_from_arrays(one, "ab", [[20], [NAN]]), Recipe(impute="zero"))
    assert index(assessment) == [20, 0]
    assert [(i.code, i.fields["count"]) for i in assessment.issues] == [("assess.missing_zero", 1)]


def test_an_unknown_city_or_year_is_answered_with_what_there_is(one):
    assessment = score(dataset_from_arrays(one, ["武汉市", "深圳市"], [[1], [2]], [2023, 2024]))
    with pytest.raises(NotFoundError, match="武汉市"):
        assessment.row("武汉")
    with pytest.raises(NotFoundError, match="2023"):
        assessment.row("武汉市", 2020)


def test_the_city_above_is_the_next_better_one_of_the_same_year(one):
    rows, years = [[50], [70], [50], [10], [99]], [2023, 2023, 2023, 2023, 2024]
    assessment = score(dataset_from_arrays(one, "abcde", rows, years))
    assert [assessment.city_above(row) for row in range(5)] == [1, None, 1, 2, None]


def test_of_two_tied_cities_above_the_same_is_named_in_any_order(one):
    rows = {"甲市": [50], "乙市": [50], "丙市": [10]}
    for names in (["甲市", "乙市", "丙市"], ["乙市", "丙市", "甲市"]):
        found = score(dataset_from_arrays(one, names, [rows[name] for name in names]))
        above = found.city_above(names.index("丙市"))
        assert above is not None and names[above] == "甲市"


def test_tables_are_labelled_by_city_year_and_code(one):
    dataset = dataset_from_arrays(one, "ab", [[20], [60]], [2023, 2024])
    assessment = score(dataset)
    assert assessment.scores.loc[("a", 2023), "index"] == 20
    assert assessment.levels.columns.tolist() == [
        "level",
        "level_by_score",
        "binding_gate",
        "provisional",
    ]
    assert assessment.weights.loc["A"].tolist() == [1, 1]


def test_no_city_at_all_gives_an_empty_assessment(one):
    assessment = score(dataset_from_arrays(one, [], np.zeros((0, 1))))
    assert assessment.scores.shape == (0, 2)
    assert assessment.ranks.tolist() == []
