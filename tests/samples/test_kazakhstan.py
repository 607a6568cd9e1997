"""Kazakhstan: the published scores, and what is odd about them."""

import csv
import math
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from steelyard import read, sample_path, score

TRUTH = Path(__file__).parents[1] / "truth"


def table(name):
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def kazakhstan():
    return read(sample_path("kazakhstan"))


@pytest.fixture(scope="module")
def published():
    return {row["region"]: row for row in table("kazakhstan_published.csv")}


COLUMNS = {
    "P1": "air_pollution",
    "E1": "avg_salary",
    "E2": "gdp",
    "E3": "household_spending",
    "S1": "population",
    "S2": "clearance_rate",
    "S3": "crime_rate",
    "S4": "postgraduate_education",
    "S5": "higher_education",
    "S6": "life_expectancy",
    "S7": "unemployment_rate",
    "I1": "med_institution_rate",
    "I2": "car_amount_rate",
    "I3": "school_number_rate",
    "I4": "transport_quanity_rate",
    "I5": "entertainment_places_rate",
}


def test_the_published_scores_of_kazakhstan_to_1e12(kazakhstan, published):
    assert kazakhstan.framework.codes == tuple(COLUMNS)
    found = score(kazakhstan).scores["index"]
    assert set(found.index) == set(published)
    for region, row in published.items():
        expected = 100 * float(row["sustainability_score"])
        assert found[region] == pytest.approx(expected, rel=1e-12), region


def test_every_published_scaled_value_of_kazakhstan(kazakhstan, published):
    found = score(kazakhstan).scores
    for region, row in published.items():
        for code, column in COLUMNS.items():
            assert found.loc[region, code] == pytest.approx(100 * float(row[column]), abs=1e-11)


def test_its_four_pillars_weigh_a_quarter_each(kazakhstan):
    weights = score(kazakhstan).weights["global"]
    assert weights[["P", "E", "S", "I"]].tolist() == [0.25] * 4
    expected = [1 / 4] + [1 / 12] * 3 + [1 / 28] * 7 + [1 / 20] * 5
    assert weights[list(COLUMNS)].tolist() == pytest.approx(expected, rel=1e-15)


def test_the_filled_products_are_means_of_the_five_nearest_regions(kazakhstan):
    """The publisher's own rule, by hand: Euclidean distance over all the other raw columns."""
    raw = [row for row in table("kazakhstan_raw.csv") if row["Region"] != "Shymkent city"]
    others = [column for column in raw[0] if column not in ("Region", "gdp_per_capita_tenge")]
    known = [row for row in raw if row["gdp_per_capita_tenge"]]
    blank = [row for row in raw if not row["gdp_per_capita_tenge"]]
    assert len(blank) == 4
    for row in blank:

        def distance(other, row=row):
            return math.dist([float(row[c]) for c in others], [float(other[c]) for c in others])

        nearest = sorted(known, key=distance)[:5]
        mean = sum(float(other["gdp_per_capita_tenge"]) for other in nearest) / 5
        place = kazakhstan.cities.index(row["Region"])
        used = kazakhstan.values[place, kazakhstan.framework.codes.index("E2")]
        assert used == pytest.approx(mean, abs=5e-3)


def test_the_raw_sheet_is_the_published_file(kazakhstan):
    sheet = openpyxl.load_workbook(sample_path("kazakhstan"))["Raw"]
    found = list(sheet.iter_rows(min_row=4, values_only=True))
    expected = table("kazakhstan_raw.csv")
    assert [row[0] for row in found] == [row["Region"] for row in expected]
    for cells, row in zip(found, expected, strict=True):
        assert list(cells[1:]) == [float(v) if v else None for v in list(row.values())[1:]]


def test_without_the_slips_of_the_decimal_point_almaty_leads(kazakhstan):
    raw = {row["Region"]: row for row in table("kazakhstan_raw.csv")}
    column = kazakhstan.framework.codes.index("I2")
    corrected = kazakhstan.values.copy()
    for region in ("West Kazakhstan Region", "North Kazakhstan Region"):
        people = float(raw[region]["Total_city_population"])
        cars = float(raw[region]["number_of_cars"]) * 1e6 / people  # thousands, per 1,000 people
        corrected[kazakhstan.cities.index(region), column] = cars
    before = score(kazakhstan).ranks
    kazakhstan_corrected = kazakhstan.rows(range(19))
    kazakhstan_corrected.values[:] = corrected
    after = score(kazakhstan_corrected).ranks
    assert (before["West Kazakhstan Region"], before["Almaty city"]) == (1, 2)
    assert (after["West Kazakhstan Region"], after["Almaty city"]) == (2, 1)


def test_kazakhstan_is_scored_as_it_stands(kazakhstan):
    assert not [issue for issue in kazakhstan.issues if issue.severity == "error"]
    assert not np.isnan(kazakhstan.values).any()
