"""Local weights from experts' judgements: every node's children weighed on their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..errors import MethodError, RecipeError
from ..indicators.dataset import Array
from ..indicators.framework import Framework, Node
from ..indicators.judgements import Judgements
from ..indicators.local_weights import local_weights
from ..text import say
from ..weights import METHODS
from ..weights.consensus import consensus
from ..weights.experts import expert_shares
from ..weights.table import Mask
from ..weights.weigh import weigh
from ..weights.weights import Weights, share
from .recipe import COMBINED, Recipe

JUDGED = ("ahp", "bwm", "budget")
"""Weightings by judgements."""
_FROM_SHEETS = {"best_to_others", "others_to_worst", "best", "worst"}
"""Options of ``bwm`` that are the judgements themselves."""


def needs_judgements(recipe: Recipe) -> bool:
    """Whether its weights, or some of those that it combines, come from experts."""
    if recipe.weigh != "combine":
        return recipe.weigh in JUDGED
    return not set(JUDGED).isdisjoint(recipe.options_of("weigh", "combine")[COMBINED])


class NodeError(MethodError):
    """Judgements of one node that do not meet a method's preconditions.

    Parameters
    ----------
    node : Node
    cause : MethodError
    """

    def __init__(self, node: Node, cause: MethodError) -> None:
        super().__init__(cause.key, **cause.fields)
        self.node = node

    def message(self, lang: str = "en") -> str:
        """The cause, and the node it is about."""
        name = f"{self.node.code} {self.node.name[lang]}".strip()
        return say("judgement.at_node", lang, node=name, reason=super().message(lang))


def judged_weights(
    framework: Framework, judgements: Judgements, method: str, **options: Any
) -> tuple[Mapping[str, float], Mapping[str, Weights]]:
    """Local weight of every node by experts' judgements.

    Parameters
    ----------
    framework : Framework
    judgements : Judgements
    method : {"ahp", "bwm", "budget"}
    **options
        The method's own; by default an expert's say is what the judgements give it.

    Returns
    -------
    (mapping from code to local weight, mapping from inner node's code to Weights)
        Siblings sum to 1; nodes that nobody judged keep the framework's weights, see
        `unjudged`. Details of each judged node are the method's, over all experts who judged it,
        and ``codes`` of the children weighed, ``expert_names``; for ``bwm`` also ``experts`` with
        ``weights``, ``xi``, ``CR`` and ``CR_input`` of each, and ``consensus``.

    Raises
    ------
    MethodError
        Judgements of another kind, or such as the method refuses; the node is named.
    RecipeError
        The method has no such option.
    """
    METHODS.check_options(method, options)
    for option in _FROM_SHEETS & set(options):
        raise RecipeError("judgement.from_sheets", method=method, option=option)
    if judgements.kind != method:
        raise MethodError("judgement.other_kind", kind=judgements.kind, method=method)
    options = {"expert_weights": None, **options}
    say_of = expert_shares(_say(judgements, options.pop("expert_weights")), len(judgements.experts))
    local = dict(local_weights(framework))
    found = {}
    for node in framework.inner_nodes():
        heard = _heard(judgements, node.code)
        if not heard:
            continue
        codes, places = _judged_children(framework, node, judgements, heard)
        stack = [judgements.experts[at].by_node[node.code] for at in heard]
        try:
            weights = _WEIGHERS[method](stack, places, codes, say_of[heard], options)
        except MethodError as error:
            raise NodeError(node, error) from error
        names = tuple(judgements.experts[at].name for at in heard)
        details = {**weights.details, "codes": codes, "expert_names": names}
        found[node.code] = Weights(method, weights.values, details)
        local |= {child.code: 0.0 for child in framework.children(node.code)}
        local |= dict(zip(codes, weights.values.tolist(), strict=True))
    return local, {node.code: found[node.code] for node in framework.nodes if node.code in found}


def given_judgements(judgements: Judgements | None, method: str) -> Judgements:
    """The judgements for a method.

    Raises
    ------
    RecipeError
        There are none.
    """
    if judgements is None:
        raise RecipeError("recipe.no_judgements", method=method)
    return judgements


def unjudged(framework: Framework, found: Mapping[str, Weights]) -> tuple[str, ...]:
    """Codes of the nodes that nobody judged although their children could be compared."""
    local = local_weights(framework)
    return tuple(
        node.code
        for node in framework.nodes
        if node.code not in found
        and sum(local[child.code] > 0 for child in framework.children(node.code)) > 1
    )


def _say(judgements: Judgements, given: Any) -> Any:
    return [expert.weight for expert in judgements.experts] if given is None else given


def _heard(judgements: Judgements, code: str) -> list[int]:
    """Positions of the experts who judged anything of a node."""
    return [
        place
        for place, expert in enumerate(judgements.experts)
        if code in expert.by_node and _said(expert.by_node[code]).any()
    ]


def _said(judged: Array) -> Mask:
    """Which children a node's judgements say anything about."""
    known = ~np.isnan(judged)
    if judged.ndim == 1:
        return known
    if len(judged) != judged.shape[1]:
        return np.asarray(known.any(axis=0))
    known = known & ~np.eye(len(known), dtype=bool)
    return np.asarray(known.any(axis=0) | known.any(axis=1))


def _judged_children(
    framework: Framework, node: Node, judgements: Judgements, heard: Sequence[int]
) -> tuple[tuple[str, ...], list[int]]:
    """The children that count: those with a weight in the framework, and those judged."""
    local = local_weights(framework)
    said = np.any([_said(judgements.experts[at].by_node[node.code]) for at in heard], axis=0)
    children = framework.children(node.code)
    places = [
        place
        for place, child in enumerate(children)
        if child.block == "index" and (said[place] or local[child.code] > 0)
    ]
    return tuple(children[place].code for place in places), places


_Stack = Sequence[Array]


def _by_ahp(
    stack: _Stack, places: list[int], codes: tuple[str, ...], say_of: Array, options: dict[str, Any]
) -> Weights:
    matrices = np.array([judged[np.ix_(places, places)] for judged in stack])
    return weigh("ahp", matrices, names=codes, expert_weights=say_of, **options)


def _by_budget(
    stack: _Stack, places: list[int], codes: tuple[str, ...], say_of: Array, options: dict[str, Any]
) -> Weights:
    points = np.array([judged[places] for judged in stack])
    if options.get("average") != "median" or not np.allclose(say_of, say_of[0]):
        options = {**options, "expert_weights": say_of}
    return weigh("budget", points, names=codes, **options)


def _by_bwm(
    stack: _Stack, places: list[int], codes: tuple[str, ...], say_of: Array, options: dict[str, Any]
) -> Weights:
    each = []
    for judged in stack:
        rows = {"best_to_others": judged[0, places], "others_to_worst": judged[1, places]}
        each.append(weigh("bwm", names=codes, **rows, **options))
    values = np.array([found.values for found in each])
    experts = {
        key: np.array([found.details.get(key, np.nan) for found in each])
        for key in ("xi", "CR", "CR_input", "best", "worst")
    }
    own = each[0].details if len(each) == 1 else {}
    return share(
        "bwm",
        say_of @ values,
        **{**own, "experts": {"weights": values, **experts}, "consensus": consensus(values)},
    )


_WEIGHERS = {"ahp": _by_ahp, "bwm": _by_bwm, "budget": _by_budget}
