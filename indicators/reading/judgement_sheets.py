"""Experts' judgements in a workbook: sheets 判断矩阵 or Judgements, one an expert."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import InputError, Issue, Location
from ..framework import Framework
from ..judgements import Expert, Judgements
from .book import Book, open_book
from .grid import Cell
from .judgement_arrays import ARRAYS
from .judgement_page import Page, is_judgement_sheet
from .judgement_tables import Names, judgement_tables
from .own_framework import framework_in

__all__ = ["is_judgement_sheet", "judgements_file", "judgements_in", "read_judgements_file"]


def read_judgements_file(path: str | Path, framework: Framework | str | None = None) -> Judgements:
    """The judgements in a workbook, whatever else is in it.

    Raises
    ------
    InputError
        There are none, or something must be mended first; carries all findings.
    """
    return judgements_file(path, framework)[1]


def judgements_file(
    path: str | Path, framework: Framework | str | None = None
) -> tuple[Framework, Judgements, tuple[Issue, ...]]:
    """The framework by which a workbook's judgements are read, the judgements, and findings.

    Raises
    ------
    InputError
        There are none, or something must be mended first; carries all findings.
    """
    book = open_book(path)
    by = framework_in(book, framework)
    found, issues = judgements_in(book, by)
    if found is None and not any(issue.severity == "error" for issue in issues):
        issues.append(Issue("error", "judgement.none", Location(book.file)))
    if found is None or any(issue.severity == "error" for issue in issues):
        raise InputError(issues)
    return by, found, tuple(issues)


def judgements_in(book: Book, framework: Framework) -> tuple[Judgements | None, list[Issue]]:
    """The judgements in an opened book, None where it has none, and what was found.

    Parameters
    ----------
    book : Book
    framework : Framework
        Whose nodes are judged.
    """
    pages = [Page(grid, framework) for grid in book.grids if is_judgement_sheet(grid)]
    if not pages:
        return None, []
    names = Names(framework)
    for page in pages:
        _read(page, names)
    issues = [issue for page in pages for issue in page.issues]
    heard = [page for page in pages if page.by_node]
    issues += _clashes(heard)
    if not heard:
        return None, issues
    experts = tuple(Expert(page.name, page.weight, page.by_node) for page in heard)
    return Judgements(heard[0].kind, experts), issues


def _clashes(pages: Sequence[Page]) -> Iterator[Issue]:
    """Sheets of another kind than the first, and experts who have two."""
    seen: dict[str, str] = {}
    for page in pages:
        if page.kind != pages[0].kind:
            words = {"kind": page.kind, "other": pages[0].kind, "first": pages[0].grid.sheet}
            yield page.issue("error", "mixed_kinds", page.head, **words)
        if page.name in seen:
            yield page.issue("error", "same_expert", page.head, first=seen[page.name])
        seen.setdefault(page.name, page.grid.sheet or "")
    if pages and not sum(page.weight for page in pages) > 0:
        yield pages[0].issue("error", "no_say", pages[0].head)


def _read(page: Page, names: Names) -> None:
    tables = list(judgement_tables(page.grid, names))
    page.read_heads(tables[0].head.row if tables else 1 + max(page.grid.by_row))
    if not tables:
        page.add("flagged", "no_table", page.head)
        return
    page.kind, page.head = tables[0].kind, tables[0].head
    seen: dict[str, Cell] = {}
    for table in tables:
        node = page.node_of(table)
        if node is None:
            continue
        if node in seen:
            page.add("error", "twice", table.head, node=node, other=seen[node].name)
        elif table.kind != page.kind:
            words = {"kind": table.kind, "other": page.kind, "first": page.grid.sheet}
            page.add("error", "mixed_kinds", table.head, **words)
        seen.setdefault(node, table.head)
        found = ARRAYS[table.kind](page, table, node)
        if found is not None:
            page.by_node[node] = found
    if not page.by_node and not any(issue.severity == "error" for issue in page.issues):
        page.add("flagged", "empty_sheet", page.head)
