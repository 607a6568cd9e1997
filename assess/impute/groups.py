"""Filling in by groups of units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...errors import MethodError
from ..normalise.matrix import Matrix, as_matrix, refuse_cells
from .imputed import Fitted, Imputed, filled

Fallback = Literal["refuse", "overall", "missing"]
FALLBACKS = get_args(Fallback)


def fit_groups(
    matrix: ArrayLike, groups: Sequence[str], centre: Callable[[Matrix], Matrix]
) -> Fitted:
    """Learn the centre of each group: ``groups``, ``fill``, and ``overall`` for all units."""
    values = as_matrix(matrix)
    labels = _labels(groups, len(values))
    known = np.unique(labels)
    fill = np.array([centre(values[labels == group]) for group in known])
    return {"groups": known, "fill": fill, "overall": centre(values)}


def fill_by_group(
    matrix: ArrayLike, fitted: Fitted, groups: Sequence[str], fallback: Fallback
) -> Imputed:
    """Fill in by the fitted centres of the groups.

    Raises
    ------
    MethodError
        Names the indicators and units for whose group there is no value.
    """
    if fallback not in FALLBACKS:
        raise MethodError("impute.fallback", fallback=fallback, known=", ".join(FALLBACKS))
    values = as_matrix(matrix)
    labels = _labels(groups, len(values))
    filling = np.full(values.shape, np.nan)
    for group, fill in zip(fitted["groups"], fitted["fill"], strict=True):
        filling[labels == group] = fill
    lacking = np.isnan(values) & np.isnan(filling)
    if fallback == "refuse":
        refuse_cells("impute.empty_group", lacking)
    if fallback == "overall":
        filling = np.where(lacking, fitted["overall"], filling)
        refuse_cells("impute.empty_group", np.isnan(values) & np.isnan(filling))
    return filled(values, filling, groups=fitted["groups"], fill=fitted["fill"])


def _labels(groups: Sequence[str], count: int) -> NDArray[np.str_]:
    if len(groups) != count:
        raise MethodError("impute.group_count", given=len(groups), needed=count)
    labels = np.array(["" if group is None else str(group) for group in groups])
    refuse_cells("impute.no_group", np.isin(labels, ("", "nan"))[:, None])
    return labels
