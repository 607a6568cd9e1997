"""The sample article_2015.xlsx: what the 2015 article itself says about eight places."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample_sheet import (
    AMBER,
    body_row,
    fill,
    for_print,
    header_row,
    mark,
    paragraphs,
    title_band,
    units_row,
    widths,
    words,
)

import steelyard as sy

WORDS = words("article")


@dataclass(frozen=True)
class Fact:
    """One value of one place, what the article says, and how the value follows from it."""

    place: str
    code: str
    value: float | str
    zh: str
    en: str
    outside: bool = False


PLACES = {
    "广东省": "Guangdong",
    "武汉市": "Wuhan",
    "上海市浦东新区": "Pudong, Shanghai",
    "福建省": "Fujian",
    "深圳市": "Shenzhen",
    "衡阳市": "Hengyang",
    "重庆市": "Chongqing",
    "咸阳市": "Xianyang",
}
FACTS = tuple(Fact(**fact) for fact in WORDS["facts"])


def build() -> Workbook:
    framework = sy.load_framework("smart2015")
    codes = [code for code in framework.codes if any(fact.code == code for fact in FACTS)]
    book = Workbook()
    _data_sheet(book, framework, [*codes, "population"])
    _source_sheet(book, framework)
    notes = book.create_sheet("说明 Notes")
    paragraphs(notes, title_band(notes, WORDS, 2), WORDS["notes"])
    for_print(notes, 2)
    return book


def _names(framework: sy.Framework) -> dict[str, tuple[str, str, str]]:
    named = [*framework.indicators, *framework.auxiliary]
    return {one.code: (one.name.zh, one.name.en, one.unit.zh) for one in named}


def _data_sheet(book: Workbook, framework: sy.Framework, codes: list[str]) -> None:
    sheet = book.active
    sheet.title = "数据"
    names = _names(framework)
    facts = {(fact.place, fact.code): fact for fact in FACTS}
    row = title_band(sheet, WORDS, 2 + len(codes))
    header_row(sheet, row, ["城市", "英文名", *(names[code][0] for code in codes)], height=62)
    units_row(sheet, row + 1, ["单位", None, *(names[code][2] for code in codes)])
    for place, (zh, en) in enumerate(PLACES.items(), start=row + 2):
        found = [facts.get((zh, code)) for code in codes]
        body_row(sheet, place, [zh, en, *(fact.value if fact else None for fact in found)])
        for column, fact in enumerate(found, start=3):
            if fact:
                _annotate(sheet, place, column, fact)
        sheet.row_dimensions[place].height = 20
    widths(sheet, [17, 17, *([11.5] * len(codes))])
    for_print(sheet, row + 1, f"C{row + 2}")


def _annotate(sheet: Worksheet, row: int, column: int, fact: Fact) -> None:
    mark(sheet, row, column, f"{fact.zh}\n{fact.en}", coloured=fact.outside)


def _source_sheet(book: Workbook, framework: sy.Framework) -> None:
    sheet = book.create_sheet("来源 Sources")
    names = _names(framework)
    row = title_band(sheet, WORDS, 5)
    header_row(sheet, row, ("何处 Where", "何事 What", "录入 Entered", "依据", "Grounds"), 30)
    for place, fact in enumerate(FACTS, start=row + 1):
        zh, en, _ = names[fact.code]
        body_row(sheet, place, (f"{fact.place}\n{PLACES[fact.place]}", f"{fact.code} {zh}\n{en}",
                                f"{fact.value}", fact.zh, fact.en))  # fmt: skip
        sheet.row_dimensions[place].height = 18 * max(2, 1 + len(fact.en) // 58)
        if fact.outside:
            for column in range(1, 6):
                sheet.cell(place, column).fill = fill(AMBER)
    widths(sheet, (20, 36, 12, 58, 62))
    for_print(sheet, row, f"A{row + 1}")
