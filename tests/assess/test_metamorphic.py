"""What must not change a score, and which way a change must move it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard import Recipe, dataset_from_arrays, score
from steelyard.indicators.framework import Framework
from steelyard.indicators.indicator import Bilingual, Rung

RUNGS = tuple(Rung(level, Bilingual()) for level in range(5))
WINDOWS = {
    "direction": "target",
    "scale": "interval",
    "low": 0.0,
    "high": 12.0,
    "interval": (2.0, 6.0),
}
LEAVES = [  # code, parent, weight, what, and the range that values are drawn from
    ("A1", "A", 1, {"scale": "linear", "low": 20.0, "high": 90.0}, (0, 100)),
    ("A2", "A", 3, {"direction": "cost", "scale": "linear", "low": 10.0, "high": 75.0}, (5, 90)),
    ("A3", "A", 2, {"scale": "log", "low": 2.0, "high": 100.0}, (1, 120)),
    ("B1", "B", 5, {"scale": "log1p", "low": 0.0, "high": 29.0}, (0, 240)),
    ("B2", "B", 2, WINDOWS, (0, 14)),
    ("B3", "B", 1, {"scale": "ladder", "ladder": RUNGS}, (0, 4)),
]
SAMPLE = ("minmax", "zscore", "rank")
MEANS = ("arithmetic", "geometric", "harmonic", "power")


@pytest.fixture(scope="session")
def framework(framework_of):
    inner = [("A", None, 3), ("B", None, 2)]
    leaves = [leaf[:4] for leaf in LEAVES]
    return framework_of([inner[0], *leaves[:3], inner[1], *leaves[3:]])


cell = [st.integers(10 * low, 10 * high).map(lambda k: k / 10) for *_, (low, high) in LEAVES]
city = st.tuples(*(st.none() | one for one in cell))
whole_city = st.tuples(*cell)
tables = st.lists(city, min_size=2, max_size=7)
whole_tables = st.lists(whole_city, min_size=3, max_size=7)
means = st.sampled_from(MEANS)
recipes = st.builds(
    Recipe, aggregate=means, normalise=st.sampled_from(("goalposts", *SAMPLE)),
)  # fmt: skip


def as_values(table):
    return np.array([[np.nan if value is None else value for value in row] for row in table])


def scored(framework, table, recipe=None, ruler=None, names=None):
    names = names or [f"city {place}" for place in range(len(table))]
    return score(dataset_from_arrays(framework, names, as_values(table)), recipe, ruler)


def same(first, second):
    np.testing.assert_allclose(first, second, rtol=1e-12, atol=1e-10)


def observed_by_two(table):
    """A relative normalisation needs two values in a column, or none."""
    return all(
        sum(value is not None for value in column) != 1 for column in zip(*table, strict=True)
    )


@given(table=whole_tables, recipe=recipes, order=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_rows_leaves_no_trace_not_even_in_the_last_bit(
    framework, table, recipe, order
):
    places = list(range(len(table)))
    order.shuffle(places)
    first = scored(framework, table, recipe)
    second = scored(framework, [table[place] for place in places], recipe)
    assert second.tree.scores.tolist() == first.tree.scores[places].tolist()
    assert second.rank_array.tolist() == first.rank_array[places].tolist()


@given(table=tables, aggregate=means, order=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_columns_and_of_goals_leaves_no_trace(
    framework, framework_of, table, aggregate, order
):
    places = list(range(len(LEAVES)))
    order.shuffle(places)
    leaves = [LEAVES[place] for place in places]
    nodes = []
    for goal, weight in order.sample([("A", 3), ("B", 2)], 2):
        nodes += [(goal, None, weight), *(leaf[:4] for leaf in leaves if leaf[1] == goal)]
    shuffled = framework_of(nodes)
    codes = [leaf[0] for leaf in LEAVES]
    columns = [codes.index(code) for code in shuffled.codes]
    first = scored(framework, table, Recipe(aggregate=aggregate))
    second = scored(
        shuffled, [[row[k] for k in columns] for row in table], Recipe(aggregate=aggregate)
    )
    for code in ("index", "A", "B"):
        same(first.scores[code], second.scores[code])
    assert first.rank_array.tolist() == second.rank_array.tolist()


def in_other_units(framework: Framework, factors: dict[str, float]) -> Framework:
    """The same framework with goalposts and intervals in units that many times smaller."""

    def changed(node):
        one = node.indicator
        if one is None or one.code not in factors:
            return node
        k = factors[one.code]
        interval = one.interval and (one.interval[0] * k, one.interval[1] * k)
        return replace(
            node, indicator=replace(one, low=one.low * k, high=one.high * k, interval=interval)
        )

    return replace(framework, nodes=tuple(changed(node) for node in framework.nodes))


@given(table=tables, aggregate=means, k=st.sampled_from([0.01, 1 / 60, 10.0, 10_000.0]))
@settings(deadline=None)
def test_other_units_with_their_goalposts_change_nothing(framework, table, aggregate, k):
    factors = dict.fromkeys(("A1", "A2", "A3", "B2"), k)  # log1p and ladders have no other unit
    other = [
        [
            v if v is None else v * factors.get(leaf[0], 1)
            for v, leaf in zip(row, LEAVES, strict=True)
        ]
        for row in table
    ]
    first = scored(framework, table, Recipe(aggregate=aggregate))
    second = scored(in_other_units(framework, factors), other, Recipe(aggregate=aggregate))
    np.testing.assert_allclose(first.tree.scores, second.tree.scores, rtol=1e-9, atol=1e-9)


@given(table=tables, aggregate=means, twin=st.integers(0, 1))
@settings(deadline=None)
def test_a_twin_changes_no_score_on_goalposts_and_ties(framework, table, aggregate, twin):
    first = scored(framework, table, Recipe(aggregate=aggregate))
    second = scored(framework, [*table, table[twin]], Recipe(aggregate=aggregate))
    same(second.tree.scores[:-1], first.tree.scores)
    assert second.rank_array[-1] == second.rank_array[twin] == first.rank_array[twin]


@given(table=tables, aggregate=means)
@settings(deadline=None)
def test_a_city_alone_scores_as_in_company_on_goalposts(framework, table, aggregate):
    company = scored(framework, table, Recipe(aggregate=aggregate))
    for place, row in enumerate(table):
        alone = scored(framework, [row], Recipe(aggregate=aggregate))
        assert np.array_equal(alone.tree.scores[0], company.tree.scores[place], equal_nan=True)
        assert alone.rank_array[0] == (not np.isnan(alone.tree.scores[0, 0]))


@given(table=tables, aggregate=means, value=st.lists(st.none() | st.floats(0, 100), min_size=7))
@settings(deadline=None)
def test_an_indicator_of_weight_zero_moves_nothing_but_itself(
    framework, framework_of, percent, table, aggregate, value
):
    nodes = [("A", None, 3), *(leaf[:4] for leaf in LEAVES[:3]), ("A9", "A", 0, percent)]
    wider = framework_of([*nodes, ("B", None, 2), *(leaf[:4] for leaf in LEAVES[3:])])
    wide = [[*row[:3], value[place], *row[3:]] for place, row in enumerate(table)]
    first = scored(framework, table, Recipe(aggregate=aggregate))
    second = scored(wider, wide, Recipe(aggregate=aggregate))
    for code in ("index", "A", "B"):
        same(second.scores[code], first.scores[code])
        same(second.coverage[code], first.coverage[code])
    assert second.contribution_array[:, 3].tolist() == [0] * len(table)


@pytest.mark.parametrize("normalise", ["goalposts", "minmax", "rank"])
@given(
    table=whole_tables,
    aggregate=means,
    place=st.integers(0, 5),
    better=st.floats(0, 1),
)
@settings(deadline=None)
def test_a_better_value_never_lowers_the_score_nor_the_rank(
    framework, normalise, table, aggregate, place, better
):
    code, _, _, what, (low, high) = LEAVES[place]
    best = low if what.get("direction") == "cost" else high
    best = 4.0 if code == "B2" else best  # inside its interval
    improved = [list(row) for row in table]
    improved[0][place] += better * (best - improved[0][place])
    recipe = Recipe(aggregate=aggregate, normalise=normalise)
    before, after = scored(framework, table, recipe), scored(framework, improved, recipe)
    assert after.tree.scores[0, 0] >= before.tree.scores[0, 0] - 1e-9
    if normalise == "goalposts":
        assert after.rank_array[0] <= before.rank_array[0]


@given(table=whole_tables, joining=whole_city, recipe=recipes)
@settings(deadline=None)
def test_on_an_earlier_ruler_a_new_city_leaves_the_old_scores_alone(
    framework, table, joining, recipe
):
    before = scored(framework, table, recipe)
    after = scored(framework, [*table, joining], recipe, ruler=before.ruler)
    assert after.tree.scores[:-1].tolist() == before.tree.scores.tolist()


@given(table=tables.filter(observed_by_two), recipe=recipes)
@settings(deadline=None)
def test_scores_ranks_and_coverage_stay_in_their_ranges(framework, table, recipe):
    found = scored(framework, table, recipe)
    if recipe.normalise != "zscore":
        known = found.tree.scores[~np.isnan(found.tree.scores)]
        assert (known >= -1e-9).all() and (known <= 100 + 1e-9).all()
    assert ((found.tree.coverage >= 0) & (found.tree.coverage <= 1)).all()
    assert set(found.rank_array.tolist()) <= set(range(len(table) + 1))
    blank = np.isnan(found.dataset.values)
    assert np.isnan(found.normalised[blank]).all()
    assert not np.isnan(found.normalised[~blank]).any()
