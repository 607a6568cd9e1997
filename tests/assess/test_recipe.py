"""The recipe: checked when it is built, and written as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard import Recipe, SteelyardError, dataset_from_arrays, load_framework, score
from steelyard.assess.aggregate import METHODS as AGGREGATIONS
from steelyard.assess.impute import METHODS as IMPUTATIONS
from steelyard.assess.normalise import METHODS as NORMALISATIONS
from steelyard.errors import RecipeError
from steelyard.weights import METHODS as WEIGHINGS


def test_the_default_is_the_framework_as_it_stands():
    recipe = Recipe()
    assert (recipe.impute, recipe.normalise, recipe.weigh) == ("reweight", "goalposts", "framework")
    assert (recipe.aggregate, recipe.levels, recipe.floor) == ("arithmetic", "default", 1.0)


def test_but_varies_one_step_and_leaves_the_first_alone():
    first = Recipe(normalise="rank")
    second = first.but(aggregate="geometric")
    assert (second.normalise, second.aggregate) == ("rank", "geometric")
    assert first.aggregate == "arithmetic"


@pytest.mark.parametrize(
    "wrong, named",
    [
        ({"normalise": "min-max"}, "minmax"),
        ({"aggregate": "geometrc"}, "geometric"),
        ({"aggregate": {"A": "mean"}}, "arithmetic"),
        ({"impute": "medain"}, "median"),
        ({"treat": "winsorize"}, "winsorise"),
        ({"treat": "log"}, "minmax"),
        ({"screen": 1.5}, "1.5"),
        ({"aggregate": "topsis", "options": {"aggregate": {"v": 1}}}, "metric"),
        ({"aggregate": "power", "options": {"aggregate": {"exponent": 3}}}, "exponent"),
        ({"weigh": "entropy", "options": {"weigh": {"bounds": 1}}}, "shift"),
        ({"options": {"normalise": {"too": (0, 1)}}, "normalise": "minmax"}, "to"),
        ({"options": {"normalize": {}}}, "normalise"),
        ({"floor": 0.0, "aggregate": "geometric"}, "0"),
        ({"floor": -1.0}, "-1"),
        ({"normalise": "zscore", "aggregate": "geometric",
          "options": {"normalise": {"mean": 0.0}}}, "geometric"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_out_is_refused_when_built(wrong, named):
    with pytest.raises(RecipeError) as refusal:
        Recipe(**wrong)
    for lang in ("zh", "en"):
        assert named in refusal.value.message(lang)


def test_a_field_that_a_recipe_does_not_have_is_refused():
    with pytest.raises(RecipeError, match="aggregat"):
        Recipe().but(aggregat="geometric")
    with pytest.raises(RecipeError):
        Recipe.from_json('{"colour": "red"}')


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"goalposts"', "null"])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(RecipeError):
        Recipe.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"aggregate": 3}',
        '{"aggregate": null}',
        '{"normalise": ["minmax"]}',
        '{"normalise": null}',
        '{"options": 3}',
        '{"options": {"normalise": 3}}',
        '{"floor": "one"}',
        '{"exponent": "two"}',
        '{"levels": 3}',
        '{"weigh": {"A": 1}}',
        '{"impute": {}}',
        '{"seed": "x"}',
    ],
)
def test_json_of_the_wrong_kind_is_refused_in_a_sentence(text):
    with pytest.raises(RecipeError):
        Recipe.from_json(text)


means = st.sampled_from(list(AGGREGATIONS))


@given(
    st.builds(
        Recipe,
        impute=st.sampled_from(list(IMPUTATIONS)),
        normalise=st.sampled_from(list(NORMALISATIONS)),
        weigh=st.sampled_from(["framework", *WEIGHINGS]),
        aggregate=means | st.dictionaries(st.sampled_from(["index", "goals", "A1"]), means),
        floor=st.floats(0.01, 10),
        exponent=st.just(0.0) | st.floats(0.001, 3) | st.floats(-3, -0.001),
        seed=st.integers(0, 2**31),
    )
)
def test_through_json_and_back(recipe):
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_options_through_json_measure_alike(framework_of, percent):
    recipe = Recipe(normalise="minmax", options={"normalise": {"to": (1, 100)}})
    framework = framework_of([("A", None, 1, percent)])
    dataset = dataset_from_arrays(framework, "abc", [[1], [2], [4]])
    again = Recipe.from_json(recipe.to_json())
    assert score(dataset, again).scores.equals(score(dataset, recipe).scores)
    assert score(dataset, again).scores["index"].tolist() == [1, 34, 100]


def test_json_holds_every_field_in_order():
    found = json.loads(Recipe().to_json())
    assert list(found) == sorted(found)
    assert found["normalise"] == "goalposts"


@pytest.mark.parametrize("wrong", [{"weigh": "nothing"}, {"levels": "nothing"}])
def test_weights_and_levels_that_the_framework_lacks_are_refused(wrong):
    smart = load_framework("smart2015")
    dataset = dataset_from_arrays(smart, ["city"], [[50.0] * 50])
    with pytest.raises(SteelyardError, match="nothing"):
        score(dataset, Recipe(**wrong))


def test_presets_change_the_weights():
    smart = load_framework("smart2015")
    dataset = dataset_from_arrays(smart, ["city"], [[50.0] * 50])

    def weights(preset):
        return score(dataset, Recipe(weigh=preset)).weights["global"]

    assert weights("framework")[list("ABCDEF")].tolist() == pytest.approx(
        [0.28 / 0.88, 0.16 / 0.88, 0.16 / 0.88, 0.16 / 0.88, 0.12 / 0.88, 0]
    )
    assert weights("equal")[list("ABCDEF")].tolist() == pytest.approx([0.2] * 5 + [0])
    assert weights("with-enablers")[list("ABCDEF")].tolist() == pytest.approx(
        [0.28, 0.16, 0.16, 0.16, 0.12, 0.12]
    )
    assert weights("survey40")[["A501", "C401"]].sum() == pytest.approx(0.4)
    ratio = weights("framework")["A501"] / weights("framework")["C401"]
    assert weights("survey40")["A501"] / weights("survey40")["C401"] == pytest.approx(ratio)
