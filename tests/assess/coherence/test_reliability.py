"""Alpha, KMO and Bartlett against the OECD Handbook and against their definitions."""

import json
from pathlib import Path

import numpy as np
import pytest

from steelyard.assess.coherence.correlation import correlations
from steelyard.assess.coherence.importance import effective_importance
from steelyard.assess.coherence.reliability import bartlett, cronbach_alpha, eigenvalues, kmo

TAI = Path(__file__).parents[2] / "truth" / "oecd_handbook_cronbach_alpha_tai.json"


@pytest.fixture
def tai():
    return json.loads(TAI.read_text("utf-8"))


def test_alpha_of_the_technology_achievement_index(tai):
    matrix = np.array(tai["matrix"])
    assert cronbach_alpha(matrix) == pytest.approx(tai["expected"]["alpha"], abs=0.005)


def test_alpha_with_each_indicator_deleted(tai):
    matrix = np.array(tai["matrix"])
    without = [cronbach_alpha(np.delete(matrix, column, axis=1)) for column in range(8)]
    assert without == pytest.approx(tai["expected"]["alpha_if_deleted"], abs=0.002)


def test_correlation_of_each_indicator_with_the_sum_of_the_others(tai):
    matrix = np.array(tai["matrix"])
    z = (matrix - matrix.mean(axis=0)) / matrix.std(axis=0, ddof=1)
    rest = z.sum(axis=1, keepdims=True) - z
    found = [correlations(z[:, [j]], rest[:, [j]])[0, 0] for j in range(8)]
    assert found == pytest.approx(tai["expected"]["item_total_corr"], abs=0.007)


def test_raw_alpha_by_hand():
    # columns 1 2 3 and 2 2 5: variances 1 and 3, sums 3 4 8 with variance 7
    matrix = np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 5.0]])
    assert cronbach_alpha(matrix, standardised=False) == pytest.approx(2 * (1 - 4 / 7))


def test_correlations_with_missing_cells_use_the_pairs_that_are_there():
    rng = np.random.default_rng(4)
    matrix = rng.normal(1e6, 1.0, (30, 4))
    matrix[rng.random((30, 4)) < 0.2] = np.nan
    for i in range(4):
        for j in range(4):
            both = ~np.isnan(matrix[:, i]) & ~np.isnan(matrix[:, j])
            expected = np.corrcoef(matrix[both, i], matrix[both, j])[0, 1]
            assert correlations(matrix)[i, j] == pytest.approx(expected, abs=1e-9)


def test_a_constant_column_has_no_correlation():
    matrix = np.array([[1.0, 0.1], [2.0, 0.1], [3.0, 0.1], [5.0, 0.1]])
    assert np.isnan(correlations(matrix)[0, 1])


def test_kmo_from_the_residuals_of_regressions():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(60, 4)) + rng.normal(size=(60, 1))
    centred = x - x.mean(axis=0)
    partial = np.eye(4)
    for i in range(4):
        for j in range(4):
            if i == j:
                continue
            rest = [k for k in range(4) if k not in (i, j)]
            residual = [
                centred[:, k]
                - centred[:, rest] @ np.linalg.lstsq(centred[:, rest], centred[:, k], rcond=None)[0]
                for k in (i, j)
            ]
            partial[i, j] = np.corrcoef(*residual)[0, 1]
    r = np.corrcoef(x, rowvar=False)
    off = ~np.eye(4, dtype=bool)
    expected = (r[off] ** 2).sum() / ((r[off] ** 2).sum() + (partial[off] ** 2).sum())
    assert kmo(r)[0] == pytest.approx(expected, rel=1e-10)


def test_bartlett_of_two_columns_by_hand():
    # det R = 1 - 0.6² = 0.64; χ² = -(20 - 1 - 9/6) ln 0.64
    test = bartlett(np.array([[1.0, 0.6], [0.6, 1.0]]), 20)
    assert test.chi_square == pytest.approx(17.5 * 0.4462871026284195)
    assert test.degrees == 1
    assert test.p_value == pytest.approx(0.00520, abs=5e-5)


def test_eigenvalues_of_two_columns_are_one_plus_and_minus_r():
    assert eigenvalues(np.array([[1.0, 0.6], [0.6, 1.0]])).tolist() == pytest.approx([1.6, 0.4])


def test_importance_of_independent_columns_goes_with_the_square_of_weight_times_spread():
    x = np.array([[1.0, 2.0], [1.0, -2.0], [-1.0, 2.0], [-1.0, -2.0]])
    index = 0.5 * x[:, 0] + 0.5 * x[:, 1]
    assert effective_importance(x, index).tolist() == pytest.approx([1 / 5, 4 / 5])
