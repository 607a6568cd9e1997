"""`weigh` and `template --judgements` as a user meets them."""

import json

import openpyxl
import pytest

from steelyard import sample_path

DATA_METHODS = ("entropy", "critic", "variation", "deviation", "pca", "dea", "balance", "equal")


def weighed(steelyard, *arguments):
    status, out, err = steelyard("weigh", *arguments, "--format", "json")
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize(
    "lang, words",
    [
        ("zh", ("总权重", "共识", "宜复核的判断", "C : E", "专家乙", "没有人判断")),
        ("en", ("Global", "Consensus", "reconsider", "C : E", "专家乙", "Nobody judged")),
    ],
)
def test_judgements_are_weighed_and_doubts_said(steelyard, lang, words):
    sample = sample_path("judgements")
    status, out, err = steelyard("weigh", sample, "--method", "ahp", "--lang", lang)
    assert (status, err) == (0, "")
    for word in words:
        assert word in out


def test_judgements_as_json(steelyard):
    found = weighed(steelyard, sample_path("judgements"), "--method", "ahp")
    assert set(found) == {
        "framework", "method", "options", "weights", "details", "issues", "provenance",
    }  # fmt: skip
    by_code = {node["code"]: node for node in found["weights"]}
    assert sum(by_code[code]["local"] for code in "ABCDE") == pytest.approx(1)
    a1 = by_code["A1"]
    assert a1["global"] == pytest.approx(a1["local"] * by_code["A"]["local"])
    details = found["details"]["index"]
    assert details["expert_names"] == ["专家甲", "专家乙", "专家丙"]
    assert details["experts"]["CR"][1] == pytest.approx(0.108, abs=5e-4)
    worst = next(one for one in details["reconsider"] if one["expert"] == 1)
    assert (details["codes"][worst["row"]], details["codes"][worst["column"]]) == ("C", "E")


def test_options_reach_the_method(steelyard):
    sample = sample_path("judgements")
    plain = weighed(steelyard, sample, "--method", "ahp")
    other = weighed(
        steelyard, sample, "--method", "ahp",
        "--option", "priority=geometric", "--option", "expert_weights=0,1,0",
    )  # fmt: skip
    assert other["options"] == {"priority": "geometric", "expert_weights": [0, 1, 0]}
    # Row geometric means of the second expert's goals, by hand.
    rows = [3 * 2 * 4 * 2, 1 / 3 * 1 / 2 * 2 * 1, 1 / 2 * 2 * 3 * 9, 1 / 4 * 1 / 2 * 1 / 3 * 1 / 2,
            1 / 2 * 1 * 1 / 9 * 2]  # fmt: skip
    means = [row ** (1 / 5) for row in rows]
    local = [node["local"] for node in other["weights"] if node["parent"] == "index"][:5]
    assert local == pytest.approx([mean / sum(means) for mean in means], rel=1e-9)
    assert local != [n["local"] for n in plain["weights"] if n["parent"] == "index"][:5]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("method", DATA_METHODS)
def test_weights_by_data(steelyard, method, lang):
    sample = sample_path("kazakhstan")
    status, out, err = steelyard("weigh", sample, "--method", method, "--lang", lang)
    assert (status, err) == (0, "")
    assert {"zh": "局部权重", "en": "Local"}[lang] in out


def test_diagnostics_of_pca_and_balance(steelyard):
    found = weighed(steelyard, sample_path("kazakhstan"), "--method", "pca")
    details = found["details"]["index"]
    assert sum(details["eigenvalues"]) == pytest.approx(16)
    assert len(details["rotated"]) == 16
    balanced = weighed(steelyard, sample_path("kazakhstan"), "--method", "balance")
    details = balanced["details"]["index"]
    assert details["reached"] == pytest.approx(details["wished"], abs=1e-6)


def test_combine_expert_and_data_weights(steelyard):
    found = weighed(
        steelyard, sample_path("kazakhstan"), "--method", "combine",
        "--option", "of=framework,critic", "--option", "how=game",
    )  # fmt: skip
    assert found["options"] == {"of": ["framework", "critic"], "how": "game"}


