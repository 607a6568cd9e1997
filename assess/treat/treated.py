"""What a treatment returns: the values, and every cell it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...text import say
from ..normalise.matrix import Matrix


@dataclass(frozen=True, slots=True)
class TreatedCell:
    """One cell that a treatment changed.

    Parameters
    ----------
    row, column : int
        Its place in the matrix, from 0.
    before, after : float
        In the indicator's unit; after a logarithm or Box–Cox, in the transformed one.
    step : {"high", "low", "log", "boxcox"}
        Winsorised at the high or the low end, or transformed with its column.
    """

    row: int
    column: int
    before: float
    after: float
    step: str

    def sentence(self, lang: str = "en") -> str:
        """What was done to the cell, in `lang`."""
        return say(f"treat.cell.{self.step}", lang, before=self.before, after=self.after)


@dataclass(frozen=True)
class Treated:
    """A treated matrix.

    Parameters
    ----------
    values : ndarray, shape (units, indicators)
        NaN where it was missing.
    cells : tuple of TreatedCell
        By column, then row.
    fitted : mapping from a word to an array, shape (indicators,)
        What was learned; see `transform.apply`.
    details : mapping from a word to an array, shape (indicators,)
        ``skewness``, ``kurtosis`` and ``passed`` before, ``skewness_after``, ``kurtosis_after``
        and ``passed_after``; ``winsorised``, the number of such cells; ``transformed``.
    """

    values: Matrix
    cells: tuple[TreatedCell, ...]
    fitted: Mapping[str, Matrix]
    details: Mapping[str, NDArray[np.generic]]
