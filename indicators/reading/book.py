"""One spreadsheet file: what it is, its sheets, and how it had to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError, Issue, Location
from .form_layout import OWN_SHEETS
from .grid import Grid, grid_of
from .limits import FILE_BYTES, Refused
from .plain import PlainBook
from .sandbox import Sandbox, plain_book

_ENDINGS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm", ".et"},
    "xlsb": {".xlsb"},
    "ods": {".ods", ".ots"},
    "xls": {".xls", ".xlt", ".et"},
    "html": {".html", ".htm"},
    "csv": {".csv", ".tsv", ".txt", ".tab"},
}
_LOSSES = {"formats_unknown"}


@dataclass(frozen=True)
class Book:
    """A file that was opened.

    Parameters
    ----------
    file : str
        Its name, without folders.
    sha256 : str
    grids, hidden : tuple of Grid
        The visible sheets, and those that are hidden.
    issues : tuple of Issue
        How it had to be read.
    """

    file: str
    sha256: str
    grids: tuple[Grid, ...]
    issues: tuple[Issue, ...]
    hidden: tuple[Grid, ...] = ()


def open_book(path: str | Path, sandbox: Sandbox | None = None) -> Book:
    """Open a spreadsheet file of any known format.

    Parameters
    ----------
    path : str or Path
    sandbox : Sandbox, optional
        A child process to use again, where many files are read.

    Raises
    ------
    InputError
        If the file is not there, or is refused.
    """
    if sandbox is not None:
        return parsed(path, sandbox)()
    with Sandbox() as own:
        return parsed(path, own)()


def parsed(path: str | Path, sandbox: Sandbox) -> Callable[[], Book]:
    """Have a file parsed; what is given back makes the book of it.

    Threads that wait for several children leave the second step to whoever needs the books.

    Raises
    ------
    InputError
        If the file is not there, or is refused; the second step too.
    """
    path = Path(path)
    data = _bytes(path)
    try:
        answer = sandbox.answer(data)
    except Refused as refusal:
        raise _refused(path, refusal.code, **refusal.fields) from refusal
    sha256 = hashlib.sha256(data).hexdigest()

    def finish() -> Book:
        try:
            return _book(path, sha256, plain_book(answer))
        except Refused as refusal:
            raise _refused(path, refusal.code, **refusal.fields) from refusal

    return finish


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _refused(path, "reading.is_folder")
        if path.stat().st_size > FILE_BYTES:
            raise _refused(path, "reading.too_large", what="bytes", limit=f"{FILE_BYTES:,}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refused(path, "reading.no_file") from error
    except OSError as error:
        raise _refused(path, "reading.unreadable") from error


def _refused(path: Path, code: str, **fields: object) -> InputError:
    return InputError([Issue("error", code, Location(path.name), fields=fields)])


def _book(path: Path, sha256: str, plain: PlainBook) -> Book:
    notes = list(plain["notes"])
    if path.suffix.lower() not in _ENDINGS[plain["format"]]:
        notes.append(f"really_{plain['format']}")
    issues = [
        Issue("flagged" if note in _LOSSES else "repaired", f"reading.{note}", Location(path.name))
        for note in notes
    ]
    grids, hidden = [], []
    for sheet in plain["sheets"]:
        grid = grid_of(sheet, path.name)
        if sheet["hidden"]:
            hidden.append(grid)
            if sheet["name"] in OWN_SHEETS:
                continue
            issues += [Issue("flagged", "reading.hidden_sheet", Location(path.name, sheet["name"]))]
        elif grid.cells:
            grids.append(grid)
            issues += _stray(grid)
    return Book(path.name, sha256, tuple(grids), tuple(issues), tuple(hidden))


def _stray(grid: Grid) -> list[Issue]:
    """Cells of mere blanks outside the rest, which stretch a sheet's used range."""
    bottom = max(row for row, _ in grid.cells)
    right = max(column for _, column in grid.cells)
    return [
        Issue("repaired", "reading.stray_blank", grid.location(cell), value=repr(cell.value))
        for cell in grid.stray
        if cell.row > bottom + 1 or cell.column > right + 1
    ]
