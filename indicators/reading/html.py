"""Tables of a web page, as web systems export them under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .delimited import as_number, decode
from .limits import SHEETS, Refused
from .plain import PlainBook, PlainSheet, check_cells, sheet

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SILENT = {"script", "style", "head", "title"}
_BREAKS = {"br", "p", "div", "li"}
_WIDEST = 16_384


def parse(data: bytes) -> PlainBook:
    """Read every table of a page as a sheet.

    Raises
    ------
    Refused
        If it has none, or one beyond the limits.
    """
    reader = _Reader()
    reader.feed(_text(data))
    reader.close()
    tables = [one for one in reader.sheets if one["cells"]]
    if not tables:
        raise Refused("reading.no_table")
    if len(tables) > 1:
        for number, one in enumerate(tables, start=1):
            one["name"] = f"table {number}"
    return {"format": "html", "notes": [], "sheets": tables}


def _text(data: bytes) -> str:
    match = _CHARSET.search(data[:4000])
    named = match[1].decode("ascii").lower() if match else ""
    if named in ("gb2312", "gbk", "gb18030"):
        return data.decode("gb18030", errors="replace")
    return decode(data)[0]


class _Reader(HTMLParser):
    """Cells by place; spans become merged ranges."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[PlainSheet] = []
        self.open: list[_Place] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self._start_table()
        elif tag == "tr" and self.open:
            self._finish_cell()
            self.open[-1].start_row(attributes)
        elif tag in ("td", "th") and self.open:
            self._finish_cell()
            self.open[-1].start_cell(attributes)
        elif tag in _BREAKS and self.open:
            self.open[-1].text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th", "tr"):
            self._finish_cell()
        elif tag == "table" and self.open:
            self._finish_cell()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent:
            self.open[-1].text.append(data)

    def _start_table(self) -> None:
        self.sheets.append(sheet(""))
        self.open.append(_Place(self.sheets[-1]))
        if len(self.sheets) > SHEETS:
            raise Refused("reading.too_large", what="sheets", limit=f"{SHEETS:,}")

    def _finish_cell(self) -> None:
        if self.open:
            self.open[-1].finish_cell()


class _Place:
    """Where the next cell of one table goes."""

    def __init__(self, into: PlainSheet) -> None:
        self.into = into
        self.row = self.column = 0
        self.taken: dict[int, int] = {}
        self.span: tuple[int, int] | None = None
        self.text: list[str] = []

    def start_row(self, attributes: dict[str, str]) -> None:
        self.row += 1
        self.column = 0
        if _hidden(attributes):
            self.into["hidden_rows"].append(self.row)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.row = max(self.row, 1)
        self.column += 1
        while self.taken.get(self.column, 0) >= self.row:
            self.column += 1
        self.text = []
        self.span = (_count(attributes, "rowspan"), _count(attributes, "colspan"))

    def finish_cell(self) -> None:
        if self.span is None:
            return
        down, across = self.span
        text = re.sub(r"[ \t\r\f]*\n\s*", "\n", "".join(self.text)).strip(" \t\r\n\f")
        if text:
            number = as_number(text)
            kind, value = ("number", number) if number is not None else ("text", text)
            self.into["cells"].append((self.row, self.column, kind, value, ""))  # type: ignore[arg-type]
            check_cells(len(self.into["cells"]))
        if down > 1 or across > 1:
            corner = (self.row + down - 1, self.column + across - 1)
            self.into["merged"].append((self.row, self.column, *corner))
        for column in range(self.column, self.column + across):
            self.taken[column] = self.row + down - 1
        self.column += across - 1
        self.span = None


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdigit() else 1


def _hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "hidden" in attributes
