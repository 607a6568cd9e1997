"""Levels and every gate of smart2015, at its boundary and just below."""

import math

import numpy as np
import pytest

from steelyard import Recipe, dataset_from_arrays, load_framework, score
from steelyard.indicators.framework import Level, LevelSet
from steelyard.indicators.indicator import Bilingual

SMART = load_framework("smart2015")
BELOW = 1e-6
GIVEN = {"survey_sample": 400, "serious_incidents": 0, "previous_level": 5}


def raw_for(indicator, points):
    """The raw value that scores `points`, worked out by hand for each scale."""
    share = points / 100
    if indicator.scale == "binary":
        return share
    if indicator.scale in ("ladder", "ladder-share"):
        return share * indicator.ladder[-1].level
    low, high = indicator.low, indicator.high
    if indicator.interval:
        return low + share * (indicator.interval[0] - low)
    if indicator.scale == "log":
        return low * (high / low) ** share
    if indicator.scale == "log1p":
        return math.expm1(share * math.log1p(high))
    return (
        high - share * (high - low) if indicator.direction == "cost" else low + share * (high - low)
    )


def graded(points=100.0, raw=(), recipe=None, **auxiliary):
    """One city with every indicator at `points` (or by goal), but for some raw values."""
    points = points if isinstance(points, dict) else dict.fromkeys("ABCDEF", points)
    values = [raw_for(one, points[one.code[0]]) for one in SMART.indicators]
    for code, value in dict(raw).items():
        values[SMART.codes.index(code)] = value
    given = {code: [value] for code, value in {**GIVEN, **auxiliary}.items()}
    return score(dataset_from_arrays(SMART, ["city"], [values], auxiliary=given), recipe)


def level(*arguments, **settings):
    grades = graded(*arguments, **settings).grades
    return int(grades.by_score[0]), int(grades.final[0]), grades.binding[0]


@pytest.mark.parametrize("bound, number", [(0, 1), (30, 2), (50, 3), (70, 4), (85, 5)])
def test_a_level_begins_at_its_bound_and_not_before(bound, number):
    assert level(bound)[0] == number
    if bound:
        assert level(bound - BELOW)[0] == number - 1


@pytest.mark.parametrize("points, number", [(0, 1), (55, 2), (70, 3), (85, 4), (100, 4)])
def test_the_other_level_set_has_bounds_of_its_own_and_no_gates(points, number):
    recipe = Recipe(levels="national2017")
    assert level(points, recipe=recipe) == (number, number, None)
    if 0 < points < 100:
        assert level(points - BELOW, recipe=recipe) == (number - 1, number - 1, None)


@pytest.mark.parametrize(
    "points, number", [(69.999999996, 2), (69.999999994, 1), (70.0, 2), (69.99999999, 1)]
)
def test_a_bound_is_met_once_the_score_rounds_to_it_at_8_decimals(framework_of, points, number):
    levels = LevelSet("default", Bilingual(), (Level(1, Bilingual(), 0), Level(2, Bilingual(), 70)))
    framework = framework_of(
        [("A", None, 1, {"scale": "linear", "low": 0.0, "high": 100.0})], level_sets=(levels,)
    )
    found = score(dataset_from_arrays(framework, ["city"], [[points]]))
    assert found.grades.final.tolist() == [number]


def test_gate_1_no_goal_two_levels_behind():
    assert level({**dict.fromkeys("ABDEF", 100), "C": 70}) == (5, 5, None)
    assert level({**dict.fromkeys("ABDEF", 100), "C": 70 - BELOW}) == (5, 4, "1")
    assert level({**dict.fromkeys("ABDEF", 100), "C": 50}) == (5, 4, "1")
    assert level({**dict.fromkeys("ABDEF", 100), "C": 50 - BELOW}) == (5, 3, "1")
    assert level({**dict.fromkeys("ABDEF", 100), "C": 30 - BELOW}) == (5, 2, "1")


def test_gate_1_looks_at_the_goals_that_count_only():
    assert level({**dict.fromkeys("ABCDE", 100), "F": 0}, {"F101": 2}) == (5, 5, None)
    counted = Recipe(weigh="with-enablers")
    everywhere = {**dict.fromkeys("ABCDE", 100), "F": 20}
    assert level(everywhere, {"F101": 2}, recipe=counted) == (5, 2, "1")


def test_gate_2_security_floor():
    for points, final in ((85, 5), (85 - BELOW, 4), (70, 4), (70 - BELOW, 3)):
        security = {**dict.fromkeys("ABCDF", 100), "E": points}
        assert level(security)[0] == 5
        # E101 follows the goal here, so gate 5 may hold the city lower still
        assert allowed_by("2", security) == final


