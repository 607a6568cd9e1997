"""The ASEM index from raw data to ranks, each step against COINr 1.1.14: see tests/asem."""

import csv
from pathlib import Path

import numpy as np
import pytest

from steelyard.assess.aggregate.aggregate import aggregate
from steelyard.assess.denominate import columns_of, denominate
from steelyard.assess.impute.impute import impute
from steelyard.assess.normalise.normalise import normalise
from steelyard.assess.screen import screen
from steelyard.assess.treat.moments import sample_kurtosis, sample_skewness
from steelyard.assess.treat.treat import treat

FOLDER = Path(__file__).parents[1] / "asem"
DENOMINATORS = ("GDP", "Population", "Area", "Energy")


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text not in ("", "NA") else np.nan


META = {row["iCode"]: row for row in rows("00_iMeta")}
CODES = [code for code, row in META.items() if row["Type"] == "Indicator"]
RAW = rows("00_iData")
UNITS = [row["uCode"] for row in RAW]
SIGNS = [int(META[code]["Direction"]) for code in CODES]


def table(name, codes=CODES):
    """A file as an array, its units in the order of the raw data."""
    by_unit = {row["uCode"]: row for row in rows(name)}
    return np.array([[number(by_unit[unit][code]) for code in codes] for unit in UNITS])


def equal(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@pytest.fixture(scope="module")
def denominated():
    known = {name: [number(row[name]) for row in RAW] for name in DENOMINATORS}
    wanted = [META[code]["Denominator"] or None for code in CODES]
    return denominate(table("00_iData"), columns_of(known, wanted, len(UNITS)))


@pytest.fixture(scope="module")
def imputed(denominated):
    groups = [row["EurAsia_group"] for row in RAW]
    return impute("group_mean", denominated.values, groups=groups)


@pytest.fixture(scope="module")
def treated(imputed):
    return treat("skewness", imputed.values)


def test_denominated_by_product_people_area_and_energy(denominated):
    equal(denominated.values, table("01_base_Denominated"))
    lost = {(UNITS[row], CODES[column]) for row, column in np.argwhere(denominated.lost)}
    assert lost == {("LAO", "Elec"), ("LAO", "Gas")}, "Laos reports no energy use"


def test_imputed_by_the_mean_of_europe_or_asia(denominated, imputed):
    equal(imputed.values, table("01_base_Imputed"))
    assert imputed.mask.sum() == np.isnan(denominated.values).sum() > 0


def test_every_country_reports_nine_tenths_once_imputed(imputed):
    assert screen(imputed.values, available=0.9).kept.all()


def test_treated_values(treated):
    equal(treated.values, table("01_base_Treated"))


def test_moments_before_and_after(treated):
    expected = {row["iCode"]: row for row in rows("01_base_TreatDets")}
    for column, code in enumerate(CODES):
        row = expected[code]
        found = {word: values[column] for word, values in treated.details.items()}
        equal(found["skewness"], number(row["check_SkewKurt0.Skew"]))
        equal(found["kurtosis"], number(row["check_SkewKurt0.Kurt"]))
        assert found["passed"] == (row["check_SkewKurt0.Pass"] == "TRUE")
        assert found["winsorised"] == int(row["winsorise.nwin"] or 0)
        if found["winsorised"]:
            equal(found["skewness_after"], number(row["check_SkewKurt1.Skew"]))
            equal(found["kurtosis_after"], number(row["check_SkewKurt1.Kurt"]))
    assert treated.details["passed_after"].all()
    assert not treated.details["transformed"].any()


def test_cell_by_cell_what_was_treated(treated, imputed):
    """The file of treated points has no unit names: its rows stand as in the raw data's codes."""
    listed = sorted(UNITS)
    words = {"winhi": "high", "winlo": "low"}
    expected = {
        (unit, code): words[row[code]]
        for unit, row in zip(listed, rows("01_base_TreatedPoints"), strict=True)
        for code in CODES
        if row[code]
    }
    found = {(UNITS[cell.row], CODES[cell.column]): cell.step for cell in treated.cells}
    assert found == expected
    assert len(found) == 35
    for cell in treated.cells:
        assert cell.before == imputed.values[cell.row, cell.column]
        assert cell.after == treated.values[cell.row, cell.column] != cell.before


def test_normalised_and_aggregated_up_to_the_index(treated):
    scores = dict(
        zip(CODES, normalise("minmax", treated.values, SIGNS, to=(0, 100)).T, strict=True)
    )
    equal(np.transpose([scores[code] for code in CODES]), table("01_base_Normalised"))
    inner = sorted(
        (row for row in META.values() if row["Type"] == "Aggregate"), key=lambda row: row["Level"]
    )
    for node in inner:
        below = [row for row in META.values() if row["Parent"] == node["iCode"]]
        weights = [float(row["Weight"]) for row in below]
        columns = np.transpose([scores[row["iCode"]] for row in below])
        scores[node["iCode"]] = aggregate("arithmetic", columns, weights).scores
    nodes = [node["iCode"] for node in inner]
    assert len(nodes) == 8 + 2 + 1
    equal(np.transpose([scores[code] for code in nodes]), table("01_base_Aggregated", nodes))


def test_moments_of_the_raw_data():
    """Given to three significant digits."""
    raw = table("00_iData")
    expected = {row["iCode"]: row for row in rows("03_stats_Raw")}
    for found, column in ((sample_skewness(raw), "Skew"), (sample_kurtosis(raw), "Kurt")):
        for code, value in zip(CODES, found, strict=True):
            assert f"{value:.3g}" == f"{number(expected[code][column]):.3g}"


def test_what_units_report_of_the_raw_data():
    screened = screen(table("00_iData").T, available=0.9)
    expected = {row["iCode"]: row for row in rows("03_stats_Raw")}
    for code, share, nonzero in zip(CODES, screened.availability, screened.nonzero, strict=True):
        assert f"{share:.3g}" == f"{number(expected[code]['Frc.Avail']):.3g}"
        assert f"{nonzero:.3g}" == f"{number(expected[code]['Frc.NonZero']):.3g}"


@pytest.mark.parametrize(
    ("name", "method", "options"),
    [
        ("04_imputed_mean", "mean", {}),
        ("04_imputed_median", "median", {}),
        (
            "04_imputed_mean_grp_GDP",
            "group_mean",
            {"groups": [row["GDP_group"] for row in RAW]},
        ),
    ],
)
def test_a_tenth_of_the_cells_imputed(name, method, options):
    gaps = table("04_input_iData_10pct_missing")
    equal(impute(method, gaps, **options).values, table(name))


def test_not_imputed_they_stay_missing_and_leave_the_others_alone():
    gaps = impute("reweight", table("04_input_iData_10pct_missing")).values
    found = normalise("minmax", gaps, SIGNS, to=(1, 100))
    equal(found, table("04_noimpute_minmax1_100_Normalised"))
