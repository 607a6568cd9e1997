"""Published tables of every aggregation that has one."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.assess.normalise.normalise import normalise

TESTS = Path(__file__).parents[2]
CASES = {
    "aras_stanujkic_2015": "aras",
    "aras_zavadskas_turskis_2010": "aras",
    "cocoso_yazdani_2019": "cocoso",
    "codas_badi_2017": "codas",
    "edas_mathew_mobile_2018": "edas",
    "edas_yazdani_2020": "edas",
    "fce_personnel_one_level": "fuzzy",
    "gra_si_shoukui_suppliers": "grey",
    "mabac_pamucar_cirovic_2015": "mabac",
    "mairca_aksoy_2021": "mairca",
    "marcos_ulutas_2020": "marcos",
    "moora_siregar_2021": "ratiomoora",
    "ocra_isik_adali_2016": "ocra",
    "promethee2_brans_vincke_mareschal_1986": "promethee",
    "ram_sotoudeh_2023": "ram",
    "rim_cables_2016": "rim",
    "spotis_dezert_2020": "spotis",
    "spotis_esp_dezert_2020": "spotis",
    "topsis_hwang_yoon_1981_fighter": "topsis",
    "topsis_tzeng_huang_2011": "topsis",
    "vikor_opricovic_tzeng_2004": "vikor",
    "vikor_opricovic_tzeng_2007_w1": "vikor",
    "vikor_opricovic_tzeng_2007_w3": "vikor",
    "waspas_chakraborty_2015_ex1": "waspas",
}
LOWER_IS_BETTER = {"mairca": "Q", "spotis": "P"}


def published(name):
    return json.loads((TESTS / "truth" / f"{name}.json").read_text(encoding="utf-8"))


def solve(case, method):
    return aggregate(
        method, case["matrix"], case["weights"], case["directions"], **case["parameters"]
    )


@pytest.mark.parametrize("name", CASES)
def test_published_numbers(name):
    case, method = published(name), CASES[name]
    outcome = solve(case, method)
    found = {**outcome.details, "scores": outcome.scores, "ranks": outcome.ranks}
    if method in LOWER_IS_BETTER:
        found["scores"] = outcome.details[LOWER_IS_BETTER[method]]
    for quantity, expected in case["expected"].items():
        tolerance = case["tolerance"]
        tolerance = tolerance[quantity] if isinstance(tolerance, dict) else tolerance
        error = np.abs(np.ravel(found[quantity]) - expected).max()
        assert error <= tolerance, quantity


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name] in LOWER_IS_BETTER])
def test_the_lowest_published_number_ranks_first(name):
    case = published(name)
    outcome = solve(case, CASES[name])
    assert outcome.ranks[np.argmin(case["expected"]["scores"])] == 1


def test_copras_does_not_count_costs_as_benefits():
    case = published("copras_road_pymcdm_NEGATIVE")
    scores = solve(case, "copras").scores
    assert np.abs(scores - case["expected"]["scores"]).max() > 0.01
    assert np.abs(scores - case["recomputed"]["scores"]).max() < 1e-7


def condorcet():
    case = published("oecd_handbook_borda_condorcet_28")
    voters, orders = zip(*case["parameters"]["profile"], strict=True)
    points = [[2 - order.index(unit) for order in orders] for unit in "abc"]
    return case["expected"], np.array(voters), np.array(points)


def test_handbook_borda():
    expected, voters, points = condorcet()
    assert (normalise("borda", points) @ voters).tolist() == expected["borda"]


def test_handbook_condorcet_and_kemeny():
    expected, voters, points = condorcet()
    outcome = aggregate("kemeny", points, voters)
    outranking = outcome.details["outranking"] * voters.sum()
    np.testing.assert_allclose(outranking, expected["outranking"], atol=1e-12)
    best = max(expected["kemeny_scores"], key=expected["kemeny_scores"].get)
    assert best == "bca"
    assert outcome.ranks.tolist() == [3, 1, 2]
    agreement = outcome.details["agreement"] * voters.sum()
    assert agreement == pytest.approx(expected["kemeny_scores"]["bca"], abs=1e-12)
    assert outcome.details["optima"] == 1


def test_handbook_condorcet_has_no_winner_by_copeland():
    _, voters, points = condorcet()
    assert aggregate("copeland", points, voters).scores.tolist() == [0, 0, 0]


def test_asem_benefit_of_the_doubt():
    table = pd.read_csv(TESTS / "asem" / "09_compind_INPUT_8pillars.csv", index_col="uCode")
    expected = pd.read_csv(TESTS / "asem" / "09_BoD_lpSolve_8pillars.csv", index_col="uCode")
    scores = aggregate("dea", table).scores
    np.testing.assert_allclose(scores, expected.loc[table.index, "BoD"], rtol=1e-9)


def test_asem_mazziotta_pareto_as_compind_has_it():
    table = pd.read_csv(TESTS / "asem" / "09_compind_INPUT_P2P_treated.csv", index_col="uCode")
    expected = pd.read_csv(TESTS / "asem" / "09_compind_mpi_neg_P2P.csv", index_col="uCode")
    scores = aggregate("mpi", table, penalty="upward", ddof=1).scores
    np.testing.assert_allclose(scores, expected.loc[table.index, "v"], rtol=1e-9)
