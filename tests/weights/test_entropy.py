"""Entropy and the other looks at spread, worked out by hand."""

import numpy as np
import pytest

from steelyard.errors import MethodError, SteelyardError
from steelyard.weights.weigh import weigh


def test_two_units_by_hand():
    # Shares (1/4, 3/4) and (1/2, 1/2): e = 0.8113 and 1 in bits, and ln 2 units = 1 bit.
    found = weigh("entropy", [[1, 3.0], [3, 3.0 + 1e-9]])
    assert found.details["entropy"][0] == pytest.approx(0.8113, abs=5e-5)
    assert found.values[0] == pytest.approx(1.0)


def test_zeros_are_refused_unless_their_limit_is_asked_for():
    table = [[0, 1], [1, 2], [1, 4]]
    with pytest.raises(MethodError, match="zeros in #1"):
        weigh("entropy", table)
    found = weigh("entropy", table, zeros="limit")
    assert found.details["entropy"][0] == pytest.approx(np.log(2) / np.log(3))


def test_minmax_takes_directions_and_negatives():
    # Scaled from worst to best: (0, 1/4, 1) and, as a cost, (1, 0, 1/2).
    found = weigh("entropy", [[-2, 1], [0, 5], [6, 3]], [1, -1], normalisation="minmax")
    first = -(0.2 * np.log(0.2) + 0.8 * np.log(0.8)) / np.log(3)
    second = -(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 3)) / np.log(3)
    assert found.details["entropy"] == pytest.approx([first, second])
    assert found.values[0] == pytest.approx((1 - first) / (2 - first - second))


def test_the_shift_of_minmax():
    found = weigh("entropy", [[0, 0], [1, 1], [3, 2]], normalisation="minmax", shift=1.0)
    shares = np.array([1, 4 / 3, 2]) / (13 / 3)
    disorder = -(shares * np.log(shares)).sum() / np.log(3)
    assert found.details["entropy"][0] == pytest.approx(disorder)


@pytest.mark.parametrize("options", [{"shift": 0.1}, {"shift": -1, "normalisation": "minmax"}])
def test_a_shift_without_sense_is_refused(options):
    with pytest.raises(SteelyardError, match="shift"):
        weigh("entropy", [[1, 2], [3, 4]], **options)


def test_costs_count_as_they_are():
    table = [[1, 4], [2, 9], [3, 2]]
    plain, directed = weigh("entropy", table), weigh("entropy", table, [1, -1])
    assert directed.values.tolist() == plain.values.tolist()


@pytest.mark.parametrize("method", ["entropy", "variation", "deviation", "angle", "merec"])
def test_a_constant_column_is_refused_or_weighs_nothing(method):
    table = [[1, 7, 2], [2, 7, 5], [4, 7, 3]]
    with pytest.raises(MethodError, match="All values of #2 are alike"):
        weigh(method, table)
    found = weigh(method, table, constant="zero").values
    assert found[1] == 0.0
    without = weigh(method, np.delete(table, 1, axis=1)).values
    if method != "merec":  # which divides by the number of indicators
        assert found[[0, 2]] == pytest.approx(without)


@pytest.mark.parametrize("method", ["critic", "lopcow", "cilos", "idocriw", "pca", "balance"])
def test_a_constant_column_is_refused_where_nothing_is_defined(method):
    with pytest.raises(MethodError, match="All values of #2 are alike"):
        weigh(method, [[1, 7, 2], [2, 7, 5], [4, 7, 3]])


def test_angle_by_hand():
    # (1, 3): mean 2, deviation 1, so the tangent is 1/2; the cosine 4 / (√2 · √10) agrees.
    found = weigh("angle", [[1, 0], [3, 2]])
    assert np.tan(found.details["angle"]) == pytest.approx([0.5, 1.0])
    assert np.cos(found.details["angle"][0]) == pytest.approx(4 / np.sqrt(20))


def test_variation_by_hand():
    # (2, 4): σ = √2, mean 3; (1, 5): σ = 2√2, mean 3; so 1 : 2.
    assert weigh("variation", [[2, 1], [4, 5]]).values == pytest.approx([1 / 3, 2 / 3])


def test_critic_by_hand():
    # Scaled (0, ½, 1), (0, 1, ½), (1, ½, 0): σ = ½ each; r12 = ½, r13 = −1, r23 = −½,
    # so C = ½ · (½ + 2, ½ + 1½, 2 + 1½).
    found = weigh("critic", [[1, 10, 9], [2, 30, 8], [3, 20, 7]])
    assert found.details["information"] == pytest.approx([1.25, 1.0, 1.75])
    assert found.values == pytest.approx([1.25 / 4, 1 / 4, 1.75 / 4])


def test_critic_of_a_cost_turned_round():
    table = np.array([[1.0, 10, 9], [2, 30, 8], [3, 20, 7]])
    turned = weigh("critic", table * [1, 1, -1]).values
    assert weigh("critic", table, [1, 1, -1]).values == pytest.approx(turned)


def test_critic_where_all_say_the_same():
    with pytest.raises(MethodError, match="no indicator has any weight"):
        weigh("critic", [[1, 2], [2, 4], [4, 8]])


def test_merec_by_hand():
    # Benefits (1, 2), (1, 4): |ln n| = (0, ln 2), (0, ln 4); unit 2: S = ln(1 + ln 8 / 2),
    # without the first ln(1 + ln 4 / 2), without the second ln(1 + ln 2 / 2).
    found = weigh("merec", [[1, 1], [2, 4]])
    whole = np.log(1 + np.log(8) / 2)
    effects = [whole - np.log(1 + np.log(4) / 2), whole - np.log(1 + np.log(2) / 2)]
    assert found.details["E"] == pytest.approx(effects)
    assert found.details["S_removed"][1] == pytest.approx(
        [np.log(1 + np.log(4) / 2), np.log(1 + np.log(2) / 2)]
    )


def test_lopcow_of_one_unit_against_the_rest_is_nothing():
    # (0, 0, 1): root mean square and sample deviation are both √(1/3).
    found = weigh("lopcow", [[0, 1], [0, 2], [1, 4]])
    assert found.values == pytest.approx([0.0, 1.0])


def test_cilos_by_hand():
    # Best rows: unit 1 for both the first (4, 1) and unit 2 for the second (2, 2): each loses half.
    found = weigh("cilos", [[4, 1], [2, 2]])
    assert found.details["P"] == pytest.approx(np.array([[0, 0.5], [0.5, 0]]))
    assert found.values == pytest.approx([0.5, 0.5])


def test_cilos_of_one_unit_best_everywhere():
    with pytest.raises(MethodError, match="do not determine"):
        weigh("cilos", [[4, 5], [2, 2], [1, 3]])


def test_cilos_turns_costs_round_by_their_reciprocal():
    table = np.array([[3.0, 100], [2.5, 120], [1.8, 50]])
    turned = table.copy()
    turned[:, 0] = 1.8 / table[:, 0]
    assert weigh("cilos", table, [-1, 1]).values == pytest.approx(weigh("cilos", turned).values)
