"""A collection as a workbook: what came in, the merged table, what was verified, what to return."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..atomic import replacing
from ..errors import Issue
from ..indicators.collect import Collection, Receipt
from ..indicators.dataset import Dataset
from ..indicators.loading import load_framework
from ..indicators.table_columns import RULES_SHEETS, SHEETS
from ..indicators.table_writing import rows_from_framework, rules_from_framework
from ..text import say
from .collect_sources import SOURCES, SOURCES_WIDTHS, source_rows, value_of
from .evaluation.framework import lines_of
from .evaluation.sheet import Book, Sheet, Value
from .evaluation.writer import write_book
from .return_list import ordered, return_rows

HEAD = 4
_SUMMARY = ("city", "year", "status", "reported", "asked", "coverage", "verified", "errors",
            "flags", "file", "why", "sha256")  # fmt: skip
_SUMMARY_WIDTHS = (18, 8, 10, 10, 10, 12, 10, 10, 10, 34, 60, 16)
_VERIFIED = ("city", "indicator", "name", "before", "after", "difference", "reason", "author",
             "place")  # fmt: skip
_VERIFIED_WIDTHS = (18, 12, 34, 14, 14, 12, 34, 14, 34)
_RETURN_WIDTHS = (11, 26, 16, 9, 16, 12, 24, 18, 60, 46)
_VERIFIED_CODES = ("form.verified", "form.verified_alone")


def write_collection(collection: Collection, path: str | Path, lang: str = "zh") -> None:
    """Write a collection; its data sheet can be scored as it is.

    Parameters
    ----------
    collection : Collection
    path : str or Path
        The .xlsx file; written whole or not at all.
    lang : {"zh", "en"}

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    sheets = [_summary(collection, lang)]
    if collection.dataset is not None:
        sheets.append(_data(collection.dataset, lang))
        sheets.append(_verified(collection, lang))
    sheets.append(_return_list(collection, lang))
    if collection.dataset is not None:
        sheets.append(_sources(collection.dataset, lang))
    sheets += _framework_sheets(collection, lang)
    title = say("collect.title.summary", lang, framework=collection.framework.title[lang])
    with replacing(path) as draft:
        write_book(Book(tuple(sheets), title, lang), draft)


def _start(key: str, lang: str, widths: Sequence[float], note: str, **words: object) -> Sheet:
    sheet = Sheet(say(f"collect.sheet.{key}", lang))
    sheet.put(1, 1, say(f"collect.title.{key}", lang, **words), "title")
    sheet.put(2, 1, note, "subtitle")
    for column, width in enumerate(widths, start=1):
        sheet.widths[column] = width
        if column > 1:
            sheet.put(1, column, None, "title")
            sheet.put(2, column, None, "subtitle")
    sheet.heights |= {1: 28, 2: 18}
    sheet.freeze, sheet.repeat_rows = (HEAD + 1, 2), (HEAD, HEAD)
    return sheet


def _write_head(sheet: Sheet, keys: Sequence[str], lang: str) -> None:
    for column, key in enumerate(keys, start=1):
        sheet.put(HEAD, column, say(f"collect.column.{key}", lang), "head")
    sheet.heights[HEAD] = 32


def _write_rows(
    sheet: Sheet, rows: Sequence[Sequence[Value]], widths: Sequence[float], lang: str
) -> None:
    for number, row in enumerate(rows):
        line = HEAD + 1 + number
        for column, value in enumerate(row, start=1):
            sheet.put(line, column, value, "raw" if isinstance(value, float) else "wrapped")
        texts = zip(row, widths, strict=True)
        lines = max(lines_of(text, w, lang) for text, w in texts if isinstance(text, str))
        sheet.heights[line] = min(400.0, 13.5 * lines + 5)
    if not rows:
        sheet.put(HEAD + 1, 1, say("collect.note.none", lang), "plain")


def _summary(collection: Collection, lang: str) -> Sheet:
    counts = {status: len(collection.of(status)) for status in ("received", "refused", "missing")}
    note = say("collect.note.summary", lang, files=collection.files, **counts)
    title = collection.framework.title[lang]
    sheet = _start("summary", lang, _SUMMARY_WIDTHS, note, framework=title)
    _write_head(sheet, _SUMMARY, lang)
    read = collection.dataset.sources if collection.dataset else ()
    sums = {source.file: source.sha256 for source in read}
    for number, receipt in enumerate(collection.receipts):
        _write_receipt(sheet, HEAD + 1 + number, receipt, lang)
        sheet.put(HEAD + 1 + number, len(_SUMMARY), sums.get(receipt.file or ""), "text")
    return sheet


def _write_receipt(sheet: Sheet, row: int, receipt: Receipt, lang: str) -> None:
    received = receipt.status == "received"
    why = "\n".join(_reasons(receipt, lang))
    verified = sum(issue.code in _VERIFIED_CODES for issue in receipt.issues)
    flags = sum(issue.severity == "flagged" for issue in receipt.issues)
    cells: tuple[tuple[Value, str], ...] = (
        (receipt.city or "—", "strong"),
        (receipt.year if receipt.year is not None else "", "whole"),
        (say(f"collect.status.{receipt.status}", lang), "centre" if received else "raw_flagged"),
        (receipt.reported if received else "", "whole"),
        (receipt.asked if received else "", "whole"),
        (receipt.coverage if received else "", "share"),
        (verified if received else "", "whole"),
        (receipt.errors, "whole"),
        (flags, "whole"),
        (receipt.file or "", "wrapped"),
        (why, "wrapped"),
    )
    for column, (value, style) in enumerate(cells, start=1):
        sheet.put(row, column, value, style)
    sheet.heights[row] = min(400.0, 13.5 * lines_of(why, _SUMMARY_WIDTHS[10], lang) + 5)


