"""The sample demo_cities.xlsx: 30 invented cities, all indicators of smart2015, two years."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample_sheet import (
    BLUE,
    GRID,
    Alignment,
    body_row,
    fill,
    font,
    for_print,
    header_row,
    paragraphs,
    title_band,
    units_row,
    widths,
    words,
)

import steelyard as sy

SEED = 2015
YEARS = (2023, 2024)
WORDS = words("demo")
EAST, CENTRE, WEST = "东部", "中部", "西部"


@dataclass(frozen=True)
class City:
    """An invented city: people in 10,000, the score it is drawn towards, what is odd about it."""

    zh: str
    en: str
    region: str
    people: float
    aim: float
    odd: Mapping[str, object] = field(default_factory=dict)
    odd_before: Mapping[str, object] = field(default_factory=dict)
    weak_goal: tuple[str, float] = ("", 0.0)


CITIES = (
    City("望潮湾市", "Tidewatch Bay", EAST, 1420, 93),
    City("银帆港市", "Silversail Harbour", EAST, 860, 91, odd_before={"serious_incidents": 1}),
    City("明镜湖市", "Mirrorlake", EAST, 690, 88, {"serious_incidents": 1}),
    City("鹭影洲市", "Egret Isle", EAST, 530, 89),
    City("听涛角市", "Wavesong Point", EAST, 310, 81, {"A101": 2.4}, {"A101": 2.3}),
    City("珍珠汐市", "Pearltide", EAST, 265, 79, {"survey_sample": 96}),
    City("晨曦渡市", "Dawnferry", EAST, 240, 78),
    City("海月台市", "Seamoon Terrace", EAST, 180, 76, {"E101": 76.0}, {"E101": 73.5}),
    City("碧螺汀市", "Jadeshell Shore", EAST, 150, 72),
    City("云帆屿市", "Cloudsail Islet", EAST, 96, 66),
    City("潮音岬市", "Tidesound Cape", EAST, 72, 61),
    City("白露滩市", "Whitedew Beach", EAST, 45, 54),
    City("金穗原市", "Goldear Plain", CENTRE, 940, 77),
    City("稻香川市", "Ricescent River", CENTRE, 610, 67, {"B101": 44.0}, {"B101": 41.0}),
    City("荷风塘市", "Lotusbreeze Pond", CENTRE, 420, 71, weak_goal=("E", -12.0)),
    City("九曲桥市", "Ninebend Bridge", CENTRE, 350, 63),
    City("枫林渡市", "Mapleford", CENTRE, 280, 58, {"F101": 1}, {"F101": 1}),
    City("竹影溪市", "Bamboo Brook", CENTRE, 190, 55),
    City("麦浪坡市", "Wheatwave Slope", CENTRE, 130, 49),
    City("橙月丘市", "Orangemoon Hill", CENTRE, 88, 45),
    City("星罗泽市", "Starweb Fen", CENTRE, 64, 39),
    City("鹿鸣甸市", "Deercall Meadow", CENTRE, 38, 33),
    City("云脊岭市", "Cloudridge", WEST, 720, 64),
    City("雪莲谷市", "Snowlotus Valley", WEST, 290, 60, weak_goal=("D", -31.0)),
    City("青杨渡市", "Greenpoplar Ford", WEST, 210, 47),
    City("驼铃驿市", "Camelbell Post", WEST, 120, 41),
    City("月牙坡市", "Crescent Slope", WEST, 84, 36),
    City("紫烟岭市", "Purplemist Ridge", WEST, 56, 30),
    City("冰川口市", "Glaciergate", WEST, 34, 26),
    City("沙枣坪市", "Oleaster Flat", WEST, 22, 24),
)
BLANKS = {  # (city, year): what was not reported, and how the clerk wrote it
    ("沙枣坪市", 2024): {"E101": None, "E102": None, "E103": None, "E201": None, "E202": "暂无"},
    ("冰川口市", 2024): {"A405": "—", "B201": "不适用"},
    ("鹿鸣甸市", 2023): {"C302": "不适用", "D104": None},
    ("鹿鸣甸市", 2024): {"C302": "不适用"},
    ("紫烟岭市", 2023): {"A302": "未统计"},
    ("竹影溪市", 2024): {"D202": None},
    ("云帆屿市", 2023): {"A501": None},
    ("驼铃驿市", 2024): {"B202": "—", "C401": None},
}
CLASSES = ((1000, "超大城市"), (500, "特大城市"), (100, "大城市"), (50, "中等城市"), (0, "小城市"))
PLACES = {EAST: (119.0, 31.0, 700), CENTRE: (112.5, 31.5, 420), WEST: (103.0, 34.0, 150)}
LEADING = {"A101": 17.0, "B101": 8.0, "E101": 8.0, "F101": 6.0}
"""How far cities run ahead in what the gates ask for."""
FORMATS = {"year": "0", "population": "#,##0", "area": "#,##0", "gdp": "#,##0.0",
           "survey_sample": "0", "survey_error": "0.00", "serious_incidents": "0",
           "previous_level": "0", "longitude": "0.00", "latitude": "0.00"}  # fmt: skip
DECIMALS = {"A101": 2, "A203": 1, "C101": 0, "E103": 0, "E201": 2}
BEFORE = ("region", "population_class", "population")
AFTER = ("survey_sample", "survey_error", "serious_incidents", "previous_level", "area", "gdp",
         "longitude", "latitude")  # fmt: skip


def build() -> Workbook:
    framework = sy.load_framework("smart2015")
    rows = _rows(framework)
    book = Workbook()
    _data_sheet(book, framework, rows)
    _indicator_sheet(book, framework)
    notes = book.create_sheet("说明 Notes")
    paragraphs(notes, title_band(notes, WORDS, 2), WORDS["notes"])
    for_print(notes, 2)
    return book


def _rows(framework: sy.Framework) -> list[dict[str, object]]:
    chance = random.Random(SEED)
    drawn = {city.zh: _draw(framework, city, chance) for city in CITIES}
    levels = _levels(framework, [drawn[city.zh][0] for city in CITIES])
    for city in CITIES:
        drawn[city.zh][1]["previous_level"] = levels[city.zh]
    return [drawn[city.zh][place] for place in (1, 0) for city in CITIES]


def _draw(
    framework: sy.Framework, city: City, chance: random.Random
) -> tuple[dict[str, object], dict[str, object]]:
    """The city's row of the earlier and of the later year."""
    goals = {goal.code: chance.gauss(0, 2.5) for goal in framework.goals}
    goals["E"] = abs(goals["E"]) if city.aim >= 70 else goals["E"]
    goals[city.weak_goal[0]] = city.weak_goal[1]
    habits = {code: chance.gauss(0, 7) for code in framework.codes}
    step = chance.uniform(3, 6)
    still = _unchanging(city, chance)
    rows = []
    for year, aim in zip(YEARS, (city.aim - step, city.aim), strict=True):
        row: dict[str, object] = {"year": year, "city": city.zh, "english": city.en, **still}
        for indicator in framework.indicators:
            wanted = aim + goals[framework.goal_of(indicator.code).code]
            score = wanted + LEADING.get(indicator.code, 0.0) + habits[indicator.code]
            score += chance.gauss(0, 1.5)
            row[indicator.code] = _raw(indicator, min(max(score, 2.0), 99.0), habits)
        row |= _survey(chance)
        row |= city.odd if year == YEARS[1] else city.odd_before
        row |= BLANKS.get((city.zh, year), {})
        rows.append(row)
    return rows[0], rows[1]


