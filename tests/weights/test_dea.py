"""The benefit of the doubt."""

import numpy as np
import pytest
from scipy.optimize import linprog

from steelyard.errors import MethodError
from steelyard.weights.weigh import weigh


def test_three_units_by_hand():
    # 4a + b ≤ 1 and 2a + 2b ≤ 1 bind: the equal shares are out of reach, a = 1/6, b = 1/3 is
    # nearest for every unit. Shares (4a, b), (2a, 2b), (a, b) of the scores 1, 1, 1/2.
    found = weigh("dea", [[4, 1], [2, 2], [1, 1]])
    assert found.details["scores"] == pytest.approx([1, 1, 0.5])
    assert found.details["weights"] == pytest.approx(np.tile([1 / 6, 1 / 3], (3, 1)), abs=1e-7)
    shares = np.array([[2, 1], [1, 2], [1, 2]]) / 3
    assert found.details["shares"] == pytest.approx(shares, abs=1e-7)
    assert found.values == pytest.approx([4 / 9, 5 / 9], abs=1e-7)
    assert found.details["efficient"].tolist() == [True, True, False]


def test_scores_by_the_textbook_program():
    table = np.random.default_rng(3).uniform(1, 9, size=(15, 4))
    scores = [
        -linprog(-row, A_ub=table, b_ub=np.ones(len(table))).fun for row in table
    ]  # fmt: skip
    found = weigh("dea", table)
    assert found.details["scores"] == pytest.approx(scores, abs=1e-8)
    assert (table @ found.details["weights"].T).max() <= 1 + 1e-7
    own = np.einsum("ij,ij->i", table, found.details["weights"])
    assert own == pytest.approx(scores, abs=1e-7)


def test_shares_are_the_nearest_to_equal_on_a_grid():
    table = np.random.default_rng(5).uniform(1, 9, size=(8, 2))
    found = weigh("dea", table)
    grid = np.linspace(0, 1, 100_001)
    shares = np.column_stack([grid, 1 - grid])
    for unit, row in enumerate(table):
        needed = (shares @ (table / row).T).max(axis=1)
        best = shares[needed <= needed.min() * (1 + 1e-9) + 1e-6]
        nearest = best[np.abs(best[:, 0] - 0.5).argmin()]
        assert found.details["shares"][unit] == pytest.approx(nearest, abs=1e-4)


def test_bounds_hold_and_cost_score():
    table = np.random.default_rng(4).uniform(1, 9, size=(12, 4))
    free, bound = weigh("dea", table), weigh("dea", table, bounds=(0.1, 0.4))
    shares = bound.details["shares"]
    assert shares.min() >= 0.1 - 1e-7
    assert shares.max() <= 0.4 + 1e-7
    assert (bound.details["scores"] <= free.details["scores"] + 1e-9).all()
    assert (bound.details["scores"] < free.details["scores"] - 1e-3).any()


def test_bounds_that_leave_no_choice():
    table = [[4.0, 1], [2, 2]]
    found = weigh("dea", table, bounds=([0.25, 0.75], [0.25, 0.75]))
    assert found.values == pytest.approx([0.25, 0.75])
    # 1 / CI of the first unit: the larger of 1 and 0.25 · 2/4 + 0.75 · 2/1.
    assert found.details["scores"] == pytest.approx([1 / 1.625, 1.0])


def test_a_zero_is_left_out_of_the_units_own_score():
    found = weigh("dea", [[4, 0], [2, 2]])
    assert found.details["shares"][0].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    "table, options, sentence",
    [
        ([[1, 2], [0, 0]], {}, "unit #2 are 0"),
        ([[1, 0], [2, 0]], {}, "#2 are 0"),
        ([[1, -1], [2, 3]], {}, "no negative values; there are some in #2"),
        ([[4, 0], [2, 2]], {"bounds": (0.2, 0.8)}, "values of #2 in the unit #1 are 0"),
        ([[4, 1], [2, 2]], {"bounds": (0.6, 0.8)}, "bounds on shares"),
        ([[4, 1], [2, 2]], {"bounds": (0, 0.4)}, "bounds on shares"),
        ([[4, 1], [2, 2]], {"directions": [1, -1]}, "costs #2"),
    ],
)
def test_misuse_is_refused(table, options, sentence):
    with pytest.raises(MethodError, match=sentence):
        weigh("dea", table, **options)
