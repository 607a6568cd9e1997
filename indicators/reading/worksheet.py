"""One worksheet of an Office Open XML workbook, read as a stream of elements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import isfinite
from typing import IO

from .limits import Refused
from .numberformat import date_of
from .plain import Kind, PlainSheet, check_cells
from .xml import stream

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@cache
def column_number(letters: str) -> int:
    """1 for A, 27 for AA; 0 for what are no letters of a column.

    Examples
    --------
    >>> column_number("XFD"), column_number("1")
    (16384, 0)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number if letters.isalpha() and letters.isupper() and number <= _LAST_COLUMN else 0


@lru_cache(maxsize=1 << 14)
def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``C5``.

    Raises
    ------
    Refused
        If it is not one.
    """
    plain = reference.replace("$", "")
    letters = plain.rstrip("0123456789")
    column, digits = column_number(letters[:4]), plain[len(letters) :]
    row = int(digits) if 0 < len(digits) < 8 else 0
    if not (column and 1 <= row <= _LAST_ROW):
        raise Refused("reading.damaged")
    return row, column


def integer(text: str | None) -> int:
    """The whole number of an attribute; 0 where it is absent.

    Raises
    ------
    Refused
        If it is none.
    """
    try:
        return int(text or 0)
    except ValueError as error:
        raise Refused("reading.damaged") from error


class WorksheetReader:
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

    def read(self, part: IO[bytes]) -> None:
        """Read the part."""
        stream(part, self._start, self._end, self._text)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
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

    def _text(self, data: str) -> None:
        if self.into is not None:
            self.into.append(data)

    def _end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self.phonetic = False
        if name in ("v", "t", "f"):
            self.into = None

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        self.row = integer(number) if number else self.row + 1
        self.column = 0
        if self.row > _LAST_ROW:
            raise Refused("reading.damaged")
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.sheet["hidden_rows"].append(self.row)

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            first, last = integer(attributes.get("min")), integer(attributes.get("max"))
            self.sheet["hidden_columns"].extend(range(first, min(last, _LAST_COLUMN) + 1))
            check_cells(len(self.sheet["hidden_columns"]))

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
