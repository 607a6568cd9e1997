"""From a spreadsheet to the live workbook, against openpyxl writing the same cells.

Run ``python benchmarks/workbook.py [CITIES]``. The yardstick is openpyxl putting the very cells of
the finished workbook, formulas as text, into bare sheets: no styles, no charts, no arithmetic.
Last, where formualizer is installed, it recalculates every formula.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from openpyxl import Workbook

import steelyard as sy
from steelyard.assess.scales import bounds
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import Book

LIMIT = 3.0


def made_input(cities: int, path: Path) -> None:
    framework = sy.load_framework("smart2015")
    random = np.random.default_rng(2015)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["城市", *framework.codes])
    marks = np.array([bounds(one) for one in framework.indicators])
    values = marks[:, 0] + random.beta(3, 2, (cities, len(marks))) * (marks[:, 1] - marks[:, 0])
    for number, row in enumerate(values):
        sheet.append([f"示例市{number + 1:03}", *(round(float(value), 2) for value in row)])
    book.save(path)


def written_by_openpyxl(book: Book, path: Path) -> None:
    workbook = Workbook()
    for sheet in book.sheets:
        target = workbook.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            target.cell(row, column, f"={cell.formula}" if cell.formula else cell.value)
    workbook.save(path)


def recalculated(path: Path) -> None:
    """All of it; ``recalculate_xlsx_bytes`` refuses more than 100,000 formulas."""
    import formualizer

    formualizer.Workbook.from_path(str(path)).evaluate_all()


def timed(what: str, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    print(f"{what:44} {took:7.2f} s", flush=True)
    return took


def main() -> None:
    cities = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        source, report = Path(folder) / "cities.xlsx", Path(folder) / "report.xlsx"
        made_input(cities, source)
        found: list[sy.Assessment] = []
        read = timed("read the spreadsheet and score", lambda: found.append(
            sy.score(sy.read(source, "smart2015"))))  # fmt: skip
        write = timed("write the live workbook", lambda: sy.write_workbook(found[0], report))
        book = build(found[0], "zh")
        cells = [cell for sheet in book.sheets for cell in sheet.cells.values()]
        formulas = sum(cell.formula is not None for cell in cells)
        bare = timed("openpyxl writing the same cells", lambda: written_by_openpyxl(book, report))
        if find_spec("formualizer"):
            sy.write_workbook(found[0], report)
            timed("formualizer recalculating all formulas", lambda: recalculated(report))
        ratio = (read + write) / bare
        print(f"{cities} cities × {found[0].normalised.shape[1]} indicators, "
              f"{len(cells):,} cells, {formulas:,} formulas")  # fmt: skip
        print(f"writing alone {write / bare:.2f} ×")
        print(f"ratio {ratio:.2f} × {'' if ratio <= LIMIT else ' over the limit'}")


if __name__ == "__main__":
    main()
