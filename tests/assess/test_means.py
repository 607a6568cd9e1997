"""The means, by numbers a person can check."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assess.means import MEANS, mean


def of(name, scores, weights, exponent=2.0):
    found = mean(name, exponent).of(np.array([scores], float), np.array([weights], float))
    return float(found[0])


@pytest.mark.parametrize(
    "name, expected",
    [("arithmetic", 5.0), ("geometric", 4.0), ("harmonic", 3.2), ("power", math.sqrt(34))],
)
def test_mean_of_two_and_eight(name, expected):
    assert of(name, [2, 8], [0.5, 0.5]) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "name, expected",
    [
        ("arithmetic", 0.75 * 20 + 0.25 * 80),
        ("geometric", 20 * math.sqrt(2)),
        ("harmonic", 80 / 3.25),
    ],
)
def test_weights_count(name, expected):
    # geometric: 20^¾ · 80^¼ = 20 · 4^¼; harmonic: 1 / (0.75/20 + 0.25/80) = 80 / (3 + 0.25)
    assert of(name, [20, 80], [0.75, 0.25]) == pytest.approx(expected, rel=1e-14)


def test_a_weight_of_zero_leaves_the_score_out():
    for name in MEANS:
        assert of(name, [40, 0.0], [1, 0]) == pytest.approx(40, rel=1e-15)


def test_the_power_mean_holds_the_others():
    scores, weights = [3, 50, 91], [0.2, 0.5, 0.3]
    assert of("power", scores, weights, 1) == pytest.approx(of("arithmetic", scores, weights))
    assert of("power", scores, weights, -1) == pytest.approx(of("harmonic", scores, weights))
    assert of("power", scores, weights, 0) == pytest.approx(of("geometric", scores, weights))
    assert of("power", scores, weights, 1e-6) == pytest.approx(
        of("geometric", scores, weights), rel=1e-5
    )


scores_and_weights = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(1, 100), min_size=n, max_size=n),
        st.lists(st.integers(1, 9), min_size=n, max_size=n),
    )
)


@given(scores_and_weights)
def test_the_means_stand_in_their_order_and_within_the_scores(drawn):
    scores, weights = drawn[0], np.array(drawn[1]) / sum(drawn[1])
    found = [of(n, scores, weights) for n in ("harmonic", "geometric", "arithmetic", "power")]
    assert found == sorted(found) or np.allclose(found, sorted(found), rtol=1e-12)
    assert min(scores) * (1 - 1e-12) <= found[0]
    assert found[-1] <= max(scores) * (1 + 1e-12)


@given(scores_and_weights, st.floats(0.1, 10))
def test_twice_the_scores_is_twice_the_mean(drawn, factor):
    # Degree one: what makes Euler's parts add up
    scores, weights = np.array(drawn[0]), np.array(drawn[1]) / sum(drawn[1])
    for name in (*MEANS, "power"):
        scaled = of(name, scores * factor, weights)
        assert scaled == pytest.approx(factor * of(name, scores, weights), rel=1e-12)


@pytest.mark.parametrize(
    "name, first, second, expected",
    [
        ("arithmetic", 20, 80, 1),
        ("geometric", 20, 80, math.log(4) / 60),
        ("harmonic", 20, 80, -1 / 1600),
        ("power", 20, 80, 100),
        ("geometric", 50, 50, 1 / 50),
        ("harmonic", 50, 50, -1 / 2500),
        ("power", 50, 50, 100),
    ],
)
def test_the_chord_of_the_generator(name, first, second, expected):
    # (φ(80) − φ(20)) / 60, and φ' where both are equal
    found = mean(name).chord(np.array([float(first)]), np.array([float(second)]))
    assert float(found[0]) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("name", [*MEANS, "power"])
@given(score=st.floats(2, 100))
def test_the_slope_is_the_limit_of_the_chord(name, score):
    one = mean(name)
    step = 1e-4
    wide = one.chord(np.array([score - step]), np.array([score + step]))
    assert float(wide[0]) == pytest.approx(float(one.slope(np.array([score]))[0]), rel=1e-6)
