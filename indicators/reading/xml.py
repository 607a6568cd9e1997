"""XML parts of a spreadsheet, read as a stream; no document type, so no entities at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from .limits import UNZIPPED_BYTES, Refused

_CHUNK = 1 << 16
Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def stream(
    part: IO[bytes],
    start: Start,
    end: End | None = None,
    text: Text | None = None,
    *,
    local: bool = True,
) -> None:
    """Feed `part` to the handlers.

    Parameters
    ----------
    part : binary file
    start, end, text : callable
    local : bool
        Drop the prefix of the document's own elements: ``x:row`` is ``row``.

    Raises
    ------
    Refused
        If the part declares a document type, is not well formed or is too long.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    if text is not None:
        parser.CharacterDataHandler = text

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        prefixed = local and ":" in name
        first = _with_local_names(start) if prefixed else start
        parser.StartElementHandler = first
        if end is not None:
            parser.EndElementHandler = _with_local_names(end) if prefixed else end
        first(name, attributes)

    parser.StartElementHandler = begin
    _feed(parser, part)


def _with_local_names(handler: Callable[..., None]) -> Callable[..., None]:
    names: dict[str, str] = {}

    def handle(name: str, *attributes: Mapping[str, str]) -> None:
        known = names.get(name)
        if known is None:
            known = names[name] = name.rpartition(":")[2]
        handler(known, *attributes)

    return handle


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    read = 0
    try:
        while chunk := part.read(_CHUNK):
            read += len(chunk)
            if read > UNZIPPED_BYTES:
                raise Refused("reading.too_large", what="bytes", limit=f"{UNZIPPED_BYTES:,}")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("reading.damaged") from error


def _no_document_type(*_: object) -> None:
    raise Refused("reading.forbidden_xml")
