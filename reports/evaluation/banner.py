"""What stands at the top of every sheet: its title, one line of explanation, the way back."""

from __future__ import annotations

from .layout import Layout
from .sheet import Sheet


def start(layout: Layout, key: str, columns: int, tab: str = "2F5597") -> Sheet:
    """A sheet with its title band over so many columns."""
    sheet = Sheet(layout.name(key), tab)
    title = layout.say(f"titles.{key}", name=layout.framework.title[layout.lang])
    sheet.put(1, 1, title, "title")
    sheet.put(2, 1, layout.say(f"notes.{key}"), "subtitle")
    for column in range(2, columns + 1):
        sheet.put(1, column, None, "title")
        sheet.put(2, column, None, "subtitle")
    sheet.heights |= {1: 28, 2: 18}
    return sheet
