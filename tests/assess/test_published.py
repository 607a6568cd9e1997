"""Published indices, through a framework with goalposts and caps."""

import json
from pathlib import Path

import pytest

from steelyard import Recipe, dataset_from_arrays, score

TRUTH = Path(__file__).parents[1] / "truth"


def truth(name):
    return json.loads((TRUTH / f"{name}.json").read_text("utf-8"))


@pytest.fixture
def hdi(framework_of):
    """Health, education and income of HDR 2010.

    The technical note divides the mean of the two schooling indices by its observed maximum,
    0.951. A geometric mean is homogeneous, so dividing each index by 0.951 does the same: the
    upper goalposts of both are multiplied by it.
    """
    posts = truth("hdi_2010_technical_note_china")["parameters"]["goalposts"]
    top = posts["edu"][1]

    def linear(low, high, scale="linear"):
        return {"scale": scale, "low": low, "high": high}

    return framework_of(
        [
            ("health", None, 1),
            ("life", "health", 1, linear(*posts["life"])),
            ("education", None, 1),
            ("mys", "education", 1, linear(0.0, posts["mys"][1] * top)),
            ("eys", "education", 1, linear(0.0, posts["eys"][1] * top)),
            ("income", None, 1),
            ("gni", "income", 1, linear(*posts["gni"], scale="log")),
        ]
    )


def test_china_in_the_human_development_report_2010(hdi):
    case = truth("hdi_2010_technical_note_china")
    dataset = dataset_from_arrays(hdi, ["China"], case["matrix"])
    found = score(dataset, Recipe(aggregate="geometric")).scores.iloc[0] / 100
    expected = case["expected"]
    printed = {"health": "life", "education": "education", "income": "income", "index": "hdi"}
    for node, name in printed.items():
        assert found[node] == pytest.approx(expected[name], abs=case["tolerance"]), name
    assert f"{found['index']:.3f}" == "0.663"
    assert f"{found['health']:.3f}" == "0.847"
    assert f"{found['income']:.3f}" == "0.584"
    # mean and expected years of schooling as the note prints them, before the division
    assert found["mys"] * 0.951 == pytest.approx(expected["mys"], abs=5e-4)
    assert found["eys"] * 0.951 == pytest.approx(expected["eys"], abs=5e-4)


@pytest.fixture
def tai(framework_of):
    """Four dimensions of two indicators; what lies above the upper goalpost counts as on it."""
    case = truth("tai_undp_2001_23_countries")
    nodes = []
    for dimension in range(4):
        nodes.append((f"D{dimension}", None, 1))
        for code, (low, high) in list(
            zip(case["parameters"]["columns"], case["parameters"]["goalposts"], strict=True)
        )[2 * dimension : 2 * dimension + 2]:
            nodes.append((code, f"D{dimension}", 1, {"scale": "linear", "low": low, "high": high}))
    return framework_of(nodes)


def test_the_technology_achievement_index_of_2001(tai):
    case = truth("tai_undp_2001_23_countries")
    names = case["expected"]["names"]
    found = score(dataset_from_arrays(tai, names, case["matrix"])).scores["index"] / 100
    for name, printed in zip(names, case["expected"]["scores"], strict=True):
        if name != "Singapore":  # printed .585, its own inputs give .597
            assert found[name] == pytest.approx(
                printed, abs=case["tolerance"]["scores_without_singapore"]
            )
    assert found["Singapore"] == pytest.approx(0.597, abs=5e-4)
    # where the two decimals of the logarithms leave no doubt, the printed digits themselves
    assert [f"{found[name]:.3f}" for name in ("United States", "Japan", "Korea")] == [
        "0.733",
        "0.698",
        "0.666",
    ]


def test_ranks_of_the_23_in_the_handbook(tai):
    case = truth("oecd_handbook_linear_ew_ranks_tai")
    expected = case["expected"]["ranks"]
    names = [f"country {place}" for place in range(len(expected))]
    assessment = score(dataset_from_arrays(tai, names, case["matrix"]))
    assert assessment.ranks.tolist() == expected
