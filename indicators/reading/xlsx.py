"""Office Open XML workbooks: xlsx, xlsm and their templates, transitional or strict."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, join, normpath
from typing import IO
from zipfile import ZipFile

from .form_layout import sheets_without_answers
from .limits import SHEETS, STRINGS, Refused
from .numberformat import meaning
from .plain import PlainBook, PlainSheet, sheet
from .worksheet import WorksheetReader, integer
from .xml import stream


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
    explaining = sheets_without_answers(name for name, _, _ in sheets)
    for name, hidden, identifier in sheets:
        if kinds.get(identifier) != "worksheet" or name in explaining:
            continue
        reader = WorksheetReader(sheet(name, hidden), strings, formats, from_1904, count)
        with _open(archive, targets[identifier]) as part:
            reader.read(part)
        count += len(reader.sheet["cells"])
        found.append(reader.sheet)
    return {"format": "xlsx", "notes": ["date_1904"] if from_1904 else [], "sheets": found}


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


def _open(archive: ZipFile, part: str) -> IO[bytes]:
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
            codes[integer(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            identifiers.append(integer(attributes.get("numFmtId")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    if part is not None:
        with _open(archive, part) as opened:
            stream(opened, start, end)
    return [meaning(identifier, codes.get(identifier)) for identifier in identifiers]
