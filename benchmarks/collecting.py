"""Collecting one-city forms, beside the same files opened one by one with openpyxl.

Run: python benchmarks/collecting.py [forms]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from openpyxl import load_workbook

from steelyard import load_framework
from steelyard.indicators.collect import collect
from steelyard.indicators.reading.cities import cities
from steelyard.reports.form import write_form

FORMS = 300


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_forms(Path(folder), count)
        started = time.perf_counter()
        found = collect(folder)
        ours = time.perf_counter() - started
        started = time.perf_counter()
        for path in sorted(Path(folder).iterdir()):
            read_with_openpyxl(path)
        theirs = time.perf_counter() - started
        started = time.perf_counter()
        for path in sorted(Path(folder).iterdir()):
            read_with_openpyxl(path, read_only=True)
        streaming = time.perf_counter() - started
    assert found.dataset is not None
    assert len(found.dataset) == count
    print(f"{count} forms of {len(found.framework.indicators)} indicators")
    print(f"collect        {ours:6.2f} s")
    print(f"openpyxl loop  {theirs:6.2f} s, read-only {streaming:6.2f} s")
    print(f"openpyxl / collect = {theirs / ours:.1f}, read-only {streaming / ours:.1f}")


def write_forms(folder: Path, count: int) -> None:
    """One form, half-way between the goalposts, saved under the names of so many cities."""
    blank = folder / "form.xlsx"
    framework = load_framework("smart2015")
    half = {one.code: ((one.low or 0) + (one.high or 2)) / 2 for one in framework.indicators}
    write_form(framework, blank, [], "zh", 2024)
    book = load_workbook(blank)
    blank.unlink()
    sheet = book.worksheets[1]
    for row in range(8, sheet.max_row + 1):
        if not sheet.cell(row, 5).protection.locked and sheet.cell(row, 12).value:
            code = str(sheet.cell(row, 1).value)
            sheet.cell(row, 5).value, sheet.cell(row, 6).value = half.get(code, 1), "年鉴"
    for city in sorted(cities())[:count]:
        sheet["B3"].value = city
        book.save(folder / f"{city}.xlsx")


def read_with_openpyxl(path: Path, read_only: bool = False) -> dict[str, object]:
    sheet = load_workbook(path, read_only=read_only).worksheets[1]
    return {str(row[0].value): row[4].value for row in sheet.iter_rows(min_row=8)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FORMS)
