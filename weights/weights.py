"""Weights: a vector with its method and diagnostics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Weights:
    """What a weighting method found.

    Parameters
    ----------
    method : str
        Its name in the catalogue.
    values : ndarray, shape (indicators,)
        Not negative, their sum is 1; read-only.
    details : mapping
        The method's published quantities by their usual names.

    Raises
    ------
    MethodError
        The values are not a share of one whole.

    Examples
    --------
    >>> Weights("given", [0.25, 0.75]).values.tolist()
    [0.25, 0.75]
    """

    method: str
    values: Vector
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        whole = values.ndim == 1 and bool(np.all(values >= 0)) and abs(values.sum() - 1) < 1e-9
        if not whole:
            raise MethodError("weights.not_shares", method=self.method)
        values.setflags(write=False)
        object.__setattr__(self, "values", values)


def share(method: str, importance: ArrayLike, **details: Any) -> Weights:
    """Weights proportional to `importance`.

    Raises
    ------
    MethodError
        No indicator has any importance.

    Examples
    --------
    >>> share("given", [1, 3]).values.tolist()
    [0.25, 0.75]
    """
    raw = np.asarray(importance, dtype=np.float64)
    total = raw.sum()
    if not total > 0:
        raise MethodError("weights.no_importance", method=method)
    return Weights(method, raw / total, details)
