"""A framework as YAML: read with the line of every word, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from ..errors import FrameworkError, Issue, Location
from .checking import checked
from .draft import Draft, Entry, Path
from .framework import Framework
from .plain_framework import plain_framework

TREE, CHILDREN = "tree", "children"
LARGEST = 2_000_000
"""Characters that a framework's text may have."""
_NESTED = 60
_NULL = "tag:yaml.org,2002:null"
_WIDTH = 110


def framework_from_yaml(text: str, file: str) -> Framework:
    r"""Build a framework from YAML text.

    Parameters
    ----------
    text : str
    file : str
        What to call it in findings.

    Raises
    ------
    FrameworkError
        If the framework is faulty; carries every fault.

    Examples
    --------
    >>> rivers = "name: rivers\ntree: [{code: W, direction: cost, low: 0, high: 9}]"
    >>> framework_from_yaml(rivers, "rivers.yaml").node("W").indicator.scale
    'linear'
    """
    return checked(draft_from_yaml(text, lambda line: Location(file, None, f"line {line}")))


def draft_from_yaml(text: str, at: Callable[[int], Location]) -> Draft:
    """Read a framework's YAML without checking it.

    Parameters
    ----------
    text : str
    at : callable
        From a line of the text, counted from 1, to its place.

    Returns
    -------
    Draft

    Raises
    ------
    FrameworkError
        If the text is not YAML, is too large or too deep, or uses aliases.
    """
    if len(text) > LARGEST:
        raise _refusal("too_large", at(1), limit=f"{LARGEST:,}")
    reader = _Reader(at)
    written = reader.plain(_compose(text, at), ())
    if not isinstance(written, dict):
        raise _refusal("not_a_framework", at(1))
    rules = {key: value for key, value in written.items() if key != TREE}
    entries = tuple(reader.entries(written.get(TREE), None, (TREE,)))
    return Draft(entries, rules, reader.places, tuple(reader.found))


def yaml_from_framework(framework: Framework) -> str:
    """Write a framework as YAML that loads again equal."""
    return _dumped(plain_framework(framework))


def yaml_from_rules(framework: Framework) -> str:
    """Write all but the tree as YAML."""
    plain = plain_framework(framework)
    del plain[TREE]
    return _dumped(plain)


class _Reader:
    """Turns YAML nodes to plain values, every scalar as its author spelt it, and notes places."""

    def __init__(self, at: Callable[[int], Location]) -> None:
        self.at = at
        self.places: dict[Path, Location] = {}
        self.found: list[Issue] = []

    def plain(self, node: yaml.Node | None, path: Path) -> Any:
        """The value of a node: dict, list, str or None."""
        if node is None:
            return None
        self.places[path] = self.at(node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, place)) for place, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return None if node.tag == _NULL else str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, place = str(key_node.value), self.at(key_node.start_mark.line + 1)
            if key in values:
                self.found.append(_issue("repeated_key", place, word=key))
                continue
            values[key] = self.plain(value_node, (*path, key))
            self.places[(*path, key)] = place
        return values

    def entries(self, tree: Any, parent: str | None, path: Path) -> Iterator[Entry]:
        """The nodes of a tree, parents first."""
        if tree is None:
            return
        if not isinstance(tree, list):
            self.found.append(_issue("not_a_list", self.places[path], word=path[-1]))
            return
        for place, fields in enumerate(tree):
            here = (*path, place)
            if not isinstance(fields, dict):
                self.found.append(_issue("not_a_mapping", self.places[here], word=path[-1]))
                continue
            own = {key: value for key, value in fields.items() if key != CHILDREN}
            entry = Entry(own, parent, here)
            yield entry
            yield from self.entries(fields.get(CHILDREN), entry.code, (*here, CHILDREN))


def _compose(text: str, at: Callable[[int], Location]) -> yaml.Node | None:
    try:
        _refuse_bombs(text, at)
        return yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refusal("not_yaml", at(line), reason=error.problem or "") from error
    except yaml.YAMLError as error:
        raise _refusal("not_yaml", at(1), reason=str(error).splitlines()[0]) from error


def _refuse_bombs(text: str, at: Callable[[int], Location]) -> None:
    """Refuse aliases, by which a few lines grow to gigabytes, and bottomless nesting."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise _refusal("yaml_alias", at(line))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _NESTED:
            raise _refusal("nested", at(line), limit=_NESTED)


class _Dumper(yaml.SafeDumper):
    """Short mappings on one line, lists indented, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:
        short = all(isinstance(value, str | int | float) for value in mapping.values())
        small = sum(len(str(value)) for value in mapping.values()) < 80
        return super().represent_mapping(tag, mapping.items(), flow_style=short and small)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:
        short = all(isinstance(value, str | int | float | None) for value in sequence)
        return super().represent_sequence(tag, sequence, flow_style=short)


def _dumped(plain: dict[str, Any]) -> str:
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _issue(kind: str, where: Location, **fields: object) -> Issue:
    return Issue("error", f"framework.{kind}", where, fields=fields)


def _refusal(kind: str, where: Location, **fields: object) -> FrameworkError:
    return FrameworkError([_issue(kind, where, **fields)])
