"""A short seeded slice of the fuzz run."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from mutate import run


def test_mutated_files_are_read_or_refused_and_nothing_else():
    read, refused, slowest = run(400, seed=2015)
    assert read + refused == 400
    assert min(read, refused) > 40
    assert slowest < 8
