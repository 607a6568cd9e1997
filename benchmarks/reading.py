"""Reading 300 cities × 100 indicators, beside openpyxl's own full read of the same file.

Prints the ratio of one run; the aim is at most 3.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl

from steelyard import Framework, Indicator, read
from steelyard.indicators.framework import Node
from steelyard.indicators.indicator import Bilingual
from steelyard.indicators.reading.sandbox import Sandbox

CITIES, INDICATORS, FORMS = 300, 100, 300


def framework(indicators: int) -> Framework:
    name = Bilingual("基准", "Benchmark")
    leaves = (
        Indicator(f"X{n:03d}", Bilingual(f"指标{n:03d}", ""), scale="linear", low=0.0, high=100.0)
        for n in range(indicators)
    )
    nodes = (Node(one.code, one.name, "index", 1.0, one) for one in leaves)
    return Framework("benchmark", "1", name, (Node("index", name, None), *nodes))


def write(path: Path, cities: int, indicators: int, seed: int = 0) -> None:
    random, book = Random(seed), openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append(["城市", *(f"指标{n:03d}" for n in range(indicators))])
    for number in range(cities):
        values = (round(random.uniform(10, 90), 2) for _ in range(indicators))
        sheet.append([f"Town {seed}-{number}", *values])
    book.save(path)


def openpyxl_read(path: Path) -> int:
    book = openpyxl.load_workbook(path)
    return sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def best(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def one_table(folder: Path) -> None:
    path, measured = folder / "table.xlsx", framework(INDICATORS)
    write(path, CITIES, INDICATORS)
    ours, theirs = best(lambda: read(path, measured)), best(lambda: openpyxl_read(path))
    print(f"{CITIES} x {INDICATORS}: steelyard {ours:.2f} s, openpyxl {theirs:.2f} s, "
          f"ratio {ours / theirs:.2f}")  # fmt: skip


def many_forms(folder: Path) -> None:
    """Small files one after another in one child process."""
    paths, measured = [folder / f"form{n}.xlsx" for n in range(FORMS)], framework(50)
    for number, path in enumerate(paths):
        write(path, 1, 50, number)

    def ours() -> None:
        with Sandbox() as sandbox:
            for path in paths:
                read(path, measured, sandbox=sandbox)

    mine, theirs = best(ours, 3), best(lambda: [openpyxl_read(path) for path in paths], 3)
    print(f"{FORMS} files of one city: steelyard {mine:.2f} s, openpyxl {theirs:.2f} s, "
          f"ratio {mine / theirs:.2f}")  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        one_table(Path(name))
        many_forms(Path(name))
