"""Principal components and varimax."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from steelyard.errors import MethodError
from steelyard.weights.pca import varimax
from steelyard.weights.weigh import weigh


def test_two_indicators_by_hand():
    # Correlation 0.8: eigenvalues 1.8 and 0.2, loadings √0.9 and √0.1 on both.
    found = weigh("pca", [[1, 1], [2, 3], [3, 2], [4, 5], [5, 4]], components=1)
    assert found.details["eigenvalues"] == pytest.approx([1.8, 0.2])
    assert found.details["variance_pct"] == pytest.approx([90, 10])
    assert np.abs(found.details["loadings"][:, 0]) == pytest.approx([0.9**0.5] * 2)
    assert found.values == pytest.approx([0.5, 0.5])


def test_weights_are_the_largest_squared_loadings():
    table = np.random.default_rng(7).normal(size=(30, 6))
    found = weigh("pca", table)
    scaled, share = found.details["scaled"], found.details["explained_share"]
    assert scaled.sum(axis=0) == pytest.approx(np.ones(found.details["components"]))
    group = np.abs(found.details["rotated"]).argmax(axis=1)
    by_group = scaled[range(6), group] * share[group]
    assert found.values == pytest.approx(by_group / by_group.sum())


def criterion(loadings):
    """Kaiser's: the variance of squared loadings of rows of length 1."""
    unit = loadings / np.linalg.norm(loadings, axis=1, keepdims=True)
    return np.square(unit).var(axis=0).sum()


def test_varimax_of_two_components_by_search():
    for seed in range(10):
        loadings = np.random.default_rng(seed).normal(size=(7, 2))

        def turned(angle, loadings=loadings):
            cosine, sine = np.cos(angle), np.sin(angle)
            return loadings @ [[cosine, -sine], [sine, cosine]]

        angles = np.linspace(0, np.pi / 2, 50)
        start = max(angles, key=lambda angle: criterion(turned(angle)))
        best = minimize_scalar(
            lambda angle: -criterion(turned(angle)), bounds=(start - 0.05, start + 0.05),
            method="bounded", options={"xatol": 1e-12},
        )  # fmt: skip
        assert criterion(varimax(loadings)) == pytest.approx(-best.fun, abs=1e-10)


def test_varimax_only_turns():
    loadings = np.random.default_rng(1).normal(size=(8, 3))
    rotated = varimax(loadings)
    assert rotated @ rotated.T == pytest.approx(loadings @ loadings.T, abs=1e-10)
    assert criterion(rotated) > criterion(loadings)


def test_which_components_are_kept():
    # Three pairs of equal columns, unrelated between pairs: eigenvalues 2, 2, 2, 0, 0, 0.
    random = np.random.default_rng(0)
    base, _ = np.linalg.qr(random.normal(size=(20, 3)) - 0)
    base = np.linalg.qr(base - base.mean(axis=0))[0]
    table = np.repeat(base, 2, axis=1)
    for retain in ("variance", "eigenvalue"):
        found = weigh("pca", table, retain=retain)
        assert found.details["components"] == 3
        assert found.values == pytest.approx(np.full(6, 1 / 6))


def test_components_are_added_until_sixty_per_cent_are_explained():
    table = np.random.default_rng(0).normal(size=(400, 20))
    found = weigh("pca", table)
    kept, together = found.details["components"], found.details["cumulative_pct"]
    assert together[kept - 1] > 60 >= together[kept - 2]


def test_turning_a_cost_round_makes_no_difference():
    table = np.random.default_rng(2).normal(size=(25, 4))
    plain, turned = weigh("pca", table), weigh("pca", table, [1, -1, 1, -1])
    assert turned.values == pytest.approx(plain.values, abs=1e-10)


def test_misuse_is_refused():
    with pytest.raises(MethodError, match="needs at least 3 units"):
        weigh("pca", [[1, 2], [2, 1]])
    with pytest.raises(MethodError, match="5 components were asked for; there can be 1 to 2"):
        weigh("pca", [[1, 2], [2, 1], [3, 5]], components=5)


def test_equal_eigenvalues_are_said_and_no_order_decides():
    # Correlations of 0.5, −0.5 and 0.5: two eigenvalues of 1.5. Signs apart, the three are alike.
    table = np.array([[1.0, 2, 2], [3, 2, 4], [3, 3, 2]])
    found = weigh("pca", table)
    assert found.details["eigenvalues"] == pytest.approx([1.5, 1.5, 0])
    assert found.details["ties"] is True
    assert found.values == pytest.approx([1 / 3] * 3)
    for rows in ([2, 0, 1], [1, 2, 0]):
        for columns in ([0, 1, 2], [2, 0, 1]):
            moved = weigh("pca", table[np.ix_(rows, columns)])
            assert moved.values == pytest.approx([1 / 3] * 3)
    assert weigh("pca", [[1, 2, 5], [2, 4, 1], [3, 6, 2], [4, 8, 6]]).details["ties"] is False


def test_unrelated_indicators_have_no_eigenvalue_above_one():
    table = [[1.0, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]  # all eigenvalues 1
    found = weigh("pca", table, retain="eigenvalue")
    assert found.details["components"] == 2  # until over 60 % are explained
    assert found.values == pytest.approx([1 / 3] * 3)
