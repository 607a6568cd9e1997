"""The issues sheet: every finding with its place, what was written, what was used, the remedy."""

from __future__ import annotations

from ...errors import Issue
from .banner import start
from .framework import lines_of
from .layout import Layout
from .sheet import Sheet, Value

HEAD = 4
_COLUMNS = ("severity", "where", "city", "year", "indicator", "value", "used", "message", "fix")
_SIZES = (10, 26, 16, 7, 10, 20, 14, 60, 44)
_ORDER = {"error": 0, "flagged": 1, "repaired": 2}
_STYLES = {"error": "mark_flagged", "flagged": "mark_flagged", "repaired": "mark_repaired"}


def issues_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    sheet = start(layout, "issues", len(_COLUMNS))
    for column, key in enumerate(_COLUMNS, start=1):
        sheet.put(HEAD, column, layout.say(f"issue_heads.{key}"), "head")
        sheet.widths[column] = _SIZES[column - 1]
    issues = sorted(layout.assessment.issues, key=lambda issue: _ORDER[issue.severity])
    for number, issue in enumerate(issues):
        row = HEAD + 1 + number
        cells = _cells(layout, issue)
        for column, value in enumerate(cells, start=1):
            style = "centre" if column == 1 else "wrapped"
            sheet.put(row, column, value, style)
        sheet.put(row, 1, cells[0], _STYLES[issue.severity])
        lines = max(
            lines_of(str(text or ""), size, layout.lang)
            for text, size in zip(cells, _SIZES, strict=True)
        )
        sheet.heights[row] = 13.5 * lines + 4
    if not issues:
        sheet.put(HEAD + 1, 1, layout.say("no_issues"), "plain")
    sheet.freeze = (HEAD + 1, 1)
    sheet.repeat_rows = (HEAD, HEAD)
    return sheet


def _cells(layout: Layout, issue: Issue) -> list[Value]:
    used = issue.used
    if isinstance(used, float):
        used = None if used != used else used  # noqa: PLR0124 NaN is not itself
    return [
        layout.say(f"severities.{issue.severity}"),
        str(issue.location),
        issue.city,
        issue.year,
        issue.indicator,
        issue.value,
        used,
        issue.message(layout.lang),
        issue.fix(layout.lang),
    ]
