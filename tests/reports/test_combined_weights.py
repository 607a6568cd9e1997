"""The workbook of weights that combine experts' with the data's."""

from dataclasses import replace

import openpyxl
import pytest

import steelyard as sy
from steelyard.indicators.reading.judgement_sheets import read_judgements_file
from steelyard.reports.verify import verify_workbook
from steelyard.samples import sample_path


@pytest.fixture(scope="module")
def assessment():
    cities = sy.read(sample_path("demo_cities"))
    judged = read_judgements_file(sample_path("judgements"), cities.framework)
    own = {"of": ["ahp", "entropy"], "how": "game", "ahp": {"priority": "geometric"}}
    recipe = sy.Recipe(impute="median", weigh="combine", options={"weigh": own})
    return sy.score(replace(cities, judgements=judged), recipe)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_keeps_the_judgements_shows_the_parts_and_verifies(assessment, tmp_path, lang):
    path = tmp_path / "report.xlsx"
    sy.write_workbook(assessment, path, lang)
    found = verify_workbook(path, recalculate=False)
    assert found.holds, [issue.message("en") for issue in found.findings[:3]]
    sheet = openpyxl.load_workbook(path)[{"zh": "赋权", "en": "Weighting"}[lang]]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row}
    assert "ahp.priority = geometric; how = game; of = ahp, entropy" in cells
    head = cells[{"zh": "层次分析法\n权重", "en": "Analytic hierarchy process\nWeight"}[lang]]
    first = [head.offset(row, 0).value for row in range(1, 4)]
    assert first == pytest.approx(judged_leaves(assessment)[:3], rel=1e-12)
    assert {"专家甲", "专家乙", "专家丙"} <= set(cells)


def judged_leaves(assessment):
    """Products of the geometric priorities down to A101, A102 and A103."""
    alone = replace(assessment.recipe, weigh="ahp", options={"weigh": {"priority": "geometric"}})
    local = sy.score(assessment.dataset, alone.but(impute="reweight")).weights["local"]
    return [local["A"] * local["A1"] * local[code] for code in ("A101", "A102", "A103")]
