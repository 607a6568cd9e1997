"""Recipes written on one line."""

import pytest

from steelyard.assess.recipe import Recipe
from steelyard.assess.recipe_words import recipes_in, words_in, words_of
from steelyard.assess.settings import with_settings


@pytest.mark.parametrize(
    ("text", "recipes"),
    [
        ("weigh=equal", ["weigh=equal"]),
        ("a.json, b.json", ["a.json", "b.json"]),
        ("a=1,b=2,", ["a=1", "b=2"]),
        ("aggregate=index=topsis,goals=geometric;", ["aggregate=index=topsis,goals=geometric"]),
        ("a=[1,2], b={\"x\": [3, 4]}", ["a=[1,2]", 'b={"x": [3, 4]}']),
        ('levels="a, b; c", weigh=equal', ['levels="a, b; c"', "weigh=equal"]),
        ("a=1；b=2,3", ["a=1", "b=2,3"]),
        ("", []),
        ("a=[1, 2", ["a=[1, 2"]),
    ],
)  # fmt: skip
def test_recipes_are_parted_by_semicolons_else_by_commas(text, recipes):
    assert recipes_in(text) == recipes


def test_words_are_parted_by_spaces_outside_brackets():
    text = 'weigh.weights={"A": 1, "B": 2}  weigh=given\u3000normalise=rank'
    assert words_in(text) == ['weigh.weights={"A": 1, "B": 2}', "weigh=given", "normalise=rank"]


def test_a_recipe_in_words_may_aggregate_each_tier_in_its_own_way():
    words = words_in("aggregate=index=topsis,goals=geometric aggregate.topsis.metric=1")
    recipe = with_settings(Recipe(), words)
    assert recipe.aggregate == {"index": "topsis", "goals": "geometric"}
    assert recipe.options_of("aggregate", "topsis") == {"metric": 1}


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (Recipe(), ""),
        (Recipe(weigh="equal", screen=0.5), "weigh=equal screen=0.5"),
        (
            Recipe(aggregate={"index": "vikor"}, options={"aggregate": {"vikor": {"v": 0.3}}}),
            "aggregate=index=vikor aggregate.vikor.v=0.3",
        ),
        (Recipe(aggregate={"G 1": "topsis"}), 'aggregate={"G 1":"topsis"}'),
        (Recipe(levels="a, b; c"), 'levels="a, b; c"'),
        (Recipe(levels='he said "a, b"; c\\'), 'levels="he said \\"a, b\\"; c\\\\"'),
        (Recipe(levels="2024"), 'levels="2024"'),
        (Recipe(levels="true"), 'levels="true"'),
        (Recipe(levels="五级"), "levels=五级"),
        (Recipe(reading={"bounds": "refuse"}), "reading.bounds=refuse"),
        (Recipe(denominate={"A1": "population"}), "denominate.A1=population"),
        (
            Recipe(normalise="minmax", options={"normalise": {"to": (1, 100)}}),
            "normalise=minmax normalise.to=[1,100]",
        ),
        (
            Recipe(weigh="combine", options={"weigh": {"of": ("equal", "entropy"),
                                                       "entropy": {"zeros": "refuse"}}}),
            'weigh=combine weigh.of=["equal","entropy"] weigh.entropy.zeros=refuse',
        ),
    ],
)  # fmt: skip
def test_a_recipe_is_said_in_words_that_make_it_again(recipe, words):
    assert words_of(recipe) == words
    assert with_settings(Recipe(), words_in(words)).to_json() == recipe.to_json()
    assert recipes_in(f"{words};") == [words] * bool(words)
