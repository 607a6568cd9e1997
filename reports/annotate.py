"""The user's own workbook with every finding marked at its cell, and the return list in front.

An xlsx or xlsm file is edited part by part, so that whatever is not touched stays byte for byte:
formulas, charts, images, macros. Any other file becomes a copy of its values, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..atomic import replacing
from ..errors import Issue, OutputError
from ..indicators.reading.book import Book, open_book
from ..text import say
from .annotate_copy import write_copy
from .annotate_list import add_return_list
from .annotate_notes import add_notes
from .annotate_package import Package, UnusualError
from .annotate_sheet import mark_cells
from .annotate_styles import add_styles
from .return_list import ordered

_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
}


@dataclass(frozen=True)
class Annotation:
    """What was written.

    Parameters
    ----------
    marked : int
        Cells that were marked.
    why_copy : str or None
        Why it is a copy of values only, in the user's language; None where nothing was lost.
    """

    marked: int
    why_copy: str | None = None

    @property
    def is_copy(self) -> bool:
        """Whether formulas, charts, images and macros were left behind."""
        return self.why_copy is not None

    def sentence(self, file: str, lang: str) -> str:
        """What the user must know about the written file."""
        if self.why_copy is None:
            return say("annotate.kept", lang, marked=self.marked)
        return say("annotate.copy", lang, file=file, reason=self.why_copy)


def annotate(
    source: str | Path, issues: Sequence[Issue], target: str | Path, lang: str = "zh"
) -> Annotation:
    """Write a spreadsheet again with its findings marked.

    Parameters
    ----------
    source : str or Path
        The file that was read.
    issues : sequence of Issue
        What was found in it.
    target : str or Path
        Ends as the kind of workbook demands, for example in .xlsm where there are macros.
    lang : {"zh", "en"}

    Returns
    -------
    Annotation

    Raises
    ------
    InputError
        If the source cannot be opened safely.
    OutputError
        If the target cannot be written or must have another ending.
    """
    source, target = Path(source), Path(target)
    book = open_book(source)
    found = ordered(issues)
    try:
        package = Package.of(source.read_bytes())
    except UnusualError as unusual:
        return _copy(book, found, target, lang, unusual)
    suffix = _SUFFIXES.get(package.workbook_type, ".xlsx")
    if target.suffix.lower() != suffix:
        raise OutputError("annotate.needs_suffix", suffix=suffix)
    try:
        marked = _annotate_package(package, book.file, found, lang)
        data = package.zipped()
    except UnusualError as unusual:
        return _copy(book, found, target, lang, unusual)
    with replacing(target) as draft:
        draft.write_bytes(data)
    return Annotation(marked)


def _annotate_package(package: Package, file: str, issues: Sequence[Issue], lang: str) -> int:
    styles = add_styles(package)
    by_sheet: dict[str, dict[str, list[Issue]]] = {}
    for issue in issues:
        if issue.location.sheet and issue.location.cell:
            cells = by_sheet.setdefault(issue.location.sheet, {})
            cells.setdefault(issue.location.cell, []).append(issue)
    marked = 0
    for name, cells in by_sheet.items():
        part = package.sheets.get(name)
        if part is not None:
            mark_cells(package, part, cells, styles)
            add_notes(package, part, cells, lang)
            marked += len(cells)
    add_return_list(package, file, issues, styles, lang)
    styles.write()
    return marked


def _copy(
    book: Book, issues: Sequence[Issue], target: Path, lang: str, unusual: UnusualError
) -> Annotation:
    if target.suffix.lower() != ".xlsx":
        raise OutputError("annotate.needs_suffix", suffix=".xlsx")
    why = say(f"annotate.reason.{unusual.reason}", lang, format=unusual.format)
    marked = write_copy(book, issues, target, lang, say("annotate.copy", lang, file=book.file,
                                                        reason=why))  # fmt: skip
    return Annotation(marked, why)
