"""Published tables: the OECD/JRC Handbook, UNDP, and ASEM as COINr normalises it."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.assess.normalise.normalise import normalise

TESTS = Path(__file__).parents[2]


def published(name):
    return json.loads((TESTS / "truth" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("column", "method", "options"),
    [
        ("z", "zscore", {}),
        ("minmax", "minmax", {}),
        ("ratio_mean", "reference", {"unit": "mean"}),
        ("ratio_best", "best", {}),
        ("rank_ascending", "rank", {}),
    ],
)
def test_handbook_table_15(column, method, options):
    case = published("oecd_handbook_normalisations_schooling")
    values = normalise(method, case["matrix"], case["directions"], **options).ravel()
    assert np.abs(values - case["expected"][column]).max() <= case["tolerance"][column]


def test_handbook_ranks_need_the_undp_goalposts():
    case = published("oecd_handbook_linear_ew_ranks_tai")
    low, high = np.transpose(case["parameters"]["goalposts"])
    scores = normalise("goalposts", case["matrix"], low=low, high=high)
    assert aggregate("arithmetic", scores).ranks.tolist() == case["expected"]["ranks"]


def test_handbook_ranks_do_not_come_from_minmax_of_the_23():
    case = published("oecd_handbook_linear_ranks_23only_NEGATIVE")
    ranks = aggregate("arithmetic", normalise("minmax", case["matrix"])).ranks
    assert ranks.tolist() != case["expected"]["ranks"]
    assert ranks.tolist() == case["recomputed"]["ranks"]


def test_undp_technology_achievement_index():
    case = published("tai_undp_2001_23_countries")
    low, high = np.transpose(case["parameters"]["goalposts"])
    scores = aggregate("arithmetic", normalise("goalposts", case["matrix"], low=low, high=high))
    others = [name != "Singapore" for name in case["expected"]["names"]]
    error = np.abs(scores.scores[others] - case["expected"]["scores_without_singapore"])
    assert error.max() <= case["tolerance"]["scores_without_singapore"]


def test_undp_human_development_index_of_china():
    case = published("hdi_2010_technical_note_china")
    goalposts, expected = case["parameters"]["goalposts"], case["expected"]
    life, mys, eys, gni = case["matrix"][0]

    def index(name, value):
        low, high = goalposts[name]
        return float(normalise("goalposts", [[value]], low=low, high=high)[0, 0])

    schooling = aggregate("geometric", [[index("mys", mys), index("eys", eys)]]).scores[0]
    education = index("edu", schooling)
    low, high = np.log(goalposts["gni"])
    income = float(normalise("goalposts", [[np.log(gni)]], low=low, high=high)[0, 0])
    hdi = aggregate("geometric", [[index("life", life), education, income]]).scores[0]
    found = {"education": education, "income": income, "hdi": hdi, "life": index("life", life)}
    for name, value in found.items():
        assert abs(value - expected[name]) <= case["tolerance"], name


def asem():
    meta = pd.read_csv(TESTS / "asem" / "00_iMeta.csv")
    treated = pd.read_csv(TESTS / "asem" / "01_base_Treated.csv").set_index("uCode")
    return meta, treated


@pytest.mark.parametrize(
    ("case", "method", "options", "aggregation"),
    [
        ("02_a_minmax0_100_amean", "minmax", {"to": (0, 100)}, "arithmetic"),
        ("02_b_minmax1_100_gmean", "minmax", {"to": (1, 100)}, "geometric"),
        ("02_d_zscore0_1_amean", "zscore", {}, "arithmetic"),
        ("02_e_rank_amean", "rank", {}, "arithmetic"),
    ],
)
def test_asem_normalised_and_aggregated(case, method, options, aggregation):
    meta, treated = asem()
    expected = pd.read_csv(TESTS / "asem" / f"{case}_Aggregated.csv").set_index("uCode")
    expected = expected.loc[treated.index]
    indicators = meta[meta["Type"] == "Indicator"]
    table = treated[indicators["iCode"]]
    scores = pd.DataFrame(
        normalise(method, table, indicators["Direction"], **options), table.index, table.columns
    )
    for level in (2, 3, 4):
        for node in meta.loc[meta["Level"] == level, "iCode"]:
            children = meta[meta["Parent"] == node]
            outcome = aggregate(aggregation, scores[children["iCode"]], children["Weight"])
            scores[node] = outcome.scores
    np.testing.assert_allclose(scores[expected.columns], expected, rtol=1e-9, atol=1e-12)


def test_asem_with_missing_cells_reweighted():
    meta, _ = asem()
    expected = pd.read_csv(TESTS / "asem" / "04_noimpute_a_amean_nothresh.csv").set_index("uCode")
    scores = expected.copy()
    for level in (2, 3, 4):
        for node in meta.loc[meta["Level"] == level, "iCode"]:
            children = meta[meta["Parent"] == node]
            outcome = aggregate("arithmetic", scores[children["iCode"]], children["Weight"])
            np.testing.assert_allclose(outcome.scores, expected[node], rtol=1e-9)