def _raw(indicator: sy.Indicator, score: float, habits: Mapping[str, float]) -> object:
    """The raw value whose score on the indicator's scale is about `score`."""
    share = score / 100
    if indicator.scale == "binary":
        return "是" if share > 0.5 else "否"
    if indicator.scale == "ladder":
        return round(share * indicator.ladder[-1].level)
    low, high = float(indicator.low or 0.0), float(indicator.high or 0.0)
    share = 1 - share if indicator.direction == "cost" else share
    if indicator.scale == "log":
        value = low * (high / low) ** share
    elif indicator.scale == "log1p":
        value = math.expm1(share * math.log1p(high))
    elif indicator.interval:
        value = _about_interval(low, high, indicator.interval, share, habits[indicator.code])
    else:
        value = low + share * (high - low)
    decimals = DECIMALS.get(indicator.code, 1)
    return round(value, decimals) if decimals else round(value)


def _about_interval(
    low: float, high: float, interval: tuple[float, float], share: float, habit: float
) -> float:
    start, end = interval
    if share > 0.75:
        return start + (end - start) * (share - 0.75) / 0.25
    return high - share * (high - end) if habit > 4 else low + share * (start - low)


def _unchanging(city: City, chance: random.Random) -> dict[str, object]:
    longitude, latitude, density = PLACES[city.region]
    product = city.people * (2.5 + city.aim / 8) * chance.uniform(0.85, 1.15)
    return {
        "region": city.region,
        "population_class": next(name for people, name in CLASSES if city.people >= people),
        "population": city.people,
        "area": round(city.people * 1e4 / (density * chance.uniform(0.6, 1.5)), -1),
        "gdp": round(product, 1),
        "longitude": round(longitude + chance.uniform(-2.5, 2.5), 2),
        "latitude": round(latitude + chance.uniform(-5, 5), 2),
    }