def _reasons(receipt: Receipt, lang: str) -> list[str]:
    """Up to five errors; the return list has them all."""
    found = [i for i in receipt.issues if i.severity == "error"] or (
        [] if receipt.status == "received" else list(receipt.issues)
    )
    shown = [f"{issue.location.cell or ''} {issue.message(lang)}".strip() for issue in found[:5]]
    return [*shown, "…"] if len(found) > len(shown) else shown


def _data(dataset: Dataset, lang: str) -> Sheet:
    """The merged table, headed by names and units: only 1s may be percentages or fractions."""
    sheet = Sheet(say("collect.sheet.data", lang))
    framework = dataset.framework
    asked = {*framework.codes, *dataset.auxiliary}
    measures = [one for one in framework.measures.values() if one.code in asked]
    dated = any(year is not None for year in dataset.years)
    heads = [say("collect.column.city", lang)]
    heads += [say("collect.column.year", lang)] if dated else []
    for column, head in enumerate(heads, start=1):
        sheet.put(1, column, head, "head")
        sheet.put(2, column, None, "subhead")
    verified = {(i.city, i.indicator): i for i in dataset.issues if i.code in _VERIFIED_CODES}
    for column, measure in enumerate(measures, start=len(heads) + 1):
        sheet.put(1, column, measure.name[lang], "head", note=measure.code)
        sheet.put(2, column, measure.unit[lang], "subhead")
        sheet.widths[column] = 13
        for row in range(len(dataset)):
            value = value_of(dataset, row, measure.code, lang)
            issue = verified.get((dataset.cities[row], measure.code))
            style = "raw_repaired" if issue else "raw"
            words = issue.message(lang) if issue else None
            sheet.put(row + 3, column, value, style, note=words)
    for row in range(len(dataset)):
        sheet.put(row + 3, 1, dataset.cities[row], "strong")
        if dated:
            sheet.put(row + 3, 2, dataset.years[row], "whole")
    sheet.widths |= {1: 18, 2: 8.0 if dated else 13.0}
    sheet.heights[1] = 62
    sheet.freeze, sheet.repeat_rows = (3, len(heads) + 1), (1, 2)
    sheet.repeat_columns = (1, len(heads))
    sheet.page_breaks = list(range(len(heads) + 10, len(heads) + len(measures), 10))
    return sheet


def _verified(collection: Collection, lang: str) -> Sheet:
    note = say("collect.note.verified", lang)
    sheet = _start("verified", lang, _VERIFIED_WIDTHS, note)
    _write_head(sheet, _VERIFIED, lang)
    issues = [
        issue
        for receipt in collection.of("received")
        for issue in receipt.issues
        if issue.code in _VERIFIED_CODES
    ]
    rows = [_verified_row(collection, issue, lang) for issue in issues]
    _write_rows(sheet, rows, _VERIFIED_WIDTHS, lang)
    return sheet


def _verified_row(collection: Collection, issue: Issue, lang: str) -> list[Value]:
    framework, words = collection.framework, issue.fields
    names = {code: one.name[lang] for code, one in framework.measures.items()}
    return [
        issue.city,
        issue.indicator,
        names.get(issue.indicator or "", ""),
        str(words["reported"]),
        str(words["used"]),
        str(words["difference"]),
        str(words["reason"]),
        str(words["author"]),
        str(issue.location),
    ]


def _return_list(collection: Collection, lang: str) -> Sheet:
    """Every finding that a city should see, errors first, file by file."""
    sheet = _start("return_list", lang, _RETURN_WIDTHS, "")
    keys = ("severity", "file", "sheet", "cell", "city", "indicator", "written", "used", "message",
            "fix")  # fmt: skip
    _write_head(sheet, keys, lang)
    issues = [issue for receipt in collection.receipts for issue in receipt.issues]
    distinct = list({id(issue): issue for issue in issues if issue.severity != "repaired"}.values())
    rows = [[row.severity, row.file, *row.cells] for row in return_rows(ordered(distinct), lang)]
    _write_rows(sheet, rows, _RETURN_WIDTHS, lang)
    return sheet


def _sources(dataset: Dataset, lang: str) -> Sheet:
    """Every value's file and cell: whoever doubts a number of the table finds the form."""
    note = say("collect.note.sources", lang)
    sheet = _start("sources", lang, SOURCES_WIDTHS, note)
    _write_head(sheet, SOURCES, lang)
    for line, row in enumerate(source_rows(dataset, lang), start=HEAD + 1):
        for column, value in enumerate(row, start=1):
            numeric = "whole" if SOURCES[column - 1] == "year" else "raw"
            sheet.put(line, column, value, "text" if isinstance(value, str) else numeric)
    return sheet


def _framework_sheets(collection: Collection, lang: str) -> list[Sheet]:
    """The framework itself, unless it is the one by which a table is read anyway."""
    framework = collection.framework
    if framework == load_framework("smart2015"):
        return []
    place = lang == "zh"
    tree, rules = Sheet(SHEETS[place]), Sheet(RULES_SHEETS[place])
    for row, values in enumerate(rows_from_framework(framework, lang), start=1):
        for column, value in enumerate(values, start=1):
            cell: Value = value if isinstance(value, str | float | int) else None
            tree.put(row, column, cell, "head" if row == 1 else "text")
    for row, line in enumerate(rules_from_framework(framework), start=1):
        rules.put(row, 1, line, "code")
    rules.widths[1] = 110
    return [tree, rules]
