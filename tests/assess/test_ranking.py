import numpy as np
import pytest

from steelyard.assess.ranking import comparable, rank


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([3.0, 1.0, 2.0], [1, 3, 2]),
        ([5.0, 5.0, 4.0, 9.0], [2, 2, 4, 1]),
        ([0.1 + 0.2, 0.3], [1, 1]),
        ([1.00000001, 1.0], [1, 2]),
        ([1.000000001, 1.0], [1, 1]),
        ([np.nan, 2.0, 3.0], [0, 2, 1]),
        ([np.nan, np.nan], [0, 0]),
        ([], []),
    ],
)
def test_ranks_compete_on_eight_decimals(scores, expected):
    ranks = rank(scores)
    assert ranks.tolist() == expected
    assert ranks.dtype == np.int64


def test_noise_around_an_exact_half_splits_no_tie():
    half = 0.001953125  # 1/512 ends in a 5 at the ninth decimal
    assert rank([half - 1e-17, half + 1e-17, half * (1 + 2e-16)]).tolist() == [1, 1, 1]


def test_ranks_agree_with_counting_the_better_ones():
    scores = np.random.default_rng(5).integers(0, 20, 60) / 7
    counted = [1 + sum(other > own + 1e-9 for other in scores) for own in scores]
    assert rank(scores).tolist() == counted


def test_comparable_keeps_missing():
    assert np.isnan(comparable([np.nan])).all()
