"""A matrix of pairwise comparisons with its weights, consistency and worst judgement live."""

from __future__ import annotations

from typing import Any

import numpy as np
from openpyxl.formatting.rule import FormulaRule

from ..indicators.judgements import Kind
from ..text import say
from ..weights.consistency import RANDOM_INDEX, random_index
from .evaluation.sheet import at, comparable, literal
from .evaluation.style import BLUE, PALE
from .form_style import GREEN, GREY, RED, YELLOW, Pen, fill
from .judgement_figures import Solved, Worst, consistency
from .judgement_page import (
    CODE,
    FIRST,
    FRACTION,
    NAME,
    WEIGHT,
    Asked,
    Written,
    called,
    grades,
)

ACCEPTED = 0.1
"""Saaty's bound for the consistency ratio."""
_PALE_INK = "808080"


class _Places:
    """Where the parts of one table stand."""

    def __init__(self, head: int, asked: Asked) -> None:
        self.count = len(asked.children)
        self.first, self.last = head + 1, head + self.count
        self.aside = FIRST + asked.columns + 1
        """First column of what is worked out beside the matrix."""
        self.misfit = self.aside + 2
        self.widest = self.misfit + self.count
        self.figures, self.advice = self.last + 1, self.last + 2

    def judged(self, row: int, column: int) -> str:
        return at(self.first + row, FIRST + column)

    def span(self, column: int, fixed: bool = True) -> str:
        """The table's rows of a column."""
        return f"{at(self.first, column, fixed, fixed)}:{at(self.last, column, fixed, fixed)}"

    @property
    def whole(self) -> str:
        last = at(self.last, FIRST + self.count - 1, True, True)
        return f"{at(self.first, FIRST, True, True)}:{last}"

    @property
    def complete(self) -> str:
        return f"COUNT({self.whole})={self.count**2}"


def matrix_table(pen: Pen, row: int, kind: Kind, asked: Asked) -> Written:
    """Write the table of one node from `row` on; see `judgement_page.Table`."""
    places = _Places(row, asked)
    matrix = np.full((places.count, places.count), np.nan) if asked.judged is None else asked.judged
    solved = Solved(np.where(np.eye(places.count) > 0, 1.0, matrix))
    _write_head(pen, row, asked, places)
    _write_rows(pen, asked, places, solved)
    _write_aside(pen, places, solved)
    ratio = _write_figures(pen, places, solved)
    _write_advice(pen, asked, places, solved)
    pairs = places.count * (places.count - 1) // 2
    given = int((~np.isnan(solved.matrix)).sum() - places.count) // 2
    counted = f"(COUNT({places.whole})-{places.count})/2"
    return Written(places.advice, (counted, given), pairs, ratio)


def _write_head(pen: Pen, row: int, asked: Asked, places: _Places) -> None:
    looks: dict[str, Any] = {"colour": BLUE, "ink": "FFFFFF", "bold": True, "align": "center"}
    heads = {CODE: "code", NAME: "item", WEIGHT: "weight"}
    for column, key in heads.items():
        pen.write(row, column, say(f"judgement.column.{key}", pen.lang), **looks)
    texts = [f"{child.code}\n{child.name[pen.lang]}" for child in asked.children]
    for place, text in enumerate(texts):
        pen.write(row, FIRST + place, text, **{**looks, "size": 9})
    pen.height(row, dict.fromkeys(texts, 12.5), least=34)
    pen.write(row, places.aside, say("judgement.column.aside", pen.lang), box=False, ink=_PALE_INK)


def _write_rows(pen: Pen, asked: Asked, places: _Places, solved: Solved) -> None:
    title = say("judgement.prompt.title", pen.lang)
    for i, child in enumerate(asked.children):
        row = places.first + i
        pen.write(row, CODE, child.code, colour=GREY)
        pen.write(row, NAME, child.name[pen.lang], colour=GREY)
        pen.height(row, {child.name[pen.lang]: 30.0}, least=22)
        mean, means = at(row, places.aside), places.span(places.aside)
        weight = f'IF({places.complete},{mean}/SUM({means}),"")'
        value = float(solved.weights[i]) if solved.complete else ""
        pen.formula(
            row, WEIGHT, weight, value, colour=PALE, bold=True, align="center", form="0.0000"
        )
        for j, other in enumerate(asked.children):
            _write_pair(pen, places, solved, i, j)
            if j > i:
                words = {"row": called(child, pen.lang), "column": called(other, pen.lang)}
                prompt = say("judgement.prompt.pair", pen.lang, **words)
                check = grades("1/9", prompt, title)
                pen.sheet.add_data_validation(check)
                check.add(places.judged(i, j))


