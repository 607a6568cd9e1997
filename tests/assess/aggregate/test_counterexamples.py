"""Every counter-example of the table of aggregations in docs/methods.md, carried out.

Of each: the table, its weights, what is changed, the ranks before and after. Rows and columns
count from 0 here and from the first in the documentation.
"""

from pathlib import Path

import numpy as np
import pytest

from steelyard.assess.aggregate import METHODS
from steelyard.assess.aggregate.aggregate import aggregate

TEXT = (Path(__file__).parents[3] / "docs" / "methods.md").read_text("utf-8")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
OPTIONS = {"fuzzy": {"scale": (0, 200)}}
COUNTEREXAMPLES = {
    "arithmetic": {
        "unit": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("multiply", 1, 10), [3, 2, 1], [2, 1, 3]),
    },
    "harmonic": {
        "unit": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("multiply", 0, 10), [3, 2, 1], [2, 1, 3]),
    },
    "median": {
        "unit": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("multiply", 1, 10), [3, 2, 1], [2, 1, 3]),
    },
    "vikor": {
        "steady": ([[8, 4], [6, 6], [9, 1]], [2, 3], ("drop", 2), [1, 2, 3], [2, 1]),
        "monotone": (
            [[7, 2, 8], [1, 4, 8], [3, 8, 7]],
            [1, 2, 1],
            ("raise", 1, 0, 4),
            [3, 2, 1],
            [2, 3, 1],
        ),
    },
    "fuzzy": {
        "unit": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("multiply", 1, 10), [3, 2, 1], [2, 1, 3]),
    },
    "promethee": {
        "steady": ([[6, 9], [8, 3], [5, 7]], [3, 2], ("drop", 2), [1, 2, 3], [2, 1]),
    },
    "kemeny": {
        "steady": (
            [[5, 4, 8], [9, 5, 6], [6, 4, 1], [8, 3, 7]],
            [3, 2, 2],
            ("drop", 2),
            [3, 1, 4, 2],
            [2, 1, 3],
        ),
    },
    "ampi": {
        "steady": ([[3, 5], [6, 3], [9, 1]], [3, 2], ("drop", 0), [3, 1, 2], [2, 1]),
    },
    "aras": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "codas": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
        "monotone": ([[1, 9], [5, 6], [6, 2]], [1, 1], ("raise", 2, 0, 7), [3, 2, 1], [3, 1, 2]),
    },
    "edas": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "electre2": {
        "steady": ([[6, 7], [4, 7], [5, 8], [7, 6]], [3, 1], ("drop", 2), [2, 4, 3, 1], [1, 3, 2]),
        "monotone": ([[8, 7], [6, 4], [4, 9]], [3, 2], ("raise", 1, 1, 6), [1, 2, 2], [1, 3, 2]),
    },
    "mabac": {
        "steady": ([[8, 4], [6, 6], [9, 1]], [2, 3], ("drop", 2), [1, 2, 3], [2, 1]),
    },
    "marcos": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "referencepointmoora": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 0), [3, 2, 1], [1, 2]),
        "monotone": ([[1, 1], [3, 4], [5, 1]], [1, 1], ("raise", 0, 1, 3), [2, 1, 2], [3, 1, 2]),
    },
    "multimoora": {
        "steady": ([[3, 7], [4, 8], [9, 3]], [1, 1], ("drop", 0), [3, 2, 1], [1, 2]),
        "monotone": ([[9, 1], [5, 7], [5, 9]], [1, 1], ("raise", 1, 0, 6), [3, 1, 1], [3, 2, 1]),
    },
    "probid": {
        "steady": ([[7, 9], [1, 7], [3, 5]], [3, 1], ("drop", 0), [1, 2, 3], [2, 1]),
        "monotone": ([[9, 9], [2, 2], [1, 2]], [1, 1], ("raise", 2, 0, 4), [1, 3, 2], [1, 2, 3]),
    },
    "ram": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "weightedsummodel": {
        "unit": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("multiply", 1, 10), [3, 2, 1], [2, 1, 3]),
    },
    "simus": {
        "steady": (
            [[1, 7], [6, 3], [5, 4], [1, 7]],
            [1, 1],
            ("drop", 1),
            [2, 1, 4, 2],
            [2, 1, 2],
        ),
        "monotone": ([[5, 5], [7, 9], [1, 2]], [1, 1], ("raise", 0, 1, 7), [1, 3, 1], [3, 1, 1]),
    },
    "waspas": {
        "steady": ([[1, 9], [5, 4], [7, 3]], [2, 3], ("drop", 0), [2, 3, 1], [1, 2]),
    },
    "geometric": {
        "origin": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("add", 0, 10), [3, 2, 1], [3, 1, 2]),
    },
    "power": {
        "unit": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("multiply", 1, 10), [3, 2, 1], [2, 1, 3]),
    },
    "topsis": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "grey": {
        "steady": ([[4, 4], [9, 2], [5, 3]], [1, 3], ("drop", 0), [1, 2, 3], [2, 1]),
    },
    "ranksum": {
        "steady": ([[6, 9], [8, 3], [5, 7]], [3, 2], ("drop", 2), [1, 2, 3], [2, 1]),
    },
    "copeland": {
        "steady": (
            [[9, 7, 7], [7, 8, 7], [8, 2, 9], [9, 9, 1]],
            [1, 2, 3],
            ("drop", 0),
            [2, 2, 1, 4],
            [3, 1, 2],
        ),
    },
    "mpi": {
        "steady": ([[8, 4], [6, 6], [9, 1]], [2, 3], ("drop", 2), [1, 2, 3], [2, 1]),
        "monotone": ([[4, 6], [7, 4], [1, 7]], [2, 2], ("raise", 2, 1, 9), [1, 3, 2], [1, 2, 3]),
    },
    "dea": {
        "steady": (
            [[7, 1], [9, 9], [8, 4], [3, 4]],
            [1, 1],
            ("drop", 1),
            [3, 1, 2, 4],
            [3, 1, 1],
        ),
    },
    "cocoso": {
        "steady": ([[7, 9], [1, 7], [3, 5]], [3, 1], ("drop", 0), [1, 2, 3], [2, 1]),
        "monotone": (
            [[4, 1, 5, 9], [3, 1, 2, 2], [1, 5, 5, 1]],
            [0.1447, 0.4057, 0.3697, 0.0799],
            ("raise", 2, 3, 2),
            [2, 3, 1],
            [1, 3, 2],
        ),
    },
    "copras": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "electre1": {
        "monotone": ([[3, 2], [3, 7], [3, 9]], [2, 1], ("raise", 0, 1, 4), [1, 1, 1], [2, 2, 1]),
    },
    "ervd": {
        "steady": ([[6, 3], [5, 4], [6, 1]], [2, 2], ("drop", 2), [1, 2, 3], [2, 1]),
    },
    "mairca": {
        "steady": ([[8, 4], [6, 6], [9, 1]], [2, 3], ("drop", 2), [1, 2, 3], [2, 1]),
    },
    "ratiomoora": {
        "steady": ([[7, 2], [3, 9], [4, 5]], [1, 1], ("drop", 1), [2, 1, 3], [2, 1]),
    },
    "fullmultiplicativeform": {
        "origin": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("add", 0, 10), [3, 2, 1], [3, 1, 2]),
    },
    "ocra": {
        "steady": ([[8, 5], [4, 1], [5, 6]], [3, 3], ("drop", 1), [2, 3, 1], [1, 2]),
    },
    "simplifiedprobid": {
        "steady": (
            [[4, 4, 1], [3, 9, 6], [9, 9, 6], [8, 5, 8], [3, 5, 1]],
            [3, 3, 2],
            ("drop", 1),
            [4, 3, 1, 2, 5],
            [4, 1, 2, 3],
        ),
    },
    "rim": {
        "steady": ([[8, 4], [6, 6], [9, 1]], [2, 3], ("drop", 2), [1, 2, 3], [2, 1]),
    },
    "weightedproductmodel": {
        "origin": ([[2, 3], [2, 5], [9, 2]], [1, 1], ("add", 0, 10), [3, 2, 1], [3, 1, 2]),
    },
    "spotis": {
        "steady": ([[8, 4], [6, 6], [9, 1]], [2, 3], ("drop", 2), [1, 2, 3], [2, 1]),
    },
}
CASES = [(method, what) for method, found in COUNTEREXAMPLES.items() for what in found]


