"""What one cell says about one measure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from ...errors import Issue, Location, Severity
from ..framework import Auxiliary
from ..indicator import Indicator
from . import units
from .grid import Cell, fold, shown, visible
from .ladder import is_ladder, is_qualitative, level_of
from .numbers import Number, is_date, number_in
from .policies import Policies

State = Literal["value", "missing", "not_applicable", "refused"]
_MISSING = {
    "暂无", "暂缺", "暂无数据", "无", "无数据", "没有数据", "未统计", "未上报", "未填", "未填报",
    "未报", "未报送", "未提供", "未知", "不详", "缺", "缺失", "缺报", "缺数据", "待定", "待补",
    "待填", "待核", "待核实", "空", "空白", "na", "nan", "null", "none", "nil", "missing",
    "unknown", "tbd", "tba", "notavailable", "notreported", "nodata", "pending", "blank",
}  # fmt: skip
_NOT_APPLICABLE = {"不适用", "无此项", "无此业务", "notapplicable", "naapplicable", "不涉及"}
_ANSWERS = {"是", "否", "yes", "no", "Yes", "No"}
"""How a yes-or-no indicator is usually answered: nothing is repaired."""
_MARKS = re.compile(r"[\s\-–—―_/\\.。…·*#?？~～、,，|]+$")
_ACTS = ("accounting", "magnitude", "decimal_comma", "thousands", "scientific", "footnote",
         "full_width", "blanks")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a cell.

    Parameters
    ----------
    state : str
    value : Decimal or None
        In the measure's unit.
    plain : bool
        A bare number, whose unit only the column tells.
    issues : tuple of Issue
    """

    state: State
    value: Decimal | None = None
    plain: bool = False
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What a cell is asked: whose value of what, and where.

    Parameters
    ----------
    measure : Indicator or Auxiliary
    location : Location
    city : str
    factor : Fraction
        From the unit that the header states to the measure's.
    policies : Policies
    year : int or None
        Of the record.
    """

    measure: Indicator | Auxiliary
    location: Location
    city: str
    factor: Fraction = Fraction(1)
    policies: Policies = field(default_factory=Policies)
    year: int | None = None

    def issue(
        self, severity: Severity, what: str, cell: Cell, used: object = None, **words: object
    ) -> Issue:
        """A finding about the cell."""
        return Issue(
            severity,
            f"reading.{what}",
            self.location,
            self.city,
            self.measure.code,
            cell.text,
            float(used) if isinstance(used, Decimal) else None,
            {**_words(self.measure, cell, used), **words},
            self.year,
        )

    def refused(self, what: str, cell: Cell, **words: object) -> Understood:
        """Refuse the cell."""
        return Understood("refused", issues=(self.issue("error", what, cell, **words),))

    def missing(self, what: str, cell: Cell) -> Understood:
        """Take the cell as not reported."""
        severity: Severity = "error" if self.policies.missing == "refuse" else "flagged"
        found = self.issue(severity, what, cell, policy=self.policies.missing)
        return Understood("refused" if severity == "error" else "missing", issues=(found,))


def _words(measure: Indicator | Auxiliary, cell: Cell, used: object) -> Mapping[str, object]:
    return {
        "name": measure.name.zh or measure.name.en,
        "unit": measure.unit.zh or measure.unit.en or "—",
        "value": shown(cell.text),
        "used": shown(float(used)) if isinstance(used, Decimal) else "—",
    }


def understand(cell: Cell, asked: Asked) -> Understood:
    """What a cell says: a number in the measure's unit, nothing, or something to refuse."""
    if cell.kind == "number":
        return _number(cell, asked)
    if cell.kind == "text":
        return _text(cell, asked)
    if cell.kind == "blank":
        return asked.missing("blank", cell)
    if cell.kind == "error":
        return asked.missing("error_cell", cell)
    if cell.kind == "boolean":
        return _boolean(cell, asked)
    return asked.refused("date" if cell.kind == "date" else "formula_without_value", cell)


def _boolean(cell: Cell, asked: Asked) -> Understood:
    if is_ladder(asked.measure):
        return Understood("value", Decimal(int(cell.value)))
    return asked.refused("qualitative", cell)


def bare_number(cell: Cell) -> Understood:
    """A number in the measure's unit: the common case."""
    return Understood("value", Decimal(repr(cell.value)), True)


def _number(cell: Cell, asked: Asked) -> Understood:
    value = Decimal(repr(cell.value))
    if cell.form == "%":
        return _percent_format(value, cell, asked)
    return Understood("value", units.times(value, asked.factor), plain=asked.factor == 1)


def _percent_format(value: Decimal, cell: Cell, asked: Asked) -> Understood:
    if not units.is_percent(asked.measure.unit):
        return asked.refused("percent_in_other_unit", cell)
    used = value * 100
    if used > 100 and value > 1 and not _possible(used, asked) and _possible(value, asked):
        return asked.refused("percent_format_doubtful", cell, shown=f"{used.normalize():f}%")
    return Understood(
        "value", used, issues=(asked.issue("repaired", "percent_format", cell, used),)
    )


def _possible(value: Decimal, asked: Asked) -> bool:
    low, high = possible_range(asked.measure)
    return (low is None or float(value) >= low) and (high is None or float(value) <= high)


