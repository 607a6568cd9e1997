"""The table of methods in the documentation: a row for every method, every test named exists."""

import re
from pathlib import Path

import pytest

from steelyard.assess.catalogues import CATALOGUES

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "methods.md").read_text("utf-8")
TITLES = {
    "normalise": "Normalisation",
    "aggregate": "Aggregation",
    "weigh": "Weights",
    "impute": "Imputation",
    "treat": "Treatment",
}


def section(kind):
    found = re.search(rf"^## {TITLES[kind]}$(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return found[1]


@pytest.mark.parametrize("kind", TITLES)
def test_every_method_has_its_row(kind):
    heads = [line.split("|")[1] for line in section(kind).splitlines() if line.startswith("|")]
    listed = {name for head in heads for name in re.findall(r"`(\w+)`", head)}
    assert listed == set(CATALOGUES[kind])


def test_every_test_that_is_named_exists():
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 60
    assert named <= there, sorted(named - there)
