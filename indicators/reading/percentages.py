"""Fractions of 1 in a column of percentages: certain, or not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...errors import Issue, Severity
from ..indicator import Indicator
from . import units
from .observed import Entry

_LOWEST = 5
"""Goalposts from this percentage up make a value of 1 % or less unbelievable."""


def percentages(entries: Sequence[Entry], indicator: Indicator) -> tuple[list[Entry], list[Issue]]:
    """Turn fractions into percentages where that is certain, refuse them where it is not."""
    small = indicator.high is not None and indicator.high <= _LOWEST
    if small or not units.is_percent(indicator.unit):
        return list(entries), []
    suspects = [
        e for e in entries if e.understood.plain and e.value is not None and 0 < e.value <= 1
    ]
    if not suspects:
        return list(entries), []
    suspect = {id(entry) for entry in suspects}
    if all(entry.column.is_certain for entry in suspects):
        return [_small(e) if id(e) in suspect else e for e in entries], []
    if (indicator.low or 0) >= _LOWEST:
        return [_hundredfold(e) if id(e) in suspect else e for e in entries], []
    others = [e.value for e in entries if e.value is not None and e.value > 1]
    if not others:
        return list(entries), [_all_fractions(suspects, indicator)]
    scale = _Scale(others)
    return [_mixed(e, scale) if id(e) in suspect else e for e in entries], []


class _Scale:
    """The percentages beside the suspects."""

    def __init__(self, others: Sequence[Decimal]) -> None:
        self.least, self.most = min(others), max(others)
        self.decimals = max(_decimals(value) for value in others)


def _hundredfold(entry: Entry) -> Entry:
    assert entry.value is not None
    used = entry.value * 100
    return entry.now("value", used, entry.issue("repaired", "fraction_as_percent", used))


def _all_fractions(suspects: Sequence[Entry], indicator: Indicator) -> Issue:
    first = min(suspects, key=lambda e: (e.cell.row, e.cell.column))
    header = first.column.header
    place = first.grid.location(header)
    stated = first.column.unit is not None and "%" in units.spelled(first.column.unit)
    severity: Severity = "flagged" if stated else "error"
    what = "reading.percent_small" if stated else "reading.percent_doubtful"
    words = {"count": len(suspects)}
    return Issue(severity, what, place, None, indicator.code, header.text, None, words)


def _mixed(entry: Entry, scale: _Scale) -> Entry:
    """Certain where 100 times the value lies among the others and is written as finely."""
    assert entry.value is not None
    used = entry.value * 100
    finer = _decimals(entry.value) > scale.decimals
    if finer and scale.least / 2 <= used <= min(2 * scale.most, Decimal(100)):
        return _hundredfold(entry)
    if scale.least > 10:
        return entry.now("refused", None, entry.issue("error", "percent_cell_doubtful"))
    return _small(entry)


def _small(entry: Entry) -> Entry:
    return entry.now("value", entry.value, entry.issue("flagged", "percent_cell_small"))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
