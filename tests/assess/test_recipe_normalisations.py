"""Every normalisation of a recipe, against plain loops over the raw values."""

import math

import numpy as np
import pytest

import steelyard as sy
from steelyard.errors import MethodError, RecipeError

NAN = math.nan
#          more  less  near  (most, least, best between 3 and 5)
VALUES = [
    [60.0, 20.0, 4.0],
    [20.0, 70.0, 9.0],
    [75.0, 11.0, 1.5],
    [NAN, 20.0, 6.0],
    [5.0, NAN, 2.0],
    [60.0, 35.0, NAN],
]
CITIES = list("pqrstu")


@pytest.fixture
def towns(framework_of):
    framework = framework_of(
        [
            ("more", None, 1.0, {"scale": "linear", "low": 0.0, "high": 80.0}),
            ("less", None, 1.0,
             {"direction": "cost", "scale": "linear", "low": 10.0, "high": 75.0}),
            ("near", None, 1.0,
             {"direction": "target", "scale": "interval", "low": 0.0, "high": 10.0,
              "interval": (3.0, 5.0)}),
        ]
    )  # fmt: skip
    return sy.dataset_from_arrays(framework, CITIES, VALUES)


def closeness(x):
    """100 between 3 and 5, falling to 0 at 0 and at 10."""
    return 100 * min(1, x / 3, (10 - x) / 5)


def by_loop(score):
    """Scores by a function of a value, the known values of its column, and what is better.

    The third column is closeness, of which more is better.
    """
    found = []
    for column, better in ((0, 1), (1, -1), (2, 1)):
        values = [row[column] for row in VALUES]
        if column == 2:
            values = [x if math.isnan(x) else closeness(x) for x in values]
        known = [x for x in values if not math.isnan(x)]
        goal = (80.0, 10.0, 100.0)[column]
        first = values[0]
        found.append([x if math.isnan(x) else score(x, known, better, goal, first)
                      for x in values])  # fmt: skip
    return np.array(found).T


def mean(known):
    return sum(known) / len(known)


def median(known):
    middle = sorted(known)
    half = len(known) // 2
    return middle[half] if len(known) % 2 else (middle[half - 1] + middle[half]) / 2


def spread(known):
    return math.sqrt(sum((x - mean(known)) ** 2 for x in known) / (len(known) - 1))


def worse(x, known, better):
    return sum(better * other < better * x for other in known)


def worst(known, better):
    return min(known) if better > 0 else max(known)


def best(known, better):
    return max(known) if better > 0 else min(known)


def ratio(x, mark, better):
    return x / mark if better > 0 else mark / x


def travelled(x, known, better, mark):
    start = worst(known, better)
    return 100 * (x - start) / (mark - start)


def share(x, known, better):
    if better > 0:
        return x / sum(known)
    return (1 / x) / sum(1 / other for other in known)


def length(known):
    return math.sqrt(sum(x * x for x in known))


