"""A framework as YAML: read with the line of every word, and written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ..errors import FrameworkError, Issue, Location
from .draft import Draft, Entry, Path
from .framework import Framework
from .plain_framework import plain_framework

TREE = "tree"
_LARGEST = 2_000_000


def draft_from_yaml(text: str, file: str, sheet: str | None = None) -> Draft:
    """Read a framework's YAML.

    Parameters
    ----------
    text : str
    file : str
        What to call it in findings.
    sheet : str, optional
        The sheet that holds it, where it stands in a workbook.

    Returns
    -------
    Draft

    Raises
    ------
    FrameworkError
        If the text is not YAML, repeats a key, or uses aliases.
    """
    if len(text) > _LARGEST:
        raise _refusal("framework.too_large", Location(file, sheet), limit=_LARGEST)
    places: dict[Path, Location] = {}
    found = _plain(_compose(text, file, sheet), (), places, file, sheet)
    if not isinstance(found, dict):
        raise _refusal("framework.not_a_framework", Location(file, sheet))
    rules = {key: value for key, value in found.items() if key != TREE}
    tree = found.get(TREE)
    entries = tuple(_entries(tree if isinstance(tree, list) else [], None, (TREE,)))
    return Draft(entries, rules, places)


def yaml_from_framework(framework: Framework) -> str:
    """Write a framework as YAML that loads again equal."""
    return yaml.dump(
        plain_framework(framework),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )


def yaml_from_rules(framework: Framework) -> str:
    """Write all but the tree as YAML."""
    plain = plain_framework(framework)
    del plain[TREE]
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Short mappings on one line, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:
        short = all(isinstance(value, str | int | float) for value in mapping.values())
        small = sum(len(str(value)) for value in mapping.values()) < 80
        return super().represent_mapping(tag, mapping.items(), flow_style=short and small)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:
        short = all(isinstance(value, str | int | float | None) for value in sequence)
        return super().represent_sequence(tag, sequence, flow_style=short)


def _compose(text: str, file: str, sheet: str | None) -> yaml.Node | None:
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                line = mark.line + 1 if mark else 1
                raise _refusal("framework.yaml_alias", _line(file, sheet, line))
        return yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        where = _line(file, sheet, line)
        raise _refusal("framework.not_yaml", where, reason=error.problem or "") from error
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise _refusal("framework.not_yaml", Location(file, sheet), reason=reason) from error


def _plain(
    node: yaml.Node | None,
    path: Path,
    places: dict[Path, Location],
    file: str,
    sheet: str | None,
) -> Any:
    if node is None:
        return None
    places[path] = _line(file, sheet, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, (*path, place), places, file, sheet)
            for place, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(getattr(key_node, "value", ""))
            if key in found:
                where = _line(file, sheet, key_node.start_mark.line + 1)
                raise _refusal("framework.repeated_key", where, key=key)
            found[key] = _plain(value_node, (*path, key), places, file, sheet)
        return found
    return yaml.CSafeLoader("").construct_object(node, deep=True)


def _entries(tree: list[Any], parent: str | None, path: Path) -> Iterator[Entry]:
    for place, fields in enumerate(tree):
        if not isinstance(fields, dict):
            continue
        children = fields.get("children")
        own = {key: value for key, value in fields.items() if key != "children"}
        entry = Entry(own, parent, (*path, place))
        yield entry
        if isinstance(children, list):
            yield from _entries(children, entry.code, (*path, place, "children"))


def _line(file: str, sheet: str | None, line: int) -> Location:
    return Location(file, sheet, f"A{line}" if sheet else f"line {line}")


def _refusal(code: str, where: Location, **fields: object) -> FrameworkError:
    return FrameworkError([Issue("error", code, where, fields=fields)])
