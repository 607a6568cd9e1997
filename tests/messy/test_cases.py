"""The 84 defects: over the 56 files, over variants of every kind, and in pairs."""

import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest

from steelyard import InputError, load_framework, read, score

sys.path.insert(0, str(Path(__file__).parent))
from defects import DEFECTS, spoilt
from sheets_of_defects import CASES, HERE

FRAMEWORK = load_framework(HERE / "framework.csv")
CLEAN = read(HERE / "clean.xlsx", FRAMEWORK)
RANKS = dict(zip(CLEAN.cities, score(CLEAN).rank_array.tolist(), strict=True))
VALUES = dict(zip(CLEAN.cities, CLEAN.values, strict=True))
FILES = {number: case["file"] for number, case in CASES.items() if case["file"]}
PLACES = {
    1: ["A1"], 2: ["A1", "A2"], 4: ["A2"], 5: ["A2", "A3"], 7: ["A14"], 8: ["A6", "A11"],
    10: ["A1"], 11: ["A1"], 13: ["A1", "A2"], 14: ["B1"], 16: ["A1"], 17: ["A14"], 19: ["A1"],
    20: list("BCDEFGHIJK"), 22: ["C1", "H1"], 23: ["L1"], 25: [None], 26: ["C5"], 28: list("B"),
    29: ["B2", "B5", "B7"], 31: list("J"), 32: ["I3", "I6"], 34: ["K4", "K9"], 35: list("D"),
    37: ["H5"], 38: ["H5"], 40: ["H5"], 41: ["H5"], 43: ["H5"], 44: ["H5"], 46: ["H5"],
    47: ["H5"], 49: list("K"), 50: ["C7"], 52: list("F"), 53: ["G3"], 55: list("J"),
    56: list("K"), 58: ["E12"], 59: ["K10"], 61: ["K10"],
    62: ["A2", "A4", "A6", "A8", "A10", "A12"], 64: ["A14"], 65: ["A14"], 67: ["A4", "A8"],
    68: ["A14"], 70: ["A2"], 71: ["C1"], 73: ["A2"], 74: ["J13"], 76: [None], 77: [None],
    79: [None], 80: [None], 82: [None], 83: ["A1048576"],
}  # fmt: skip
"""Where each file's findings stand; a letter alone means rows 2 to 13 of that column."""
PLACES[20] = [f"{letter}1" for letter in PLACES[20]]


def places(number):
    for place in PLACES[number]:
        if place is not None and len(place) == 1:
            yield from (f"{place}{row}" for row in range(2, 14))
        else:
            yield place


def outcome(path):
    """Dataset or None, and the findings."""
    try:
        dataset = read(path, FRAMEWORK)
    except InputError as error:
        return None, error.issues
    return dataset, dataset.issues


def is_clean(dataset):
    assert dict(zip(dataset.cities, score(dataset).rank_array.tolist(), strict=True)) == RANKS
    for city, values in zip(dataset.cities, dataset.values, strict=True):
        assert values.tolist() == VALUES[city].tolist()


def as_expected(number, dataset, issues):
    wanted = CASES[number]["expect"]
    if wanted == "STOP":
        assert dataset is None
        assert any(issue.severity == "error" for issue in issues)
        return
    assert dataset is not None, [issue.message() for issue in issues]
    if wanted == "FIX":
        assert any(issue.severity == "repaired" for issue in issues)
        is_clean(dataset)
    else:
        assert any(issue.severity == "flagged" for issue in issues)
        assert np.isfinite(score(dataset).tree.scores[: min(len(dataset), 12), 0]).all()


def test_the_clean_table_has_no_findings():
    assert CLEAN.issues == ()
    assert len(RANKS) == 12
    assert VALUES["杭州市"].tolist() == [72.6, 39.8, 163, 72.1, 82.7, 10.39, 13.9, 191.9, 3, 15563]


@pytest.mark.parametrize("number", FILES)
def test_each_file_ends_as_it_should(number):
    dataset, issues = outcome(HERE / FILES[number])
    as_expected(number, dataset, issues)
    assert sorted({i.location.cell for i in issues}, key=str) == sorted(places(number), key=str)
    for issue in issues:
        assert issue.location.file == FILES[number]
        for lang in ("zh", "en"):
            assert issue.message(lang)
            assert issue.fix(lang)


def test_every_kind_of_defect_has_a_variant():
    assert set(DEFECTS) == set(CASES) == set(range(1, 85))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("number", sorted(DEFECTS))
def test_variants_of_every_kind(number, seed, tmp_path):
    book = spoilt([number], Random(100 * number + seed))
    dataset, issues = outcome(book.save(tmp_path))
    as_expected(number, dataset, issues)
    found = {(i.code.removeprefix("reading."), i.location.sheet, i.location.cell) for i in issues}
    assert book.findings() <= found
    assert book.file_findings <= {code for code, *_ in found}
    expected = {cell for *_, cell in book.findings()}
    errors = {i.location.cell for i in issues if i.severity == "error"}
    assert errors <= expected | {None}


LAYOUTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 17, 19, 20, 24, 26]
VALUES_FIXED = [27, 28, 29, 30, 31, 32, 33, 34, 35, 54, 55, 56, 60, 61, 62, 67]
OTHERS = [36, 45, 47, 50, 48, 49, 51, 53, 58, 59, 65, 66, 68, 69, 70, 23]
NEVER_TOGETHER = {(29, 28), (29, 27)}


def pairs():
    random = Random(7)
    for layout in LAYOUTS:
        for value in random.sample(VALUES_FIXED + OTHERS, 5):
            yield value, layout
    for first in VALUES_FIXED[:14]:
        yield first, random.choice(OTHERS[:10])


@pytest.mark.parametrize("numbers", list(pairs()), ids=str)
def test_two_defects_in_one_file(numbers, tmp_path):
    book = spoilt(numbers, Random(str(numbers)))
    dataset, issues = outcome(book.save(tmp_path))
    expect = {CASES[number]["expect"] for number in numbers}
    if "STOP" in expect:
        assert dataset is None
    elif expect == {"FIX"}:
        is_clean(dataset)
    found = {(i.location.sheet, i.location.cell) for i in issues}
    if numbers[1] in LAYOUTS:
        assert {(sheet, cell) for _, sheet, cell in book.findings()} <= found
