"""The framework that a written evaluation workbook states: as recorded, with the user's changes."""

from __future__ import annotations

from dataclasses import replace

from ...assess.recipe import Recipe
from ...assess.ruler import computes_weights
from ...indicators.framework import Framework, Level, LevelSet, Node
from ...indicators.loading import framework_from_yaml
from .inputs import Inputs
from .layout import FRAMEWORK_COLUMNS, NODE_FIRST, WEIGHT_COLUMNS
from .levels import SET_FIRST, policy_row
from .record import Record


def written_framework(inputs: Inputs) -> Framework:
    """The framework as it was when the workbook was written."""
    return framework_from_yaml("\n".join(inputs.lines("source", 1)), inputs.file)


def stated_framework(
    inputs: Inputs, framework: Framework, recipe: Recipe, record: Record
) -> Framework:
    """The framework with weights, goalposts, level bounds and coverage as on their sheets."""
    if not computes_weights(recipe):
        framework = _weights(inputs, framework, record)
    nodes = [
        _goalposts(inputs, node, NODE_FIRST + place)
        for place, node in enumerate(framework.nodes[1:])
    ]
    framework = replace(framework, nodes=(framework.root, *nodes))
    return _levels(inputs, _coverage(inputs, framework, recipe), recipe)


def _weights(inputs: Inputs, framework: Framework, record: Record) -> Framework:
    nodes = [framework.root]
    for place, node in enumerate(framework.nodes[1:]):
        if node.block != "index":
            nodes.append(node)
            continue
        column, written = WEIGHT_COLUMNS["weight"], record.weights[node.code]
        found = inputs.number("weights", NODE_FIRST + place, column, written)
        nodes.append(replace(node, weight=found or 0.0))
    return replace(framework, nodes=tuple(nodes))


def _goalposts(inputs: Inputs, node: Node, row: int) -> Node:
    indicator = node.indicator
    if indicator is None:
        return node

    def read(field: str, written: float | None) -> float | None:
        return inputs.number("framework", row, FRAMEWORK_COLUMNS[field], written)

    changed = replace(indicator, low=read("low", indicator.low), high=read("high", indicator.high))
    if indicator.interval:
        start = read("start", indicator.interval[0])
        end = read("end", indicator.interval[1])
        if start is not None and end is not None:
            changed = replace(changed, interval=(start, end))
    return replace(node, indicator=changed)


def _coverage(inputs: Inputs, framework: Framework, recipe: Recipe) -> Framework:
    row, coverage = policy_row(framework.level_set(recipe.levels)), framework.coverage
    overall = inputs.number("levels", row, 2, coverage.overall)
    goal = inputs.number("levels", row + 1, 2, coverage.goal)
    wanted = replace(
        coverage,
        overall=coverage.overall if overall is None else overall,
        goal=coverage.goal if goal is None else goal,
    )
    return replace(framework, coverage=wanted)


def _levels(inputs: Inputs, framework: Framework, recipe: Recipe) -> Framework:
    chosen = framework.level_set(recipe.levels)
    if chosen is None:
        return framework
    levels = tuple(_bound(inputs, level, place) for place, level in enumerate(chosen.levels))
    changed = LevelSet(chosen.name, chosen.title, levels)
    sets = tuple(changed if one.name == chosen.name else one for one in framework.level_sets)
    return replace(framework, level_sets=sets)


def _bound(inputs: Inputs, level: Level, place: int) -> Level:
    lower = inputs.number("levels", SET_FIRST + place, 3, level.lower)
    return replace(level, lower=level.lower if lower is None else lower)
