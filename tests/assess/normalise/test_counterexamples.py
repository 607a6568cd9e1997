"""Relative normalisations are not steady: the tables of docs/methods.md, by their means."""

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.normalise.normalise import normalise

CASES = {
    # table; weights; the first two units' scores; the same without the last unit
    "best": ([[2, 9], [4, 5], [8, 7]], [1, 1], [0.625, 0.528], [0.75, 0.778]),
    "reference": ([[4, 8], [9, 3], [2, 6]], [1, 1], [1.106, 1.165], [1.035, 0.965]),
    "vector": ([[4, 8], [9, 3], [2, 6]], [1, 1], [0.582, 0.591], [0.671, 0.633]),
    "sum": ([[4, 8], [9, 3], [2, 6]], [1, 1], [0.369, 0.388], [0.518, 0.483]),
    "rank": ([[6, 9], [8, 3], [5, 7]], [3, 2], [12 / 5, 11 / 5], [7 / 5, 8 / 5]),
    "borda": ([[6, 9], [8, 3], [5, 7]], [3, 2], [7 / 5, 6 / 5], [2 / 5, 3 / 5]),
    "percentile": ([[6, 9], [8, 3], [5, 7]], [3, 2], [7 / 10, 6 / 10], [2 / 5, 3 / 5]),
}


def means(method, table, weights):
    return np.average(normalise(method, np.array(table, dtype=float)), axis=1, weights=weights)


@pytest.mark.parametrize("method", CASES)
def test_dropping_a_unit_reorders_the_rest(method):
    table, weights, whole, rest = CASES[method]
    assert means(method, table, weights)[:2] == pytest.approx(whole, abs=6e-4)
    assert means(method, table[:2], weights) == pytest.approx(rest, abs=6e-4)
    assert (whole[0] - whole[1]) * (rest[0] - rest[1]) < 0


@pytest.mark.parametrize(
    ("method", "at_zero", "ten_up"),
    [
        ("vector", [0.22, 0.44, 0.87], [0.51, 0.56, 0.65]),
        ("sum", [0.14, 0.29, 0.57], [0.30, 0.32, 0.38]),
    ],
)
def test_another_zero_changes_the_shares(method, at_zero, ten_up):
    column = np.array([[1.0], [2.0], [4.0]])
    assert normalise(method, column).ravel() == pytest.approx(at_zero, abs=6e-3)
    assert normalise(method, column + 10).ravel() == pytest.approx(ten_up, abs=6e-3)


def test_a_column_without_differences(framework_of, percent):
    """Nobody is better than anybody: no points by Borda, halfway by min–max."""
    dataset = sy.dataset_from_arrays(
        framework_of([("a", None, 1.0, percent)]), ["p", "q"], [[7], [7]]
    )
    for method, score in (("borda", 0), ("minmax", 50)):
        found = sy.score(dataset, sy.Recipe(normalise=method)).scores["index"]
        assert found.tolist() == [score, score]
