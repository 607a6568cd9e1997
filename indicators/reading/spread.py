"""How the values of one column are spread, and which of them stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

_STEPS = (1e3, 1e4, 1e8)
_APART = 300.0
_FAR = 5.0
_FEW = 3
_SOME = 5


class Spread:
    """The spread of a column's values.

    Parameters
    ----------
    values : sequence of float

    Examples
    --------
    >>> spread = Spread([3, 4, 53, 35, 34, 27, 30, 29, 9, 36, 32, 6000])
    >>> spread.is_far(6000), spread.is_far(53)
    (True, False)
    """

    def __init__(self, values: Sequence[float]) -> None:
        ordered = sorted(values)
        positive = [value for value in ordered if value > 0]
        self.tells = len(positive) >= _FEW
        if not self.tells:
            return
        self._centre = median(positive)
        near = [v for v in positive if self._centre / _APART < v < self._centre * _APART]
        self._least, self._most = near[0], near[-1]
        self.is_lone_zero = positive[0] > self._centre / 5
        quarter = len(ordered) // 4
        self._first, self._third = ordered[quarter], ordered[-1 - quarter]
        self._enough = len(ordered) >= _SOME

    def is_usual(self, value: float) -> bool:
        """Whether nothing at all is odd about a value."""
        near = self._least <= value <= self._most
        return (near and self._first <= value <= self._third) or not (
            (value == 0 and self.is_lone_zero)
            or self.other_unit(value) is not None
            or self.is_far(value)
        )

    def other_unit(self, value: float) -> float | None:
        """By how many times a value is off, where that is a step between common units.

        Examples
        --------
        >>> Spread([15563, 58785, 68016, 456280000]).other_unit(456280000)
        10000.0
        """
        if value <= 0 or self._centre / _APART < value < self._centre * _APART:
            return None
        for step in (*_STEPS, *(1 / step for step in _STEPS)):
            if self._least / 3 <= value / step <= self._most * 3:
                return step
        return None

    def is_far(self, value: float) -> bool:
        """Whether a value lies further out than five times the middle half's width."""
        width = self._third - self._first
        reach = _FAR * width
        inside = self._first - reach <= value <= self._third + reach
        return self._enough and width > 0 and not inside
