"""The 84 kinds of defect, each with cells, columns and cities drawn at random."""

import datetime
import html
from decimal import Decimal

from sheets_of_defects import LAST_COLUMN, LAST_ROW, PERCENT, Page, Workbook, as_text

DEFECTS = {}
CITIES = range(2, LAST_ROW + 1)
MEASURES = range(2, LAST_COLUMN + 1)
UNITS = ["%", "%", "分钟", "%", "%", "辆/万人", "个/万人", "Mbps", "起", "万元"]
MARKS = {36: "—", 37: "暂无", 38: "N/A", 39: "/", 40: "-", 41: "未统计", 42: "无", 43: "NULL",
         44: "……"}  # fmt: skip


def defect(number):
    def register(function):
        DEFECTS[number] = function
        return function

    return register


def some_cells(random, columns=MEASURES, most=3):
    column = random.choice(list(columns))
    return [(row, column) for row in sorted(random.sample(list(CITIES), random.randint(1, most)))]


def rewrite(book, random, columns, code, write, most=3):
    """Rewrite some cells of one column as text that means the same."""
    for place in some_cells(random, columns, most):
        book.page.put(*place, write(book.page.cells[place]))
        book.page.expect(code, *place)


@defect(1)
def title(book, random):
    book.page.insert_rows(1, 2)
    book.page.put(1, 1, "浙江省智慧城市评价数据表")
    book.page.expect("text_above", 1, 1)


@defect(2)
def merged_title(book, random):
    book.page.insert_rows(1, 2)
    book.page.put(1, 1, "浙江省智慧城市评价数据表")
    book.page.put(2, 1, "填报单位:大数据局")
    book.page.put(2, 5, "填报日期:2024-03-02")
    book.page.merged.append((1, 1, 1, LAST_COLUMN))
    book.page.expect("text_above", 1, 1)
    book.page.expect("text_above", 2, 1)


@defect(3)
def two_level_header(book, random):
    book.page.insert_rows(1)
    for first, last, goal in ((2, 4, "公共服务"), (6, 7, "生活环境"), (8, 9, "基础设施")):
        book.page.put(1, first, goal)
        book.page.merged.append((1, first, 1, last))
    book.page.expect("text_above", 1, 2)


@defect(4)
def unit_row(book, random):
    book.page.insert_rows(2)
    book.page.put(2, 1, random.choice(["单位", "计量单位", "Unit"]))
    for column, unit in zip(MEASURES, UNITS, strict=True):
        book.page.put(2, column, unit)
    book.page.expect("unit_row", 2, 1)


@defect(5)
def weight_and_direction_rows(book, random):
    book.page.insert_rows(2, 2)
    book.page.put(2, 1, "权重")
    book.page.put(3, 1, "方向")
    for column in MEASURES:
        book.page.put(2, column, 0.1)
        book.page.put(3, column, random.choice(["正", "负"]))
    book.page.expect("weights_row", 2, 1)
    book.page.expect("directions_row", 3, 1)


@defect(6)
def notes_below(book, random):
    below = max(row for row, _ in book.page.cells) + random.randint(1, 3)
    book.page.put(
        below, 1, random.choice(["注:数据来源于各部门", "说明:单位见表头", "数据来源:统计年鉴"])
    )
    book.page.expect("note_row", below, 1)


@defect(7)
def total_row(book, random):
    below = max(row for row, _ in book.page.cells) + 1
    book.page.put(below, 1, random.choice(["全省平均", "平均值", "合计", "总计", "Average"]))
    for column in MEASURES:
        book.page.put(below, column, 50)
    book.page.expect("total_row", below, 1)


@defect(8)
def blank_rows(book, random):
    row = random.randint(3, 13)
    book.page.insert_rows(row)
    book.page.expect("blank_rows", row, 1)


@defect(9)
def blank_column(book, random):
    column = random.randint(3, 11)
    book.page.insert_columns(column)
    book.page.expect("blank_column", 1, column)


@defect(10)
def numbered(book, random):
    book.page.insert_columns(1)
    book.page.put(1, 1, "序号")
    for row in CITIES:
        book.page.put(row, 1, row - 1)
    book.page.expect("extra_column", 1, 1)


