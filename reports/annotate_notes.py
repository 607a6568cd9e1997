"""Notes on cells: comments and the drawing that shows them, added to what a sheet has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..errors import Issue
from ..text import say
from .annotate_package import RELATIONS, Package, UnusualError, attributes, escaped
from .annotate_sheet import place_of
from .annotate_threads import add_replies

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_AUTHOR = "Steelyard"
_AFTER = {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
          "tableParts", "mc:AlternateContent", "extLst", "worksheet"}  # fmt: skip
_TAG = re.compile(r"""<(/?)([\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_COMMENT = re.compile(r"<comment\b[^>]*>.*?</comment>", re.DOTALL)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
"""Named on every shape: a drawing that is there may call them otherwise."""
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BEFORE_FIRST = 1024


def note_text(issues: Sequence[Issue], lang: str) -> str:
    """What the note on a cell says."""
    return "\n\n".join(
        say(
            "annotate.comment.line",
            lang,
            severity=say(f"collect.severity.{issue.severity}", lang),
            message=issue.message(lang),
            fix=issue.fix(lang),
        )
        for issue in issues
    )


def add_notes(package: Package, part: str, cells: Mapping[str, Sequence[Issue]], lang: str) -> None:
    """Write a note on every marked cell; what a note said before stays.

    Raises
    ------
    UnusualError
        If the sheet's own notes are built in an unusual way.
    """
    notes = {cell: note_text(issues, lang) for cell, issues in cells.items()}
    found = [t for _, kind, t in package.relations(part) if kind.endswith("/comments")]
    place = found[0] if found else _new_comments(package, part)
    text = package.text(place)
    if "<authors" not in text or "</commentList>" not in text:
        raise UnusualError("unusual")
    text, author = _with_author(text)
    text, known = _continued(text, notes)
    fresh = [cell for cell in notes if cell not in known]
    added = "".join(
        f'<comment ref="{cell}" authorId="{author}"><text>{_run(notes[cell])}</text></comment>'
        for cell in fresh
    )
    package.put(place, text.replace("</commentList>", added + "</commentList>"))
    _add_shapes(package, part, {cell: notes[cell] for cell in fresh})
    add_replies(package, part, {cell: notes[cell] for cell in known})


def _new_comments(package: Package, part: str) -> str:
    place = package.free_name("xl/commentsSteelyard{}.xml")
    package.put(
        place,
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>',
    )
    package.relate(part, "comments", place)
    package.declare(place, _COMMENTS_TYPE)
    return place


def _with_author(text: str) -> tuple[str, int]:
    """Our name among the authors, and its number."""
    if "</authors>" not in text:
        text = re.sub(r"<authors\s*/>", "<authors></authors>", text)
    count = len(re.findall(r"<author\b[^>]*>", text.split("</authors>")[0]))
    named = f"<author>{_AUTHOR}</author></authors>"
    return text.replace("</authors>", named, 1), count


def _run(text: str) -> str:
    look = '<rPr><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
    return f'<r>{look}<t xml:space="preserve">{escaped(text)}</t></r>'


def _continued(text: str, notes: Mapping[str, str]) -> tuple[str, set[str]]:
    """The comments with ours behind those that cells have already; these cells."""
    known: set[str] = set()

    def continued(found: re.Match[str]) -> str:
        cell = attributes(found[0].split(">", 1)[0]).get("ref", "")
        if cell not in notes:
            return found[0]
        if "</text>" not in found[0]:
            raise UnusualError("unusual")
        known.add(cell)
        body = re.sub(r"<text>\s*(<t\b[^>]*>[^<]*</t>)", r"<text><r>\1</r>", found[0], count=1)
        before, end, after = body.partition("</text>")
        return before + _run(f"\n\n{notes[cell]}") + end + after

    return _COMMENT.sub(continued, text), known


def _add_shapes(package: Package, part: str, notes: Mapping[str, str]) -> None:
    if not notes:
        return
    sheet = package.text(part)
    tag = re.search(r"<legacyDrawing\b[^>]*/>", sheet)
    if tag is None:
        place = package.free_name("xl/drawings/vmlSteelyard{}.vml")
        package.put(place, f"<xml {_SPACES}></xml>")
        package.declare_ending("vml", _VML_TYPE)
        _link(package, part, package.relate(part, "vmlDrawing", place))
    else:
        key = next((v for k, v in attributes(tag[0]).items() if k.endswith(":id")), "")
        place = next((t for k, _, t in package.relations(part) if k == key), "")
    text = package.text(place)
    if "</xml>" not in text:
        raise UnusualError("unusual")
    shapes = "" if "_x0000_t202" in text else _SHAPE_TYPE
    first = 1 + max(map(int, re.findall(r"_x0000_s(\d{1,9})\b", text)), default=_BEFORE_FIRST)
    for number, (cell, note) in enumerate(notes.items(), start=first):
        shapes += _shape(number, cell, note)
    head, _, tail = text.rpartition("</xml>")
    package.put(place, f"{head}{shapes}</xml>{tail}")


def _link(package: Package, part: str, key: str) -> None:
    """Name the drawing in the sheet, at the place that the order of elements demands."""
    text = package.text(part)
    place = _place_of_link(text)
    link = f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="{key}"/>'
    package.put(part, text[:place] + link + text[place:])


def _place_of_link(text: str) -> int:
    """Before the first of the sheet's own elements, not of those within them, that come later."""
    depth = 0
    for tag in _TAG.finditer(text, text.rindex("</sheetData>") + len("</sheetData>")):
        closes, name, is_empty = tag.groups()
        if depth == 0 and name in _AFTER:
            return tag.start()
        depth += 0 if is_empty else -1 if closes else 1
    raise UnusualError("unusual")


def _shape(number: int, cell: str, note: str) -> str:
    row, column = place_of(cell)
    lines = sum(1 + len(line.encode("gb18030", "replace")) // 42 for line in note.split("\n"))
    bottom = row + max(4, lines + 1)
    anchor = f"{column}, 15, {max(0, row - 2)}, 10, {column + 4}, 15, {bottom}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:60pt;margin-top:2pt;width:240pt;height:{15 * lines + 20}pt;z-index:1;"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
