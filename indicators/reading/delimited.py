"""Delimited text: comma, semicolon or tab, in the encodings that Chinese offices use."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from .limits import Refused
from .plain import PlainBook, check_cells, sheet

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf8_bom"),
    (b"\xff\xfe", "utf-16", "utf16"),
    (b"\xfe\xff", "utf-16", "utf16"),
)
_FEW = 20
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$", re.ASCII)


def parse(data: bytes) -> PlainBook:
    """Read delimited text as one sheet of text cells.

    Raises
    ------
    Refused
        If it is not text.
    """
    text, notes = decode(data)
    delimiter = find_delimiter(text)
    if delimiter != ",":
        notes.append("semicolon" if delimiter == ";" else "tab")
    one = sheet("")
    for row, fields in enumerate(_rows(text, delimiter), start=1):
        for column, field in enumerate(fields, start=1):
            number = as_number(field)
            if number is not None:
                one["cells"].append((row, column, "number", number, ""))
            elif field:
                one["cells"].append((row, column, "text", field, ""))
        check_cells(len(one["cells"]))
    return {"format": "csv", "notes": notes, "sheets": [one]}


def as_number(text: str) -> float | None:
    """The number of a text that is plainly one; None otherwise.

    Examples
    --------
    >>> as_number("85.3"), as_number("007"), as_number("12,345")
    (85.3, None, None)
    """
    return float(text) if _NUMBER.match(text) else None


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text and how it was encoded: by its mark, else UTF-8, else GB18030.

    Raises
    ------
    Refused
        If no encoding fits or it is not text.

    Examples
    --------
    >>> decode("城市".encode("gbk"))
    ('城市', ['gb18030'])
    """
    for mark, encoding, note in _MARKS:
        if data.startswith(mark):
            return _text(data, encoding), [note]
    if data[:400].count(0) > len(data[:400]) // 5:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _text(data, encoding), ["utf16"]
    try:
        return _text(data, "utf-8"), []
    except Refused:
        return _text(data, "gb18030"), ["gb18030"]


def _text(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("reading.unknown_format") from error
    controls = sum(ord(c) < 32 and c not in "\t\r\n\f\v" for c in text[:4000])
    if controls > len(text[:4000]) // 100:
        raise Refused("reading.unknown_format")
    return text


def find_delimiter(text: str) -> str:
    r"""The delimiter that cuts the first lines into the most columns, most evenly.

    Examples
    --------
    >>> find_delimiter("城市;率\n杭州;72,6\n宁波;76,3\n")
    ';'
    """
    lines = [line for line in text.splitlines()[: _FEW * 3] if line.strip()][:_FEW]
    return max(",;\t|", key=lambda mark: (_evenness(lines, mark), -",;\t|".index(mark)))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    counts = [len(row) - 1 for row in csv.reader(lines, delimiter=mark)]
    most = max(counts, default=0)
    return (sum(count == most for count in counts) if most else 0, most)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 20)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Refused("reading.damaged") from error
