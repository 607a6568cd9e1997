"""A framework as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .framework import Framework
from .plain_framework import TEXTS, plain_framework
from .shaping import DIRECTION_WORDS
from .table_columns import HEADERS, ladder_text, names_text
from .yaml_file import CHILDREN, TREE, yaml_from_rules

_ALIKE = ("code", "weight", "scale", "low", "high", "block", "points")
_TEXTS = {"name": ("name_zh", "name_en"), **{text: (text, f"{text}_en") for text in TEXTS}}


def rows_from_framework(framework: Framework, lang: str = "en") -> list[list[object]]:
    """Write a framework's tree as the rows of a table, the heads first.

    Parameters
    ----------
    framework : Framework
    lang : {"zh", "en"}
        Of the heads and directions.

    Returns
    -------
    list of rows of cells
        None for an empty one; all rows of one length.
    """
    place = int(lang == "zh")
    rows: list[list[object]] = [[words[place] for words in HEADERS.values()]]
    for node, parent in _nodes(plain_framework(framework)[TREE], None):
        cells = _cells(node, parent, place)
        rows.append([cells.get(column) for column in HEADERS])
    return rows


def rules_from_framework(framework: Framework) -> list[str]:
    """The rest of a framework, as lines of YAML."""
    return yaml_from_rules(framework).rstrip("\n").split("\n")


def _nodes(
    nodes: list[dict[str, Any]], parent: str | None
) -> Iterator[tuple[dict[str, Any], str | None]]:
    for node in nodes:
        yield node, parent
        yield from _nodes(node.get(CHILDREN, []), node["code"])


def _cells(node: Mapping[str, Any], parent: str | None, place: int) -> dict[str, object]:
    low, high = node.get("range", (None, None))
    start, end = node.get("interval", (None, None))
    cells: dict[str, object] = {
        **{key: node.get(key) for key in _ALIKE},
        "parent": parent,
        "interval_low": start,
        "interval_high": end,
        "range_low": low,
        "range_high": high,
        "ladder": ladder_text(node.get("ladder", ())) or None,
        "aliases": names_text(node.get("aliases", ())) or None,
    }
    if "direction" in node:
        cells["direction"] = DIRECTION_WORDS[node["direction"]][place]
    for text, columns in _TEXTS.items():
        both = node.get(text, {})
        for lang, column in zip(("zh", "en"), columns, strict=True):
            cells[column] = both.get(lang) or None
    return cells
