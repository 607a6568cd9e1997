"""Judgements: what experts say about the importance of a node's children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["ahp", "bwm", "budget"]


@dataclass(frozen=True, eq=False)
class Expert:
    """One expert's judgements.

    Parameters
    ----------
    name : str
    weight : float
        How much say the expert has, compared with the others.
    by_node : mapping from an inner node's code to an array
        Over its k children in the framework's order. ``ahp``: (k, k), how many times as important
        the row's child is as the column's; NaN = not judged. ``bwm``: (2, k), the best compared
        with each and each compared with the worst. ``budget``: (k,) points.
    """

    name: str
    weight: float
    by_node: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Judgements:
    """The judgements of all experts.

    Parameters
    ----------
    kind : {"ahp", "bwm", "budget"}
    experts : tuple of Expert
    """

    kind: Kind
    experts: tuple[Expert, ...]

    def to_plain(self) -> dict[str, Any]:
        """As plain values; None = not judged."""
        return {
            "kind": self.kind,
            "experts": [
                {
                    "name": expert.name,
                    "weight": expert.weight,
                    "by_node": {code: _plain(found) for code, found in expert.by_node.items()},
                }
                for expert in self.experts
            ],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Judgements:
        """From what `to_plain` gave."""
        experts = tuple(
            Expert(
                one["name"],
                one["weight"],
                {code: np.array(found, dtype=np.float64) for code, found in one["by_node"].items()},
            )
            for one in plain["experts"]
        )
        return cls(plain["kind"], experts)


def _plain(found: NDArray[np.float64]) -> Any:
    rows = found.astype(object)
    rows[np.isnan(found)] = None
    return rows.tolist()