@defect(11)
def turned(book, random):
    page = book.page
    page.cells = {(column, row): value for (row, column), value in page.cells.items()}
    page.expect("turned", 1, 1)


@defect(12)
def long(book, random):
    page, flat = book.page, Page()
    for column, word in enumerate(("城市", "指标", "数值"), start=1):
        flat.put(1, column, word)
    lines = [(row, column) for row in CITIES for column in MEASURES]
    random.shuffle(lines)
    for at, (row, column) in enumerate(lines, start=2):
        flat.put(at, 1, page.cells[row, 1])
        flat.put(at, 2, page.cells[1, column])
        flat.put(at, 3, page.cells[row, column])
    book.pages[-1] = flat
    flat.expect("long", 1, 1)


@defect(13)
def years(book, random):
    page = book.page
    page.insert_columns(1)
    page.put(1, 1, random.choice(["年份", "年度", "统计年度"]))
    for row in CITIES:
        page.put(row, 1, 2023)
        page.put(row + 20, 1, 2022)
        page.put(row + 20, 2, page.cells[row, 2])
        for column in range(3, LAST_COLUMN + 2):
            page.put(row + 20, column, round(page.cells[row, column] * 0.9, 1))
    page.expect("year_column", 1, 1)


@defect(14)
def two_sheets(book, random):
    cut = random.randint(4, 9)
    first, second = book.page, Page("表2")
    for row in range(1, LAST_ROW + 1):
        second.put(row, 1, first.cells[row, 1])
        for at, column in enumerate(range(cut, LAST_COLUMN + 1), start=2):
            second.put(row, at, first.cells.pop((row, column)))
    book.pages.append(second)
    second.expect("further_table", 1, 2)


@defect(15)
def stacked(book, random):
    cut = random.randint(4, 9)
    page = book.page
    for row in range(1, LAST_ROW + 1):
        page.put(row + 15, 1, page.cells[row, 1])
        for at, column in enumerate(range(cut, LAST_COLUMN + 1), start=2):
            page.put(row + 15, at, page.cells.pop((row, column)))
    page.expect("further_table", 16, 2)


@defect(16)
def instructions_first(book, random):
    guide = Page("说明")
    guide.put(1, 1, "填表说明")
    guide.put(2, 1, "1. 请按模板填报")
    book.pages.insert(0, guide)
    guide.expect("sheet_left_out", 1, 1)


@defect(17)
def hidden_row(book, random):
    below = max(row for row, _ in book.page.cells) + 1
    book.page.put(below, 1, book.page.cells[random.choice(CITIES), 1])
    for column in MEASURES:
        book.page.put(below, column, 1)
    book.page.hidden_rows.add(below)
    book.page.expect("hidden_row", below, 1)


@defect(18)
def hidden_column(book, random):
    column = random.choice(MEASURES)
    book.page.insert_columns(column)
    for row in range(1, LAST_ROW + 1):
        value = book.page.cells[row, column + 1]
        book.page.put(row, column, value if row == 1 else value / 2)
    book.page.hidden_columns.add(column)
    book.page.expect("hidden_column", 1, column)


@defect(19)
def merged_regions(book, random):
    cut = random.randint(4, 11)
    book.page.insert_columns(1)
    book.page.put(1, 1, "片区")
    book.page.put(2, 1, "浙北")
    book.page.put(cut, 1, "浙南")
    book.page.merged += [(2, 1, cut - 1, 1), (cut, 1, LAST_ROW, 1)]
    book.page.expect("extra_column", 1, 1)


@defect(20)
def headers_with_units(book, random):
    form = random.choice(["{}\n（{}）", "{}({})", "{} [{}]", "{}（单位:{}）"])
    for column, unit in zip(MEASURES, UNITS, strict=True):
        book.page.put(1, column, form.format(book.page.cells[1, column], unit))
        book.page.expect("header", 1, column)
    book.page.put(1, 1, "城 市")