def _survey(chance: random.Random) -> dict[str, object]:
    sample = chance.randrange(130, 620)
    error = round(14 / math.sqrt(sample), 2)
    return {"survey_sample": sample, "survey_error": error, "serious_incidents": 0}


def _levels(framework: sy.Framework, rows: list[dict[str, object]]) -> dict[str, object]:
    values = [[_number(row[code]) for code in framework.codes] for row in rows]
    auxiliary = {one.code: [row.get(one.code) for row in rows] for one in framework.auxiliary}
    dataset = sy.dataset_from_arrays(
        framework, [str(row["city"]) for row in rows], values, auxiliary=auxiliary
    )
    final = sy.score(dataset).grades.final
    return {str(row["city"]): int(level) or None for row, level in zip(rows, final, strict=True)}


def _number(value: object) -> float:
    if isinstance(value, int | float):
        return float(value)
    return {"是": 1.0, "否": 0.0}.get(str(value), math.nan)


def _data_sheet(book: Workbook, framework: sy.Framework, rows: list[dict[str, object]]) -> None:
    sheet = book.active
    sheet.title = "数据"
    auxiliary = {one.code: one for one in framework.auxiliary}
    names = {"year": "年份", "city": "城市", "english": "英文名"}
    names |= {code: one.name.zh for code, one in auxiliary.items()}
    names |= {one.code: one.name.zh for one in framework.indicators}
    units = {code: one.unit.zh for code, one in auxiliary.items()}
    units |= {one.code: one.unit.zh for one in framework.indicators} | {"year": "单位"}
    columns = ("year", "city", "english", *BEFORE, *framework.codes, *AFTER)
    row = title_band(sheet, WORDS, 14)
    _goal_band(sheet, row, framework, columns)
    header_row(sheet, row + 1, [names[code] for code in columns], height=62)
    units_row(sheet, row + 2, [units.get(code) for code in columns])
    ladders = {one.code for one in framework.indicators if one.scale == "ladder"}
    decimals = {code: 0 if code in ladders else DECIMALS.get(code, 1) for code in framework.codes}
    formats = FORMATS | {code: f"0.{'0' * places}".rstrip(".") for code, places in decimals.items()}
    for place, record in enumerate(rows, start=row + 3):
        written = [record.get(code) for code in columns]
        body_row(sheet, place, written, [formats.get(code) for code in columns])
        for column in range(columns.index("A101") + 1, columns.index("F401") + 2):
            if isinstance(sheet.cell(place, column).value, str):
                sheet.cell(place, column).alignment = Alignment(horizontal="center")
    widths(sheet, [8, 12, 19, 9, 11, 10, *([10.5] * (len(columns) - 6))])
    for_print(sheet, row + 2, f"D{row + 3}", pages=5)
    sheet.print_title_cols = "A:C"


def _goal_band(
    sheet: Worksheet, row: int, framework: sy.Framework, columns: tuple[str, ...]
) -> None:
    for goal in framework.goals:
        places = [columns.index(leaf.code) + 1 for leaf in framework.leaves(goal.code)]
        sheet.merge_cells(start_row=row, end_row=row, start_column=places[0], end_column=places[-1])
        cell = sheet.cell(row, places[0], f"{goal.code} {goal.name.zh} {goal.name.en}")
        cell.font, cell.fill, cell.border = font(bold=True, color="FFFFFF"), fill(BLUE), GRID
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    sheet.row_dimensions[row].height = 22


def _indicator_sheet(book: Workbook, framework: sy.Framework) -> None:
    sheet = book.create_sheet("指标说明 Indicators")
    row = title_band(sheet, WORDS, 4)
    header_row(sheet, row, ("说明对象 About", "单位 Unit", "口径", "Definition"), 30)
    for place, one in enumerate(framework.indicators, start=row + 1):
        unit = one.unit.zh if one.unit.zh == one.unit.en else f"{one.unit.zh}\n{one.unit.en}"
        name = f"{one.code} {one.name.zh}\n{one.name.en}"
        body_row(sheet, place, (name, unit, one.definition.zh, one.definition.en))
        longest = max(len(one.definition.zh) / 28, len(one.definition.en) / 58, 1.2)
        sheet.row_dimensions[place].height = 15 * (1 + int(longest)) + 3
    widths(sheet, (40, 20, 58, 62))
    for_print(sheet, row, f"B{row + 1}")
