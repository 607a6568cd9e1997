"""Combinations of weight vectors, worked out by hand."""

import numpy as np
import pytest

from steelyard.errors import SteelyardError
from steelyard.weights.weigh import weigh

FIRST, SECOND = [0.6, 0.4], [0.3, 0.7]


def test_multiplicative():
    # 0.6 · 0.3 : 0.4 · 0.7 = 18 : 28
    found = weigh("combine", weights=[FIRST, SECOND])
    assert found.values == pytest.approx([18 / 46, 28 / 46])


def test_geometric_is_nearest_in_relative_entropy():
    found = weigh("combine", weights=[FIRST, SECOND], how="geometric")
    roots = np.sqrt([0.18, 0.28])
    assert found.values == pytest.approx(roots / roots.sum())

    def apart(w):
        return sum(w[j] * np.log(w[j] / u[j]) for u in (FIRST, SECOND) for j in range(2))

    for share in np.linspace(0.01, 0.99, 99):
        assert apart([share, 1 - share]) >= apart(found.values) - 1e-12


def test_least_squares_is_the_mean_whatever_the_data():
    found = weigh("combine", weights=[FIRST, SECOND], how="least-squares")
    assert found.values == pytest.approx([0.45, 0.55])
    sizes = np.random.default_rng(0).uniform(1, 9, size=2)  # Σ_i z_ij²

    def squares(w):
        return sum(sizes[j] * (u[j] - w[j]) ** 2 for u in (FIRST, SECOND) for j in range(2))

    grid = np.linspace(0, 1, 1001)
    best = min(grid, key=lambda share: squares([share, 1 - share]))
    assert found.values[0] == pytest.approx(best, abs=1e-3)


def test_least_squares_with_shares():
    found = weigh("combine", weights=[FIRST, SECOND], how="least-squares", shares=[3, 1])
    assert found.values == pytest.approx([0.525, 0.475])


def test_game_by_hand():
    # u·u = 0.52, u·v = 0.46, v·v = 0.58; determinant 0.09;
    # α = (0.58 · 0.06, 0.52 · 0.12) / 0.09 = (0.38667, 0.69333).
    found = weigh("combine", weights=[FIRST, SECOND], how="game")
    assert found.details["alpha"] == pytest.approx([0.0348 / 0.09, 0.0624 / 0.09])
    share = 0.0348 / (0.0348 + 0.0624)
    assert found.values[0] == pytest.approx(0.6 * share + 0.3 * (1 - share))


@pytest.mark.parametrize("how", ["geometric", "least-squares", "game"])
def test_equal_vectors_stay_as_they_are(how):
    found = weigh("combine", weights=[FIRST, FIRST, FIRST], how=how)
    assert found.values == pytest.approx(FIRST)


@pytest.mark.parametrize("how", ["multiplicative", "geometric", "least-squares", "game"])
def test_the_order_of_vectors_makes_no_difference(how):
    vectors = np.random.default_rng(1).dirichlet(np.ones(4), size=3)
    found = weigh("combine", weights=vectors, how=how)
    turned = weigh("combine", weights=vectors[::-1], how=how)
    assert turned.values == pytest.approx(found.values)


def test_weights_of_other_methods_serve():
    table = [[1, 5], [2, 1], [4, 3]]
    found = weigh("combine", weights=[weigh("equal", table), weigh("entropy", table)])
    assert found.values == pytest.approx(weigh("entropy", table).values)


@pytest.mark.parametrize(
    "options, sentence",
    [
        ({}, "needs the option weights"),
        ({"weights": [[0.5, 0.5], [1.0]]}, "There are 1 weights for 2"),
        ({"weights": [[0.5, -0.5]]}, "#2 is missing or negative"),
        ({"weights": [[1, 0], [0, 1]]}, "no indicator has any weight"),
        ({"weights": [FIRST], "how": "game", "shares": [1]}, "takes no option shares"),
        ({"weights": [FIRST], "how": "median"}, "knows no “median”"),
    ],
)
def test_misuse_is_refused(options, sentence):
    with pytest.raises(SteelyardError, match=sentence):
        weigh("combine", **options)
