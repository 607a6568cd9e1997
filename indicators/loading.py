"""Loading a framework by name or from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from ..catalogue import nearest
from ..errors import FrameworkError, Issue, Location, NotFoundError, UnknownNameError
from .framework import Framework
from .table_columns import RULES_SHEETS, SHEETS
from .table_file import Row, framework_from_rows, rows_from_text
from .yaml_file import LARGEST, framework_from_yaml

__all__ = (
    "framework_from_rows",
    "framework_from_sheets",
    "framework_from_yaml",
    "framework_names",
    "load_framework",
)
_SHIPPED = Path(__file__).parent / "frameworks"
_YAML = (".yaml", ".yml")
_BOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@cache
def framework_names() -> tuple[str, ...]:
    """Names of the frameworks that ship."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def load_framework(name_or_path: str | Path) -> Framework:
    """Load a framework that ships, or one from a file.

    Parameters
    ----------
    name_or_path : str or Path
        A shipped name such as ``smart2015``, or a YAML, CSV or Excel file; in a workbook the
        framework stands on a sheet named Framework or 指标体系.

    Returns
    -------
    Framework

    Raises
    ------
    UnknownNameError
        If there is no framework of that name.
    NotFoundError
        If there is no such file, or it may not be read.
    FrameworkError
        If the framework is faulty; carries every fault.
    InputError
        If a workbook cannot be opened safely.

    Examples
    --------
    >>> load_framework("smart2015").node("A101").name["en"]
    'Online-service depth index'
    """
    path = Path(name_or_path)
    if not path.suffix:
        return _shipped(str(name_or_path))
    if not path.is_file():
        raise NotFoundError("framework.no_file", file=str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError("framework.unreadable", file=str(path)) from error
    if path.suffix.lower() in _YAML:
        return framework_from_yaml(_utf8(data, path.name), path.name)
    if data.startswith(_BOOK_MARKS):
        return _from_book(path)
    return framework_from_rows(_delimited(data, path.name), Location(path.name), path.stem)


def framework_from_sheets(
    sheets: Mapping[str, Sequence[Row]], file: str, name: str
) -> Framework | None:
    """Build the framework of a workbook.

    Parameters
    ----------
    sheets : mapping from a sheet's name to its rows of cells
        The framework stands on Framework or 指标体系, its rules on Rules or 规则.
    file : str
        What to call the file in findings.
    name : str
        Name of the framework unless the rules give one.

    Returns
    -------
    Framework or None
        None where no sheet is a framework.

    Raises
    ------
    FrameworkError
        If the framework is faulty; carries every fault.
    """
    sheet = _named(sheets, SHEETS)
    if sheet is None:
        return None
    rules = _named(sheets, RULES_SHEETS)
    lines = [str(row[0] or "") if row else "" for row in sheets[rules]] if rules else ()
    return framework_from_rows(sheets[sheet], Location(file, sheet), name, lines, rules)


def _named(sheets: Mapping[str, Sequence[Row]], names: tuple[str, ...]) -> str | None:
    known = {name.casefold() for name in names}
    return next((sheet for sheet in sheets if sheet.strip().casefold() in known), None)


def _shipped(name: str) -> Framework:
    known = framework_names()
    if name not in known:
        close = nearest(name, known)
        raise UnknownNameError(
            "framework.unknown", name=name, nearest=close, known=", ".join(known)
        )
    return _loaded_once(name)


@cache
def _loaded_once(name: str) -> Framework:
    path = _SHIPPED / f"{name}.yaml"
    return framework_from_yaml(path.read_text("utf-8"), path.name)


def _from_book(path: Path) -> Framework:
    from .reading.sheets import read_cells

    sheets = read_cells(path)
    if len(sheets) == 1:
        sheet, rows = next(iter(sheets.items()))
        return framework_from_rows(rows, Location(path.name, sheet), path.stem)
    found = framework_from_sheets(sheets, path.name, path.stem)
    if found is None:
        raise FrameworkError([Issue("error", "framework.no_sheet", Location(path.name))])
    return found


def _utf8(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FrameworkError([Issue("error", "framework.not_utf8", Location(file))]) from error


def _delimited(data: bytes, file: str) -> list[list[str]]:
    from .reading.delimited import decode
    from .reading.limits import Refused

    if len(data) > 4 * LARGEST:
        words = {"limit": f"{LARGEST:,}"}
        raise FrameworkError([Issue("error", "framework.too_large", Location(file), fields=words)])
    try:
        text, _ = decode(data)
    except Refused as refused:
        raise FrameworkError([Issue("error", "framework.no_table", Location(file))]) from refused
    return rows_from_text(text)
