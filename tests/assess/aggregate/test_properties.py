"""What must hold for every aggregation, and what a catalogue entry claims."""

import importlib
import pkgutil

import numpy as np
import pytest
import skcriteria.agg

from steelyard.assess.aggregate import METHODS
from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.assess.normalise.normalise import normalise
from steelyard.errors import MethodError, RecipeError

NAN = float("nan")
OPTIONS = {"fuzzy": {"scale": (0, 100)}}
COMPLETE_ONLY = [
    "aras", "cocoso", "codas", "copras", "edas", "electre1", "electre2", "ervd", "mabac", "mairca",
    "marcos", "ratiomoora", "referencepointmoora", "fullmultiplicativeform", "multimoora", "ocra",
    "probid", "simplifiedprobid", "ram", "rim", "weightedsummodel", "weightedproductmodel", "simus",
    "spotis", "waspas",
]  # fmt: skip
SKIPS_MISSING = [name for name in METHODS if name not in COMPLETE_ONLY]
# Improving can cost a unit its rank: see test_counterexamples.py and docs/methods.md.
NOT_MONOTONE = (
    "electre1", "electre2", "probid", "simus", "mpi", "ampi", "multimoora", "vikor", "cocoso",
    "codas", "referencepointmoora",
)  # fmt: skip


def table(seed=0, units=8, indicators=5):
    rng = np.random.default_rng(seed)
    return rng.uniform(1, 100, (units, indicators)), rng.dirichlet(np.ones(indicators))


def score(method, matrix, weights):
    return aggregate(method, matrix, weights, **OPTIONS.get(method, {}))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(3))
def test_rows_and_columns_may_come_in_any_order(method, seed):
    matrix, weights = table(seed)
    rng = np.random.default_rng(99 + seed)
    rows, columns = rng.permutation(8), rng.permutation(5)
    outcome = score(method, matrix, weights)
    moved = score(method, matrix[rows][:, columns], weights[columns])
    np.testing.assert_allclose(moved.scores, outcome.scores[rows], rtol=1e-9, atol=1e-9)
    assert moved.ranks.tolist() == outcome.ranks[rows].tolist()


def tied(seed, gaps=False):
    """A small table of few values, with its weights and directions; and the same, moved."""
    rng = np.random.default_rng(seed)
    units, indicators = rng.integers(3, 9), rng.integers(2, 5)
    matrix = rng.integers(1, 5, (units, indicators)) * rng.choice([1.0, 0.1])
    if gaps:
        matrix[rng.random(matrix.shape) < 0.25] = NAN
    weights = rng.integers(1, 5, indicators) if seed % 2 else np.ones(indicators)
    directions = rng.choice([1, 1, -1], indicators) if seed % 3 else np.ones(indicators)
    rows, columns = rng.permutation(units), rng.permutation(indicators)
    moved = matrix[np.ix_(rows, columns)], weights[columns], directions[columns]
    return (matrix, weights, directions), moved, rows


def answered(method, matrix, weights, directions):
    """The outcome, or what is refused."""
    try:
        return aggregate(method, matrix, weights, directions, **OPTIONS.get(method, {}))
    except MethodError as refused:
        return refused.key


def keeps_its_order(method, seed, gaps=False):
    """Compare a tied table's outcome in two orders; whether there was one to compare."""
    first, moved, rows = tied(seed, gaps)
    outcome, again = answered(method, *first), answered(method, *moved)
    if isinstance(outcome, str) or isinstance(again, str):
        assert outcome == again, seed
        return False
    np.testing.assert_allclose(
        again.scores, outcome.scores[rows], rtol=1e-9, atol=1e-9, err_msg=f"seed {seed}"
    )
    assert again.ranks.tolist() == outcome.ranks[rows].tolist(), seed
    return True


@pytest.mark.parametrize("method", METHODS)
def test_rows_and_columns_may_come_in_any_order_though_values_tie(method):
    compared = sum(keeps_its_order(method, seed) for seed in range(150))
    assert compared >= 40


@pytest.mark.parametrize("method", SKIPS_MISSING)
def test_rows_and_columns_may_come_in_any_order_though_values_tie_and_cells_are_missing(method):
    compared = sum(keeps_its_order(method, seed, gaps=True) for seed in range(60))
    assert compared >= 15


