"""The workbook of a comparison of recipes."""

import openpyxl
import pytest

import steelyard as sy
from steelyard.assess.recipe_comparison import compare_recipes
from steelyard.reports.recipes_workbook import write_recipe_comparison

RECIPES = {
    "mean": sy.Recipe(),
    "geometric": sy.Recipe(aggregate="geometric"),
    "ranks": sy.Recipe(normalise="rank", aggregate="topsis"),
}
SHEETS = {
    "zh": ["各方案名次", "名次变动", "名次相关", "各方案得分", "方案与提示", "平均名次"],
    "en": ["Ranks", "Moves", "Correlations", "Scores", "Recipes", "Mid-ranks"],
}


def numbers(values):
    return {place: value for place, value in values.items() if isinstance(value, int | float)}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("gaps", [(), ((1, 0), (1, 1), (1, 2))])
def test_recalculated_it_holds_what_python_computed(
    lang, gaps, small, cities_of, tmp_path, recalculated, cached
):
    found = compare_recipes(cities_of(small(), gaps), RECIPES)
    path = tmp_path / "recipes.xlsx"
    write_recipe_comparison(found, path, lang)
    assert openpyxl.load_workbook(path).sheetnames == SHEETS[lang]
    stored, afresh = numbers(cached(path)), numbers(recalculated(path))
    assert stored.keys() == afresh.keys() and len(stored) > 60
    assert all(afresh[place] == pytest.approx(value, abs=1e-9) for place, value in stored.items())
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEETS[lang][2]]
    rows = list(sheet.iter_rows(min_col=2, max_col=4, values_only=True))
    for first, table in ((5, found.spearman), (10, found.kendall), (15, found.shift)):
        assert [list(row) for row in rows[first - 1 : first + 2]] == [
            pytest.approx(row) for row in table.to_numpy().tolist()
        ]


def test_a_city_without_a_score_has_a_dash_and_the_correlations_are_pasted(
    small, cities_of, tmp_path, recalculated
):
    dataset = cities_of(small(), [(1, column) for column in range(9)])
    path = tmp_path / "recipes.xlsx"
    write_recipe_comparison(compare_recipes(dataset, RECIPES), path, "en")
    book = openpyxl.load_workbook(path)
    last = [cell.value for cell in book["Ranks"][9]]
    assert last[:4] == ["乙市", "—", "—", "—"]
    assert recalculated(path)["Ranks", "E9"] in (None, "")
    assert not [c for row in book["Correlations"] for c in row if str(c.value).startswith("=")]
    assert book["Correlations"]["A4"].value == "Spearman's rho (pasted as computed)"
