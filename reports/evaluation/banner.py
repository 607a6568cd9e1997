"""What stands at the top of every sheet: its title, one line of explanation, the way back."""

from __future__ import annotations

from .layout import Layout
from .pasted import pasted_line
from .sheet import Sheet

_FOLLOW = ("summary", "ranking", "profile", "compare", "reported", "data", "scores", "weights",
           "framework")  # fmt: skip
"""Sheets that are changed or looked at to see what a change does."""


def start(layout: Layout, key: str, columns: int, tab: str = "2F5597") -> Sheet:
    """A sheet with its title band over so many columns."""
    sheet = Sheet(layout.name(key), tab)
    title = layout.say(f"titles.{key}", name=layout.framework.title[layout.lang])
    sheet.put(1, 1, title, "title")
    sheet.put(2, 1, note(layout, key), "subtitle")
    for column in range(2, columns + 1):
        sheet.put(1, column, None, "title")
        sheet.put(2, column, None, "subtitle")
    sheet.heights |= {1: 28, 2: 18}
    return sheet


def note(layout: Layout, key: str) -> str:
    """The line of explanation; it says so first where scores are pasted and would not follow."""
    pasted = pasted_line(layout) if key in _FOLLOW else ""
    if key == "data" and layout.reported:
        key = "data_live"
    if not pasted:
        return layout.say(f"notes.{key}")
    own = layout.say("notes.summary_pasted" if key == "summary" else f"notes.{key}")
    return f"{pasted} {own}" if layout.lang == "en" else pasted + own