@pytest.mark.parametrize("method", [name for name in METHODS if name != "fuzzy"])
def test_float_noise_decides_no_rank(method):
    noisy = np.array([[0.1 + 0.2, 1], [0.3, 1], [0.1, 2], [0.5, 0.5]])
    clean = np.array([[0.3, 1], [0.3, 1], [0.1, 2], [0.5, 0.5]])
    assert noisy[0, 0] != noisy[1, 0]
    for directions in ([1, 1], [1, -1], [-1, 1]):
        found, expected = (answered(method, table, None, directions) for table in (noisy, clean))
        if isinstance(expected, str):
            assert found == expected
        else:
            assert found.ranks.tolist() == expected.ranks.tolist()
            np.testing.assert_allclose(found.scores, expected.scores, atol=1e-9)


@pytest.mark.parametrize("method", SKIPS_MISSING)
@pytest.mark.parametrize("seed", range(3))
def test_missing_cells_do_not_make_the_order_of_rows_count(method, seed):
    matrix, weights = table(seed)
    rng = np.random.default_rng(7 + seed)
    matrix[rng.random(matrix.shape) < 0.25] = NAN
    matrix[3] = NAN
    rows, columns = rng.permutation(8), rng.permutation(5)
    outcome = score(method, matrix, weights)
    moved = score(method, matrix[rows][:, columns], weights[columns])
    np.testing.assert_allclose(moved.scores, outcome.scores[rows], rtol=1e-9, atol=1e-9)
    assert np.isnan(outcome.scores).tolist() == np.isnan(matrix).all(axis=1).tolist()
    assert outcome.ranks[3] == 0


@pytest.mark.parametrize("method", COMPLETE_ONLY)
def test_methods_that_need_every_cell_say_which_is_missing(method):
    matrix, weights = table()
    matrix[2, 1] = NAN
    with pytest.raises(MethodError) as refused:
        aggregate(method, matrix, weights, names=list("ABCDE"), units=list("stuvwxyz"))
    assert "B" in refused.value.message()
    assert "u" in refused.value.fields["units"]


