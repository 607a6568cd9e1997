"""Another engine recalculates the workbook: every calculated cell is what Python computed."""

import itertools
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.framework import Node, Rounding
from steelyard.indicators.indicator import Bilingual, Indicator
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at
from steelyard.samples import sample_path

NORMALISATIONS = ("goalposts", "minmax", "zscore", "rank", "percentile")
MEANS = ("arithmetic", "geometric", "harmonic", "power")
LIVE = ("median", "topsis", "vikor", "grey", "ranksum")
EVERY = [
    *itertools.product(NORMALISATIONS, MEANS),
    *itertools.product(("goalposts", "zscore"), LIVE),
]


def differences(assessment, values, lang="en"):
    """Calculated cells of which another value was found; and how many there are."""
    book = build(assessment, lang)
    cells = [
        (sheet.name, at(*place), cell.value, cell.formula)
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    ]
    wrong = [
        (sheet, place, expected, values.get((sheet, place)), formula)
        for sheet, place, expected, formula in cells
        if not alike(values.get((sheet, place)), expected)
    ]
    return wrong, len(cells)


def alike(found, expected):
    if isinstance(expected, str):
        return (found or "") == expected
    numbers = isinstance(found, int | float) and not isinstance(found, bool)
    return numbers and abs(found - expected) <= 1e-9 * max(1, abs(expected))


def check(assessment, folder, recalculated, cached, lang="en"):
    path = folder / "report.xlsx"
    sy.write_workbook(assessment, path, lang)
    for values in (cached(path), recalculated(path)):
        wrong, count = differences(assessment, values, lang)
        assert not wrong, wrong[:5]
        assert count > 300


@pytest.mark.parametrize(("normalise", "aggregate"), EVERY)
def test_every_normalisation_with_every_mean(
    normalise, aggregate, small, cities_of, gaps, tmp_path, recalculated, cached
):
    recipe = sy.Recipe(normalise=normalise, aggregate=aggregate)
    for given in ((), gaps):
        assessment = sy.score(cities_of(small(), given), recipe)
        check(assessment, tmp_path, recalculated, cached)


@pytest.mark.parametrize(
    "recipe",
    [
        {"aggregate": {"index": "geometric", "Q": "harmonic", "P": "power"}},
        {"aggregate": "power", "exponent": 0.5},
        {"aggregate": "power", "exponent": -2.0, "floor": 5.0},
        {"aggregate": "power", "exponent": 0.0},
        {"impute": "zero"},
        {"impute": "zero", "aggregate": "geometric"},
        {"weigh": "equal"},
        {"normalise": "minmax", "options": {"normalise": {"to": (1, 10), "constant": 3.0}}},
        {"normalise": "zscore", "options": {"normalise": {"mean": 0.0, "deviation": 1.0}}},
        {"normalise": "rank", "options": {"normalise": {"to": None}}},
        *(
            {"aggregate": method, "options": {"aggregate": options}}
            for method, options in [
                ("topsis", {"normalisation": "minmax"}),
                ("topsis", {"normalisation": "sum", "metric": 1}),
                ("topsis", {"normalisation": "none", "metric": 3}),
                ("vikor", {"v": 0.2}),
                ("grey", {"normalisation": "mean", "rho": 0.3}),
                ("grey", {"normalisation": "none"}),
                ("ranksum", {"ranking": "linear"}),
            ]
        ),
        {"aggregate": {"index": "topsis", "P": "vikor", "Q": "geometric", "Q1": "median"}},
        {"aggregate": {"index": "ranksum", "P": "kemeny", "Q": "grey"}, "impute": "mean"},
        {"aggregate": {"index": "copeland"}, "weigh": "equal"},
    ],
    ids=str,
)
def test_recipes(recipe, small, cities_of, gaps, tmp_path, recalculated, cached):
    assessment = sy.score(cities_of(small(), gaps), sy.Recipe(**recipe))
    check(assessment, tmp_path, recalculated, cached)


@pytest.mark.parametrize("nodes", ["all", "goals", "index"])
def test_rounded_scores(nodes, small, cities_of, gaps, tmp_path, recalculated, cached):
    framework = small(rounding=Rounding(1, nodes))
    for aggregate in ("arithmetic", "topsis"):
        assessment = sy.score(cities_of(framework, gaps), sy.Recipe(aggregate=aggregate))
        check(assessment, tmp_path, recalculated, cached)


def test_bonus_and_deduction_blocks(small, tmp_path, recalculated, cached):
    def share(code):
        return Indicator(code, Bilingual(code), scale="linear", low=0.0, high=100.0)

    framework = small(gates=())
    framework = type(framework)(
        "blocks", "1", Bilingual("b"),
        (
            Node("index", Bilingual("Index"), None),
            Node("x", Bilingual("x"), "index", 1.0, share("x")),
            Node("plus", Bilingual("plus"), "index", 1.0, share("plus"), block="bonus", points=5.0),
            Node("less", Bilingual("less"), "index", 1.0, block="deduction", points=10.0),
            Node("fault", Bilingual("fault"), "less", 1.0, share("fault")),
        ),
    )  # fmt: skip
    blocks = [[50, 100, 20], [98, 100, 0], [3, np.nan, 100], [np.nan, 100, 50]]
    dataset = sy.dataset_from_arrays(framework, list("abcd"), blocks)
    assessment = sy.score(dataset)
    expected = [50 + 5 - 2, 100, 0]
    assert assessment.tree.scores[:3, 0].tolist() == pytest.approx(expected)
    check(assessment, tmp_path, recalculated, cached)


