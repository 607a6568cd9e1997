"""Where every value of a dataset came from, made up when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..dataset import Origin
from .observed import Entry


class Origins(Mapping[tuple[int, str], Origin]):
    """The origin of each value by row and code.

    Parameters
    ----------
    entries : dict from (row, code) to Entry
    """

    def __init__(self, entries: dict[tuple[int, str], Entry]) -> None:
        self._entries = entries

    def __getitem__(self, key: tuple[int, str]) -> Origin:
        entry = self._entries[key]
        return Origin(entry.location, entry.cell.text)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
