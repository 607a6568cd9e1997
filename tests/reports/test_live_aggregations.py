"""Median, TOPSIS, VIKOR, grey relation and rank-sum ratio are live in the workbook, at any node."""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.framework import Node, Rounding
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at
from steelyard.reports.verify import verify_workbook

METHODS = [
    ("median", {}),
    ("topsis", {}),
    ("topsis", {"normalisation": "minmax"}),
    ("topsis", {"normalisation": "sum", "metric": 1}),
    ("topsis", {"normalisation": "none", "metric": 3.5}),
    ("vikor", {}),
    ("vikor", {"v": 0.0}),
    ("vikor", {"v": 0.8}),
    ("grey", {}),
    ("grey", {"normalisation": "mean", "rho": 0.3}),
    ("grey", {"normalisation": "none"}),
    ("grey", {"reference": 100}),
    ("grey", {"normalisation": "mean", "reference": [110.0]}),
    ("ranksum", {}),
    ("ranksum", {"ranking": "linear"}),
]
SOME = [METHODS[place] for place in (0, 3, 7, 9, 11, 13)]
GAPS = [(1, 6), (2, 0), (2, 3), (4, 4), (4, 5), (4, 6), (4, 7)]
"""The last city has no score at all under Q1."""
CLAIMING = ("Summary", "Ranking", "Profile", "Scores", "Data")
LIVE_SHEETS = ("Normalised", "Weights", "Scores", "Terms", "Contributions", "Ranking")


def named(case):
    method, options = case
    return "-".join([method, *map(str, options.values())])


def recipe_of(case):
    method, options = case
    return sy.Recipe(aggregate=method, options={"aggregate": options})


def wrong(assessment, values, lang="en", sheets=None):
    """Calculated cells, of some sheets or all, of which another value was found."""
    return [
        (sheet.name, at(*place), cell.value, values.get((sheet.name, at(*place))), cell.formula)
        for sheet in build(assessment, lang).sheets
        if sheets is None or sheet.name in sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
        and not alike(values.get((sheet.name, at(*place))), cell.value)
    ]  # fmt: skip


def alike(found, expected):
    if isinstance(expected, str):
        return (found or "") == expected
    return isinstance(found, int | float) and abs(found - expected) <= 1e-9 * max(1, abs(expected))


@pytest.fixture(params=METHODS, ids=named)
def case(request):
    return request.param


@pytest.fixture(params=SOME, ids=named)
def some_case(request):
    return request.param


@pytest.fixture
def check(tmp_path, recalculated, cached):
    """What the file holds, and what another engine makes of it, is what Python computed."""

    def checked(assessment, lang="en"):
        path = tmp_path / "report.xlsx"
        sy.write_workbook(assessment, path, lang)
        assert not wrong(assessment, cached(path), lang)[:3]
        assert not wrong(assessment, recalculated(path), lang)[:3]
        return openpyxl.load_workbook(path)

    return checked


def formulas_of(book, code):
    """The formulas of a node's scores on the scores sheet, and what they refer to."""
    scores, terms = book["Scores"], book["Terms"]
    column = next(cell.column for cell in scores[3] if cell.value == code)
    cells = [scores.cell(row, column).value for row in range(7, 12)]
    assert all(str(cell).startswith("=IF('Terms'!") for cell in cells)
    places = [str(cell).split("!", 1)[1].split("=", 1)[0] for cell in cells]
    return [terms[place].value for place in places]


def reweighed(framework, typed):
    nodes = [replace(node, weight=typed.get(node.code, node.weight)) for node in framework.nodes]
    return replace(framework, nodes=tuple(nodes))


def test_every_cell_with_and_without_gaps(case, small, cities_of, check):
    for given in ((), GAPS):
        assessment = sy.score(cities_of(small(), given), recipe_of(case))
        book = check(assessment)
    for code in ("Index", "P", "Q", "Q1"):
        assert all(str(cell).startswith("=") for cell in formulas_of(book, code))