def _write_pair(pen: Pen, places: _Places, solved: Solved, i: int, j: int) -> None:
    row, column = places.first + i, FIRST + j
    value = solved.matrix[i, j]
    looks: dict[str, Any] = {"align": "center", "form": FRACTION}
    told: float | str | None = None if np.isnan(value) else float(value)
    if i == j:
        pen.write(row, column, 1, colour=GREY, ink=_PALE_INK, **looks)
    elif j > i:
        pen.write(row, column, told, colour=YELLOW, locked=False, **looks)
    else:
        mirror = places.judged(j, i)
        back = f'IF(ISNUMBER({mirror}),IF({mirror}>0,1/{mirror},""),"")'
        pen.formula(row, column, back, told or "", colour=GREY, ink=_PALE_INK, **looks)


def _write_aside(pen: Pen, places: _Places, solved: Solved) -> None:
    """Geometric means, parts of λ_max, misfits, and the largest misfit of each row."""
    looks: dict[str, Any] = {"box": False, "ink": _PALE_INK, "size": 8.0, "form": "0.0000"}
    complete, count = places.complete, places.count

    def write(row: int, column: int, formula: str, value: float) -> None:
        told = value if solved.complete else ""
        pen.formula(row, column, f'IF({complete},{formula},"")', told, **looks)

    for i in range(count):
        row = places.first + i
        line = f"{places.judged(i, 0)}:{places.judged(i, count - 1)}"
        write(row, places.aside, f"PRODUCT({line})^(1/{count})", _at(solved, "means", i))
        terms = (f"{places.judged(i, j)}*{at(places.first + j, WEIGHT)}" for j in range(count))
        parts = f"({'+'.join(terms)})/{at(row, WEIGHT)}"
        write(row, places.aside + 1, parts, _at(solved, "ratios", i))
        for j in range(i + 1, count):
            fitted = f"{places.judged(i, j)}*{at(places.first + j, WEIGHT)}/{at(row, WEIGHT)}"
            misfit = f"ROUND(ABS(LN({fitted})),9)"
            write(row, places.misfit + j, misfit, _at(solved, "misfits", i, j))
        if i < count - 1:
            found = f"{at(row, places.misfit + i + 1)}:{at(row, places.misfit + count - 1)}"
            largest = _at(solved, "misfits", i)
            write(row, places.widest, f"MAX({found})", largest)
            there = f"MATCH({at(row, places.widest)},{found},0)+{i + 1}"
            nearest = int(np.argmax(solved.misfits[i, i + 1 :])) if solved.complete else 0
            write(row, places.widest + 1, there, nearest + i + 2)


def _at(solved: Solved, what: str, *place: int) -> float:
    """A value, the largest where a row is named of a matrix; 0 while pairs are missing."""
    return float(np.max(getattr(solved, what)[place])) if solved.complete else 0.0


def _write_figures(pen: Pen, places: _Places, solved: Solved) -> tuple[str, float]:
    row, count = places.figures, places.count
    pen.band(row, CODE, NAME, say("judgement.figure.CR", pen.lang), colour=PALE, bold=True)
    ratio = f"$C${row}"
    random = random_index("saaty" if count in RANDOM_INDEX["saaty"] else "alonso-lamata", count)
    largest, index, value = consistency(solved, random)
    cells = {"lambda_max": at(row, FIRST + 1), "CI": at(row, FIRST + 3)}
    formulas = {
        "lambda_max": (f"SUM({places.span(places.aside + 1)})/{count}", largest),
        "CI": (f"({cells['lambda_max']}-{count})/{count - 1}", index),
        "RI": (None, random),
    }
    for place, (key, (formula, number)) in enumerate(formulas.items()):
        column = FIRST + 2 * place
        pen.write(row, column, say(f"judgement.figure.{key}", pen.lang), colour=GREY, align="right")
        looks: dict[str, Any] = {"colour": GREY, "align": "left", "form": "0.0000"}
        if formula is None:
            pen.write(row, column + 1, number, **looks)
        else:
            told = number if solved.complete else ""
            pen.formula(row, column + 1, f'IF({places.complete},{formula},"")', told, **looks)
    divided = f"{cells['CI']}/{literal(random)}" if random else "0"
    told = value if solved.complete else ""
    pen.formula(
        row, WEIGHT, f'IF({places.complete},{divided},"")', told, bold=True, align="center",
        form="0.000",
    )  # fmt: skip
    for test, colour in ((f"{ratio}<={ACCEPTED}", GREEN), (f"{ratio}>{ACCEPTED}", RED)):
        rule = FormulaRule([f"AND(ISNUMBER({ratio}),{test})"], fill=fill(colour))
        pen.sheet.conditional_formatting.add(f"C{row}", rule)
    pen.sheet.row_dimensions[row].height = 22
    return ratio, value if solved.complete else float("nan")


