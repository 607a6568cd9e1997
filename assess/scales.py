"""The framework's own scales: a raw value becomes 0–100 between fixed goalposts.

With x held between the goalposts low < high:

=============  ==================================================================
linear         (x − low) / (high − low)
log            (ln x − ln low) / (ln high − ln low)
log1p          (ln(1+x) − ln(1+low)) / (ln(1+high) − ln(1+low))
interval       1 inside the interval, falling linearly to 0 at the goalposts
ladder         level / highest level
ladder-share   mean level / highest level
binary         0 or 1
=============  ==================================================================

A cost scores one minus that; a score is 100 times that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..indicators.dataset import Array
from ..indicators.indicator import Indicator


def scale(indicator: Indicator, raw: Array) -> Array:
    """Scores of 0–100 on the indicator's own scale.

    Parameters
    ----------
    indicator : Indicator
        With a scale and what it needs (goalposts, interval or ladder).
    raw : array (n,)
        Raw values in the indicator's unit; NaN stays NaN.

    Returns
    -------
    array (n,)

    Examples
    --------
    >>> from steelyard.indicators.indicator import Bilingual
    >>> pm25 = Indicator("C101", Bilingual(), "cost", "linear", low=10, high=75)
    >>> scale(pm25, np.array([10.0, 42.5, 90.0])).tolist()
    [100.0, 50.0, 0.0]
    """
    low, high = bounds(indicator)
    share = _SHARES[indicator.scale or "linear"](np.clip(raw, low, high), low, high, indicator)
    return 100.0 * (1.0 - share if indicator.direction == "cost" else share)


def bounds(indicator: Indicator) -> tuple[float, float]:
    """The raw values between which the indicator's scale runs."""
    if indicator.scale == "binary":
        return 0.0, 1.0
    if indicator.scale in ("ladder", "ladder-share"):
        return 0.0, float(max(rung.level for rung in indicator.ladder))
    assert indicator.low is not None and indicator.high is not None
    return float(indicator.low), float(indicator.high)


def _linear(x: Array, low: float, high: float, _: Indicator) -> Array:
    return (x - low) / (high - low)


def _log(x: Array, low: float, high: float, _: Indicator) -> Array:
    share: Array = (np.log(x) - np.log(low)) / (np.log(high) - np.log(low))
    return share


def _log1p(x: Array, low: float, high: float, _: Indicator) -> Array:
    share: Array = (np.log(1 + x) - np.log(1 + low)) / (np.log(1 + high) - np.log(1 + low))
    return share


def _interval(x: Array, low: float, high: float, indicator: Indicator) -> Array:
    assert indicator.interval is not None
    start, end = indicator.interval
    rising = (x - low) / (start - low) if start > low else np.ones_like(x)
    falling = (high - x) / (high - end) if end < high else np.ones_like(x)
    return np.where(np.isnan(x), x, np.minimum(1.0, np.minimum(rising, falling)))


_SHARES: Mapping[str, Callable[[Array, float, float, Indicator], Array]] = {
    "linear": _linear,
    "log": _log,
    "log1p": _log1p,
    "interval": _interval,
    "ladder": _linear,
    "ladder-share": _linear,
    "binary": _linear,
}
