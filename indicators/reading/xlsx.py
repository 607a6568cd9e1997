"""Office Open XML workbooks: xlsx, xlsm and their templates, transitional or strict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from .limits import SHEETS, STRINGS, Refused
from .numberformat import date_of, meaning
from .plain import Kind, PlainBook, PlainSheet, check_cells, sheet
from .xml import stream

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def parse(archive: ZipFile) -> PlainBook:
    """Read all worksheets: filled cells, what is hidden, what is merged.

    Raises
    ------
    Refused
        If a part is missing, damaged or beyond the limits.
    """
    book = _only(_related(archive, ""), "officeDocument")
    related = _related(archive, book)
    sheets, from_1904 = _workbook(archive, book)
    targets = {identifier: target for identifier, _, target in related}
    kinds = {identifier: kind for identifier, kind, _ in related}
    strings = _strings(archive, _find(related, "sharedStrings"))
    formats = _formats(archive, _find(related, "styles"))
    found: list[PlainSheet] = []
    count = 0
    for name, hidden, identifier in sheets:
        if kinds.get(identifier) != "worksheet":
            continue
        reader = _SheetReader(sheet(name, hidden), strings, formats, from_1904, count)
        reader.read(archive, targets[identifier])
        count += len(reader.sheet["cells"])
        found.append(reader.sheet)
    return {"format": "xlsx", "notes": ["date_1904"] if from_1904 else [], "sheets": found}


def column_number(letters: str) -> int:
    """1 for A, 27 for AA.

    Examples
    --------
    >>> column_number("XFD")
    16384
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``C5``.

    Raises
    ------
    Refused
        If it is not one.
    """
    match = _REFERENCE.match(reference)
    if match is None:
        raise Refused("reading.damaged")
    row, column = int(match[2]), column_number(match[1])
    if not (1 <= row <= _LAST_ROW and column <= _LAST_COLUMN):
        raise Refused("reading.damaged")
    return row, column


def _related(archive: ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Identifier, kind and target of each relationship of a part."""
    folder = dirname(part)
    rels = join(folder, "_rels", part.rpartition("/")[2] + ".rels")
    found: list[tuple[str, str, str]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append((attributes.get("Id", ""), kind, path))

    with _open(archive, rels) as stream_of_part:
        stream(stream_of_part, start)
    return found


def _open(archive: ZipFile, part: str):  # type: ignore[no-untyped-def]
    try:
        return archive.open(part)
    except KeyError as error:
        raise Refused("reading.damaged") from error


def _find(related: list[tuple[str, str, str]], wanted: str) -> str | None:
    return next((target for _, kind, target in related if kind == wanted), None)


def _only(related: list[tuple[str, str, str]], wanted: str) -> str:
    target = _find(related, wanted)
    if target is None:
        raise Refused("reading.damaged")
    return target


def _workbook(archive: ZipFile, part: str) -> tuple[list[tuple[str, bool, str]], bool]:
    sheets: list[tuple[str, bool, str]] = []
    from_1904 = [False]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            from_1904[0] = attributes.get("date1904") in ("1", "true", "on")
        elif name == "sheet":
            identifier = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), hidden, identifier))

    with _open(archive, part) as opened:
        stream(opened, start)
    if len(sheets) > SHEETS:
        raise Refused("reading.too_large", what="sheets", limit=f"{SHEETS:,}")
    return sheets, from_1904[0]


def _strings(archive: ZipFile, part: str | None) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    inside = [False, False]  # a text; phonetic reading, which is not part of it

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            inside[0] = True
        elif name == "si":
            pieces.clear()
        elif name == "rPh":
            inside[1] = True
        elif name == "sst":
            _check_strings(attributes.get("uniqueCount", "0"))

    def end(name: str) -> None:
        if name == "t":
            inside[0] = False
        elif name == "si":
            strings.append("".join(pieces))
            if len(strings) > STRINGS:
                _check_strings(str(len(strings)))
        elif name == "rPh":
            inside[1] = False

    def text(data: str) -> None:
        if inside[0] and not inside[1]:
            pieces.append(data)

    if part is not None:
        with _open(archive, part) as opened:
            stream(opened, start, end, text)
    return strings


