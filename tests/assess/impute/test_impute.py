"""Filling in by zeros, centres, groups and neighbours by hand; and what all methods keep."""

import numpy as np
import pytest

from steelyard.assess.impute import METHODS, MODULES
from steelyard.assess.impute.impute import apply, fit, impute
from steelyard.assess.impute.imputed import Imputed, carry
from steelyard.errors import MethodError, RecipeError, UnknownNameError

NAN = float("nan")
GAPS = [[1.0, 10.0], [3.0, NAN], [NAN, 30.0], [8.0, 50.0]]
BY_SAMPLE = ("mean", "median", "group_mean", "group_median", "knn", "em", "multiple")
PANEL = ("latest", "linear", "constant")


def options(method, units):
    """What a method needs besides the matrix, for `units` rows."""
    if method.startswith("group"):
        return {"groups": ["ab"[unit % 2] for unit in range(units)]}
    if method in PANEL:
        return {
            "cities": [f"city {unit // 3}" for unit in range(units)],
            "years": [2020 + unit % 3 for unit in range(units)],
        }
    return {"draws": 3} if method == "multiple" else {}


def permuted(given, rows):
    """The same options for permuted rows."""
    return {
        word: [value[row] for row in rows] if isinstance(value, list) else value
        for word, value in given.items()
    }