def _write_advice(pen: Pen, asked: Asked, places: _Places, solved: Solved) -> None:
    """Which judgement is furthest from the others, and what they would make of it."""
    row, count, lang = places.advice, places.count, pen.lang
    pen.band(row, CODE, NAME, say("judgement.figure.reconsider", lang), colour=PALE, bold=True)
    pen.sheet.row_dimensions[row].height = 22
    found = Worst.of(solved)
    line = dict(zip(("misfit", "row", "column", "judged", "others"), range(5), strict=True))
    cell = {key: at(row, places.aside + place, True, True) for key, place in line.items()}
    tops = f"{at(places.first, places.widest)}:{at(places.last - 1, places.widest)}"
    arg = f"{at(places.first, places.widest + 1)}:{at(places.last - 1, places.widest + 1)}"
    weight = places.span(WEIGHT)
    fitted = f"LN(INDEX({weight},{cell['row']})/INDEX({weight},{cell['column']}))"
    said = f"LN({cell['judged']})"
    formulas = {
        "misfit": (f"MAX({tops})", found.misfit),
        "row": (f"MATCH({cell['misfit']},{tops},0)", found.row + 1),
        "column": (f"INDEX({arg},{cell['row']})", found.column + 1),
        "judged": (f"INDEX({places.whole},{cell['row']},{cell['column']})", found.judged),
        # Least squares of the logarithms without this pair, whose leverage is 2 / n.
        "others": (f"EXP(({fitted}*{count}-2*{said})/{max(count - 2, 1)})", found.others),
    }
    looks: dict[str, Any] = {"box": False, "ink": _PALE_INK, "size": 8.0, "form": "0.0000"}
    for key, (formula, value) in formulas.items():
        told = value if solved.complete else ""
        column = places.aside + line[key]
        pen.formula(row, column, f'IF({places.complete},{formula},"")', told, **looks)
    pen.band(row, WEIGHT, FIRST + asked.columns - 1, "", colour=GREY)
    pen.formula(row, WEIGHT, _advice(places, cell, lang), found.told(asked, lang), colour=GREY)


def _advice(places: _Places, cell: dict[str, str], lang: str) -> str:
    def name(place: str) -> str:
        code, words = (f"INDEX({places.span(column)},{place})" for column in (CODE, NAME))
        return f'{code}&" "&{words}'

    def turned(upright: str, other: str) -> str:
        return f"IF({cell['judged']}>=1,{upright},{other})"

    parts = {
        "row": turned(name(cell["row"]), name(cell["column"])),
        "column": turned(name(cell["column"]), name(cell["row"])),
        "judged": f"ROUND({comparable(turned(cell['judged'], '1/' + cell['judged']))},2)",
        "others": f"ROUND({comparable(turned(cell['others'], '1/' + cell['others']))},2)",
    }
    missing = {"count": f"({places.count**2}-COUNT({places.whole}))/2"}
    none = f'"{say("judgement.advice.none", lang)}"'
    worst = _sentence("judgement.advice.worst", lang, parts)
    few = _sentence("judgement.advice.missing", lang, missing)
    return f"IF({places.complete},IF({cell['misfit']}<0.000001,{none},{worst}),{few})"


def _sentence(key: str, lang: str, parts: dict[str, str]) -> str:
    """A sentence of the message table as a formula that fills its placeholders."""
    marks = {name: f"\0{name}\0" for name in parts}
    pieces = say(key, lang, **marks).split("\0")
    return "&".join(parts[piece] if n % 2 else f'"{piece}"' for n, piece in enumerate(pieces))
