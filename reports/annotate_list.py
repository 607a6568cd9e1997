"""The return list as the first sheet of the user's workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import Issue
from ..text import say
from .annotate_package import RELATIONS, Package, UnusualError, attributes, escaped, quoted
from .annotate_styles import Styles
from .evaluation.framework import lines_of
from .return_list import ReturnRow, return_rows

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COLUMNS = ("severity", "sheet", "cell", "city", "indicator", "written", "used", "message", "fix")
WIDTHS = (6, 11, 18, 9, 16, 14, 24, 16, 60, 48)
HEAD = 4
_LETTERS = "ABCDEFGHIJ"


def list_note(file: str, issues: Sequence[Issue], lang: str) -> str:
    """How many findings there are, and what the colours mean."""
    counts = {
        severity: sum(issue.severity == severity for issue in issues)
        for severity in ("error", "flagged", "repaired")
    }
    return say("annotate.list.note", lang, file=file, **counts)


def add_return_list(
    package: Package, file: str, issues: Sequence[Issue], styles: Styles, lang: str
) -> None:
    """Put the return list in front of the other sheets and show it first.

    Raises
    ------
    UnusualError
        If the workbook part does not list its sheets plainly.
    """
    for name in package.sheets.values():
        text = package.text(name)
        if 'tabSelected="1"' in text or 'tabSelected="true"' in text:
            package.put(name, re.sub(r'\stabSelected="(?:1|true)"', "", text))
    part = package.free_name("xl/worksheets/steelyard{}.xml")
    package.put(part, _sheet(file, issues, package, styles, lang))
    package.declare(part, _TYPE)
    _list_first(
        package, _free_title(package, lang), package.relate(package.workbook, "worksheet", part)
    )


def _free_title(package: Package, lang: str) -> str:
    title = say("collect.sheet.return_list", lang)
    taken = {name.casefold() for name in package.sheets}
    name, number = title, 1
    while name.casefold() in taken:
        number += 1
        name = f"{title} {number}"
    return name


def _list_first(package: Package, title: str, key: str) -> None:
    text = package.text(package.workbook)
    listed = re.search(r"<sheets\b[^>]*>", text)
    if listed is None:
        raise UnusualError("unusual")
    numbers = [
        int(attributes(tag).get("sheetId", "0")) for tag in re.findall(r"<sheet\b[^>]*>", text)
    ]
    sheet = (
        f'<sheet xmlns:r="{RELATIONS}" name={quoted(title)} sheetId="{max(numbers) + 1}" '
        f'r:id="{key}"/>'
    )
    text = text[: listed.end()] + sheet + text[listed.end() :]
    text = re.sub(
        r'(<definedName\b[^>]*\blocalSheetId=")(\d+)(")',
        lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}",
        text,
    )
    text = re.sub(r'(<workbookView\b[^>]*?)\s(?:activeTab|firstSheet)="\d+"', r"\1", text)
    text = re.sub(r'(<workbookView\b[^>]*?)\s(?:activeTab|firstSheet)="\d+"', r"\1", text)
    package.put(package.workbook, text)


def _sheet(file: str, issues: Sequence[Issue], package: Package, styles: Styles, lang: str) -> str:
    rows = return_rows(issues, lang)
    looks = styles.fixed
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(WIDTHS, start=1)
    )
    lines = [
        _line(1, [(say("annotate.list.title", lang), looks["title"])], 24),
        _line(2, [(list_note(file, issues, lang), 0)], 16),
        _line(HEAD, _heads(looks["head"], lang), 28),
        *_findings(issues, rows, styles, lang),
    ]
    if not rows:
        lines.append(_line(HEAD + 1, [(say("annotate.list.none", lang), 0)], 16))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="FFC00000"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        '<sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{HEAD}" topLeftCell="A{HEAD + 1}" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>{''.join(lines)}</sheetData>"
        f"{_links(rows, package)}"
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _heads(style: int, lang: str) -> list[tuple[str, int]]:
    words = [say("annotate.list.number", lang)]
    words += [say(f"collect.column.{key}", lang) for key in COLUMNS]
    return [(word, style) for word in words]


def _findings(
    issues: Sequence[Issue], rows: Sequence[ReturnRow], styles: Styles, lang: str
) -> Iterator[str]:
    looks = styles.fixed
    for number, (issue, row) in enumerate(zip(issues, rows, strict=True), start=1):
        cells = [(str(number), looks["text"]), (row.severity, looks[issue.severity])]
        cells += [(text, looks["text"]) for text in row.cells]
        cells[3] = (row.cells[1], looks["link" if row.cells[1] else "text"])
        texts = zip(cells, WIDTHS, strict=True)
        tall = max(lines_of(text, width, lang) for (text, _), width in texts)
        yield _line(HEAD + number, cells, min(400.0, 13.5 * tall + 5))


def _line(row: int, cells: Sequence[tuple[str, int]], height: float) -> str:
    inside = "".join(
        f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escaped(text[:32000])}</t></is></c>"
        for letter, (text, style) in zip(_LETTERS, cells, strict=False)
    )
    return f'<row r="{row}" ht="{height:g}" customHeight="1">{inside}</row>'


def _links(rows: Sequence[ReturnRow], package: Package) -> str:
    links = []
    for number, row in enumerate(rows, start=1):
        sheet, cell = row.cells[:2]
        if cell and sheet in package.sheets:
            target = "'" + sheet.replace("'", "''") + f"'!{cell}"
            links.append(f'<hyperlink ref="D{HEAD + number}" location={quoted(target)}/>')
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
