"""The arithmetic against exact fractions, and against 50-digit decimals where roots enter."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from steelyard.weights.weigh import weigh

CASES = 300
CLOSE = 1e-12


def tables(seed, low=1):
    """Small whole numbers, so that Python's fractions hold them exactly; no column is constant."""
    random = np.random.default_rng(seed)
    for _ in range(CASES):
        units, indicators = random.integers(3, 7), random.integers(2, 5)
        table = random.integers(low, 60, size=(units, indicators))
        if np.ptp(table, axis=0).all():
            yield table.tolist(), random.choice([-1, 1], size=indicators).tolist()


def shares(values):
    total = sum(values)
    return [value / total for value in values]


def assert_equal(found, exact):
    assert found == pytest.approx([float(value) for value in exact], rel=CLOSE, abs=0)


def columns(table, number):
    return [[number(value) for value in column] for column in zip(*table, strict=True)]


def spread(column):
    mean = sum(column) / len(column)
    return (sum((x - mean) ** 2 for x in column) / (len(column) - 1)).sqrt()


def scaled(column, sign):
    low, high = min(column), max(column)
    return [(x - low if sign > 0 else high - x) / (high - low) for x in column]


def test_budget():
    for panel, _ in tables(1, low=0):
        if all(sum(row) for row in panel):
            each = [shares([Fraction(point) for point in row]) for row in panel]
            mean = [sum(column) / len(each) for column in zip(*each, strict=True)]
            assert weigh("budget", panel).values == pytest.approx(
                [float(value) for value in mean], rel=CLOSE, abs=1e-17
            )


def test_multiplicative_combination():
    for vectors, _ in tables(2):
        products = [1] * len(vectors[0])
        for row in vectors:
            products = [a * Fraction(b) for a, b in zip(products, row, strict=True)]
        assert_equal(weigh("combine", weights=vectors).values, shares(products))


def test_rancom_of_rankings():
    for (ranking, *_), _ in tables(3):
        sums = [
            sum(Fraction(1 + (a < b) - (a > b), 2) for b in ranking) for a in ranking
        ]  # fmt: skip
        assert_equal(weigh("rancom", ranking=ranking).values, shares(sums))


def test_ahp_of_consistent_judgements():
    for (importance, *_), _ in tables(4):
        judged = [[a / b for b in importance] for a in importance]
        for priority in ("eigenvector", "geometric", "additive"):
            found = weigh("ahp", judged, priority=priority)
            assert_equal(found.values, shares([Fraction(value) for value in importance]))
            assert found.details["lambda_max"] == pytest.approx(len(importance), rel=CLOSE)


def null_vector(system):
    """Gauss–Jordan elimination of ``F q = 0`` in fractions; None if not one-dimensional."""
    rows = [list(row) for row in system]
    size, pivots = len(rows), []
    for column in range(size):
        pivot = next((r for r in range(len(pivots), size) if rows[r][column]), None)
        if pivot is None:
            continue
        place = len(pivots)
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [value / rows[place][column] for value in rows[place]]
        for other in range(size):
            if other != place:
                factor = rows[other][column]
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[place], strict=True)
                ]
        pivots.append(column)
    free = [column for column in range(size) if column not in pivots]
    if len(free) != 1:
        return None
    vector = [Fraction(0)] * size
    vector[free[0]] = Fraction(1)
    for place, column in enumerate(pivots):
        vector[column] = -rows[place][free[0]]
    return vector


def cilos_by_fractions(table, directions):
    turned = [
        column if sign > 0 else [min(column) / x for x in column]
        for column, sign in zip(columns(table, Fraction), directions, strict=True)
    ]
    size = len(turned)
    at_best = [[unit for unit, x in enumerate(column) if x == max(column)] for column in turned]
    square = [
        [sum(turned[j][unit] for unit in at_best[i]) / len(at_best[i]) for j in range(size)]
        for i in range(size)
    ]
    loss = [[1 - square[i][j] / square[j][j] for j in range(size)] for i in range(size)]
    system = [
        [loss[i][j] - (i == j) * sum(loss[k][j] for k in range(size)) for j in range(size)]
        for i in range(size)
    ]
    return null_vector(system)