@defect(21)
def other_order(book, random):
    page = book.page
    order = list(MEASURES)
    while order == sorted(order):
        random.shuffle(order)
    cells = dict(page.cells)
    for to, column in zip(MEASURES, order, strict=True):
        for row in range(1, LAST_ROW + 1):
            page.put(row, to, cells[row, column])
    first = next(at for at in range(1, 10) if order[at] < order[at - 1])
    page.expect("column_order", 1, first + 2)


@defect(22)
def aliases(book, random):
    names = {3: "电子证照应用率", 8: "每万人5G基站数", 2: "P1", 9: "Fixed broadband rate"}
    for column in random.sample(sorted(names), 2):
        book.page.put(1, column, names[column])
        if column in (3, 8):
            book.page.expect("header", 1, column)
    book.page.put(1, 3, names[3])
    book.page.expect("header", 1, 3)


@defect(23)
def column_twice(book, random):
    column = random.choice(MEASURES)
    for row in range(1, LAST_ROW + 1):
        value = book.page.cells[row, column]
        book.page.put(row, 12, value if row == 1 else value * 0.9)
    book.page.expect("column_twice_differs", 1, 12)


@defect(24)
def extra_column(book, random):
    for row in CITIES:
        book.page.put(row, 12, random.random())
    book.page.put(1, 12, "备注列")
    book.page.expect("extra_column", 1, 12)


@defect(25)
def absent(book, random):
    column = random.choice(MEASURES)
    for row in range(1, LAST_ROW + 1):
        del book.page.cells[row, column]
    book.file_findings.add("absent")


@defect(26)
def elsewhere(book, random):
    book.page.insert_rows(1, 4)
    book.page.insert_columns(1, 2)
    book.page.expect("table_place", 5, 3)


@defect(27)
def percent_text(book, random):
    rewrite(book, random, PERCENT, "percent_text", "{}%".format)


@defect(28)
def percent_column(book, random):
    column = random.choice(PERCENT)
    for row in CITIES:
        book.page.put(row, column, hundredth(book.page.cells[row, column]), "0.0%")
        book.page.expect("percent_format", row, column)


@defect(29)
def fractions_among_percentages(book, random):
    rewrite(book, random, PERCENT, "fraction_as_percent", hundredth)


@defect(30)
def percent_cells(book, random):
    for place in some_cells(random, PERCENT):
        book.page.put(*place, hundredth(book.page.cells[place]), "0.00%")
        book.page.expect("percent_format", *place)


def hundredth(value):
    return float(Decimal(str(value)) / 100)


@defect(31)
def number_as_text(book, random):
    rewrite(book, random, MEASURES, "number_as_text", str, most=12)


@defect(32)
def full_width(book, random):
    wide = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789."}
    rewrite(book, random, MEASURES, "full_width", lambda v: str(v).translate(wide))


@defect(33)
def thousands(book, random):
    rewrite(book, random, [11], "thousands", "{:,}".format)


@defect(34)
def magnitudes(book, random):
    rewrite(book, random, [11], "magnitude", lambda v: f"{Decimal(v) / 10_000}亿元")


@defect(35)
def glued_units(book, random):
    column = random.choice([4, 7, 8, 9, 10, 11])
    unit = UNITS[column - 2]
    rewrite(book, random, [column], "unit_in_cell", lambda v: f"{v}{unit}", most=12)


def missing_mark(number):
    def spoil(book, random):
        rewrite(book, random, MEASURES, "missing_mark", lambda _: MARKS[number], most=1)

    return spoil


for _number in MARKS:
    defect(_number)(missing_mark(_number))


@defect(45)
def blank(book, random):
    ((row, column),) = some_cells(random, most=1)
    del book.page.cells[row, column]
    book.page.expect("blank", row, column)


@defect(46)
def zero(book, random):
    rewrite(book, random, [2, 5, 6, 7, 8, 9], "zero_kept", lambda _: 0, most=1)


@defect(47)
def sentinel(book, random):
    fit = random.choice(["-999", "9999"])
    columns = MEASURES if fit == "-999" else [2, 3, 5, 6, 7, 8]
    rewrite(book, random, columns, "sentinel", lambda _: int(fit), most=1)