def allowed_by(code, *arguments, **settings):
    grades = graded(*arguments, **settings).grades
    place = [gate.code for gate in grades.gates].index(code)
    return int(grades.allowed[0, place])


def test_gate_2_one_serious_incident_caps_at_3():
    assert level(serious_incidents=0) == (5, 5, None)
    assert level(serious_incidents=1) == (5, 3, "2")
    assert level(serious_incidents=None) == (5, 5, None)
    assert level(60, serious_incidents=1)[0] == 3
    assert allowed_by("2", 60, serious_incidents=1) == 3


@pytest.mark.parametrize("depth, final", [(2.5, 5), (2.5 - BELOW, 3), (2.0, 3), (2.0 - BELOW, 2)])
def test_gate_3_depth_of_online_services(depth, final):
    assert level(raw={"A101": depth}) == (5, final, None if final == 5 else "3")


@pytest.mark.parametrize(
    "raw, final",
    [
        ({"B101": 50}, 5),
        ({"B101": 50 - BELOW}, 2),
        ({"F101": 2}, 5),
        ({"F101": 1}, 2),
        ({"F101": np.nan}, 2),
        ({"B101": np.nan}, 2),
    ],
)
def test_gate_4_data_sharing_and_coordination(raw, final):
    assert level(raw=raw) == (5, final, None if final == 5 else "4")


@pytest.mark.parametrize(
    "raw, sample, final",
    [
        ({"E101": 80}, 400, 5),
        ({"E101": 80 - BELOW}, 400, 3),
        ({"E101": 60}, 400, 3),
        ({"E101": 60 - BELOW}, 400, 2),
        ({}, 120, 5),
        ({}, 119, 3),
        ({}, None, 3),
        ({"A501": np.nan}, 400, 3),
    ],
)
def test_gate_5_survey_and_classified_protection(raw, sample, final):
    found = level(raw=raw, survey_sample=sample)
    assert found == (5, final, None if final == 5 else "5")


def test_gate_6_below_three_quarters_of_the_weight_there_is_no_level():
    # Goal B is 0.16 / 0.88 of the index, A's dimension A4 0.28 · 0.24 / 0.88
    without_b = {one.code: np.nan for one in SMART.indicators if one.code.startswith("B")}
    grades = graded(raw=without_b).grades
    assert (grades.final[0], grades.by_score[0], grades.binding[0]) == (0, 5, "6")
    assert grades.provisional[0]
    assert grades.thin_goals == (("B",),)


def test_gate_6_at_its_boundaries(framework_of, percent):
    nodes = [("A", None, 1), *((f"A{k}", "A", 1, percent) for k in range(20))]
    levels = LevelSet("default", Bilingual(), (Level(1, Bilingual(), 0),))
    framework = framework_of(nodes, level_sets=(levels,))
    rows = [[50.0] * 15 + [np.nan] * 5, [50.0] * 14 + [np.nan] * 6]
    grades = score(dataset_from_arrays(framework, "ab", rows)).grades
    assert grades.provisional.tolist() == [False, True]
    assert grades.final.tolist() == [1, 0]
    assert grades.binding == (None, "coverage")


def test_gate_6_sixty_percent_of_each_goal(framework_of, percent):
    nodes = [("A", None, 9), ("A1", "A", 1, percent), ("B", None, 1)]
    nodes += [(f"B{k}", "B", 1, percent) for k in range(10)]
    framework = framework_of(nodes)
    rows = [[50.0, *[50.0] * 6, *[np.nan] * 4], [50.0, *[50.0] * 5, *[np.nan] * 5]]
    grades = score(dataset_from_arrays(framework, "ab", rows)).grades
    assert grades.provisional.tolist() == [False, True]
    assert grades.thin_goals == ((), ("B",))


@pytest.mark.parametrize("before, final", [(5, 5), (4, 5), (3, 4), (1, 4), (None, 5)])
def test_gate_7_level_5_needs_level_4_the_year_before(before, final):
    assert level(previous_level=before) == (5, final, None if final == 5 else "7")


def test_the_lowest_gate_binds_and_of_equals_the_first():
    assert level(raw={"A101": 2.4, "B101": 10}) == (5, 2, "4")
    assert level(raw={"A101": 2.4, "E101": 70}) == (5, 3, "3")


def test_a_gate_above_the_score_does_not_bind():
    assert level(40, previous_level=1) == (2, 2, None)


def test_a_text_is_no_number():
    assert level(survey_sample="many") == (5, 3, "5")


def test_without_levels_there_are_none(framework_of, percent):
    grades = score(
        dataset_from_arrays(framework_of([("A", None, 1, percent)]), ["city"], [[50]])
    ).grades
    assert grades.level_set is None
    assert grades.final.tolist() == [0]
    assert not grades.provisional[0]
