"""One expert's sheet: who judges, how far they are, and a table for every node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from ..indicators.framework import Framework, Node
from ..indicators.judgements import Expert, Kind
from ..indicators.local_weights import local_weights
from ..indicators.reading.form_layout import LISTS
from ..text import say
from .evaluation.sheet import Sheet
from .evaluation.style import NAVY, PALE
from .form_style import GREY, SKY, YELLOW, Pen, print_setup, protect

Array = NDArray[np.float64]
FRACTION = "# ?/?"
CODE, NAME, WEIGHT, FIRST = 1, 2, 3, 4
"""Columns: code, name, weight, and the first of the judgements."""
_FEWEST = 6
"""Columns of judgements that a sheet has at least: the figures under a matrix need them."""
_WIDTHS = {CODE: 9, NAME: 30, WEIGHT: 12}
_JUDGED_WIDTH = 14
_PAGE, _PAGE_WIDTH = 540.0, 135.0
"""Height in points of a printed page, and its width in characters."""


@dataclass(frozen=True)
class Asked:
    """What one table asks: a node, its children that count, and what was judged already.

    Parameters
    ----------
    node : Node
    children : tuple of Node
    judged : array or None
        Over `children`.
    columns : int
        Columns of judgements that the sheet has.
    """

    node: Node
    children: tuple[Node, ...]
    judged: Array | None
    columns: int


@dataclass(frozen=True)
class Written:
    """A table on the sheet.

    Parameters
    ----------
    last : int
        Its last row.
    done : tuple of str and int
        Formula that counts the judgements given, and its value.
    total : int
        How many it asks for.
    ratio : tuple of str and float, or None
        Cell of its consistency ratio, and the value, NaN where there is none yet.
    """

    last: int
    done: tuple[str, int]
    total: int
    ratio: tuple[str, float] | None


Table = Callable[[Pen, int, Kind, Asked], Written]


@dataclass(frozen=True)
class Page:
    """What the guide refers to: an expert's sheet, and its cells with progress and worst ratio."""

    name: str
    expert: str
    done: tuple[str, int]
    total: int
    worst: tuple[str, float] | None
    computed: Sheet


def write_page(
    sheet: Worksheet, framework: Framework, kind: Kind, expert: Expert, table: Table, lang: str
) -> Page:
    """Write the sheet of one expert.

    Parameters
    ----------
    sheet : Worksheet
        Empty.
    framework : Framework
    kind : {"ahp", "bwm", "budget"}
    expert : Expert
        What is judged already is filled in.
    table : function
        Writes one table from a row on.
    lang : {"zh", "en"}
    """
    pen = Pen(sheet, lang)
    asked = list(asked_of(framework, kind, expert))
    columns = asked[0].columns if asked else _FEWEST
    for column in range(1, FIRST + columns):
        width = _WIDTHS.get(column, _JUDGED_WIDTH)
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = FIRST + columns - 1
    _write_heads(pen, framework, kind, expert, last)
    row, tables, starts = 6, [], []
    for one in asked:
        title = say(f"judgement.band.{kind}", lang, node=called(one.node, lang))
        pen.band(row, 1, last, title, colour=SKY, bold=True, ink=NAVY, box=False)
        sheet.row_dimensions[row].height = 21
        tables.append(table(pen, row + 1, kind, one))
        starts.append(row)
        row = tables[-1].last + 2
    done, total, worst = _write_progress(pen, kind, tables)
    _finish(sheet, lang, last, row)
    _break_pages(sheet, [*starts, row], columns)
    if kind != "budget":
        first, end = get_column_letter(last + 2), get_column_letter(2 * last + 2)
        sheet.column_dimensions.group(first, end, hidden=True)
    return Page(sheet.title, expert.name, done, total, worst, pen.computed)


def asked_of(framework: Framework, kind: Kind, expert: Expert) -> Iterator[Asked]:
    """The tables of an expert: every inner node with two children that count, or more."""
    local = local_weights(framework)
    found = []
    for node in framework.nodes:
        children = framework.children(node.code)
        places = [at for at, child in enumerate(children) if local[child.code] > 0]
        if len(places) > 1:
            judged = expert.by_node.get(node.code)
            counted = tuple(children[at] for at in places)
            found.append((node, counted, None if judged is None else _only(judged, places, kind)))
    widest = max((len(children) for _, children, _ in found), default=0)
    for node, counted, judged in found:
        yield Asked(node, counted, judged, max(_FEWEST, widest))


