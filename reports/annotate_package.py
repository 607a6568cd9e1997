"""An xlsx file as its parts, edited as text so that all else stays as it is."""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile, ZipFile, ZipInfo

_TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = re.compile(r"<Relationship\b[^>]*?/?>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class UnusualError(Exception):
    """A file that is not edited part by part.

    Parameters
    ----------
    reason : {"format", "strict", "unusual"}
    format : str
        What it is instead, for the reason ``format``.
    """

    def __init__(self, reason: str, format: str = "") -> None:
        super().__init__(reason)
        self.reason, self.format = reason, format


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag.

    Examples
    --------
    >>> attributes('<c r="B7" t="s">')
    {'r': 'B7', 't': 's'}
    """
    return {name: unescape(one or two) for name, one, two in _ATTRIBUTE.findall(tag)}


@dataclass
class Package:
    """The parts of one workbook.

    Parameters
    ----------
    entries : list of ZipInfo
        In the order of the file.
    parts : dict from name to bytes
    workbook : str
        Name of the workbook part.
    sheets : dict from a sheet's name to its part
    """

    entries: list[ZipInfo]
    parts: dict[str, bytes]
    workbook: str = ""
    sheets: dict[str, str] = field(default_factory=dict)
    _edited: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Open a workbook's bytes, already known to be within the limits of reading.

        Raises
        ------
        UnusualError
            If it is no xlsx, or is built in a way that is not edited.
        """
        if not data.startswith(b"PK\x03\x04"):
            raise UnusualError("format", _format_of(data))
        try:
            with ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                parts = {entry.filename: archive.read(entry) for entry in entries}
        except (BadZipFile, OSError, ValueError, RuntimeError, EOFError) as error:
            raise UnusualError("unusual") from error
        if "xl/workbook.bin" in parts:
            raise UnusualError("format", "xlsb")
        if _TYPES not in parts:
            raise UnusualError("format", "ods" if "content.xml" in parts else "zip")
        if len(parts) != len(entries):
            raise UnusualError("unusual")
        package = cls(entries, parts)
        package._find_sheets()
        return package

    def _find_sheets(self) -> None:
        root = self.relations("")
        self.workbook = next((t for _, kind, t in root if kind.endswith("/officeDocument")), "")
        if self.workbook.endswith(".bin"):
            raise UnusualError("format", "xlsb")
        text = self.text(self.workbook)
        if "purl.oclc.org/ooxml" in text:
            raise UnusualError("strict")
        if f'xmlns="{_MAIN}"' not in text:
            raise UnusualError("unusual")
        targets = {key: target for key, _, target in self.relations(self.workbook)}
        for tag in re.findall(r"<sheet\b[^>]*?/?>", text):
            found = attributes(tag)
            key = next((value for name, value in found.items() if name.endswith(":id")), "")
            if "name" in found and targets.get(key) in self.parts:
                self.sheets[found["name"]] = targets[key]

    @property
    def workbook_type(self) -> str:
        """Content type of the workbook part."""
        for tag in re.findall(r"<Override\b[^>]*?/?>", self.text(_TYPES)):
            found = attributes(tag)
            if found.get("PartName", "").lstrip("/") == self.workbook:
                return found.get("ContentType", "")
        return ""

    def text(self, part: str) -> str:
        """A part as text.

        Raises
        ------
        UnusualError
            If it is not there, or is not UTF-8.
        """
        try:
            return self.parts[part].decode("utf-8-sig")
        except (KeyError, UnicodeDecodeError) as error:
            raise UnusualError("unusual") from error

    def put(self, part: str, text: str) -> None:
        """Set a part."""
        self.parts[part] = text.encode()
        self._edited.add(part)

    def replace(self, part: str, old: str, new: str) -> None:
        """Replace a text that stands once in a part.

        Raises
        ------
        UnusualError
            If it does not stand there.
        """
        text = self.text(part)
        if old not in text:
            raise UnusualError("unusual")
        self.put(part, text.replace(old, new, 1))

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Id, type and target part of every relation of a part; of the package for ''."""
        place = _relations_of(part)
        if place not in self.parts:
            return []
        folder = posixpath.dirname(part)
        found = []
        for tag in _RELATION.findall(self.text(place)):
            one = attributes(tag)
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found.append((one.get("Id", ""), one.get("Type", ""), target))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation and give its id."""
        place = _relations_of(part)
        known = {key for key, _, _ in self.relations(part)}
        number = len(known) + 1
        while f"rIdSteelyard{number}" in known:
            number += 1
        key = f"rIdSteelyard{number}"
        line = f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        if place in self.parts:
            text = self.text(place)
            if "</Relationships>" in text:
                self.put(place, text.replace("</Relationships>", line + "</Relationships>"))
            else:
                self.put(place, _empty_relations(line))
        else:
            self.put(place, _empty_relations(line))
        return key

    def declare(self, part: str, content_type: str) -> None:
        """Add the content type of a new part."""
        line = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
        self.replace(_TYPES, "</Types>", line + "</Types>")

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Add the content type of an ending, unless it is known."""
        known = re.findall(r"<Default\b[^>]*?/?>", self.text(_TYPES))
        if not any(attributes(tag).get("Extension", "").lower() == ending for tag in known):
            line = f'<Default Extension="{ending}" ContentType="{content_type}"/>'
            tag = re.search(r"<Types\b[^>]*>", self.text(_TYPES))
            if tag is None:
                raise UnusualError("unusual")
            self.replace(_TYPES, tag[0], tag[0] + line)

    def free_name(self, pattern: str) -> str:
        """A part's name with the first free number in the place of {}."""
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def zipped(self) -> bytes:
        """The workbook's bytes: parts that were not edited as they were.

        Raises
        ------
        UnusualError
            If an edited part is no longer well-formed.
        """
        from defusedxml.ElementTree import ParseError, fromstring

        written = io.BytesIO()
        known = {entry.filename for entry in self.entries}
        new = [ZipInfo(name, self.entries[0].date_time) for name in self.parts if name not in known]
        try:
            with ZipFile(written, "w") as archive:
                for entry in (*self.entries, *new):
                    data = self.parts[entry.filename]
                    if entry.filename in self._edited and not entry.filename.endswith(".vml"):
                        fromstring(data)
                    archive.writestr(_like(entry), data)
        except ParseError as error:
            raise UnusualError("unusual") from error
        return written.getvalue()


def _like(entry: ZipInfo) -> ZipInfo:
    found = ZipInfo(entry.filename, entry.date_time)
    found.compress_type, found.external_attr = 8, entry.external_attr
    return found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _empty_relations(line: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{_PACKAGE}">{line}</Relationships>'
    )


def _format_of(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    return "html" if b"<table" in data[:4000].lower() else "csv"


def quoted(text: str) -> str:
    """A text as an attribute's value, with its quotes."""
    return quoteattr(text)


def escaped(text: str) -> str:
    """A text as an element's content, without what XML cannot hold."""
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text))
