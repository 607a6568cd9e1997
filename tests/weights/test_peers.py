"""Side by side with pymcdm and scikit-criteria, where the definitions coincide.

Known faults, not imitated: pymcdm's CILOS picks the first of several best units, so the order of
rows decides; its CRITIC scales costs as benefits; it refuses zeros in the entropy.
"""

import itertools

import numpy as np
import pytest

from steelyard.errors import MethodError
from steelyard.weights.weigh import weigh

SEEDS = range(10)

peers = pytest.importorskip("pymcdm.weights")
PEERS = {
    "angle": ("angle_weights", False),
    "cilos": ("cilos_weights", True),
    "critic": ("critic_weights", False),
    "deviation": ("standard_deviation_weights", False),
    "entropy": ("entropy_weights", False),
    "idocriw": ("idocriw_weights", True),
    "lopcow": ("lopcow_weights", True),
    "merec": ("merec_weights", True),
}


def drawn(seed):
    random = np.random.default_rng(seed)
    table = random.uniform(1, 100, size=(12, 5))
    return table, random.choice([-1, 1], size=5)


@pytest.mark.parametrize("method", PEERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_pymcdm_agrees(method, seed):
    function, directed = PEERS[method]
    table, signs = drawn(seed)
    theirs = getattr(peers, function)(table, signs)
    ours = weigh(method, table, signs if directed else None).values
    assert ours == pytest.approx(theirs, abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_criteria_agrees_on_critic_of_benefits(seed):
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    table, _ = drawn(seed)
    ours = weigh("critic", table).values
    theirs = weighters.critic_weights(table, np.ones(5, dtype=int), "pearson", scale=True)
    assert ours == pytest.approx(theirs / theirs.sum(), abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_criteria_agrees_on_entropy(seed):
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    table, _ = drawn(seed)
    assert weigh("entropy", table).values == pytest.approx(
        weighters.entropy_weights(table), abs=1e-10
    )


def test_scikit_criteria_agrees_on_the_limit_of_zeros():
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    table = np.array([[0.0, 1], [1, 2], [1, 4]])
    ours = weigh("entropy", table, zeros="limit")
    assert ours.values == pytest.approx(weighters.entropy_weights(table), abs=1e-12)


def test_pymcdm_lets_the_order_of_rows_decide_where_units_tie():
    table = np.array([[5.0, 2, 3], [5, 7, 1], [1, 7, 3], [2, 3, 2], [4, 4, 5]])
    signs = np.ones(3)
    theirs, turned = (peers.cilos_weights(rows, signs) for rows in (table, table[::-1]))
    assert abs(theirs - turned).max() > 0.05
    assert weigh("cilos", table).values == pytest.approx(weigh("cilos", table[::-1]).values)


@pytest.mark.parametrize("seed", SEEDS)
def test_pymcdm_agrees_on_judgements(seed):
    subjective = pytest.importorskip("pymcdm.weights.subjective")
    random = np.random.default_rng(seed)
    judged = np.ones((5, 5))
    for i, j in itertools.combinations(range(5), 2):
        judged[i, j] = random.choice([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 7.0])
        judged[j, i] = 1 / judged[i, j]
    assert weigh("ahp", judged).values == pytest.approx(subjective.AHP(matrix=judged)(), abs=1e-9)
    ranking = random.integers(1, 4, 5)
    ours = weigh("rancom", ranking=ranking).values
    assert ours == pytest.approx(subjective.RANCOM(ranking=ranking)(), abs=1e-12)


def test_pymcdm_takes_a_cost_for_a_benefit_in_critic():
    # A table of two benefits and a cost: the cost turned round is a benefit like the others.
    table, signs = np.array([[1.0, 5, 9], [2, 3, 4], [3, 4, 2], [5, 1, 1]]), np.array([1, 1, -1])
    theirs = peers.critic_weights(table, signs)
    assert theirs == pytest.approx(peers.critic_weights(table, np.ones(3)))
    assert theirs == pytest.approx(weigh("critic", table).values)
    assert abs(theirs - weigh("critic", table, signs).values).max() > 0.05


def test_pymcdm_refuses_a_zero_in_the_entropy_and_here_it_is_named():
    table = np.array([[0.0, 1], [1, 2], [1, 4]])
    with pytest.raises(ValueError):
        peers.entropy_weights(table)
    with pytest.raises(MethodError, match="#1"):
        weigh("entropy", table)
