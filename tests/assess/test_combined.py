"""Experts' weights combined with the data's, on a framework of two goals with two indicators."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.settings import with_settings
from steelyard.assess.weighing import options_in, weigh_dataset
from steelyard.errors import MethodError, RecipeError
from steelyard.indicators.judgements import Expert, Judgements

# Shares of their sums: a 1/2 1/4 1/8 1/8, b 1/2 1/2, c 1, d 1/2 1/4 1/4. In bits, of 2 at most,
# their entropies are 7/4, 1, 0 and 3/2; so they lack 1/8, 1/2, 1 and 1/4, together 15/8.
SCORES = [
    [80.0, 60.0, 90.0, 100.0],
    [40.0, 60.0, 0.0, 50.0],
    [20.0, 0.0, 0.0, 50.0],
    [20.0, 0.0, 0.0, 0.0],
]
BY_ENTROPY = [Fraction(one, 15) for one in (1, 4, 8, 2)]
# A : B = 4 : 1 and a : b = 3 : 1 are judged; c : d = 1 : 1 is the framework's.
BY_EXPERTS = [Fraction(one, 10) for one in (6, 2, 1, 1)]
JUDGED = {
    "ahp": {"index": [[1, 4], [1 / 4, 1]], "A": [[1, 3], [1 / 3, 1]]},
    "bwm": {"index": [[1, 4], [4, 1]], "A": [[1, 3], [3, 1]]},
    "budget": {"index": [80, 20], "A": [60, 20]},
}


def expert(judged, name="an expert", weight=1.0):
    return Expert(name, weight, {code: np.array(one, float) for code, one in judged.items()})


@pytest.fixture
def rows(percent):
    return [
        ("A", None, 1.0), ("a", "A", 1.0, percent), ("b", "A", 3.0, percent),
        ("B", None, 1.0), ("c", "B", 1.0, percent), ("d", "B", 1.0, percent),
    ]  # fmt: skip


@pytest.fixture
def towns(framework_of, rows):
    """With the judgements of one or several experts."""

    def of(kind, *experts):
        dataset = sy.dataset_from_arrays(framework_of(rows), list("pqrs"), SCORES)
        return replace(dataset, judgements=Judgements(kind, experts) if experts else None)

    return of


def weights(dataset, **options):
    recipe = sy.Recipe(weigh="combine", options={"weigh": options})
    return sy.score(dataset, recipe).weights


def near(*expected):
    return pytest.approx([float(one) for one in expected], rel=1e-12)


@pytest.mark.parametrize("kind", JUDGED)
def test_the_product_of_experts_and_entropy(kind, towns):
    """Of a–d 6·1 : 2·4 : 1·8 : 1·2 = 3 : 4 : 4 : 1; a goal weighs what its indicators do."""
    found = weights(towns(kind, expert(JUDGED[kind])), of=[kind, "entropy"])
    assert found["global"][list("abcd")].tolist() == near(
        Fraction(1, 4), Fraction(1, 3), Fraction(1, 3), Fraction(1, 12)
    )
    assert found["local"][list("ABabcd")].tolist() == near(
        Fraction(7, 12), Fraction(5, 12),
        Fraction(3, 7), Fraction(4, 7), Fraction(4, 5), Fraction(1, 5),
    )  # fmt: skip


def test_least_squares_shares_out_the_say(towns):
    found = weights(
        towns("ahp", expert(JUDGED["ahp"])),
        of=["ahp", "entropy"], how="least-squares", shares=[1, 3],
    )  # fmt: skip
    expected = [(e + 3 * d) / 4 for e, d in zip(BY_EXPERTS, BY_ENTROPY, strict=True)]
    assert found["global"][list("abcd")].tolist() == near(*expected)


def test_a_game_between_experts_and_data(towns):
    """u·u = 42/100 and 85/225, u·v = 16/100; Cramer's rule on [uu uv; uv vv] α = [uu; vv]."""
    uu, vv, uv = Fraction(42, 100), Fraction(85, 225), Fraction(16, 100)
    alpha = (vv * (uu - uv), uu * vv - uv * uu)
    first = alpha[0] / sum(alpha)
    expected = [first * e + (1 - first) * d for e, d in zip(BY_EXPERTS, BY_ENTROPY, strict=True)]
    found = weights(towns("ahp", expert(JUDGED["ahp"])), of=["ahp", "entropy"], how="game")
    assert found["global"][list("abcd")].tolist() == near(*expected)


