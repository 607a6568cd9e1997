"""Computed weights in the workbook: live where arithmetic allows, pasted with their diagnostics."""

from dataclasses import replace

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.judgements import Expert, Judgements
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import at
from steelyard.reports.verify import verify_workbook

MINMAX = {"normalisation": "minmax"}
LIVE = [
    ("entropy", {}),
    ("entropy", {"normalisation": "minmax"}),
    ("entropy", {"normalisation": "minmax", "shift": 0.01}),
    ("critic", {}),
    ("variation", {}),
    ("deviation", {}),
    ("deviation", {"normalisation": "minmax"}),
    ("combine", {}),
    ("combine", {"of": ["equal", "critic", "entropy"], "how": "least-squares"}),
    ("combine", {"of": ["entropy", "critic"], "how": "game", "entropy": MINMAX}),
    ("combine", {"of": ["framework", "variation"], "how": "game"}),
    ("combine", {"of": ["framework", "deviation"], "how": "geometric", "shares": [1, 2]}),
    ("combine", {"of": ["equal", "entropy"], "how": "geometric", "shares": [0, 1]}),
]
BEYOND = [
    {"of": ["framework", "pca", "entropy"]},
    {"of": ["framework", "critic", "entropy"], "how": "game"},
    {"of": ["framework", "equal"]},
]
PASTED = ["angle", "pca", "lopcow", "cilos", "dea", "balance"]
SHEETS = ("Normalised", "Weighting", "Weights", "Scores", "Contributions", "Ranking")


def named(case):
    method, options = case
    return "-".join([method, *map(str, options.values())])


@pytest.fixture(params=LIVE, ids=named)
def weigh(request):
    method, options = request.param
    return {"weigh": method, "options": {"weigh": options}}


@pytest.fixture
def towns(small, cities_of):
    """The small cities, each a little different."""

    def make(gaps=(), **more):
        dataset = cities_of(small(), gaps, **more)
        dataset.values[3] = [30.0, 55.0, 20.0, 50.0, 6.5, 0.0, 1.5, 0.0, 0.1]
        dataset.values[4, [0, 5]] = 25.0, 1.0
        return dataset

    return make


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


def weights_in(values, codes, sheet="Weights"):
    """The computed weights, by code, from the sheet's rows."""
    rows = {values[sheet, f"A{row}"]: row for row in range(5, 30) if (sheet, f"A{row}") in values}
    return {code: values[sheet, f"D{rows[code]}"] for code in codes}


@pytest.mark.parametrize("normalise", ["goalposts", "minmax"])
def test_every_cell_of_every_live_weighting(
    normalise, weigh, towns, tmp_path, recalculated, cached
):
    assessment = sy.score(towns(), sy.Recipe(normalise=normalise, **weigh))
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert not wrong(assessment, cached(path))[:3]
    assert not wrong(assessment, recalculated(path))[:3]
    weights = openpyxl.load_workbook(path)["Weights"]
    inside = [cell.value for (cell,) in weights["D5:D15"]]
    assert all(str(cell).startswith("=") for cell in inside)


def test_a_changed_value_moves_the_weights(weigh, towns, tmp_path, recalculated):
    """What a user types into the file moves all that follows, as scoring it anew would."""
    dataset, path = towns(), tmp_path / "report.xlsx"
    recipe = sy.Recipe(**weigh)
    before = sy.score(dataset, recipe)
    sy.write_workbook(before, path, "en")
    book = openpyxl.load_workbook(path)
    for (row, column), value in {(2, 0): 3.0, (0, 1): 68.0, (3, 4): 9.5}.items():
        book["Data"].cell(7 + row, 3 + column).value = value
        dataset.values[row, column] = value
    book.save(path)
    again, values = sy.score(dataset, recipe), recalculated(path)
    assert not wrong(again, values, sheets=SHEETS)[:3]
    moved = weights_in(values, ["lin", "cost", "span"])
    for code, weight in moved.items():
        assert weight == pytest.approx(again.weights.loc[code, "global"], abs=1e-12)
        assert abs(weight - before.weights.loc[code, "global"]) > 1e-4


def test_years_gaps_scored_zero_and_what_does_not_apply(
    weigh, towns, gaps, tmp_path, recalculated, cached
):
    dataset = towns(gaps, years=[2023, 2024, 2023, 2024, 2024])
    dataset.values[1, 3] = np.nan
    dataset.not_applicable[1, 3] = True
    recipe, path = sy.Recipe(impute="zero", **weigh), tmp_path / "report.xlsx"
    assessment = sy.score(dataset, recipe)
    sy.write_workbook(assessment, path, "zh")
    assert not wrong(assessment, cached(path), "zh")[:3]
    assert not wrong(assessment, recalculated(path), "zh")[:3]
    assert verify_workbook(path, recalculate=True).holds

    typed = openpyxl.load_workbook(path)
    row = next(cell.row for cell in typed["数据"]["A"] if cell.value == "乙市")
    typed["数据"].cell(row, 6).value = 130.0
    typed.save(path)
    dataset.values[1, 3], dataset.not_applicable[1, 3] = 130.0, False
    again, values = sy.score(dataset, recipe), recalculated(path)
    found = weights_in(values, ["lin", "log1p", "yes"], "权重")
    for code, weight in found.items():
        assert weight == pytest.approx(again.weights.loc[code, "global"], abs=1e-12)


