"""The samples: what is in them, and what they show."""

import importlib
import sys
from pathlib import Path

import openpyxl
import pytest

from steelyard import SteelyardError, sample_path
from steelyard.samples import sample_names

ROOT = Path(__file__).parents[2]


def test_the_samples_are_found_by_name():
    names = ("article_2015.xlsx", "demo_cities.xlsx", "judgements.xlsx", "kazakhstan.xlsx")
    assert sample_names() == names
    assert sample_path("kazakhstan") == sample_path("kazakhstan.xlsx")
    with pytest.raises(SteelyardError, match=r"demo_cities\.xlsx"):
        sample_path("demo")


@pytest.fixture(scope="module")
def scripts():
    """The scripts that made the samples."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield importlib.import_module
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.mark.parametrize(
    "script, name",
    [
        ("sample_article", "article_2015"),
        ("sample_demo", "demo_cities"),
        ("sample_judgements", "judgements"),
        ("sample_kazakhstan", "kazakhstan"),
    ],
)
def test_the_scripts_still_make_what_ships(scripts, script, name):
    made = scripts(script).build()
    shipped = openpyxl.load_workbook(sample_path(name))
    assert made.sheetnames == shipped.sheetnames
    for sheet in made:
        for row in sheet.iter_rows():
            for cell in row:
                found = shipped[sheet.title][cell.coordinate].value
                # a file keeps 16 digits
                expected = (
                    float(f"{cell.value:.16g}") if isinstance(cell.value, float) else cell.value
                )
                assert found == expected, cell


def test_the_same_script_gives_the_same_bytes_twice(scripts, tmp_path):
    make = scripts("make_samples").make
    first = make("article_2015", tmp_path).read_bytes()
    assert make("article_2015", tmp_path).read_bytes() == first
