"""What a method cannot compute is refused by the names of indicators and cities."""

import numpy as np
import pytest

import steelyard as sy
from steelyard.errors import MethodError

NAN = float("nan")
CITIES = ["Ada", "Bel", "Cid"]


@pytest.fixture
def towns(framework_of, percent):
    def of(scores, not_applicable=()):
        framework = framework_of(
            [
                ("A", None, 1.0), ("a", "A", 1.0, percent), ("b", "A", 1.0, percent),
                ("B", None, 1.0), ("c", "B", 1.0, percent), ("d", "B", 1.0, percent),
            ]
        )  # fmt: skip
        dataset = sy.dataset_from_arrays(framework, CITIES, scores)
        for place in not_applicable:
            dataset.not_applicable[place] = True
        return dataset

    return of


EVERY = [[NAN, 50, 40, 1], [30, NAN, 55, 40], [70, 20, NAN, 4]]
TWO = [[NAN, 50, 40, 1], [30, 10, 55, 40], [70, 20, NAN, 4]]
ZERO = [[10, 50, 40, 1], [0, 0, 0, 0], [10, 20, 60, 4]]


@pytest.mark.parametrize("weigh", ["entropy", "critic", "combine"])
@pytest.mark.parametrize(
    "scores, excused, said",
    [
        (EVERY, [(0, 0), (1, 1), (2, 2)], r"of 3 there are 0.*Ada \(a\); Bel \(b\); Cid \(c\)"),
        (TWO, [(0, 0), (2, 2)], r"at least 2 cities.*of 3 there are 1.*Ada \(a\); Cid \(c\)"),
    ],
)
def test_cells_not_applicable_that_leave_too_few_cities(weigh, scores, excused, said, towns):
    with pytest.raises(MethodError, match=said) as refused:
        sy.score(towns(scores, excused), sy.Recipe(weigh=weigh))
    assert "不适用" in refused.value.message("zh")


@pytest.mark.parametrize(
    "scores, recipe, said",
    [
        (ZERO, {"weigh": "dea"}, "the unit Bel are 0"),
        (ZERO, {"weigh": "entropy", "options": {"weigh": {"zeros": "refuse"}}},
         "a, b, c, d.* --set weigh.zeros=limit"),
        (ZERO, {"weigh": "combine", "options": {"weigh": {"entropy": {"zeros": "refuse"}}}},
         "a, b, c, d.* --set weigh.entropy.zeros=limit"),
        ([[10, 5, 4, 1], [10, 9, 8, 7], [10, 3, 60, 4]], {"weigh": "entropy"},
         "of a are alike.* --set weigh.constant=zero"),
        (ZERO, {"aggregate": "cocoso"}, "unit Bel is the worst on all of"),
        ([[100, 0, 9, 9], [1, 1, 9, 9], [50, 50, 9, 9]],
         {"aggregate": "dea", "options": {"aggregate": {"shares": (0, 0.6)}}},
         "values of b in the units Ada"),
    ],
)  # fmt: skip
def test_the_refusal_names_indicators_and_cities(scores, recipe, said, towns):
    with pytest.raises(MethodError, match=said):
        sy.score(towns(scores), sy.Recipe(**recipe))


@pytest.mark.parametrize(
    "method, scores", [("aras", [[0, 0]] * 3), ("marcos", [[0, 50]] * 3)], ids=["aras", "marcos"]
)
def test_what_would_divide_by_zero_names_the_cities(method, scores):
    nothing = {"names": ["a", "b"], "units": CITIES}
    with pytest.raises(MethodError, match="the score of Ada, Bel, Cid would divide by 0") as found:
        sy.aggregate(method, scores, **nothing)
    assert f"{method} 对这组数据没有定义:Ada, Bel, Cid" in found.value.message("zh")


def test_the_city_named_is_the_one_meant_where_others_are_left_out(towns):
    """Ada has no say since a does not apply to her; the zeros are those of the third city."""
    scores = [[NAN, 50, 40, 1], [10, 20, 60, 4], [0, 0, 0, 0]]
    with pytest.raises(MethodError, match="the unit Cid are 0"):
        sy.score(towns(scores, [(0, 0)]), sy.Recipe(weigh="dea"))


def test_an_option_settles_what_the_refusal_says_it_settles(towns):
    dataset = towns([[10, 5, 4, 1], [10, 9, 8, 7], [10, 3, 60, 4]])
    own = {"of": ["equal", "entropy"], "entropy": {"constant": "zero"}, "how": "least-squares"}
    found = sy.score(dataset, sy.Recipe(weigh="combine", options={"weigh": own})).weights
    assert found["global"]["a"] == pytest.approx(1 / 8)  # a quarter and nothing


@pytest.mark.parametrize(
    "table, shares",
    [
        ([[100, 0], [1, 1], [50, 50]], (0, 0.6)),
        ([[100, NAN], [1, 1], [50, 50]], (0, 0.6)),
        ([[100, 0], [1, 1], [50, 50]], (0.1, 0.9)),
    ],
)  # fmt: skip
def test_shares_cannot_be_made_up_of_nothing(table, shares):
    with pytest.raises(MethodError, match="y"):
        sy.aggregate("dea", table, shares=shares, names=["x", "y"], units=["p", "q", "r"])
    free = sy.aggregate("dea", table, names=["x", "y"], units=["p", "q", "r"]).scores
    assert free == pytest.approx([1.0, 0.02, 1.0])
    assert np.isnan(sy.aggregate("dea", [[0, 0], [1, 2]], shares=(0, 0.6)).scores[0])


@pytest.mark.parametrize(
    "aggregate, code", [("geometric", "floored"), ("waspas", "floored_method")]
)
def test_scores_raised_to_the_floor_are_named_lowest_first(aggregate, code, towns):
    scores = [[10, 50, 0.5, 30], [0.3, 40, 20, 50], [10, 20, 60, 40]]
    recipe = sy.Recipe(aggregate={"goals": aggregate})
    (issue,) = [one for one in sy.score(towns(scores), recipe).issues if code in one.code][:1]
    assert issue.code == f"assess.{code}"
    assert issue.fields["cells"] == "Bel a = 0.3; Ada c = 0.5"
    assert "Bel a = 0.3; Ada c = 0.5" in issue.message("zh")


def test_of_many_scores_raised_the_first_five_are_named(towns):
    scores = [[0, 0, 50, 60], [0, 0, 70, 50], [0, 0, 30, 20]]
    issues = sy.score(towns(scores), sy.Recipe(aggregate={"goals": "geometric"})).issues
    (issue,) = [one for one in issues if one.code == "assess.floored"]
    assert issue.fields["count"] == 6
    assert issue.fields["cells"] == "Ada a = 0; Ada b = 0; Bel a = 0; Bel b = 0; Cid a = 0; …"