def test_the_workbook_verifies_and_notices_a_changed_weight(weigh, towns, tmp_path):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(towns(), sy.Recipe(**weigh)), path, "en")
    found = verify_workbook(path, recalculate=True)
    assert found.holds
    assert found.recalculated
    for sheet, cell in (("Weights", "D6"), ("Weighting", "E11")):
        book = openpyxl.load_workbook(path)
        book[sheet][cell].value = 0.5
        book.save(path)
        found = verify_workbook(path, recalculate=False)
        assert f"report.xlsx {sheet}!{cell}" in {str(issue.location) for issue in found.findings}


def test_weights_found_on_another_table_are_pasted(weigh, towns, tmp_path, recalculated):
    recipe = sy.Recipe(**weigh)
    others = sy.score(towns(), recipe)
    assessment = sy.score(towns().rows([1, 2, 4]), recipe, others.ruler)
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert not wrong(assessment, recalculated(path))[:3]
    assert verify_workbook(path, recalculate=True).holds
    weights = openpyxl.load_workbook(path)["Weights"]
    assert not any(str(cell.value).startswith("=") for (cell,) in weights["D5:D17"])
    assert "does not recalculate" in weights["D6"].comment.text


def test_an_indicator_that_does_not_vary_weighs_nothing_and_says_so(
    towns, tmp_path, recalculated, cached
):
    dataset = towns()
    dataset.values[:, 5:8] = [2.0, 1.0, 1.0]
    dataset.values[:, 4] = 4.0
    options = {"weigh": {"constant": "zero"}}
    recipe = sy.Recipe(weigh="entropy", options=options)
    assessment, path = sy.score(dataset, recipe), tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert not wrong(assessment, cached(path))[:3]
    values = recalculated(path)
    assert not wrong(assessment, values)[:3]
    # The dimension of these four weighs nothing; within it the framework's proportions stand.
    assert weights_in(values, ["Q1", "span", "yes"]) == {"Q1": 0, "span": 1, "yes": 1}
    checks = {values["Weighting", f"A{row}"]: values["Weighting", f"I{row}"]
              for row in range(10, 18)}  # fmt: skip
    assert checks["span"] == "does not vary"
    assert checks["lin"] == "ok"


@pytest.mark.parametrize("options", BEYOND, ids=str)
def test_combinations_beyond_simple_formulas_are_pasted_and_say_so(options, towns, tmp_path):
    recipe = sy.Recipe(weigh="combine", options={"weigh": options})
    path = tmp_path / "report.xlsx"
    sy.write_workbook(sy.score(towns(), recipe), path, "en")
    assert verify_workbook(path, recalculate=True).holds
    leaf = openpyxl.load_workbook(path)["Weights"]["D6"]
    assert isinstance(leaf.value, float)
    assert leaf.comment.text.startswith("Pasted as Combination of weights found it; it does not")


def test_equal_vectors_have_the_same_say_in_a_game(towns, tmp_path, recalculated):
    """Cramer's rule has no answer there, and neither is to be preferred."""
    own = {"of": ["entropy", "entropy"], "how": "game"}
    recipe = sy.Recipe(weigh="combine", options={"weigh": own})
    assessment, path = sy.score(towns(), recipe), tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    values = recalculated(path)
    assert not wrong(assessment, values)[:3]
    heads = {values.get(("Weighting", f"A{row}")): row for row in range(10, 30)}
    row = heads["Share in the combination"]
    shares = [values.get(("Weighting", f"{letter}{row}")) for letter in "CDEFGHIJKLMNOP"]
    assert [share for share in shares if isinstance(share, float)] == [0.5, 0.5]


@pytest.mark.parametrize("method", PASTED)
def test_pasted_weights_verify_and_a_changed_one_is_noticed(method, towns, tmp_path, recalculated):
    dataset = towns(years=[2023, 2024, 2024, 2024, 2023])
    assessment = sy.score(dataset, sy.Recipe(normalise="minmax", weigh=method))
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert not wrong(assessment, recalculated(path))[:3]
    assert verify_workbook(path, recalculate=True).holds
    book = openpyxl.load_workbook(path)
    goal = book["Weights"]["D5"]
    leaf = book["Weights"]["D6"]
    noted = goal if method == "balance" else leaf
    assert "does not recalculate" in noted.comment.text
    assert noted.value == pytest.approx(assessment.weights["local"].iloc[1 if noted is goal else 2])
    noted.value = 0.123
    book.save(path)
    found = verify_workbook(path, recalculate=False)
    assert not found.holds
    assert f"report.xlsx Weights!{noted.coordinate}" in {str(i.location) for i in found.findings}


