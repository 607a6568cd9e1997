"""Units measured by the marks of other units, such as those of an earlier year."""

import numpy as np
import pytest

from steelyard.assess.aggregate.aggregate import aggregate, keeps_marks
from steelyard.errors import MethodError, RecipeError

NAN = float("nan")
TEN = [[0.0, 0.0], [10.0, 10.0]]
MARKED = {
    "topsis": ({}, {"normalisation": "minmax"}, {"normalisation": "sum", "metric": 1.0}),
    "vikor": ({}, {"v": 0.2}),
    "grey": ({}, {"normalisation": "mean"}, {"normalisation": "none", "reference": [12, 12, 0]}),
    "ranksum": ({}, {"ranking": "linear"}),
    "mpi": ({}, {"ddof": 1, "penalty": "upward"}),
    "ampi": ({}, {"low": 0.0, "high": 10.0}),
}
CASES = [(method, options) for method, several in MARKED.items() for options in several]


def test_which_methods_have_marks():
    assert {method for method in MARKED if keeps_marks(method)} == set(MARKED)


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        # Between the ideals; beyond the best as the best, beyond the worst as the worst.
        ("topsis", {"normalisation": "none"}, [0.5, 1.0, 0.0]),
        # S and R of the sample are 1, 0 and ½, 0; of the first they are ½ and ¼.
        ("vikor", {}, [0.5, 1.0, 0.0]),
        # (0 + ½ · 1) / (½ + ½ · 1) with Δ = ½; Δ = 0; Δ = 1.5 is farther than the sample's worst.
        ("grey", {}, [0.5, 1.0, 0.25]),
        # Between the two; not above the second; not below the first.
        ("ranksum", {}, [0.75, 1.0, 0.5]),
        ("ranksum", {"ranking": "linear"}, [0.75, 1.0, 0.5]),
        # Mean 5, deviation 5, no penalty between equals.
        ("mpi", {}, [100.0, 130.0, 80.0]),
        ("ampi", {}, [100.0, 190.0, 40.0]),
    ],
)
def test_by_hand(method, options, expected):
    found = aggregate(method, [[5, 5], [20, 20], [-5, -5]], sample=TEN, **options)
    assert found.scores.tolist() == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("method", "options"), CASES)
@pytest.mark.parametrize("seed", range(5))
def test_the_sample_itself_has_the_scores_that_it_had(method, options, seed):
    rng = np.random.default_rng(seed)
    table = rng.uniform(1, 9, (7, 3)).round(1)
    if seed % 2:
        table[rng.random(table.shape) < 0.2] = NAN
        table[0] = 5.0
    weights, directions = [0.5, 0.2, 0.3], [1, 1, -1]
    first = aggregate(method, table, weights, directions, **options).scores
    again = aggregate(method, table[2:5], weights, directions, sample=table, **options).scores
    np.testing.assert_allclose(again, first[2:5], atol=1e-12)


# The penalty of a Mazziotta–Pareto index may outweigh what one indicator gains.
@pytest.mark.parametrize(("method", "options"), [case for case in CASES if "mpi" not in case[0]])
def test_better_on_everything_is_never_worse(method, options):
    rng = np.random.default_rng(3)
    sample = rng.uniform(1, 9, (8, 3))
    worse = rng.uniform(-2, 10, (200, 3))
    better = worse + rng.uniform(0, 3, (200, 3)) * [1, 1, -1]
    low, high = (
        aggregate(method, table, None, [1, 1, -1], sample=sample, **options).scores
        for table in (worse, better)
    )
    assert (high >= low - 1e-12).all()
    assert (high > low + 1e-3).any()


def test_units_of_other_indicators_are_refused():
    with pytest.raises(MethodError, match="2 columns and the table 3"):
        aggregate("topsis", [[1, 2, 3]], sample=TEN)


def test_what_only_ranks_leaves_no_marks():
    with pytest.raises(RecipeError, match=r"promethee only ranks .* topsis, vikor, grey"):
        aggregate("promethee", [[1, 2]], sample=TEN)


def test_nobody_is_better_than_a_given_reference():
    with pytest.raises(MethodError, match="#2 are better on #1"):
        aggregate("grey", [[3, 1], [6, 1], [5, 2]], reference=[5, 2])
    found = aggregate("grey", [[3, 1], [5, 2]], reference=[5, 2])
    assert found.scores.tolist() == pytest.approx([1 / 3, 1.0])
