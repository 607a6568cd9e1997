"""A table with one line an item: points to share out, or the best–worst comparisons."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.worksheet.datavalidation import DataValidation

from ..indicators.judgements import Kind
from ..text import say
from .evaluation.sheet import at
from .evaluation.style import BLUE, PALE
from .form_style import GREY, YELLOW, Pen
from .judgement_page import CODE, FIRST, NAME, WEIGHT, Array, Asked, Written, called, grades

_COLUMNS = {"bwm": ("best", "worst"), "budget": ("points",)}
_POINTS = 100
_ASIDE: dict[str, Any] = {"box": False, "ink": "808080", "size": 8.0}


def answers_table(pen: Pen, row: int, kind: Kind, asked: Asked) -> Written:
    """Write the table of one node from `row` on; see `judgement_page.Table`."""
    columns = _COLUMNS[kind]
    count = len(asked.children)
    judged = np.full((len(columns), count), np.nan)
    if asked.judged is not None:
        judged = asked.judged.reshape(judged.shape)
    _write_head(pen, row, kind)
    for place, child in enumerate(asked.children):
        line = row + 1 + place
        pen.write(line, CODE, child.code, colour=GREY)
        pen.write(line, NAME, child.name[pen.lang], colour=GREY)
        pen.height(line, {child.name[pen.lang]: 30.0}, least=22)
        for column, what in enumerate(columns):
            value = judged[column, place]
            told = None if np.isnan(value) else float(value)
            pen.write(line, WEIGHT + column, told, colour=YELLOW, locked=False, align="center")
            _add_check(pen, at(line, WEIGHT + column), what, called(child, pen.lang))
    first, last = row + 1, row + count
    span = f"{at(first, WEIGHT, True, True)}:{at(last, WEIGHT + len(columns) - 1, True, True)}"
    given = int((~np.isnan(judged)).sum())
    ratio = None
    if kind == "budget":
        end = _write_shares(pen, first, last, judged[0])
    else:
        end, ratio = _write_consistency(pen, asked, first, last, judged)
    return Written(end, (f"COUNT({span})", given), judged.size, ratio)


def _write_head(pen: Pen, row: int, kind: Kind) -> None:
    heads = ["code", "item", *_COLUMNS[kind], *(("share",) if kind == "budget" else ())]
    texts = [say(f"judgement.column.{key}", pen.lang) for key in heads]
    for column, text in enumerate(texts, start=1):
        pen.write(row, column, text, colour=BLUE, ink="FFFFFF", bold=True, align="center")
    pen.height(row, dict.fromkeys(texts[2:], 12.0), least=24)


def _add_check(pen: Pen, cell: str, what: str, item: str) -> None:
    prompt = say(f"judgement.prompt.{what}", pen.lang, item=item)
    title = say("judgement.prompt.title", pen.lang)
    if what == "points":
        check = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
        check.allow_blank = check.showInputMessage = check.showErrorMessage = True
        check.promptTitle = check.errorTitle = title[:32]
        check.prompt = check.error = prompt[:255]
    else:
        check = grades("1", prompt, title)
    pen.sheet.add_data_validation(check)
    check.add(cell)


def _write_shares(pen: Pen, first: int, last: int, points: Array) -> int:
    """Each item's share, the sum, and what is left of a hundred."""
    span = f"{at(first, WEIGHT, True, True)}:{at(last, WEIGHT, True, True)}"
    total = float(np.nansum(points))
    for row in range(first, last + 1):
        value = points[row - first]
        told: float | str = float(value / total) if total > 0 and not np.isnan(value) else ""
        cell = at(row, WEIGHT)
        share = f'IF(AND(ISNUMBER({cell}),SUM({span})>0),{cell}/SUM({span}),"")'
        pen.formula(row, FIRST, share, told, colour=PALE, align="center", form="0.0%")
    end = last + 1
    pen.band(end, CODE, NAME, say("judgement.figure.total", pen.lang), colour=PALE, bold=True)
    pen.formula(end, WEIGHT, f"SUM({span})", total, colour=GREY, bold=True, align="center")
    left = say("judgement.figure.left", pen.lang)
    formula = f'"{left} "&({_POINTS}-{at(end, WEIGHT)})'
    pen.formula(end, FIRST, formula, f"{left} {_POINTS - total:g}", colour=GREY, align="center")
    pen.sheet.row_dimensions[end].height = 22
    return end


