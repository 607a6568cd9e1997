"""A recipe from words on the command line."""

import pytest

from steelyard import Recipe
from steelyard.assess.settings import chosen_aggregation, with_settings
from steelyard.errors import RecipeError


def test_fields_options_and_policies():
    recipe = with_settings(
        Recipe(weigh="entropy", aggregate="vikor"),
        [
            "screen=0.6",
            "weigh.normalisation=minmax",
            "weigh.shift=0.01",
            "aggregate.v=0.3",
            "reading.bounds=refuse",
            "denominate.A1=population",
            "normalise=rank",
            "normalise.to=[1, 100]",
        ],
    )
    assert recipe.screen == 0.6
    assert recipe.options_of("weigh", "entropy") == {
        "zeros": "limit", "normalisation": "minmax", "shift": 0.01,
    }  # fmt: skip
    assert recipe.options_of("aggregate", "vikor") == {"v": 0.3}
    assert recipe.policies.bounds == "refuse"
    assert recipe.denominate == {"A1": "population"}
    assert recipe.normalise_options == {"to": [1, 100]}


def test_settings_add_to_what_the_recipe_has_and_leave_it_alone():
    first = Recipe(aggregate="vikor", reading={"bounds": "refuse"}, options={"normalise": {}})
    second = with_settings(first, ["reading.zero_unreported=missing", "aggregate.v=1"])
    assert second.reading == {"bounds": "refuse", "zero_unreported": "missing"}
    assert first.reading == {"bounds": "refuse"}
    assert first.options == {"normalise": {}}


def test_several_aggregations_have_options_by_name():
    recipe = Recipe(aggregate=chosen_aggregation("index=vikor, goals=topsis"))
    found = with_settings(recipe, ["aggregate.topsis.metric=1", "aggregate.vikor.v=0.2"])
    assert found.options_of("aggregate", "topsis") == {"metric": 1}
    assert found.options_of("aggregate", "vikor") == {"v": 0.2}


@pytest.mark.parametrize(
    "setting",
    ["screen", "weigh.a.b.c=1", "colour=red", "reading=x", "reading.bound=x",
     "weigh.shift=1", "denominate=A1", "screen=2", "floor=none"],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_in_a_sentence(setting):
    with pytest.raises(RecipeError) as refusal:
        with_settings(Recipe(), [setting])
    for lang in ("zh", "en"):
        assert refusal.value.message(lang)


@pytest.mark.parametrize(
    "chosen, setting",
    [
        ({"aggregate": "vikor"}, "aggregate.v=[1]"),
        ({"aggregate": "fuzzy"}, "aggregate.scale=3"),
        ({"aggregate": "ampi"}, "aggregate.low=x"),
        ({"normalise": "minmax"}, "normalise.to=5"),
        ({"normalise": "zscore"}, "normalise.mean=x"),
        ({"normalise": "target"}, "normalise.targets=3"),
        ({"impute": "knn"}, "impute.neighbours=2.5"),
        ({"impute": "multiple"}, "impute.draws=NaN"),
        ({"treat": "winsorise"}, "treat.skewness=true"),
        ({"weigh": "entropy"}, "weigh.shift=x"),
        ({"weigh": "combine"}, "weigh.of=3"),
    ],
)
def test_an_option_of_the_wrong_kind_is_refused_when_the_recipe_is_built(chosen, setting):
    with pytest.raises(RecipeError) as refusal:
        with_settings(Recipe(**chosen), [setting])
    option = setting.partition("=")[0].partition(".")[2]
    assert option in refusal.value.message("zh")
    assert option in refusal.value.message("en")


def test_an_aggregation_for_a_node_that_is_not_there_is_refused(framework_of, percent):
    framework = framework_of([("A", None, 1, percent)])
    Recipe(aggregate={"index": "topsis", "dimensions": "median"}).check_nodes(framework)
    with pytest.raises(RecipeError, match="indx"):
        Recipe(aggregate={"indx": "topsis"}).check_nodes(framework)


def test_what_is_combined_is_named_with_commas():
    recipe = with_settings(Recipe(weigh="combine"), ["weigh.of=equal, entropy", "weigh.how=game"])
    assert recipe.options_of("weigh", "combine") == {"of": ["equal", "entropy"], "how": "game"}
