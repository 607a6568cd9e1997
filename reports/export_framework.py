"""A framework written as YAML, CSV or a workbook; loaded again it is equal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from ..atomic import replacing
from ..errors import OutputError
from ..indicators.framework import Framework
from ..indicators.indicator import SCALES
from ..indicators.shaping import DIRECTION_WORDS
from ..indicators.table_columns import HEADERS, RULES_MARK, RULES_SHEETS, SHEETS
from ..indicators.table_writing import rows_from_framework, rules_from_framework
from ..indicators.yaml_file import yaml_from_framework

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    "code": 9,
    "unit": 16,
    "unit_en": 18,
    "name_zh": 24,
    "name_en": 30,
    "ladder": 44,
    "aliases": 34,
}
_NARROW: tuple[str, ...] = (
    "parent",
    "weight",
    "direction",
    "scale",
    "low",
    "high",
    "block",
    "points",
)
_NARROW += ("interval_low", "interval_high", "range_low", "range_high")
_TITLES_EVERY_PAGE = "1:1"
_FONT, _LINE, _TALLEST = "Calibri", 15, 409
_LONGEST = 32_767
_COLUMNS = tuple(HEADERS)


def export_framework(framework: Framework, path: str | Path, lang: str = "en") -> None:
    """Write a framework; the suffix decides the format.

    Parameters
    ----------
    framework : Framework
    path : str or Path
        Ending in .yaml, .yml, .csv or .xlsx.
    lang : {"zh", "en"}
        Of sheet names, column heads and directions.

    Raises
    ------
    OutputError
        If the suffix is none of these, a text does not fit in a cell, or the file cannot be
        written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        raise OutputError("framework.unknown_suffix", suffix=suffix or "—")
    with replacing(path) as draft:
        _WRITERS[suffix](framework, draft, lang)


def _write_yaml(framework: Framework, path: Path, _: str) -> None:
    path.write_text(yaml_from_framework(framework), "utf-8", newline="\n")


def _write_csv(framework: Framework, path: Path, lang: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(rows_from_framework(framework, lang))
    writer.writerow([RULES_MARK])
    writer.writerows([line] for line in rules_from_framework(framework))
    # The mark at the start lets spreadsheet programs see that it is UTF-8.
    path.write_text(text.getvalue(), "utf-8-sig", newline="")


def _write_workbook(framework: Framework, path: Path, lang: str) -> None:
    from openpyxl import Workbook

    from .fixed_time import with_fixed_time

    book = Workbook()
    tree = book.active
    assert tree is not None
    tree.title = SHEETS[lang == "zh"]
    _fill_tree(tree, rows_from_framework(framework, lang))
    _add_lists(tree, lang)
    _fill_rules(book.create_sheet(RULES_SHEETS[lang == "zh"]), rules_from_framework(framework))
    with_fixed_time(book, path)


def _fill_tree(sheet: Worksheet, rows: list[list[object]]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    wrapped = Alignment(wrap_text=True, vertical="top")
    line = Border(bottom=Side("thin", color="D0D7DE"))
    heads = Font(_FONT, 11, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
    groups = Font(_FONT, 11, bold=True), PatternFill("solid", fgColor="E8EEF4")
    for number, row in enumerate(rows, start=1):
        inner = row[_COLUMNS.index("direction")] is None
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            _write_value(cell, value, row[0])
            cell.alignment, cell.border = wrapped, line
            if number == 1 or inner:
                cell.font, cell.fill = heads if number == 1 else groups
        sheet.row_dimensions[number].height = _height(row)
    for place, column in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = _TITLES_EVERY_PAGE
    sheet.page_setup.orientation = "landscape"


def _width(column: str) -> int:
    """Width of a column in characters."""
    return _WIDTHS.get(column, 11 if column in _NARROW else 48)


def _height(row: list[object]) -> float:
    """Height in points that shows a row's longest text; a Chinese character is two wide."""
    lines = 1
    for column, value in zip(_COLUMNS, row, strict=True):
        if isinstance(value, str):
            wide = sum(2 if east_asian_width(c) in "WF" else 1 for c in value)
            lines = max(lines, ceil(1.1 * wide / _width(column)))
    return min(_LINE * lines + 2, _TALLEST)


def _add_lists(sheet: Worksheet, lang: str) -> None:
    """Drop-downs for the columns that take one of a few words."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    directions = [words[lang == "zh"] for words in DIRECTION_WORDS.values()]
    choices: dict[str, list[str]] = {"direction": directions, "scale": list(SCALES)}
    for column, words in choices.items():
        letter = get_column_letter(_COLUMNS.index(column) + 1)
        choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        choice.add(f"{letter}2:{letter}{sheet.max_row + 200}")
        sheet.add_data_validation(choice)


def _fill_rules(sheet: Worksheet, lines: list[str]) -> None:
    from openpyxl.styles import Font

    typewriter = Font(name="Consolas")
    for number, text in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        _write_value(cell, text, "")
        cell.font = typewriter
    sheet.column_dimensions["A"].width = 120


def _write_value(cell: object, value: object, code: object) -> None:
    """Write a value exactly: text as text, a number as text where openpyxl would round it."""
    from openpyxl.cell.cell import Cell

    assert isinstance(cell, Cell)
    if isinstance(value, str) and len(value) > _LONGEST:
        raise OutputError("framework.long_cell", code=code, limit=f"{_LONGEST:,}")
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        value = repr(value)
    cell.value = value  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"


_WRITERS: Mapping[str, Callable[[Framework, Path, str], None]] = {
    ".yaml": _write_yaml,
    ".yml": _write_yaml,
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
}
