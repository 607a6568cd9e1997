"""The command line as a user meets it."""

import json
import os
import signal
import subprocess
import sys
import time

import click
import openpyxl
import pytest

from steelyard import sample_path
from steelyard.cli import steelyard as group
from steelyard.text import say

SAMPLES = ("article_2015.xlsx", "kazakhstan.xlsx", "demo_cities.xlsx")


def walk(command, path=()):
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


@pytest.mark.parametrize("path, command", list(walk(group)), ids=lambda value: str(value)[:40])
def test_every_command_and_option_is_documented_in_both_languages(path, command):
    for lang in ("zh", "en"):
        assert say(f"cli.commands.{command.callback.__name__}.short", lang)
        assert say(f"cli.commands.{command.callback.__name__}.long", lang)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert say(f"cli.options.{parameter.name}", lang)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_score_prints_a_ranking_and_writes_a_workbook(steelyard, tmp_path, sample, lang):
    status, out, err = steelyard(
        "score", sample_path(sample), "--partial", "-o", "report.xlsx", "--lang", lang
    )
    assert (status, err) == (0, "")
    assert say("terminal.rank", lang) in out
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames


def test_score_as_json_keeps_its_promise(steelyard):
    status, out, _ = steelyard("score", sample_path("demo_cities.xlsx"), "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["framework"]["name"] == "smart2015"
    assert set(found) == {"framework", "recipe", "cities", "issues", "provenance"}
    assert len(found["cities"]) == 30
    first = found["cities"][0]
    assert set(first) == {
        "city",
        "year",
        "score",
        "rank",
        "level",
        "level_name",
        "level_by_score",
        "binding_gate",
        "coverage",
        "provisional",
        "nodes",
        "contributions",
    }
    assert first["rank"] == 1
    assert sum(first["contributions"].values()) == pytest.approx(first["score"], abs=1e-10)
    issue = {"severity", "code", "file", "sheet", "cell", "city", "year", "indicator", "value"}
    assert all(set(one) == issue | {"used", "message", "fix"} for one in found["issues"])


def test_errors_in_the_input_give_status_1_and_no_cities(steelyard, tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["nothing", "here"])
    workbook.save(tmp_path / "empty.xlsx")
    status, out, _ = steelyard("score", "empty.xlsx", "--format", "json")
    found = json.loads(out)
    assert status == 1
    assert found["cities"] == []
    assert "error" in [issue["severity"] for issue in found["issues"]]
    status, out, err = steelyard("score", "empty.xlsx", "-o", "report.xlsx")
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    assert not (tmp_path / "report.xlsx").exists()


@pytest.mark.parametrize(
    "arguments, word",
    [
        (["score", "missing.xlsx"], "missing.xlsx"),
        (["score", "."], "folder"),
        (["score", "{demo}", "-o", "no/such/folder/report.xlsx"], "folder"),
        (["score", "{demo}", "--aggregate", "geometrc"], "geometric"),
        (["score", "{demo}", "--normalise", "min-max"], "minmax"),
        (["score", "{demo}", "--weights", "nothing"], "survey40"),
        (["score", "{demo}", "--levels", "nothing"], "nothing"),
        (["score", "{demo}", "--framework", "smart2016"], "smart2015"),
        (["score", "{demo}", "--year", "this"], "this"),
        (["score", "{demo}", "--colour"], "--colour"),
        (["scores", "{demo}"], "score"),
        (["score"], "FILE"),
        (["frameworks", "show", "smart"], "smart2015"),
        (["methods", "entropie"], "entropy"),
    ],
)
def test_wrong_usage_is_one_clear_line_and_status_2(steelyard, arguments, word):
    demo = str(sample_path("demo_cities.xlsx"))
    status, out, err = steelyard(*(demo if a == "{demo}" else a for a in arguments))
    assert status == 2
    assert out == ""
    assert "Traceback" not in err
    assert err.startswith("Error: ")
    assert word in err.splitlines()[0]


def test_an_unknown_city_is_answered_with_the_nearest(steelyard):
    found = json.loads(steelyard("score", sample_path("demo_cities.xlsx"), "--format", "json")[1])
    city = found["cities"][0]["city"]
    status, _, err = steelyard("score", sample_path("demo_cities.xlsx"), "--city", city + "x")
    assert status == 2
    assert city in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_refused_before_the_work(steelyard, tmp_path):
    (tmp_path / "shut").mkdir(mode=0o500)
    status, _, err = steelyard("score", sample_path("kazakhstan.xlsx"), "-o", "shut/report.xlsx")
    assert status == 2
    assert "shut" in err


def test_the_same_input_gives_the_same_bytes(steelyard, tmp_path):
    for name in ("first.xlsx", "second.xlsx"):
        assert steelyard("score", sample_path("kazakhstan.xlsx"), "-o", name)[0] == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("first.xlsx", "second.xlsx"))
    assert first == second


