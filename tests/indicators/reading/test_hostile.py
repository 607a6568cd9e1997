"""Hostile files end in time, in little memory, with one clear line."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import hostile_files

SECONDS, MEGABYTES = 10.0, 1024
READ = """
import resource, sys
from steelyard import InputError, load_framework, read
framework = load_framework(sys.argv[2])
before = resource.getrusage(resource.RUSAGE_SELF)
try:
    read(sys.argv[1], framework)
except InputError as error:
    stopping = [issue for issue in error.issues if issue.severity == "error"]
    print(len(stopping), stopping[0].code)
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    used = resource.getrusage(who)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
CODES = {
    "zip_bomb": "too_large", "lying_zip_bomb": "damaged", "nested_bomb": "damaged",
    "far_cell": "no_table", "many_strings": "too_large", "billion_laughs": "forbidden_xml",
    "quadratic_blowup": "forbidden_xml", "external_entity": "forbidden_xml",
    "truncated": "damaged", "path_traversal": "damaged",
    "merged_over_everything": "no_table", "merged_many_times": "too_large",
    "many_parts": "too_large", "many_cells": "too_large", "many_headers": "too_large",
    "deep_nesting": "damaged", "many_hidden_columns": "too_large", "protected": "encrypted",
    "broken_ole": "damaged", "repeated_ods": "too_large", "random_bytes": "unknown_format",
    "endless_line": "damaged",
}  # fmt: skip
"""What is found; those not listed, and the heavy ones on a busy machine, run out of time."""


@pytest.mark.parametrize("make", hostile_files.HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_ends_in_time_and_memory_with_one_line(make, tmp_path):
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(make())
    framework = hostile_files.MESSY / "framework.csv"
    done = subprocess.run(
        [sys.executable, "-c", READ, path, framework],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    found, parent, child = (line.split() for line in done.stdout.splitlines())
    assert found[0] == "1"
    assert found[1] in {f"reading.{CODES.get(make.__name__, 'too_heavy')}", "reading.too_heavy"}
    assert float(parent[0]) + float(child[0]) < SECONDS
    assert float(parent[1]) < MEGABYTES
    assert float(child[1]) < MEGABYTES


def test_nothing_is_written_where_a_name_points_outside(tmp_path):
    test_a_hostile_file_ends_in_time_and_memory_with_one_line(
        hostile_files.path_traversal, tmp_path
    )
    assert not Path("/tmp/owned").exists()


def test_the_child_has_a_memory_limit():
    code = (
        "from steelyard.indicators.reading import parse; parse._limit_memory();"
        "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 900 * 2**20
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != 900 * 2**20
