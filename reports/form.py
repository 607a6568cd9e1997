"""The fill-in form: a workbook that a city fills in and Steelyard reads back exactly."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from ..atomic import replacing
from ..indicators.framework import Framework
from ..indicators.reading.form import is_shipped
from ..indicators.reading.form_layout import LISTS, MARKER
from ..indicators.yaml_file import yaml_from_framework
from ..text import say
from ..version import __version__
from .evaluation.sheet import Book
from .evaluation.writer import fill_values
from .fixed_time import MOMENT
from .form_answers import choices
from .form_guide import write_definitions, write_guide
from .form_sheet import write_sheet
from .form_style import put

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 28
_PIECE = 30_000


def write_form(
    framework: Framework,
    path: str | Path,
    cities: Sequence[str] = (),
    lang: str = "zh",
    year: int | None = None,
) -> None:
    """Write a form to fill in: one sheet a city, or one blank sheet.

    Each input has its unit, valid range or drop-down, definition, source, evidence and quality
    grade, and beside the reported value an optional verified one with its reason and author.

    Parameters
    ----------
    framework : Framework
        Goes into the file, so that the filled form can be read without naming it.
    path : str or Path
    cities : sequence of str
    lang : {"zh", "en"}
    year : int, optional
        Written into every sheet.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    workbook, computed = _workbook(framework, tuple(cities), lang, year)
    workbook.properties.title = computed.title
    workbook.properties.creator = "Steelyard"
    workbook.properties.created = workbook.properties.modified = MOMENT
    workbook.calculation.fullCalcOnLoad = True
    written = io.BytesIO()
    workbook.save(written)
    with replacing(path) as draft:
        fill_values(written, computed, draft)


def _workbook(
    framework: Framework, cities: tuple[str, ...], lang: str, year: int | None
) -> tuple[Workbook, Book]:
    """The form in memory, and its formulas with their values."""
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = say("form.sheet.guide", lang)
    names = _sheet_names(cities, lang)
    sheets = [book.create_sheet(name) for name in names]
    definitions = book.create_sheet(say("form.sheet.definitions", lang))
    lists = _write_lists(book, framework, lang)
    forms = [
        write_sheet(sheet, framework, lists, lang, city, year)
        for sheet, city in zip(sheets, cities or ("",), strict=True)
    ]
    computed = [write_guide(guide, framework, forms, lang), *(form.computed for form in forms)]
    write_definitions(definitions, framework, lang)
    write_marker(book, framework, lang)
    book.active = 1
    title = say("form.title.form", lang, framework=framework.title[lang])
    return book, Book(tuple(computed), title, lang)


def _sheet_names(cities: Iterable[str], lang: str) -> list[str]:
    """A legal, unique sheet name for every city."""
    taken = {say(f"form.sheet.{key}", lang).casefold() for key in ("guide", "definitions")}
    taken |= {MARKER, LISTS, "history"}
    names = []
    for city in tuple(cities) or (say("form.sheet.form", lang),):
        stem = city.translate(_FORBIDDEN).strip()[:_LONGEST_NAME] or say("form.sheet.form", lang)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem[: _LONGEST_NAME - 4]} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_lists(book: Workbook, framework: Framework, lang: str) -> Mapping[str, str]:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "veryHidden"
    ranges: dict[str, str] = {}
    for indicator in framework.indicators:
        found = choices(indicator, lang)
        if found:
            column = len(ranges) + 1
            for row, text in enumerate((indicator.code, *found), start=1):
                put(sheet.cell(row, column), text)
            letter = get_column_letter(column)
            ranges[indicator.code] = f"{LISTS}!${letter}$2:${letter}${len(found) + 1}"
    return ranges


def write_marker(book: Workbook, framework: Framework, lang: str, name: str = MARKER) -> None:
    """Keep what a form was made from: a shipped framework by name, any other as it is."""
    sheet = book.create_sheet(name)
    sheet.sheet_state = "veryHidden"
    pieces = []
    if not is_shipped(framework):
        whole = json.dumps(yaml_from_framework(framework))
        pieces = [whole[start : start + _PIECE] for start in range(0, len(whole), _PIECE)]
    rows = (
        ("steelyard", __version__),
        ("framework", framework.name, framework.version),
        ("language", lang),
        *(("yaml", piece) for piece in pieces),
    )
    for row, words in enumerate(rows, start=1):
        for column, word in enumerate(words, start=1):
            put(sheet.cell(row, column), word)
