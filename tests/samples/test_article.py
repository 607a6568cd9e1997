"""The article of 2015: its own figures, and nothing more."""

import csv
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from steelyard import SteelyardError, read, sample_path, score

TRUTH = Path(__file__).parents[1] / "truth"


def table(name):
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def article():
    return read(sample_path("article_2015"), partial=True)


def value(dataset, city, code):
    return dataset.values[dataset.cities.index(city), dataset.framework.codes.index(code)]


def test_every_figure_of_the_article_follows_from_what_it_says(article):
    # 2 days to 37 minutes by 8-hour days; 318 windows for 10.34 million; 13 against 0.055;
    # 290 against 10; 200 of 479 classes; 240,000 licences for 38.06 million
    expected = {
        ("武汉市", "A202"): round(100 * (1 - 37 / (2 * 8 * 60)), 1),
        ("武汉市", "A203"): round(318 / 103.4, 1),
        ("武汉市", "F301"): round((13 - 0.055) / 0.055),
        ("武汉市", "F303"): 70,
        ("上海市浦东新区", "F301"): 290 / 10,
        ("福建省", "A301"): round(100 * 200 / 479, 1),
        ("福建省", "A302"): round(240_000 / 38_060_000 * 100, 2),
        ("福建省", "A303"): 3,
        ("福建省", "F101"): 2,
        ("福建省", "F103"): 1,
        ("福建省", "F201"): 2,
        ("广东省", "F101"): 2,
        ("广东省", "F401"): 2,
        ("深圳市", "E102"): 3,
        ("深圳市", "F102"): 3,
        ("衡阳市", "F302"): 3,
        ("重庆市", "F201"): 3,
        ("咸阳市", "F101"): 4,
    }
    for (city, code), figure in expected.items():
        assert value(article, city, code) == pytest.approx(figure, rel=1e-12), (city, code)
    assert (~np.isnan(article.values)).sum() == len(expected)


def test_the_figures_agree_with_the_table_of_the_articles_facts(article):
    facts = {(row["entity"], row["kind"]): row for row in table("article_facts.csv")}
    assert "96.1 %" in facts[("武汉", "processing time")]["derived"]
    assert "≈3.1 per 100k" in facts[("武汉市民之家", "windows")]["derived"]
    assert "≈235x" in facts[("武汉", "investment")]["derived"]
    assert facts[("武汉", "livelihood projects")]["figure"] == "70"
    assert "29x" in facts[("上海浦东2010-2013", "investment")]["derived"]
    assert ">=41.8 %" in facts[("福建电子证照", "types electronic")]["derived"]
    assert "≈0.63" in facts[("福建电子证照", "licences issued")]["derived"]


def test_the_article_gives_provisional_results_and_no_level(article):
    assessment = score(article)
    assert assessment.grades.provisional.all()
    assert (assessment.grades.final == 0).all()
    assert set(assessment.grades.binding) == {"6"}
    known = assessment.scores["index"].dropna().index
    assert set(known) == {"武汉市", "福建省", "深圳市"}
    assert assessment.scores.loc["咸阳市", "F101"] == 100
    assert assessment.coverage["index"].max() < 0.1


def test_without_partial_the_article_is_refused_and_every_absent_indicator_named():
    with pytest.raises(SteelyardError) as refusal:
        read(sample_path("article_2015"))
    absent = {i.indicator for i in refusal.value.issues if i.severity == "error"}
    assert absent >= {"A101", "B101", "C101", "D101", "E101"}


def test_every_value_of_the_article_carries_its_grounds():
    book = openpyxl.load_workbook(sample_path("article_2015"))
    filled = [
        cell
        for row in book["数据"].iter_rows(min_row=5, min_col=3)
        for cell in row
        if cell.value is not None
    ]
    assert len(filled) == 20
    assert all(cell.comment and len(cell.comment.text) > 20 for cell in filled)
    outside = {cell.coordinate for cell in filled if "believed" in cell.comment.text}
    amber = {c.coordinate for c in filled if c.fill.fgColor.rgb.endswith("FFF2CC")}
    assert outside == amber
    assert len(outside) == 4
