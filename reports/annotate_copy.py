"""A copy of a file's values with its findings marked, where the file itself is not edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..atomic import replacing
from ..errors import Issue
from ..indicators.reading.book import Book as SourceBook
from ..indicators.reading.grid import Cell, Grid
from ..text import say
from .annotate_list import COLUMNS, HEAD, WIDTHS, list_note
from .annotate_notes import note_text
from .annotate_sheet import place_of
from .evaluation.framework import lines_of
from .evaluation.sheet import Book, Sheet, Value
from .evaluation.writer import write_book
from .return_list import return_rows

_LOOKS = {"error": "raw_error", "flagged": "raw_flagged", "repaired": "raw_repaired"}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_copy(
    book: SourceBook, issues: Sequence[Issue], target: Path, lang: str, warning: str
) -> int:
    """Write the return list and a marked copy of every sheet's values.

    Returns
    -------
    int
        Cells that were marked.
    """
    sheets = [_return_list(book, issues, lang, warning)]
    marked = 0
    taken = {sheets[0].name.casefold()}
    for grid in (*book.grids, *book.hidden):
        found = _marks(grid, issues)
        sheets.append(_values(grid, _free_name(grid, taken), found, lang))
        marked += len(found)
    with replacing(target) as draft:
        write_book(Book(tuple(sheets), book.file, lang), draft)
    return marked


def _marks(grid: Grid, issues: Sequence[Issue]) -> dict[tuple[int, int], list[Issue]]:
    found: dict[tuple[int, int], list[Issue]] = {}
    for issue in issues:
        if issue.location.cell and issue.location.sheet == grid.sheet:
            found.setdefault(place_of(issue.location.cell), []).append(issue)
    return found


def _free_name(grid: Grid, taken: set[str]) -> str:
    stem = (grid.sheet or Path(grid.file).stem).translate(_FORBIDDEN).strip()[:27] or "1"
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} {number}"
    taken.add(name.casefold())
    return name


def _values(
    grid: Grid, name: str, marks: Mapping[tuple[int, int], list[Issue]], lang: str
) -> Sheet:
    sheet = Sheet(name, tab="9CA3AF")
    for place, cell in grid.cells.items():
        sheet.put(*place, _value(cell), "percent" if cell.form == "%" else "plain")
    for place, issues in marks.items():
        held = sheet.cells.get(place)
        look = _LOOKS[issues[0].severity]
        sheet.put(*place, held.value if held else None, look, note=note_text(issues, lang))
    columns = {column for _, column in sheet.cells}
    sheet.width(dict.fromkeys(columns, 14.0))
    return sheet


def _value(cell: Cell) -> Value:
    return cell.text if cell.kind in ("formula", "error", "date") else cell.value


def _return_list(book: SourceBook, issues: Sequence[Issue], lang: str, warning: str) -> Sheet:
    sheet = Sheet(say("collect.sheet.return_list", lang), tab="C00000")
    sheet.put(1, 1, say("annotate.list.title", lang), "section")
    sheet.put(2, 1, list_note(book.file, issues, lang), "plain")
    sheet.put(3, 1, warning, "plain")
    sheet.heights |= {1: 24, 2: 18, 3: 18, HEAD: 26}
    heads = [say("annotate.list.number", lang)]
    heads += [say(f"collect.column.{key}", lang) for key in COLUMNS]
    for column, (head, width) in enumerate(zip(heads, WIDTHS, strict=True), start=1):
        sheet.put(HEAD, column, head, "head")
        sheet.widths[column] = width
    for number, (issue, row) in enumerate(zip(issues, return_rows(issues, lang), strict=True), 1):
        line = HEAD + number
        cells = [str(number), row.severity, *row.cells]
        for column, text in enumerate(cells, start=1):
            sheet.put(line, column, text, "wrapped")
        sheet.put(line, 2, row.severity, _LOOKS[issue.severity])
        texts = zip(cells, WIDTHS, strict=True)
        tall = max(lines_of(text, width, lang) for text, width in texts)
        sheet.heights[line] = min(400.0, 13.5 * tall + 5)
    if not issues:
        sheet.put(HEAD + 1, 1, say("annotate.list.none", lang), "plain")
    sheet.freeze, sheet.repeat_rows = (HEAD + 1, 1), (HEAD, HEAD)
    return sheet
