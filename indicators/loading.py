"""Loading a framework by name or from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..catalogue import nearest
from ..errors import FrameworkError, Issue, Location, NotFoundError, UnknownNameError
from .building import framework_from_draft
from .checking import faults
from .draft import Draft
from .framework import Framework
from .table_file import RULES_SHEETS, SHEETS, draft_from_rows
from .yaml_file import draft_from_yaml

_SHIPPED = Path(__file__).parent / "frameworks"
_YAML = (".yaml", ".yml")


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
        If there is no such file.
    FrameworkError
        If the framework is faulty; carries every fault.

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
    if path.suffix.lower() in _YAML:
        return _built(_yaml_draft(path))
    return _from_sheets(path)


def framework_from_rows(
    rows: Sequence[Sequence[object]],
    location: Location,
    name: str,
    rules: Sequence[str] = (),
    rules_sheet: str | None = None,
) -> Framework:
    """Build a framework from the cells of a sheet; see `draft_from_rows`.

    Raises
    ------
    FrameworkError
        If the framework is faulty; carries every fault.
    """
    return _built(draft_from_rows(rows, location, name, rules, rules_sheet))


def framework_from_yaml(text: str, file: str, sheet: str | None = None) -> Framework:
    """Build a framework from YAML text.

    Raises
    ------
    FrameworkError
        If the framework is faulty; carries every fault.
    """
    return _built(draft_from_yaml(text, file, sheet))


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
    return _built(_yaml_draft(_SHIPPED / f"{name}.yaml"))


def _yaml_draft(path: Path) -> Draft:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Location(path.name)
        raise FrameworkError([Issue("error", "framework.not_utf8", where)]) from error
    return draft_from_yaml(text, path.name)


def _from_sheets(path: Path) -> Framework:
    from .reading.sheets import read_cells

    sheets = read_cells(path)
    chosen = next((name for name in sheets if name.strip() in SHEETS), None)
    if chosen is None and len(sheets) == 1:
        chosen = next(iter(sheets))
    if chosen is None:
        raise FrameworkError([Issue("error", "framework.no_sheet", Location(path.name))])
    rules = next((name for name in sheets if name.strip() in RULES_SHEETS), None)
    lines = [str(row[0] or "") if row else "" for row in sheets[rules]] if rules else []
    sheet = chosen if path.suffix.lower() not in (".csv", ".tsv", ".txt") else None
    location = Location(path.name, sheet)
    return framework_from_rows(sheets[chosen], location, path.stem, lines, rules)


def _built(draft: Draft) -> Framework:
    found = faults(draft)
    if found:
        raise FrameworkError(found)
    return framework_from_draft(draft)
