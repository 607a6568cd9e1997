"""Make the sample workbooks again: python benchmarks/make_samples.py [NAME ...].

The same code gives the same bytes, so a sample in the repository can be checked against it.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from sample_sheet import save

SAMPLES = {
    "article_2015": "sample_article",
    "demo_cities": "sample_demo",
    "judgements": "sample_judgements",
    "kazakhstan": "sample_kazakhstan",
}
FOLDER = Path(__file__).parents[1] / "samples"


def make(name: str, folder: Path = FOLDER) -> Path:
    path = folder / f"{name}.xlsx"
    save(importlib.import_module(SAMPLES[name]).build(), path)
    return path


if __name__ == "__main__":
    for wanted in sys.argv[1:] or SAMPLES:
        print(make(wanted))