def test_weights_of_nothing_and_what_nobody_reported(case, small, cities_of, check):
    """A child that weighs nothing, and one without any score, are no part of the method."""
    framework = reweighed(small(), {"lin": 0.0, "Q": 3.0})
    dataset = cities_of(framework, [*GAPS, *((row, 5) for row in range(5))])
    check(sy.score(dataset, recipe_of(case)))


def test_two_years_in_one_table(case, small, cities_of, check):
    dataset = cities_of(small(), GAPS, years=[2023, 2024, 2023, 2024, 2024])
    dataset.not_applicable[1, 6] = dataset.not_applicable[2, 3] = True
    check(sy.score(dataset, recipe_of(case)), "zh")


@pytest.mark.parametrize("nodes", ["all", "index"])
def test_rounded_scores(nodes, some_case, small, cities_of, check):
    framework = small(rounding=Rounding(1, nodes))
    check(sy.score(cities_of(framework, GAPS), recipe_of(some_case)))


def test_changed_weights_and_values_move_all_that_follows(
    case, small, cities_of, tmp_path, recalculated
):
    """What a user types into the file is what scoring it anew gives."""
    dataset, path = cities_of(small(), GAPS), tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe_of(case)), path, "en")
    book = openpyxl.load_workbook(path)
    typed = {(0, 1): 44.0, (2, 2): 7.0, (3, 4): 6.5, (1, 3): 30.0}
    for (row, column), value in typed.items():
        book["Data"].cell(7 + row, 3 + column).value = value
        dataset.values[row, column] = value
    weights = {"Q": 4.0, "log": 0.5, "cost": 0.0, "rung": 2.5}
    for row in book["Weights"].iter_rows(min_row=5):
        if row[0].value in weights:
            row[3].value = weights[row[0].value]
    book.save(path)
    again = replace(dataset, framework=reweighed(dataset.framework, weights))
    before = sy.score(cities_of(small(), GAPS), recipe_of(case))
    after = sy.score(again, recipe_of(case))
    assert np.abs(before.tree.scores[:, 0] - after.tree.scores[:, 0]).max() > 0.5
    assert not wrong(after, recalculated(path), sheets=LIVE_SHEETS)[:3]


MIXED = {"index": "vikor", "P": "topsis", "Q": "geometric", "Q1": "median", "R": "ranksum"}
OPTIONS = {"topsis": {"normalisation": "none"}, "vikor": {"v": 0.25}}


def test_the_weightless_indicator_of_a_goal_without_score(small, cities_of, check):
    """Who has only that has no score at the goal, and nothing would lift it."""
    framework = reweighed(small(), {"lin": 0.0})
    for row in range(5):
        assessment = sy.score(cities_of(framework, [(row, 1), (row, 2)]), sy.Recipe())
        assert np.isnan(assessment.scores["P"].iloc[row])
        check(assessment)


def test_another_method_at_every_tier(small, cities_of, check):
    recipe = sy.Recipe(aggregate=MIXED, options={"aggregate": OPTIONS})
    for given in ((), GAPS):
        book = check(sy.score(cities_of(small(), given), recipe))
    assert all(str(cell).startswith("=") for code in ("Index", "P", "Q1")
               for cell in formulas_of(book, code))  # fmt: skip


@pytest.mark.parametrize("weight, given", [(1.0, [101.0, 102.0, 103.0]), (0.0, [102.0, 103.0])])
def test_a_reference_of_one_number_for_each_child_that_counts(
    weight, given, small, cities_of, check
):
    """It stands under the column of each child of P; a child without weight has none."""
    options = {"aggregate": {"grey": {"reference": given, "normalisation": "none"}}}
    dataset = cities_of(reweighed(small(), {"lin": weight}), [(2, 0), (3, 1)])
    book = check(sy.score(dataset, sy.Recipe(aggregate={"P": "grey"}, options=options)))
    assert all(str(cell).startswith("=") for cell in formulas_of(book, "P"))
    terms = book["Terms"]
    (label,) = (cell for row in terms for cell in row if cell.value == "Reference")
    beside = [terms.cell(label.row, label.column + 1 + child).value for child in range(3)]
    assert [number for number in beside if number] == given


