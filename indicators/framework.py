"""The framework: the tree from the index down to the indicators, and the rules of the grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ..errors import NotFoundError
from .indicator import Bilingual, Indicator

INDEX = "index"
"""Code of the tree's root."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree: the index, a goal, a dimension or an indicator.

    Parameters
    ----------
    code : str
        Unique within the framework; the root's is ``index``.
    name : Bilingual
    parent : str or None
        Code of the parent; None for the root.
    weight : float
        Local weight, as declared; siblings are rescaled to 1. A node of weight 0 is scored and
        shown beside its parent without counting in it.
    indicator : Indicator or None
        What a leaf measures; None for an inner node.
    block : {"index", "bonus", "deduction"}
        A bonus adds to the index, a deduction takes from it, up to `points`.
    points : float
        Points of a bonus or deduction block at a score of 100.
    """

    code: str
    name: Bilingual
    parent: str | None
    weight: float = 1.0
    indicator: Indicator | None = None
    block: Literal["index", "bonus", "deduction"] = "index"
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Preset:
    """A declared alternative to the framework's weights.

    Exactly one of the three is given: `equal` makes siblings equal everywhere; `weights` replaces
    local weights by code; `share` raises the named indicators, in proportion, to a given
    share of the index and shrinks all others alike.
    """

    name: str
    title: Bilingual
    equal: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    share_nodes: tuple[str, ...] = ()
    share_of_index: float = 0.0


@dataclass(frozen=True, slots=True)
class Auxiliary:
    """An input that is not scored but feeds gates, notes, groups and maps."""

    code: str
    name: Bilingual
    kind: Literal["number", "text"] = "number"
    unit: Bilingual = Bilingual()
    aliases: tuple[str, ...] = ()
    group: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One grade: its number, its name and the score at which it begins."""

    number: int
    name: Bilingual
    lower: float


@dataclass(frozen=True, slots=True)
class LevelSet:
    """The grades of one scheme, lowest first."""

    name: str
    title: Bilingual
    levels: tuple[Level, ...]

    def of(self, score: float) -> Level:
        """The level of a score that is already rounded to 8 decimals."""
        reached = [level for level in self.levels if score >= level.lower]
        return reached[-1] if reached else self.levels[0]


@dataclass(frozen=True, slots=True)
class Need:
    """What one gate asks of a city before it may stand at `level` or above.

    Parameters
    ----------
    level : int
        The level that needs it, and every level above.
    kind : {"at_level", "value", "score", "observed"}
        ``at_level``: the score of node `code` is at level >= `threshold`;
        ``value``: the raw value of an indicator or auxiliary input is >= or <= `threshold`;
        ``score``: the node's score is; ``observed``: the input is there.
    code : str
        A node, an indicator, an auxiliary input, or ``goals`` for every counted goal.
    threshold : float
    at_most : bool
        True for <=, False for >=.
    when_given : bool
        True: holds where the input is missing; False: missing means not shown, so not met.
    """

    level: int
    kind: Literal["at_level", "value", "score", "observed"]
    code: str
    threshold: float = 0.0
    at_most: bool = False
    when_given: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """A named condition on the levels of one level set."""

    code: str
    name: Bilingual
    level_set: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of weight below which a result is provisional and bears no level."""

    overall: float = 0.75
    goal: float = 0.60
    code: str = ""
    name: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class Rounding:
    """Half-up decimal rounding of scores: how many decimals, at which nodes."""

    decimals: int
    nodes: Literal["all", "goals", "index"] = "all"


@dataclass(frozen=True)
class Framework:
    """An indicator framework: pure data.

    Parameters
    ----------
    name, version : str
    title, about, source : Bilingual
    nodes : tuple of Node
        The root first, then depth first, children in declared order.
    presets, auxiliary, level_sets, gates : tuple
    coverage : Coverage
    rounding : Rounding or None
    weak_points : tuple of Bilingual
        What the method annex must admit.
    """

    name: str
    version: str
    title: Bilingual
    nodes: tuple[Node, ...]
    about: Bilingual = Bilingual()
    source: Bilingual = Bilingual()
    presets: tuple[Preset, ...] = ()
    auxiliary: tuple[Auxiliary, ...] = ()
    level_sets: tuple[LevelSet, ...] = ()
    gates: tuple[Gate, ...] = ()
    coverage: Coverage = Coverage()
    rounding: Rounding | None = None
    weak_points: tuple[Bilingual, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        """Every node by its code."""
        return {node.code: node for node in self.nodes}

    @cached_property
    def root(self) -> Node:
        """The index itself."""
        return self.nodes[0]

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The leaves' indicators, in tree order: the columns of every dataset."""
        return tuple(node.indicator for node in self.nodes if node.indicator is not None)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The indicators' codes, in column order."""
        return tuple(indicator.code for indicator in self.indicators)

    @cached_property
    def measures(self) -> Mapping[str, Indicator | Auxiliary]:
        """Everything that a city is asked for, by code: indicators, then auxiliary inputs."""
        found: dict[str, Indicator | Auxiliary] = {one.code: one for one in self.indicators}
        return found | {one.code: one for one in self.auxiliary}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Node, ...]]:
        children: dict[str, list[Node]] = {node.code: [] for node in self.nodes}
        for node in self.nodes:
            if node.parent is not None:
                children[node.parent].append(node)
        return {code: tuple(nodes) for code, nodes in children.items()}

    def children(self, code: str) -> tuple[Node, ...]:
        """The children of a node, in declared order; empty for an indicator."""
        return self._children[code]

    @cached_property
    def goals(self) -> tuple[Node, ...]:
        """The nodes right under the index."""
        return self.children(self.root.code)

    def node(self, code: str) -> Node:
        """The node of `code`.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        if code not in self.by_code:
            raise NotFoundError("framework.no_node", code=code)
        return self.by_code[code]

    def inner_nodes(self) -> Iterator[Node]:
        """The nodes with children, children always before their parent."""
        return (node for node in reversed(self.nodes) if node.indicator is None)

    def leaves(self, code: str) -> tuple[Node, ...]:
        """The indicators at or under a node, in column order."""
        node = self.node(code)
        if node.indicator is not None:
            return (node,)
        return tuple(leaf for child in self.children(code) for leaf in self.leaves(child.code))

    def goal_of(self, code: str) -> Node:
        """The goal that a node belongs to; the root's is the root."""
        node = self.node(code)
        while node.parent is not None and node.parent != self.root.code:
            node = self.by_code[node.parent]
        return node

    def tier(self, node: Node) -> Literal["index", "goals", "dimensions"]:
        """Where an inner node stands: the index, a goal, or below."""
        if node.parent is None:
            return "index"
        return "goals" if node.parent == self.root.code else "dimensions"

    def level_set(self, name: str = "default") -> LevelSet | None:
        """The level set of that name; ``default`` means the first one declared."""
        for levels in self.level_sets:
            if levels.name == name:
                return levels
        if name == "default":
            return self.level_sets[0] if self.level_sets else None
        raise NotFoundError("framework.no_level_set", name=name)

    def preset(self, name: str) -> Preset:
        """The weight preset of that name."""
        for preset in self.presets:
            if preset.name == name:
                return preset
        raise NotFoundError("framework.no_preset", name=name)
