"""Units that report too little are left out."""

import numpy as np
import pytest

from steelyard.assess.screen import screen
from steelyard.errors import MethodError

NAN = float("nan")
# Reports 4, 3, 2 and 0 of four; 1/4, 2/3, none and — of them are 0.
TABLE = [[1, 2, 3, 0], [1, 0, 0, NAN], [1, 2, NAN, NAN], [NAN] * 4]


def test_shares_by_hand():
    screened = screen(TABLE)
    assert screened.availability.tolist() == [1, 0.75, 0.5, 0]
    np.testing.assert_array_equal(screened.nonzero, [0.75, 1 / 3, 1, NAN])


@pytest.mark.parametrize(
    ("available", "nonzero", "kept"),
    [
        (0.9, None, [True, False, False, False]),
        (0.75, None, [True, True, False, False]),
        (0.5, None, [True, True, True, False]),
        (0, None, [True, True, True, True]),
        (0.5, 0.5, [True, False, True, False]),
        (0, 0, [True, True, True, False]),
    ],
)
def test_kept_at_or_above_the_share(available, nonzero, kept):
    assert screen(TABLE, available, nonzero).kept.tolist() == kept


def test_float_noise_does_not_leave_a_unit_out():
    """Nine of ten, asked for 1 − 0.1 and for 0.3 × 3, which is 0.8999… and 0.9000…1."""
    unit = [[*range(9), NAN]]
    assert screen(unit, 1 - 0.1).kept.all()
    assert screen([[1, NAN, NAN]] * 2, 1.1 - 1 + 7 / 30).kept.all()


@pytest.mark.parametrize("share", [-0.1, 1.1, NAN])
def test_a_share_lies_between_none_and_all(share):
    with pytest.raises(MethodError):
        screen(TABLE, share)
    with pytest.raises(MethodError):
        screen(TABLE, 0.5, share)
