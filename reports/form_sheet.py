"""One city's sheet of the form: a row an input, grouped by goal, with checks and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..indicators.framework import Framework, Node
from ..indicators.reading.form_layout import COLUMNS, GRADES, INPUTS, REVIEWED
from ..text import say
from .evaluation.sheet import Sheet
from .evaluation.style import BLUE, NAVY, PALE
from .form_answers import Measure, allowed, check, choices, is_text, scoring
from .form_style import AMBER, DEEP_GREEN, GREEN, GREY, RED, SKY, YELLOW, Pen, fill, print_setup
from .form_style import protect as protect_sheet

WIDTHS = (9, 30, 13, 13, 16, 20, 24, 8, 14, 20, 11, 12)
HEAD_ROW = 7
_COLUMN = {key: place for place, key in enumerate(COLUMNS, start=1)}
_VALUE = get_column_letter(_COLUMN["value"])
_VERIFIED = get_column_letter(_COLUMN["verified"])
_STATUS = get_column_letter(_COLUMN["status"])
_GOOD_TITLE, _GOOD_PROMPT = 32, 255


@dataclass(frozen=True)
class FormSheet:
    """Where a written sheet keeps what the guide refers to.

    Parameters
    ----------
    name : str
        Of the sheet.
    city : str
    filled, verified : str
        Cells that count the answers.
    computed : Sheet
        Its formulas and their values.
    """

    name: str
    city: str
    filled: str
    verified: str
    computed: Sheet


def write_sheet(
    sheet: Worksheet,
    framework: Framework,
    lists: Mapping[str, str],
    lang: str,
    city: str,
    year: int | None,
) -> FormSheet:
    """Write the form of one city.

    Parameters
    ----------
    sheet : Worksheet
        Empty.
    framework : Framework
    lists : mapping from a measure's code to the range of its choices
    lang : {"zh", "en"}
    city : str
        Empty where it is to be filled in.
    year : int or None

    Returns
    -------
    FormSheet
    """
    pen = Pen(sheet, lang)
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _write_heads(pen, framework, city, year)
    rows = dict(_rows(framework))
    last_scored = max(row for row, found in rows.items() if isinstance(found, Node))
    for row, found in rows.items():
        if isinstance(found, Node) and found.indicator is None:
            title = f"{found.code}  {found.name[lang]}"
            _write_band(pen, row, title, found.parent == framework.root.code)
        elif isinstance(found, str):
            _write_band(pen, row, say(found, lang), True)
        else:
            measure = found.indicator if isinstance(found, Node) else found
            assert measure is not None
            _write_row(pen, row, measure, lists.get(measure.code))
    _write_progress(pen, framework, last_scored)
    _finish(sheet, lang, max(rows))
    return FormSheet(sheet.title, city, "$J$3", "$J$4", pen.computed)


def _rows(framework: Framework) -> Iterator[tuple[int, Node | Measure | str]]:
    row = HEAD_ROW + 1
    for node in framework.nodes[1:]:
        yield row, node
        row += 1
    if framework.auxiliary:
        yield row, "form.band.auxiliary"
    for auxiliary in framework.auxiliary:
        row += 1
        yield row, auxiliary


def _write_heads(pen: Pen, framework: Framework, city: str, year: int | None) -> None:
    last = len(COLUMNS)
    title = say("form.title.form", pen.lang, framework=framework.title[pen.lang])
    pen.band(1, 1, last, title, colour=NAVY, ink="FFFFFF", bold=True, size=15, box=False)
    pen.sheet.row_dimensions[1].height = 30
    pen.band(2, 1, last, say("form.prompt.rule", pen.lang, **_words(pen.lang)), box=False, size=9)
    pen.sheet.row_dimensions[2].height = 20
    fields = (("city", 3, 1, city), ("year", 3, 4, year), ("organisation", 3, 6, None),
              ("phone", 4, 1, None), ("date", 4, 4, None), ("person", 4, 6, None))  # fmt: skip
    for key, row, column, value in fields:
        pen.write(row, column, say(f"form.head.{key}", pen.lang), colour=PALE, bold=True)
        pen.write(row, column + 1, value, colour=YELLOW, locked=False)
    pen.sheet.row_dimensions[3].height = pen.sheet.row_dimensions[4].height = 22
    _add_year_check(pen)
    _write_columns(pen)


def _words(lang: str) -> dict[str, str]:
    return {"not_applicable": say("form.answer.not_applicable", lang)}


def _write_columns(pen: Pen) -> None:
    lang, band = pen.lang, HEAD_ROW - 1
    pen.band(band, 1, _COLUMN["allowed"], "", colour=BLUE)
    looks: dict[str, Any] = {"ink": "FFFFFF", "bold": True, "align": "center"}
    reported = say("form.band.reported", lang)
    pen.band(band, _COLUMN["value"], _COLUMN["grade"], reported, colour=BLUE, **looks)
    verified = say("form.band.verified", lang)
    pen.band(band, _COLUMN["verified"], _COLUMN["author"], verified, colour=DEEP_GREEN, **looks)
    pen.write(band, _COLUMN["status"], colour=BLUE)
    pen.sheet.row_dimensions[band].height = 20 if lang == "zh" else 32
    for key, place in _COLUMN.items():
        colour = DEEP_GREEN if key in REVIEWED else BLUE
        pen.write(HEAD_ROW, place, say(f"form.column.{key}", lang), colour=colour, **looks)
    pen.sheet.row_dimensions[HEAD_ROW].height = 24 if lang == "zh" else 32


def _write_band(pen: Pen, row: int, text: str, top: bool) -> None:
    colour = SKY if top else PALE
    pen.band(row, 1, len(COLUMNS), text, colour=colour, bold=True, ink=NAVY, box=False)
    pen.sheet.row_dimensions[row].height = 20


def _write_row(pen: Pen, row: int, measure: Measure, choices_range: str | None) -> None:
    lang = pen.lang
    texts = {
        "code": measure.code,
        "indicator": measure.name[lang],
        "unit": measure.unit[lang],
        "allowed": allowed(measure, lang),
    }
    for key, text in texts.items():
        pen.write(row, _COLUMN[key], text, colour=GREY)
    for key in (*INPUTS, *REVIEWED):
        colour = GREEN if key in REVIEWED else YELLOW
        centred = "center" if key in ("value", "verified", "grade") else "left"
        pen.write(row, _COLUMN[key], colour=colour, locked=False, align=centred)
    todo = say("form.status.todo", lang)
    pen.formula(
        row, _COLUMN["status"], _status(measure, row, lang), todo, colour=GREY, align="center"
    )
    _add_checks(pen, row, measure, choices_range)
    _add_note(pen, row, measure)
    widths = {texts[key]: WIDTHS[_COLUMN[key] - 1] for key in ("indicator", "unit", "allowed")}
    pen.height(row, widths, least=22 if not choices_range else 34)


def _status(measure: Measure, row: int, lang: str) -> str:
    value, verified = f"{_VALUE}{row}", f"{_VERIFIED}{row}"
    word = {
        key: f'"{say(f"form.status.{key}", lang)}"'
        for key in ("todo", "filled", "outside", "confirmed", "changed", "verified")
    }
    if choices(measure, lang) or is_text(measure):
        fits = word["filled"]
    else:
        fits = f"IF({check(measure, value, lang)},{word['filled']},{word['outside']})"
    reviewed = (
        f'IF({value}="",{word["verified"]},'
        f"IF({value}={verified},{word['confirmed']},{word['changed']}))"
    )
    return f'IF({verified}<>"",{reviewed},IF({value}="",{word["todo"]},{fits}))'


def _add_checks(pen: Pen, row: int, measure: Measure, choices_range: str | None) -> None:
    for key in ("value", "verified"):
        cell = f"{get_column_letter(_COLUMN[key])}{row}"
        found = _check(measure, cell, choices_range, pen.lang)
        if found is None:
            continue
        if key == "verified":
            found.prompt = say("form.prompt.verified", pen.lang)
        pen.sheet.add_data_validation(found)
        found.add(cell)


def _check(
    measure: Measure, cell: str, choices_range: str | None, lang: str
) -> DataValidation | None:
    if is_text(measure):
        return None
    if choices_range:
        binary = getattr(measure, "scale", None) == "binary"
        prompt = say(f"form.prompt.{'binary' if binary else 'choice'}", lang)
        found = DataValidation(type="list", formula1=choices_range)
    else:
        prompt = _number_prompt(measure, lang)
        found = DataValidation(type="custom", formula1=check(measure, cell, lang))
    found.allow_blank = True
    found.showErrorMessage = found.showInputMessage = True
    found.promptTitle = f"{measure.code} {measure.name[lang]}"[:_GOOD_TITLE]
    found.prompt = found.error = prompt[:_GOOD_PROMPT]
    found.errorTitle = say("form.prompt.refused_title", lang)
    return found


def _number_prompt(measure: Measure, lang: str) -> str:
    words = {**_words(lang), "allowed": allowed(measure, lang)}
    unit = measure.unit[lang]
    if unit:
        return say("form.prompt.number", lang, unit=unit, **words)
    return say("form.prompt.number_bare", lang, **words)


def _add_year_check(pen: Pen) -> None:
    found = DataValidation(
        type="whole", operator="between", formula1="1949", formula2="2100", allow_blank=True
    )
    found.showErrorMessage = found.showInputMessage = True
    found.prompt = found.error = say("form.prompt.year", pen.lang)
    found.promptTitle = say("form.head.year", pen.lang)
    found.errorTitle = say("form.prompt.refused_title", pen.lang)
    pen.sheet.add_data_validation(found)
    found.add("E3")


def _add_note(pen: Pen, row: int, measure: Measure) -> None:
    definition = getattr(measure, "definition", None)
    parts = [definition[pen.lang] if definition else "", scoring(measure, pen.lang)]
    text = "\n".join(part for part in parts if part)
    if text:
        lines = sum(1 + len(line) // 26 for line in text.split("\n"))
        note = Comment(text, "Steelyard", height=40 + 18 * lines, width=340)
        pen.sheet.cell(row, _COLUMN["indicator"]).comment = note


def _write_progress(pen: Pen, framework: Framework, last_scored: int) -> None:
    span = f"{_STATUS}{HEAD_ROW + 1}:{_STATUS}{last_scored}"
    total = len(framework.indicators)

    def count(*states: str) -> str:
        words = (say(f"form.status.{state}", pen.lang) for state in states)
        return "+".join(f'COUNTIF({span},"{word}")' for word in words)

    lines = (
        (3, "progress", f"{total}-{count('todo')}", f"/ {total}"),
        (4, "verified", count("confirmed", "changed", "verified"), ""),
    )
    for row, key, formula, after in lines:
        pen.write(row, 9, say(f"form.head.{key}", pen.lang), colour=PALE, bold=True)
        pen.formula(row, 10, formula, 0, colour=GREY, align="center", bold=True)
        pen.write(row, 11, after, box=False)


def _finish(sheet: Worksheet, lang: str, last: int) -> None:
    grades = DataValidation(type="list", formula1=f'"{",".join(GRADES)}"', allow_blank=True)
    grades.prompt = say("form.prompt.grade", lang)
    grades.promptTitle = say("form.column.grade", lang)
    grades.showInputMessage = grades.showErrorMessage = True
    sheet.add_data_validation(grades)
    letter = get_column_letter(_COLUMN["grade"])
    grades.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
    _add_colours(sheet, lang, last)
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{HEAD_ROW - 1}:{HEAD_ROW}"
    print_setup(sheet, lang, say("form.guide.page", lang))
    protect_sheet(sheet)


def _add_colours(sheet: Worksheet, lang: str, last: int) -> None:
    top = HEAD_ROW + 1
    span = f"{_STATUS}{top}:{_STATUS}{last}"
    for state, colour in (("outside", RED), ("changed", AMBER)):
        word = say(f"form.status.{state}", lang)
        sheet.conditional_formatting.add(
            span, FormulaRule([f'${_STATUS}{top}="{word}"'], fill=fill(colour))
        )
