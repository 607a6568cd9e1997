"""Weights within the tree: local ones that sum to 1 among siblings, and global ones."""

from __future__ import annotations

from collections.abc import Mapping

from .framework import Framework, Node, Preset


def local_weights(framework: Framework, preset: str | None = None) -> Mapping[str, float]:
    """Local weight of every node within its parent.

    Parameters
    ----------
    framework : Framework
    preset : str, optional
        Name of a preset, or ``equal``; the framework's own weights unless given.

    Returns
    -------
    mapping from code to weight
        Siblings sum to 1, the root is 1, and bonus and deduction blocks are 0: they count
        by their points.

    Raises
    ------
    NotFoundError
        If the framework has no such preset.
    """
    if preset is None:
        return _rescaled(framework, {node.code: node.weight for node in framework.nodes})
    found = _preset(framework, preset)
    if found.equal:
        return _rescaled(framework, {n.code: float(n.weight > 0) for n in framework.nodes})
    declared = {node.code: node.weight for node in framework.nodes} | dict(found.weights)
    local = _rescaled(framework, declared)
    return _with_share(framework, local, found) if found.share_nodes else local


def global_weights(framework: Framework, local: Mapping[str, float]) -> Mapping[str, float]:
    """Weight of every node in the index: the product of the local weights down to it."""
    overall: dict[str, float] = {}
    for node in framework.nodes:
        above = 1.0 if node.parent is None else overall[node.parent]
        overall[node.code] = above * local[node.code]
    return overall


def from_global(framework: Framework, leaves: Mapping[str, float]) -> Mapping[str, float]:
    """Local weights that give the indicators these global weights.

    A node whose indicators all weigh 0 keeps its children's declared proportions.
    """
    total = {node.code: 0.0 for node in framework.nodes}
    for code, weight in leaves.items():
        for node in _upwards(framework, code):
            total[node.code] += weight
    declared = {
        node.code: total[node.code] if node.parent is None or total[node.parent] else node.weight
        for node in framework.nodes
    }
    return _rescaled(framework, declared)


def shared_weight(framework: Framework, preset: Preset) -> float:
    """What the indicators of a `share` preset weigh in the index before they are raised."""
    overall = global_weights(framework, local_weights(framework))
    return sum(overall[code] for code in preset.share_nodes)


def _preset(framework: Framework, name: str) -> Preset:
    if name == "equal" and all(preset.name != "equal" for preset in framework.presets):
        return Preset("equal", framework.title, equal=True)
    return framework.preset(name)


def _rescaled(framework: Framework, declared: Mapping[str, float]) -> Mapping[str, float]:
    local = {framework.root.code: 1.0}
    for node in framework.nodes:
        children = framework.children(node.code)
        total = sum(declared[child.code] for child in children if child.block == "index")
        for child in children:
            counted = child.block == "index" and total > 0
            local[child.code] = declared[child.code] / total if counted else 0.0
    return local


def _with_share(
    framework: Framework, local: Mapping[str, float], preset: Preset
) -> Mapping[str, float]:
    overall = global_weights(framework, local)
    raised = sum(overall[code] for code in preset.share_nodes)
    share = preset.share_of_index
    leaves = {
        code: overall[code] * (share / raised)
        if code in preset.share_nodes
        else overall[code] * ((1 - share) / (1 - raised))
        for code in framework.codes
    }
    return from_global(framework, leaves)


def _upwards(framework: Framework, code: str) -> list[Node]:
    path = [framework.node(code)]
    while path[-1].parent is not None:
        path.append(framework.by_code[path[-1].parent])
    return path