class _Ends:
    """How the two columns judge the best against the worst."""

    def __init__(self, judged: Array) -> None:
        self.judged = judged
        self.best, self.worst = _one(judged[0]), _one(judged[1])
        self.there = _value(judged[0], self.worst), _value(judged[1], self.best)
        self.complete = not np.isnan(judged).any()
        self.is_sound = self.complete and self.there[0] != "" and self.there[0] == self.there[1]
        self.end = float(self.there[0]) if self.is_sound else 0.0

    @property
    def gaps(self) -> Array:
        """|a_Bj · a_jW − a_BW| of every item."""
        gaps: Array = np.abs(self.judged[0] * self.judged[1] - self.end)
        return gaps

    @property
    def ratio(self) -> float:
        """The input-based consistency ratio; NaN while something is missing."""
        if not self.is_sound:
            return float("nan")
        return float(self.gaps.max() / (self.end**2 - self.end)) if self.end > 1 else 0.0


def _write_consistency(
    pen: Pen, asked: Asked, first: int, last: int, judged: Array
) -> tuple[int, tuple[str, float]]:
    """The best, the worst, and the input-based consistency ratio."""
    found, count = _Ends(judged), len(asked.children)
    aside = FIRST + asked.columns + 1
    whole, back = at(last + 1, aside, True, True), at(last + 1, aside + 1, True, True)
    inputs = f"{at(first, WEIGHT, True, True)}:{at(last, FIRST, True, True)}"
    complete = f"COUNT({inputs})={2 * count}"
    sound = f"AND({complete},ISNUMBER({whole}),{whole}={back})"
    _write_ends(pen, asked, first, last, found)
    for row in range(first, last + 1):
        formula = f'IF({sound},ABS({at(row, WEIGHT)}*{at(row, FIRST)}-{whole}),"")'
        gap: float | str = float(found.gaps[row - first]) if found.is_sound else ""
        pen.formula(row, aside, formula, gap, **_ASIDE)
    end = last + 2
    pen.band(end, CODE, NAME, say("judgement.figure.CR_input", pen.lang), colour=PALE, bold=True)
    largest = f"MAX({at(first, aside)}:{at(last, aside)})"
    ratio = f'IF({sound},IF({whole}>1,{largest}/({whole}*{whole}-{whole}),0),"")'
    looks: dict[str, Any] = {"bold": True, "align": "center", "form": "0.000", "colour": GREY}
    pen.formula(end, WEIGHT, ratio, found.ratio if found.is_sound else "", **looks)
    pen.sheet.row_dimensions[end].height = 22
    words = {key: say(f"judgement.advice.{key}", pen.lang) for key in ("blank", "ends", "sound")}
    status = (
        f'IF(NOT({complete}),"{words["blank"]}",IF({sound},"{words["sound"]}","{words["ends"]}"))'
    )
    key = ("sound" if found.is_sound else "ends") if found.complete else "blank"
    pen.band(end, FIRST, FIRST + asked.columns - 1, "", colour=GREY)
    pen.formula(end, FIRST, status, words[key], colour=GREY)
    return end, (f"$C${end}", found.ratio)


def _write_ends(pen: Pen, asked: Asked, first: int, last: int, found: _Ends) -> None:
    """Names of the best and the worst; aside, what the columns say of the one to the other."""
    row, lang = last + 1, pen.lang
    best, worst, names = (
        f"{at(first, column, True, True)}:{at(last, column, True, True)}"
        for column in (WEIGHT, FIRST, NAME)
    )
    pen.band(row, CODE, NAME, say("judgement.figure.ends", lang), colour=PALE, bold=True)
    pen.sheet.row_dimensions[row].height = 32
    for column, (span, place) in enumerate(((best, found.best), (worst, found.worst))):
        told = "—" if place is None else asked.children[place].name[lang]
        formula = f'IFERROR(INDEX({names},MATCH(1,{span},0)),"—")'
        pen.formula(row, WEIGHT + column, formula, told, colour=GREY, align="center", size=9)
        pen.height(row, {told: 11.0}, least=32)
    aside = FIRST + asked.columns + 1
    for column, (span, other) in enumerate(((best, worst), (worst, best))):
        formula = f'IFERROR(INDEX({span},MATCH(1,{other},0)),"")'
        pen.formula(row, aside + column, formula, found.there[column], **_ASIDE)


def _one(row: Array) -> int | None:
    """Position of the first item judged 1."""
    places = np.flatnonzero(row == 1)
    return int(places[0]) if places.size else None


def _value(row: Array, place: int | None) -> float | str:
    if place is None or np.isnan(row[place]):
        # INDEX of a blank cell gives 0.
        return "" if place is None else 0.0
    return float(row[place])