@defect(48)
def bounds(book, random):
    form, code = random.choice([("≥{}", "bound"), ("约{}", "bound"), ("{}左右", "bound"),
                                ("{}-99999", "range"), ("{}~99999", "range")])  # fmt: skip
    columns = [11] if code == "range" else MEASURES
    rewrite(book, random, columns, code, form.format, most=1)


@defect(49)
def formulas(book, random):
    rewrite(book, random, MEASURES, "formula_without_value", "={}*1".format, most=12)


@defect(50)
def errors(book, random):
    mark = random.choice(["#DIV/0!", "#REF!", "#N/A"])
    rewrite(book, random, MEASURES, "error_cell", lambda _: mark, most=1)


@defect(51)
def yes_or_no(book, random):
    word = random.choice(["是", "否", "√", "×"])
    rewrite(book, random, MEASURES, "qualitative", lambda _: word)


@defect(52)
def grades(book, random):
    rewrite(book, random, MEASURES, "qualitative", lambda _: random.choice("优良中差"), most=12)


@defect(53)
def dates(book, random):
    for place in some_cells(random):
        book.page.put(*place, datetime.datetime(2024, 1, 5), "yyyy-mm-dd")
        book.page.expect("date", *place)


@defect(54)
def decimal_comma(book, random):
    places = [place for place in some_cells(random, [2, 3, 5, 6, 7, 8, 9], most=12)
              if "." in str(book.page.cells[place])]  # fmt: skip
    for place in places or [(2, 2)]:
        book.page.put(*place, str(book.page.cells[place]).replace(".", ","))
        book.page.expect("decimal_comma", *place)


@defect(55)
def invisible(book, random):
    rewrite(book, random, MEASURES, "blanks", "\u00a0{}\u200b ".format, most=12)


@defect(56)
def scientific(book, random):
    rewrite(book, random, MEASURES, "scientific", "{:.6E}".format, most=12)


@defect(57)
def other_unit(book, random):
    rewrite(book, random, [11], "unit_suspect", lambda v: v * 10_000, most=1)


@defect(58)
def above_hundred(book, random):
    rewrite(book, random, PERCENT, "out_of_range", lambda _: 185, most=1)


@defect(59)
def negative(book, random):
    rewrite(book, random, MEASURES, "out_of_range", lambda v: -v, most=1)


@defect(60)
def footnotes(book, random):
    form = random.choice(["{}*", "{}[1]", "{}①", "{}（注1）"])
    rewrite(book, random, MEASURES, "footnote", form.format)


@defect(61)
def accounting(book, random):
    rewrite(book, random, [11], "accounting_amount", "({:,})".format, most=1)


@defect(62)
def short_names(book, random):
    for row in random.sample(list(CITIES), 5):
        book.page.put(row, 1, book.page.cells[row, 1].removesuffix("市"))
        book.page.expect("name", row, 1)


@defect(63)
def foreign_names(book, random):
    names = {2: "Hangzhou", 3: "宁 波 市", 5: "Jiaxing", 7: "JINHUA", 9: "Huzhou City"}
    for row in random.sample(sorted(names), 3):
        book.page.put(row, 1, names[row])
        book.page.expect("name", row, 1)


def repeat_city(book, random, name=None, factor=1.0):
    row, below = random.choice(CITIES), max(row for row, _ in book.page.cells) + 1
    book.page.put(below, 1, name(book.page.cells[row, 1]) if name else book.page.cells[row, 1])
    for column in MEASURES:
        book.page.put(below, column, book.page.cells[row, column] * factor)
    return below


@defect(64)
def city_twice(book, random):
    book.page.expect("city_twice", repeat_city(book, random), 1)


@defect(65)
def city_twice_differs(book, random):
    book.page.expect("city_twice_differs", repeat_city(book, random, factor=0.7), 1)


@defect(66)
def two_spellings(book, random):
    below = repeat_city(book, random, name=lambda name: name.removesuffix("市"))
    book.page.expect("name_twice", below, 1)


