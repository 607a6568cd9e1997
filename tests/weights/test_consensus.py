"""Goepel's consensus indicator at its ends, and by its published formula."""

import numpy as np
import pytest

from steelyard.weights.consensus import consensus


def extreme(experts, items):
    shares = np.ones((experts, items))
    shares[np.arange(experts), np.arange(experts)] = 9
    return shares / (items + 8)


@pytest.mark.parametrize("experts, items", [(2, 2), (2, 5), (4, 5), (5, 5)])
def test_experts_who_each_prefer_another_item_have_none(experts, items):
    assert consensus(extreme(experts, items)) == pytest.approx(0.0, abs=1e-12)


def test_experts_who_agree_have_all_of_it():
    assert consensus(np.tile([0.5, 0.3, 0.2], (4, 1))) == pytest.approx(1.0)


def test_between_the_ends_as_published():
    # Goepel (2013) for k = 2 experts and n = 3 items on a scale to 9.
    shares = np.array([[0.6, 0.3, 0.1], [0.2, 0.5, 0.3]])
    log = np.log
    within = -np.mean([sum(p * log(p) for p in row) for row in shares])
    together = -sum(p * log(p) for p in [0.4, 0.4, 0.2])
    alpha_least = -(9 / 11) * log(9 / 11) - 2 * (1 / 11) * log(1 / 11)
    gamma_most = -(1 / 11) * log(1 / 11) - (10 / 11) * log(5 / 11)
    least = np.exp(alpha_least - gamma_most)
    expected = (np.exp(within - together) - least) / (1 - least)
    assert consensus(shares) == pytest.approx(expected)


def test_one_expert_has_no_consensus_to_speak_of():
    assert np.isnan(consensus(np.array([[0.5, 0.5]])))
