"""Every sentence exists in Chinese and in English and asks for the same words."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from steelyard.text import say, user_language

ROOT = Path(__file__).parents[1]


def sentences():
    def walk(prefix, entry):
        if isinstance(entry.get("zh"), str) or isinstance(entry.get("en"), str):
            yield prefix, entry
            return
        for key, value in entry.items():
            yield from walk(f"{prefix}.{key}", value)

    for path in sorted((ROOT / "messages").glob("*.toml")):
        yield from walk(path.stem, tomllib.loads(path.read_text("utf-8")))


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key, entry", list(sentences()), ids=lambda value: str(value)[:60])
def test_both_languages_ask_for_the_same_words(key, entry):
    assert set(entry) == {"zh", "en"}, key
    assert placeholders(entry["zh"]) == placeholders(entry["en"]), key


def test_every_key_in_the_code_has_a_sentence():
    known = {key for key, _ in sentences()}
    rooms = {path.stem for path in (ROOT / "messages").glob("*.toml")}
    pattern = re.compile(r'(?:(?<![.\w])say\(|Error\(\s*)"([a-z_0-9]+(?:\.[a-z_0-9]+)+)"')
    for path in ROOT.rglob("*.py"):
        if "tests" in path.parts or "/." in f"/{path.relative_to(ROOT)}":
            continue
        for key in pattern.findall(path.read_text("utf-8")):
            assert key.split(".")[0] in rooms, f"{path}: {key}"
            assert key in known, f"{path}: {key}"


def test_a_chinese_locale_speaks_chinese():
    assert user_language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert user_language({"LANG": "en_GB.UTF-8"}) == "en"
    assert user_language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"


def test_an_unknown_key_is_refused():
    with pytest.raises(KeyError, match="no_such"):
        say("errors.no_such", "en")
