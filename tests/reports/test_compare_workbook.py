"""The comparison workbook: recalculated by another engine, every cell is what Python computed."""

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.assess.years import score_years
from steelyard.indicators.framework import Framework, Node, Rounding
from steelyard.indicators.indicator import Bilingual, Indicator
from steelyard.reports.compare_workbook import build, write_comparison
from steelyard.reports.evaluation.sheet import at
from steelyard.samples import sample_path

MEANS = ("arithmetic", "geometric", "harmonic", "power")


def differences(comparison, values, lang="en"):
    """Calculated cells of which another value was found; and how many there are."""
    cells = [
        (sheet.name, at(*place), cell.value, cell.formula)
        for sheet in build(comparison, lang).sheets
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


def check(comparison, folder, recalculated, cached, lang="en"):
    path = folder / "compare.xlsx"
    write_comparison(comparison, path, lang)
    for values in (cached(path), recalculated(path)):
        wrong, count = differences(comparison, values, lang)
        assert not wrong, wrong[:5]
        assert count > 100


@pytest.mark.parametrize("mean", MEANS)
def test_cities_by_every_mean_with_and_without_gaps(
    mean, small, cities_of, gaps, tmp_path, recalculated, cached
):
    for given in ((), gaps):
        assessment = sy.score(cities_of(small(), given), sy.Recipe(aggregate=mean))
        check(sy.compare(assessment), tmp_path, recalculated, cached)


@pytest.mark.parametrize(
    "recipe",
    [
        {"aggregate": {"index": "geometric", "Q": "harmonic", "P": "power"}},
        {"aggregate": "power", "exponent": 0.5},
        {"aggregate": "power", "exponent": -2.0, "floor": 5.0},
        {"aggregate": "power", "exponent": 0.0},
        {"impute": "zero", "aggregate": "geometric"},
        {"weigh": "equal"},
        {"normalise": "zscore"},
        {"normalise": "minmax", "aggregate": "power"},
    ],
    ids=str,
)
def test_recipes(recipe, small, cities_of, gaps, tmp_path, recalculated, cached):
    assessment = sy.score(cities_of(small(), gaps), sy.Recipe(**recipe))
    check(sy.compare(assessment), tmp_path, recalculated, cached)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rounds_with_other_weights_and_cities_missing(
    lang, small, cities_of, gaps, tmp_path, recalculated, cached
):
    first = sy.score(cities_of(small(), gaps, years=[2024] * 5))
    second = sy.score(
        cities_of(small(), years=[2023] * 5).rows([0, 1, 4]), sy.Recipe(weigh="equal")
    )
    comparison = sy.compare(first, second)
    assert {issue.code for issue in comparison.issues} == {
        "compare.two_weights",
        "compare.only_in_one",
    }
    check(comparison, tmp_path, recalculated, cached, lang)


@pytest.mark.parametrize("nodes", ["all", "goals", "index"])
def test_rounded_scores(nodes, small, cities_of, gaps, tmp_path, recalculated, cached):
    framework = small(rounding=Rounding(1, nodes))
    check(sy.compare(sy.score(cities_of(framework, gaps))), tmp_path, recalculated, cached)


def share(code):
    return Indicator(code, Bilingual(code), scale="linear", low=0.0, high=100.0)


def test_bonus_and_deduction_blocks(tmp_path, recalculated, cached):
    nodes = (
        Node("index", Bilingual("Index"), None),
        Node("x", Bilingual("x"), "index", 1.0, share("x")),
        Node("plus", Bilingual("plus"), "index", 1.0, share("plus"), block="bonus", points=5.0),
        Node("less", Bilingual("less"), "index", 1.0, block="deduction", points=10.0),
        Node("y", Bilingual("y"), "index", 3.0, share("y")),
        Node("fault", Bilingual("fault"), "less", 1.0, share("fault")),
    )
    framework = Framework("blocks", "1", Bilingual("b"), nodes)
    values = [[50, 100, 60, 20], [98, 100, 99, 0], [3, np.nan, 10, 100]]
    assessment = sy.score(sy.dataset_from_arrays(framework, list("abc"), values))
    comparison = sy.compare(assessment, cities=["a", "b", "c"])
    # b: 98.75 + 5 is capped at 100; a: 57.5 + 5 − 2 = 60.5.
    assert comparison.gaps["gap"].iloc[0] == pytest.approx(100 - 60.5)
    assert comparison.gaps["adjustment"].iloc[0] == pytest.approx(-3.75)
    check(comparison, tmp_path, recalculated, cached)


def test_a_city_without_a_score_has_no_gap(small, cities_of, tmp_path, recalculated, cached):
    nothing = [(1, column) for column in range(9)]
    assessment = sy.score(cities_of(small(), nothing))
    comparison = sy.compare(assessment, cities=["甲市", "乙市", "丙市"])
    check(comparison, tmp_path, recalculated, cached)
    path = tmp_path / "compare.xlsx"
    write_comparison(comparison, path, "en")
    row = [cell.value for cell in openpyxl.load_workbook(path, data_only=True)["Overview"][12]]
    assert row[:2] == ["乙市", "甲市"]
    assert not any(isinstance(value, float) for value in row)


def test_a_flat_framework(tmp_path, recalculated, cached):
    nodes = [Node("index", Bilingual("Index"), None)]
    nodes += [Node(code, Bilingual(code), "index", 1.0, share(code)) for code in "abc"]
    framework = Framework("flat", "1", Bilingual("flat"), tuple(nodes))
    values = [[10, 20, 30], [30, np.nan, 20], [0, 0, 0], [0, 0, 0]]
    dataset = sy.dataset_from_arrays(framework, list("pqrs"), values)
    for mean in MEANS:
        comparison = sy.compare(sy.score(dataset, sy.Recipe(aggregate=mean)))
        check(comparison, tmp_path, recalculated, cached)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_years_of_the_demo(lang, tmp_path, recalculated, cached):
    dataset = sy.read(sample_path("demo_cities"), year="all")
    years = sorted(set(dataset.years))[-2:]
    later, earlier = score_years(dataset, sy.Recipe(), years)
    chosen = later.dataset.cities[:6]
    check(sy.compare(later, earlier, chosen), tmp_path, recalculated, cached, lang)


def test_changing_a_score_and_a_weight_moves_every_part(tmp_path, recalculated):
    nodes = [Node("index", Bilingual("Index"), None)]
    for goal, weight, codes in (("A", 0.6, ("A1", "A2")), ("B", 0.4, ("B1",))):
        nodes.append(Node(goal, Bilingual(f"Goal {goal}"), "index", weight))
        nodes += [Node(code, Bilingual(code), goal, 0.5, share(code)) for code in codes]
    framework = Framework("test", "1", Bilingual("test"), tuple(nodes))
    dataset = sy.dataset_from_arrays(framework, ["X", "Y"], [[80, 60, 50], [40, 60, 70]])
    path = tmp_path / "compare.xlsx"
    write_comparison(sy.compare(sy.score(dataset), cities=["Y", "X"]), path, "en")
    before = gaps_in(recalculated(path))
    # X − Y = 62 − 58 = 4: goal A 0.6 · 0.5 · 40 = 12, goal B 0.4 · (50 − 70) = −8.
    assert before == pytest.approx({"gap": 4, "unequal": 0, "A": 12, "B": -8, "sum": 4})
    book = openpyxl.load_workbook(path)
    sheet = book["Scores"]
    rows = {sheet.cell(row, 1).value: row for row in range(6, sheet.max_row + 1)}
    heads = {sheet.cell(5, column).value: column for column in range(5, 3, -1)}
    sheet.cell(rows["A2"], heads["X"]).value = "—"
    sheet.cell(rows["A"], 3).value, sheet.cell(rows["B"], 3).value = 0.5, 0.5
    book.save(path)
    # X loses A2, so A is 80 against 50; with equal weights 65 − 60 = 5: A 15, B −10.
    after = gaps_in(recalculated(path))
    assert after == pytest.approx({"gap": 5, "unequal": 0, "A": 15, "B": -10, "sum": 5})


def gaps_in(values):
    """The one gap of the overview, by its heads."""
    rows = [row for row in range(1, 40) if values.get(("Overview", f"B{row}")) == "Y"]
    row = rows[0]
    names = {"D": "gap", "E": "unequal", "G": "A", "H": "B", "I": "sum"}
    return {name: values["Overview", f"{letter}{row}"] for letter, name in names.items()}


def test_picking_another_pair_takes_that_gap_apart(small, cities_of, gaps, tmp_path, recalculated):
    comparison = sy.compare(sy.score(cities_of(small(), gaps)))
    path = tmp_path / "compare.xlsx"
    write_comparison(comparison, path, "en")
    book = openpyxl.load_workbook(path)
    label = book["Parts"].cell(5, 4).value
    book["One pair"]["C4"].value = label
    book.save(path)
    values = recalculated(path)
    pair = comparison.pairs[1]
    assert label == f"{pair.side.label} − {pair.other.label}"
    assert values["One pair", "D7"] == pytest.approx(pair.gap.total, abs=1e-9)
    shown = [values["One pair", f"C{row}"] for row in range(10, 13)]
    expected = [comparison.part(pair, code) for code in ("P", "Q", "R")]
    assert shown == pytest.approx(expected, abs=1e-9)
    assert values["One pair", "U15"] == pytest.approx(pair.gap.total, abs=1e-9)
    biggest = [values["One pair", f"A{row}"] for row in range(36, 40)]
    assert biggest == comparison.largest(pair, 4)


def test_the_same_comparison_is_the_same_bytes_and_names_stay_text(small, cities_of, tmp_path):
    comparison = sy.compare(sy.score(cities_of(small())), cities=["=1+1", "甲市"])
    for name in ("one.xlsx", "two.xlsx"):
        write_comparison(comparison, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["概览"]
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    "aggregate", ["topsis", "median", {"index": "vikor", "goals": "geometric", "P": "grey"}]
)
def test_cities_by_aggregations_that_are_not_means(
    aggregate, small, cities_of, gaps, tmp_path, recalculated, cached
):
    for given in ((), gaps):
        assessment = sy.score(cities_of(small(), given), sy.Recipe(aggregate=aggregate))
        check(sy.compare(assessment), tmp_path, recalculated, cached)


def test_scores_of_what_is_no_mean_say_that_they_stay(small, cities_of, tmp_path):
    recipe = sy.Recipe(aggregate={"index": "vikor", "goals": "geometric", "P": "topsis"})
    path = tmp_path / "compare.xlsx"
    write_comparison(sy.compare(sy.score(cities_of(small()), recipe)), path, "en")
    sheet = openpyxl.load_workbook(path)["Scores"]
    assert sheet["A2"].value.startswith(
        "Scores by TOPSIS, VIKOR and what they share out are pasted"
    )
    row = {cell.value: cell.row for cell in sheet["B"]}
    column = next(cell.column for cell in sheet[5] if cell.value == "甲市")
    pasted, mean = (sheet.cell(row[name], column) for name in ("P", "Q"))
    assert isinstance(pasted.value, float) and "TOPSIS" in pasted.comment.text
    assert str(mean.value).startswith("=") and mean.comment is None
    yellow, plain = (sheet.cell(row[name], column).fill.fgColor.rgb for name in ("log1p", "lin"))
    assert yellow != plain