def test_beside_bonus_and_deduction(small, check):
    framework = small(gates=())
    lin = framework.node("lin").indicator
    blocks = (
        Node("plus", lin.name, "index", 1.0, replace(lin, code="plus"), block="bonus", points=5.0),
        Node("less", lin.name, "index", 1.0, replace(lin, code="less"), block="deduction",
             points=10.0),
    )  # fmt: skip
    framework = replace(framework, nodes=(*framework.nodes, *blocks), rounding=Rounding(2, "all"))
    values = np.array([[60, 20, 100, 10, 4, 3, 2.5, 1, 0.5, 80, 8], [20, 70, 3, 400, 9, 1, 0.5, 0,
                       0.2, 0, 40], [75, 11, 900, 0, 2, 2, 2, 1, 0.9, np.nan, 0]])  # fmt: skip
    dataset = sy.dataset_from_arrays(framework, ["甲市", "乙市", "丙市"], values)
    for method in ("geometric", "harmonic", "power", "topsis", "median", "kemeny"):
        check(sy.score(dataset, sy.Recipe(aggregate=method)))


def test_scores_that_are_pasted_say_so(small, cities_of, check, tmp_path, recalculated):
    """Kemeny's order is beyond formulas: the note, the head line, and values that stay."""
    recipe = sy.Recipe(aggregate={"index": "kemeny", "P": "copeland"})
    dataset = cities_of(small())
    book = check(sy.score(dataset, recipe))
    for code, method in (("Index", "Kemeny"), ("P", "Copeland")):
        assert all(isinstance(cell, float) for cell in formulas_of(book, code))
        head = next(cell for cell in book["Scores"][3] if cell.value == code)
        note = book["Scores"].cell(6, head.column).comment.text
        assert method in note and "does not recalculate" in note
    for name in CLAIMING:
        line = book[name]["A2"].value
        assert line.startswith("Pasted as computed, not recalculating: Index (Kemeny"), name
    assert "Every figure is a formula" not in book["Summary"]["A2"].value
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(dataset, recipe), path, "zh")
    assert openpyxl.load_workbook(path)["排名"]["A2"].value.startswith("计算后写入、不随单元格重算")


def test_live_scores_do_not_say_they_are_pasted(small, cities_of, check):
    book = check(sy.score(cities_of(small()), sy.Recipe(aggregate="topsis")))
    cells = [cell for name in CLAIMING for row in book[name].iter_rows() for cell in row]
    text = " ".join(f"{cell.value} {cell.comment}" for cell in cells)
    assert "Pasted" not in text and "pasted" not in text


def test_the_workbook_verifies_and_notices_a_typed_score(some_case, small, cities_of, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(cities_of(small(), GAPS), recipe_of(some_case)), path, "en")
    assert verify_workbook(path, recalculate=True).holds
    book = openpyxl.load_workbook(path)
    place = next(cell.coordinate for row in book["Terms"].iter_rows(min_row=7, min_col=3)
                 for cell in row if str(cell.value).startswith("=IF(COUNT("))  # fmt: skip
    book["Terms"][place].value = 55.5
    book.save(path)
    found = verify_workbook(path, recalculate=False)
    assert f"report.xlsx Terms!{place}" in {str(issue.location) for issue in found.findings}


def test_pasted_scores_are_verified(small, cities_of, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(cities_of(small()), sy.Recipe(aggregate="copeland")), path, "en")
    assert verify_workbook(path, recalculate=True).holds
    book = openpyxl.load_workbook(path)
    terms = book["Terms"]
    place = next(cell for row in terms.iter_rows(min_row=7, min_col=3) for cell in row
                 if isinstance(cell.value, float) and cell.comment)  # fmt: skip
    place.value += 1.0
    book.save(path)
    assert not verify_workbook(path, recalculate=False).holds
