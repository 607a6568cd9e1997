"""Raw values on the framework's own scales."""

import math

import numpy as np
import pytest

from steelyard.assess.scales import bounds, scale
from steelyard.indicators.indicator import Bilingual, Indicator, Rung


def scores(raw, **what):
    return scale(Indicator("X", Bilingual(), **what), np.array(raw, dtype=float)).tolist()


def rungs(*levels):
    return tuple(Rung(level, Bilingual()) for level in levels)


def test_linear_runs_between_the_goalposts_and_no_further():
    found = scores([60, 70, 85, 100, 130], scale="linear", low=70, high=100)
    assert found == [0, 0, 50, 100, 100]


def test_a_cost_runs_the_other_way():
    found = scores([5, 10, 42.5, 75, 90], direction="cost", scale="linear", low=10, high=75)
    assert found == [100, 100, 50, 0, 0]


def test_log_gives_each_doubling_the_same():
    found = scores([1, 2, 4, 8, 16, 32], scale="log", low=2, high=32)
    assert found == pytest.approx([0, 0, 25, 50, 75, 100], abs=1e-12)


def test_log_holds_zero_and_negatives_at_the_lower_goalpost():
    assert scores([0, -3], scale="log", low=2, high=32) == [0, 0]


def test_log1p_starts_at_zero():
    # 3 + 1 = 4 and 15 + 1 = 16: halfway in doublings
    assert scores([0, 3, 15, 500], scale="log1p", low=0, high=15) == [0, 50, 100, 100]


def test_pudong_and_wuhan_on_the_scale_of_leverage():
    # Pudong 29 is the target; Wuhan's 235 earns no more; 5 earns ln 6 / ln 30
    found = scores([29, 235, 5], scale="log1p", low=0, high=29)
    assert found == pytest.approx([100, 100, 100 * math.log(6) / math.log(30)], abs=1e-12)
    assert found[2] == pytest.approx(52.68, abs=0.005)


def test_interval_is_best_inside_and_falls_to_both_goalposts():
    what = {"direction": "target", "scale": "interval", "low": 0, "high": 12, "interval": (2, 6)}
    assert scores([-1, 0, 1, 2, 4, 6, 9, 12, 20], **what) == [0, 0, 50, 100, 100, 100, 50, 0, 0]


def test_interval_open_at_a_goalpost_has_full_marks_there():
    what = {"direction": "target", "scale": "interval", "low": 0, "high": 10}
    assert scores([0, 3, 10], **what, interval=(0, 5)) == [100, 100, 0]
    assert scores([0, 5, 10], **what, interval=(5, 10)) == [0, 100, 100]


def test_ladder_is_level_over_highest_level():
    assert scores([0, 1, 3, 4], scale="ladder", ladder=rungs(0, 1, 2, 3, 4)) == [0, 25, 75, 100]


def test_ladder_share_takes_the_mean_level():
    # 10 % at level 0, 20 % at 1, 30 % at 2, 40 % at 3: mean level 2.0 of 3
    mean_level = 0.1 * 0 + 0.2 * 1 + 0.3 * 2 + 0.4 * 3
    found = scores([mean_level], scale="ladder-share", ladder=rungs(0, 1, 2, 3))
    assert found == pytest.approx([200 / 3], abs=1e-12)


def test_binary_is_nothing_or_all():
    assert scores([0, 1], scale="binary") == [0, 100]
    assert scores([0, 1], scale="binary", direction="cost") == [100, 0]


@pytest.mark.parametrize(
    "what",
    [
        {"scale": "linear", "low": 0, "high": 1},
        {"scale": "linear", "low": 0, "high": 1, "direction": "cost"},
        {"scale": "log", "low": 1, "high": 10},
        {"scale": "log1p", "low": 0, "high": 10},
        {"scale": "interval", "low": 0, "high": 10, "interval": (2, 3), "direction": "target"},
        {"scale": "interval", "low": 0, "high": 10, "interval": (0, 10), "direction": "target"},
        {"scale": "ladder", "ladder": rungs(0, 1)},
        {"scale": "binary"},
    ],
)
def test_missing_stays_missing(what):
    assert math.isnan(scores([np.nan], **what)[0])


def test_bounds_are_what_a_chart_would_draw():
    ladder = Indicator("X", Bilingual(), scale="ladder", ladder=rungs(0, 1, 2, 3))
    assert bounds(ladder) == (0, 3)
    assert bounds(Indicator("X", Bilingual(), scale="binary")) == (0, 1)
    assert bounds(Indicator("X", Bilingual(), scale="linear", low=10, high=75)) == (10, 75)
