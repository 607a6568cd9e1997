"""Many cities' forms, merged, with what came in, what was refused and why."""

import gc

import numpy as np
import pytest
from openpyxl import load_workbook

import steelyard as sy
from steelyard.errors import NotFoundError
from steelyard.indicators.collect import collect
from steelyard.indicators.framework import Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator
from steelyard.reports.collect_workbook import write_collection
from steelyard.reports.form import write_form


def framework(name="rivers"):
    """Two goals: A with A1 and A2, B with B1; weights 0.6 and 0.4."""
    nodes = [Node("index", Bilingual("河流", "Rivers"), None)]
    for goal, weight, codes in (("A", 0.6, ("A1", "A2")), ("B", 0.4, ("B1",))):
        nodes.append(Node(goal, Bilingual(f"目标{goal}", f"Goal {goal}"), "index", weight))
        for code in codes:
            title = Bilingual(f"指标{code}", f"Measure {code}")
            leaf = Indicator(code, title, scale="linear", low=0.0, high=100.0,
                             valid_range=(0.0, 100.0))  # fmt: skip
            nodes.append(Node(code, title, goal, 0.5, leaf))
    return Framework(name, "1", Bilingual("河流", "Rivers"), tuple(nodes))


def form(path, city, values, year=2024, of=None, **further):
    """A form of one city, filled in: {code: value}, and {code: (verified, reason, author)}."""
    write_form(of or framework(), path, [city], "zh", year)
    book = load_workbook(path)
    sheet = book.worksheets[1]
    rows = {sheet.cell(row, 1).value: row for row in range(8, sheet.max_row + 1)}
    for code, value in values.items():
        sheet.cell(rows[code], 5).value = value
    for code, verified in further.items():
        for column, value in zip((9, 10, 11), verified, strict=True):
            sheet.cell(rows[code], column).value = value
    book.save(path)


