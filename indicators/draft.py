"""A framework as its author wrote it, not yet checked, with the place of every word."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from ..errors import Issue, Location

Path = tuple[str | int, ...]
_UNSEEN = {"Cc", "Cf", "Cs", "Cn"}


@dataclass(frozen=True)
class Entry:
    """One node as written: its fields, its parent's code, and its path to look places up."""

    fields: Mapping[str, Any]
    parent: str | None
    path: Path

    @property
    def code(self) -> str:
        """The code as written; empty where there is none."""
        return cleaned(self.fields.get("code"))

    @property
    def is_leaf(self) -> bool:
        """Whether the author meant an indicator."""
        return bool(self.fields.get("direction"))

    @property
    def is_counted(self) -> bool:
        """Whether it shares its parent's weight; a bonus or deduction does not."""
        return self.fields.get("block", "index") not in ("bonus", "deduction")


@dataclass(frozen=True)
class Draft:
    """A framework as written.

    Parameters
    ----------
    entries : tuple of Entry
        The nodes, in the author's order; a parent of None is the index.
    rules : mapping
        All that is not the tree: name, version, titles, presets, auxiliary, level_sets, gates …
    places : mapping from path to Location
        Where each word stands.
    found : tuple of Issue
        Faults that showed while it was read.
    """

    entries: tuple[Entry, ...]
    rules: Mapping[str, Any]
    places: Mapping[Path, Location] = field(default_factory=dict)
    found: tuple[Issue, ...] = ()

    def place(self, path: Path) -> Location:
        """Where a path stands, or the nearest place above it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Location()

    def fault(self, kind: str, path: Path, **fields: object) -> Issue:
        """One fault, located; fields `value` and `code` are the raw value and the node."""
        value, code = fields.get("value"), fields.get("code")
        return Issue(
            "error",
            f"framework.{kind}",
            self.place(path),
            indicator=None if code is None else str(code),
            value=None if value is None else str(value),
            fields=fields,
        )


def cleaned(word: object) -> str:
    r"""A word without invisible characters and surrounding blanks; line breaks stay.

    Examples
    --------
    >>> cleaned(" 武汉\u200b "), cleaned(3.0), cleaned(None)
    ('武汉', '3', '')
    """
    if word is None or isinstance(word, dict | list):
        return ""
    if isinstance(word, float) and word.is_integer():
        word = int(word)
    text = str(word).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNSEEN).strip()


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number, not a truth value or text."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value  # noqa: PLR0124 NaN is not itself
        and abs(value) != float("inf")
    )