def drawn(seed, units=24, indicators=4):
    """Correlated columns, a sixth of the cells missing."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(units, 1))
    table = 50 + 10 * common + random.normal(0, 6, (units, indicators))
    table[random.random(table.shape) < 1 / 6] = NAN
    return table


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("reweight", GAPS),
        ("zero", [[1, 10], [3, 0], [0, 30], [8, 50]]),
        ("mean", [[1, 10], [3, 30], [4, 30], [8, 50]]),
        ("median", [[1, 10], [3, 30], [3, 30], [8, 50]]),
    ],
)
def test_by_hand(method, expected):
    imputed = impute(method, GAPS)
    np.testing.assert_array_equal(imputed.values, expected)
    filled = [] if method == "reweight" else [[1, 1], [2, 0]]
    assert np.argwhere(imputed.mask).tolist() == filled


@pytest.mark.parametrize(("method", "middle"), [("group_mean", 4.0), ("group_median", 2.0)])
def test_groups_by_hand(method, middle):
    table = [[1], [2], [9], [NAN], [50], [NAN], [70]]
    groups = ["east"] * 4 + ["west"] * 3
    imputed = impute(method, table, groups=groups)
    assert imputed.values.ravel().tolist() == [1, 2, 9, middle, 50, 60, 70]
    assert imputed.details["groups"].tolist() == ["east", "west"]
    assert imputed.details["fill"].ravel().tolist() == [middle, 60]


def test_a_group_without_any_value():
    table, groups = [[1], [5], [NAN]], ["east", "east", "west"]
    with pytest.raises(MethodError) as caught:
        impute("group_mean", table, groups=groups, names=["roads"], units=["A", "B", "C"])
    assert caught.value.key == "impute.empty_group"
    assert "roads" in str(caught.value) and "C" in caught.value.fields["units"]
    overall = impute("group_mean", table, groups=groups, fallback="overall")
    assert overall.values.ravel().tolist() == [1, 5, 3]
    left = impute("group_mean", table, groups=groups, fallback="missing")
    np.testing.assert_array_equal(left.values.ravel(), [1, 5, NAN])
    assert not left.mask.any()


def test_neighbours_by_hand():
    """Deviation of x is 2 and x alone is shared: the last unit is nearest to 2 and 4."""
    table = [[1, 10], [2, 20], [4, 60], [8, 90], [3, NAN]]
    imputed = impute("knn", table, neighbours=2)
    assert imputed.values[-1].tolist() == [3, 40]
    assert imputed.details["neighbours"].tolist() == [[0, 0]] * 4 + [[0, 2]]


def test_neighbours_equally_near_all_count():
    table = [[2, 20], [4, 60], [8, 90], [3, NAN]]
    imputed = impute("knn", table, neighbours=1)
    assert imputed.values[-1, 1] == 40
    assert imputed.details["neighbours"][-1, 1] == 2


def by_brute_force(table, count):
    """Nearest neighbours cell by cell, in plain loops."""
    means, deviations = np.nanmean(table, axis=0), np.nanstd(table, axis=0)
    standard = (table - means) / deviations
    result = table.copy()
    for row, column in np.argwhere(np.isnan(table)):
        donors = []
        for other in range(len(table)):
            shared = [
                (a - b) ** 2
                for a, b in zip(standard[row], standard[other], strict=True)
                if not np.isnan(a - b)
            ]
            if shared and not np.isnan(table[other, column]):
                donors.append((sum(shared) / len(shared), table[other, column]))
        nearest = sorted(donors)[:count]
        result[row, column] = sum(value for _, value in nearest) / len(nearest)
    return result


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("count", [1, 3, 5, 100])
def test_neighbours_by_brute_force(seed, count):
    table = drawn(seed)
    found = impute("knn", table, neighbours=count).values
    np.testing.assert_allclose(found, by_brute_force(table, count), rtol=1e-12)


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"refuse"}))
@pytest.mark.parametrize("seed", range(5))
def test_permuting_rows_and_columns_permutes_the_result(method, seed):
    table = drawn(seed)
    given = options(method, len(table))
    random = np.random.default_rng(seed + 100)
    rows, columns = random.permutation(len(table)), random.permutation(table.shape[1])
    plain = impute(method, table, **given)
    shuffled = impute(method, table[rows][:, columns], **permuted(given, rows))
    np.testing.assert_array_equal(shuffled.values, plain.values[rows][:, columns])
    np.testing.assert_array_equal(shuffled.mask, plain.mask[rows][:, columns])


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"refuse"}))
def test_what_was_observed_is_never_touched(method):
    table = drawn(7)
    imputed = impute(method, table, **options(method, len(table)))
    observed = ~np.isnan(table)
    np.testing.assert_array_equal(imputed.values[observed], table[observed])
    assert not imputed.mask[observed].any()
    np.testing.assert_array_equal(imputed.mask, np.isnan(table) & ~np.isnan(imputed.values))


@pytest.mark.parametrize("method", METHODS)
def test_a_complete_table_stays_as_it_is(method):
    table = np.nan_to_num(drawn(3), nan=50.0)
    imputed = impute(method, table, **options(method, len(table)))
    np.testing.assert_array_equal(imputed.values, table)
    assert not imputed.mask.any()


@pytest.mark.parametrize("method", BY_SAMPLE)
def test_a_later_city_is_filled_in_as_if_it_had_been_there(method):
    """By the marks of the sample: alone, or beside any others, it gets the same."""
    table = drawn(4)
    given = options(method, len(table))
    fitted = fit(method, table, **given)
    later = np.array([[60.0, NAN, 55.0, NAN], [NAN, 40.0, NAN, 45.0]])
    both = apply(method, later, fitted, **options(method, 2)).values
    assert not np.isnan(both).any()
    for row in range(2):
        one = permuted(options(method, 2), [row])
        alone = apply(method, later[[row]], fitted, **one).values
        np.testing.assert_array_equal(alone, both[[row]])


@pytest.mark.parametrize("method", BY_SAMPLE)
def test_twins_stay_equal(method):
    table = drawn(5)
    table[3] = table[10] = [50.0, NAN, 52.0, NAN]
    given = options(method, len(table))
    if "groups" in given:
        given["groups"][3] = given["groups"][10]
    imputed = impute(method, table, **given)
    np.testing.assert_array_equal(imputed.values[3], imputed.values[10])


def test_the_spread_of_draws_is_carried_on_to_a_score():
    """Draws 2, 4, 6 beside a sure 10: means 6, 7, 8; variance 1, times 1 + 1/3."""
    draws = np.array([[[10.0, value]] for value in (2.0, 4.0, 6.0)])
    imputed = Imputed(draws.mean(axis=0), np.array([[False, True]]), draws=draws)
    carried = carry(imputed, lambda matrix: matrix.mean(axis=1))
    assert carried.draws.ravel().tolist() == [6, 7, 8]
    assert carried.mean.tolist() == [7]
    assert carried.deviation[0] == pytest.approx((4 / 3) ** 0.5, rel=1e-15)


def test_a_single_imputation_carries_no_spread():
    carried = carry(impute("mean", GAPS), lambda matrix: matrix.sum(axis=1))
    assert carried.mean.tolist() == [11, 33, 34, 58]
    assert carried.deviation.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("method", "table", "given", "key"),
    [
        ("refuse", GAPS, {}, "impute.missing"),
        ("mean", [[1, NAN], [2, NAN]], {}, "impute.empty"),
        ("median", [[1, NAN], [2, NAN]], {}, "impute.empty"),
        ("knn", [[1, NAN], [2, NAN]], {}, "impute.empty"),
        ("em", [[1, NAN], [2, NAN]], {}, "impute.empty"),
        ("multiple", [[1, NAN], [2, NAN]], {}, "impute.empty"),
        ("knn", GAPS, {"neighbours": 0}, "impute.neighbours"),
        ("knn", [[1, NAN], [NAN, 2]], {}, "impute.no_neighbour"),
        ("group_mean", GAPS, {"groups": ["a", "b"]}, "impute.group_count"),
        ("group_mean", GAPS, {"groups": ["a", None, "b", "b"]}, "impute.no_group"),
        ("group_mean", GAPS, {"groups": ["a", NAN, "b", "b"]}, "impute.no_group"),
        ("group_median", GAPS, {"groups": "aabb", "fallback": "best"}, "impute.fallback"),
        ("em", [GAPS[0], GAPS[3]], {}, "impute.too_few"),
        ("em", [*GAPS, [2, 4]], {"iterations": 2}, "impute.not_converged"),
        ("em", GAPS, {"ridge": -1}, "impute.ridge"),
        ("multiple", GAPS, {"draws": 1}, "impute.draws"),
        ("multiple", GAPS, {"steps": 0}, "impute.steps"),
        ("latest", GAPS, {"cities": "AABB", "years": [1, 2]}, "impute.row_count"),
        ("latest", GAPS, {"cities": "AABB", "years": [1, None, 1, 2]}, "impute.no_years"),
        ("linear", GAPS, {"cities": "AABB", "years": [1, 1, 1, 2]}, "impute.twice"),
        ("latest", GAPS, {"cities": "AABB", "years": [1, 2, 1, 2], "reach": 0}, "impute.reach"),
    ],
)
def test_refusals(method, table, given, key):
    with pytest.raises(MethodError) as caught:
        METHODS[method].function(table, **given)
    assert caught.value.key == key
    assert caught.value.message("zh") and caught.value.message("en")


def test_a_refusal_names_the_indicator():
    with pytest.raises(MethodError, match="roads"):
        impute("mean", [[1, NAN], [2, NAN]], names=["parks", "roads"])


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="median"):
        impute("medain", GAPS)
    with pytest.raises(RecipeError, match="neighbours"):
        impute("knn", GAPS, k=3)


def test_each_method_has_its_three_functions():
    assert set(METHODS) == set(MODULES)
    for name, method in METHODS.items():
        assert method.title("zh") and method.title("en")
        assert method.function is getattr(MODULES[name], name)
        assert callable(MODULES[name].fit) and callable(MODULES[name].apply)


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"refuse"}))
def test_the_function_and_its_two_halves_agree(method):
    table = drawn(6)
    given = options(method, len(table))
    whole = METHODS[method].function(table, **given).values
    np.testing.assert_array_equal(whole, impute(method, table, **given).values)
