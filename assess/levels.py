"""Levels: the score's level, held down by the gates, withheld where coverage is too thin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..indicators.dataset import Array, Dataset
from ..indicators.framework import Framework, Gate, LevelSet, Need
from .ranking import comparable
from .tree import Tree

Levels = NDArray[np.int64]


@dataclass(frozen=True)
class Grades:
    """Levels of n cities.

    Parameters
    ----------
    level_set : LevelSet or None
        None where the framework has no levels: then every level is 0.
    by_score, final : int array (n,)
        Level number by the score alone, and after the gates; 0 = none.
    gates : tuple of Gate
        The gates of the level set.
    allowed : int array (n, g)
        The highest level each gate allows.
    binding : tuple of str or None, length n
        Code of the gate that decided: the lowest below the score's level, the first of equals;
        the coverage policy's where the result is provisional.
    provisional : bool array (n,)
    thin_goals : tuple of tuple of str, length n
        Goals whose coverage is below the policy.
    """

    level_set: LevelSet | None
    by_score: Levels
    final: Levels
    gates: tuple[Gate, ...]
    allowed: Levels
    binding: tuple[str | None, ...]
    provisional: NDArray[np.bool_]
    thin_goals: tuple[tuple[str, ...], ...]

    def rows(self, keep: Sequence[int]) -> Grades:
        """The same for the rows of these positions, in this order."""
        chosen = list(keep)
        return replace(
            self,
            by_score=self.by_score[chosen],
            final=self.final[chosen],
            allowed=self.allowed[chosen],
            binding=tuple(self.binding[row] for row in chosen),
            provisional=self.provisional[chosen],
            thin_goals=tuple(self.thin_goals[row] for row in chosen),
        )


def grade(
    dataset: Dataset, tree: Tree, weights: Mapping[str, float], level_set: LevelSet | None
) -> Grades:
    """Level every city.

    Parameters
    ----------
    dataset : Dataset
    tree : Tree
    weights : mapping from node code to local weight
    level_set : LevelSet or None

    Returns
    -------
    Grades
    """
    framework = dataset.framework
    thin = _thin_goals(framework, tree, weights)
    overall = comparable(tree.coverage[:, 0])
    provisional = (overall < framework.coverage.overall) | np.array(
        [t != () for t in thin], dtype=bool
    )
    provisional |= np.isnan(tree.scores[:, 0])
    if level_set is None:
        none = np.zeros(len(dataset), dtype=np.int64)
        empty = np.zeros((len(dataset), 0), dtype=np.int64)
        return Grades(None, none, none, (), empty, (None,) * len(dataset), provisional, thin)
    by_score = _level_of(level_set, tree.scores[:, 0])
    gates = tuple(gate for gate in framework.gates if gate.level_set == level_set.name)
    allowed = np.column_stack(
        [_allowed(gate, level_set, dataset, tree, weights) for gate in gates]
        or [np.zeros((len(dataset), 0), dtype=np.int64)]
    )
    lowest = allowed.min(axis=1, initial=level_set.levels[-1].number)
    final = np.where(provisional, 0, np.minimum(by_score, lowest))
    binding = _binding(framework, gates, by_score, allowed, provisional)
    return Grades(level_set, by_score, final, gates, allowed, binding, provisional, thin)


def need_met(
    need: Need,
    level_set: LevelSet,
    dataset: Dataset,
    tree: Tree,
    weights: Mapping[str, float],
) -> NDArray[np.bool_]:
    """Whether each city meets one need, for whatever level it asks it."""
    if need.kind == "at_level":
        met = [
            _level_of(level_set, _node_scores(dataset, tree, code)) >= need.threshold
            for code in _nodes(dataset.framework, need.code, weights)
        ]
        met_everywhere: NDArray[np.bool_] = np.all(met, axis=0)
        return met_everywhere
    value = _value(need, dataset, tree)
    missing = np.isnan(value)
    if need.kind == "observed":
        return ~missing
    with np.errstate(invalid="ignore"):
        met_here = value <= need.threshold if need.at_most else value >= need.threshold
    return np.where(missing, need.when_given, met_here)


def _allowed(
    gate: Gate, level_set: LevelSet, dataset: Dataset, tree: Tree, weights: Mapping[str, float]
) -> Levels:
    numbers = [level.number for level in level_set.levels]
    allowed = np.full(len(dataset), numbers[-1], dtype=np.int64)
    for need in gate.needs:
        below = max((number for number in numbers if number < need.level), default=numbers[0])
        met = need_met(need, level_set, dataset, tree, weights)
        allowed = np.where(met, allowed, np.minimum(allowed, below))
    return allowed


def _level_of(level_set: LevelSet, scores: Array) -> Levels:
    lowers = np.array([level.lower for level in level_set.levels])
    numbers = np.array([0] + [level.number for level in level_set.levels])
    rounded = comparable(scores)
    place = np.searchsorted(lowers, np.nan_to_num(rounded, nan=-np.inf), side="right")
    return np.where(
        np.isnan(rounded), 0, numbers[np.where(np.isnan(rounded), 0, np.maximum(place, 1))]
    )


def _nodes(framework: Framework, code: str, weights: Mapping[str, float]) -> tuple[str, ...]:
    if code != "goals":
        return (code,)
    return tuple(goal.code for goal in framework.goals if weights[goal.code] > 0)


def _node_scores(dataset: Dataset, tree: Tree, code: str) -> Array:
    position = [node.code for node in dataset.framework.nodes].index(code)
    return tree.scores[:, position]


def _value(need: Need, dataset: Dataset, tree: Tree) -> Array:
    framework = dataset.framework
    if need.kind == "score":
        return comparable(_node_scores(dataset, tree, need.code))
    if need.code in framework.codes:
        return dataset.values[:, framework.codes.index(need.code)]
    if need.code in framework.by_code:
        return _node_scores(dataset, tree, need.code)
    column = dataset.auxiliary.get(need.code, (None,) * len(dataset))
    if need.kind == "observed":
        return np.array([np.nan if entry is None else 1.0 for entry in column])
    # A text is no number to compare with: the need counts as not shown.
    return np.array([entry if isinstance(entry, int | float) else np.nan for entry in column])


def _thin_goals(
    framework: Framework, tree: Tree, weights: Mapping[str, float]
) -> tuple[tuple[str, ...], ...]:
    position = {node.code: place for place, node in enumerate(framework.nodes)}
    goals = [goal.code for goal in framework.goals if weights[goal.code] > 0]
    shares = comparable(tree.coverage[:, [position[code] for code in goals]])
    thin = shares < framework.coverage.goal
    found: list[tuple[str, ...]] = [()] * len(thin)
    for row in np.flatnonzero(thin.any(axis=1)):
        found[row] = tuple(code for code, low in zip(goals, thin[row], strict=True) if low)
    return tuple(found)


def _binding(
    framework: Framework,
    gates: tuple[Gate, ...],
    by_score: Levels,
    allowed: Levels,
    provisional: NDArray[np.bool_],
) -> tuple[str | None, ...]:
    codes = np.array([None, *(gate.code for gate in gates)], dtype=object)
    lowest = allowed.min(axis=1, initial=np.iinfo(np.int64).max)
    first = allowed.argmin(axis=1) + 1 if gates else np.zeros(len(by_score), dtype=np.int64)
    binding = codes[np.where(lowest < by_score, first, 0)]
    binding[provisional] = framework.coverage.code or "coverage"
    return tuple(binding)
