"""The file itself: the same bytes twice, text that stays text, and LibreOffice's own arithmetic."""

import re
import shutil
import subprocess
import zipfile

import numpy as np
import openpyxl
import pytest

import steelyard as sy
from steelyard.errors import OutputError
from steelyard.reports.evaluation.book import build
from steelyard.reports.evaluation.sheet import Book, Sheet, at
from steelyard.reports.evaluation.writer import write_book

SHEETS = {
    "zh": "概览 排名 城市画像 对比 热力图 数据 标准化 得分 贡献 权重 指标体系 等级 数据质量 方法",
    "en": "Summary Ranking Profile Compare Heatmap Data Normalised Scores Contributions Weights "
    "Framework Levels Issues Method",
}
KNOWN = re.compile(
    "SUMPRODUCT|SUMIF|COUNTIF|INDEX|MATCH|RANK|IF|IFERROR|ROUND|MIN|MAX|LN|EXP|LOOKUP|SUM|COUNT|"
    "AVERAGE|STDEV|MEDIAN|LARGE|SMALL|AND|OR|NOT|ISNUMBER|ABS|CORREL"
)


@pytest.fixture(scope="module")
def assessment(small, cities_of, gaps):
    return sy.score(cities_of(small(), gaps), sy.Recipe(aggregate="geometric"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_promised_sheets_in_their_order(assessment, lang, tmp_path):
    sy.write_workbook(assessment, tmp_path / "report.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    wanted = SHEETS[lang].split()
    assert [name for name in visible if name in wanted] == wanted


def test_the_same_bytes_twice(assessment, tmp_path):
    for name in ("first.xlsx", "second.xlsx"):
        sy.write_workbook(assessment, tmp_path / name)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()


def test_every_formula_carries_a_value(assessment, tmp_path):
    sy.write_workbook(assessment, tmp_path / "report.xlsx")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        sheets = [archive.read(name).decode() for name in parts]
    formulas = sum(sheet.count("<f>") for sheet in sheets)
    valued = sum(len(re.findall(r"</f><v>[^<]*</v>", sheet)) for sheet in sheets)
    assert formulas == valued > 500


def test_only_functions_that_every_spreadsheet_knows(assessment):
    formulas = [
        re.sub(r"'[^']*'|\"[^\"]*\"", "", cell.formula)
        for lang in ("zh", "en")
        for sheet in build(assessment, lang).sheets
        for cell in sheet.cells.values()
        if cell.formula
    ]
    used = {name for formula in formulas for name in re.findall(r"([A-Z]+[A-Z0-9.]*)\(", formula)}
    assert not [name for name in used if not KNOWN.fullmatch(name)]
    assert not [formula for formula in formulas if "--" in formula]
    assert max(map(len, formulas)) < 8192


def test_a_city_named_like_a_formula_stays_a_text(assessment, tmp_path):
    sy.write_workbook(assessment, tmp_path / "report.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    values = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)
    (written,) = [cell for cell in book["Data"]["A"] if cell.value == "=1+1"]
    assert written.data_type == "s"
    for sheet in ("Data", "Normalised", "Scores", "Ranking", "Heatmap"):
        shown = [cell.value for row in values[sheet].iter_rows() for cell in row]
        assert "=1+1" in shown
        formulas = [cell for row in book[sheet].iter_rows() for cell in row]
        assert not [c for c in formulas if c.data_type == "f" and c.value == "=1+1"]


def test_missing_values_stay_blank_and_not_applicable_is_said(small, cities_of, gaps, tmp_path):
    dataset = cities_of(small(), gaps)
    dataset.not_applicable[1, 0] = True
    sy.write_workbook(sy.score(dataset), tmp_path / "report.xlsx", "en")
    data = openpyxl.load_workbook(tmp_path / "report.xlsx")["Data"]
    assert data["C8"].value == "n/a"
    assert data["I8"].value is None


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_nan_and_infinity_are_refused(number, tmp_path):
    sheet = Sheet("only")
    sheet.put(1, 1, number)
    with pytest.raises(ValueError, match="NaN"):
        write_book(Book((sheet,), "title", "en"), tmp_path / "report.xlsx")


def test_an_existing_file_survives_a_failure(assessment, tmp_path, monkeypatch):
    path = tmp_path / "report.xlsx"
    path.write_text("old")

    def fail(book, draft):
        draft.write_text("half")
        raise RuntimeError

    monkeypatch.setattr("steelyard.reports.evaluation.writer.write_book", fail)
    with pytest.raises(RuntimeError):
        sy.write_workbook(assessment, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_refused(assessment, tmp_path):
    with pytest.raises(OutputError):
        sy.write_workbook(assessment, tmp_path / "nowhere" / "report.xlsx")


NODES = ("index", "P", "Q", "Q1", "R")
MIXED = (
    dict(zip(NODES, ("vikor", "topsis", "grey", "median", "ranksum"), strict=True)),
    dict(zip(NODES, ("ranksum", "median", "topsis", "vikor", "grey"), strict=True)),
)
RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode">
<value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory):
    """Convert a workbook by LibreOffice, which then recalculates every formula on loading."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS)

    def convert(path):
        folder = tmp_path_factory.mktemp("converted")
        settings = [f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx"]
        command = [program, *settings, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return folder / path.name

    return convert


def without_values(path):
    """A copy whose formulas carry no value, so that only LibreOffice can have computed them."""
    target = path.with_name("bare.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f>", data)
            changed.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "recipe",
    [
        {},
        {"normalise": "minmax", "aggregate": "geometric"},
        {"normalise": "zscore", "aggregate": "harmonic"},
        {"normalise": "rank", "aggregate": "power"},
        *({"aggregate": mapping} for mapping in MIXED),
    ],
    ids=str,
)
def test_libreoffice_agrees(recipe, small, cities_of, gaps, libreoffice, cached, tmp_path):
    assessment = sy.score(cities_of(small(), gaps), sy.Recipe(**recipe))
    sy.write_workbook(assessment, tmp_path / "report.xlsx", "zh")
    values = cached(libreoffice(without_values(tmp_path / "report.xlsx")))
    compared = 0
    for sheet in build(assessment, "zh").sheets:
        for place, cell in sheet.cells.items():
            if cell.formula is None:
                continue
            found = values[sheet.name, at(*place)]
            where = (sheet.name, at(*place), cell.formula, found)
            compared += 1
            if isinstance(cell.value, str):
                assert (found or "") == cell.value, where
            else:
                assert found == pytest.approx(cell.value, rel=1e-9, abs=1e-9), where
    assert compared > 500


def test_a_workbook_saved_by_libreoffice_still_verifies(assessment, libreoffice, tmp_path):
    sy.write_workbook(assessment, tmp_path / "report.xlsx", "zh")
    verification = sy.verify_workbook(libreoffice(tmp_path / "report.xlsx"))
    assert verification.findings == ()


def test_ranks_do_not_depend_on_the_order_of_rows(small, cities_of, gaps, tmp_path, cached):
    dataset = cities_of(small(), gaps)
    shuffled = dataset.rows([3, 0, 4, 2, 1])
    shown = []
    for number, given in enumerate((dataset, shuffled)):
        path = tmp_path / f"{number}.xlsx"
        sy.write_workbook(sy.score(given), path, "en")
        values = cached(path)
        rows = range(6, 6 + len(given))
        shown.append({(values["Ranking", f"B{r}"], values["Ranking", f"A{r}"]) for r in rows})
    assert shown[0] == shown[1]
    assert np.isnan(dataset.values).sum() == len(gaps)
