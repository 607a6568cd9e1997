"""Judgements as people write them: read, repaired where certain, refused where not."""

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.errors import InputError
from steelyard.indicators.judgements import Judgements
from steelyard.indicators.reading import judgement_arrays
from steelyard.indicators.reading.judgement_sheets import judgements_file, read_judgements_file
from steelyard.weights import judgements as weighed

SMART = sy.load_framework("smart2015")
D = [node.code for node in SMART.children("D")]
NAMES = [SMART.node(code).name.zh for code in D]
EXPECTED = [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]


def written(tmp_path, sheets, name="j.xlsx"):
    """A workbook of {sheet: rows}."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def matrix(*rows, labels=D, corner=None):
    """A labelled matrix: its head and its rows."""
    return [[corner, *labels], *([label, *row] for label, row in zip(labels, rows, strict=True))]


def read_one(tmp_path, rows, sheet="判断矩阵 张三"):
    _, found, issues = judgements_file(written(tmp_path, {sheet: rows}), SMART)
    return found, issues


def refused(tmp_path, rows, sheet="判断矩阵 张三"):
    """Code and cell of every error."""
    with pytest.raises(InputError) as caught:
        judgements_file(written(tmp_path, {sheet: rows}), SMART)
    for issue in caught.value.issues:
        for lang in ("zh", "en"):
            assert issue.message(lang)
            assert issue.fix(lang)
    errors = [issue for issue in caught.value.issues if issue.severity == "error"]
    return [(issue.code.removeprefix("judgement."), issue.location.cell) for issue in errors]


def flagged(issues):
    return [(i.code.removeprefix("judgement."), i.location.cell) for i in issues]


UPPER = ([1, 3, 5], [None, 1, 2], [None, None, 1])


@pytest.mark.parametrize(
    "rows",
    [
        matrix(*UPPER),
        matrix([None, 3, 5], [None, None, 2], [None, None, None]),
        matrix([1, "３", "5"], ["1/3", 1, "2.0"], ["１／５", "0.5", 1]),
        matrix([1, 3, 5], [0.33, 1, 2], [0.2, 0.5, 1]),
        matrix([1, None, None], ["⅓", 1, None], ["1:5", "1/2", 1]),
        matrix(*UPPER, labels=NAMES, corner="指标"),
        matrix(*UPPER, labels=[f"{c} {n}" for c, n in zip(D, NAMES, strict=True)]),
        [["编码", "项目", *NAMES, "权重"], *([c, n, *row, 0.3] for c, n, row in
                                        zip(D, NAMES, UPPER, strict=True)), ["CR", None, 0.05]],
    ],
    ids=["upper", "bare", "text", "rounded", "lower", "names", "both", "dressed"],
)  # fmt: skip
def test_one_matrix_however_it_is_written(tmp_path, rows):
    found, issues = read_one(tmp_path, rows)
    (expert,) = found.experts
    assert (found.kind, expert.name, expert.weight) == ("ahp", "张三", 1.0)
    assert expert.by_node["D"] == pytest.approx(np.array(EXPECTED), rel=1e-12)
    assert flagged(issues) == []


def test_rows_and_columns_in_another_order(tmp_path):
    rows = [[None, D[2], D[0], D[1]], [D[1], 2, None, 1], [D[0], 5, 1, 3], [D[2], 1, None, None]]
    found, _ = read_one(tmp_path, rows)
    assert found.experts[0].by_node["D"] == pytest.approx(np.array(EXPECTED), rel=1e-12)


def test_several_matrices_and_experts(tmp_path):
    e = [node.code for node in SMART.children("E")]
    first = [["专家", "王五"], ["专家权重", 2], [], *matrix(*UPPER), [], ["", *e], [e[0], 1, 4],
             [e[1], None, 1]]  # fmt: skip
    second = matrix([1, 1, 1], [None, 1, 1], [None, None, 1])
    path = written(tmp_path, {"判断矩阵1": first, "Judgements (Li Si)": second})
    found = read_judgements_file(path, SMART)
    assert [(one.name, one.weight) for one in found.experts] == [("王五", 2.0), ("Li Si", 1.0)]
    assert set(found.experts[0].by_node) == {"D", "E"}
    assert found.experts[0].by_node["E"].tolist() == [[1, 4], [0.25, 1]]


def test_a_blank_pair_is_not_judged_and_said(tmp_path):
    found, issues = read_one(tmp_path, matrix([1, 3, None], [None, 1, "-"], [None, None, 1]))
    judged = found.experts[0].by_node["D"]
    assert np.isnan(judged[[0, 1], 2]).all()
    assert judged[0, 1] == 3
    assert flagged(issues) == [("gaps", "B1")]


def test_a_child_that_does_not_count_is_nan(tmp_path):
    goals = [node.code for node in SMART.goals]
    rows = matrix(*[[1] * 5] * 5, labels=goals[:5])
    found, _ = read_one(tmp_path, rows)
    judged = found.experts[0].by_node["index"]
    assert judged.shape == (6, 6)
    assert np.isnan(judged[5]).all()
    assert np.isnan(judged[:, 5]).all()


def test_a_fraction_that_became_a_date_is_read_and_said(tmp_path):
    import datetime

    rows = matrix([1, datetime.date(2026, 1, 3), 5], [None, 1, 2], [None, None, 1])
    found, issues = read_one(tmp_path, rows)
    assert found.experts[0].by_node["D"][0, 1] == pytest.approx(1 / 3, rel=1e-12)
    assert flagged(issues) == [("date", "C2")]
    assert issues[0].used == "1/3"


def test_a_ratio_beyond_nine_is_kept_and_said(tmp_path):
    found, issues = read_one(tmp_path, matrix([1, 12, 0.11], [None, 1, 2], [None, None, 1]))
    assert found.experts[0].by_node["D"][0, 1] == 12
    assert flagged(issues) == [("off_scale", "C2")]


def test_what_was_typed_counts_before_a_stale_formula(tmp_path):
    path = written(tmp_path, {"判断矩阵 张三": matrix(*UPPER)})
    book = openpyxl.load_workbook(path)
    book.active["B3"] = "=1/C2"
    book.save(path)
    found = read_judgements_file(path, SMART)
    assert found.experts[0].by_node["D"] == pytest.approx(np.array(EXPECTED), rel=1e-12)


@pytest.mark.parametrize(
    "rows, expected",
    [
        (matrix([1, 3, 5], [2, 1, 2], [None, None, 1]), [("contradiction", "B3")]),
        (matrix([2, 3, 5], [None, 1, 2], [None, None, 1]), [("diagonal", "B2")]),
        (matrix([1, -3, 5], [None, 1, 2], [None, None, 1]), [("not_positive", "C2")]),
        (matrix([1, 0, 5], [None, 1, 2], [None, None, 1]), [("not_positive", "C2")]),
        (matrix([1, "很重要", 5], [None, 1, 2], [None, None, 1]), [("unreadable", "C2")]),
        (matrix([1, "=1/0", 5], [None, 1, 2], [None, None, 1]), [("not_computed", "C2")]),
        (matrix(*UPPER, labels=[D[0], "火星", D[2]]), [("unknown_label", "C1"),
                                                       ("unknown_label", "A3")]),
        (matrix(*UPPER, labels=[D[0], D[1], "A1"]), [("not_siblings", "B1")]),
        (matrix(*UPPER)[:3], [("not_square", "B1")]),
        (matrix(*UPPER, labels=[D[0], D[1], D[1]]), [("repeated_label", "D1"),
                                                      ("repeated_label", "A4")]),
        ([*matrix(*UPPER), [], *matrix(*UPPER)], [("twice", "B6")]),
        ([["专家权重", "很高"], *matrix(*UPPER)], [("weight", "B1")]),
        ([["专家权重", 0], *matrix(*UPPER)], [("no_say", "B2")]),
        ([["随便", "什么"]], [("none", None)]),
        (matrix([None] * 3, [None] * 3, [None] * 3), [("none", None)]),
    ],
)  # fmt: skip
def test_faults_are_told_at_their_cells(tmp_path, rows, expected):
    assert refused(tmp_path, rows) == expected


def test_sheets_of_one_expert_or_of_two_kinds_are_refused(tmp_path):
    same = [["专家", "张三"], *matrix(*UPPER)]
    points = [["编码", "点数"], *([code, 30] for code in D)]
    path = written(tmp_path, {"判断矩阵 a": same, "判断矩阵 b": same, "判断矩阵 c": points})
    with pytest.raises(InputError) as caught:
        read_judgements_file(path, SMART)
    found = [(i.code, i.location.sheet) for i in caught.value.issues]
    assert ("judgement.same_expert", "判断矩阵 b") in found
    assert ("judgement.mixed_kinds", "判断矩阵 c") in found


def test_points_and_best_worst(tmp_path):
    points = [["项目", "点数"], *([n, p] for n, p in zip(NAMES, (50, 30, 20), strict=True)),
              ["合计", 100]]  # fmt: skip
    found, issues = read_one(tmp_path, points)
    assert (found.kind, issues) == ("budget", ())
    assert found.experts[0].by_node["D"].tolist() == [50, 30, 20]
    rows = [["Item", "Best to others", "Others to worst"], *([c, a, b] for c, a, b in
            zip(D, (1, 2, 8), (8, 4, 1), strict=True))]  # fmt: skip
    found, _ = read_one(tmp_path, rows)
    assert found.kind == "bwm"
    assert found.experts[0].by_node["D"].tolist() == [[1, 2, 8], [8, 4, 1]]
    assert refused(tmp_path, [["项目", "点数"], [D[0], 50], [D[1], -1], [D[2], None]]) == [
        ("budget_below", "B3"),
        ("left_blank", "A4"),
    ]
    assert refused(tmp_path, [rows[0], [D[0], 1, 8], [D[1], 0.5, 4], [D[2], 8, 1]]) == [
        ("bwm_below", "B3")
    ]


def test_judgements_beside_data_come_with_the_dataset(tmp_path):
    book = openpyxl.load_workbook(sy.sample_path("kazakhstan"))
    sheet = book.create_sheet("Judgements Zhang San")
    for row in matrix(*UPPER, labels=["E1", "E2", "E3"]):
        sheet.append(row)
    book.save(tmp_path / "both.xlsx")
    alone = sy.read(sy.sample_path("kazakhstan"))
    dataset = sy.read(tmp_path / "both.xlsx")
    assert dataset.cities == alone.cities
    assert np.array_equal(dataset.values, alone.values, equal_nan=True)
    assert dataset.judgements.experts[0].by_node["E"] == pytest.approx(np.array(EXPECTED))
    assert dataset.rows([1]).judgements is dataset.judgements
    assert not [i for i in dataset.issues if i.location.sheet == "Judgements Zhang San"]
    weights = sy.score(dataset, sy.Recipe(weigh="ahp")).ruler.weights
    # Of three items the eigenvector is the row geometric mean: 15^(1/3), (2/3)^(1/3), (1/10)^(1/3).
    assert [weights[code] for code in ("E1", "E2", "E3")] == pytest.approx(
        [0.648329, 0.229651, 0.122020], abs=1e-6
    )


def test_plain_values_come_back(tmp_path):
    found, _ = read_one(tmp_path, matrix([1, 3, None], [None, 1, 2], [None, None, 1]))
    back = Judgements.from_plain(found.to_plain())
    assert back.kind == "ahp"
    assert back.experts[0].name == "张三"
    assert back.experts[0].by_node["D"] == pytest.approx(found.experts[0].by_node["D"], nan_ok=True)


def test_reading_and_weighing_allow_the_same_rounding():
    assert judgement_arrays._ROUNDING == weighed.ROUNDING