def cells(path, sheet="Weighting"):
    found = openpyxl.load_workbook(path)[sheet]
    return [[cell.value for cell in row] for row in found.iter_rows()]


def row_of(rows, head, column=0):
    return next(row for row in rows if row[column] == head)


def test_principal_components_show_what_they_explain(towns, tmp_path):
    assessment = sy.score(towns(), sy.Recipe(weigh="pca"))
    sy.write_workbook(assessment, tmp_path / "report.xlsx", "en")
    rows = cells(tmp_path / "report.xlsx")
    details = assessment.ruler.weighing["index"].details
    assert row_of(rows, "1")[1] == "kept"
    assert row_of(rows, "1")[2] == pytest.approx(details["eigenvalues"][0])
    assert row_of(rows, "8")[1] == "dropped"
    assert row_of(rows, "8")[4] == pytest.approx(100)
    loadings = np.array([row_of(rows, code)[4] for code in details["codes"]])
    assert np.abs(loadings) == pytest.approx(np.abs(details["rotated"][:, 0]))


def test_balance_shows_what_was_wished_and_reached(towns, tmp_path):
    assessment = sy.score(towns(), sy.Recipe(weigh="balance"))
    sy.write_workbook(assessment, tmp_path / "report.xlsx", "en")
    rows = cells(tmp_path / "report.xlsx")
    wished = [row_of(rows, code)[3] for code in ("P", "Q")]
    assert wished == pytest.approx([0.6, 0.4])
    correlation = np.corrcoef(assessment.scores[["index", "P", "Q"]].T)[0, 1:]
    shares = correlation**2 / np.square(correlation).sum()
    assert [row_of(rows, code)[4] for code in ("P", "Q")] == pytest.approx(shares)
    outcome = row_of(rows, "Not reached with weights ≥ 0; largest difference", 1)
    assert outcome[2] == pytest.approx(abs(shares - wished).max())


def test_combined_weights_stand_side_by_side(towns, tmp_path, recalculated):
    assessment, path = sy.score(towns(), sy.Recipe(weigh="combine")), tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    values = recalculated(path)
    heads = {values.get(("Weighting", f"{letter}9")): letter for letter in "CDEFGHIJK"}
    own, entropy = heads["Framework's weights\nWeight"], heads["Entropy\nWeight"]
    rows = {values["Weighting", f"A{row}"]: row for row in range(10, 18)}
    found = {code: [values["Weighting", f"{letter}{row}"] for letter in (own, entropy)]
             for code, row in rows.items()}  # fmt: skip
    assert found["lin"][0] == pytest.approx(0.6 * 0.5)
    alone = sy.score(towns(), sy.Recipe(weigh="entropy")).weights["global"]
    assert [pair[1] for pair in found.values()] == pytest.approx(alone[list(found)].tolist())
    total = sum(one * other for one, other in found.values())
    assert values["Weighting", f"{heads['Weight']}{rows['lin']}"] == pytest.approx(
        found["lin"][0] * found["lin"][1] / total
    )


#             P         Q                        lin  cost log
AHP = {"index": [[1, 2], [1 / 2, 1]], "P": [[1, 3, 5], [1 / 3, 1, 9], [1 / 5, 1 / 9, 1]]}


def test_judged_weights_show_consistency_and_what_to_reconsider(towns, tmp_path):
    children = {"index": 3, "P": 3}
    by_node = {}
    for code, judged in AHP.items():
        matrix = np.full((children[code],) * 2, np.nan)
        matrix[: len(judged), : len(judged)] = judged
        np.fill_diagonal(matrix, 1.0)
        by_node[code] = matrix
    judgements = Judgements("ahp", (Expert("Ann", 1.0, by_node), Expert("Bo", 1.0, by_node)))
    dataset = replace(towns(), judgements=judgements)
    assessment = sy.score(dataset, sy.Recipe(weigh="ahp"))
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, "en")
    assert verify_workbook(path, recalculate=True).holds
    rows = cells(path)
    assert row_of(rows, "P")[2] == pytest.approx(2 / 3)
    ratios = [row[2] for row in rows if row[1] == "Consistency ratio CR"]
    assert ratios[0] == pytest.approx(0, abs=1e-12)
    assert ratios[1] == pytest.approx(assessment.ruler.weighing["P"].details["CR"])
    assert ratios[1] > 0.1
    advice = [row[2] for row in rows if row[1] == "To be reconsidered"]
    assert any("Ann: " in sentence and "lin over log = 5" in sentence for sentence in advice)
    assert any(str(row[0]).endswith("own weights: Q, Q1.") for row in rows)