def test_cilos():
    solved = 0
    for table, directions in tables(5):
        exact = cilos_by_fractions(table, directions)
        if exact is None:
            continue
        found = weigh("cilos", table, directions).values
        expected = [float(value) for value in shares(exact)]
        assert found == pytest.approx(expected, rel=CLOSE, abs=1e-14)
        solved += 1
    assert solved > CASES / 2


def entropy_by_decimals(column):
    p = shares(column)
    size = Decimal(len(column))
    return 1 + sum(x * x.ln() for x in p) / size.ln()


def merec_by_decimals(table, directions):
    logs = [
        [abs(((min(column) if sign > 0 else max(column)) / x).ln()) for x in column]
        for column, sign in zip(columns(table, Decimal), directions, strict=True)
    ]
    count, units = len(logs), range(len(logs[0]))
    whole = [(1 + sum(column[i] for column in logs) / count).ln() for i in units]
    effects = []
    for j in range(count):
        rest = [(1 + sum(logs[k][i] for k in range(count) if k != j) / count).ln() for i in units]
        effects.append(sum(abs(a - b) for a, b in zip(rest, whole, strict=True)))
    return effects


def critic_by_decimals(table, directions):
    ready = [
        scaled(column, sign)
        for column, sign in zip(columns(table, Decimal), directions, strict=True)
    ]
    means = [sum(column) / len(column) for column in ready]
    apart = [[x - mean for x in column] for column, mean in zip(ready, means, strict=True)]

    def related(a, b):
        product = sum(x * y for x, y in zip(a, b, strict=True))
        return product / (sum(x * x for x in a) * sum(y * y for y in b)).sqrt()

    return [
        spread(column) * sum(1 - related(own, other) for other in apart)
        for column, own in zip(ready, apart, strict=True)
    ]


def lopcow_by_decimals(table, directions):
    ready = [
        scaled(column, sign)
        for column, sign in zip(columns(table, Decimal), directions, strict=True)
    ]
    sizes = [(sum(x * x for x in column) / len(column)).sqrt() for column in ready]
    return [abs((size / spread(column)).ln()) for size, column in zip(sizes, ready, strict=True)]


BY_DECIMALS = {
    "entropy": lambda table, _: [entropy_by_decimals(c) for c in columns(table, Decimal)],
    "variation": lambda table, _: [spread(c) * len(c) / sum(c) for c in columns(table, Decimal)],
    "deviation": lambda table, _: [spread(c) for c in columns(table, Decimal)],
    "merec": merec_by_decimals,
    "critic": critic_by_decimals,
    "lopcow": lopcow_by_decimals,
}


@pytest.mark.parametrize("method", BY_DECIMALS)
def test_against_fifty_digits(method):
    with localcontext() as context:
        context.prec = 50
        for table, directions in tables(6):
            exact = shares(BY_DECIMALS[method](table, directions))
            found = weigh(method, table, directions).values
            expected = [float(value) for value in exact]
            # Where exactly 0 is right (LOPCOW), fifty digits leave some 1e-50.
            assert found == pytest.approx(expected, rel=CLOSE, abs=1e-40)


def test_entropy_keeps_its_digits_where_shares_are_nearly_equal():
    table = [[2900, 1], [2901, 2], [2900, 5]]
    with localcontext() as context:
        context.prec = 50
        exact = shares([entropy_by_decimals(column) for column in columns(table, Decimal)])
    assert weigh("entropy", table).values == pytest.approx(
        [float(value) for value in exact], rel=1e-11, abs=0
    )
    # The textbook formula 1 − e loses nine digits of this weight.
    shares_of_first = np.array([2900, 2901, 2900]) / 8701
    textbook = 1 + (shares_of_first * np.log(shares_of_first)).sum() / np.log(3)
    exactly = float(entropy_by_decimals(columns(table, Decimal)[0]))
    assert abs(textbook / exactly - 1) > 1e-10
