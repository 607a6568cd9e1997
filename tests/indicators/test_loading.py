"""Frameworks that ship, and files that are not there."""

import csv
import os
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard import framework_names, load_framework
from steelyard.errors import FrameworkError, InputError, NotFoundError, UnknownNameError
from steelyard.indicators.local_weights import from_global, global_weights, local_weights

WEIGHTS = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "truth" / "smart2015_weights.csv").open(encoding="utf-8")
    )
)


@pytest.fixture(scope="module")
def smart():
    return load_framework("smart2015")


def test_what_ships():
    assert framework_names() == ("smart2015",)
    assert load_framework("smart2015") is load_framework("smart2015")


def test_smart2015_is_the_framework_of_the_design(smart):
    assert smart.codes == tuple(row["code"] for row in WEIGHTS)
    assert [i.direction for i in smart.indicators] == [row["direction"] for row in WEIGHTS]
    assert [level.lower for level in smart.level_set().levels] == [0, 30, 50, 70, 85]
    assert [level.lower for level in smart.level_set("national2017").levels] == [0, 55, 70, 85]
    assert sorted([*(gate.code for gate in smart.gates), smart.coverage.code]) == list("1234567")
    assert (smart.coverage.overall, smart.coverage.goal) == (0.75, 0.6)


def test_its_global_weights_are_the_design_s_rescaled_to_goals_a_to_e(smart):
    weights = global_weights(smart, local_weights(smart))
    for row in WEIGHTS:
        exact = Fraction(row["w_global"]) / Fraction("0.88") if row["goal"] != "F" else 0
        assert weights[row["code"]] == pytest.approx(float(exact), rel=1e-14)
    assert weights["A101"] == pytest.approx(0.03024 / 0.88, rel=1e-14)


def test_with_enablers_the_global_weights_are_the_design_s_own(smart):
    weights = global_weights(smart, local_weights(smart, "with-enablers"))
    for row in WEIGHTS:
        assert weights[row["code"]] == pytest.approx(float(row["w_global"]), rel=1e-14)


def test_survey40_gives_the_survey_four_tenths_and_shrinks_all_others_alike(smart):
    own = global_weights(smart, local_weights(smart))
    survey = global_weights(smart, local_weights(smart, "survey40"))
    # A501 weighs 0.28 × 0.12 = 0.0336 and C401 0.0256, of 0.88.
    assert survey["A501"] == pytest.approx(0.4 * 336 / (336 + 256), rel=1e-14)
    assert survey["C401"] == pytest.approx(0.4 * 256 / (336 + 256), rel=1e-14)
    others = [code for code in smart.codes if code not in ("A501", "C401") and own[code] > 0]
    shrunk = 0.6 / (1 - 0.0592 / 0.88)
    assert [survey[code] / own[code] for code in others] == pytest.approx([shrunk] * 40, rel=1e-13)
    assert sum(survey[code] for code in smart.codes) == pytest.approx(1, abs=1e-14)


def test_equal_weights_leave_the_enablers_beside_the_index(smart):
    equal = local_weights(smart, "equal")
    assert [equal[goal.code] for goal in smart.goals] == [0.2, 0.2, 0.2, 0.2, 0.2, 0]
    assert (equal["A1"], equal["A101"]) == (0.2, 1 / 3)
    assert equal["F101"] > 0


def test_a_preset_that_is_not_there(smart):
    with pytest.raises(NotFoundError, match="unequal"):
        local_weights(smart, "unequal")


def test_local_weights_can_be_found_from_global_ones(smart):
    local = local_weights(smart)
    found = from_global(
        smart, {c: w for c, w in global_weights(smart, local).items() if c in smart.codes}
    )
    assert found == pytest.approx(local, rel=1e-13)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="smart2015"):
        load_framework("smart2014")


@pytest.mark.parametrize("name", ["nothing.yaml", "nothing.xlsx", "folder.csv"])
def test_a_file_that_is_not_there(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(NotFoundError, match=name.split(".")[0]):
        load_framework(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("name: x")
    path.chmod(0)
    with pytest.raises(NotFoundError, match="may not be read"):
        load_framework(path)


def test_files_that_hold_something_else(tmp_path):
    for name, data in {
        "f.yaml": "名称".encode("gb18030"),
        "f.csv": b"\x89PNG\0\0\0\0" * 20,
        "g.csv": "城市,人口\n武汉,1\n".encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FrameworkError) as caught:
            load_framework(tmp_path / name)
        assert caught.value.issues[0].code in ("framework.not_utf8", "framework.no_table")
    (tmp_path / "f.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(InputError):
        load_framework(tmp_path / "f.xlsx")