def called(node: Node, lang: str) -> str:
    """A node's code and name; the root by its name alone."""
    return node.name[lang] if node.parent is None else f"{node.code} {node.name[lang]}"


def grades(lowest: str, prompt: str, title: str) -> DataValidation:
    """A drop-down of the scale that also lets other numbers pass, after a warning.

    Parameters
    ----------
    lowest : str
        ``1/9`` or ``1``.
    prompt, title : str
    """
    last = 17 if lowest == "1/9" else 9
    found = DataValidation(type="list", formula1=f"{LISTS}!$A$1:$A${last}", allow_blank=True)
    found.errorStyle = "warning"
    found.showInputMessage = found.showErrorMessage = True
    found.promptTitle = found.errorTitle = title[:32]
    found.prompt = found.error = prompt[:255]
    return found


def _only(judged: Array, places: Sequence[int], kind: Kind) -> Array:
    return judged[np.ix_(places, places)] if kind == "ahp" else judged[..., places]


def _write_heads(pen: Pen, framework: Framework, kind: Kind, expert: Expert, last: int) -> None:
    lang = pen.lang
    title = say(f"judgement.title.{kind}", lang, framework=framework.title[lang])
    pen.band(1, 1, last, title, colour=NAVY, ink="FFFFFF", bold=True, size=15, box=False)
    pen.sheet.row_dimensions[1].height = 30
    rule = say(f"judgement.rule.{kind}", lang)
    pen.band(2, 1, last, rule, box=False, size=10)
    pen.height(2, {rule: sum(_WIDTHS.values()) + _JUDGED_WIDTH * (last - 3)}, least=20)
    weight = None if expert.weight == 1 else expert.weight
    fields = (("expert", 1, expert.name or None), ("weight", 4, weight), ("date", 6, None))
    for key, column, value in fields:
        pen.write(3, column, say(f"judgement.head.{key}", lang), colour=PALE, bold=True)
        pen.write(3, column + 1, value, colour=YELLOW, locked=False)
    pen.sheet.row_dimensions[3].height = 22


def _write_progress(
    pen: Pen, kind: Kind, tables: Sequence[Written]
) -> tuple[tuple[str, int], int, tuple[str, float] | None]:
    done = sum(table.done[1] for table in tables)
    total = sum(table.total for table in tables)
    pen.write(4, 1, say("judgement.head.done", pen.lang), colour=PALE, bold=True)
    formula = "+".join(table.done[0] for table in tables) or "0"
    pen.formula(4, 2, formula, done, colour=GREY, bold=True, align="center")
    pen.write(4, 3, f"/ {total}", colour=GREY)
    pen.sheet.row_dimensions[4].height = 22
    ratios = [table.ratio for table in tables if table.ratio]
    if not ratios:
        return ("$B$4", done), total, None
    worst = max((value for _, value in ratios if not np.isnan(value)), default=0.0)
    pen.write(4, 4, say(f"judgement.head.worst_{kind}", pen.lang), colour=PALE, bold=True)
    cells = ",".join(cell for cell, _ in ratios)
    pen.formula(4, 5, f"MAX({cells})", worst, colour=GREY, bold=True, align="center", form="0.000")
    return ("$B$4", done), total, ("$E$4", worst)


def _finish(sheet: Worksheet, lang: str, last: int, bottom: int) -> None:
    weight = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    weight.allow_blank = weight.showInputMessage = weight.showErrorMessage = True
    weight.prompt = weight.error = say("judgement.prompt.weight", lang)
    sheet.add_data_validation(weight)
    weight.add("E3")
    sheet.freeze_panes = "C5"
    sheet.sheet_view.showGridLines = False
    sheet.print_area = f"A1:{get_column_letter(last)}{bottom}"
    print_setup(sheet, lang, say("form.guide.page", lang))
    protect(sheet)


def _break_pages(sheet: Worksheet, starts: Sequence[int], columns: int) -> None:
    """Begin a page where a table would not fit on the one before."""
    room = _PAGE * max(1.0, (_JUDGED_WIDTH * columns + sum(_WIDTHS.values())) / _PAGE_WIDTH)
    top = 1
    for first, after in pairwise(starts):
        height = sum(sheet.row_dimensions[row].height or 15.0 for row in range(top, after))
        if height > room and first > starts[0]:
            sheet.row_breaks.append(Break(id=first - 1))
            top = first
