"""Replies in the conversations on cells that newer spreadsheets keep beside the notes.

Where a cell has a conversation, its note is not shown: what is said there must be a reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from .annotate_package import Package, attributes, escaped

_THREAD = re.compile(
    r"<threadedComment\b[^>]*/>|<threadedComment\b[^>]*>.*?</threadedComment>", re.DOTALL
)
_NAME = "Steelyard"


def add_replies(package: Package, part: str, notes: Mapping[str, str]) -> None:
    """Answer every conversation on a marked cell of a sheet with the cell's note."""
    persons = _target(package, package.workbook, "/person")
    place = _target(package, part, "/threadedComment")
    if not (persons and place):
        return
    text = package.text(place)
    begun: dict[str, dict[str, str]] = {}
    for found in _THREAD.finditer(text):
        own = attributes(found[0].split(">", 1)[0])
        if own.get("ref") in notes and "parentId" not in own and "id" in own:
            begun.setdefault(own["ref"], own)
    author, before = _key(_NAME), len(_THREAD.findall(text))
    replies = "".join(_reply(notes[cell], own, author, before) for cell, own in begun.items())
    if not replies:
        return
    package.replace(place, "</ThreadedComments>", replies + "</ThreadedComments>")
    if author not in package.text(persons):
        person = f'<person displayName="{_NAME}" id="{author}" userId="{_NAME}" providerId="None"/>'
        package.replace(persons, "</personList>", person + "</personList>")


def _reply(note: str, begun: Mapping[str, str], author: str, before: int) -> str:
    """Said at the time of what it answers; the number of replies before makes its key its own."""
    moment, key = begun.get("dT", "2000-01-01T00:00:00.00"), _key(f"{begun['id']} {before}")
    return (
        f'<threadedComment ref="{begun["ref"]}" dT="{moment}" personId="{author}" id="{key}" '
        f'parentId="{begun["id"]}"><text>{escaped(note)}</text></threadedComment>'
    )


def _target(package: Package, part: str, kind: str) -> str | None:
    found = (t for _, k, t in package.relations(part) if k.endswith(kind) and t in package.parts)
    return next(found, None)


def _key(text: str) -> str:
    """An identifier that the same text always gives."""
    return f"{{{str(uuid5(NAMESPACE_URL, f'steelyard:{text}')).upper()}}}"
