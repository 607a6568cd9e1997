"""Kemeny's rule against trying every order."""

import itertools

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.assess.aggregate.consensus import consensus
from steelyard.assess.aggregate.relaxation import agreement_bound

NAN = float("nan")


def every_order(shares):
    """Best agreement, number of best orders and mean positions, by brute force."""
    count = len(shares)
    agreements = {
        order: sum(shares[a, b] for a, b in itertools.combinations(order, 2))
        for order in itertools.permutations(range(count))
    }
    top = max(agreements.values())
    best = [order for order, value in agreements.items() if value > top - 1e-9]
    positions = np.mean([np.argsort(order) for order in best], axis=0)
    return top, len(best), positions


@pytest.mark.parametrize("seed", range(12))
def test_every_order_of_six(seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 4, (6, 4)).astype(float)  # few values: many ties and cycles
    outcome = aggregate("kemeny", table, rng.integers(1, 4, 4))
    top, optima, positions = every_order(outcome.details["outranking"])
    assert outcome.details["agreement"] == pytest.approx(top, abs=1e-9)
    assert outcome.details["optima"] == optima
    np.testing.assert_allclose(outcome.scores, 5 - positions, atol=1e-9)


def test_a_cycle_of_three_is_a_tie():
    outcome = aggregate("kemeny", [[3, 1, 2], [2, 3, 1], [1, 2, 3]])
    assert outcome.ranks.tolist() == [1, 1, 1]
    assert outcome.details["optima"] == 3


def test_exact_for_fifteen_entangled_units():
    # A rotation profile: every unit beats the seven after it, so no part can be split off.
    units = np.arange(15)
    shares = np.where((units[None, :] - units[:, None]) % 15 <= 7, 0.6, 0.4)
    np.fill_diagonal(shares, 0.0)
    best = consensus(shares)
    assert best.optima is not None
    assert best.agreement == best.bound
    np.testing.assert_allclose(best.positions, 7)


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_holds_and_is_met_where_the_truth_is_known(seed):
    shares = consensus_shares(7, seed)
    top, _, _ = every_order(shares)
    assert (
        top - 1e-9
        <= agreement_bound(shares)
        <= np.triu(np.maximum(shares, shares.T), 1).sum() + 1e-9
    )


def consensus_shares(count, seed):
    upper = np.triu(np.random.default_rng(seed).uniform(0, 1, (count, count)), 1)
    return upper + np.tril(1 - upper.T, -1)


@pytest.mark.parametrize("count", [20, 40, 70])
def test_beyond_fifteen_the_bound_is_never_below(count):
    table = np.random.default_rng(count).normal(size=(count, 7))
    outcome = aggregate("kemeny", table)
    details = outcome.details
    assert details["agreement"] <= details["bound"] + 1e-9
    shares = details["outranking"]
    order = np.argsort(-outcome.scores)
    assert np.triu(shares[np.ix_(order, order)], 1).sum() == pytest.approx(details["agreement"])
    borda = np.argsort(-shares.sum(axis=1))
    assert np.triu(shares[np.ix_(borda, borda)], 1).sum() <= details["agreement"] + 1e-9


@pytest.mark.parametrize("seed", range(8))
def test_beyond_fifteen_the_order_of_rows_and_columns_does_not_count(seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(40, 6)) if seed % 2 else rng.integers(0, 4, (24, 5)).astype(float)
    rows, columns = rng.permutation(len(table)), rng.permutation(table.shape[1])
    scores = aggregate("kemeny", table).scores
    moved = aggregate("kemeny", table[rows][:, columns]).scores
    np.testing.assert_allclose(moved, scores[rows], atol=1e-9)


def test_seventeen_in_a_circle_tie_whatever_the_order_of_the_rows():
    # Each is first on one indicator, second on the next …: no unit differs from another.
    circle = np.array([[5.0 * ((j - i - 1) % 17) for j in range(17)] for i in range(17)])
    for seed in range(4):
        outcome = aggregate("kemeny", circle[np.random.default_rng(seed).permutation(17)])
        assert outcome.ranks.tolist() == [1] * 17
        assert outcome.details["agreement"] == pytest.approx(17 * 16 / 4)  # half of every pair
        assert outcome.details["bound"] > outcome.details["agreement"]
        assert not outcome.details["exact"]


def test_a_circle_beside_others_ties_in_its_place():
    # Seventeen in a circle, and one that is entangled with them: it ties with each.
    circle = np.array([[5.0 * ((j - i - 1) % 17) for j in range(17)] for i in range(17)])
    table = np.vstack([circle, np.full(17, 40.0)])
    rows = np.random.default_rng(3).permutation(18)
    scores = aggregate("kemeny", table).scores
    assert np.ptp(scores[:17]) < 1e-12
    np.testing.assert_allclose(aggregate("kemeny", table[rows]).scores, scores[rows], atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_beyond_fifteen_twins_share_the_places_that_one_would_have(seed):
    shares = consensus_shares(9, seed)
    single = consensus(shares)  # exact: no more than fifteen
    both = np.kron(shares, np.ones((2, 2))) + np.kron(np.eye(9), 0.5 * (1 - np.eye(2)))
    shuffle = np.random.default_rng(seed).permutation(18)
    double = consensus(both[np.ix_(shuffle, shuffle)])
    expected = np.repeat(2 * single.positions + 0.5, 2)[shuffle]
    assert single.optima == 1
    np.testing.assert_allclose(double.positions, expected, atol=1e-9)
    assert double.agreement == pytest.approx(4 * single.agreement + 9 * 0.5, abs=1e-6)
    assert double.bound >= double.agreement


def test_a_unit_without_cells_is_not_placed():
    outcome = aggregate("kemeny", [[3, 2], [NAN, NAN], [1, 1]])
    assert outcome.ranks.tolist() == [1, 0, 2]


def integer_optimum(shares):
    """The best agreement by integer programming over pairs, without cycles of three."""
    count = len(shares)
    pairs = list(itertools.combinations(range(count), 2))
    number = {pair: place for place, pair in enumerate(pairs)}
    rows = np.zeros((0, len(pairs)))
    for i, j, k in itertools.combinations(range(count), 3):
        row = np.zeros(len(pairs))
        row[[number[i, j], number[j, k], number[i, k]]] = 1, 1, -1
        rows = np.vstack([rows, row])
    margin = np.array([shares[i, j] - shares[j, i] for i, j in pairs])
    found = milp(-margin, constraints=LinearConstraint(rows, 0, 1), integrality=1, bounds=(0, 1))
    return float(margin @ found.x + sum(shares[j, i] for i, j in pairs))


@pytest.mark.parametrize("seed", range(3))
def test_fifteen_entangled_units_against_integer_programming(seed):
    shares = consensus_shares(15, seed)
    best = consensus(shares)
    assert best.optima is not None
    assert best.agreement == pytest.approx(integer_optimum(shares), abs=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_beyond_fifteen_the_bound_is_met_where_the_relaxed_programme_is_whole(seed):
    table = np.random.default_rng(seed).normal(size=(22, 7))
    details = aggregate("kemeny", table).details
    assert details["optima"] is None
    assert details["exact"]
    assert details["agreement"] == pytest.approx(integer_optimum(details["outranking"]), abs=1e-7)
