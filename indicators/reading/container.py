"""What a file really is, told by its content and never by its ending."""

from __future__ import annotations

import io
import zlib
from typing import Literal
from zipfile import BadZipFile, ZipFile

from . import delimited, xlsx
from .limits import FILE_BYTES, PARTS, UNZIPPED_BYTES, Refused
from .plain import PlainBook

Format = Literal["xlsx", "xlsb", "ods", "xls", "encrypted", "html", "csv"]
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = ("<!doctype html", "<html", "<table", "<head", "<meta", "<body")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def parse(data: bytes) -> PlainBook:
    """Read a spreadsheet of any known format.

    Raises
    ------
    Refused
        If it is damaged, protected, beyond the limits or of no known format.
    """
    if not data.strip():
        raise Refused("reading.empty_file")
    if len(data) > FILE_BYTES:
        raise Refused("reading.too_large", what="bytes", limit=f"{FILE_BYTES:,}")
    if data.startswith(_ZIP):
        return _parse_zip(data)
    if data.startswith(_OLE):
        return _parse_ole(data)
    return _parse_text(data)


def _parse_zip(data: bytes) -> PlainBook:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = _checked_names(archive)
            if "xl/workbook.bin" in names:
                from . import xlsb

                return xlsb.parse(data, archive)
            if "content.xml" in names:
                from . import ods

                return ods.parse(archive)
            return xlsx.parse(archive)
    except RuntimeError as error:
        raise Refused("reading.encrypted") from error
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Refused("reading.damaged") from error


def _checked_names(archive: ZipFile) -> set[str]:
    parts = archive.infolist()
    if len(parts) > PARTS:
        raise Refused("reading.too_large", what="parts", limit=f"{PARTS:,}")
    if sum(part.file_size for part in parts) > UNZIPPED_BYTES:
        raise Refused("reading.too_large", what="bytes", limit=f"{UNZIPPED_BYTES:,}")
    return {part.filename for part in parts}


def _parse_ole(data: bytes) -> PlainBook:
    if _ENCRYPTED in data:
        raise Refused("reading.encrypted")
    from . import xls

    return xls.parse(data)


def _parse_text(data: bytes) -> PlainBook:
    head = data[:2000].decode("latin-1").replace("\0", "").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.lower().startswith(_HTML) or "<table" in head.lower():
        from . import html

        return html.parse(data)
    if head.startswith(("%PDF", "\x89PNG", "{\\rtf", "Rar!", "<?xml")):
        raise Refused("reading.unknown_format")
    return delimited.parse(data)
