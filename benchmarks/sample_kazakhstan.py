"""The sample kazakhstan.xlsx: public data, and the framework that gives its published scores."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from openpyxl import Workbook
from sample_sheet import (
    body_row,
    for_print,
    header_row,
    mark,
    paragraphs,
    title_band,
    units_row,
    widths,
    words,
)

TRUTH = Path(__file__).parents[1] / "tests" / "truth"
WORDS = words("kazakhstan")
CHINESE = {
    "Abai Region": "阿拜州",
    "Akmola Region": "阿克莫拉州",
    "Aktobe Region": "阿克托别州",
    "Almaty Region": "阿拉木图州",
    "Atyrau Region": "阿特劳州",
    "West Kazakhstan Region": "西哈萨克斯坦州",
    "Jambyl Region": "江布尔州",
    "Jetisu Region": "杰特苏州",
    "Karaganda Region": "卡拉干达州",
    "Kostanay Region": "科斯塔奈州",
    "Kyzylorda Region": "克孜勒奥尔达州",
    "Mangystau Region": "曼格斯套州",
    "Pavlodar Region": "巴甫洛达尔州",
    "North Kazakhstan Region": "北哈萨克斯坦州",
    "Turkistan Region": "突厥斯坦州",
    "Ulytau Region": "乌勒套州",
    "East Kazakhstan Region": "东哈萨克斯坦州",
    "Astana city": "阿斯塔纳市",
    "Almaty city": "阿拉木图市",
    "Shymkent city": "奇姆肯特市",
}
DROPPED = "Shymkent city"
FILLED = {  # mean of the five nearest regions that report it
    "Abai Region": 5206.72,
    "Jetisu Region": 5390.12,
    "Turkistan Region": 5704.92,
    "Ulytau Region": 8315.84,
}
SLIPPED = {"West Kazakhstan Region": 100.0, "North Kazakhstan Region": 10.0}
PILLARS = {
    "P": ("空气污染", "Air pollution"),
    "E": ("经济", "Economy"),
    "S": ("社会", "Society"),
    "I": ("基础设施", "Infrastructure"),
}
# code, Chinese, English, unit zh, unit en, direction, scale, decimals shown, published column
INDICATORS = (
    ("P1", "空气质量", "Air quality", "0–1", "0–1", 1, "linear", 3, "air_pollution"),
    ("E1", "平均工资", "Average salary", "坚戈/月", "tenge a month", 1, "linear", 0, "avg_salary"),
    ("E2", "人均地区生产总值", "GDP per capita", "千坚戈", "thousand tenge", 1, "log", 1, "gdp"),
    ("E3", "家庭月支出", "Household spending", "坚戈/月", "tenge a month", 1, "linear", 0,
     "household_spending"),
    ("S1", "人口", "Population", "人", "persons", 1, "linear", 0, "population"),
    ("S2", "破案率", "Clearance rate", "已破案件/立案", "solved per crime recorded", 1, "linear", 3,
     "clearance_rate"),
    ("S3", "犯罪率的平方根", "Square root of the crime rate", "√(起/千人)", "√(crimes per 1,000)",
     1, "linear", 3, "crime_rate"),
    ("S4", "研究生学历", "Postgraduate education", "人/百人", "per 100 residents", 1, "linear", 2,
     "postgraduate_education"),
    ("S5", "高等学历", "Higher education", "人/百人", "per 100 residents", 1, "linear", 2,
     "higher_education"),
    ("S6", "预期寿命", "Life expectancy", "岁", "years", 1, "linear", 2, "life_expectancy"),
    ("S7", "失业率", "Unemployment rate", "%", "%", -1, "linear", 1, "unemployment_rate"),
    ("I1", "医疗机构", "Medical institutions", "个/万人", "per 10,000 residents", 1, "linear", 3,
     "med_institution_rate"),
    ("I2", "小汽车", "Cars", "辆/千人", "per 1,000 residents", -1, "linear", 1, "car_amount_rate"),
    ("I3", "学校", "Schools", "所/万人", "per 10,000 residents", 1, "linear", 2,
     "school_number_rate"),
    ("I4", "公共交通车辆", "Public transport", "辆/千人", "per 1,000 residents", 1, "linear", 3,
     "transport_quanity_rate"),
    ("I5", "文娱场所", "Entertainment places", "个/千人", "per 1,000 residents", 1, "linear", 3,
     "entertainment_places_rate"),
)  # fmt: skip
LOWEST_LIFE_EXPECTANCY = 65.0


def build() -> Workbook:
    book = Workbook()
    raw = {row["Region"]: row for row in _csv("kazakhstan_raw.csv")}
    rows = {name: _as_used(name, row) for name, row in raw.items() if name != DROPPED}
    _data_sheet(book, rows)
    _framework_sheet(book, rows)
    _notes_sheet(book)
    _raw_sheet(book, raw)
    _published_sheet(book)
    return book


def _csv(name: str) -> list[dict[str, str]]:
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _as_used(name: str, row: dict[str, str]) -> list[float]:
    """The 16 values of a region as the publisher used them."""
    number = {column: float(text) for column, text in row.items() if column != "Region" and text}
    people = number["Total_city_population"]
    index = number["air_pollution_index"]
    return [
        1 - index / 100 if index <= 50 else 0.5 * math.exp(-(index - 50) / 50),
        number["avg_salary"],
        FILLED.get(name) or number["gdp_per_capita_tenge"],
        number["household_spending_per_month"],
        people,
        number["clearance_rate"] / number["crime_amount"],
        math.sqrt(number["crime_amount"] / people * 1e3),
        number["Postgraduate_Education"],
        number["Higher_Education"],
        number["life_expectancy"],
        number["unemployment_rate"],
        number["med_institutions_amount"] / people * 1e4,
        number["number_of_cars"] * 1e6 / people / SLIPPED.get(name, 1.0),
        number["number_of_schools"] / people * 1e4,
        number["public_transport_quantity"] / people * 1e3,
        number["number of entertainment places"] / people * 1e3,
    ]


def _data_sheet(book: Workbook, rows: dict[str, list[float]]) -> None:
    sheet = book.active
    sheet.title = "Data"
    row = title_band(sheet, WORDS, 2 + len(INDICATORS))
    header_row(sheet, row, ["Region", "中文名", *(one[2] for one in INDICATORS)])
    units_row(sheet, row + 1, ["Unit", "", *(one[4] for one in INDICATORS)])
    codes = [one[0] for one in INDICATORS]
    formats = [None, None, *(f"#,##0.{'0' * one[7]}".rstrip(".") for one in INDICATORS)]
    for place, (name, values) in enumerate(rows.items(), start=row + 2):
        body_row(sheet, place, [name, CHINESE[name], *values], formats)
        if name in FILLED:
            mark(sheet, place, 3 + codes.index("E2"),
                 "{zh}\n{en}".format(**WORDS["filled"]))  # fmt: skip
        if name in SLIPPED:
            right = values[codes.index("I2")] * SLIPPED[name]
            mark(sheet, place, 3 + codes.index("I2"),
                 "{zh}\n{en}".format(**WORDS["slipped"]).format(right=right))  # fmt: skip
    widths(sheet, [25, 17, *([15] * len(INDICATORS))])
    for_print(sheet, row + 1, f"C{row + 2}")


def _framework_sheet(book: Workbook, rows: dict[str, list[float]]) -> None:
    sheet = book.create_sheet("Framework")
    columns = ("code", "name_zh", "name_en", "parent", "unit", "direction", "scale", "low", "high",
               "interval_low", "interval_high", "ladder", "weight", "aliases", "definition",
               "source")  # fmt: skip
    header_row(sheet, 1, columns, height=24)
    place = 2
    for pillar, (zh, en) in PILLARS.items():
        body_row(sheet, place, [pillar, zh, en, *([None] * 9), 1])
        place += 1
        for column, one in enumerate(INDICATORS):
            if one[0].startswith(pillar):
                values = [row[column] for row in rows.values()]
                body_row(sheet, place, _indicator_row(one, values))
                place += 1
    widths(sheet, (7, 20, 30, 8, 24, 11, 9, 21, 21, 12, 12, 8, 8, 10, 18, 72))
    for_print(sheet, 1, "D2")


def _indicator_row(one: tuple[object, ...], values: list[float]) -> list[object]:
    code, zh, en, _, unit, sign, scale, _, column = one
    low, high = min(values), max(values)
    if code == "P1":
        low, high = 0.0, 1.0
    if code == "S6":
        low = LOWEST_LIFE_EXPECTANCY
    direction = "benefit" if sign == 1 else "cost"
    source = f"Open Data Kazakhstan, city-ranking-main, column {column}"
    definition = {"P1": "See sheet Notes", "S3": "See sheet Notes"}.get(str(code))
    return [code, zh, en, str(code)[0], unit, direction, scale, low, high, None, None, None, 1,
            None, definition, source]  # fmt: skip


def _notes_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Notes")
    row = title_band(sheet, WORDS, 2)
    paragraphs(sheet, row, WORDS["notes"])
    for_print(sheet, row - 1)


def _raw_sheet(book: Workbook, raw: dict[str, dict[str, str]]) -> None:
    sheet = book.create_sheet("Raw")
    columns = list(next(iter(raw.values())))
    row = title_band(sheet, WORDS, len(columns), "发布方原始数据 · The publisher's raw data")
    # Worded unlike the framework's names, so that these columns are not taken for the data.
    header_row(sheet, row, (f"column {column} as published" for column in columns), height=60)
    for place, record in enumerate(raw.values(), start=row + 1):
        values = [record[column] for column in columns]
        body_row(sheet, place, [values[0], *(float(text) if text else None for text in values[1:])])
    widths(sheet, [25, *([17] * (len(columns) - 1))])
    for_print(sheet, row, f"B{row + 1}")


def _published_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Published")
    row = title_band(sheet, WORDS, 3, "发布的等权得分 · The published equal-weight scores")
    header_row(sheet, row, ("Region", "中文名", "sustainability_score"), height=24)
    for place, record in enumerate(_csv("kazakhstan_published.csv"), start=row + 1):
        name = record["region"]
        body_row(sheet, place, [name, CHINESE[name], float(record["sustainability_score"])])
    widths(sheet, (40, 40, 40))
    for_print(sheet, row)
