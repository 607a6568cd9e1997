"""The best–worst method against linear programs."""

import numpy as np
import pytest
from scipy.optimize import linprog

from steelyard.errors import MethodError
from steelyard.weights.weigh import weigh


def random_rows(seed, size=5):
    random = np.random.default_rng(seed)
    end = random.integers(3, 10)
    from_best, to_worst = random.integers(2, end + 1, size=(2, size)).astype(float)
    from_best[0] = to_worst[-1] = 1
    from_best[-1] = to_worst[0] = end
    return from_best, to_worst


def feasible(xi, from_best, to_worst, aim=None):
    """Whether weights keep all ratios within ξ; with an aim, the weights that minimise it."""
    size = len(from_best)
    unit = np.eye(size)
    rows = []
    for j in range(size):
        rows += [unit[0] - (from_best[j] + xi) * unit[j], (from_best[j] - xi) * unit[j] - unit[0]]
        rows += [unit[j] - (to_worst[j] + xi) * unit[-1], (to_worst[j] - xi) * unit[-1] - unit[j]]
    found = linprog(
        np.zeros(size) if aim is None else aim,
        A_ub=rows, b_ub=np.full(len(rows), 1e-10), A_eq=[np.ones(size)], b_eq=[1],
    )  # fmt: skip
    return found.status == 0 if aim is None else found.fun


def test_three_indicators_by_hand():
    # The middle one links the ends by 2 · 5 = 10 against 8: (2 − ξ)(5 − ξ) = 8 + ξ, so
    # ξ² − 8 ξ + 2 = 0, ξ = 4 − √14 = 0.2583, and w = 8 + ξ : 5 − ξ : 1 of their sum 14.
    rows = {"best_to_others": [8, 2, 1], "others_to_worst": [1, 5, 8]}
    found = weigh("bwm", model="nonlinear", **rows)
    xi = 4 - 14**0.5
    assert found.details["xi"] == pytest.approx(xi)
    assert found.values == pytest.approx([1 / 14, (5 - xi) / 14, (8 + xi) / 14])
    assert found.details["CR"] == pytest.approx(xi / 4.47, abs=1e-4)


@pytest.mark.parametrize("seed", range(12))
def test_nonlinear_xi_by_bisection(seed):
    from_best, to_worst = random_rows(seed)
    low, high = 0.0, 9.0
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (low, middle) if feasible(middle, from_best, to_worst) else (middle, high)
    found = weigh("bwm", best_to_others=from_best, others_to_worst=to_worst, model="nonlinear")
    assert found.details["xi"] == pytest.approx(high, abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_nonlinear_intervals_by_linear_programs(seed):
    from_best, to_worst = random_rows(seed)
    found = weigh("bwm", best_to_others=from_best, others_to_worst=to_worst, model="nonlinear")
    xi = found.details["xi"] + 1e-7
    for j, (low, high) in enumerate(found.details["intervals"]):
        assert low == pytest.approx(feasible(xi, from_best, to_worst, np.eye(5)[j]), abs=1e-5)
        assert high == pytest.approx(-feasible(xi, from_best, to_worst, -np.eye(5)[j]), abs=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_linear_xi_is_what_the_weights_leave(seed):
    from_best, to_worst = random_rows(seed)
    found = weigh("bwm", best_to_others=from_best, others_to_worst=to_worst)
    w = found.values

    def largest(w):
        return max(abs(w[0] - from_best * w).max(), abs(w - to_worst * w[-1]).max())

    assert found.details["xi"] == pytest.approx(largest(w), abs=1e-9)
    random = np.random.default_rng(seed)
    for _ in range(300):
        other = np.abs(w + random.normal(scale=0.03, size=5))
        assert largest(other / other.sum()) >= found.details["xi"] - 1e-9


def test_consistency_index_is_the_published_table():
    published = [0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23]
    for end, expected in zip(range(2, 10), published, strict=True):
        rows = {"best_to_others": [1, end], "others_to_worst": [end, 1]}
        found = weigh("bwm", model="nonlinear", **rows)
        assert found.details["CI"] == pytest.approx(expected, abs=0.0051)
        assert found.values == pytest.approx([end / (end + 1), 1 / (end + 1)])


def test_input_based_ratio_by_hand():
    found = weigh("bwm", best_to_others=[1, 3, 8], others_to_worst=[8, 4, 1])
    assert found.details["CR_input"] == pytest.approx((3 * 4 - 8) / (8 * 8 - 8))


@pytest.mark.parametrize("model", ["linear", "nonlinear"])
def test_order_of_indicators_makes_no_difference(model):
    from_best, to_worst = random_rows(4)
    order = np.array([3, 0, 4, 2, 1])
    found = weigh("bwm", best_to_others=from_best, others_to_worst=to_worst, model=model)
    turned = weigh(
        "bwm", best_to_others=from_best[order], others_to_worst=to_worst[order], model=model
    )
    assert turned.values == pytest.approx(found.values[order], abs=1e-8)


@pytest.mark.parametrize("model", ["linear", "nonlinear"])
def test_two_that_are_best_alike_weigh_alike(model):
    found = weigh(
        "bwm", best_to_others=[1, 1, 3, 8], others_to_worst=[8, 8, 2, 1], model=model
    ).values
    assert found[0] == pytest.approx(found[1], abs=1e-9)


@pytest.mark.parametrize(
    "best, others, sentence",
    [
        (None, [2, 1], "best_to_others"),
        ([1, 2], None, "others_to_worst"),
        ([1, 0.5], [2, 1], "below 1"),
        ([2, 3], [3, 1], "no indicator is judged 1"),
        ([1, 3], [2, 1], "differ on how the best compares"),
        ([1, 3, 4], [3, 1], "differ in length"),
    ],
)
def test_faulty_rows_are_refused(best, others, sentence):
    with pytest.raises(MethodError, match=sentence):
        weigh("bwm", best_to_others=best, others_to_worst=others)