def test_a_written_workbook_verifies_and_a_changed_cell_is_named(steelyard, tmp_path):
    steelyard("score", sample_path("kazakhstan.xlsx"), "-o", "report.xlsx", "--lang", "en")
    status, out, _ = steelyard("verify", "report.xlsx", "--format", "json")
    assert status == 0
    assert json.loads(out)["holds"] is True


@pytest.mark.slow
def test_killed_while_writing_fifty_times_the_old_file_or_the_new_one_stands(tmp_path):
    report = tmp_path / "report.xlsx"
    command = [
        sys.executable,
        "-m",
        "steelyard",
        "score",
        str(sample_path("demo_cities.xlsx")),
        "-o",
        str(report),
    ]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    new = report.read_bytes()
    old = b"the old file"
    for number in range(50):
        report.write_bytes(old)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(whole * (0.5 + number / 100))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert report.read_bytes() in (old, new)


def test_a_chinese_user_reads_chinese(steelyard):
    status, out, _ = steelyard("score", "--help", "--lang", "zh")
    assert status == 0
    assert "用法" in out
    assert "指标体系" in out


def test_methods_and_frameworks_list_what_there_is(steelyard):
    assert "geometric" in steelyard("methods")[1]
    assert "smart2015" in steelyard("frameworks")[1]
    assert "A101" in steelyard("frameworks", "show", "smart2015")[1]


@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx"])
def test_an_exported_framework_loads_again_equal(steelyard, tmp_path, suffix):
    from steelyard import load_framework

    status, _, _ = steelyard("frameworks", "export", "smart2015", "-o", f"f.{suffix}")
    assert status == 0
    assert load_framework(tmp_path / f"f.{suffix}") == load_framework("smart2015")


