"""The notes of a comparison: how to read it, what to beware of, how it was made."""

from __future__ import annotations

from collections.abc import Iterator

from ..assess.assessment import Assessment
from ..version import __version__
from .compare_layout import CompareLayout
from .compare_scores import pasted_methods
from .evaluation.framework import lines_of
from .evaluation.sheet import Sheet

FIRST_ROW = 4
_WIDTH = 112


def notes_sheet(layout: CompareLayout) -> Sheet:
    """Build the sheet."""
    sheet = layout.start("notes", 2)
    for number, (head, text) in enumerate(_lines(layout)):
        row = FIRST_ROW + number
        sheet.put(row, 1, head, "goal")
        sheet.put(row, 2, text, "wrapped")
        sheet.heights[row] = min(400, 13.5 * lines_of(text, _WIDTH - 4, layout.lang) + 6)
    sheet.width({1: 24, 2: _WIDTH})
    return sheet


def _lines(layout: CompareLayout) -> Iterator[tuple[str, str]]:
    lang, framework = layout.lang, layout.framework
    for key in ("read", "parts", "live", "missing"):
        yield layout.say(f"notes.{key}.head"), layout.say(f"notes.{key}.text")
        if key == "live" and (methods := pasted_methods(layout)):
            text = layout.say("notes.pasted.text", methods=methods)
            yield layout.say("notes.pasted.head"), text
    for issue in layout.comparison.issues:
        yield layout.say("notes.beware"), f"{issue.message(lang)} {issue.fix(lang)}"
    yield (
        layout.say("notes.framework"),
        f"{framework.title[lang]} ({framework.name} {framework.version})",
    )
    yield layout.say("notes.steelyard"), f"Steelyard {__version__}"
    for name, assessment in _rounds(layout):
        yield f"{layout.say('notes.recipe')} {name}".strip(), assessment.recipe.to_json()
        for source in assessment.dataset.sources:
            text = f"{source.file}\nSHA-256 {source.sha256}"
            yield f"{layout.say('notes.input')} {name}".strip(), text


def _rounds(layout: CompareLayout) -> list[tuple[str, Assessment]]:
    if layout.comparison.kind == "cities":
        return [("", layout.sides[0].assessment)]
    first = layout.comparison.pairs[0]
    return [(side.round, side.assessment) for side in (first.side, first.other)]
