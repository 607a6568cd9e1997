"""Side by side with pymcdm and scikit-criteria, where the definitions coincide.

Known faults, not imitated: pymcdm's CILOS picks the first of several best units, so the order of
rows decides; its CRITIC scales costs as benefits; it refuses zeros in the entropy.
"""

import numpy as np
import pytest

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
