"""What a reader meets: frozen headings, charts, drop-downs, colours, links, print set-up."""

import re

import openpyxl
import pytest

import steelyard as sy
from steelyard.reports.evaluation.layout import COMPARED
from steelyard.samples import sample_path
from steelyard.text import say

FROZEN = "ranking compare heatmap data normalised scores contributions weights framework levels"
SCROLLED = "ranking heatmap data normalised scores contributions levels"
CHARTS = {
    "summary": ["BarChart", "BarChart"],
    "ranking": ["BarChart"],
    "profile": ["BarChart", "RadarChart"],
    "compare": ["BarChart", "RadarChart"],
}


@pytest.fixture(scope="module", params=["zh", "en"])
def written(request, tmp_path_factory):
    """The thirty cities of the sample on fifty indicators, and how its sheets are called."""
    lang = request.param
    path = tmp_path_factory.mktemp("looks") / "report.xlsx"
    assessment = sy.score(sy.read(sample_path("demo_cities"), partial=True))
    sy.write_workbook(assessment, path, lang)
    book = openpyxl.load_workbook(path)
    return {key: book[say(f"workbook.sheets.{key}", lang)] for key in sheet_keys(book, lang)}


def sheet_keys(book, lang):
    keys = f"summary profile issues method {FROZEN}".split()
    return [key for key in keys if say(f"workbook.sheets.{key}", lang) in book.sheetnames]


def test_headings_stay_in_sight(written):
    for key in FROZEN.split():
        assert written[key].freeze_panes, key
    assert written["data"].freeze_panes == "C7"
    assert written["ranking"].freeze_panes == "C6"
    assert written["weights"].freeze_panes == "C5"


@pytest.mark.parametrize("key", list(CHARTS))
def test_native_charts_with_axes_that_show(key, written):
    charts = written[key]._charts
    assert sorted(type(chart).__name__ for chart in charts) == CHARTS[key]
    for chart in charts:
        assert not chart.x_axis.delete
        assert not chart.y_axis.delete
        assert chart.series


def test_every_chart_draws_cells_that_hold_something(written):
    """Both the numbers and the names of every series stand where the chart looks for them."""
    book = written["summary"].parent
    for key in CHARTS:
        for chart in written[key]._charts:
            for series in chart.series:
                names = series.cat.strRef or series.cat.numRef
                for reference in (series.val.numRef.f, names.f):
                    found = cells(book, reference)
                    assert len(found) >= 2
                    assert None not in found, (key, reference)


def cells(book, reference):
    sheet, area = re.fullmatch(r"'?(.*?)'?!(.*)", reference).groups()
    rows = book[sheet][area.replace("$", "")]
    return [cell.value for row in rows for cell in row]


@pytest.mark.parametrize(("key", "picked"), [("profile", 1), ("compare", COMPARED)])
def test_cities_are_picked_from_a_list_of_all(key, picked, written):
    (choice,) = written[key].data_validations.dataValidation
    assert choice.type == "list"
    assert sum(len(list(area.cells)) for area in choice.sqref.ranges) == picked
    named = cells(written[key].parent, choice.formula1.lstrip("="))
    assert len(named) == 30
    assert None not in named


def test_scores_are_coloured(written):
    (heat,) = written["heatmap"].conditional_formatting
    assert str(heat.sqref).startswith("C6:")
    assert heat.rules[0].type == "colorScale"
    assert {rule.type for area in written["ranking"].conditional_formatting
            for rule in area.rules} == {"dataBar"}  # fmt: skip


def test_the_heat_map_keeps_its_order_in_grey_print(written):
    """From light to dark, black figures legible on the darkest; the hue goes from warm to blue."""
    (heat,) = written["heatmap"].conditional_formatting
    stops = [stop.rgb[-6:] for stop in heat.rules[0].colorScale.color]
    low, middle, high = (grey(stop) for stop in stops)
    assert low - middle > 40
    assert middle - high > 40
    assert high > 110
    assert int(stops[0][:2], 16) > int(stops[0][4:], 16)
    assert int(stops[2][:2], 16) < int(stops[2][4:], 16)


def grey(colour):
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_every_link_leads_to_a_sheet_that_is_there(written):
    book = written["summary"].parent
    found = [
        cell.hyperlink.location
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    targets = {re.fullmatch(r"#?'(.*)'!.*", place).group(1) for place in found}
    assert targets <= set(book.sheetnames)
    linked = {sheet.title for key, sheet in written.items() if key != "summary"}
    assert linked <= targets


def test_headings_repeat_on_every_page(written):
    for key in SCROLLED.split():
        assert written[key].print_title_rows, key
    for key in ("heatmap", "data", "normalised", "scores", "contributions", "levels"):
        assert written[key].print_title_cols == "$A:$B", key


def test_one_goal_a_page_of_the_heatmap(written):
    sheet = written["heatmap"]
    breaks = [one.id for one in sheet.col_breaks.brk]
    first = [cell.column for cell in sheet[4] if cell.value in tuple("BCDEF")]
    assert len(first) == 5
    assert [column - 1 for column in first] == breaks[: len(first)]


def test_wide_sheets_are_printed_across(written):
    for key in ("summary", "ranking", "compare", "heatmap", "data", "scores"):
        assert written[key].page_setup.orientation == "landscape"
    for sheet in written["summary"].parent:
        assert sheet.sheet_state == "hidden" or sheet.oddFooter.right.text == "&P / &N"


def test_the_cells_to_change_have_a_colour_of_their_own(written):
    weights = written["weights"]
    fills = {cell.fill.fgColor.rgb for cell in weights["D"][4:] if cell.value is not None}
    assert len(fills) == 1
    assert fills.isdisjoint({cell.fill.fgColor.rgb for cell in weights["E"][4:]})


def test_a_missing_value_is_blank_and_looks_it(tmp_path):
    framework = sy.load_framework("smart2015")
    dataset = sy.read(sample_path("demo_cities"), partial=True).rows([0, 1, 2])
    dataset.values[1, 4] = float("nan")
    sy.write_workbook(sy.score(dataset), tmp_path / "report.xlsx", "en")
    data = openpyxl.load_workbook(tmp_path / "report.xlsx")["Data"]
    column = 3 + 4
    assert data.cell(3, column).value == framework.codes[4]
    here, there = data.cell(8, column), data.cell(7, column)
    assert (here.value, there.value is None) == (None, False)
    assert here.fill.fgColor.rgb != there.fill.fgColor.rgb
