"""OpenDocument spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from zipfile import ZipFile

from .limits import SHEETS, Refused
from .plain import Kind, PlainBook, PlainSheet, check_cells, sheet
from .xml import stream

_HIDDEN = {"collapse", "filter"}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def parse(archive: ZipFile) -> PlainBook:
    """Read all sheets: filled cells, what is hidden, what is merged.

    Raises
    ------
    Refused
        If the file is protected, damaged or beyond the limits.
    """
    if "META-INF/manifest.xml" in archive.namelist():
        _check_open(archive.read("META-INF/manifest.xml"))
    reader = _Reader()
    with archive.open("content.xml") as part:
        stream(part, reader.start, reader.end, reader.text, local=False)
    return {"format": "ods", "notes": [], "sheets": reader.sheets}


def _check_open(manifest: bytes) -> None:
    if b"encryption-data" in manifest:
        raise Refused("reading.encrypted")


class _Reader:
    """The document's content, read as a stream of elements."""

    def __init__(self) -> None:
        self.sheets: list[PlainSheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.row_repeats = self.cells_before = 0
        self.row_cells: list[tuple[int, int, Kind, float | str | bool, str]] = []
        self.cell: Mapping[str, str] | None = None
        self.paragraphs: list[list[str]] = []
        self.notes = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.paragraphs = attributes, []
        elif name == "text:p" and not self.notes:
            self.paragraphs.append([])
        elif name == "text:s":
            self.text(" " * _count(attributes, "text:c"))
        elif name == "table:table-row":
            self._start_row(attributes)
        elif name == "table:table-column":
            self._start_column(attributes)
        elif name == "table:table":
            self._start_sheet(attributes)
        elif name == "office:annotation":
            self.notes += 1
        elif name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def text(self, data: str) -> None:
        if self.paragraphs and not self.notes and self.cell is not None:
            self.paragraphs[-1].append(data)

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "office:annotation":
            self.notes -= 1

    def _start_sheet(self, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("table:style-name", "") in self.hidden_styles
        self.sheets.append(sheet(attributes.get("table:name", ""), hidden))
        self.row = self.column = 0
        if len(self.sheets) > SHEETS:
            raise Refused("reading.too_large", what="sheets", limit=f"{SHEETS:,}")

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        repeats = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            last = min(self.column + repeats, _LAST_COLUMN)
            self.sheets[-1]["hidden_columns"] += range(self.column + 1, last + 1)
        self.column += repeats

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self.column = 0
        self.row_cells = []
        self.row_repeats = _count(attributes, "table:number-rows-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            last = min(self.row + self.row_repeats, _LAST_ROW)
            self.sheets[-1]["hidden_rows"] += range(self.row + 1, last + 1)

    def _end_row(self) -> None:
        cells = self.sheets[-1]["cells"]
        if self.row_cells:
            check_cells(self.cells_before + len(self.row_cells) * self.row_repeats)
            for row in range(self.row + 1, self.row + self.row_repeats + 1):
                cells += [(row, *cell[1:]) for cell in self.row_cells]
            self.cells_before += len(self.row_cells) * self.row_repeats
        self.row += self.row_repeats

    def _end_cell(self) -> None:
        attributes = self.cell
        if attributes is None or not self.sheets:
            raise Refused("reading.damaged")
        repeats = _count(attributes, "table:number-columns-repeated")
        self._merge(attributes)
        found = _value(attributes, "\n".join("".join(pieces) for pieces in self.paragraphs))
        if found is not None:
            check_cells(self.cells_before + len(self.row_cells) + repeats)
            for column in range(self.column + 1, self.column + repeats + 1):
                self.row_cells.append((self.row + 1, column, *found))
        self.column += repeats
        self.cell = None

    def _merge(self, attributes: Mapping[str, str]) -> None:
        down = _count(attributes, "table:number-rows-spanned")
        across = _count(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            top, left = self.row + 1, self.column + 1
            self.sheets[-1]["merged"].append((top, left, top + down - 1, left + across - 1))


def _count(attributes: Mapping[str, str], name: str) -> int:
    try:
        return max(1, int(attributes.get(name, "1")))
    except ValueError as error:
        raise Refused("reading.damaged") from error


def _value(attributes: Mapping[str, str], text: str) -> tuple[Kind, float | str | bool, str] | None:
    kind = attributes.get("office:value-type", "")
    formula = attributes.get("table:formula")
    computed = "=" if formula else ""
    if attributes.get("calcext:value-type") == "error":
        return "error", text, computed
    if kind in ("float", "currency", "percentage"):
        form = "%" if kind == "percentage" else computed
        return "number", _number(attributes.get("office:value", "")), form
    if kind in ("date", "time"):
        date = attributes.get("office:date-value", attributes.get("office:time-value", text))
        return "date", date, computed
    if kind == "boolean":
        return "boolean", attributes.get("office:boolean-value") == "true", computed
    if text:
        return "text", text, computed
    if formula and kind != "string":
        return "formula", formula.removeprefix("of:").removeprefix("="), "="
    return None


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise Refused("reading.damaged") from error
    if not isfinite(number):
        raise Refused("reading.damaged")
    return number