def test_combine_judgements_with_the_data(steelyard):
    """In a recipe and by hand the same: F has no weight by the experts, nor alone by entropy."""
    sample, judged = sample_path("demo_cities"), sample_path("judgements")
    found = weighed(
        steelyard, sample, "--impute", "median", "--judgements", judged, "--method", "combine",
        "--option", "of=ahp,entropy", "--option", "ahp.priority=geometric",
    )  # fmt: skip
    by_hand = {}
    for node in weighed(steelyard, judged, "--method", "ahp", "--option", "priority=geometric")[
        "weights"
    ]:  # fmt: skip
        by_hand[node["code"]] = node["global"]
    entropy = found["details"]["index"]["vectors"][1]
    codes = found["details"]["index"]["codes"]
    products = [by_hand[code] * one for code, one in zip(codes, entropy, strict=True)]
    expected = [product / sum(products) for product in products]
    assert found["details"]["index"]["values"] == pytest.approx(expected, rel=1e-9)
    assert found["details"]["index"]["judged"]["index"]["expert_names"][0] == "专家甲"
    _, out, _ = steelyard(
        "score", sample, "--impute", "median", "--judgements", judged, "--weights", "combine",
        "--set", 'weigh.of=["ahp","entropy"]', "--set", "weigh.ahp.priority=geometric",
        "--format", "json",
    )  # fmt: skip
    assert json.loads(out)["recipe"]["options"]["weigh"] == {
        "ahp": {"priority": "geometric"}, "of": ["ahp", "entropy"],
    }  # fmt: skip


def test_the_framework_written_scores_as_the_weighting_itself(steelyard, tmp_path):
    sample = sample_path("kazakhstan")
    status, _, _ = steelyard("weigh", sample, "--method", "critic", "-o", "w.xlsx")
    assert status == 0
    assert openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames[0] in ("Framework", "指标体系")
    _, first, _ = steelyard("score", sample, "--framework", "w.xlsx", "--format", "json")
    _, second, _ = steelyard("score", sample, "--weights", "critic", "--format", "json")
    scores = [{c["city"]: c["score"] for c in json.loads(out)["cities"]} for out in (first, second)]
    assert scores[0] == pytest.approx(scores[1], abs=1e-9)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("method", ["ahp", "bwm", "budget"])
def test_a_blank_workbook_of_judgements_is_written_and_refused(steelyard, method, lang):
    status, out, err = steelyard(
        "template", "--judgements", "--experts", "张三,李四", "--method", method, "-o", "j.xlsx",
        "--lang", lang,
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert "j.xlsx" in out
    status, out, err = steelyard("weigh", "j.xlsx", "--method", method, "--lang", lang)
    assert (status, out) == (1, "")
    assert "j.xlsx" in err


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (("judgements", "--method", "entrpy"), 2),
        (("judgements", "--method", "ahp", "--option", "prio=1"), 2),
        (("judgements", "--method", "ahp", "--option", "priority"), 2),
        (("judgements", "--method", "ahp", "-o", "no/folder.xlsx"), 2),
        (("judgements",), 2),
        (("judgements", "--method", "bwm"), 1),
        (("judgements", "--method", "pca"), 1),
        (("kazakhstan", "--method", "ahp"), 1),
        (("kazakhstan", "--method", "merec"), 1),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(steelyard, arguments, expected):
    sample, *others = arguments
    status, out, err = steelyard("weigh", sample_path(sample), *others, "--lang", "en")
    assert (status, out) == (expected, "")
    assert err.startswith("Error: ")
    assert "Traceback" not in err


def test_options_of_the_two_forms_do_not_mix(steelyard):
    assert steelyard("template", "--experts", "a", "-o", "x.xlsx")[0] == 2
    assert steelyard("template", "--judgements", "--cities", "a", "-o", "x.xlsx")[0] == 2


def test_a_city_is_scored_by_the_experts_weights(steelyard):
    arguments = ("score", sample_path("demo_cities.xlsx"), "--weights", "ahp")
    assert steelyard(*arguments)[0] == 2
    judged = ("--judgements", sample_path("judgements.xlsx"))
    status, out, err = steelyard(*arguments, *judged, "-o", "r.xlsx", "--format", "json")
    assert (status, err) == (0, "")
    codes = {issue["code"] for issue in json.loads(out)["issues"]}
    assert "judgement.unjudged" in codes
    assert steelyard("verify", "r.xlsx")[0] == 0
