"""The first sheet of the workbook for judgements: how to judge, the scale, and who has judged."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from ..indicators.framework import Framework
from ..indicators.judgements import Kind
from ..text import LANGUAGES, say
from ..weights.consistency import RANDOM_INDEX
from .evaluation.sheet import Sheet
from .evaluation.style import BLUE, NAVY
from .form_style import GREY, YELLOW, Pen, print_setup, protect
from .judgement_page import Page

_WIDTHS = (14, 12, 30, 12, 12, 20)
_STEPS = {"ahp": 5, "bwm": 5, "budget": 3}
_GRADES = ("1", "3", "5", "7", "9", "even", "below")


def write_guide(
    sheet: Worksheet, framework: Framework, kind: Kind, pages: Sequence[Page], lang: str
) -> Sheet:
    """Write the steps, the scale in both languages, the random indices, and the progress.

    Returns
    -------
    Sheet
        Its formulas and their values.
    """
    pen = Pen(sheet, lang)
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    title = say("judgement.title.guide", lang, framework=framework.title[lang])
    pen.band(1, 1, 6, title, colour=NAVY, ink="FFFFFF", bold=True, size=15, box=False)
    sheet.row_dimensions[1].height = 32
    row = _write_steps(pen, 3, kind)
    if kind != "budget":
        row = _write_scale(pen, row + 1, kind)
    if kind == "ahp":
        row = _write_random_indices(pen, row + 1)
    _write_progress(pen, row + 1, kind, pages)
    sheet.sheet_view.showGridLines = False
    print_setup(sheet, lang, say("form.guide.page", lang), landscape=False)
    protect(sheet)
    return pen.computed


def _write_section(pen: Pen, row: int, key: str) -> None:
    text = say(f"judgement.guide.{key}", pen.lang)
    pen.band(row, 1, 6, text, colour=BLUE, ink="FFFFFF", bold=True)
    pen.sheet.row_dimensions[row].height = 20


def _write_steps(pen: Pen, row: int, kind: Kind) -> int:
    _write_section(pen, row, "steps")
    for step in range(1, _STEPS[kind] + 1):
        text = say(f"judgement.guide.{kind}_{step}", pen.lang)
        row += 1
        pen.write(row, 1, step, align="center")
        pen.band(row, 2, 6, text)
        pen.height(row, {text: sum(_WIDTHS[1:])}, least=20)
    return row + 1


def _write_scale(pen: Pen, row: int, kind: Kind) -> int:
    """The grades, each in Chinese and in English: experts of one panel may read either."""
    _write_section(pen, row, "scale")
    for key in _GRADES[: 6 if kind == "bwm" else 7]:
        row += 1
        grade = say(f"judgement.grade.{key}", "zh").split("|")[0]
        texts = {lang: say(f"judgement.grade.{key}", lang).split("|")[1] for lang in LANGUAGES}
        pen.write(row, 1, grade, align="center", bold=True, colour=YELLOW)
        pen.band(row, 2, 3, texts["zh"])
        pen.band(row, 4, 6, texts["en"])
        pen.height(row, {texts["zh"]: sum(_WIDTHS[1:3]), texts["en"]: sum(_WIDTHS[3:])}, least=20)
    return row + 1


def _write_random_indices(pen: Pen, row: int) -> int:
    _write_section(pen, row, "random")
    words = "   ".join(f"{n}: {index:.2f}" for n, index in RANDOM_INDEX["saaty"].items())
    text = say("judgement.guide.random_text", pen.lang, table=words)
    pen.band(row + 1, 1, 6, text)
    pen.height(row + 1, {text: sum(_WIDTHS)})
    return row + 2


def _write_progress(pen: Pen, row: int, kind: Kind, pages: Sequence[Page]) -> None:
    lang = pen.lang
    _write_section(pen, row, "experts")
    heads = ["expert", "", "", "done", "total", *((f"worst_{kind}",) if pages[0].worst else ())]
    row += 1
    texts = {column: key for column, key in enumerate(heads, start=1) if key}
    for column, key in texts.items():
        text = say(f"judgement.head.{key}", lang)
        if column == 1:
            pen.band(row, 1, 3, text, colour=GREY, bold=True)
        else:
            pen.write(row, column, text, colour=GREY, bold=True, align="center")
    pen.sheet.row_dimensions[row].height = 32
    for page in pages:
        row += 1
        quoted = "'" + page.name.replace("'", "''") + "'"
        pen.band(row, 1, 3, page.expert or page.name, ink=BLUE)
        pen.sheet.cell(row, 1).hyperlink = f"#{quoted}!A1"
        cell, value = page.done
        pen.formula(row, 4, f"{quoted}!{cell}", value, align="center")
        pen.write(row, 5, page.total, align="center")
        if page.worst:
            cell, ratio = page.worst
            pen.formula(row, 6, f"{quoted}!{cell}", ratio, align="center", form="0.000")
        pen.sheet.row_dimensions[row].height = 18
