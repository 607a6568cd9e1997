"""Weights from experts' judgements, node by node, and what is said about them."""

import json
from pathlib import Path

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.judged import judged_weights, unjudged
from steelyard.assess.judged_findings import judged_findings
from steelyard.assess.weighing import options_in, weigh_dataset, weigh_judgements
from steelyard.errors import MethodError, RecipeError, UnknownNameError
from steelyard.indicators.framework import Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator
from steelyard.indicators.judgements import Expert, Judgements
from steelyard.indicators.local_weights import local_weights
from steelyard.weights.weights import Weights

TRUTH = Path(__file__).parents[1] / "truth"
NAN = float("nan")


def both(text):
    return Bilingual(text, text)


def tree(*goals):
    """An index over goals given as (code, weight, children)."""
    nodes = [Node("index", both("Index"), None)]
    for code, weight, children in goals:
        leaf = None if children else Indicator(code, both(code), scale="linear", low=0.0, high=1.0)
        nodes.append(Node(code, both(f"goal {code}"), "index", weight, leaf))
        for child in children:
            indicator = Indicator(child, both(child), scale="linear", low=0.0, high=1.0)
            nodes.append(Node(child, both(child), code, 1.0, indicator))
    return Framework("small", "1", both("Small"), tuple(nodes))


SMALL = tree(("P", 3.0, ("p1", "p2", "p3")), ("Q", 1.0, ("q1", "q2")), ("R", 0.0, ("r1", "r2")))
CONSISTENT = np.array([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]])
"""Ratios of 0.6, 0.3, 0.1."""


def by(kind, *experts):
    found = [(f"expert {n}", *one) if len(one) == 2 else one for n, one in enumerate(experts, 1)]
    return Judgements(kind, tuple(Expert(name, weight, node) for name, weight, node in found))


def test_one_node_is_judged_and_the_rest_kept():
    local, found = judged_weights(SMALL, by("ahp", (1.0, {"P": CONSISTENT})), "ahp")
    assert [local[code] for code in ("p1", "p2", "p3")] == pytest.approx([0.6, 0.3, 0.1])
    assert [local[code] for code in ("index", "P", "Q", "R")] == [1.0, 0.75, 0.25, 0.0]
    assert [local[code] for code in ("q1", "q2", "r1", "r2")] == [0.5] * 4
    assert list(found) == ["P"]
    assert found["P"].details["codes"] == ("p1", "p2", "p3")
    assert found["P"].details["expert_names"] == ("expert 1",)
    assert unjudged(SMALL, found) == ("index", "Q", "R")


def test_a_goal_beside_the_index_stays_beside_it():
    matrix = np.array([[1, 4, NAN], [0.25, 1, NAN], [NAN, NAN, NAN]])
    local, found = judged_weights(SMALL, by("ahp", (1.0, {"index": matrix})), "ahp")
    assert [local[code] for code in ("P", "Q", "R")] == pytest.approx([0.8, 0.2, 0.0])
    assert found["index"].details["codes"] == ("P", "Q")


def test_published_matrix_of_saaty():
    case = json.loads((TRUTH / "ahp_saaty_school_selection.json").read_text("utf-8"))
    framework = tree(*((f"g{n}", 1.0, ()) for n in range(6)))
    judged = {"index": np.array(case["matrix"])}
    local, found = judged_weights(framework, by("ahp", (1.0, judged)), "ahp")
    weights = [local[f"g{n}"] for n in range(6)]
    assert weights == pytest.approx(case["expected"]["weights"], abs=1e-4)
    (issue,) = judged_findings(framework, found)
    assert issue.code == "judgement.inconsistent"
    assert issue.fields["CR"] == "0.229"


def test_experts_count_by_their_weight_and_only_where_they_judged():
    two = np.array([[1, 2], [0.5, 1]])
    eight = np.array([[1, 8], [1 / 8, 1]])
    panel = by("ahp", (2.0, {"Q": two}), (1.0, {"Q": eight}), (5.0, {"P": CONSISTENT}))
    local, found = judged_weights(SMALL, panel, "ahp")
    ratio = (2**2 * 8) ** (1 / 3)
    assert local["q1"] / local["q2"] == pytest.approx(ratio)
    assert found["Q"].details["expert_names"] == ("expert 1", "expert 2")
    other, _ = judged_weights(SMALL, panel, "ahp", expert_weights=[1, 0, 1])
    assert other["q1"] / other["q2"] == pytest.approx(2)
    mean, _ = judged_weights(SMALL, panel, "ahp", aggregation="priorities")
    assert mean["q1"] == pytest.approx((2 * 2 / 3 + 8 / 9) / 3)


def test_budget_shares_by_hand():
    panel = by(
        "budget", (1.0, {"P": np.array([50.0, 30, 20])}), (3.0, {"P": np.array([2.0, 2, 0])})
    )
    local, found = judged_weights(SMALL, panel, "budget")
    assert [local[c] for c in ("p1", "p2", "p3")] == pytest.approx([0.5, 0.45, 0.05])
    assert found["P"].details["totals"].tolist() == [100, 4]


