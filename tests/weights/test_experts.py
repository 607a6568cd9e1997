"""Weights that people give: equal, given, budgets, rankings."""

import numpy as np
import pytest

from steelyard.errors import MethodError
from steelyard.weights.weigh import weigh


def test_equal():
    assert weigh("equal", [[1, None, 5]]).values == pytest.approx([1 / 3] * 3)
    assert weigh("equal", count=5).values.tolist() == [0.2] * 5


def test_given_weights_are_rescaled():
    found = weigh("given", weights=[30, 50, 40])
    assert found.values == pytest.approx([0.25, 5 / 12, 1 / 3])
    assert found.details["total"] == 120


def test_given_weights_must_fit_the_table():
    with pytest.raises(MethodError, match="There are 2 weights for 3"):
        weigh("given", [[1, 2, 3]], weights=[1, 2])
    with pytest.raises(MethodError, match="#2 is missing or negative"):
        weigh("given", weights=[1, None])


def test_budgets_are_averaged_as_shares():
    # An expert who allots 10 points has as much say as one who allots 100.
    found = weigh("budget", [[50, 30, 20], [3, 3, 4]])
    assert found.values == pytest.approx([0.4, 0.3, 0.3])
    assert found.details["totals"].tolist() == [100, 10]
    assert found.details["deviation"] == pytest.approx([0.02**0.5, 0, 0.02**0.5])


def test_budgets_with_expert_weights():
    found = weigh("budget", [[100, 0], [0, 100]], expert_weights=[3, 1])
    assert found.values == pytest.approx([0.75, 0.25])


def test_the_median_gives_a_lone_voice_less_say():
    panel = [[50, 50], [50, 50], [100, 0]]
    assert weigh("budget", panel, average="median").values == pytest.approx([0.5, 0.5])
    assert weigh("budget", panel).values == pytest.approx([2 / 3, 1 / 3])


def test_order_of_experts_makes_no_difference():
    panel = np.random.default_rng(0).integers(1, 50, size=(6, 4))
    assert weigh("budget", panel[::-1]).values == pytest.approx(weigh("budget", panel).values)


@pytest.mark.parametrize(
    "panel, options, sentence",
    [
        ([[50, None], [50, 50]], {}, "#2 are missing or negative"),
        ([[50, -50], [50, 50]], {}, "#2 are missing or negative"),
        ([[0, 0], [50, 50]], {}, "Expert 1 allotted no points"),
        ([[50, 50], [60, 30]], {"total": 100}, "expert 2 sum to 90.0 instead of 100"),
        ([[50, 50]], {"expert_weights": [1, 2]}, "expert_weights holds 2 numbers and needs 1"),
        ([[50, 50]], {"average": "median", "expert_weights": [1]}, "median"),
        ([50, 50], {}, "experts by indicators"),
    ],
)
def test_faulty_panels_are_refused(panel, options, sentence):
    with pytest.raises(MethodError, match=sentence):
        weigh("budget", panel, **options)


def test_rancom_from_a_ranking_is_rancom_from_its_matrix():
    matrix = [[0.5, 1, 1], [0, 0.5, 0.5], [0, 0.5, 0.5]]
    by_matrix, by_ranking = weigh("rancom", matrix), weigh("rancom", ranking=[1, 2, 2])
    assert by_matrix.values == pytest.approx([2.5 / 4.5, 1 / 4.5, 1 / 4.5])
    assert by_ranking.values == pytest.approx(by_matrix.values)


def test_rancom_averages_experts():
    first, second = [[0.5, 1], [0, 0.5]], [[0.5, 0], [1, 0.5]]
    assert weigh("rancom", [first, second]).values == pytest.approx([0.5, 0.5])


def test_rancom_sides_must_sum_to_one():
    with pytest.raises(MethodError, match="#1, #2 must lie between 0 and 1 and sum to 1"):
        weigh("rancom", [[0.5, 1], [1, 0.5]])
