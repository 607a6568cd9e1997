"""The sheet of verified values: what a city reported, what was verified in its place, and why."""

from __future__ import annotations

from ...errors import Issue
from .banner import start
from .framework import lines_of
from .layout import Layout
from .sheet import Sheet, Value, at

HEAD = 4
VERIFIED = ("form.verified", "form.verified_alone")
"""Codes of the findings about verified values."""
_COLUMNS = ("city", "indicator", "name", "reported", "verified", "difference", "reason", "author",
            "where")  # fmt: skip
_SIZES = (16, 10, 34, 13, 13, 12, 36, 14, 30)


def verified_sheet(layout: Layout) -> Sheet | None:
    """Build the sheet; None where nothing was verified."""
    found = [issue for issue in layout.assessment.issues if issue.code in VERIFIED]
    if not found:
        return None
    sheet = start(layout, "verified", len(_COLUMNS))
    for column, key in enumerate(_COLUMNS, start=1):
        sheet.put(HEAD, column, layout.say(f"verified_heads.{key}"), "head")
        sheet.widths[column] = _SIZES[column - 1]
    for number, issue in enumerate(found, start=HEAD + 1):
        _line(layout, sheet, number, issue)
    sheet.heights[HEAD] = 30
    sheet.freeze, sheet.repeat_rows = (HEAD + 1, 3), (HEAD, HEAD)
    return sheet


def _line(layout: Layout, sheet: Sheet, row: int, issue: Issue) -> None:
    names = {code: one.name[layout.lang] for code, one in layout.framework.measures.items()}
    words, code = issue.fields, issue.indicator or ""
    before, after = _number(words["reported"]), _number(issue.used)
    cells: list[Value] = [issue.city, code, names.get(code, ""), before, after]
    for column, value in enumerate(cells, start=1):
        sheet.put(row, column, value, "strong" if column == 1 else "wrapped_middle")
    own, other = at(row, 5), at(row, 4)
    both = isinstance(before, float) and isinstance(after, float)
    shown = after - before if isinstance(before, float) and isinstance(after, float) else "—"
    formula = f"{own}-{other}" if both else None
    sheet.put(row, 6, shown, "signed", formula)
    rest = (str(words["reason"]), str(words["author"]), str(issue.location))
    for column, text in enumerate(rest, start=7):
        sheet.put(row, column, text, "wrapped_middle")
    lines = max(lines_of(str(sheet.cells[row, c + 1].value or ""), size, layout.lang)
                for c, size in enumerate(_SIZES))  # fmt: skip
    sheet.heights[row] = 13.5 * lines + 5


def _number(value: object) -> float | str:
    """A number where it is one; a text such as a rung's name as it stands."""
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return str(value)