def changed(table, change):
    """The table after a change, and its sentence in the documentation."""
    values = np.array(table, dtype=float)
    kind, at, *rest = change
    if kind == "drop":
        return np.delete(values, at, axis=0), f"without the {ORDINALS[at]}"
    if kind == "raise":
        column, to = rest
        assert to > table[at][column]
        values[at, column] = to
        return values, f"the {ORDINALS[at]}'s {ORDINALS[column]} value raised to {to}"
    if kind == "multiply":
        values[:, at] *= rest[0]
        return values, f"{ORDINALS[at]} column times {rest[0]}"
    values[:, at] += rest[0]
    return values, f"{ORDINALS[at]} column plus {rest[0]}"


def order(ranks):
    return np.sign(np.subtract.outer(ranks, ranks))


def test_every_method_has_a_counterexample():
    assert set(COUNTEREXAMPLES) == set(METHODS)
    assert all(COUNTEREXAMPLES.values())


@pytest.mark.parametrize(("method", "what"), CASES)
def test_the_ranks_are_as_told(method, what):
    table, weights, change, before, after = COUNTEREXAMPLES[method][what]
    options = OPTIONS.get(method, {})
    assert aggregate(method, table, weights, **options).ranks.tolist() == before
    assert aggregate(method, changed(table, change)[0], weights, **options).ranks.tolist() == after


@pytest.mark.parametrize(("method", "what"), CASES)
def test_the_property_fails(method, what):
    _, _, change, before, after = COUNTEREXAMPLES[method][what]
    if what == "monotone":
        assert after[change[1]] > before[change[1]]
    else:
        rest = np.delete(before, change[1]) if what == "steady" else np.array(before)
        assert (order(rest) != order(after)).any()


@pytest.mark.parametrize(("method", "what"), CASES)
def test_the_documentation_says_so(method, what):
    table, weights, change, before, after = COUNTEREXAMPLES[method][what]
    units = ", ".join(f"({','.join(map(str, row))})" for row in table)
    shares = f", weights {' : '.join(map(str, weights))}".replace("0.", ".")
    said = f"{units}{shares if len(set(weights)) > 1 else ''}: ranks {', '.join(map(str, before))}"
    said += f"; {changed(table, change)[1]}: {', '.join(map(str, after))}"
    row = next(line for line in TEXT.splitlines() if f"`{method}`" in line and said in line)
    assert row.startswith("| `")