@lru_cache(maxsize=4096)
def possible_range(measure: Indicator | Auxiliary) -> tuple[float | None, float | None]:
    """Between what a value can be: as declared, else 0–100 for %, else from 0 where goalposts are.

    Examples
    --------
    >>> from steelyard.indicators.indicator import Bilingual
    >>> possible_range(Indicator("A", Bilingual("率"), unit=Bilingual("%")))
    (0.0, 100.0)
    """
    if isinstance(measure, Auxiliary):
        return None, None
    low, high = measure.valid_range
    if low is None and high is None and is_ladder(measure):
        levels = [float(rung.level) for rung in measure.ladder]
        return (min(levels), max(levels)) if levels else (0.0, 1.0)
    if low is None and high is None:
        never_negative = measure.low is not None and measure.low >= 0
        percent = units.is_percent(measure.unit) and (measure.high or 0) <= 100
        low = 0.0 if never_negative or (percent and measure.low is None) else None
        high = 100.0 if percent else None
    return low, high


def _text(cell: Cell, asked: Asked) -> Understood:
    text = visible(str(cell.value))
    if is_ladder(asked.measure) and isinstance(asked.measure, Indicator):
        level = level_of(text, asked.measure)
        if level is not None:
            return _level(level, text, cell, asked)
    number = number_in(str(cell.value))
    if number is not None and is_ladder(asked.measure) and (number.unit or number.scale):
        return asked.refused("not_a_rung", cell)
    if number is not None and math.isfinite(float(number.value)):
        return _number_text(number, cell, asked)
    return _no_number(text, cell, asked)


def _level(level: Decimal, text: str, cell: Cell, asked: Asked) -> Understood:
    measure = asked.measure
    usual = isinstance(measure, Indicator) and measure.scale == "binary" and text in _ANSWERS
    if usual or text == str(level):
        return Understood("value", level)
    return Understood("value", level, issues=(asked.issue("repaired", "ladder", cell, level),))


def _no_number(text: str, cell: Cell, asked: Asked) -> Understood:
    key = fold(text)
    if key in _NOT_APPLICABLE:
        found = asked.issue("flagged", "not_applicable", cell)
        return Understood("not_applicable", issues=(found,))
    if key in _MISSING or _MARKS.match(text):
        return asked.missing("missing_mark", cell)
    if is_date(text):
        return asked.refused("date", cell)
    if text.startswith("#") and text.rstrip("!?").isupper():
        return asked.missing("error_cell", cell)
    if is_ladder(asked.measure):
        return asked.refused("not_a_rung", cell)
    return asked.refused("qualitative" if is_qualitative(text) else "not_a_number", cell)


def _number_text(number: Number, cell: Cell, asked: Asked) -> Understood:
    if number.doubtful and (refused := _doubtful_comma(number, cell, asked)):
        return refused
    factor = _factor(number, asked)
    if factor is None:
        return asked.refused("magnitude_doubtful" if not number.unit else "unit_in_cell_unknown",
                             cell, written=number.unit)  # fmt: skip
    used = units.times(number.value, factor)
    if "accounting" in number.acts and not _possible(used, asked) and _possible(-used, asked):
        found = asked.issue("repaired", "accounting_amount", cell, -used)
        return Understood("value", -used, issues=(found,))
    if number.bound:
        return _bound(number, used, cell, asked)
    plain = not number.unit and number.scale is None and asked.factor == 1
    return Understood("value", used, plain, (asked.issue("repaired", _act(number), cell, used),))


def _doubtful_comma(number: Number, cell: Cell, asked: Asked) -> Understood | None:
    """12,345 is a thousands separator unless only 12.345 is possible."""
    if number.unit or number.scale or _possible(number.value, asked):
        return None
    as_decimal = number.value / 1000
    return asked.refused("comma_doubtful", cell) if _possible(as_decimal, asked) else None


def _factor(number: Number, asked: Asked) -> Fraction | None:
    """From the number as written to the measure's unit; None where that is not certain."""
    scale = Fraction(number.scale or 1)
    if number.unit:
        factor = units.factor_to(number.unit, asked.measure.unit)
        return None if factor is None else factor * scale
    if number.scale is None:
        return asked.factor
    unit = units.scale_of(units.spelled(asked.measure.unit.zh or asked.measure.unit.en))
    size = unit[1] if unit and unit[0] == "money" else Fraction(1)
    prefix = units.spelled(asked.measure.unit.zh)[:1]
    if prefix in "百千万亿" and prefix and unit:
        size = unit[1]
    if size > 1:
        return scale / size if scale > size else None
    return scale


def _bound(number: Number, used: Decimal, cell: Cell, asked: Asked) -> Understood:
    if asked.policies.bounds == "refuse":
        return asked.refused("bound_refused", cell)
    what = "range" if number.bound == "range" else "bound"
    return Understood("value", used, issues=(asked.issue("flagged", what, cell, used),))


def _act(number: Number) -> str:
    if number.unit in ("%", "‰"):
        return "percent_text"
    if number.unit and number.scale is None:
        return "unit_in_cell"
    return next((act for act in _ACTS if act in number.acts), "number_as_text")
