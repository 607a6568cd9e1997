"""The methods of scikit-criteria: against pymcdm, and the faults kept out."""

import itertools

import numpy as np
import pymcdm.methods as witness
import pytest
from pymcdm import normalizations
from scipy.optimize import linprog
from skcriteria import mkdm
from skcriteria.agg import RankResult, aras, codas, electre, ervd, mabac, marcos, moora, rim, simus
from skcriteria.preprocessing.scalers import MinMaxScaler

from steelyard.assess.aggregate import METHODS
from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.assess.normalise.normalise import normalise
from steelyard.errors import MethodError

BOUNDS = np.array([[0.0, 110.0]] * 5)
WITNESSES = {
    "aras": (witness.ARAS, {}),
    "cocoso": (witness.COCOSO, {}),
    "codas": (witness.CODAS, {}),
    "edas": (witness.EDAS, {}),
    "mabac": (witness.MABAC, {}),
    "marcos": (witness.MARCOS, {}),
    "ocra": (witness.OCRA, {}),
    "probid": (witness.PROBID, {}),
    "ram": (witness.RAM, {}),
    "ratiomoora": (witness.MOORA, {}),
    "waspas": (witness.WASPAS, {}),
}


def random_tables(count=10, units=8, indicators=5, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        table = rng.uniform(1, 100, (units, indicators))
        yield table, rng.dirichlet(np.ones(indicators)), rng.choice([1, -1], indicators)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("method", WITNESSES)
def test_pymcdm_agrees(method):
    judge, settings = WITNESSES[method]
    for table, weights, directions in random_tables():
        scores = aggregate(method, table, weights, directions).scores
        expected = judge(**settings)(table, weights, directions)
        np.testing.assert_allclose(scores, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_pymcdm_agrees_where_options_are_needed():
    for table, weights, directions in random_tables():
        gap = witness.MAIRCA()(table, weights, directions)
        found = aggregate("mairca", table, weights, directions)
        np.testing.assert_allclose(found.details["Q"], gap, atol=1e-12)
        distance = witness.SPOTIS(BOUNDS)(table, weights, directions)
        found = aggregate("spotis", table, weights, directions, bounds=BOUNDS)
        np.testing.assert_allclose(found.details["P"], distance, atol=1e-12)
        closeness = witness.RIM(BOUNDS)(table, weights, directions)
        found = aggregate("rim", table, weights, directions, ranges=BOUNDS)
        np.testing.assert_allclose(found.scores, closeness, atol=1e-12)
        value = witness.ERVD(table.mean(axis=0), lambd=2.25, alpha=0.88)
        found = aggregate("ervd", table, weights, directions)
        np.testing.assert_allclose(found.scores, value(table, weights, directions), atol=1e-12)
        share = normalizations.minmax_normalization
        shares = np.transpose(
            [share(x, cost=d < 0) + 0.1 for x, d in zip(table.T, directions, strict=True)]
        )
        for method, formula in (
            ("weightedsummodel", (shares * weights).sum(axis=1)),
            ("weightedproductmodel", np.prod(shares**weights, axis=1)),
        ):
            found = aggregate(method, shares, weights)
            np.testing.assert_allclose(found.scores, formula, rtol=1e-12)


def test_copras_by_its_formula():
    for table, weights, directions in random_tables():
        if (directions == 1).all():
            continue
        v = table / table.sum(axis=0) * weights
        plus, minus = v[:, directions == 1].sum(axis=1), v[:, directions == -1].sum(axis=1)
        q = plus + minus.sum() / (minus * (1 / minus).sum())
        found = aggregate("copras", table, weights, directions)
        np.testing.assert_allclose(found.scores, q / q.max(), rtol=1e-12)


def test_copras_without_costs_is_the_sum_of_the_benefits():
    scores = aggregate("copras", [[1, 3], [3, 1], [4, 4]]).scores
    np.testing.assert_allclose(scores, [0.5, 0.5, 1])


def test_multiplicative_forms_by_hand():
    table = [[3, 4], [4, 2], [1, 5]]
    form = aggregate("fullmultiplicativeform", table, directions=[1, -1])
    np.testing.assert_allclose(form.details["U"], [0.75, 2, 0.2])
    costs = aggregate("fullmultiplicativeform", table, directions=[-1, -1])
    np.testing.assert_allclose(costs.details["U"], [1 / 12, 1 / 8, 1 / 5])
    assert aggregate("multimoora", table, directions=[1, -1]).scores.tolist() == [1, 2, 0]


def test_reference_point_by_hand():
    outcome = aggregate("referencepointmoora", [[3, 4], [4, 3]], directions=[1, -1])
    np.testing.assert_allclose(outcome.details["distance"], [0.1, 0], atol=1e-15)


def test_simplified_probid_by_hand():
    scores = aggregate("simplifiedprobid", [[3, 4], [4, 3], [0, 0], [1, 1]]).scores
    np.testing.assert_allclose(scores, [5, 5, 0, 1 / 3], atol=1e-12)


def test_electre_by_hand():
    # The first is ahead of the second throughout; the third is ahead on B, the first by 1 on A.
    outcome = aggregate("electre1", [[3, 3], [2, 2], [1, 4]])
    assert outcome.details["kernel"].tolist() == [True, False, True]
    assert outcome.scores.tolist() == [1, 0, 1]
    assert aggregate("electre2", [[3, 3], [2, 2], [1, 1]]).ranks.tolist() == [1, 2, 3]


def test_scikit_criteria_unties_ranks_into_others():
    """Second and fourth share the first place; untied they would be last and third."""
    tied = RankResult("any", ["a", "b", "c", "d"], [2, 1, 2, 1], {})
    assert tied.untied_rank_.tolist() == [2, 4, 1, 3]
    assert aggregate("arithmetic", [[1], [2], [1], [2]]).ranks.tolist() == [3, 1, 3, 1]


def test_scikit_criteria_takes_a_cost_for_a_benefit_in_min_max():
    """Of prices 1, 2 and 4 the dearest gets 1; here the cheapest does."""
    prices = mkdm([[1], [2], [4]], [min])
    scaled = MinMaxScaler(target="matrix").transform(prices).matrix.to_numpy()
    assert scaled.ravel() == pytest.approx([0, 1 / 3, 1])
    found = normalise("minmax", [[1], [2], [4]], directions=[-1], to=(0, 1))
    assert found.ravel() == pytest.approx([1, 2 / 3, 0])


def test_printing_is_kept_to_itself(capfd):
    aggregate("marcos", [[3, 4], [4, 2]])
    aggregate("simus", [[3, 4], [4, 2]])
    assert capfd.readouterr().out == ""
    marcos.MARCOS().evaluate(mkdm([[3, 4], [4, 2]], [1, 1], weights=[0.5, 0.5]))
    assert capfd.readouterr().out != ""


def test_aras_counts_the_optimal_unit_in_the_sums():
    table = np.array([[2.0, 1.0], [4.0, 2.0], [1.0, 3.0]])
    weights = np.array([0.7, 0.3])
    extended = np.vstack([table.max(axis=0), table])
    sums = (extended / extended.sum(axis=0)) @ weights
    scores = aggregate("aras", table, weights).scores
    np.testing.assert_allclose(scores, sums[1:] / sums[0], rtol=1e-12)
    as_it_comes = aras.ARAS().evaluate(mkdm(table, [1, 1], weights=weights)).e_.utility
    assert np.abs(scores - as_it_comes).max() > 0.01


def test_electre2_takes_sums_of_weights_that_are_equal_as_equal():
    # Three sixths against one half: neither outranks the other.
    table = [[2, 2, 2, 1], [1, 1, 1, 2]]
    anyhow = {"q0": 1, "p2": 0.35}
    assert aggregate("electre2", table, [1, 1, 1, 3], **anyhow).ranks.tolist() == [1, 1]
    assert aggregate("electre2", table, [1, 1, 1, 3.1], **anyhow).ranks.tolist() == [2, 1]


def test_multimoora_ranks_equal_ratios_equally():
    outcome = aggregate("multimoora", [[3, 2, 1], [3, 1, 2], [3, 3, 1]])
    turned = aggregate("multimoora", [[2, 1, 3], [1, 2, 3], [3, 1, 3]])
    assert turned.details["rank_matrix"].tolist() == outcome.details["rank_matrix"].tolist()
    for column, part in enumerate(("ratiomoora", "referencepointmoora", "fullmultiplicativeform")):
        own = aggregate(part, [[3, 2, 1], [3, 1, 2], [3, 3, 1]]).ranks
        places = outcome.details["rank_matrix"][:, column]
        assert (
            np.sign(np.subtract.outer(own, own)) == np.sign(np.subtract.outer(places, places))
        ).all()


def test_simus_gives_each_unit_its_own_score():
    table = np.random.default_rng(1).uniform(1, 9, (13, 4))
    scores = aggregate("simus", table).scores
    order = np.random.default_rng(2).permutation(13)
    np.testing.assert_allclose(aggregate("simus", table[order]).scores, scores[order], atol=1e-9)
    shares = table / table.sum(axis=0)
    as_it_comes = simus.SIMUS().evaluate(mkdm(shares, [1] * 4, weights=[1] * 4)).e_
    assert np.abs(as_it_comes.method_1_score - scores).max() > 0.1
    assert sorted(as_it_comes.method_1_score) == pytest.approx(sorted(scores))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("seed", range(8))
def test_simus_solves_the_programmes_of_scikit_criteria(seed):
    # Up to ten units, theirs come back in order; CBC answers in eight digits.
    rng = np.random.default_rng(seed)
    table = rng.uniform(1, 9, (4 + seed % 7, 4))
    directions = np.array([1, 1, 1, -1 if seed % 2 else 1])
    shares = mkdm(table / table.sum(axis=0), directions, weights=[1] * 4)
    theirs = simus.SIMUS().evaluate(shares).e_
    assert all(stage.lp_status == "Optimal" for stage in theirs.stages)
    found = aggregate("simus", table, None, directions).details
    np.testing.assert_allclose(found["stages"], theirs.stages_results, atol=1e-7)
    np.testing.assert_allclose(found["method_1_score"], theirs.method_1_score, atol=1e-7)
    np.testing.assert_allclose(found["method_2_score"], theirs.method_2_score, atol=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_simus_in_any_order_though_units_tie(seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 3, (20, 4)).astype(float)
    scores = aggregate("simus", table).scores
    rows, columns = rng.permutation(20), rng.permutation(4)
    again = aggregate("simus", table[np.ix_(rows, columns)]).scores
    np.testing.assert_allclose(again, scores[rows], atol=1e-12)
    _, alike = np.unique(table, axis=0, return_inverse=True)
    assert all(np.ptp(scores[alike.ravel() == kind]) < 1e-12 for kind in set(alike.ravel()))


def test_simus_takes_the_most_even_of_several_solutions():
    # The first: 2a + 3b at most, where 2a + 3b + 3c + 3d ≤ 3 and a + 3b + 2c + d ≤ 3. All on
    # 2a + 3b = 3 do; the nearest to 0 is (6, 9) / 13, in shares 0.4 and 0.6.
    table = np.array([[2.0, 2, 1], [3, 3, 3], [1, 3, 2], [1, 3, 1]])
    rows, columns = [3, 1, 0, 2], [2, 0, 1]
    found = aggregate("simus", table)
    moved = aggregate("simus", table[np.ix_(rows, columns)])
    np.testing.assert_allclose(moved.scores, found.scores[rows], atol=1e-12)
    assert moved.ranks.tolist() == found.ranks[rows].tolist()
    np.testing.assert_allclose(
        found.details["stages"], [[0.4, 0.6, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]], atol=1e-12
    )


def test_simus_finds_no_solution_nearer_where_there_are_many():
    # Of a convex set, x is the point nearest to 0 if no point y of it has x·y below x·x.
    several = 0
    for seed in range(60):
        table = np.random.default_rng(seed).integers(1, 5, (6, 3)).astype(float)
        shares = table / table.sum(axis=0)
        for goal, stage in enumerate(aggregate("simus", table).details["stages"]):
            others = np.arange(3) != goal
            limits = {"A_ub": shares.T[others], "b_ub": shares.max(axis=0)[others]}
            best = linprog(-shares[:, goal], **limits)
            found = stage * -best.fun / (shares[:, goal] @ stage)
            assert (limits["A_ub"] @ found <= limits["b_ub"] + 1e-9).all()
            optimal = {"A_eq": shares[None, :, goal], "b_eq": [-best.fun]}
            nearest = linprog(found, **limits, **optimal).fun
            assert found @ found == pytest.approx(nearest, abs=1e-8)
            several += -linprog(-found, **limits, **optimal).fun > nearest + 1e-3
    assert several >= 10


def test_simus_of_a_programme_without_bound_tells_nothing():
    # While the cost need only be as large as its lowest, the benefit can grow for ever; and with
    # no more benefit than the best has, the least cost is that of nothing.
    found = aggregate("simus", [[4, 1], [2, 2]], None, [1, -1]).details["stages"]
    np.testing.assert_allclose(found[0], [0, 0])
    np.testing.assert_allclose(found[1], [0, 0])


def test_multiplicative_form_starts_from_zero():
    decision = mkdm([[3.0, 4.0], [4.0, 2.0]], [-1, -1], weights=[1, 1])
    as_it_comes = moora.FullMultiplicativeForm().evaluate(decision).e_.score
    found = aggregate("fullmultiplicativeform", [[3, 4], [4, 2]], directions=[-1, -1]).scores
    np.testing.assert_allclose(as_it_comes - found, 1)


def test_mabac_measures_from_the_border_whatever_the_number_of_units():
    # 400 units at 0.5 on a scale of 0–1, besides the two ends: the border is nearly theirs.
    table = np.full((402, 20), 0.5)
    table[0], table[1] = 0.0, 1.0
    found = aggregate("mabac", table)
    border = 0.05 * np.exp((400 * np.log(1.5) + np.log(2)) / 402)
    np.testing.assert_allclose(found.details["G"], [border] * 20)
    np.testing.assert_allclose(found.scores[2], 1.5 - 20 * border, atol=1e-12)
    as_it_comes = mabac.MABAC().evaluate(mkdm(table, [1] * 20, weights=[0.05] * 20)).e_
    assert as_it_comes.border_approximation_area.tolist() == [0] * 20


def test_what_is_computed_here_is_what_scikit_criteria_computes():
    for table, weights, directions in random_tables():
        decision = mkdm(table, directions, weights=weights)
        ends = [tuple(end) for end in np.stack([table.min(axis=0), table.max(axis=0)], axis=1)]
        best = [end[int(way > 0)] for end, way in zip(ends, directions, strict=True)]
        ideals = [(x, x) for x in best]
        theirs = rim.RIM().evaluate(decision, ref_ideals=ideals, ranges=ends).e_
        ours = aggregate("rim", table, weights, directions)
        np.testing.assert_allclose(ours.scores, theirs.score, atol=1e-12)
        np.testing.assert_allclose(ours.details["normalised"], theirs.norm_matrix, atol=1e-12)
        lengths = table / np.sqrt((table**2).sum(axis=0))
        decision = mkdm(lengths, directions, weights=weights)
        theirs = moora.MultiMOORA().evaluate(decision).e_
        ours = aggregate("multimoora", table, weights, directions)
        assert ours.scores.tolist() == theirs.score.tolist()
        assert ours.details["rank_matrix"].tolist() == theirs.rank_matrix.tolist()
        decision = mkdm(table / table.sum(axis=0), directions, weights=weights)
        middle = (table / table.sum(axis=0)).mean(axis=0)
        theirs = ervd.ERVD().evaluate(decision, reference_points=middle).e_
        found = aggregate("ervd", table, weights, directions)
        np.testing.assert_allclose(found.scores, theirs.similarity, atol=1e-12)


@pytest.mark.parametrize("units", [8, 40])
def test_outranking_computed_here_is_that_of_scikit_criteria(units):
    places = set()
    for drawn, weights, directions in random_tables(6, units):
        table = np.ceil(drawn / 20) if weights[0] > 0.2 else drawn  # on some, many are level
        shares = normalizations.minmax_normalization
        ways = zip(table.T, directions, strict=True)
        values = np.transpose([shares(x, cost=way < 0) for x, way in ways])
        decision = mkdm(values, [1] * 5, weights=weights)
        for method, judge, settings in (
            ("electre1", electre.ELECTRE1, {}),
            ("electre1", electre.ELECTRE1, {"p": 0.55, "q": 0.8}),
            ("electre2", electre.ELECTRE2, {}),
            ("electre2", electre.ELECTRE2, {"p1": 0.6, "q0": 0.9, "q1": 0.6}),
        ):
            theirs = judge(**settings).evaluate(decision)
            ours = aggregate(method, table, weights, directions, **settings)
            named = {"concordance": "matrix_concordance", "discordance": "matrix_discordance"}
            for name, detail in ours.details.items():
                expected = theirs.values if name == "kernel" else theirs.e_[named.get(name, name)]
                np.testing.assert_allclose(detail, expected, atol=1e-8)
            if method == "electre2":
                assert ours.scores.tolist() == (-theirs.e_.score).tolist()
                places |= set(ours.scores)
    assert len(places) > 3


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_outranking_where_nothing_differs():
    decision = mkdm(np.zeros((3, 2)), [1, 1], weights=[0.5, 0.5])
    assert electre.ELECTRE1().evaluate(decision).values.tolist() == [True] * 3
    assert aggregate("electre1", [[5, 2]] * 3).details["kernel"].tolist() == [True] * 3
    assert aggregate("electre2", [[5, 2]] * 3).scores.tolist() == [-1] * 3


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_codas_computed_here_is_that_of_scikit_criteria():
    for table, weights, _ in random_tables(units=40):
        decision = mkdm(table / table.max(axis=0), [1] * 5, weights=weights)
        for tau in (0.0, 0.02, 0.3):
            theirs = codas.CODAS(tau=tau).evaluate(decision).e_
            ours = aggregate("codas", table, weights, tau=tau)
            np.testing.assert_allclose(ours.scores, theirs.score, atol=1e-11)
            assert ours.details["psi"].tolist() == theirs.psi.tolist()
            assert 0 < theirs.psi.mean() <= 1


def test_the_order_of_columns_tips_no_threshold():
    # The second unit speaks for itself by 0.65 = 0.05 + 0.1 + 0.2 + 0.3, in whatever order summed.
    weights = np.array([0.05, 0.1, 0.2, 0.3, 0.35])
    table = np.array([[1, 1, 1, 1, 1.2], [2, 2, 2, 2, 1.0], [1, 1, 1, 1, 9.0]])
    ours, theirs = set(), set()
    for order in map(list, itertools.permutations(range(5))):
        found = aggregate("electre1", table[:, order], weights[order], q=1.0)
        ours.add(tuple(found.details["kernel"]))
        concordance = electre.concordance(table[:, order], np.ones(5), weights[order])
        theirs.add(bool(concordance[1, 0] >= 0.65))
    assert len(ours) == 1
    assert theirs == {True, False}


def test_zeros_do_not_stop_mairca():
    gap = aggregate("mairca", [[0, 3], [3, 2]]).details["Q"]
    np.testing.assert_allclose(gap, [0.25, 0.25])


@pytest.mark.parametrize(
    ("method", "matrix", "directions", "says"),
    [
        ("edas", [[1, float("nan")], [2, 3]], None, "B"),
        ("edas", [[1, -2], [2, -3]], None, "B"),
        ("mabac", [[1, 5], [2, 5]], None, "B"),
        ("cocoso", [[1, 5], [2, 6]], None, "worst on all of A, B"),
        ("waspas", [[1, 0], [2, 3]], None, "B"),
        ("marcos", [[0, 5], [2, 0]], None, "is 0"),
        ("marcos", [[1, 0], [2, 3]], [1, -1], "B"),
        ("copras", [[1, 0], [2, 3]], [1, -1], "costs of one unit"),
        ("ocra", [[1, 0], [2, 3]], None, "B"),
        ("ram", [[1, -1], [2, 3]], None, "B"),
        ("aras", [[1, 0], [2, 3]], [1, -1], "B"),
        ("codas", [[1, -1], [2, 3]], None, "B"),
        ("weightedsummodel", [[1, 2], [2, 3]], [1, -1], "B"),
        ("fullmultiplicativeform", [[1, 0], [2, 3]], None, "B"),
        ("simplifiedprobid", [[1, 0], [2, 3]], None, "at least 4"),
        ("probid", [[1, 2], [1, 2]], None, "units apart"),
        ("ervd", [[1, 2], [1, 2]], None, "units apart"),
        ("saw", [[1, 2], [1, 2]], None, "nearest"),
        ("edas", [[1, 2]], None, "at least 2"),
    ],
)
def test_what_cannot_be_judged_is_named(method, matrix, directions, says):
    with pytest.raises(Exception, match=says) as refused:
        aggregate(method, matrix, None, directions, names=["A", "B"], units=["one", "two"])
    if isinstance(refused.value, MethodError):
        assert refused.value.message("zh")


@pytest.mark.parametrize(
    ("method", "options", "says"),
    [
        ("spotis", {"bounds": [[0, 10], [3, 9]]}, "B"),
        ("spotis", {"bounds": [[0, 10]]}, "pair"),
        ("spotis", {"bounds": [[0, 10], [9, 1]]}, "B"),
        ("rim", {"ranges": [[0, 10], [3, 9]]}, "B"),
        ("rim", {"ranges": [[0, 10], [0, 9]], "reference_ideals": [[1, 2], [5, 4]]}, "B"),
        ("electre2", {"p0": 0.1}, "p0"),
    ],
)
def test_options_that_do_not_fit_are_refused(method, options, says):
    with pytest.raises(MethodError, match=says):
        aggregate(method, [[1, 2], [2, 3]], names=["A", "B"], **options)


NAN, INF = float("nan"), float("inf")
NOT_NUMBERS = (NAN, INF, -INF, -0.1, [0.5], "0.5", None, True)
OUT_OF_RANGE = {
    ("waspas", "lam"): (*NOT_NUMBERS, 1.1),
    ("cocoso", "lam"): (*NOT_NUMBERS, 1.1),
    ("codas", "tau"): NOT_NUMBERS,
    ("ervd", "lam"): (*NOT_NUMBERS, 0),
    ("ervd", "alpha"): (*NOT_NUMBERS, 0),
    ("electre1", "p"): (*NOT_NUMBERS, 1.1),
    ("electre1", "q"): (*NOT_NUMBERS, 1.1),
    **{("electre2", name): (*NOT_NUMBERS, 1.1) for name in ("p0", "p1", "p2", "q0", "q1")},
    ("simus", "rank_by"): (*NOT_NUMBERS, 0, 3),
    ("aras", "optimal"): (NAN, INF, "x", [3, 4, 5], ["a", "b"], [[3, 4]], [3, NAN], {}, [-1, 4]),
    ("ervd", "reference"): (NAN, INF, "x", [3, 4, 5], ["a", "b"], [[3, 4]], [3, NAN], {}),
    ("spotis", "esp"): (NAN, INF, "x", [3, 4, 5], ["a", "b"], [[3, 4]], [3, NAN], {}),
    ("spotis", "bounds"): (3, [1, 5], [[1, 5]], [[1], [5, 6]], [["a", 1]] * 2, [[0, INF]] * 2),
    ("rim", "ranges"): (3, [1, 5], [[1, 5]], [[1], [5, 6]], [["a", 1]] * 2, [[0, INF]] * 2),
    ("rim", "reference_ideals"): (3, [1, 5], [[1, 5]], [["a", 1]] * 2, [[3, NAN]] * 2),
    ("mairca", "preferences"): (0.5, [1.0], [1.5, -0.5], [0.5, NAN], ["a", "b"], [0.5, 0.6], {}),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("method", "option"), OUT_OF_RANGE)
def test_options_out_of_range_are_refused_by_name(method, option):
    for value in OUT_OF_RANGE[method, option]:
        with pytest.raises(MethodError) as refused:
            METHODS[method].function([[3.0, 4.0], [4.0, 2.0]], **{option: value})
        for lang in ("zh", "en"):
            sentence = refused.value.message(lang)
            assert method in sentence, (value, sentence)
            assert option in sentence, (value, sentence)


def test_every_option_is_tried_out_of_range():
    theirs = [name for name in METHODS if "scikit-criteria" in METHODS[name].function.__doc__]
    options = {(name, option) for name in theirs for option in METHODS[name].options}
    assert options == set(OUT_OF_RANGE)


def test_options_where_there_is_no_weight_are_moot():
    table, weights = [[3.0, 4.0], [4.0, 2.0]], [1.0, 0.0]
    for method, options in (
        ("aras", {"optimal": [5, NAN]}),
        ("ervd", {"reference": [3.5, NAN]}),
        ("spotis", {"bounds": [[0, 9], [NAN, NAN]], "esp": [8, NAN]}),
        ("rim", {"ranges": [[0, 9], [NAN, NAN]]}),
    ):
        first = {name: np.asarray(value)[:1] for name, value in options.items()}
        alone = aggregate(method, [[3.0], [4.0]], **first).scores
        np.testing.assert_allclose(aggregate(method, table, weights, **options).scores, alone)
