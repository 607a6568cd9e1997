"""The workbook of a comparison of recipes."""

import openpyxl
import pytest

import steelyard as sy
from steelyard.assess.recipe_comparison import compare_recipes
from steelyard.errors import RecipeError
from steelyard.indicators.dataset import dataset_from_arrays
from steelyard.indicators.framework import Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator
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
    for first, table in (
        (5, found.spearman), (10, found.kendall), (15, found.shift), (20, found.largest_shift)
    ):  # fmt: skip
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
    last = [cell.value for cell in book["Ranks"][10]]
    assert last[:4] == ["乙市", "—", "—", "—"]
    assert recalculated(path)["Ranks", "E10"] in (None, "")
    assert not [c for row in book["Correlations"] for c in row if str(c.value).startswith("=")]
    assert book["Correlations"]["A4"].value == "Spearman's rho (pasted as computed)"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_failed_recipe_has_an_empty_column_and_the_correlations_stay_live(
    lang, small, cities_of, tmp_path, recalculated
):
    with pytest.raises(RecipeError) as refused:
        sy.Recipe(normalise="rnk")
    recipes = {"typo; normalise=rnk": refused.value, **RECIPES, "judged": sy.Recipe(weigh="ahp")}
    found = compare_recipes(cities_of(small()), recipes)
    path = tmp_path / "recipes.xlsx"
    write_recipe_comparison(found, path, lang)
    book, afresh = openpyxl.load_workbook(path), recalculated(path)
    ranks, _, correlations, _, texts, _ = (book[name] for name in SHEETS[lang])
    states = [cell.value for cell in ranks[5]][1:6]
    assert states == {
        "zh": ["无法计算", "无相对方法", "无相对方法", "相对方法:rank, topsis", "无法计算"],
        "en": ["could not be scored", "no relative method", "no relative method",
               "relative: rank, topsis", "could not be scored"],
    }[lang]  # fmt: skip
    assert {ranks.cell(row, 2).value for row in range(6, ranks.max_row + 1)} == {"—"}
    assert [cell.value for cell in correlations[4]][1:] == list(RECIPES)
    live = [cell.coordinate for row in correlations for cell in row
            if str(cell.value).startswith("=")]  # fmt: skip
    assert len(live) == 3 * 9
    for first, table in ((5, found.spearman), (15, found.shift), (20, found.largest_shift)):
        for row, name in enumerate(RECIPES, start=first):
            shown = [afresh[SHEETS[lang][2], f"{letter}{row}"] for letter in "BCD"]
            assert shown == pytest.approx(table.loc[name].tolist())
    words = [row[1].value for row in texts.iter_rows(min_row=6, max_row=9)]
    usual = {"zh": "(全部默认)", "en": "(the usual one throughout)"}[lang]
    assert words[:3] == [usual, "aggregate=geometric", "normalise=rank aggregate=topsis"]
    assert texts["A13"].value == "typo; normalise=rnk" and "rnk" in texts["B13"].value


def test_the_largest_move_counts_upwards_and_downwards(tmp_path, recalculated):
    # arithmetic: 50, 49, 48, 47; geometric: sqrt(90 * 10) = 30, 49, 48, 47: one falls by 3, the
    # others rise by 1
    nodes = [Node("index", Bilingual("i"), None)]
    for code in ("X", "Y"):
        indicator = Indicator(code, Bilingual(code), "benefit", "linear", 0.0, 100.0)
        nodes.append(Node(code, Bilingual(code), "index", 1.0, indicator))
    framework = Framework("two", "1", Bilingual("two"), tuple(nodes))
    values = [[90, 10], [49, 49], [48, 48], [47, 47]]
    dataset = dataset_from_arrays(framework, list("甲乙丙丁"), values)
    recipes = {"mean": sy.Recipe(), "geometric": sy.Recipe(aggregate="geometric")}
    path = tmp_path / "recipes.xlsx"
    write_recipe_comparison(compare_recipes(dataset, recipes), path, "en")
    found = recalculated(path)
    assert [found["Correlations", cell] for cell in ("B17", "C17", "B18", "C18")] == [0, 3, 3, 0]
    assert [found["Correlations", cell] for cell in ("B13", "C13", "B14", "C14")] == [
        0, (3 + 1 + 1 + 1) / 4, (3 + 1 + 1 + 1) / 4, 0,
    ]  # fmt: skip
