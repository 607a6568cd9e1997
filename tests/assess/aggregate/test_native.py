"""TOPSIS, VIKOR, grey, fuzzy, rank-sum, PROMETHEE, Copeland, MPI, AMPI, benefit of the doubt."""

from fractions import Fraction

import numpy as np
import pymcdm.methods as witness
import pytest
from skcriteria import mkdm
from skcriteria.agg import topsis, vikor

from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.errors import MethodError

NAN = float("nan")


def random_tables(count=25, units=8, indicators=5, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        table = rng.uniform(1, 100, (units, indicators))
        yield table, rng.dirichlet(np.ones(indicators)), rng.choice([1, -1], indicators)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("method", "judge", "quantity"),
    [
        ("topsis", witness.TOPSIS, "scores"),
        ("vikor", witness.VIKOR, "Q"),
        ("promethee", lambda: witness.PROMETHEE_II("usual"), "scores"),
    ],
)
def test_pymcdm_agrees(method, judge, quantity):
    options = {"normalisation": "minmax"} if method == "topsis" else {}
    for table, weights, directions in random_tables():
        outcome = aggregate(method, table, weights, directions, **options)
        found = outcome.scores if quantity == "scores" else outcome.details[quantity]
        np.testing.assert_allclose(found, judge()(table, weights, directions), atol=1e-12)


def test_scikit_criteria_agrees():
    for table, weights, directions in random_tables():
        lengths = np.linalg.norm(table, axis=0)
        theirs = topsis.TOPSIS().evaluate(mkdm(table / lengths, directions, weights=weights))
        ours = aggregate("topsis", table, weights, directions)
        np.testing.assert_allclose(ours.scores, theirs.e_.similarity, rtol=1e-12)
        theirs = vikor.VIKOR().evaluate(mkdm(table, directions, weights=weights)).e_
        ours = aggregate("vikor", table, weights, directions).details
        np.testing.assert_allclose(ours["S"], theirs.s_k, rtol=1e-12)
        np.testing.assert_allclose(ours["R"], theirs.r_k, rtol=1e-12)
        np.testing.assert_allclose(ours["Q"], theirs.q_k, atol=1e-12)


def exact_lags(table, weights):
    """Distances from each column's best as shares of its range, and the weights' shares."""
    columns = [[Fraction(int(x)) for x in column] for column in table.T]
    lags = [
        [(max(c) - x) / (max(c) - min(c)) if max(c) > min(c) else Fraction(0) for x in c]
        for c in columns
    ]
    shares = [Fraction(int(w), int(weights.sum())) for w in weights]
    return list(zip(*lags, strict=True)), shares


def test_vikor_and_grey_against_exact_fractions():
    rng = np.random.default_rng(12)
    for _ in range(1000):
        table, weights = rng.integers(0, 30, (4, 3)), rng.integers(1, 9, 3)
        if (np.ptp(table, axis=0) == 0).all():
            continue
        lags, shares = exact_lags(table, weights)
        terms = [[w * d for w, d in zip(shares, row, strict=True)] for row in lags]
        details = aggregate("vikor", table, weights).details
        np.testing.assert_allclose(details["S"], [float(sum(row)) for row in terms], rtol=1e-12)
        np.testing.assert_allclose(details["R"], [float(max(row)) for row in terms], rtol=1e-12)
        cells = [d for row in lags for d in row]
        pole = max(cells) / 2
        grey = [
            float(
                sum(w * (min(cells) + pole) / (d + pole) for w, d in zip(shares, row, strict=True))
            )
            for row in lags
        ]
        np.testing.assert_allclose(aggregate("grey", table, weights).scores, grey, rtol=1e-12)


def test_topsis_by_hand():
    # Columns have length 5; weighted: (.3, .4), (.4, .3); ideal (.4, .4), anti-ideal (.3, .3).
    outcome = aggregate("topsis", [[3, 4], [4, 3]], [1, 1])
    np.testing.assert_allclose(outcome.scores, [0.5, 0.5])
    np.testing.assert_allclose(outcome.details["D_plus"], [0.1, 0.1])
    outcome = aggregate("topsis", [[3, 4], [4, 3]], [1, 1], metric=1, directions=[1, -1])
    np.testing.assert_allclose(outcome.scores, [0, 1], atol=1e-15)


