"""A framework written as YAML, CSV or a workbook; loaded again it is equal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from ..atomic import replacing
from ..errors import OutputError
from ..indicators.framework import Framework
from ..indicators.table_file import (
    RULES_MARK,
    RULES_SHEETS,
    SHEETS,
    rows_from_framework,
    rules_from_framework,
)
from ..indicators.yaml_file import yaml_from_framework

_WIDTHS = {"code": 9, "name_zh": 26, "name_en": 34, "ladder": 44, "aliases": 30}
_NARROW = ("parent", "weight", "direction", "scale", "low", "high", "block", "points")


def export_framework(framework: Framework, path: str | Path, lang: str = "en") -> None:
    """Write a framework; the suffix decides the format.

    Parameters
    ----------
    framework : Framework
    path : str or Path
        Ending in .yaml, .yml, .csv or .xlsx.
    lang : {"zh", "en"}
        Names of the sheets of a workbook.

    Raises
    ------
    OutputError
        If the suffix is none of these or the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        raise OutputError("framework.unknown_suffix", suffix=suffix or "—")
    with replacing(path) as draft:
        _WRITERS[suffix](framework, draft, lang)


def _write_yaml(framework: Framework, path: Path, _: str) -> None:
    path.write_text(yaml_from_framework(framework), "utf-8", newline="\n")


def _write_csv(framework: Framework, path: Path, _: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(rows_from_framework(framework))
    writer.writerow([RULES_MARK])
    writer.writerows([line] for line in rules_from_framework(framework))
    path.write_text(text.getvalue(), "utf-8-sig", newline="")


def _write_workbook(framework: Framework, path: Path, lang: str) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    from .fixed_time import with_fixed_time

    book = Workbook()
    tree = book.active
    assert tree is not None
    tree.title = SHEETS[lang == "zh"]
    rows = rows_from_framework(framework)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = tree.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True, color="FFFFFF")
                cell.fill = PatternFill("solid", fgColor="1F4E79")
            elif row[rows[0].index("direction")] is None:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8EEF4")
    for place, name in enumerate(rows[0], start=1):
        width = _WIDTHS.get(str(name), 11 if name in _NARROW else 24)
        tree.column_dimensions[get_column_letter(place)].width = width
    tree.freeze_panes = "C2"
    rules = book.create_sheet(RULES_SHEETS[lang == "zh"])
    for number, line in enumerate(rules_from_framework(framework), start=1):
        rules.cell(number, 1, line).data_type = "s"
        rules.cell(number, 1).font = Font(name="Consolas")
    rules.column_dimensions["A"].width = 120
    with_fixed_time(book, path)


_WRITERS: Mapping[str, Callable[[Framework, Path, str], None]] = {
    ".yaml": _write_yaml,
    ".yml": _write_yaml,
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
}
