"""The invented cities: every level, every gate, both years."""

import json

import numpy as np
import openpyxl
import pytest

from steelyard import Recipe, read, sample_path, score


@pytest.fixture(scope="module")
def demo():
    return read(sample_path("demo_cities"), year="all")


def test_thirty_cities_two_years_all_indicators(demo):
    assert len(demo) == 60
    assert set(demo.years) == {2023, 2024}
    assert len(set(demo.cities)) == 30
    assert demo.absent == ()
    assert (~np.isnan(demo.values)).sum() > 0.99 * demo.values.size


def test_no_sheet_hides_that_it_is_invented():
    for sheet in openpyxl.load_workbook(sample_path("demo_cities")):
        assert "纯属虚构" in sheet["A2"].value
        assert "invented" in sheet["A2"].value


def test_no_invented_name_is_taken_for_a_real_city(demo):
    codes = {issue.code for issue in demo.issues}
    assert not {code for code in codes if code.startswith("reading.name")}


def test_all_levels_occur_and_every_gate_binds_somewhere(demo):
    grades = score(demo.rows([r for r, year in enumerate(demo.years) if year == 2024])).grades
    assert set(grades.final) == {0, 1, 2, 3, 4, 5}
    assert set(grades.binding) == {None, "1", "2", "3", "4", "5", "6", "7"}


def test_the_previous_level_is_the_one_its_own_data_give(demo):
    grades = score(demo).grades
    level = {
        (city, year): int(grades.final[row]) or None
        for row, (city, year) in enumerate(zip(demo.cities, demo.years, strict=True))
    }
    for row, (city, year) in enumerate(zip(demo.cities, demo.years, strict=True)):
        if year == 2024:
            assert demo.auxiliary["previous_level"][row] == level[(city, 2023)]


def test_groups_are_there_for_group_means(demo):
    assert set(demo.auxiliary["region"]) == {"东部", "中部", "西部"}
    assert set(demo.auxiliary["population_class"]) == {
        "超大城市",
        "特大城市",
        "大城市",
        "中等城市",
        "小城市",
    }
    scores = score(demo).scores["index"].to_numpy()
    region = np.array(demo.auxiliary["region"])
    means = [scores[region == name].mean() for name in ("东部", "中部", "西部")]
    assert means == sorted(means, reverse=True)


def test_goals_move_together_as_real_cities_do(demo):
    goals = score(demo).scores[list("ABCDE")]
    assert np.nanmin(np.corrcoef(goals.to_numpy().T)) > 0.5


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("normalise", ["goalposts", "minmax", "zscore", "rank"])
def test_demo_can_be_scored_every_way(demo, normalise, aggregate):
    assessment = score(demo, Recipe(normalise=normalise, aggregate=aggregate))
    parts = assessment.contribution_array.sum(axis=1)
    np.testing.assert_allclose(parts, assessment.scores["index"], rtol=1e-9)
    assert json.loads(assessment.recipe.to_json())["normalise"] == normalise
