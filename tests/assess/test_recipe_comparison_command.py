"""``compare --recipes``: what fails is named, what differs in reading is read so."""

import json

import pytest

FRAMEWORK = """name: f
tree:
- {code: A1, name: {zh: A1, en: A1}, direction: benefit, weight: 1, scale: linear, low: 0, high: 100}
- {code: A2, name: {zh: A2, en: A2}, direction: benefit, weight: 1, scale: linear, low: 0, high: 100}
"""  # noqa: E501


@pytest.fixture
def compared(steelyard, tmp_path):
    def run(table, *arguments):
        (tmp_path / "f.yaml").write_text(FRAMEWORK, "utf-8")
        (tmp_path / "t.csv").write_text(table, "utf-8")
        status, out, err = steelyard("--lang", "en", "compare", "t.csv", "--framework", "f.yaml",
                                     *arguments, "--format", "json")  # fmt: skip
        return status, json.loads(out) if out else {}, err

    return run


THREE = "city,A1,A2\na,≥40,50\nb,80,60\nc,20,90\n"


def column(found, recipe):
    return {city: ranks[recipe] for city, ranks in found["ranks"].items()}


@pytest.mark.parametrize("words", ["normalise=rnk", "nonsense", "weigh=ahp", "screen=2"])
def test_a_failing_recipe_leaves_an_empty_column_and_the_others_stand(compared, words):
    status, found, _ = compared(THREE, "--recipes", f"{words}; aggregate=geometric")
    assert status == 0
    assert column(found, words) == {"a": 0, "b": 0, "c": 0}
    assert column(found, "this recipe") == {"a": 3, "b": 1, "c": 2}
    failed = [issue for issue in found["issues"] if issue["severity"] == "error"]
    assert len(failed) == 1 and f"“{words}”" in failed[0]["message"]
    status, found, _ = compared(THREE, "--recipes", words)
    assert status == 1 and list(found["recipes"]) == ["this recipe"]


def test_a_recipe_that_refuses_what_others_read_fails_alone(compared):
    status, found, _ = compared(THREE, "--recipes", "reading.bounds=refuse; weigh=equal")
    assert status == 0
    assert "“reading.bounds=refuse” could not be scored: “≥40”" in found["issues"][0]["message"]
    arguments = ("--set", "reading.bounds=refuse", "--recipes")
    status, found, _ = compared(THREE, *arguments, "reading.bounds=midpoint")
    assert status == 1 and list(found["recipes"]) == ["reading.bounds=midpoint"]
    status, found, _ = compared(THREE, *arguments, "weigh=equal")
    assert status == 1
    assert [
        (one["cell"], one["code"]) for one in found["issues"] if one["severity"] == "error"
    ] == [("B2", "reading.bound_refused")]


def test_a_recipe_may_fill_gaps_from_years_that_the_others_do_not_need(compared):
    """b's A1 of 2024 is 60 as in 2023, so that it ties with a; without it b has only its 50.

    By the mean of 2024 alone it is that of a and c, (60 + 90)/2.
    """
    table = "city,year,A1,A2\na,2023,40,50\na,2024,60,50\nb,2023,60,50\nb,2024,,50\nc,2024,90,0\n"
    status, found, _ = compared(table, "--year", "2024", "--recipes", "impute=mean; impute=linear")
    assert status == 0
    assert column(found, "this recipe") == {"a 2024": 1, "b 2024": 2, "c 2024": 3}
    assert column(found, "impute=linear") == {"a 2024": 1, "b 2024": 1, "c 2024": 3}
    assert found["scores"]["b 2024"]["impute=mean"] == (75 + 50) / 2
    assert found["scores"]["b 2024"]["impute=linear"] == 55


def test_two_files_of_one_name_are_two_recipes(compared, tmp_path):
    for folder, recipe in (("one", {"weigh": "equal"}), ("two", {"aggregate": "harmonic"})):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "r.json").write_text(json.dumps(recipe), "utf-8")
    _, found, _ = compared(THREE, "--recipes", "one/r.json, two/r.json")
    assert list(found["recipes"]) == ["this recipe", "r", "two/r.json"]
    assert found["recipes"]["two/r.json"]["aggregate"] == "harmonic"
