"""Aggregations that are not means, at the nodes of a tree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard as sy
from steelyard.assess.aggregate import METHODS
from steelyard.assess.gap import gap
from steelyard.assess.node_scale import node_scores, on_hundred
from steelyard.assess.recipe import MEANS
from steelyard.errors import MethodError

NAN = float("nan")
OTHERS = [name for name in METHODS if name not in (*MEANS, "simus")]
BEARS_GAPS = ("median", "topsis", "vikor", "grey", "fuzzy", "ranksum", "promethee", "copeland",
              "kemeny", "mpi", "ampi", "dea")  # fmt: skip


@pytest.fixture(scope="module")
def framework(framework_of, percent):
    """Two goals of two indicators, weights 1 : 3 and 1 : 1 below, 3 : 1 above."""
    return framework_of(
        [
            ("A", None, 3),
            ("B", None, 1),
            ("A1", "A", 1, percent),
            ("A2", "A", 3, percent),
            ("B1", "B", 1, percent),
            ("B2", "B", 1, percent),
        ]
    )


def scored(framework, values, **recipe):
    names = [f"city {place}" for place in range(len(values))]
    return sy.score(sy.dataset_from_arrays(framework, names, values), sy.Recipe(**recipe))


def test_each_tier_has_its_own_aggregation(framework):
    """A: TOPSIS on one indicator that differs runs from 0 to 100; B: medians; index: arithmetic."""
    values = [[10, 50, 10, 30], [90, 50, 20, 20]]
    found = scored(framework, values, aggregate={"A": "topsis", "B": "median"})
    assert found.scores["A"].tolist() == [0.0, 100.0]
    assert found.scores["B"].tolist() == [20.0, 20.0]
    assert found.tree.scores[:, 0].tolist() == [0.75 * 0 + 0.25 * 20, 0.75 * 100 + 0.25 * 20]


def test_topsis_at_the_index_by_hand(framework):
    """Goals (60, 30) and (30, 60), weights .75 and .25; both lengths are √4500.

    D⁺ of the first is .25 · 30, D⁻ is .75 · 30 (over the length): C = .75.
    """
    values = [[60, 60, 30, 30], [30, 30, 60, 60]]
    found = scored(framework, values, aggregate={"index": "topsis"})
    assert found.tree.scores[:, 0].tolist() == pytest.approx([75.0, 25.0], abs=1e-12)


@pytest.mark.parametrize(
    "method, scores, expected",
    [
        ("topsis", [0.0, 0.4, 1.0], [0, 40, 100]),
        ("vikor", [0.0, 0.4, 1.0], [0, 40, 100]),
        ("promethee", [-1.0, 0.0, 0.5], [0, 50, 75]),
        ("copeland", [-2.0, 0.0, 2.0], [0, 50, 100]),
        ("kemeny", [0.0, 1.0, 2.0], [0, 50, 100]),
        ("mpi", [70.0, 100.0, 115.0], [0, 50, 75]),
        ("median", [12.0, 34.0, 56.0], [12, 34, 56]),
        ("edas", [0.2, 0.3, 0.6], [0, 25, 100]),
        ("edas", [0.2, NAN, 0.6], [0, NAN, 100]),
        ("edas", [0.3, 0.3, 0.3], [50, 50, 50]),
    ],
)
def test_scores_are_put_on_a_hundred(method, scores, expected):
    np.testing.assert_allclose(on_hundred(method, np.array(scores)), expected, atol=1e-12)


@pytest.mark.parametrize("method", OTHERS)
def test_at_one_node_the_ranks_are_those_of_the_bare_matrix(method, framework_of, percent):
    framework = framework_of([(code, None, weight, percent) for code, weight in
                              (("A", 0.5), ("B", 0.2), ("C", 0.3))])  # fmt: skip
    values = np.array([[60, 35, 80], [30, 75, 20], [90, 45, 50], [15, 95, 65], [40, 40, 40.5]])
    found = scored(framework, values, aggregate=method)
    options = sy.Recipe(aggregate=method).options_of("aggregate", method)
    bare = sy.aggregate(method, values, [0.5, 0.2, 0.3], **options)
    assert found.ranks.tolist() == bare.ranks.tolist()
    assert found.tree.scores.min() >= -1e-9
    assert found.tree.scores.max() <= 100 + 1e-9


@pytest.mark.parametrize("method", [name for name in OTHERS if name != "simplifiedprobid"])
def test_parts_add_up_to_the_index_and_to_every_gap(method, framework):
    values = np.array([[60, 35, 80, 22], [30, 75, 20, 61], [90, 45, 50, 13], [15, 95, 65, 44.0]])
    found = scored(framework, values, aggregate=method, floor=1.0)
    index = found.tree.scores[:, 0]
    np.testing.assert_allclose(found.contribution_array.sum(axis=1), index, atol=1e-9)
    for row in range(1, len(values)):
        parts = gap(found, row, found, 0)
        assert parts.total == pytest.approx(index[row] - index[0], abs=1e-9)
        assert parts.parts[0] + parts.adjustment == pytest.approx(parts.total, abs=1e-9)


@pytest.mark.parametrize("method", BEARS_GAPS)
def test_a_missing_cell_is_left_out_whatever_the_order_of_rows(method, framework):
    values = np.array([[60, NAN, 80, 22], [30, 75, 20, 61], [90, 45, NAN, NAN], [15, 95, 65, 44]])
    order = [2, 0, 3, 1]
    found = scored(framework, values, aggregate=method)
    again = scored(framework, values[order], aggregate=method)
    assert not np.isnan(found.tree.scores[:, 0]).any()
    assert np.isnan(found.scores["B"].iloc[2])
    np.testing.assert_allclose(again.tree.scores, found.tree.scores[order], atol=1e-9)


def test_what_needs_every_cell_names_the_city_and_the_indicator(framework):
    values = [[60, NAN, 80, 22], [30, 75, 20, 61], [90, 45, 50, 13]]
    with pytest.raises(MethodError) as refusal:
        scored(framework, values, aggregate="codas")
    assert "A2" in refusal.value.message("en")
    assert "city 0" in refusal.value.message("en")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.floats(1, 99), min_size=3, max_size=3), min_size=2, max_size=7),
    st.sampled_from(["median", "topsis", "vikor", "grey", "ranksum", "copeland"]),
    st.randoms(use_true_random=False),
)
def test_the_order_of_children_and_cities_changes_nothing(rows, method, chance):
    scores, weights = np.array(rows).round(1), np.array([0.5, 0.3, 0.2])
    if (np.ptp(scores, axis=0) == 0).all():
        return
    columns, order = [0, 1, 2], list(range(len(rows)))
    chance.shuffle(columns)
    chance.shuffle(order)
    found = node_scores(method, scores, weights, {}, "ABC")
    mixed = scores[np.ix_(order, columns)]
    again = node_scores(method, mixed, weights[columns], {}, "ABC")
    np.testing.assert_allclose(again, found[order], atol=1e-7)


def test_whoever_else_is_in_the_table_is_said_to_matter(framework):
    values = [[60, 35, 80, 22], [30, 75, 20, 61], [90, 45, 50, 13]]
    found = scored(framework, values, aggregate={"index": "topsis"}, weigh="entropy")
    said = {(issue.code, issue.fields.get("method")) for issue in found.issues}
    assert ("assess.relative_aggregate", "topsis") in said
    assert ("assess.relative_weigh", "entropy") in said
    assert not scored(framework, values).issues


def test_dropping_a_city_reorders_the_others_with_topsis_but_never_with_goalposts(framework):
    """Counted on random tables: the warning is not an idle one."""
    chance = np.random.default_rng(2015)
    reversed_by = {"topsis": 0, "arithmetic": 0}
    for _ in range(40):
        values = chance.uniform(5, 95, (6, 4))
        for method in reversed_by:
            with_all = scored(framework, values, aggregate=method).tree.scores[:5, 0]
            without = scored(framework, values[:5], aggregate=method).tree.scores[:, 0]
            reversed_by[method] += sy.rank(with_all).tolist() != sy.rank(without).tolist()
    assert reversed_by["arithmetic"] == 0
    assert reversed_by["topsis"] >= 4


def test_an_order_not_proven_best_is_said_to_be_so(framework_of, percent):
    """30 cities in cycles: the order found agrees by 307⅔ where the bound is 308⅑."""
    framework = framework_of([(code, None, 1, percent) for code in "ABC"])
    values = 50 + 10 * np.random.default_rng(2).normal(size=(30, 3))
    found = scored(framework, values, aggregate={"index": "kemeny"})
    agreement, bound = found.tree.bounds["index"]
    assert (agreement, bound) == (pytest.approx(307 + 2 / 3), pytest.approx(308 + 1 / 9))
    (issue,) = [one for one in found.issues if one.code == "assess.inexact"]
    assert "At the node index" in issue.message("en") and "99.86%" in issue.message("en")
    few = scored(framework, values[:10], aggregate={"index": "kemeny"})
    assert not [one for one in few.issues if one.code == "assess.inexact"]
