"""The coherence sheet says what the audit finds, in the user's language."""

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.reports.verify import verify_workbook
from steelyard.samples import sample_path

SHEET = {"zh": "一致性", "en": "Coherence"}


@pytest.fixture(scope="module", params=["zh", "en"])
def written(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("coherence") / "report.xlsx"
    assessment = sy.score(sy.read(sample_path("kazakhstan")))
    sy.write_workbook(assessment, path, request.param)
    book = openpyxl.load_workbook(path, data_only=True)
    return path, assessment, book[SHEET[request.param]]


def rows_of(sheet, head):
    """The rows under the column heads that follow a section's title."""
    start = next(cell.row for cell in sheet["A"] if cell.value == head)
    found = {}
    for row in sheet.iter_rows(min_row=start + 2, values_only=True):
        if row[0] is None:
            break
        found[row[0]] = row
    return found


@pytest.mark.parametrize("reading", ["cached", "recalculated"])
def test_correlations_are_those_of_the_scores(written, request, reading):
    path, assessment, sheet = written
    values = request.getfixturevalue(reading)(path)
    heads = ("指标之间的相关系数(Pearson r)", "Correlations of the indicators (Pearson's r)")
    head = next(cell.value for cell in sheet["A"] if cell.value in heads)
    top = next(cell.row for cell in sheet["A"] if cell.value == head) + 2
    count = len(assessment.framework.codes)
    cells = sheet.iter_rows(top, top + count - 1, 3, 2 + count)
    found = [[values[sheet.title, cell.coordinate] for cell in row] for row in cells]
    expected = np.corrcoef(assessment.normalised, rowvar=False)
    np.testing.assert_allclose(np.array(found, dtype=float), expected, atol=1e-9)


def test_importance_adds_up_beside_the_weights(written):
    _, assessment, sheet = written
    heads = ("名义权重与实际重要性", "Nominal weight against effective importance")
    head = next(cell.value for cell in sheet["A"] if cell.value in heads)
    rows = rows_of(sheet, head)
    assert list(rows) == list(assessment.framework.codes)
    assert sum(row[2] for row in rows.values()) == pytest.approx(1)
    assert sum(row[3] for row in rows.values()) == pytest.approx(1)


def test_it_says_in_words_that_indicators_cancel_each_other(written):
    _, _, sheet = written
    words = [str(cell.value) for cell in sheet["A"]]
    assert any("S1" in text and "I1" in text and "-0.72" in text for text in words)


def test_a_changed_correlation_is_seen(written, tmp_path):
    path, _, sheet = written
    book = openpyxl.load_workbook(path)
    cell = next(c for row in book[sheet.title] for c in row if c.value == 1)
    cell.value = 0.5
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    places = {str(i.location) for i in verify_workbook(changed, recalculate=False).findings}
    assert f"changed.xlsx {sheet.title}!{cell.coordinate}" in places


def test_three_cities_tell_nothing(tmp_path):
    few = sy.read(sample_path("kazakhstan")).rows([0, 1, 2])
    sy.write_workbook(sy.score(few), tmp_path / "few.xlsx", "en")
    assert "Coherence" not in openpyxl.load_workbook(tmp_path / "few.xlsx").sheetnames
