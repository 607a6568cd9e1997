"""Judgements, their priorities, their consistency and the group."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize

from steelyard.errors import MethodError
from steelyard.weights.consistency import random_index
from steelyard.weights.priorities import least_eigenvalue
from steelyard.weights.weigh import weigh

GAP = None


def random_judgements(seed, size, missing=()):
    random = np.random.default_rng(seed)
    judged = np.ones((size, size))
    for i in range(size):
        for j in range(i + 1, size):
            judged[i, j] = random.choice([*range(1, 10), *(1 / np.arange(2, 10))])
            judged[j, i] = 1 / judged[i, j]
    for i, j in missing:
        judged[i, j] = judged[j, i] = np.nan
    return judged


def test_three_items_by_hand():
    # For three items λ = 1 + d + 1/d with d = ∛(a12 a23 / a13), here d = ∛(2·2/8) = 0.7937.
    found = weigh("ahp", [[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    assert found.details["lambda_max"] == pytest.approx(3.0536, abs=5e-5)
    assert found.details["CI"] == pytest.approx(0.0268, abs=5e-5)
    assert found.details["CR"] == pytest.approx(0.0268 / 0.58, abs=5e-5)
    cube_roots = np.array([2.5198, 1.0, 0.3969])  # ∛16, ∛1, ∛(1/16)
    assert found.values == pytest.approx(cube_roots / cube_roots.sum(), abs=5e-5)


def test_eigenvector_by_repeated_multiplication():
    for seed in range(20):
        judged = random_judgements(seed, 6)
        weights = np.ones(6)
        for _ in range(500):
            weights = judged @ weights
            weights /= weights.sum()
        found = weigh("ahp", judged)
        assert found.values == pytest.approx(weights, abs=1e-10)
        assert found.details["lambda_max"] == pytest.approx((judged @ weights).sum(), abs=1e-8)


def test_one_side_of_each_pair_is_enough():
    half = [[1, 2, 6], [GAP, 1, 3], [GAP, GAP, 1]]
    assert weigh("ahp", half).values == pytest.approx([0.6, 0.3, 0.1])


def test_printed_reciprocals_are_read_as_reciprocals():
    printed = [[1, 3, 7], [0.33, 1, 2.33], [0.14, 0.43, 1]]
    exact = [[1, 3, 7], [1 / 3, 1, 2.33], [1 / 7, 1 / 2.33, 1]]
    assert weigh("ahp", printed).values == pytest.approx(weigh("ahp", exact).values, abs=1e-15)


def test_harkers_example_of_a_gap():
    # Harker (1987): (2 2 0; ½ 1 2; 0 ½ 2) has λ = 3 and the eigenvector 4 : 2 : 1.
    found = weigh("ahp", [[1, 2, GAP], [1 / 2, 1, 2], [GAP, 1 / 2, 1]])
    assert found.values == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert found.details["lambda_max"] == pytest.approx(3.0)
    assert found.details["missing"] == 1
    assert found.details["CR"] == 0.0


@pytest.mark.parametrize("priority", ["eigenvector", "geometric"])
@pytest.mark.parametrize("gaps_by", ["harker", "least-eigenvalue"])
def test_gaps_do_no_harm_to_consistent_judgements(priority, gaps_by):
    importance = np.array([8.0, 4, 2, 1, 1])
    judged = importance[:, None] / importance
    judged[0, 4] = judged[4, 0] = judged[1, 3] = judged[3, 1] = np.nan
    found = weigh("ahp", judged, priority=priority, gaps_by=gaps_by)
    assert found.values == pytest.approx(importance / 16)
    assert found.details["CR"] == pytest.approx(0.0, abs=1e-9)


def test_the_filled_matrix_has_the_least_eigenvalue():
    for seed in range(5):
        judged = random_judgements(seed, 5, missing=[(0, 3), (1, 4)])

        def largest(logs, judged=judged):
            filled = judged.copy()
            for (i, j), log in zip([(0, 3), (1, 4)], logs, strict=True):
                filled[i, j], filled[j, i] = np.exp(log), np.exp(-log)
            return np.linalg.eigvals(filled).real.max()

        least = minimize(largest, [0.0, 0.0], method="Nelder-Mead", tol=1e-12).fun
        found = weigh("ahp", judged, gaps_by="least-eigenvalue")
        assert found.details["lambda_max"] == pytest.approx(least, abs=1e-9)
        assert found.details["matrix"][[0, 1], [3, 4]].all()


def test_geometric_priorities_with_gaps_are_logarithmic_least_squares():
    judged = random_judgements(3, 5, missing=[(0, 3), (1, 4)])

    def squares(logs):
        errors = np.log(judged) - (logs[:, None] - logs)
        return np.nansum(np.square(errors))

    logs = minimize(squares, np.zeros(5), method="BFGS", tol=1e-12).x
    expected = np.exp(logs) / np.exp(logs).sum()
    assert weigh("ahp", judged, priority="geometric").values == pytest.approx(expected, abs=1e-6)


def test_geometric_and_additive_priorities_by_hand():
    judged = [[1, 4], [1 / 4, 1]]
    for priority in ("geometric", "additive"):
        assert weigh("ahp", judged, priority=priority).values == pytest.approx([0.8, 0.2])
    # Columns as shares: (8/13, 4/7, 8/11 …); their row means are the additive priorities.
    judged = [[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]]
    mean = (8 / 13 + 4 / 7 + 8 / 11) / 3
    assert weigh("ahp", judged, priority="additive").values[0] == pytest.approx(mean)


def test_geometric_consistency_by_hand():
    # e_12 = e_23 = 1/e_13 = 2^(-1/3) up to the sign: GCI = (2 / 2) · 3 · (ln 2 / 3)².
    found = weigh("ahp", [[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]], priority="geometric")
    assert found.details["GCI"] == pytest.approx(3 * (np.log(2) / 3) ** 2)


def test_experts_judgements_or_their_priorities_are_averaged():
    strong, even = [[1, 4], [1 / 4, 1]], [[1, 1], [1, 1]]
    judgements = weigh("ahp", [strong, even])
    arithmetic = weigh("ahp", [strong, even], aggregation="priorities")
    geometric = weigh("ahp", [strong, even], aggregation="priorities", mean="geometric")
    assert judgements.values == pytest.approx([2 / 3, 1 / 3])  # √(4 · 1) = 2
    assert arithmetic.values == pytest.approx([0.65, 0.35])  # (0.8 + 0.5) / 2
    assert geometric.values == pytest.approx([2 / 3, 1 / 3])  # √0.4 : √0.1


def test_experts_have_their_say():
    strong, even = [[1, 16], [1 / 16, 1]], [[1, 1], [1, 1]]
    found = weigh("ahp", [strong, even], expert_weights=[3, 1])
    assert found.values == pytest.approx([8 / 9, 1 / 9])  # 16^(3/4) = 8


def test_a_pair_is_averaged_over_those_who_judged_it():
    first = [[1, 4, GAP], [GAP, 1, 2], [GAP, GAP, 1]]
    second = [[1, 1, 9], [GAP, 1, 2], [GAP, GAP, 1]]
    found = weigh("ahp", [first, second])
    assert found.details["matrix"][0].tolist() == pytest.approx([1, 2, 9])
    assert found.details["experts"]["missing"] == [1, 0]


def test_an_expert_who_links_too_little_still_counts():
    whole = [[1, 2, 4], [GAP, 1, 2], [GAP, GAP, 1]]
    part = [[1, 2, GAP], [GAP, 1, GAP], [GAP, GAP, 1]]
    found = weigh("ahp", [whole, part])
    assert found.values == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert np.isnan(found.details["experts"]["CR"]).tolist() == [False, True]
    with pytest.raises(MethodError, match="do not link #3"):
        weigh("ahp", [whole, part], aggregation="priorities")


def test_order_of_experts_makes_no_difference():
    stack = np.array([random_judgements(seed, 4) for seed in range(3)])
    for aggregation in ("judgements", "priorities"):
        found = weigh("ahp", stack, aggregation=aggregation, expert_weights=[1, 2, 3])
        turned = weigh("ahp", stack[::-1], aggregation=aggregation, expert_weights=[3, 2, 1])
        assert turned.values == pytest.approx(found.values, abs=1e-14)
        assert turned.details["consensus"] == pytest.approx(found.details["consensus"])


def test_the_slip_is_found_and_mended():
    importance = np.array([8.0, 4, 2, 1])
    judged = importance[:, None] / importance
    judged[0, 3], judged[3, 0] = 1 / 8, 8  # turned round by mistake
    advice = weigh("ahp", judged).details["reconsider"][0]
    assert (advice["row"], advice["column"], advice["current"]) == (3, 0, 8)
    assert advice["fitting"] == pytest.approx(1 / 8)
    assert advice["suggested"] == pytest.approx(1 / 8)
    assert advice["CR_after"] == pytest.approx(0.0, abs=1e-9)


def test_consistent_judgements_need_no_second_look():
    assert weigh("ahp", [[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]).details["reconsider"] == []


def test_what_stands_is_not_suggested():
    """1 : 2 over 0 and 3 : 0 over 2 fit worst as they are; 6 for 5 makes all of them agree."""
    advice = weigh("ahp", [[1, 1 / 2, 3], [2, 1, 5], [1 / 3, 1 / 5, 1]]).details["reconsider"]
    assert [(one["row"], one["column"], one["current"], one["suggested"]) for one in advice] == [
        (1, 2, 5.0, 6.0)
    ]
    assert advice[0]["CR_after"] == pytest.approx(0.0, abs=1e-9)


def test_every_suggestion_is_another_grade_and_lowers_the_ratio():
    for steps in product((1 / 9, 1 / 5, 1 / 2, 1, 3, 7), repeat=3):
        judged = np.ones((3, 3))
        for (row, column), step in zip(((0, 1), (0, 2), (1, 2)), steps, strict=True):
            judged[row, column], judged[column, row] = step, 1 / step
        found = weigh("ahp", judged).details
        for one in found["reconsider"]:
            assert one["suggested"] != pytest.approx(one["current"], rel=1e-9), steps
            judged_anew = judged.copy()
            judged_anew[one["row"], one["column"]] = one["suggested"]
            judged_anew[one["column"], one["row"]] = 1 / one["suggested"]
            after = weigh("ahp", judged_anew).details["CR"]
            assert one["CR_after"] == pytest.approx(after, abs=1e-9)
            assert after < found["CR"]


@pytest.mark.parametrize(
    "options", [{"gaps_by": "least-eigenvalue"}, {"gaps_by": "harker"}, {"priority": "geometric"}]
)
def test_the_ratio_after_is_by_the_same_formula(options):
    """Of four items with a gap: what following the advice gives is what was said."""
    judged = np.array(
        [[1, 2, 7, GAP], [1 / 2, 1, 1 / 3, 4], [1 / 7, 3, 1, 2], [GAP, 1 / 4, 1 / 2, 1]], float
    )
    if "priority" in options:
        judged[0, 3], judged[3, 0] = 3, 1 / 3
    advice = weigh("ahp", judged, **options).details["reconsider"]
    assert len(advice) == 3
    for one in advice:
        anew = judged.copy()
        anew[one["row"], one["column"]] = one["suggested"]
        anew[one["column"], one["row"]] = 1 / one["suggested"]
        found = weigh("ahp", anew, **options).details["CR"]
        assert one["CR_after"] == pytest.approx(found, abs=1e-12)


def test_advice_names_the_expert():
    good = [[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]
    bad = [[1, 2, 1 / 9], [1 / 2, 1, 2], [9, 1 / 2, 1]]
    advice = weigh("ahp", [good, bad]).details["reconsider"]
    assert {one["expert"] for one in advice} == {1}
    ratios = weigh("ahp", [good, bad]).details["experts"]["CR"]
    assert ratios[0] == pytest.approx(0.0, abs=1e-9)
    assert ratios[1] > 1


@pytest.mark.parametrize("missing, share", [((), 1.0), (((0, 1), (2, 3)), 1 - 4 / 12)])
def test_the_random_index_is_the_mean_of_random_judgements(missing, share):
    # Saaty (2005) has 1.11 for five items; with gaps, a share of it in a straight line to 0.
    found = [least_eigenvalue(random_judgements(seed, 5, missing)) for seed in range(1500)]
    largest = np.linalg.eigvals(np.array(found)).real.max(axis=1)
    assert ((largest - 5) / 4).mean() == pytest.approx(1.11 * share, abs=0.05)
    table = "saaty-2005"
    assert random_index(table, 5, len(missing)) == pytest.approx(1.11 * share)


def test_beyond_the_table_another_is_named():
    ones = np.ones((16, 16))
    with pytest.raises(MethodError, match="does not reach 16"):
        weigh("ahp", ones)
    assert weigh("ahp", ones, random_index="donegan-dodd").details["RI"] == 1.5078
    line = weigh("ahp", ones, random_index="alonso-lamata").details["RI"]
    assert line == pytest.approx((2.7699 * 16 - 4.3513 - 16) / 15)


@pytest.mark.parametrize(
    "judged, sentence",
    [
        ([[1, 2], [3, 1]], "#1, #2, 2 and 3, contradict"),
        ([[2, 2], [0.5, 1]], "#1 compared with itself must be 1"),
        ([[1, 0], [0, 1]], "is not positive"),
        ([[1, -2], [-0.5, 1]], "is not positive"),
        ([[1, 2, 3]], "square"),
        ([[1, GAP, 2], [GAP, 1, GAP], [0.5, GAP, 1]], "do not link #2"),
    ],
)
def test_faulty_judgements_are_refused(judged, sentence):
    with pytest.raises(MethodError, match=sentence):
        weigh("ahp", judged)


def test_additive_priorities_need_all_judgements():
    with pytest.raises(MethodError, match="complete"):
        weigh("ahp", [[1, 2, GAP], [GAP, 1, 2], [GAP, GAP, 1]], priority="additive")
