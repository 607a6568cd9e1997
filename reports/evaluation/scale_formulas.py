"""Formulas of a single score: on the framework's own scale, or relative to the column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...indicators.indicator import Indicator
from .sheet import literal


@dataclass(frozen=True, slots=True)
class Column:
    """The column that a sample-relative score is measured by.

    Parameters
    ----------
    values : str
        Range of the values.
    low, high : str
        References to the one or two marks: lowest and highest, mean and deviation, the length,
        the total, or what is to be reached and the worst.
    own : bool
        Whether the range is this table's own, so that every score is among its values.
    """

    values: str
    low: str
    high: str
    own: bool = True


def on_scale(indicator: Indicator, x: str, parameter: Callable[[str], str]) -> str:
    """Score of 0–100 of a raw value between the goalposts; see `assess.scales`.

    Parameters
    ----------
    indicator : Indicator
    x : str
        Reference to the raw value.
    parameter : function from a goalpost's name to the reference of its cell

    Returns
    -------
    str
    """
    low, high = parameter("low"), parameter("high")
    if indicator.scale in ("ladder", "ladder-share", "binary"):
        low, high = "0", parameter("top")
    held = f"MIN(MAX({x},{low}),{high})"
    if indicator.scale == "log":
        share = f"(LN({held})-LN({low}))/(LN({high})-LN({low}))"
    elif indicator.scale == "log1p":
        share = f"(LN(1+{held})-LN(1+{low}))/(LN(1+{high})-LN(1+{low}))"
    elif indicator.scale == "interval":
        start, end = parameter("start"), parameter("end")
        rising = f"IF({start}>{low},({held}-{low})/({start}-{low}),1)"
        falling = f"IF({end}<{high},({high}-{held})/({high}-{end}),1)"
        share = f"MIN(1,{rising},{falling})"
    else:
        share = f"({held}-{low})/({high}-{low})"
    return f"100*(1-{share})" if indicator.direction == "cost" else f"100*{share}"


def relative(method: str, x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    """Score of a value relative to its column; see `assess.normalise`.

    Parameters
    ----------
    method : str
        Name of a sample-relative normalisation.
    x : str
        Reference to the value.
    column : Column
    sign : {1, -1}
    options : mapping
        The normalisation's.

    Returns
    -------
    str
    """
    return _FORMULAS[method](x, column, sign, options)


def _zscore(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    low, high = column.low, column.high
    standard = f"({x}-{low})/{high}" if sign > 0 else f"({low}-{x})/{high}"
    score = f"{literal(options['mean'])}+{literal(options['deviation'])}*{standard}"
    return f"IF({high}=0,{literal(options['constant'])},{score})"


def _minmax(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    low, high = column.low, column.high
    rise = f"({x}-{low})" if sign > 0 else f"({high}-{x})"
    score = _stretched(f"{rise}/({high}-{low})", options["to"])
    return f"IF({high}={low},{literal(options['constant'])},{score})"


def _rank(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    worse = _worse(x, column, sign)
    if options["to"] is None:
        return f"{worse}+1"
    return _stretched(f"({worse})/(COUNT({column.values})-1)", options["to"])


def _borda(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    return f"100*({_worse(x, column, sign)})/MAX(COUNT({column.values})-1,1)"


def _vector(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    share = f"{x}/{column.low}"
    return f"100*{share}" if sign > 0 else f"100*(1-{share})"


def _sum(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    return f"100*{x}/{column.low}" if sign > 0 else f"100*(1/{x})/{column.low}"


def _best(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    return f"100*{_against(x, column, sign, 'ratio')}"


def _reference(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    return f"100*{_against(x, column, sign, options.get('form', 'ratio'))}"


def _target(x: str, column: Column, sign: int, options: Mapping[str, Any]) -> str:
    form = options.get("form", "distance")
    reached = _against(x, column, sign, form)
    if options.get("cap"):
        reached = f"MIN({reached},{0 if form == 'difference' else 1})"
    return f"100*{reached}"


def _against(x: str, column: Column, sign: int, form: str) -> str:
    """A value against a reference; see `assess.normalise.distance`."""
    reference, worst = column.low, column.high
    if form == "ratio":
        return f"{x}/{reference}" if sign > 0 else f"{reference}/{x}"
    if form == "distance":
        return f"({x}-{worst})/({reference}-{worst})"
    ahead = f"({x}-{reference})" if sign > 0 else f"({reference}-{x})"
    return f"{ahead}/ABS({reference})"


_FORMULAS: Mapping[str, Callable[[str, Column, int, Mapping[str, Any]], str]] = {
    "minmax": _minmax,
    "zscore": _zscore,
    "rank": _rank,
    "percentile": _rank,
    "borda": _borda,
    "target": _target,
    "best": _best,
    "reference": _reference,
    "vector": _vector,
    "sum": _sum,
}


def _worse(x: str, column: Column, sign: int) -> str:
    """How many values of the column are worse."""
    if column.own:
        return f"RANK({x},{column.values},{1 if sign > 0 else 0})-1"
    beaten = "<" if sign > 0 else ">"
    counted = f"SUMPRODUCT(({column.values}{beaten}{x})*1)"
    return f"MIN({counted},COUNT({column.values})-1)"


def _stretched(share: str, to: tuple[float, float]) -> str:
    low, high = to
    return f"{literal(low)}+{literal(high - low)}*{share}"