@defect(67)
def traditional(book, random):
    for row, name in ((4, "溫州市"), (8, "臺州市"), (6, "紹興市"), (11, "麗水市")):
        if row in (4, random.choice([8, 6, 11])):
            book.page.put(row, 1, name)
            book.page.expect("name", row, 1)


@defect(68)
def without_data(book, random):
    below = max(row for row, _ in book.page.cells) + 1
    book.page.put(below, 1, "龙泉市")
    book.page.expect("city_without_data", below, 1)


@defect(69)
def misspelt(book, random):
    row, name = random.choice([(2, "杭洲市"), (3, "宁泼市"), (10, "瞿州市"), (13, "义鸟市")])
    book.page.put(row, 1, name)
    book.page.expect("name_near", row, 1)


@defect(70)
def formula_name(book, random):
    row = random.choice(CITIES)
    book.page.put(row, 1, random.choice(["=1+1", "=HYPERLINK(1)"]))
    book.page.expect("name_formula", row, 1)


@defect(71)
def constant(book, random):
    column = random.choice(MEASURES)
    for row in CITIES:
        book.page.put(row, column, 80)
    book.page.expect("no_variance", 1, column)


@defect(72)
def empty_column(book, random):
    column = random.choice(MEASURES)
    for row in CITIES:
        del book.page.cells[row, column]
    book.page.expect("empty_column", 1, column)


@defect(73)
def one_city(book, random):
    for row in CITIES[1:]:
        for column in range(1, LAST_COLUMN + 1):
            del book.page.cells[row, column]
    book.page.expect("one_city", 2, 1)


@defect(74)
def outlier(book, random):
    rewrite(book, random, [7, 8, 9, 10], "outlier", lambda v: v * 100, most=1)


@defect(75)
def two_names(book, random):
    for row in CITIES:
        book.page.put(row, 12, book.page.cells[row, 3])
    book.page.put(1, 12, "电子证照应用率")
    book.page.expect("measure_twice", 1, 12)


@defect(76)
def gbk(book, random):
    book.data, book.suffix = as_text(book.page).encode("gb18030"), ".csv"
    book.file_findings.add("gb18030")


@defect(77)
def byte_order_mark(book, random):
    book.data, book.suffix = as_text(book.page).encode("utf-8-sig"), ".csv"
    book.file_findings.add("utf8_bom")


@defect(78)
def semicolons(book, random):
    text = as_text(book.page, ";")
    text = text.replace(".", ",") if random.random() < 0.5 else text
    book.data, book.suffix = text.encode("utf-8"), ".csv"
    book.file_findings.add("semicolon")


@defect(79)
def utf16(book, random):
    book.data, book.suffix = as_text(book.page, "\t").encode("utf-16"), ".csv"
    book.file_findings.add("utf16")


@defect(80)
def csv_as_xlsx(book, random):
    book.data = as_text(book.page).encode(random.choice(["gb18030", "utf-8"]))
    book.file_findings.add("really_csv")


@defect(81)
def html_as_xls(book, random):
    rows = [line.split(",") for line in as_text(book.page).splitlines()]
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    page = f'<html><meta charset="gb2312"><table border=1>{body}</table></html>'
    book.data, book.suffix = page.encode("gb18030"), ".xls"
    book.file_findings.add("really_html")


@defect(82)
def truncated(book, random):
    whole = book.to_bytes()
    book.data = whole[: random.randint(100, len(whole) - 200)]
    book.file_findings.add("damaged")


@defect(83)
def stretched(book, random):
    book.page.put(1_048_576, random.randint(1, 11), " ")
    book.page.expect("stray_blank", *max(book.page.cells))


@defect(84)
def from_1904(book, random):
    book.year_1904 = True
    book.page.insert_rows(1)
    book.page.put(1, 1, "填报日期")
    book.page.put(1, 2, datetime.datetime(2024, 3, 2), "yyyy-mm-dd")
    book.file_findings.add("date_1904")


def spoilt(numbers, random):
    """A clean workbook spoilt by these defects, in this order."""
    book = Workbook()
    for number in numbers:
        DEFECTS[number](book, random)
    return book