def test_a_part_takes_its_own_options(towns):
    """Only the first of two experts has a say; entropy refuses zeros unless told."""
    dataset = towns("ahp", expert(JUDGED["ahp"]), expert({"index": [[1, 9], [1 / 9, 1]]}, "two"))
    own = {"expert_weights": [1, 0]}
    found = weights(dataset, of=["ahp", "entropy"], ahp=own)["global"]
    assert found["c"] == pytest.approx(1 / 3, rel=1e-12)
    assert weights(dataset, of=["ahp", "entropy"])["global"]["c"] < 0.33
    with pytest.raises(MethodError, match=r"b, c, d.*zeros=limit"):
        weights(dataset, of=["ahp", "entropy"], entropy={"zeros": "refuse"})


def test_the_same_options_in_words():
    recipe = sy.Recipe(weigh="combine", options={"weigh": {"ahp": {"priority": "geometric"},
                                                           "of": ["ahp", "critic"]}})  # fmt: skip
    varied = with_settings(recipe, ["weigh.ahp.priority=additive"])
    assert varied.options["weigh"]["ahp"] == {"priority": "additive"}
    assert recipe.options["weigh"]["ahp"] == {"priority": "geometric"}
    assert sy.Recipe.from_json(varied.to_json()).to_json() == varied.to_json()
    assert options_in(["of=ahp,entropy", "entropy.zeros=refuse"]) == {
        "of": ["ahp", "entropy"], "entropy": {"zeros": "refuse"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "options, said",
    [
        ({"of": ["ahp", "given"]}, "“given” cannot be combined.* ahp, bwm, budget"),
        ({"of": ["ahp", "critic"], "entropy": {"zeros": "limit"}}, "entropy.*ahp, critic"),
        ({"of": ["ahp", "critic"], "ahp": 3}, "weigh.ahp"),
        ({"of": ["ahp", "critic"], "ahp": {"priorty": "additive"}}, "ahp.*priorty"),
        ({"of": ["ahp", "critic"], "ahp": {"priority": "addition"}}, "addition"),
        ({"of": []}, "names the weightings"),
        ({"of": ["bwm", "critic"]}, "kind ahp"),
    ],
)
def test_what_cannot_be_combined_is_refused(options, said, towns):
    with pytest.raises((RecipeError, MethodError), match=said):
        weights(towns("ahp", expert(JUDGED["ahp"])), **options)


def test_without_judgements_it_says_where_they_come_from(towns):
    with pytest.raises(RecipeError, match=r"ahp.*template --judgements"):
        weights(towns("ahp"), of=["framework", "ahp"])


def test_experts_may_weigh_what_the_framework_leaves_at_zero(framework_of, rows, percent):
    """Z has 20 of the experts' 100 points and none of the equal weights: the mean is 10."""
    framework = framework_of([*rows, ("Z", None, 0.0), ("z", "Z", 1.0, percent)])
    dataset = sy.dataset_from_arrays(framework, list("pqrs"), [[*row, 50.0] for row in SCORES])
    points = Judgements("budget", (expert({"index": [60, 20, 20]}),))
    found = weights(
        replace(dataset, judgements=points), of=["budget", "equal"], how="least-squares"
    )
    # a and b share 60 as 1 : 3; equal weights are 1/4 each.
    expected = {"a": 0.2, "b": 0.35, "c": 0.175, "d": 0.175, "z": 0.1}
    assert found["global"][list(expected)].tolist() == near(*expected.values())


def test_what_the_judgements_leave_in_doubt_is_said(towns):
    dataset = towns(
        "ahp", expert(JUDGED["ahp"]), expert({"index": [[1, 1 / 9], [9, 1]]}, "another")
    )
    recipe = sy.Recipe(weigh="combine", options={"weigh": {"of": ["ahp", "entropy"]}})
    for issues in (sy.score(dataset, recipe).issues, weigh_dataset(dataset, recipe).issues):
        found = {issue.code: issue for issue in issues}
        assert found["judgement.low_consensus"].fields["node"] == "index"
        assert found["judgement.unjudged"].fields["codes"] == "B"
        assert found["assess.relative_weigh"].fields["method"] == "entropy"


def test_the_order_of_cities_and_parts_changes_nothing(towns):
    dataset = towns("ahp", expert(JUDGED["ahp"]))
    first = weights(dataset, of=["ahp", "entropy", "equal"])["global"]
    order = [2, 0, 3, 1]
    turned = replace(
        sy.dataset_from_arrays(dataset.framework, list("rpsq"), np.array(SCORES)[order]),
        judgements=dataset.judgements,
    )
    again = weights(turned, of=["equal", "entropy", "ahp"])["global"]
    assert again[first.index].tolist() == pytest.approx(first.tolist(), abs=1e-14)
