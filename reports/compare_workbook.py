"""Writing a comparison as its own live workbook."""

from __future__ import annotations

from pathlib import Path

from ..assess.comparison import Comparison
from ..atomic import replacing
from .compare_indicators import data_sheet, indicators_sheet
from .compare_layout import CompareLayout
from .compare_notes import notes_sheet
from .compare_overview import moves_sheet, overview_sheet
from .compare_pair import pair_sheet
from .compare_parts import parts_sheet
from .compare_scores import scores_sheet
from .evaluation.sheet import Book, Sheet
from .evaluation.writer import write_book


def write_comparison(comparison: Comparison, path: str | Path, lang: str = "zh") -> None:
    """Write a comparison as a live workbook: formulas that also carry their values.

    From indicator scores and weights everything is calculated in the file: the scores up the
    tree, each gap, and its parts by goal and indicator.

    Parameters
    ----------
    comparison : Comparison
    path : str or Path
        The .xlsx file; written whole or not at all.
    lang : {"zh", "en"}

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    book = build(comparison, lang)
    with replacing(path) as draft:
        write_book(book, draft)


def build(comparison: Comparison, lang: str) -> Book:
    """Build the workbook of a comparison in memory."""
    layout = CompareLayout(comparison, lang)
    sheets = [
        overview_sheet(layout),
        pair_sheet(layout),
        moves_sheet(layout),
        indicators_sheet(layout),
        data_sheet(layout),
        scores_sheet(layout),
        parts_sheet(layout),
        notes_sheet(layout),
    ]
    present = [sheet for sheet in sheets if sheet is not None]
    _write_contents(layout, present)
    title = layout.say("title.overview", framework=layout.framework.title[lang])
    return Book(tuple(present), title, lang)


def _write_contents(layout: CompareLayout, sheets: list[Sheet]) -> None:
    """Links from the overview to every sheet, and back."""
    overview, *others = sheets
    for number, sheet in enumerate(others):
        overview.put(3, 1 + number, sheet.name, "contents", link=f"#'{sheet.name}'!A1")
        back = max(column for row, column in sheet.cells if row == 1) + 1
        sheet.put(1, back, f"← {overview.name}", "contents", link=f"#'{overview.name}'!A1")
        sheet.widths.setdefault(back, 12)