@pytest.mark.parametrize("method", METHODS)
def test_weights_in_percent_are_the_same_weights(method):
    matrix, weights = table(4)
    expected = score(method, matrix, weights).scores
    np.testing.assert_allclose(score(method, matrix, 100 * weights).scores, expected, rtol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_an_indicator_without_weight_does_not_count(method):
    matrix, weights = table(5)
    expected = score(method, matrix, weights)
    noise = np.random.default_rng(1).uniform(1, 100, (8, 1))
    found = score(method, np.hstack([matrix, noise]), [*weights, 0])
    np.testing.assert_allclose(found.scores, expected.scores, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("method", [name for name in METHODS if name not in NOT_MONOTONE])
def test_a_unit_that_improves_does_not_fall(method):
    compared = 0
    for seed in range({"dea": 12, "kemeny": 40}.get(method, 200)):
        rng = np.random.default_rng(seed)
        units, indicators = rng.integers(2, 6), rng.integers(2, 5)
        matrix = rng.integers(1, 10, (units, indicators)).astype(float)
        weights = rng.integers(1, 5, indicators)
        before = answered(method, matrix, weights, None)
        for i, j in np.ndindex(*matrix.shape):
            better = matrix.copy()
            better[i, j] += rng.integers(1, 4)
            after = answered(method, better, weights, None)
            if not isinstance(before, str) and not isinstance(after, str):
                compared += 1
                assert after.ranks[i] <= before.ranks[i], (seed, i, j)
    assert compared >= 60


def test_probid_can_punish_improvement():
    # Distance from the average is rewarded, even below it.
    matrix = [[1, 2], [1, 2], [9, 1], [1, 9]]
    better = [[2, 2], [1, 2], [9, 1], [1, 9]]
    assert aggregate("probid", matrix).ranks.tolist() == [3, 3, 1, 2]
    assert aggregate("probid", better).ranks.tolist() == [4, 3, 1, 2]


def test_ampi_can_punish_improvement():
    # One z of 124 and nine of 70 give M = 75.4, S² = 54²·0.09; one of 130: M = 76, S² = 60²·0.09.
    before, after = (
        aggregate("ampi", [[x, *[0] * 9]], low=0, high=100).scores[0] for x in (90, 100)
    )
    assert before == pytest.approx(75.4 - 54**2 * 0.09 / 75.4)
    assert after == pytest.approx(76 - 60**2 * 0.09 / 76)
    assert after < before


def reversals(method, normalisation, tables=60, units=6):
    """Count the tables in which dropping a unit reorders the others."""
    count = 0
    for seed in range(tables):
        matrix, weights = table(seed, units)
        whole = score(method, normalisation(matrix), weights).scores[1:]
        rest = score(method, normalisation(matrix[1:]), weights).scores
        order, after = (np.sign(np.subtract.outer(s, s).round(9)) for s in (whole, rest))
        count += bool((order * after < 0).any())
    return count


def as_it_is(matrix):
    return matrix


STEADY = [name for name in METHODS if not METHODS[name].reverses]
REVERSING = [
    name for name in METHODS
    if METHODS[name].reverses and name not in ("copeland", "electre1")
]  # fmt: skip


@pytest.mark.parametrize("method", STEADY)
def test_dropping_a_unit_reorders_nobody(method):
    assert reversals(method, as_it_is, 40) == 0


@pytest.mark.parametrize("method", REVERSING)
def test_dropping_a_unit_can_reorder_the_others(method):
    assert reversals(method, as_it_is, 20 if method == "simus" else 60) > 0


def test_dropping_a_unit_can_reorder_by_copeland_when_pairs_tie():
    matrix = [[2, 3, 3, 5], [5, 3, 2, 2], [4, 4, 1, 1], [2, 4, 4, 1], [1, 2, 4, 1]]
    assert aggregate("copeland", matrix).scores[1:].tolist() == [1, 0, 2, -4]
    assert aggregate("copeland", matrix[1:]).scores.tolist() == [2, 0, 1, -3]


def test_goalposts_never_reorder_and_minmax_does():
    def fixed(matrix):
        return normalise("goalposts", matrix, low=0, high=100)

    def relative(matrix):
        return normalise("minmax", matrix)

    assert reversals("arithmetic", fixed) == 0
    assert reversals("arithmetic", relative) > 0


def test_bounds_and_goalposts_given_keep_spotis_and_ampi_steady():
    matrix, weights = table(3)
    for method, options in (
        ("spotis", {"bounds": [[0, 100]] * 5}),
        ("ampi", {"low": 0, "high": 100}),
        ("rim", {"ranges": [[0, 100]] * 5}),
    ):
        whole = aggregate(method, matrix, weights, **options).scores[1:]
        rest = aggregate(method, matrix[1:], weights, **options).scores
        np.testing.assert_allclose(rest, whole, rtol=1e-12)


def test_catalogue_holds_the_promised_names():
    promised = (
        *("arithmetic", "geometric", "harmonic", "power", "median", "topsis", "vikor", "grey"),
        *("fuzzy", "ranksum", "promethee", "copeland", "kemeny", "mpi", "ampi", "dea"),
    )
    assert tuple(METHODS)[: len(promised)] == promised


def test_every_aggregator_of_scikit_criteria_is_there():
    for module in pkgutil.iter_modules(skcriteria.agg.__path__):
        names = vars(importlib.import_module(f"skcriteria.agg.{module.name}")).items()
        for name, thing in names:
            own = isinstance(thing, type) and thing.__module__ == f"skcriteria.agg.{module.name}"
            if own and hasattr(thing, "evaluate") and not name.endswith(("ABC", "BasePROBID")):
                assert name.lower() in METHODS, name


def test_titles_and_references_are_there():
    for method in METHODS.values():
        assert method.zh
        assert method.en
        assert method.reference
        assert "Examples" in method.function.__doc__
        assert "References" in method.function.__doc__


def test_an_unknown_option_is_refused():
    with pytest.raises(RecipeError, match="floor"):
        aggregate("geometric", [[1, 2]], flor=1)
