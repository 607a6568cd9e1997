"""Writing the evaluation workbook."""

from __future__ import annotations

from pathlib import Path

from ..assess.assessment import Assessment
from ..atomic import replacing


def write_workbook(assessment: Assessment, path: str | Path, lang: str = "zh") -> None:
    """Write an assessment as a live workbook: formulas that also carry their values.

    Parameters
    ----------
    assessment : Assessment
    path : str or Path
        The .xlsx file; written whole or not at all.
    lang : {"zh", "en"}

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from .evaluation.book import build
    from .evaluation.writer import write_book

    book = build(assessment, lang)
    with replacing(path) as draft:
        write_book(book, draft)