def test_best_worst_of_two_experts_is_the_mean_of_each():
    first = np.array([[1.0, 2, 8], [8, 4, 1]])
    panel = by("bwm", (1.0, {"P": first}), (1.0, {"P": first[:, ::-1]}))
    local, found = judged_weights(SMALL, panel, "bwm")
    own = sy.weigh("bwm", best_to_others=first[0], others_to_worst=first[1]).values
    assert own == pytest.approx([8 / 13, 4 / 13, 1 / 13])
    assert [local[c] for c in ("p1", "p2", "p3")] == pytest.approx((own + own[::-1]) / 2)
    assert found["P"].details["experts"]["CR_input"].tolist() == [0, 0]
    assert found["P"].details["experts"]["best"].tolist() == [0, 2]


def test_little_consensus_is_said():
    turned = CONSISTENT[::-1, ::-1] ** 2
    panel = by("ahp", (1.0, {"P": CONSISTENT**2}), (1.0, {"P": turned}))
    _, found = judged_weights(SMALL, panel, "ahp")
    codes = [issue.code for issue in judged_findings(SMALL, found)]
    assert codes == ["judgement.low_consensus", "judgement.unjudged"]


def test_a_fault_names_its_node():
    apart = np.array([[1, 2, NAN], [0.5, 1, NAN], [NAN, NAN, 1]])
    with pytest.raises(MethodError) as caught:
        judged_weights(SMALL, by("ahp", (1.0, {"P": apart})), "ahp")
    assert "goal P" in caught.value.message("zh")
    assert "p3" in caught.value.message("en")


def test_what_does_not_go_together_is_refused():
    panel = by("ahp", (1.0, {"P": CONSISTENT}))
    with pytest.raises(MethodError):
        judged_weights(SMALL, panel, "budget")
    with pytest.raises(RecipeError):
        judged_weights(SMALL, panel, "ahp", average="median")
    with pytest.raises(RecipeError):
        judged_weights(SMALL, by("bwm", (1.0, {})), "bwm", best=0)
    with pytest.raises(UnknownNameError):
        judged_weights(SMALL, panel, "ahq")


def test_the_order_of_experts_and_children_does_not_matter():
    first, second = CONSISTENT, np.array([[1, 1, 3], [1, 1, 5], [1 / 3, 1 / 5, 1]])
    there = by("ahp", (1.0, {"P": first}), (2.0, {"P": second}))
    back = by("ahp", (2.0, {"P": second}), (1.0, {"P": first}))
    one, other = (judged_weights(SMALL, panel, "ahp")[0] for panel in (there, back))
    assert one == pytest.approx(other)


def test_the_framework_with_the_weights_scores_like_the_recipe(tmp_path):
    panel = by("ahp", (1.0, {"P": CONSISTENT}))
    found = weigh_judgements(SMALL, panel, "ahp")
    again = local_weights(found.weighed_framework)
    assert dict(again) == pytest.approx(dict(found.local))
    assert found.weighed_framework.version == "1+ahp"
    assert found.overall["p1"] == pytest.approx(0.75 * 0.6)
    path = tmp_path / "weights.xlsx"
    from steelyard.reports.export_framework import export_framework

    export_framework(found.weighed_framework, path)
    assert dict(local_weights(sy.load_framework(path))) == pytest.approx(dict(found.local))


def test_weights_by_data_are_those_of_the_recipe():
    dataset = sy.read(sy.sample_path("kazakhstan"))
    found = weigh_dataset(dataset, sy.Recipe(weigh="critic"))
    scored = sy.score(dataset, sy.Recipe(weigh="critic"))
    assert dict(found.local) == dict(scored.ruler.weights)
    assert "assess.relative_weigh" in [issue.code for issue in found.issues]
    balanced = weigh_dataset(dataset, sy.Recipe(weigh="balance"))
    details = balanced.found["index"].details
    assert details["reached"] == pytest.approx(details["wished"], abs=1e-6)


def test_options_in_words():
    assert options_in(["priority=geometric", "total=100", "of=framework, entropy"]) == {
        "priority": "geometric",
        "total": 100,
        "of": ["framework", "entropy"],
    }
    with pytest.raises(RecipeError):
        options_in(["priority"])


def test_where_no_single_change_helps_that_is_said():
    """No such judgements were met in thousands of random ones; the sentence stands ready."""
    details = {
        "codes": ("p1", "p2", "p3"), "expert_names": ("expert 1",), "reconsider": [],
        "experts": {"CR": np.array([0.25])}, "consensus": NAN,
    }  # fmt: skip
    found = {"P": Weights("ahp", [0.5, 0.3, 0.2], details)}
    issue = judged_findings(SMALL, found)[0]
    assert issue.code == "judgement.inconsistent_throughout"
    assert "CR = 0.250" in issue.message("zh")
    assert "judge this group anew" in issue.fix("en")
