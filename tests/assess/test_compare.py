"""Cities side by side, and the same cities in two rounds."""

import json
import math

import pytest

import steelyard as sy
from steelyard.assess.years import score_years
from steelyard.errors import NotFoundError, RecipeError
from steelyard.indicators.framework import Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator

HOLE = float("nan")


def framework(weight=0.6, high=100.0, codes=("A1", "A2", "B1"), scale="linear"):
    nodes = [Node("index", Bilingual("总指数", "Index"), None)]
    for goal, share in (("A", weight), ("B", 1 - weight)):
        nodes.append(Node(goal, Bilingual("目标" + goal, "Goal " + goal), "index", share))
        for code in codes:
            if code.startswith(goal):
                name = Bilingual("指标" + code, "Indicator " + code)
                leaf = Indicator(code, name, scale=scale, low=0, high=high)
                nodes.append(Node(code, name, goal, 0.5, leaf))
    return Framework("test", "1", Bilingual("测试", "Test"), tuple(nodes))


CITIES = ["武汉市", "深圳市", "咸阳市", "衡阳市"]
VALUES = [[80, 60, 50], [40, 60, 70], [20, 40, 10], [40, 60, 70]]  # 62, 58, 22, 58


def assess(values=VALUES, cities=CITIES, years=None, of=None, **recipe):
    dataset = sy.dataset_from_arrays(of or framework(), cities, values, years)
    return sy.score(dataset, sy.Recipe(**recipe))


def test_all_cities_stand_against_the_best():
    comparison = sy.compare(assess())
    assert comparison.kind == "cities"
    assert [side.city for side in comparison.sides] == ["武汉市", "深圳市", "衡阳市", "咸阳市"]
    assert [pair.other.city for pair in comparison.pairs] == ["武汉市"] * 3
    gaps = comparison.gaps.loc[("深圳市", "武汉市")]
    # 58 − 62 = −4: goal A costs 0.6 · (50 − 70) = −12, goal B brings 0.4 · (70 − 50) = +8.
    assert gaps["gap"] == pytest.approx(-4)
    assert gaps["A"] == pytest.approx(-12)
    assert gaps["B"] == pytest.approx(8)
    assert (gaps["coverage"], gaps["adjustment"]) == (0, 0)


def test_the_first_city_named_is_what_the_others_are_held_against():
    comparison = sy.compare(assess(), cities=["深圳市", "咸阳市", "武汉市"])
    assert list(comparison.gaps["gap"]) == [pytest.approx(22 - 58), pytest.approx(62 - 58)]
    assert comparison.indicators.loc[("武汉市", "深圳市"), "A1"] == pytest.approx(12)


def test_a_city_named_alone_is_held_against_the_one_ranked_above():
    pair = sy.compare(assess(), cities=["咸阳市"]).pairs[0]
    assert (pair.side.city, pair.other.rank) == ("咸阳市", 2)
    best = sy.compare(assess(), cities=["武汉市"]).pairs[0]
    assert (best.side.city, best.other.rank) == ("武汉市", 2)


def test_standing_and_scores_are_side_by_side():
    comparison = sy.compare(assess(), cities=["武汉市", "咸阳市"])
    assert list(comparison.standing["rank"]) == [1, 4]
    assert list(comparison.standing["coverage"]) == [1, 1]
    assert comparison.scores.loc["咸阳市", "A"] == pytest.approx(30)


def test_missing_cells_are_a_part_of_their_own():
    values = [[80, HOLE, 50], [40, 60, 70]]
    gaps = sy.compare(assess(values, CITIES[:2]), cities=["深圳市", "武汉市"]).indicators.iloc[0]
    # As in the tests of the gap: 10 = 18 − 8, the shift of weight −1.5 + 1.5 cancelling out.
    assert gaps["gap"] == pytest.approx(10)
    assert gaps["A1"] == pytest.approx(18)
    assert gaps["coverage"] == pytest.approx(0)


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic", "power"])
def test_parts_add_up_to_every_gap(mean):
    values = [[80, HOLE, 50], [40, 60, 70], [20, 40, HOLE], [33, 66, 99]]
    comparison = sy.compare(assess(values, aggregate=mean))
    for table in (comparison.gaps, comparison.indicators):
        total = table.drop(columns="gap").sum(axis=1)
        assert list(total) == pytest.approx(list(table["gap"]), abs=1e-9)


def test_two_years_show_change_and_who_moved():
    later = [[50, 60, 50], [90, 60, 70], [20, 40, 10], [40, 60, 70]]  # 53, 73, 22, 58
    comparison = sy.compare(
        assess(VALUES, years=[2023] * 4), assess(later, years=[2024] * 4)
    )  # in whichever order they are given, the change is later minus earlier
    moves = comparison.moves
    assert moves.loc[("深圳市 2024", "深圳市 2023"), "moved"] == 1  # from 2 to 1
    assert moves.loc[("武汉市 2024", "武汉市 2023"), "moved"] == -2  # from 1 to 3
    assert moves.loc[("深圳市 2024", "深圳市 2023"), "gap"] == pytest.approx(15)
    assert comparison.gaps.loc[("深圳市 2024", "深圳市 2023"), "A"] == pytest.approx(15)
    assert comparison.issues == ()


def test_two_years_of_one_table_on_a_shared_ruler_say_that_it_is_relative():
    both = sy.dataset_from_arrays(
        framework(), CITIES[:2] * 2, [*VALUES[:2], *VALUES[1:3]], [2023, 2023, 2024, 2024]
    )
    comparison = sy.compare(*score_years(both, sy.Recipe(normalise="minmax"), [2023, 2024]))
    assert [issue.code for issue in comparison.issues] == ["compare.relative_ruler"]


