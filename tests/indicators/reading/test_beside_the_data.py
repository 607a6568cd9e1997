"""What stands in a workbook beside the data: a framework with a slip, sheets that only explain."""

import openpyxl
import pytest

import steelyard as sy
from steelyard.errors import InputError

FRAMEWORK = [
    ["编码", "名称", "上级", "单位", "方向", "标尺", "下限", "上限", "权重"],
    ["A", "服务", None, None, None, None, None, None, 1],
    ["A1", "网上办理率", "A", "%", "正向", "linear", 0, 100, 1],
    ["A2", "平均办理时长", "A", "天", "正向", "linear", 0, 30, 1],
    ["A3", "有统一平台", "A", None, "正向", "binary", None, None, 1],
]
DATA = [
    ["城市", "网上办理率(%)", "平均办理时长(天)", "有统一平台"],
    ["武汉市", 81.5, 12, "是"],
    ["杭州市", 90.5, 7, "否"],
    ["成都市", 70.5, 9, "有"],
]


@pytest.fixture
def written(tmp_path):
    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return write


def found(dataset, code):
    return [issue for issue in dataset.issues if issue.code == code]


def test_a_cost_marked_as_a_benefit_is_flagged_at_its_row(written):
    (issue,) = found(sy.read(written(数据=DATA, 指标体系=FRAMEWORK)), "framework.maybe_cost")
    assert (issue.severity, issue.indicator) == ("flagged", "A2")
    assert (issue.location.sheet, issue.location.cell) == ("指标体系", "A4")


def test_a_cost_marked_as_a_cost_is_not(written):
    mended = [[*row[:4], "负向", *row[5:]] if row[0] == "A2" else row for row in FRAMEWORK]
    assert not found(sy.read(written(数据=DATA, 指标体系=mended)), "framework.maybe_cost")


@pytest.mark.parametrize(
    "glossary",
    [
        [["编码", "指标", "定义"], *([row[0], row[1], "见说明"] for row in FRAMEWORK[2:])],
        [[row[1] for row in FRAMEWORK[2:]], ["越高越好"] * 3],
        [["指标", "单位"], *([row[1], "%"] for row in FRAMEWORK[2:])],
    ],
)
def test_a_sheet_that_only_explains_is_passed_over_and_said_so(written, glossary):
    plain = sy.read(written(数据=DATA, 指标体系=FRAMEWORK))
    dataset = sy.read(written(指标说明=glossary, 数据=DATA, 指标体系=FRAMEWORK))
    assert dataset.values.tolist() == plain.values.tolist()
    (issue,) = found(dataset, "reading.sheet_explains")
    assert issue.location.sheet == "指标说明"


def test_a_second_sheet_with_numbers_and_no_cities_still_stops(written):
    numbers = [[row[1] for row in FRAMEWORK[2:]], [70, 8, 1], [60, 9, 0]]
    with pytest.raises(InputError) as refusal:
        sy.read(written(数据=DATA, 另表=numbers, 指标体系=FRAMEWORK))
    assert {
        issue.location.sheet for issue in refusal.value.issues if issue.severity == "error"
    } == {"另表"}


def test_the_usual_answers_to_a_yes_or_no_need_no_note(written):
    dataset = sy.read(written(数据=DATA, 指标体系=FRAMEWORK))
    assert dataset.values[:, 2].tolist() == [1, 0, 1]
    assert [issue.location.cell for issue in found(dataset, "reading.ladder")] == ["D4"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_partial_is_offered_only_to_whoever_has_not_asked_for_it(written, lang):
    path = written(数据=[row[:2] for row in DATA], 指标体系=FRAMEWORK)
    with pytest.raises(InputError) as refusal:
        sy.read(path)
    assert all("--partial" in issue.fix(lang) for issue in refusal.value.issues
               if issue.code == "reading.absent")  # fmt: skip
    absent = found(sy.read(path, partial=True), "reading.absent_scored")
    assert [issue.indicator for issue in absent] == ["A2", "A3"]
    assert not any("--partial" in issue.fix(lang) for issue in absent)