def test_forms_are_merged_and_coverage_is_by_weight(tmp_path):
    form(tmp_path / "b.xlsx", "深圳市", {"A1": 50, "B1": 70})
    (tmp_path / "later").mkdir()
    form(tmp_path / "later" / "a.xlsx", "武汉", {"A1": 10, "A2": 20, "B1": 30})
    (tmp_path / "notes.txt").write_text("not a form")
    (tmp_path / "~$b.xlsx").write_text("a lock file")
    seen = []
    found = collect(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert found.framework == framework()
    assert found.dataset.cities == ("武汉市", "深圳市")
    expected = [[10, 20, 30], [50, np.nan, 70]]
    np.testing.assert_array_equal(found.dataset.values, expected)
    # 深圳市 lacks A2, which is half of 0.6.
    assert [receipt.coverage for receipt in found.receipts] == pytest.approx([1, 0.7])
    assert [receipt.reported for receipt in found.receipts] == [3, 2]
    assert seen == [(1, 2), (2, 2)]
    assert [source.file for source in found.dataset.sources] == ["b.xlsx", "later/a.xlsx"]
    assert found.dataset.origins[0, "A1"].location.cell == "E9"


def test_what_cannot_be_read_is_refused_and_the_rest_is_merged(tmp_path):
    form(tmp_path / "good.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})
    form(tmp_path / "typo.xlsx", "杭洲市", {"A1": 1, "A2": 2, "B1": 3})
    form(tmp_path / "words.xlsx", "深圳市", {"A1": "很好", "A2": 2, "B1": 3})
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    found = collect(tmp_path, cities=["武汉市", "深圳市", "上海市"])
    assert found.dataset.cities == ("武汉市",)
    refused = {receipt.file: receipt for receipt in found.of("refused")}
    assert set(refused) == {"typo.xlsx", "words.xlsx", "broken.xlsx"}
    errors = [issue for issue in refused["words.xlsx"].issues if issue.severity == "error"]
    assert [(issue.location.cell, issue.city) for issue in errors] == [("E9", "深圳市")]
    assert [receipt.city for receipt in found.of("missing")] == ["上海市"]
    plain = found.to_json("zh")
    assert plain["files"] == 4
    assert [one["status"] for one in plain["receipts"]].count("refused") == 3
    assert "E9" in next(one for one in plain["receipts"] if one["city"] == "深圳市")["errors"][0]


def test_two_forms_of_one_city(tmp_path):
    form(tmp_path / "1.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})
    form(tmp_path / "2.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})
    form(tmp_path / "3.xlsx", "深圳市", {"A1": 1, "A2": 2, "B1": 3})
    form(tmp_path / "4.xlsx", "深圳市", {"A1": 9, "A2": 2, "B1": 3})
    form(tmp_path / "5.xlsx", "深圳市", {"A1": 9, "A2": 2, "B1": 3}, year=2023)
    found = collect(tmp_path)
    keys = list(zip(found.dataset.cities, found.dataset.years, strict=True))
    assert keys == [("武汉市", 2024), ("深圳市", 2023)]
    refused = [(receipt.file, receipt.issues[0].code) for receipt in found.of("refused")]
    assert refused == [
        ("2.xlsx", "collect.same_twice"),
        ("3.xlsx", "collect.city_twice"),
        ("4.xlsx", "collect.city_twice"),
    ]


def test_a_folder_without_forms(tmp_path):
    with pytest.raises(NotFoundError) as refused:
        collect(tmp_path)
    assert refused.value.key == "collect.empty_folder"
    with pytest.raises(NotFoundError):
        collect(tmp_path / "nowhere")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_collected_workbook_scores_as_the_forms_do(tmp_path, lang):
    folder = tmp_path / "forms"
    folder.mkdir()
    verified = (25, "与公报不符", "李四")
    form(folder / "a.xlsx", "武汉市", {"A1": 10.25, "A2": 20, "B1": "不适用"}, A2=verified)
    form(folder / "b.xlsx", "=1+1", {"A1": 50, "B1": 70})
    found = collect(folder)
    path = tmp_path / "cities.xlsx"
    write_collection(found, path, lang)
    again = sy.read(path)
    assert again.framework == framework()
    assert again.cities == ("=1+1", "武汉市")
    assert again.years == (2024, 2024)
    np.testing.assert_array_equal(again.values, found.dataset.values)
    np.testing.assert_array_equal(again.not_applicable, found.dataset.not_applicable)
    assert again.values[1].tolist()[:2] == [10.25, 25]
    scores = sy.score(found.dataset).tree.scores
    np.testing.assert_array_equal(sy.score(again).tree.scores, scores)
    sheet = load_workbook(path).worksheets[2]
    line = [cell.value for cell in sheet[5]]
    assert line[:2] == ["武汉市", "A2"]
    assert line[3:8] == ["20", "25", "+5", "与公报不符", "李四"]


def test_the_summary_says_why_and_the_bytes_are_the_same(tmp_path):
    folder = tmp_path / "forms"
    folder.mkdir()
    form(folder / "words.xlsx", "深圳市", {"A1": "很好", "A2": 2, "B1": 3})
    found = collect(folder, cities=["上海市"])
    for name in ("one.xlsx", "two.xlsx"):
        write_collection(found, tmp_path / name, "zh")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    summary, returned = load_workbook(tmp_path / "one.xlsx").worksheets[:2]
    first = [cell.value for cell in summary[5]]
    assert (first[0], first[2], first[9]) == ("深圳市", "退回", "words.xlsx")
    assert "E9" in first[10]
    assert [cell.value for cell in summary[6]][:3] == ["上海市", "", "未收到"]
    line = [cell.value for cell in returned[5]]
    assert line[:5] == ["须改正", "words.xlsx", "深圳市", "E9", "深圳市"]
    assert line[6] == "很好"


def test_a_stray_table_does_not_settle_the_framework(tmp_path):
    """The first file is no data of any framework; the forms behind it say by which they go."""
    (tmp_path / "0.csv").write_text("联系人,电话\n张三,123\n", "utf-8")
    form(tmp_path / "1.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})
    found = collect(tmp_path)
    assert found.framework == framework()
    assert [receipt.file for receipt in found.of("refused")] == ["0.csv"]
    assert found.dataset.values.tolist() == [[1, 2, 3]]


def test_expected_cities_are_known_by_any_of_their_names(tmp_path):
    form(tmp_path / "1.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})
    found = collect(tmp_path, cities=["武汉", "Hangzhou", "杭州"])
    assert [receipt.city for receipt in found.of("missing")] == ["杭州市"]


def test_one_city_is_not_told_that_it_is_alone(tmp_path):
    form(tmp_path / "1.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})
    alone = {issue.code for issue in sy.read(tmp_path / "1.xlsx").issues}
    assert "reading.one_city" in alone
    together = {issue.code for issue in collect(tmp_path).receipts[0].issues}
    assert together == alone - {"reading.one_city"}


def test_every_value_names_its_file_and_cell(tmp_path):
    """Two files of one name in two folders; a verified value stands in its own column."""
    forms = tmp_path / "forms"
    for folder in ("east", "west"):
        (forms / folder).mkdir(parents=True)
    verified = (25, "与公报不符", "李四")
    form(forms / "east" / "form.xlsx", "武汉市", {"A1": 10.25, "A2": 20, "B1": "不适用"},
         A2=verified)  # fmt: skip
    form(forms / "west" / "form.xlsx", "杭州市", {"A1": "８０"})
    found = collect(forms)
    path = tmp_path / "cities.xlsx"
    write_collection(found, path, "zh")
    book = load_workbook(path)
    lines = [[cell.value for cell in row] for row in book["来源"].iter_rows(min_row=5)]
    assert lines == [
        ["杭州市", 2024, "A1", "指标A1", 80, "８０", "west/form.xlsx", "杭州市", "E9"],
        ["武汉市", 2024, "A1", "指标A1", 10.25, "10.25", "east/form.xlsx", "武汉市", "E9"],
        ["武汉市", 2024, "A2", "指标A2", 25, "25", "east/form.xlsx", "武汉市", "I10"],
        ["武汉市", 2024, "B1", "指标B1", "不适用", "不适用", "east/form.xlsx", "武汉市", "E12"],
    ]
    for city, _, code, _, value, written, file, sheet, cell in lines:
        held = load_workbook(forms / file)[sheet][cell].value
        assert str(held) == written, (city, code, value)
    places = {issue.location.file for receipt in found.receipts for issue in receipt.issues}
    assert places == {"east/form.xlsx", "west/form.xlsx"}
    again = sy.read(path, partial=True)
    assert again.cities == ("杭州市", "武汉市")


def test_auxiliary_inputs_and_years_survive(tmp_path):
    """Numbers and texts that score no points, of the shipped framework, in both languages."""
    shipped = sy.load_framework("smart2015")
    forms = tmp_path / "forms"
    forms.mkdir()
    answers = {"A102": 61.5, "population": 1365.4, "region": "中部", "survey_sample": 1200}
    form(forms / "1.xlsx", "武汉市", answers, 2023, shipped)
    form(forms / "2.xlsx", "武汉市", {"A102": 63.0, "population": 1370}, 2024, shipped)
    found = collect(forms)
    for lang in ("zh", "en"):
        path = tmp_path / f"{lang}.xlsx"
        write_collection(found, path, lang)
        again = sy.read(path, year="all", partial=True)
        assert again.years == (2023, 2024)
        assert again.auxiliary["population"] == (1365.4, 1370.0)
        assert again.auxiliary["region"] == ("中部", None)
        assert again.auxiliary["survey_sample"] == (1200.0, None)
        for row, file in enumerate(("1.xlsx", "2.xlsx")):
            alone = sy.score(sy.read(forms / file, partial=True)).tree.scores
            np.testing.assert_array_equal(sy.score(again.rows([row])).tree.scores, alone)


def test_the_collector_of_garbage_is_left_as_it_was(tmp_path):
    form(tmp_path / "1.xlsx", "武汉市", {"A1": 1, "A2": 2, "B1": 3})

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect(tmp_path, progress=stop)
    assert gc.isenabled()
