"""Totals per head, per area, per product."""

import numpy as np
import pytest

from steelyard.assess.denominate import columns_of, denominate
from steelyard.errors import MethodError, NotFoundError

NAN = float("nan")


def test_doctors_per_ten_thousand_people():
    """800 doctors for 400 000 people are 20 per 10 000."""
    found = denominate([[800], [90]], [400_000, 30_000], 10_000)
    assert found.values.ravel().tolist() == pytest.approx([20, 30], rel=1e-15)
    assert not found.lost.any()


def test_each_indicator_by_its_own():
    table = {"population": [100.0, 10.0], "area": [4.0, 8.0]}
    wanted = [None, "population", "area"]
    found = denominate([[5, 50, 2], [5, 50, 2]], columns_of(table, wanted, 2), [1, 10, 1])
    assert found.values.tolist() == [[5, 5, 0.5], [5, 50, 0.25]]


def test_a_value_without_its_denominator_is_lost_and_said_so():
    found = denominate([[6, 6], [NAN, 6]], [[2, NAN], [NAN, 3]])
    np.testing.assert_array_equal(found.values, [[3, NAN], [NAN, 2]])
    assert np.argwhere(found.lost).tolist() == [[0, 1]]


@pytest.mark.parametrize("wrong", [0, -5, float("inf")])
def test_a_denominator_must_be_above_zero(wrong):
    with pytest.raises(MethodError) as caught:
        denominate([[6, 1], [6, 1]], [[1, 1], [wrong, 1]], names=["roads", "x"], units=["A", "B"])
    assert caught.value.key == "impute.denominator"
    assert caught.value.fields["indicators"] == "roads"
    assert caught.value.fields["units"] == "B"


def test_nothing_is_asked_of_the_denominator_of_a_missing_value():
    found = denominate([[6], [NAN]], [2, 0])
    np.testing.assert_array_equal(found.values, [[3], [NAN]])


def test_refusals():
    with pytest.raises(MethodError, match=r"\(3, 1\)"):
        denominate([[6], [6]], [1, 2, 3])
    with pytest.raises(NotFoundError, match="population"):
        columns_of({"population": [1, 2]}, ["people"], 2)


def test_permuting_rows_and_columns_permutes_the_result():
    random = np.random.default_rng(0)
    table, divisors = random.normal(size=(6, 4)), random.uniform(1, 9, (6, 4))
    rows, columns = random.permutation(6), random.permutation(4)
    shuffled = denominate(table[rows][:, columns], divisors[rows][:, columns]).values
    np.testing.assert_array_equal(shuffled, denominate(table, divisors).values[rows][:, columns])
