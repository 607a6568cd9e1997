"""What ships: the packages listed are the folders there are, and nothing else."""

import configparser
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUTSIDE = {"tests", "benchmarks", "docs"}


def folders():
    found = {path.parent.relative_to(ROOT) for path in ROOT.rglob("*.py")}
    inside = [
        folder
        for folder in found
        if not any(part.startswith(".") or part in OUTSIDE for part in folder.parts)
        and not str(folder).startswith("build")
    ]
    return {".".join(("steelyard", *folder.parts)) for folder in inside}


def listed():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return set(config["options"]["packages"].split())


def test_setup_lists_every_folder_and_no_other():
    assert listed() == folders()


def test_no_stray_module_at_the_root():
    assert {path.stem for path in ROOT.glob("*.py")} == {
        "__init__",
        "__main__",
        "atomic",
        "catalogue",
        "cli",
        "errors",
        "options",
        "spoken",
        "text",
        "version",
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return archive.namelist()


def test_the_wheel_carries_frameworks_messages_and_samples(wheel):
    for name in (
        "steelyard/indicators/frameworks/smart2015.yaml",
        "steelyard/messages/errors.toml",
        "steelyard/samples/article_2015.xlsx",
        "steelyard/samples/kazakhstan.xlsx",
        "steelyard/samples/demo_cities.xlsx",
        "steelyard/samples/judgements.xlsx",
        "steelyard/py.typed",
        "steelyard/cli.py",
    ):
        assert name in wheel


def test_the_wheel_carries_no_tests(wheel):
    assert not [name for name in wheel if name.startswith(("tests", "steelyard/tests"))]
    assert not [name for name in wheel if name.startswith("steelyard/benchmarks")]