def test_two_rulers_are_said_to_be_two():
    recipe = {"normalise": "minmax"}
    comparison = sy.compare(assess(**recipe), assess(VALUES[::-1], CITIES, **recipe))
    assert [issue.code for issue in comparison.issues] == ["compare.relative_ruler"]  # same bounds
    other = [[90, 60, 50], *VALUES[1:]]
    comparison = sy.compare(assess(**recipe), assess(other, **recipe))
    assert [issue.code for issue in comparison.issues] == ["compare.two_rulers"]


def test_what_hangs_on_the_cities_of_the_table_is_said_beside_a_comparison():
    recipe = {"normalise": "rank", "weigh": "entropy", "aggregate": {"index": "topsis"}}
    sides = sy.compare(assess(**recipe))
    rounds = sy.compare(assess(**recipe), assess(**recipe))
    for comparison, extra in ((sides, set()), (rounds, {"compare.relative_ruler"})):
        codes = {issue.code for issue in comparison.issues}
        relative = {"assess.relative", "assess.relative_weigh", "assess.relative_aggregate"}
        assert codes | {"assess.relative"} == relative | extra
    assert sy.compare(assess()).issues == ()


def test_cities_of_one_round_only_are_left_out_and_named():
    comparison = sy.compare(assess(), assess(VALUES[:2], CITIES[:2]))
    assert [pair.side.city for pair in comparison.pairs] == ["武汉市", "深圳市"]
    (issue,) = comparison.issues
    assert issue.code == "compare.only_in_one"
    assert issue.fields["cities"] == "咸阳市, 衡阳市"
    assert "咸阳市" in issue.message("zh")
    with pytest.raises(NotFoundError):
        sy.compare(assess(), assess(VALUES[:2], CITIES[:2]), ["咸阳市"])


def test_other_weights_and_other_scales_are_flagged():
    comparison = sy.compare(assess(), assess(of=framework(weight=0.5)))
    assert [issue.code for issue in comparison.issues] == ["compare.two_weights"]
    gaps = comparison.gaps.loc[("武汉市 ①", "武汉市 ②")]
    # 62 − 60 = 2: through the weights 0.1 · (70 − 61) − 0.1 · (50 − 61), nothing through scores.
    assert gaps["gap"] == pytest.approx(2)
    assert gaps["A"] == gaps["B"] == 0
    assert gaps["coverage"] == pytest.approx(2)
    halved = sy.compare(assess(), assess(of=framework(high=200.0)))
    assert [issue.code for issue in halved.issues] == ["compare.two_scales"]
    assert halved.issues[0].fields["codes"] == "A1, A2, B1"


def test_another_tree_or_mean_is_refused():
    with pytest.raises(RecipeError) as refused:
        sy.compare(assess(), assess([[1, 2]], ["武汉市"], of=framework(codes=("A1", "B1"))))
    assert refused.value.fields["codes"] == "A2"
    with pytest.raises(RecipeError) as refused:
        sy.compare(assess(), assess(aggregate="geometric"))
    assert refused.value.key == "compare.two_means"


def test_nothing_to_compare_with():
    with pytest.raises(NotFoundError):
        sy.compare(assess(VALUES[:1], CITIES[:1]))
    with pytest.raises(NotFoundError):
        sy.compare(assess(VALUES[:1], ["武汉市"]), assess(VALUES[:1], ["深圳市"]))
    with pytest.raises(NotFoundError) as unknown:
        sy.compare(assess(), cities=["武汉"])
    assert unknown.value.fields["nearest"] == "武汉市"


def test_row_order_does_not_matter():
    order = [2, 0, 3, 1]
    shuffled = assess([VALUES[i] for i in order], [CITIES[i] for i in order])
    assert sy.compare(shuffled).indicators.equals(sy.compare(assess()).indicators)


def test_plain_values_are_json_and_add_up():
    unscored = [*VALUES[:3], [HOLE, HOLE, HOLE]]
    comparison = sy.compare(assess(unscored), cities=["武汉市", "深圳市", "衡阳市"])
    found = json.loads(json.dumps(comparison.to_json("zh"), allow_nan=False))
    assert found["kind"] == "cities"
    first, second = found["gaps"]
    assert (first["city"], first["against"]) == ("深圳市", "武汉市")
    parts = sum(first["indicators"].values()) + first["coverage"] + first["adjustment"]
    assert math.isclose(parts, first["gap"])
    assert second["gap"] is None  # 衡阳市 has no score: no number is made up
    assert found["cities"][2]["rank"] is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_have_heads_in_the_language(lang):
    sides, gaps, indicators, moves = (
        sy.compare(assess(), assess(VALUES[::-1])).tables(lang).values()
    )
    words = {
        "zh": ("城市", "变化", "指标", "名次变化"),
        "en": ("City", "Change", "Indicator", "Places moved"),
    }[lang]
    assert (sides.columns[0], gaps.columns[2]) == words[:2]
    assert (indicators.columns[1], moves.columns[4]) == words[2:]
    # 武汉市 rises from 58 (rank 2, tied) to 62; 咸阳市 goes from 58 to 22.
    assert dict(zip(moves.iloc[:, 0], moves.iloc[:, 4], strict=True)) == {
        "武汉市 ①": "+1",
        "深圳市 ①": "+2",
        "衡阳市 ①": "-1",
        "咸阳市 ①": "-2",
    }
