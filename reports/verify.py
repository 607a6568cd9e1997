"""Verifying an evaluation workbook: recompute it from its own inputs and compare every cell."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from ..errors import InputError, Issue, Location, SteelyardError
from ..indicators.reading.limits import Refused
from ..indicators.reading.sandbox import Sandbox

if TYPE_CHECKING:
    from .evaluation.sheet import Book, Cell

Places = Mapping[str, Mapping[tuple[int, int], object]]
TOLERANCE = 1e-9
_SECONDS = 120.0
_QUOTED = re.compile(r"'([^'!]+)'!")
_NUMBER = re.compile(r"(?<![\w$.])\d+(?:\.\d+)?(?:E[+-]?\d+)?(?![\w!:])")
_NAMES = re.compile(rb"<definedNames>.*?</definedNames>", re.DOTALL)
_TRUTH = re.compile(r"\b(TRUE|FALSE)\(\)")


@dataclass(frozen=True)
class Verification:
    """What verifying a workbook found.

    Parameters
    ----------
    holds : bool
        Whether every number and every formula is what the workbook's own inputs give.
    checked : int
        Number of cells compared.
    findings : tuple of Issue
        Errors name the cells that do not hold; flagged ones the inputs that were changed after
        the workbook was written.
    recalculated : bool
        Whether an independent engine also recalculated the formulas.
    """

    holds: bool
    checked: int
    findings: tuple[Issue, ...]
    recalculated: bool


def verify_workbook(path: str | Path, recalculate: bool | None = None) -> Verification:
    """Recompute an evaluation workbook and compare it cell by cell.

    Its raw values, weights, goalposts, level bounds and recipe are read from the file, scored anew,
    and every number, text and formula is compared with what the file holds.

    Parameters
    ----------
    path : str or Path
    recalculate : bool, optional
        Whether to recalculate the formulas too, with formualizer; by default where it is
        installed. Done only where all formulas are as they should be.

    Returns
    -------
    Verification

    Raises
    ------
    InputError
        If the file is not an evaluation workbook, cannot be opened safely, or states inputs that
        cannot be scored.
    SteelyardError
        If recalculation is asked for and formualizer is not installed.
    """
    from .evaluation.book import build
    from .evaluation.reading_back import restate

    file = Path(path)
    data = file.read_bytes()
    engine = _engine(recalculate)
    values = _values(data, file.name)
    try:
        stated = restate(values, file.name)
    except InputError:
        raise
    except (LookupError, ValueError, SteelyardError) as error:
        raise _not_ours(file.name) from error
    book = build(stated.assessment, stated.lang, stated.profiled, stated.compared)
    found = _Comparison(file.name, book, texts=not stated.edits)
    formulas = _formulas(data)
    wrong_formulas = list(found.formulas(formulas))
    errors = [*stated.wrong, *wrong_formulas]
    errors += list(found.values(values, "reports.value"))
    if engine and not wrong_formulas:
        errors += found.values(engine(data, values, formulas), "reports.recalculated")
    return Verification(
        holds=not errors,
        checked=found.count,
        findings=(*errors, *stated.edits),
        recalculated=bool(engine) and not wrong_formulas,
    )


class _Comparison:
    """Compares what a file holds with the book that it should be."""

    def __init__(self, file: str, book: Book, texts: bool) -> None:
        self.file, self.book, self.texts = file, book, texts
        self.cells = [
            (sheet.name, place, cell)
            for sheet in book.sheets
            if not (sheet.hidden or (sheet.as_written and not texts))
            for place, cell in sorted(sheet.cells.items())
            if cell.formula is not None or self._compares(cell)
        ]

    @property
    def count(self) -> int:
        return len(self.cells)

    def _compares(self, cell: Cell) -> bool:
        return isinstance(cell.value, int | float) or (self.texts and bool(cell.value))

    def formulas(self, found: Mapping[str, Mapping[tuple[int, int], str]]) -> Iterator[Issue]:
        """Cells whose formula is another one, or a typed number."""
        for sheet, place, cell in self.cells:
            there = found.get(sheet, {}).get(place)
            if _plain(there) != _plain(cell.formula):
                yield self._issue(
                    "reports.formula", sheet, place, _text(there), _text(cell.formula)
                )

    def values(self, found: Places, code: str) -> Iterator[Issue]:
        """Cells whose value is another one."""
        for sheet, place, cell in self.cells:
            there = found.get(sheet, {}).get(place)
            if not _same(there, cell.value):
                yield self._issue(code, sheet, place, _text(there), _text(cell.value))

    def _issue(
        self, code: str, sheet: str, place: tuple[int, int], found: str, expected: str
    ) -> Issue:
        from .evaluation.sheet import at

        where = Location(self.file, sheet, at(*place))
        return Issue("error", code, where, fields={"found": found, "expected": expected})


def _same(found: object, expected: object) -> bool:
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return (found or "") == (_kept(expected) or "")
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return abs(found - expected) <= TOLERANCE * max(1.0, abs(expected))


def _kept(value: object) -> object:
    """A text as a cell can hold it."""
    from .evaluation.values import shown_text

    return shown_text(value) if isinstance(value, str) else value


def _plain(formula: str | None) -> str | None:
    """A formula without what spreadsheet programs write each in their own way.

    Quotes round the names of sheets, the digits of numbers, brackets after TRUE and FALSE.
    """
    if formula is None:
        return None
    pieces = formula.removeprefix("=").split('"')
    pieces[::2] = [_TRUTH.sub(r"\1", _unquoted(piece)) for piece in pieces[::2]]
    return '"'.join(pieces)


def _unquoted(piece: str) -> str:
    bare = _QUOTED.sub(r"\1!", piece)
    return _NUMBER.sub(lambda found: f"{float(found[0]):.15g}", bare)


def _text(value: object) -> str:
    return "—" if value in (None, "") else str(value)


def _values(data: bytes, file: str) -> Places:
    try:
        with Sandbox(_SECONDS) as sandbox:
            book = sandbox.parse(data)
    except Refused as refused:
        issue = Issue("error", refused.code, Location(file), fields=refused.fields)
        raise InputError([issue]) from refused
    return {
        sheet["name"]: {
            (row, column): value
            for row, column, kind, value, _ in sheet["cells"]
            if kind != "formula"
        }
        for sheet in book["sheets"]
    }


def _formulas(data: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), keep_links=False)
    return {
        sheet.title: {
            (row, column): str(getattr(cell.value, "text", cell.value))
            for row, cells in enumerate(sheet.iter_rows(), start=1)
            for column, cell in enumerate(cells, start=1)
            if cell.data_type == "f"
        }
        for sheet in book.worksheets
    }


_Engine = Callable[[bytes, Places, Mapping[str, Mapping[tuple[int, int], str]]], Places]


def _engine(wanted: bool | None) -> _Engine | None:
    """What recalculates a workbook's formulas, where it is installed and not declined."""
    if wanted is False:
        return None
    try:
        from formualizer import Workbook
    except ImportError as error:
        if wanted:
            raise SteelyardError("reports.no_engine") from error
        return None

    def recalculated(
        data: bytes, values: Places, formulas: Mapping[str, Mapping[tuple[int, int], str]]
    ) -> Places:
        book = Workbook.from_bytes(_without_names(data))
        book.evaluate_all()
        return {
            sheet: {
                **cells,
                **{place: book.get_value(sheet, *place) for place in formulas.get(sheet, {})},
            }
            for sheet, cells in values.items()
        }

    return recalculated


def _without_names(data: bytes) -> bytes:
    """The workbook without defined names.

    Ours are print areas only, and LibreOffice repeats their names, which the engine refuses.
    """
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(changed, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _NAMES.sub(b"", part) if name == "xl/workbook.xml" else part)
    return changed.getvalue()


def _not_ours(file: str) -> InputError:
    return InputError([Issue("error", "reports.not_a_workbook", Location(file))])
