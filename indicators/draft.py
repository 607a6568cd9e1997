"""A framework as its author wrote it, not yet checked, with the place of every word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import Location

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Entry:
    """One node as written: its fields, its parent's code, and its path to look places up."""

    fields: Mapping[str, Any]
    parent: str | None
    path: Path

    @property
    def code(self) -> str:
        """The code as written; empty where there is none."""
        return str(self.fields.get("code") or "").strip()

    @property
    def is_leaf(self) -> bool:
        """Whether the author meant an indicator."""
        return bool(self.fields.get("direction"))


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
    """

    entries: tuple[Entry, ...]
    rules: Mapping[str, Any]
    places: Mapping[Path, Location] = field(default_factory=dict)

    def place(self, path: Path) -> Location:
        """Where a path stands, or the nearest place above it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Location()


def is_number(value: object) -> bool:
    """Whether a value is a finite number, not a truth value or text."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value  # noqa: PLR0124 NaN is not itself
        and abs(value) != float("inf")
    )
