"""BWM: the best–worst method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..errors import MethodError
from ..options import Whole
from .table import Matrix, chosen, numbers, refuse
from .weights import Weights, share


def bwm(
    matrix: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    *,
    best_to_others: ArrayLike | None = None,
    others_to_worst: ArrayLike | None = None,
    model: Literal["linear", "nonlinear"] = "linear",
    best: Whole | None = None,
    worst: Whole | None = None,
) -> Weights:
    """Weights from two rows of judgements: best to others ``a_Bj``, others to worst ``a_jW``.

    ``nonlinear`` (2015) minimises ``ξ = max(|w_B / w_j − a_Bj|, |w_j / w_W − a_jW|)``; the
    optimum is found in closed form, and where many weights attain it, the middles of their
    intervals are taken, rescaled to sum to 1. ``linear`` (2016) minimises
    ``ξ = max(|w_B − a_Bj w_j|, |w_j − a_jW w_W|)``, which has one solution.

    Parameters
    ----------
    matrix, directions : optional
        Make no difference.
    best_to_others : array_like, shape (indicators,)
        How many times as important the best is as each, 1 for itself.
    others_to_worst : array_like, shape (indicators,)
        How many times as important each is as the worst, 1 for itself.
    model : {"linear", "nonlinear"}
        Which maximum is minimised.
    best, worst : int, optional
        Positions from 0, where several indicators are judged 1. If several are best or worst
        alike, each is taken in turn and the weights are averaged; the details are those of the
        turn with the largest ξ.

    Returns
    -------
    Weights
        Details: ``xi``; ``CI`` (largest ξ that a_BW allows) and ``CR = ξ / CI`` of the
        nonlinear model; ``CR_input``, the input-based ratio of Liang, Brunelli & Rezaei;
        ``intervals``, shape (indicators, 2), of the nonlinear model; ``best``, ``worst``.

    Raises
    ------
    MethodError
        A row is missing, a judgement is below 1, no indicator is judged 1, or the two rows
        differ on how the best compares with the worst.

    References
    ----------
    Rezaei (2015), Omega 53, 49–57; Rezaei (2016), Omega 64, 126–130; Liang, Brunelli & Rezaei
    (2020), Omega 96, 102175.

    Examples
    --------
    >>> found = bwm(best_to_others=[8, 2, 1], others_to_worst=[1, 5, 8], model="nonlinear")
    >>> found.values.round(4).tolist(), round(found.details["xi"], 4)
    ([0.0714, 0.3387, 0.5899], 0.2583)
    """
    chosen("model", model, ("linear", "nonlinear"))
    from_best, to_worst = _rows(best_to_others, others_to_worst)
    readings = [
        _Judged(first, last, from_best, to_worst)
        for first in _ends("best_to_others", from_best, to_worst, best)
        for last in _ends("others_to_worst", to_worst, from_best, worst)
    ]
    solved = [(_linear if model == "linear" else _nonlinear)(judged) for judged in readings]
    weights = np.mean([values / values.sum() for values, _ in solved], axis=0)
    least_consistent = int(np.argmax([details["xi"] for _, details in solved]))
    judged, details = readings[least_consistent], solved[least_consistent][1]
    ends = {"best": judged.best, "worst": judged.worst, "CR_input": _input_ratio(judged)}
    return share("bwm", weights, **details, **ends)


@dataclass(frozen=True)
class _Judged:
    best: int
    worst: int
    from_best: Matrix
    to_worst: Matrix

    def __post_init__(self) -> None:
        value, back = self.from_best[self.worst], self.to_worst[self.best]
        if value != back or self.best == self.worst:
            raise MethodError("weights.bwm_ends", value=f"{value:g}", back=f"{back:g}")

    @property
    def end(self) -> float:
        """a_BW."""
        return float(self.from_best[self.worst])


def _rows(
    best_to_others: ArrayLike | None, others_to_worst: ArrayLike | None
) -> tuple[Matrix, Matrix]:
    rows = []
    for option, row in (("best_to_others", best_to_others), ("others_to_worst", others_to_worst)):
        if row is None:
            raise MethodError("weights.needs_option", method="bwm", option=option)
        rows.append(numbers("bwm", row).ravel())
        refuse("weights.bwm_below", ~(np.isfinite(rows[-1]) & (rows[-1] >= 1)), option=option)
    from_best, to_worst = rows
    if from_best.size != to_worst.size or from_best.size < 2:
        raise MethodError("weights.bwm_length", best=from_best.size, worst=to_worst.size)
    return from_best, to_worst


def _ends(option: str, row: Matrix, other: Matrix, place: int | None) -> list[int]:
    """The indicators judged 1; of several, those that the other row sets furthest away."""
    ones = np.flatnonzero(row == 1)
    if place is None and ones.size:
        return [int(one) for one in ones if other[one] == other[ones].max()]
    if place is None or place not in ones:
        raise MethodError("weights.bwm_end", option=option)
    return [place]


def _input_ratio(judged: _Judged) -> float:
    end = judged.end
    if end <= 1:
        return 0.0
    products = judged.from_best * judged.to_worst
    inner = np.ones(len(products), dtype=bool)
    inner[[judged.best, judged.worst]] = False
    return float(np.abs(products[inner] - end).max(initial=0.0) / (end * end - end))


def _inner(judged: _Judged) -> tuple[Matrix, Matrix]:
    inner = np.ones(len(judged.from_best), dtype=bool)
    inner[[judged.best, judged.worst]] = False
    return judged.from_best[inner], judged.to_worst[inner]


def _least_xi(judged: _Judged) -> float:
    """The smallest ξ at which every path from the best to the worst allows one ratio.

    Through j the ratio ``w_B / w_W`` lies in ``(a_Bj ∓ ξ)(a_jW ∓ ξ)``, directly in
    ``a_BW ∓ ξ``; intervals on a line have a point in common once each two of them have.
    """
    first, second = _inner(judged)
    if not first.size:
        return 0.0
    product, total = first * second, first + second
    end = judged.end
    between = (product[:, None] - product) / (total[:, None] + total)
    above = _root(total + 1, product - end)
    below = -_root(-(total + 1), product - end)
    return float(max(between.max(), above.max(), below.max(), 0.0))


def _root(linear: Matrix, constant: Matrix) -> Matrix:
    """The root of ``x² − linear x + constant`` that is 0 with the constant."""
    other = linear + np.sign(linear) * np.sqrt(np.maximum(linear**2 - 4 * constant, 0.0))
    nearest: Matrix = 2 * constant / other
    return nearest


def _nonlinear(judged: _Judged) -> tuple[Matrix, dict[str, Any]]:
    xi = _least_xi(judged)
    ratio = _ratio(judged, xi)
    from_best, to_worst = judged.from_best, judged.to_worst
    slack = from_best - xi
    high = np.minimum(np.where(slack > 0, ratio / np.where(slack > 0, slack, 1), np.inf),
                      to_worst + xi)  # fmt: skip
    low = np.maximum(ratio / (from_best + xi), to_worst - xi)
    low = np.minimum(low, high)
    low[judged.best] = high[judged.best] = ratio
    low[judged.worst] = high[judged.worst] = 1.0
    lowest = low / (low + high.sum() - high)
    highest = high / (high + low.sum() - low)
    largest = _largest_xi(judged.end)
    details = {
        "xi": xi,
        "CI": largest,
        "CR": xi / largest if largest > 0 else 0.0,
        "intervals": np.column_stack([lowest, highest]),
    }
    return (lowest + highest) / 2, details


def _ratio(judged: _Judged, xi: float) -> float:
    """``w_B / w_W`` at the optimum: what all paths have in common."""
    first, second = _inner(judged)
    low = np.append((np.maximum(first - xi, 0)) * np.maximum(second - xi, 0), judged.end - xi)
    high = np.append((first + xi) * (second + xi), judged.end + xi)
    return float((low.max() + high.min()) / 2)


def _largest_xi(end: float) -> float:
    """Consistency index: the root of ``(a_BW − ξ)² = a_BW + ξ``; 0.44 for 2, 5.23 for 9."""
    return float((2 * end + 1 - np.sqrt(8 * end + 1)) / 2)


def _linear(judged: _Judged) -> tuple[Matrix, dict[str, Any]]:
    from scipy.optimize import linprog

    count = len(judged.from_best)
    unit = np.eye(count)
    rows = np.vstack(
        [
            unit[judged.best] - judged.from_best[:, None] * unit,
            unit - judged.to_worst[:, None] * unit[judged.worst],
        ]
    )
    xi = np.full((len(rows), 1), -1.0)
    bounds = np.vstack([np.hstack([rows, xi]), np.hstack([-rows, xi])])
    found = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=bounds,
        b_ub=np.zeros(len(bounds)),
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
    )
    values: Matrix = np.maximum(found.x[:count], 0.0)
    return values, {"xi": max(float(found.fun), 0.0)}