def test_years_groups_and_not_applicable(small, cities_of, gaps, tmp_path, recalculated, cached):
    years = [2023, 2024, 2023, 2024, 2024]
    dataset = cities_of(small(), gaps, years=years)
    dataset.not_applicable[1, 0] = dataset.not_applicable[2, 3] = True
    for recipe in (sy.Recipe(), sy.Recipe(impute="zero"), sy.Recipe(normalise="rank")):
        check(sy.score(dataset, recipe), tmp_path, recalculated, cached, "zh")


def test_one_city(small, cities_of, tmp_path, recalculated, cached):
    check(sy.score(cities_of(small()).rows([1])), tmp_path, recalculated, cached)


def test_a_city_without_any_value(small, cities_of, tmp_path, recalculated, cached):
    nothing = [(1, column) for column in range(9)]
    check(sy.score(cities_of(small(), nothing)), tmp_path, recalculated, cached)


def test_a_framework_without_levels(small, cities_of, gaps, tmp_path, recalculated, cached):
    framework = small(level_sets=(), gates=())
    check(sy.score(cities_of(framework, gaps)), tmp_path, recalculated, cached)


def test_a_flat_framework_without_scales(tmp_path, recalculated, cached):
    named = [Indicator(code, Bilingual(code), way) for code, way in
             (("a", "benefit"), ("b", "cost"), ("c", "target"))]  # fmt: skip
    root = Node("index", Bilingual("Index"), None)
    nodes = (root, *(Node(one.code, one.name, "index", 1.0, one) for one in named))
    framework = sy.Framework("flat", "1", Bilingual("flat"), nodes)
    dataset = sy.dataset_from_arrays(
        framework, list("pqr"), [[0.1, 5, 7], [0.1, 9, np.nan], [0.1, 5, 8]]
    )
    check(sy.score(dataset), tmp_path, recalculated, cached)
    for method in ("minmax", "zscore", "rank"):
        assessment = sy.score(dataset, sy.Recipe(normalise=method))
        check(assessment, tmp_path, recalculated, cached)


def test_an_indicator_that_nobody_reported(small, cities_of, tmp_path, recalculated, cached):
    nobody = [(row, 4) for row in range(5)]
    for method in ("goalposts", "minmax", "rank"):
        assessment = sy.score(cities_of(small(), nobody), sy.Recipe(normalise=method))
        check(assessment, tmp_path, recalculated, cached)


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_cities_measured_by_the_marks_of_others(
    method, small, cities_of, gaps, tmp_path, recalculated, cached
):
    recipe = sy.Recipe(normalise=method)
    others = sy.score(cities_of(small()), recipe)
    few = cities_of(small(), gaps).rows([1, 2])
    check(sy.score(few, recipe, others.ruler), tmp_path, recalculated, cached)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("sample", ["article_2015", "kazakhstan", "demo_cities"])
def test_the_samples(sample, lang, tmp_path, recalculated, cached):
    dataset = sy.read(sample_path(sample), partial=True)
    check(sy.score(dataset), tmp_path, recalculated, cached, lang)


@pytest.mark.parametrize(("normalise", "aggregate"), EVERY)
def test_after_changing_two_weights_and_two_values(
    normalise, aggregate, small, cities_of, gaps, tmp_path, recalculated
):
    """What a user types into the file moves all that follows, as scoring it anew would."""
    recipe = sy.Recipe(normalise=normalise, aggregate=aggregate)
    dataset = cities_of(small(), gaps)
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe), path, "en")
    book = openpyxl.load_workbook(path)
    retype(book["Data"], "甲市", "cost", 44.0)
    retype(book["Data"], "丙市", "lin", 33.0)
    retype(book["Weights"], "Q", "Weight", 0.9)
    retype(book["Weights"], "log", "Weight", 0.1)
    book.save(path)

    dataset.values[0, 1], dataset.values[2, 0] = 44.0, 33.0
    typed = {"Q": 0.9, "log": 0.1}
    nodes = [replace(n, weight=typed.get(n.code, n.weight)) for n in dataset.framework.nodes]
    framework = replace(dataset.framework, nodes=tuple(nodes))
    assessment = sy.score(replace(dataset, framework=framework), recipe)
    values = recalculated(path)
    scores = {values["Ranking", f"B{row}"]: values["Ranking", f"D{row}"] for row in range(6, 11)}
    for city, score in zip(dataset.cities, assessment.tree.scores[:, 0], strict=True):
        assert scores[city] == pytest.approx(score, abs=1e-9), city
    order = [values["Ranking", f"A{row}"] for row in range(6, 11)]
    assert order == sorted(assessment.rank_array.tolist())


def retype(sheet, row_name, column_name, value):
    """Type a number into the cell of that row and column."""
    rows = {str(cell.value): cell.row for cell in sheet["A"]}
    heads = {str(cell.value).split("(")[0].strip(): cell.column
             for row in sheet.iter_rows(3, 5) for cell in row}  # fmt: skip
    column = next(place for head, place in heads.items() if head.startswith(column_name))
    cell = sheet.cell(rows[row_name], column)
    assert isinstance(cell.value, int | float)
    cell.value = value
