"""The form's first and last sheets: how to fill it in, and what each indicator means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from ..indicators.framework import Framework
from ..indicators.reading.form_layout import GRADES
from ..text import say
from .evaluation.sheet import Sheet
from .evaluation.style import BLUE, NAVY, PALE
from .form_answers import Measure, allowed, scoring
from .form_sheet import FormSheet
from .form_style import GREEN, GREY, YELLOW, Pen, print_setup, protect

_STEPS = 7
_GUIDE_WIDTHS = (12, 40, 12, 12, 12, 12)
_DEFINITION_WIDTHS = {"code": 9, "indicator": 26, "unit": 14, "definition": 52, "scoring": 40,
                      "suggested": 20}  # fmt: skip


def write_guide(
    sheet: Worksheet, framework: Framework, forms: Sequence[FormSheet], lang: str
) -> Sheet:
    """Write steps, colours, grades, and how far each city's sheet is filled in.

    Returns
    -------
    Sheet
        Its formulas and their values.
    """
    pen = Pen(sheet, lang)
    for letter, width in zip("ABCDEF", _GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    title = say("form.title.guide", lang, framework=framework.title[lang])
    pen.band(1, 1, 6, title, colour=NAVY, ink="FFFFFF", bold=True, size=15, box=False)
    sheet.row_dimensions[1].height = 32 if len(title) < 60 else 46
    row = _write_steps(pen, 3, forms)
    row = _write_legend(pen, row + 1)
    row = _write_progress(pen, row + 1, framework, forms)
    if framework.about:
        _write_section(pen, row + 1, "about")
        _write_text(pen, row + 2, framework.about[lang])
    sheet.sheet_view.showGridLines = False
    print_setup(sheet, lang, say("form.guide.page", lang), landscape=False)
    protect(sheet)
    return pen.computed


def _write_section(pen: Pen, row: int, key: str) -> None:
    pen.band(row, 1, 6, say(f"form.guide.{key}", pen.lang), colour=BLUE, ink="FFFFFF", bold=True)
    pen.sheet.row_dimensions[row].height = 20


def _write_text(pen: Pen, row: int, text: str, first: int = 1) -> None:
    pen.band(row, first, 6, text, vertical="top")
    pen.height(row, {text: sum(_GUIDE_WIDTHS[first - 1 :])})


def _write_steps(pen: Pen, row: int, forms: Sequence[FormSheet]) -> int:
    names = {
        "form": forms[0].name if len(forms) == 1 else f"{forms[0].name} …",
        "definitions": say("form.sheet.definitions", pen.lang),
        "not_applicable": say("form.answer.not_applicable", pen.lang),
    }
    _write_section(pen, row, "steps")
    for step in range(1, _STEPS + 1):
        row += 1
        pen.write(row, 1, step, align="center", colour=PALE, bold=True)
        _write_text(pen, row, say(f"form.guide.step_{step}", pen.lang, **names), first=2)
    return row + 1


def _write_legend(pen: Pen, row: int) -> int:
    _write_section(pen, row, "colours")
    for key, colour in (("input", YELLOW), ("review", GREEN), ("locked", GREY)):
        row += 1
        pen.write(row, 1, colour=colour)
        _write_text(pen, row, say(f"form.guide.{key}", pen.lang), first=2)
    row += 2
    _write_section(pen, row, "grades")
    for grade in GRADES:
        row += 1
        pen.write(row, 1, grade, align="center", bold=True, colour=PALE)
        _write_text(pen, row, say(f"form.grade.{grade}", pen.lang), first=2)
    return row + 1


def _write_progress(pen: Pen, row: int, framework: Framework, forms: Sequence[FormSheet]) -> int:
    _write_section(pen, row, "progress")
    row += 1
    looks: dict[str, Any] = {"colour": PALE, "bold": True, "align": "center"}
    pen.band(row, 1, 2, say("form.head.city", pen.lang), colour=PALE, bold=True)
    for column, key in ((3, "column.filled"), (4, "column.total"), (5, "column.share"),
                        (6, "head.verified")):  # fmt: skip
        pen.write(row, column, say(f"form.{key}", pen.lang), **looks)
    total = len(framework.indicators)
    for form in forms:
        row += 1
        quoted = "'" + form.name.replace("'", "''") + "'"
        pen.band(row, 1, 2, form.city or form.name, ink=BLUE)
        pen.sheet.cell(row, 1).hyperlink = f"#{quoted}!A1"
        pen.formula(row, 3, f"{quoted}!{form.filled}", 0, align="center")
        pen.write(row, 4, total, align="center")
        pen.formula(row, 5, f"C{row}/D{row}", 0, align="center", form="0%")
        pen.formula(row, 6, f"{quoted}!{form.verified}", 0, align="center")
        pen.sheet.row_dimensions[row].height = 18
    return row + 1


def write_definitions(sheet: Worksheet, framework: Framework, lang: str) -> None:
    """Write what each input means and how it is scored."""
    pen = Pen(sheet, lang)
    keys = list(_DEFINITION_WIDTHS)
    for place, width in enumerate(_DEFINITION_WIDTHS.values()):
        sheet.column_dimensions["ABCDEF"[place]].width = width
    title = say("form.title.definitions", lang, framework=framework.title[lang])
    pen.band(1, 1, 6, title, colour=NAVY, ink="FFFFFF", bold=True, size=15, box=False)
    sheet.row_dimensions[1].height = 30
    for column, key in enumerate(keys, start=1):
        head = say(f"form.column.{key}", lang)
        pen.write(3, column, head, colour=BLUE, ink="FFFFFF", bold=True, align="center")
    sheet.row_dimensions[3].height = 22
    row = 3
    for node in framework.nodes[1:]:
        row += 1
        if node.indicator is None:
            pen.band(
                row,
                1,
                6,
                f"{node.code}  {node.name[lang]}",
                colour=PALE,
                bold=True,
                ink=NAVY,
                box=False,
            )
            sheet.row_dimensions[row].height = 20
        else:
            _write_definition(pen, row, node.indicator)
    for auxiliary in framework.auxiliary:
        row += 1
        _write_definition(pen, row, auxiliary)
    sheet.freeze_panes = "C4"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = "3:3"
    print_setup(sheet, lang, say("form.guide.page", lang))
    protect(sheet)


def _write_definition(pen: Pen, row: int, measure: Measure) -> None:
    lang = pen.lang
    definition = getattr(measure, "definition", None)
    suggested = getattr(measure, "data_source", None)
    texts = {
        "code": measure.code,
        "indicator": measure.name[lang],
        "unit": measure.unit[lang],
        "definition": definition[lang] if definition else "",
        "scoring": scoring(measure, lang) or allowed(measure, lang),
        "suggested": suggested[lang] if suggested else "",
    }
    for column, text in enumerate(texts.values(), start=1):
        pen.write(row, column, text, vertical="top")
    widths = zip(texts.values(), _DEFINITION_WIDTHS.values(), strict=True)
    pen.height(row, {text: width for text, width in widths if text})