CASES = {
    "minmax": ({}, lambda x, k, b, g, f: travelled(x, k, b, best(k, b))),
    "minmax to 1–10": (
        {"to": (1, 10)}, lambda x, k, b, g, f: 1 + 0.09 * travelled(x, k, b, best(k, b))
    ),
    "zscore": ({}, lambda x, k, b, g, f: 50 + 10 * b * (x - mean(k)) / spread(k)),
    "rank": ({}, lambda x, k, b, g, f: 100 * worse(x, k, b) / (len(k) - 1)),
    "rank as it is": ({"to": None}, lambda x, k, b, g, f: 1 + worse(x, k, b)),
    "percentile": ({}, lambda x, k, b, g, f: 100 * worse(x, k, b) / (len(k) - 1)),
    "borda": ({}, lambda x, k, b, g, f: 100 * worse(x, k, b) / (len(k) - 1)),
    "best": ({}, lambda x, k, b, g, f: 100 * ratio(x, best(k, b), b)),
    "vector": (
        {}, lambda x, k, b, g, f: 100 * (x / length(k) if b > 0 else 1 - x / length(k))
    ),
    "sum": ({}, lambda x, k, b, g, f: 100 * share(x, k, b)),
    "target": ({}, lambda x, k, b, g, f: travelled(x, k, b, g)),
    "target ratio": ({"form": "ratio"}, lambda x, k, b, g, f: 100 * ratio(x, g, b)),
    "target difference": (
        {"form": "difference"}, lambda x, k, b, g, f: 100 * b * (x - g) / abs(g)
    ),
    "target given and capped": (
        {"targets": {"more": 50.0, "less": 20.0, "near": 80.0}, "cap": True},
        lambda x, k, b, g, f: min(100, travelled(x, k, b, {80: 50, 10: 20, 100: 80}[g])),
    ),
    "reference": ({}, lambda x, k, b, g, f: 100 * ratio(x, mean(k), b)),
    "reference median": ({"unit": "median"}, lambda x, k, b, g, f: 100 * ratio(x, median(k), b)),
    "reference city": ({"unit": "p"}, lambda x, k, b, g, f: 100 * ratio(x, f, b)),
    "reference difference": (
        {"unit": "p", "form": "difference"}, lambda x, k, b, g, f: 100 * b * (x - f) / abs(f)
    ),
    "reference distance": (
        {"form": "distance"}, lambda x, k, b, g, f: travelled(x, k, b, mean(k))
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_scores_by_plain_loops(case, towns):
    options, score = CASES[case]
    recipe = sy.Recipe(normalise=case.split()[0], options={"normalise": options})
    found = sy.score(towns, recipe).normalised
    np.testing.assert_allclose(found, by_loop(score), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_cities_changes_nothing(case, towns):
    recipe = sy.Recipe(normalise=case.split()[0], options={"normalise": CASES[case][0]})
    order = [4, 2, 0, 5, 1, 3]
    first, again = sy.score(towns, recipe), sy.score(towns.rows(order), recipe)
    np.testing.assert_array_equal(again.normalised, first.normalised[order])


@pytest.mark.parametrize("case", CASES)
def test_a_later_city_is_measured_by_the_first_ones_marks(case, towns):
    """Scored alone on the same ruler, a city has the score it had among all."""
    recipe = sy.Recipe(normalise=case.split()[0], options={"normalise": CASES[case][0]})
    first = sy.score(towns, recipe)
    alone = sy.score(towns.rows([1]), recipe, first.ruler)
    np.testing.assert_array_equal(alone.normalised, first.normalised[[1]])


def test_the_reference_city_is_taken_in_its_latest_year(framework_of, percent):
    framework = framework_of([("a", None, 1.0, percent)])
    dataset = sy.dataset_from_arrays(
        framework, ["p", "q", "p"], [[20.0], [30.0], [40.0]], years=[2023, 2024, 2024]
    )
    options = {"normalise": {"unit": "p"}}
    found = sy.score(dataset, sy.Recipe(normalise="reference", options=options))
    assert found.normalised.ravel().tolist() == [50.0, 75.0, 100.0]


def test_what_is_refused(towns, framework_of):
    with pytest.raises(RecipeError, match="Atlantis"):
        options = {"normalise": {"unit": "Atlantis"}}
        sy.score(towns, sy.Recipe(normalise="reference", options=options))
    with pytest.raises(MethodError, match="more"):
        options = {"normalise": {"unit": "s"}}
        sy.score(towns, sy.Recipe(normalise="reference", options=options))
    bare = framework_of([("a", None, 1.0, {})])
    dataset = sy.dataset_from_arrays(bare, ["p", "q"], [[1.0], [2.0]])
    with pytest.raises(RecipeError, match="a"):
        sy.score(dataset, sy.Recipe(normalise="target"))
    options = {"normalise": {"targets": {"a": 4.0}}}
    found = sy.score(dataset, sy.Recipe(normalise="target", options=options))
    assert found.normalised.ravel().tolist() == pytest.approx([0, 100 / 3])
    towns.values[0, 1] = 0.0
    for method in ("best", "reference", "sum"):
        with pytest.raises(MethodError, match="less"):
            sy.score(towns, sy.Recipe(normalise=method))
