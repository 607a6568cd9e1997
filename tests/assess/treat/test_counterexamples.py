"""Every counter-example of the table of treatments in docs/methods.md, carried out."""

from math import log
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import boxcox_normmax

from steelyard.assess.treat import METHODS
from steelyard.assess.treat.treat import fit, treat

TEXT = (Path(__file__).parents[3] / "docs" / "methods.md").read_text("utf-8")


def row_of(method):
    """What the table says on a method."""
    section = TEXT.split("## Treatment")[1].split("\n## ")[0]
    return next(line for line in section.splitlines() if line.startswith(f"| `{method}`"))


def treated(method, values):
    return treat(method, [[value] for value in values]).values.ravel().tolist()


def test_every_method_has_its_row():
    assert all(row_of(method) for method in METHODS)


def test_winsorising_ties_the_first_and_hangs_on_the_next():
    assert treated("winsorise", [1, 2, 3, 4, 5, 60]) == [1, 2, 3, 4, 5, 5]
    assert treated("winsorise", [1, 2, 3, 4, 60]) == [1, 2, 3, 4, 4]
    said = "1, 2, 3, 4, 5, 60 → 1, 2, 3, 4, 5, 5; without the fifth → 1, 2, 3, 4, 4"
    assert said in row_of("winsorise")


def test_logarithms_change_who_leads_in_the_mean():
    """Shares of the range of 1, 10, 100, plain and as ln(x − 1 + 0.99), beside 1, 0.6, 0."""
    low, middle, high = log(0.99), log(9.99), log(99.99)
    shares = [0, (middle - low) / (high - low), 1]
    plain = [(1 + 0) / 2, (0.6 + 9 / 99) / 2, (0 + 1) / 2]
    logarithms = [(one + other) / 2 for one, other in zip([1, 0.6, 0], shares, strict=True)]
    found = np.array(treated("log", [1, 10, 100]))
    assert (found - found[0]) / np.ptp(found) == pytest.approx(shares, rel=1e-12)
    assert [round(one, 2) for one in plain] == [0.5, 0.35, 0.5]
    assert [round(one, 2) for one in logarithms] == [0.5, 0.55, 0.5]
    said = "(1,1), (10,0.6), (100,0): means of min–max 0.5, 0.35, 0.5; of logarithms 0.5, 0.55, 0.5"
    assert said in row_of("log")


def test_the_power_hangs_on_who_is_there():
    for values, power in ([1, 2, 4, 100], -0.41), ([1, 2, 4], 0):
        found = fit("boxcox", [[value] for value in values])["power"][0]
        assert found == pytest.approx(power, abs=0.005)
        assert boxcox_normmax(np.array(values, float), method="mle") == pytest.approx(
            power, abs=0.005
        )
    assert "1, 2, 4, 100 take the power −0.41, without the fourth 0" in row_of("boxcox")


def test_a_second_outlier_hides_the_first():
    """Skewness and kurtosis of 1, 2, 3, 4, 5, 60 are 2.4 and 5.9; with 40 they are 1.5 and 0.7."""
    assert treated("skewness", [1, 2, 3, 4, 5, 60]) == [1, 2, 3, 4, 5, 5]
    assert treated("skewness", [1, 2, 3, 4, 5, 60, 40]) == [1, 2, 3, 4, 5, 60, 40]
    said = "1, 2, 3, 4, 5, 60 → 1, 2, 3, 4, 5, 5; with a seventh, 40, all stay as they are"
    assert said in row_of("skewness")