def test_topsis_leaves_a_missing_cell_out_of_both_distances():
    # Without the second column the second unit is half-way: 5 between 0 and 10.
    table = [[0, 1], [5, NAN], [10, 2]]
    scores = aggregate("topsis", table, normalisation="minmax").scores
    np.testing.assert_allclose(scores, [0, 0.5, 1], atol=1e-15)


def test_topsis_needs_a_difference():
    with pytest.raises(MethodError, match="tells the units apart"):
        aggregate("topsis", [[1, 2], [1, 2]])


def test_vikor_compromise_of_the_drina():
    # Opricovic & Tzeng (2007): the advantage of 0.473 of the first is over 1/5, and it leads in S.
    table = [
        [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
        [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
        [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
        [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
        [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
        [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
    ]
    directions = [1, -1, 1, 1, -1, -1, -1, 1]
    assert aggregate("vikor", table, None, directions).details["compromise"] == (4,)
    heavy = [1, 1, 1, 1, 2, 2, 2, 2]
    assert aggregate("vikor", table, heavy, directions).details["compromise"] == (2, 4, 5)


def test_vikor_with_missing_cells_by_hand():
    # d: (1, .), (0, 0), (.5, 1); S rescales the first unit's weight; R keeps the largest term.
    outcome = aggregate("vikor", [[0, NAN], [10, 4], [5, 2]], [0.5, 0.5])
    assert outcome.details["S"].tolist() == [1, 0, 0.75]
    assert outcome.details["R"].tolist() == [0.5, 0, 0.5]
    assert outcome.details["Q"].tolist() == [1, 0, 0.875]


def test_grey_by_hand():
    # Δ: (1, 0), (.5, 0), (0, 1); ξ = .5/(Δ + .5): (1/3, 1), (1/2, 1), (1, 1/3).
    outcome = aggregate("grey", [[1, 10], [3, 10], [5, 20]], directions=[1, -1])
    np.testing.assert_allclose(outcome.scores, [2 / 3, 3 / 4, 2 / 3], rtol=1e-15)


def test_grey_against_a_reference_unit():
    # With means of 10: Δ = |x − 12|/10 = .4, .2, .4 and 0.2 ≤ Δ ≤ 0.4.
    outcome = aggregate("grey", [[8], [10], [12]], normalisation="mean", reference=[12])
    np.testing.assert_allclose(outcome.details["delta"].ravel(), [0.4, 0.2, 0])
    np.testing.assert_allclose(outcome.scores, [1 / 3, 1 / 2, 1])


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("M(.,+)", [0.175, 0.53, 0.275, 0.02, 0]),
        ("M(∧,∨)", [0.2, 0.3, 0.25, 0.1, 0]),
        ("M(·,∨)", [0.06, 0.18, 0.1, 0.02, 0]),
        ("M(∧,⊕)", [0.7, 1.0, 0.9, 0.1, 0]),
    ],
)
def test_four_fuzzy_operators(operator, expected):
    memberships = [
        [0.1, 0.5, 0.4, 0, 0],
        [0.2, 0.5, 0.2, 0.1, 0],
        [0.2, 0.5, 0.3, 0, 0],
        [0.2, 0.6, 0.2, 0, 0],
    ]
    weights = [0.25, 0.2, 0.25, 0.3]
    outcome = aggregate("fuzzy", [memberships], weights, operator=operator)
    np.testing.assert_allclose(outcome.details["B"][0], expected, atol=1e-15)
    assert outcome.details["grade"].tolist() == [1]


@pytest.mark.parametrize(
    ("membership", "expected"), [("triangular", [0.25, 0.75]), ("ridge", [0.146447, 0.853553])]
)
def test_memberships_between_two_grades(membership, expected):
    outcome = aggregate("fuzzy", [[45]], grades=[30, 50], membership=membership)
    np.testing.assert_allclose(outcome.details["B"][0], expected, atol=1e-6)


def test_grades_of_a_cost_run_downwards():
    outcome = aggregate("fuzzy", [[45], [10]], directions=[-1], grades=[50, 30])
    np.testing.assert_allclose(outcome.scores, [0.25, 1])
    with pytest.raises(MethodError, match="#1"):
        aggregate("fuzzy", [[45]], directions=[-1], grades=[30, 50])


def test_fuzzy_evaluation_on_even_grades_keeps_the_weighted_mean():
    table = np.random.default_rng(3).uniform(0, 100, (20, 4))
    outcome = aggregate("fuzzy", table, [1, 2, 3, 4], scale=(0, 100))
    np.testing.assert_allclose(outcome.scores, table @ [0.1, 0.2, 0.3, 0.4], rtol=1e-12)


def test_values_off_the_scale_are_refused():
    with pytest.raises(MethodError, match="scale"):
        aggregate("fuzzy", [[60, 80]])


def test_rank_sum_ratio_by_hand():
    # Ranks (3, 1), (2, 3), (1, 2) of 3; and with a tie 1.5 each.
    outcome = aggregate("ranksum", [[99, 3], [95, 1], [90, 2]], directions=[1, -1])
    np.testing.assert_allclose(outcome.scores, [4 / 6, 5 / 6, 3 / 6])
    assert aggregate("ranksum", [[1], [1]]).scores.tolist() == [0.75, 0.75]
    linear = aggregate("ranksum", [[0], [4], [10]], ranking="linear").details
    np.testing.assert_allclose(linear["ranks_by_indicator"].ravel(), [1, 1.8, 3])


def test_probits_of_the_rank_sum_ratio():
    # Cumulative shares 1/4, 1/2, 3/4, and 1 − 1/16 in place of 1, in the normal table.
    details = aggregate("ranksum", [[1], [2], [3], [4]]).details
    np.testing.assert_allclose(details["probit"], [4.3255, 5.0, 5.6745, 6.5341], atol=5e-5)
    level, slope = details["fit"]
    np.testing.assert_allclose(np.polyval([slope, level], details["probit"]), details["fitted"])


def test_promethee_thresholds_are_checked():
    for functions in ("vshape", ("level", {"q": 3, "p": 1}), [("usual", {})] * 3, "steep"):
        with pytest.raises(MethodError):
            aggregate("promethee", [[1, 2], [3, 4]], preference_functions=functions)


def test_promethee_compares_only_what_both_have():
    # The first beats the second on A; the third is compared with each on its one indicator, B.
    table = [[2, 1], [1, 3], [NAN, 2]]
    outcome = aggregate("promethee", table, [3, 1])
    np.testing.assert_allclose(outcome.details["phi_plus"], [0.375, 0.625, 0.5])
    np.testing.assert_allclose(outcome.details["phi_minus"], [0.625, 0.375, 0.5])


def test_copeland_counts_victories():
    outcome = aggregate("copeland", [[3, 2, 1], [2, 3, 3], [1, 1, 2]])
    assert outcome.scores.tolist() == [0, 2, -2]
    assert outcome.details["wins"].tolist() == [1, 2, 0]


def test_copeland_against_a_loop():
    for table, weights, directions in random_tables(seed=9):
        oriented = table * directions
        expected = [
            sum(np.sign(weights @ np.sign(own - other)) for other in oriented) for own in oriented
        ]
        assert aggregate("copeland", table, weights, directions).scores.tolist() == expected


def test_float_noise_splits_no_pairwise_tie():
    assert aggregate("copeland", [[0.1 + 0.2], [0.3]]).scores.tolist() == [0, 0]
    weights = [0.1, 0.2, 0.3]  # 0.1 + 0.2 against 0.3
    assert aggregate("copeland", [[2, 2, 1], [1, 1, 2]], weights).scores.tolist() == [0, 0]


def test_mazziotta_pareto_by_hand():
    # z = 100 ± 10√1.5: M = 100, S² = 150, 100 − 150/100.
    table = [[1, 3], [3, 1], [2, 2]]
    np.testing.assert_allclose(aggregate("mpi", table).scores, [98.5, 98.5, 100])
    np.testing.assert_allclose(
        aggregate("mpi", table, penalty="upward").scores, [101.5, 101.5, 100]
    )
    with pytest.raises(MethodError, match="alike"):
        aggregate("mpi", [[1, 2], [1, 3]])


def test_adjusted_index_by_hand():
    # 70 and 130: M = 100, S² = 900; a reference of 4 on goalposts 5 ± 5 moves them to −1 and 9.
    table = [[0, 10], [10, 0], [5, 5]]
    assert aggregate("ampi", table, low=0, high=10).scores.tolist() == [91, 91, 100]
    outcome = aggregate("ampi", [[4, 4]], low=0, high=10, reference=4)
    assert outcome.scores.tolist() == [100]
    assert outcome.details["low"].tolist() == [-1, -1]


def test_benefit_of_the_doubt_by_hand():
    # (2, 2) lies at 4/5 of the line through (4, 1) and (1, 4).
    outcome = aggregate("dea", [[4, 1], [1, 4], [2, 2]])
    np.testing.assert_allclose(outcome.scores, [1, 1, 0.8], rtol=1e-12)
    # Shares held at one half each: the score is bound by w = (1/2)/(own) in each indicator.
    held = aggregate("dea", [[4, 1], [1, 4], [2, 2]], shares=(0.5, 0.5))
    own = held.details["weights"] * [[4, 1], [1, 4], [2, 2]]
    np.testing.assert_allclose(own[:, 0], own[:, 1], rtol=1e-9)
    assert (held.scores <= outcome.scores + 1e-12).all()


def test_benefit_of_the_doubt_satisfies_its_programme():
    for table, _, _ in random_tables(3, seed=4):
        outcome = aggregate("dea", table)
        reached = outcome.details["weights"] @ table.T
        assert reached.max() <= 1 + 1e-9
        np.testing.assert_allclose(np.diag(reached), outcome.scores, rtol=1e-12)
        assert (outcome.details["weights"] >= 0).all()
        # No other unit's weights, nor equal ones, scaled to be feasible, serve a unit better.
        for other in [*outcome.details["weights"], np.ones(table.shape[1])]:
            feasible = table @ other / (table @ other).max()
            assert (outcome.scores >= feasible - 1e-9).all()


def test_a_missing_output_earns_nothing():
    scores = aggregate("dea", [[4, NAN], [1, 4], [NAN, NAN]]).scores
    np.testing.assert_allclose(scores[:2], [1, 1])
    assert np.isnan(scores[2])


def test_fuzzy_takes_a_value_beyond_the_scale_by_float_noise_as_its_end():
    outcome = aggregate("fuzzy", [[100 + 3e-13, -3e-13], [100, 0]], scale=(0, 100))
    assert outcome.scores.tolist() == pytest.approx([50, 50])
    with pytest.raises(MethodError, match="outside 0 to 100"):
        aggregate("fuzzy", [[100.001, 0]], scale=(0, 100))


def test_promethee_at_a_threshold_that_floats_miss():
    # 0.3 − 0.1 is 0.2 less noise, 1000.5 − 1000.3 is 0.2 with more of it: neither is above 0.2.
    for table in ([[0.3], [0.1]], [[1000.5], [1000.3]]):
        assert table[0][0] - table[1][0] != 0.2
        for function in (("ushape", {"q": 0.2}), ("level", {"q": 0.2, "p": 0.4})):
            assert aggregate("promethee", table, preference_functions=function).ranks.tolist() == [
                1,
                1,
            ]
    better = aggregate("promethee", [[0.31], [0.1]], preference_functions=("ushape", {"q": 0.2}))
    assert better.scores.tolist() == [1, -1]


@pytest.mark.parametrize("method", ["copeland", "kemeny", "promethee", "electre1", "electre2"])
def test_noise_beside_zero_is_a_tie(method):
    # As min-max leaves it: the least of a column is 0, a twin of it 1e-16.
    noisy = [[0.1 + 0.2 - 0.3, 1], [0, 1], [1, 0.5]]
    clean = [[0, 1], [0, 1], [1, 0.5]]
    assert aggregate(method, noisy).ranks.tolist() == aggregate(method, clean).ranks.tolist()