def _check_strings(count: str) -> None:
    if count.isdigit() and int(count) > STRINGS:
        raise Refused("reading.too_large", what="strings", limit=f"{STRINGS:,}")


def _formats(archive: ZipFile, part: str | None) -> list[str]:
    """What each cell style's number format means."""
    codes: dict[int, str] = {}
    identifiers: list[int] = []
    inside = [False]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            codes[_integer(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            identifiers.append(_integer(attributes.get("numFmtId")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    if part is not None:
        with _open(archive, part) as opened:
            stream(opened, start, end)
    return [meaning(identifier, codes.get(identifier)) for identifier in identifiers]


def _integer(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError as error:
        raise Refused("reading.damaged") from error


class _SheetReader:
    """One worksheet, read as a stream of elements."""

    def __init__(
        self, into: PlainSheet, strings: list[str], formats: list[str], from_1904: bool, before: int
    ) -> None:
        self.sheet = into
        self.strings = strings
        self.formats = formats
        self.from_1904 = from_1904
        self.room = before
        self.row = self.column = 0
        self.attributes: Mapping[str, str] = {}
        self.value: list[str] = []
        self.formula: list[str] | None = None
        self.into: list[str] | None = None
        self.phonetic = False

    def read(self, archive: ZipFile, part: str) -> None:
        with _open(archive, part) as opened:
            stream(opened, self.start, self.end, self.text)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self.into = None if self.phonetic else self.value
        elif name == "f":
            self.into = self.formula = []
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self.phonetic = True
        elif name == "col":
            self._start_column(attributes)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.sheet["merged"].append((*position(first), *position(last or first)))

    def text(self, data: str) -> None:
        if self.into is not None:
            self.into.append(data)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self.phonetic = False
        if name in ("v", "t", "f"):
            self.into = None

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        self.row = _integer(number) if number else self.row + 1
        self.column = 0
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.sheet["hidden_rows"].append(self.row)

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            first, last = _integer(attributes.get("min")), _integer(attributes.get("max"))
            self.sheet["hidden_columns"].extend(range(first, min(last, _LAST_COLUMN) + 1))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            self.row, self.column = position(reference)
        else:
            self.column += 1
        self.attributes = attributes
        self.value = []
        self.formula = None

    def _end_cell(self) -> None:
        raw = "".join(self.value)
        computed = self.formula is not None
        kind = self.attributes.get("t", "n")
        if raw == "" and not (computed and kind != "str"):
            return
        if raw == "":
            self._add("formula", "".join(self.formula or ()), "=")
            return
        self._add_value(kind, raw, "=" if computed else "")

    def _add_value(self, kind: str, raw: str, computed: str) -> None:
        if kind == "s":
            self._add("text", self._shared(raw), computed)
        elif kind in ("str", "inlineStr"):
            self._add("text", raw, computed)
        elif kind == "b":
            self._add("boolean", raw in ("1", "true"), computed)
        elif kind == "e":
            self._add("error", raw, computed)
        elif kind == "d":
            self._add("date", raw, computed)
        else:
            self._add_number(raw, computed)

    def _add_number(self, raw: str, computed: str) -> None:
        try:
            number = float(raw)
        except ValueError as error:
            raise Refused("reading.damaged") from error
        if not isfinite(number):
            raise Refused("reading.damaged")
        style = self.attributes.get("s")
        said = self._format(int(style)) if style and style.isdigit() else ""
        if said == "date":
            self._add("date", date_of(number, self.from_1904), computed)
        else:
            self._add("number", number, said or computed)

    def _shared(self, raw: str) -> str:
        try:
            return self.strings[int(raw)]
        except (IndexError, ValueError) as error:
            raise Refused("reading.damaged") from error

    def _format(self, style: int) -> str:
        return self.formats[style] if style < len(self.formats) else ""

    def _add(self, kind: Kind, value: float | str | bool, form: str) -> None:
        cells = self.sheet["cells"]
        cells.append((self.row, self.column, kind, value, form))
        if not len(cells) % 1000:
            check_cells(self.room + len(cells))
