"""Weights that give the wished-for importance, or come as close as weights ≥ 0 can."""

import numpy as np
import pytest

from steelyard.errors import MethodError
from steelyard.weights.weigh import weigh

ORTHOGONAL = np.array([[1.0, 2], [1, -2], [-1, 2], [-1, -2]])


def importance(table, weights, power=2):
    index = table @ weights
    found = np.array([np.corrcoef(column, index)[0, 1] for column in table.T])
    shares = np.sign(found) * np.abs(found) ** power
    return shares / np.abs(shares).sum()


def test_two_unrelated_pillars_by_hand():
    # Unrelated columns: r_j ∝ w_j σ_j. Shares 4 : 1 of r² need w σ of 2 : 1; σ is 1 : 2.
    found = weigh("balance", ORTHOGONAL, importance=[4, 1])
    assert found.values == pytest.approx([0.8, 0.2])
    assert found.details["correlation"] ** 2 == pytest.approx([0.8, 0.2])
    assert found.details["exact"]


def test_the_correlation_itself_as_measure():
    found = weigh("balance", ORTHOGONAL, importance=[2, 1], measure="correlation")
    assert found.values == pytest.approx([0.8, 0.2])
    assert found.details["reached"] == pytest.approx([2 / 3, 1 / 3])


def test_what_is_said_to_be_reached_is_reached():
    for seed in range(10):
        random = np.random.default_rng(seed)
        table = random.normal(size=(20, 4)) @ random.normal(size=(4, 4))
        found = weigh("balance", table, importance=[1, 2, 3, 4])
        assert found.details["reached"] == pytest.approx(importance(table, found.values))
        gap = np.abs(found.details["reached"] - [0.1, 0.2, 0.3, 0.4]).max()
        assert found.details["gap"] == pytest.approx(gap, abs=1e-9)
        if found.details["exact"]:
            assert found.values == pytest.approx(found.details["unbounded"], abs=1e-6)


def test_where_it_cannot_be_had_no_weights_come_closer():
    tried = 0
    for seed in range(12):
        random = np.random.default_rng(seed)
        table = random.normal(size=(12, 3)) @ random.normal(size=(3, 3))
        found = weigh("balance", table)
        if found.details["exact"]:
            continue
        assert found.details["unbounded"].min() < 0
        distance = np.square(found.details["reached"] - 1 / 3).sum()
        steps = np.linspace(0, 1, 61)
        others = [(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1]
        spread = table.std(axis=0)
        for other in others:
            reached = importance(table, np.array(other) / spread)
            assert np.square(reached - 1 / 3).sum() >= distance - 1e-8
        tried += 1
    assert tried >= 3


def test_costs_enter_with_their_sign_turned():
    random = np.random.default_rng(1)
    table = random.normal(size=(20, 3)) + random.normal(size=(20, 1))
    turned = table * [1, -1, 1]
    assert weigh("balance", turned, [1, -1, 1]).values == pytest.approx(
        weigh("balance", table).values
    )


def test_faulty_wishes_are_refused():
    with pytest.raises(MethodError, match="3 wished importances for 2"):
        weigh("balance", ORTHOGONAL, importance=[1, 1, 1])
    with pytest.raises(MethodError, match="not be negative"):
        weigh("balance", ORTHOGONAL, importance=[1, -1])


def test_columns_that_depend_on_each_other_get_the_shortest_of_all_weights():
    # The first two are one column twice, the third is unrelated: the two share what one would get.
    table = ORTHOGONAL[:, [0, 0, 1]]
    found = weigh("balance", table, importance=[4, 4, 1])
    assert not found.details["unique"]
    assert found.values == pytest.approx([0.4, 0.4, 0.2])
    assert weigh("balance", ORTHOGONAL).details["unique"]


def test_four_units_of_five_columns_in_any_order():
    random = np.random.default_rng(0)
    for seed in range(12):
        table = np.random.default_rng(seed).uniform(size=(4, 5))
        rows, columns = random.permutation(4), random.permutation(5)
        found = weigh("balance", table)
        moved = weigh("balance", table[np.ix_(rows, columns)])
        assert moved.values == pytest.approx(found.values[columns], abs=1e-5)
        assert moved.details["gap"] == pytest.approx(found.details["gap"], abs=1e-6)
        assert not found.details["unique"]


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_of_two_columns_that_oppose_each_other_neither_is_chosen(order):
    table = np.array([[0.1, 0.1], [0.3, 0.2], [0.1, 0.1]])[:, order]
    with pytest.raises(MethodError, match="nothing tells"):
        weigh("balance", table, np.array([-1, 1])[order])
