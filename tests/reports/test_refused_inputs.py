"""A workbook whose changed inputs cannot be scored any more."""

import openpyxl
import pytest

import steelyard as sy


def test_inputs_that_cannot_be_scored_are_named_with_the_reason(small, cities_of, tmp_path):
    path = tmp_path / "report.xlsx"
    recipe = sy.Recipe(normalise="minmax", weigh="entropy")
    sy.write_workbook(sy.score(cities_of(small()), recipe), path, "en")
    book = openpyxl.load_workbook(path)
    for row in range(7, 12):
        book["Data"][f"C{row}"] = 60
    book.save(path)
    with pytest.raises(sy.InputError) as found:
        sy.verify_workbook(path)
    *edits, refused = found.value.issues
    changed = {str(edit.location): edit.message() for edit in edits}
    assert set(changed) == {f"report.xlsx Data!C{row}" for row in (8, 9, 11)}
    assert "from 20 to 60" in changed["report.xlsx Data!C8"]
    assert str(refused.location) == "report.xlsx"
    assert "cannot be scored. All values of lin are alike, so entropy" in refused.message("en")
    assert "无法评分" in refused.message("zh") and "lin" in refused.message("zh")
