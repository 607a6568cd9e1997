"""Six small vectors treated by COINr 1.1.14: see tests/asem/03_vectors_treatment.csv.

Its column log_GII is not compared: that function computes a logarithm and returns its input.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from steelyard.assess.treat.moments import sample_kurtosis, sample_skewness
from steelyard.assess.treat.treat import treat

FILE = Path(__file__).parents[2] / "asem" / "03_vectors_treatment.csv"
CASES = ("lognormal", "neg", "two_out", "ties", "na", "zeros")


def case(name):
    with FILE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["case"] == name]


def column(name, word):
    return np.array([float(row[word] or "nan") for row in case(name)])[:, None]


def equal(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_all_six_are_here():
    assert [len(case(name)) for name in CASES] == [30, 30, 22, 20, 20, 16]


@pytest.mark.parametrize("name", CASES)
def test_skewness_and_kurtosis(name):
    equal(sample_skewness(column(name, "x"))[0], column(name, "skew")[0, 0])
    equal(sample_kurtosis(column(name, "x"))[0], column(name, "kurt")[0, 0])


@pytest.mark.parametrize("name", CASES)
def test_winsorised(name):
    treated = treat("winsorise", column(name, "x"), points=5)
    equal(treated.values, column(name, "wins5"))
    assert treated.details["winsorised"][0] == column(name, "nwin")[0, 0]
    expected = [place for place, row in enumerate(case(name)) if row["wins_pt"] == "winhi"]
    assert [cell.row for cell in treated.cells if cell.step == "high"] == expected
    assert len(treated.cells) == len(expected)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    ("word", "method", "options"),
    [
        ("log_CT", "log", {}),
        ("log_CT_orig", "log", {"offset": "one"}),
        ("log_CT_plus", "log", {"reflect": True}),
        ("boxcox05", "boxcox", {"power": 0.5}),
        ("boxcox0", "boxcox", {"power": 0.0}),
    ],
)
def test_transformed(name, word, method, options):
    equal(treat(method, column(name, "x"), **options).values, column(name, word))
