"""The workbook for judgements: an expert a sheet, weights and consistency live as they judge."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from ..atomic import replacing
from ..indicators.framework import Framework
from ..indicators.judgements import Expert, Judgements, Kind
from ..indicators.reading.form_layout import JUDGEMENT_MARKER, LISTS
from ..text import say
from .evaluation.sheet import Book
from .evaluation.writer import fill_values
from .fixed_time import MOMENT
from .form import write_marker
from .judgement_answers import answers_table
from .judgement_guide import write_guide
from .judgement_matrix import matrix_table
from .judgement_page import FRACTION, Page, Table, write_page

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 31
_TABLES: Mapping[Kind, Table] = {
    "ahp": matrix_table,
    "bwm": answers_table,
    "budget": answers_table,
}


def write_judgement_form(
    framework: Framework,
    path: str | Path,
    experts: Sequence[str] = (),
    method: Kind = "ahp",
    lang: str = "zh",
    judgements: Judgements | None = None,
) -> None:
    """Write a workbook in which experts judge how much each node's children count.

    Every inner node with two children or more has a table. For ``ahp`` the upper triangle is
    asked for; the reciprocals, the weights (row geometric means), λ_max, CI, RI, CR and the
    judgement that fits worst are formulas. ``bwm`` shows the input-based consistency ratio,
    ``budget`` the shares.

    Parameters
    ----------
    framework : Framework
        Goes into the file, so that the judgements can be read without naming it.
    path : str or Path
    experts : sequence of str
        A sheet each; one without a name by default.
    method : {"ahp", "bwm", "budget"}
    lang : {"zh", "en"}
    judgements : Judgements, optional
        Filled in; its experts and kind take the place of `experts` and `method`.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    if judgements is None:
        asked = tuple(Expert(name, 1.0, {}) for name in experts or ("",))
        judgements = Judgements(method, asked)
    workbook, computed = _workbook(framework, judgements, lang)
    workbook.properties.title = computed.title
    workbook.properties.creator = "Steelyard"
    workbook.properties.created = workbook.properties.modified = MOMENT
    workbook.calculation.fullCalcOnLoad = True
    written = io.BytesIO()
    workbook.save(written)
    with replacing(path) as draft:
        fill_values(written, computed, draft)


def _workbook(framework: Framework, judgements: Judgements, lang: str) -> tuple[Workbook, Book]:
    """The workbook in memory, and its formulas with their values."""
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = say("judgement.sheet.guide", lang)
    pages: list[Page] = []
    names = _sheet_names(judgements, lang)
    for name, expert in zip(names, judgements.experts, strict=True):
        table = _TABLES[judgements.kind]
        sheet = book.create_sheet(name)
        pages.append(write_page(sheet, framework, judgements.kind, expert, table, lang))
    computed = [write_guide(guide, framework, judgements.kind, pages, lang)]
    computed += [page.computed for page in pages]
    _write_grades(book)
    write_marker(book, framework, lang, JUDGEMENT_MARKER)
    book.active = 1
    title = say("judgement.title.guide", lang, framework=framework.title[lang])
    return book, Book(tuple(computed), title, lang)


def _sheet_names(judgements: Judgements, lang: str) -> list[str]:
    """A legal, unique sheet name for every expert."""
    stem = say(f"judgement.sheet.{judgements.kind}", lang)
    names: list[str] = []
    for expert in judgements.experts:
        whole = f"{stem} {expert.name.translate(_FORBIDDEN)}".strip()[:_LONGEST_NAME]
        name, number = whole, 1
        while name.casefold() in {taken.casefold() for taken in names}:
            number += 1
            name = f"{whole[: _LONGEST_NAME - 4]} {number}"
        names.append(name)
    return names


def _write_grades(book: Workbook) -> None:
    """The grades of the scale as numbers, shown as fractions: 9 … 1, 1/2 … 1/9."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "veryHidden"
    grades = [*range(9, 0, -1), *(1 / whole for whole in range(2, 10))]
    for row, grade in enumerate(grades, start=1):
        sheet.cell(row, 1, grade).number_format = FRACTION