def test_help_imports_nothing_heavier_than_click():
    code = (
        "import sys, steelyard.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "pandas", "openpyxl", "scipy", "skcriteria", "rich", "yaml", "defusedxml"}
    assert not [name for name in heavy if f"'{name}'" in done.stderr]


def test_audit_names_what_repeats_and_what_opposes(steelyard):
    status, out, _ = steelyard("audit", sample_path("demo_cities.xlsx"), "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["groups"]["B1"]["indicators"] == 2
    assert sum(row["importance"] for row in found["importance"].values()) == pytest.approx(1)
    assert found["correlation"]["A101"]["A101"] == pytest.approx(1)


def test_recipes_are_set_side_by_side(steelyard, tmp_path):
    (tmp_path / "harsh.json").write_text('{"aggregate": "harmonic"}', "utf-8")
    status, out, _ = steelyard(
        "compare", sample_path("kazakhstan.xlsx"), "--recipes", "harsh.json", "--format", "json"
    )
    found = json.loads(out)
    assert status == 0
    assert found["ranks"]["West Kazakhstan Region"]["this recipe"] == 1
    assert sorted(row["harsh"] for row in found["ranks"].values()) == list(range(1, 20))
    assert found["spearman"]["harsh"]["harsh"] == 1.0


def test_recipes_in_words_are_set_side_by_side(steelyard):
    words = "aggregate=topsis, normalise=rank weigh=equal"
    status, out, _ = steelyard(
        "compare", sample_path("kazakhstan.xlsx"), "--recipes", words, "--format", "json"
    )
    ranks = json.loads(out)["ranks"]["Jambyl Region"]
    assert status == 0
    assert {"this recipe", "aggregate=topsis", "normalise=rank weigh=equal"} <= set(ranks)


def test_recipes_are_written_to_a_workbook_and_a_failing_one_is_named(steelyard, tmp_path):
    words = "aggregate=index=topsis,goals=geometric; weigh=ahp; normalise.to=[1, 100]"
    arguments = ("compare", sample_path("kazakhstan.xlsx"), "--recipes", words, "--recipes",
                 "weigh=equal normalise=rank", "-o", "r.xlsx")  # fmt: skip
    status, out, _ = steelyard("--lang", "en", *arguments, "--set", "normalise=minmax")
    assert status == 0
    assert "The recipe “weigh=ahp” could not be scored" in out
    heads = [cell.value for cell in openpyxl.load_workbook(tmp_path / "r.xlsx").active[4]]
    assert heads[2:6] == ["aggregate=index=topsis,goals=geometric", "weigh=ahp",
                          "normalise.to=[1, 100]", "weigh=equal normalise=rank"]  # fmt: skip
    status, out, _ = steelyard("--lang", "en", *arguments[:2], "--recipes", "normalise=rnk")
    assert status == 1 and "The recipe “normalise=rnk” cannot be used" in out


@pytest.mark.parametrize(
    "chosen",
    [
        ("--aggregate", "index=geometric,goals=topsis"),
        ("--weights", "critic"),
        ("--normalise", "vector"),
        ("--impute", "mean", "--treat", "winsorise"),
        ("--set", "screen=0.5", "--set", "reading.bounds=refuse"),
    ],
)
def test_every_step_of_the_recipe_can_be_chosen(steelyard, tmp_path, chosen):
    status, out, err = steelyard(
        "score", sample_path("kazakhstan.xlsx"), *chosen, "-o", "r.xlsx", "--format", "json"
    )
    assert (status, err) == (0, "")
    assert len(json.loads(out)["cities"]) == 19
    assert steelyard("verify", "r.xlsx")[0] == 0


@pytest.mark.parametrize("year", [[], ["--year", "2023"], ["--year", "all"]])
def test_gaps_are_filled_from_years_that_are_not_scored(steelyard, tmp_path, year):
    """A1 of 2023 lies between 40 in 2022 and 60 in 2024; that of 2024 is 60 as it was in 2023."""
    leaves = [f"- {{code: {code}, name: {{zh: {code}, en: {code}}}, direction: benefit, weight: 1,"
              " scale: linear, low: 0, high: 100}" for code in ("A1", "A2")]  # fmt: skip
    (tmp_path / "f.yaml").write_text("\n".join(["name: f", "tree:", *leaves]), "utf-8")
    rows = ["city,year,A1,A2", "a,2022,40,50", "a,2023,,50", "a,2024,60,50",
            "b,2022,80,50", "b,2023,60,50", "b,2024,,50"]  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(rows), "utf-8")
    status, out, _ = steelyard("score", "t.csv", "--framework", "f.yaml", "--impute", "linear",
                               *year, "-o", "r.xlsx", "--format", "json")  # fmt: skip
    assert status == 0
    found = {(one["city"], one["year"]): one["nodes"]["A1"] for one in json.loads(out)["cities"]}
    expected = {("a", 2022): 40, ("a", 2023): 50, ("a", 2024): 60,
                ("b", 2022): 80, ("b", 2023): 60, ("b", 2024): 60}  # fmt: skip
    wanted = {2024} if not year else {2023} if "2023" in year else {2022, 2023, 2024}
    assert found == {key: score for key, score in expected.items() if key[1] in wanted}
    assert steelyard("verify", "r.xlsx")[0] == 0


def test_data_weights_of_a_table_with_gaps_name_the_indicators(steelyard):
    status, _, err = steelyard("score", sample_path("demo_cities.xlsx"), "--weights", "entropy")
    assert status == 1
    assert "B202" in err
    assert "impute" in err
    assert "Traceback" not in err
