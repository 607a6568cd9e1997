"""A framework as a table, in a CSV or on a sheet: one row a node."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..catalogue import nearest
from ..errors import FrameworkError, Issue, Location
from .checking import checked
from .draft import Draft, Entry, Path, cleaned
from .framework import INDEX, Framework
from .plain_framework import TEXTS
from .shaping import number
from .table_columns import (
    HEADERS,
    RULES_MARK,
    column_of,
    is_remark,
    ladder_from,
    names_from,
)
from .yaml_file import draft_from_yaml

Row = Sequence[object]
_DELIMITERS = ",;\t"
_KEYS = ("code", "weight", "direction", "scale", "low", "high", "block", "points")
_KEY_OF = {
    "name_zh": "name",
    "name_en": "name",
    "interval_low": "interval",
    "interval_high": "interval",
    "range_low": "range",
    "range_high": "range",
}
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")


def framework_from_rows(
    rows: Sequence[Row],
    location: Location,
    name: str,
    rules: Sequence[str] = (),
    rules_sheet: str | None = None,
) -> Framework:
    """Build a framework from the cells of a table.

    Parameters
    ----------
    rows : sequence of rows of cells
        From cell A1 on; the column heads may stand lower. A first cell of ``#rules`` ends the
        table; the lines of YAML after it are the rules.
    location : Location
        File and sheet.
    name : str
        Name of the framework unless the rules give one.
    rules : sequence of str
        Lines of YAML from a sheet of their own.
    rules_sheet : str, optional
        Its name.

    Returns
    -------
    Framework

    Raises
    ------
    FrameworkError
        If the framework is faulty; carries every fault.

    Examples
    --------
    >>> rows = [["编码", "名称", "方向", "下限", "上限"], ["W", "断面达标率", "正向", 50, 100]]
    >>> framework_from_rows(rows, Location("水.xlsx", "指标体系"), "水").codes
    ('W',)
    """
    head = next((place for place, row in enumerate(rows) if _is_head(row)), None)
    if head is None:
        raise FrameworkError([Issue("error", "framework.no_table", location)])
    end = next((i for i, row in enumerate(rows) if _first(row) == RULES_MARK), len(rows))
    table = _Table(location, rows[head], head)
    entries = [
        entry
        for place in range(head + 1, end)
        if (entry := table.entry(rows[place], place)) is not None
    ]
    lines = [*rules, *(_first(row) for row in rows[end + 1 :])]

    def at(line: int) -> Location:
        if line <= len(rules):
            return Location(location.file, rules_sheet, f"A{line}")
        return Location(location.file, location.sheet, f"A{end + 1 + line - len(rules)}")

    beside = draft_from_yaml("\n".join(lines), at) if any(map(str.strip, lines)) else Draft((), {})
    places = {**beside.places, **table.places, (): location}
    found = (*table.found, *beside.found)
    return checked(Draft(tuple(entries), {"name": name, **beside.rules}, places, found))


def rows_from_text(text: str) -> list[list[str]]:
    r"""Cut delimited text into cells, by the delimiter that gives column heads.

    Examples
    --------
    >>> rows_from_text("编码;名称\nW;断面达标率")
    [['编码', '名称'], ['W', '断面达标率']]
    """
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            found = list(rows)
        except csv.Error:
            continue
        if any(_is_head(row) for row in found):
            return found
    return []


class _Table:
    """The columns of a table, and what is found and placed while its rows are read."""

    def __init__(self, location: Location, heads: Row, number_of_row: int) -> None:
        self.location = location
        self.columns: dict[int, str] = {}
        self.places: dict[Path, Location] = {}
        self.found: list[Issue] = []
        for place, head in enumerate(heads):
            self._read_head(head, place, self._at(number_of_row, place))

    def _read_head(self, head: object, place: int, where: Location) -> None:
        column = column_of(head)
        if column in self.columns.values():
            self._refuse("repeated_key", where, word=head)
        elif column is not None:
            self.columns[place] = column
        elif not is_remark(head or ""):
            words = [word for known in HEADERS.values() for word in known]
            self._refuse("unknown_column", where, word=head, nearest=nearest(str(head), words))

    def entry(self, row: Row, number_of_row: int) -> Entry | None:
        """The node of a row; None for an empty row."""
        cells = {
            column: row[place]
            for place, column in self.columns.items()
            if place < len(row) and cleaned(row[place])
        }
        if not cells:
            return None
        path: Path = ("row", number_of_row)
        for place, column in self.columns.items():
            where = self._at(number_of_row, place)
            self.places.setdefault((*path, _KEY_OF.get(column, column)), where)
        self.places[path] = self.places[(*path, "code")]
        parent = cleaned(cells.get("parent"))
        return Entry(self._fields(cells), parent if parent != INDEX and parent else None, path)

    def _fields(self, cells: Mapping[str, object]) -> dict[str, Any]:
        fields: dict[str, Any] = {key: cells.get(key) for key in _KEYS}
        percent = cleaned(cells.get("unit")) in ("%", "％")
        fields["weight"] = _number(cells.get("weight"), 0.01)
        for key in ("low", "high"):
            fields[key] = _number(cells.get(key), 1 if percent else None)
        for key in ("interval", "range"):
            ends = [cells.get(f"{key}_{side}") for side in ("low", "high")]
            bounds = [_number(end, 1 if percent else None) for end in ends]
            fields[key] = bounds if bounds != [None, None] else None
        if percent and not {"range_low", "range_high"} & set(self.columns.values()):
            fields["range"] = [0, 100]
        fields["name"] = {"zh": cells.get("name_zh"), "en": cells.get("name_en")}
        for key in TEXTS:
            fields[key] = {"zh": cells.get(key), "en": cells.get(f"{key}_en")}
        fields["ladder"] = ladder_from(cleaned(cells.get("ladder")))
        fields["aliases"] = names_from(cleaned(cells.get("aliases")))
        return fields

    def _at(self, row: int, column: int) -> Location:
        return Location(self.location.file, self.location.sheet, f"{_letters(column + 1)}{row + 1}")

    def _refuse(self, kind: str, where: Location, **fields: object) -> None:
        self.found.append(Issue("error", f"framework.{kind}", where, fields=fields))


def _is_head(row: Row) -> bool:
    found = {column_of(cell) for cell in row if cell is not None}
    return "code" in found and bool(found & {"name_zh", "name_en", "parent", "direction"})


def _first(row: Row) -> str:
    return "" if not row or row[0] is None else str(row[0])


def _number(cell: object, hundredth: float | None) -> Any:
    """The number of a cell; what 1% is, where a percentage may stand there."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "").replace("，", "")
    share = number(text.rstrip("%％"))
    if hundredth is not None and text.endswith(("%", "％")) and not isinstance(share, str):
        return share if hundredth == 1 else share / 100
    return number(text)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
