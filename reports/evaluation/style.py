"""How cells look: one palette, safe for grey printing and for colour-blind eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NAVY, BLUE, PALE, LINE, INK, GREY = "1F3864", "2F5597", "DEE7F3", "BFC8D6", "1A1A1A", "6B7280"
INPUT, MISSING, REPAIRED, FLAGGED = "FFF8DC", "E5E7EB", "D9EAD3", "FCE5CD"
PALEST, PALER, DEEPEST = "FFF6D9", "A9CCE0", "5A8CC2"
"""From light to dark, so that a grey print keeps the order and black figures stay legible."""
LOW, MIDDLE, HIGH = "B35806", "F7F7F7", "2166AC"
SERIES = ("2F5597", "C55A11", "7F7F7F", "548235", "7030A0")
FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}


@dataclass(frozen=True, slots=True)
class Look:
    """One style."""

    number: str = "General"
    bold: bool = False
    italic: bool = False
    size: int = 10
    colour: str = INK
    fill: str | None = None
    align: str = "left"
    wrap: bool = False
    border: bool = True
    middle: bool = True


LOOKS: Mapping[str, Look] = {
    "plain": Look(border=False),
    "title": Look(bold=True, size=16, colour="FFFFFF", fill=NAVY, border=False),
    "subtitle": Look(size=10, colour="FFFFFF", fill=NAVY, border=False),
    "note": Look(italic=True, size=9, colour=GREY, border=False, wrap=True),
    "faint": Look(size=8, colour="C9CED6", border=False, align="right"),
    "note_number": Look("0.0000", size=8, colour=GREY, align="right"),
    "note_weight": Look("0.0000", size=8, colour=GREY, align="right"),
    "unit": Look(align="center", size=9, wrap=True),
    "statement": Look(wrap=True, border=False, bold=True, colour=NAVY),
    "has": Look("#,##0.##", align="center", wrap=True),
    "wrapped_middle": Look(wrap=True),
    "section": Look(bold=True, size=12, colour=NAVY, border=False),
    "head": Look(bold=True, colour="FFFFFF", fill=BLUE, align="center", wrap=True),
    "subhead": Look(colour=NAVY, fill=PALE, align="center", wrap=True, size=9),
    "text": Look(),
    "wrapped": Look(wrap=True, middle=False),
    "strong": Look(bold=True),
    "goal": Look(bold=True, fill=PALE),
    "goal_wrapped": Look(bold=True, fill=PALE, wrap=True),
    "goal_number": Look("0.00", bold=True, fill=PALE, align="right"),
    "goal_signed": Look("+0.00;-0.00;0.00", bold=True, fill=PALE, align="right"),
    "goal_weight": Look("0.0000", bold=True, fill=PALE, align="right"),
    "link": Look(colour="0B5394"),
    "contents": Look(colour="0B5394", border=False),
    "centre": Look(align="center"),
    "general": Look("General", align="right"),
    "raw": Look("#,##0.####", align="right"),
    "raw_missing": Look("General", align="center", fill=MISSING, colour=GREY),
    "raw_repaired": Look("#,##0.####", align="right", fill=REPAIRED),
    "raw_flagged": Look("#,##0.####", align="right", fill=FLAGGED),
    "raw_error": Look("General", fill="F8CBAD"),
    "percent": Look("0.00%", align="right", border=False),
    "mark_repaired": Look(align="center", fill=REPAIRED),
    "mark_flagged": Look(align="center", fill=FLAGGED),
    "number": Look("0.00", align="right"),
    "number_strong": Look("0.00", align="right", bold=True),
    "signed": Look("+0.00;-0.00;0.00", align="right"),
    "moved": Look("+0;-0;0", align="center", bold=True),
    "whole": Look("0", align="center"),
    "whole_strong": Look("0", align="center", bold=True),
    "weight": Look("0.0000", align="right"),
    "share": Look("0%", align="center"),
    "input": Look("General", align="right", fill=INPUT, colour="1F3FBF"),
    "input_text": Look(fill=INPUT, colour="1F3FBF", bold=True, size=12, align="center"),
    "input_number": Look("0.00", align="right", fill=INPUT, colour="1F3FBF"),
    "input_weight": Look("0.0000", align="right", fill=INPUT, colour="1F3FBF"),
    "figure": Look("0.00", bold=True, size=18, colour=NAVY, align="center"),
    "figure_signed": Look("+0.00;-0.00;0.00", bold=True, size=18, colour=NAVY, align="center"),
    "figure_whole": Look("0", bold=True, size=18, colour=NAVY, align="center"),
    "figure_share": Look("0%", bold=True, size=18, colour=NAVY, align="center"),
    "figure_text": Look(bold=True, size=13, colour=NAVY, align="center", wrap=True),
    "caption": Look(size=9, colour=GREY, align="center", fill=PALE, wrap=True),
    "code": Look(size=9, wrap=True, middle=False),
}
