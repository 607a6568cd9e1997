"""What only a whole column can tell: stand-ins for missing values, impossible and odd values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import inf

from ...errors import Issue
from ..indicator import Indicator
from .cells import possible_range
from .ladder import is_ladder
from .observed import Entry
from .percentages import percentages
from .policies import Policies
from .spread import Spread

_SENTINELS = {Decimal(f"{sign}{'9' * length}") for sign in ("", "-") for length in range(3, 9)}
_SENTINELS |= {Decimal(-99), Decimal(-9), Decimal(-1)}


def settle(
    entries: Sequence[Entry], indicator: Indicator, policies: Policies
) -> tuple[list[Entry], list[Issue]]:
    """Look at all values of an indicator together.

    Returns
    -------
    entries : list of Entry
        Some converted, some taken as missing, some refused, with their issues.
    issues : list of Issue
        About the column as a whole.
    """
    found: list[Issue] = []
    settled = _without_sentinels(entries, indicator)
    if not is_ladder(indicator):
        settled, found = percentages(settled, indicator)
    settled = _in_range(settled, indicator, policies)
    if not is_ladder(indicator):
        settled = _unusual(settled, policies)
    return settled, found


def _without_sentinels(entries: Sequence[Entry], indicator: Indicator) -> list[Entry]:
    """Take -999 and the like as missing where no real value can be so."""
    if not any(entry.value in _SENTINELS for entry in entries):
        return list(entries)
    others = [e.value for e in entries if e.value is not None and e.value not in _SENTINELS]
    low, high = possible_range(indicator)
    settled = []
    for entry in entries:
        value = entry.value
        if value is None or value not in _SENTINELS:
            settled.append(entry)
            continue
        impossible = (low is not None and value < low) or (high is not None and value > high)
        odd = len(others) > 1 and (value > 3 * max(others) or value < 0 <= min(others))
        sentinel = impossible or odd
        found = entry.issue("flagged", "sentinel")
        settled.append(entry.now("missing", None, found) if sentinel else entry)
    return settled


def _in_range(entries: Sequence[Entry], indicator: Indicator, policies: Policies) -> list[Entry]:
    low, high = possible_range(indicator)
    least = -inf if low is None else low
    most = inf if high is None else high
    return [
        entry
        if (number := entry.number) is None or least <= number <= most
        else _impossible(entry, low, high, policies)
        for entry in entries
    ]


def _impossible(entry: Entry, low: float | None, high: float | None, policies: Policies) -> Entry:
    policy = policies.out_of_range
    words = {"low": _shown(low), "high": _shown(high), "policy": policy}
    if policy == "refuse":
        found = entry.issue("error", "out_of_range_refused", None, **words)
        return entry.now("refused", None, found)
    if policy == "keep":
        found = entry.issue("flagged", "out_of_range_kept", entry.value, **words)
        return entry.now("value", entry.value, found)
    return entry.now("missing", None, entry.issue("flagged", "out_of_range", None, **words))


def _shown(bound: float | None) -> str:
    return "…" if bound is None else f"{bound:g}"


def _unusual(entries: Sequence[Entry], policies: Policies) -> list[Entry]:
    """Zeros that may mean not reported, values in another unit, outliers."""
    numbers = [entry.number for entry in entries]
    spread = Spread([number for number in numbers if number is not None])
    if not spread.tells:
        return list(entries)
    return [
        entry
        if number is None or spread.is_usual(number)
        else _about(entry, number, spread, policies)
        for entry, number in zip(entries, numbers, strict=True)
    ]


def _about(entry: Entry, value: float, spread: Spread, policies: Policies) -> Entry:
    if value == 0 and spread.is_lone_zero:
        return _zero(entry, policies)
    times = spread.other_unit(value)
    if times is not None:
        found = entry.issue("flagged", "unit_suspect", entry.value, times=f"{times:,g}")
        return entry.now("value", entry.value, found)
    if spread.is_far(value):
        found = entry.issue("flagged", "outlier", entry.value)
        return entry.now("value", entry.value, found)
    return entry


def _zero(entry: Entry, policies: Policies) -> Entry:
    if policies.zero_unreported == "missing":
        return entry.now("missing", None, entry.issue("flagged", "zero_missing"))
    return entry.now("value", Decimal(0), entry.issue("flagged", "zero_kept", Decimal(0)))
