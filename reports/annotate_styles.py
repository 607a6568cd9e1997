"""Styles for the marks: every cell keeps its own look and gets a colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .annotate_package import Package, UnusualError

COLOURS = {"error": "FFF8CBAD", "flagged": "FFFFE699", "repaired": "FFD9EAD3"}
_LIST_XFS = {
    "title": ("title", None, False),
    "head": ("head", "head", True),
    "text": (None, None, True),
    "error": (None, "error", True),
    "flagged": (None, "flagged", True),
    "repaired": (None, "repaired", True),
    "link": ("link", None, True),
}
_XF = re.compile(r"<xf\b[^>]*?/>|<xf\b[^>]*?>.*?</xf>", re.DOTALL)


@dataclass
class Styles:
    """The styles part while it is being added to.

    Parameters
    ----------
    package : Package
    part : str
    xfs : list of str
        The cell formats, old and new.
    before : int
        How many of them are old.
    fills : dict from severity to the number of its fill
    fixed : dict from a look of the return list to its format
    """

    package: Package
    part: str
    xfs: list[str]
    before: int
    fills: dict[str, int]
    fixed: dict[str, int] = field(default_factory=dict)
    _marked: dict[tuple[int, str], int] = field(default_factory=dict)

    def marked(self, style: int, severity: str) -> int:
        """The format of a cell of this style, coloured for a severity."""
        key = (style, severity)
        if key not in self._marked:
            if style >= len(self.xfs):
                raise UnusualError("unusual")
            self._marked[key] = self._add(_coloured(self.xfs[style], self.fills[severity]))
        return self._marked[key]

    def _add(self, xf: str) -> int:
        self.xfs.append(xf)
        return len(self.xfs) - 1

    def write(self) -> None:
        """Put the new formats into the part."""
        text = self.package.text(self.part)
        self.package.put(self.part, _with_items(text, "cellXfs", self.xfs[self.before :])[0])


def add_styles(package: Package) -> Styles:
    """Add the fonts, fills and formats of the marks and the return list.

    Raises
    ------
    UnusualError
        If the workbook has no plain styles part.
    """
    part = next((t for _, k, t in package.relations(package.workbook) if k.endswith("/styles")), "")
    text = package.text(part)
    text, font = _with_items(
        text,
        "fonts",
        [
            '<font><b/><sz val="16"/><color rgb="FF1F3864"/><name val="Calibri"/></font>',
            '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font>',
            '<font><u/><sz val="10"/><color rgb="FF0B5394"/><name val="Calibri"/></font>',
        ],
    )
    solid = '<fill><patternFill patternType="solid"><fgColor rgb="{}"/></patternFill></fill>'
    colours = {**COLOURS, "head": "FF2F5597"}
    text, fill = _with_items(text, "fills", [solid.format(colour) for colour in colours.values()])
    line = '<{0} style="thin"><color rgb="FFBFC8D6"/></{0}>'
    sides = "".join(line.format(side) for side in ("left", "right", "top", "bottom"))
    text, border = _with_items(text, "borders", [f"<border>{sides}<diagonal/></border>"])
    package.put(part, text)
    cells = re.search(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", text, re.DOTALL)
    if cells is None:
        raise UnusualError("unusual")
    fills = {name: fill + place for place, name in enumerate(colours)}
    xfs = _XF.findall(cells[1])
    styles = Styles(package, part, xfs, len(xfs), fills)
    fonts = {"title": font, "head": font + 1, "link": font + 2, None: 0}
    for look, (wanted, filled, boxed) in _LIST_XFS.items():
        xf = (
            f'<xf numFmtId="0" fontId="{fonts[wanted]}" fillId="{fills.get(filled or "", 0)}" '
            f'borderId="{border if boxed else 0}" xfId="0" applyFont="1" applyFill="1" '
            'applyBorder="1" applyAlignment="1">'
            f'<alignment vertical="{"center" if look == "head" else "top"}" '
            f'wrapText="{int(look != "title")}"/></xf>'
        )
        styles.fixed[look] = styles._add(xf)
    return styles


def _with_items(text: str, name: str, items: list[str]) -> tuple[str, int]:
    """Append items to a counted list; gives the number of the first."""
    found = re.search(rf"<{name}\b([^>]*)>(.*?)</{name}>", text, re.DOTALL)
    if found is None or found[1].endswith("/"):
        raise UnusualError("unusual")
    count = re.search(r'\bcount="(\d+)"', found[1])
    child = {"cellXfs": "xf", "fonts": "font", "fills": "fill", "borders": "border"}[name]
    before = len(re.findall(rf"<{child}\b", found[2]))
    inside = found[1]
    if count is not None:
        inside = inside.replace(count[0], f'count="{before + len(items)}"')
    whole = f"<{name}{inside}>{found[2]}{''.join(items)}</{name}>"
    return text[: found.start()] + whole + text[found.end() :], before


def _coloured(xf: str, fill: int) -> str:
    head, rest = re.match(r"(<xf\b[^>]*?)(/?>.*)$", xf, re.DOTALL).groups()  # type: ignore[union-attr]
    head = re.sub(r'\s(?:fillId|applyFill)="[^"]*"', "", head)
    return f'{head} fillId="{fill}" applyFill="1"{rest}'
