"""Colouring cells of a sheet: only their style numbers change, missing cells are added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..errors import Issue
from .annotate_package import Package, UnusualError, attributes
from .annotate_styles import Styles

_ROW = re.compile(r"<row\b[^>]*?/>|<row\b[^>]*?>.*?</row>", re.DOTALL)
_CELL = re.compile(r"<c\b[^>]*?/>|<c\b[^>]*?>.*?</c>", re.DOTALL)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})$")


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a reference.

    Examples
    --------
    >>> place_of("AA7")
    (7, 27)
    """
    found = _REFERENCE.match(reference)
    if found is None:
        raise UnusualError("unusual")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def mark_cells(
    package: Package, part: str, cells: Mapping[str, Sequence[Issue]], styles: Styles
) -> None:
    """Colour cells of a sheet by the gravest of their findings.

    Raises
    ------
    UnusualError
        If rows and cells do not tell where they stand.
    """
    text = package.text(part)
    data = re.search(r"<sheetData\s*/>|<sheetData\b[^>]*>(.*?)</sheetData>", text, re.DOTALL)
    if data is None:
        raise UnusualError("unusual")
    wanted: dict[int, dict[int, tuple[str, str]]] = {}
    for reference, issues in cells.items():
        row, column = place_of(reference)
        wanted.setdefault(row, {})[column] = (reference, issues[0].severity)
    rows = "".join(_rows(data[1] or "", wanted, styles))
    package.put(part, f"{text[: data.start()]}<sheetData>{rows}</sheetData>{text[data.end() :]}")


def _rows(
    text: str, wanted: dict[int, dict[int, tuple[str, str]]], styles: Styles
) -> Iterator[str]:
    waiting = sorted(wanted)
    end = 0
    for found in _ROW.finditer(text):
        number = attributes(found[0].split(">", 1)[0]).get("r", "")
        if not number.isdigit():
            raise UnusualError("unusual")
        yield text[end : found.start()]
        end = found.end()
        while waiting and waiting[0] < int(number):
            row = waiting.pop(0)
            yield _new_row(row, wanted[row], styles)
        if waiting and waiting[0] == int(number):
            yield _marked_row(found[0], wanted[waiting.pop(0)], styles)
        else:
            yield found[0]
    yield text[end:]
    for row in waiting:
        yield _new_row(row, wanted[row], styles)


def _new_row(row: int, cells: Mapping[int, tuple[str, str]], styles: Styles) -> str:
    inside = "".join(_new_cell(*cells[column], 0, styles) for column in sorted(cells))
    return f'<row r="{row}">{inside}</row>'


def _new_cell(reference: str, severity: str, style: int, styles: Styles) -> str:
    return f'<c r="{reference}" s="{styles.marked(style, severity)}"/>'


def _marked_row(row: str, cells: Mapping[int, tuple[str, str]], styles: Styles) -> str:
    opening = re.match(r"<row\b[^>]*?(/?)>", row)
    assert opening is not None
    own = attributes(opening[0])
    style = int(own.get("s", "0")) if own.get("customFormat") in ("1", "true") else 0
    if opening[1]:
        inside = "".join(_new_cell(*cells[c], style, styles) for c in sorted(cells))
        return f"{opening[0][:-2]}>{inside}</row>"
    body = row[opening.end() : -len("</row>")]
    start = re.sub(r'\sspans="[^"]*"', "", opening[0])
    return start + "".join(_cells(body, cells, style, styles)) + "</row>"


def _cells(
    text: str, wanted: Mapping[int, tuple[str, str]], row_style: int, styles: Styles
) -> Iterator[str]:
    waiting = sorted(wanted)
    end = 0
    for found in _CELL.finditer(text):
        opening = found[0].split(">", 1)[0]
        own = attributes(opening)
        if "r" not in own:
            raise UnusualError("unusual")
        column = place_of(own["r"])[1]
        yield text[end : found.start()]
        end = found.end()
        while waiting and waiting[0] < column:
            yield _new_cell(*wanted[waiting.pop(0)], row_style, styles)
        if waiting and waiting[0] == column:
            severity = wanted[waiting.pop(0)][1]
            yield _restyled(found[0], opening, int(own.get("s", "0")), severity, styles)
        else:
            yield found[0]
    yield text[end:]
    for column in waiting:
        yield _new_cell(*wanted[column], row_style, styles)


def _restyled(cell: str, opening: str, style: int, severity: str, styles: Styles) -> str:
    bare = re.sub(r'\ss="[^"]*"', "", opening)
    closing = "/" if bare.endswith("/") else ""
    bare = bare[: len(bare) - len(closing)].rstrip()
    return f'{bare} s="{styles.marked(style, severity)}"{closing}{cell[len(opening) :]}'
