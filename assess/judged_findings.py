"""What experts' judgements leave in doubt: contradictions, little consensus, nodes not judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..errors import Issue
from ..indicators.framework import Framework
from ..weights.weights import Weights
from .judged import JUDGED, unjudged

ACCEPTED = 0.1
"""Saaty's bound for the consistency ratio."""
LOW_CONSENSUS = 0.625
"""Goepel's bound below which a group hardly agrees."""


def judged_findings(framework: Framework, found: Mapping[str, Weights]) -> tuple[Issue, ...]:
    """Findings about judged weights, all flagged.

    Parameters
    ----------
    framework : Framework
    found : mapping from node code to Weights
        As `judged_weights` gives it.

    Returns
    -------
    tuple of Issue
        An expert whose consistency ratio exceeds 0.1 (AHP), with the judgement to reconsider;
        a node on which the group hardly agrees; nodes that nobody judged.
    """
    issues = [issue for code, one in found.items() for issue in _of_node(code, one)]
    rest = unjudged(framework, found)
    if rest:
        issues.append(Issue("flagged", "judgement.unjudged", fields={"codes": ", ".join(rest)}))
    return tuple(issues)


def judged_parts(weighing: Mapping[str, Weights]) -> Mapping[str, Weights]:
    """What judgements found at each node, alone or as a part of ``combine``; empty without any."""
    judged: dict[str, Weights] = {}
    for code, found in weighing.items():
        judged |= {code: found} if found.method in JUDGED else found.details.get("judged", {})
    return judged


def _of_node(code: str, found: Weights) -> Iterator[Issue]:
    if found.method == "ahp":
        yield from _contradictions(code, found.details)
    agreed = found.details.get("consensus", float("nan"))
    if agreed < LOW_CONSENSUS:
        words = {"node": code, "consensus": f"{agreed:.2f}", "bound": LOW_CONSENSUS}
        yield Issue("flagged", "judgement.low_consensus", fields=words)


def _contradictions(code: str, details: Mapping[str, Any]) -> Iterator[Issue]:
    advice: dict[int, Mapping[str, Any]] = {}
    for one in details["reconsider"]:
        advice.setdefault(one["expert"], one)
    for expert, ratio in enumerate(np.asarray(details["experts"]["CR"]).tolist()):
        if not ratio > ACCEPTED:
            continue
        words = {"node": code, "expert": details["expert_names"][expert], "CR": f"{ratio:.3f}"}
        if expert not in advice:
            yield Issue("flagged", "judgement.inconsistent_throughout", fields=words)
            continue
        one, codes = advice[expert], details["codes"]
        words |= {
            "row": codes[one["row"]],
            "column": codes[one["column"]],
            "current": grade(one["current"]),
            "fitting": f"{one['fitting']:.2f}",
            "suggested": grade(one["suggested"]),
            "after": f"{one['CR_after']:.3f}",
        }
        yield Issue("flagged", "judgement.inconsistent", fields=words)


def grade(ratio: float) -> str:
    """A judgement as people write it.

    Examples
    --------
    >>> grade(3.0), grade(1 / 3), grade(2.5)
    ('3', '1/3', '2.5')
    """
    below = 1 / ratio
    if ratio < 1 and abs(below - round(below)) < 1e-9:
        return f"1/{round(below)}"
    return f"{ratio:.4g}"
