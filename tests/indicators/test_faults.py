"""A faulty framework is refused with every fault named at its line."""

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.errors import FrameworkError
from steelyard.indicators.local_weights import local_weights
from steelyard.indicators.yaml_file import framework_from_yaml

A1 = "low: 0, high: 10"
TREE = [
    (A1, "low: 10, high: 10", "reversed", 6),
    (A1, "low: 10, high: 0", "reversed", 6),
    (A1, "low: zero, high: 10", "not_a_number", 6),
    (A1, "low: 1:30, high: 100", "not_a_number", 6),
    (A1, "low: .nan, high: 10", "not_a_number", 6),
    (A1, "low: 0, high: 1e999", "not_a_number", 6),
    (A1, "high: 10", "no_goalposts", 6),
    ("low: 1, high: 100", "low: 0, high: 100", "log_of_zero", 7),
    ("scale: log, low: 1", "scale: log1p, low: -1", "log_of_zero", 7),
    ("code: A2", "code: A1", "repeated_code", 7),
    ("code: A2", "code: index", "reserved_code", 7),
    ("code: B\n", "code: goals\n", "reserved_code", 8),
    ("code: A2, ", "", "no_code", 7),
    ("code: A2", "code: [A2]", "not_a_word", 7),
    ("en: Second", "en: first", "same_name", 7),
    ("en: Second", "en: RESI-DENTS", "same_name", 18),
    ("direction: benefit", "direction: upwards", "unknown_direction", 6),
    ("direction: benefit", "direction: [benefit]", "not_a_word", 6),
    ("direction: benefit, ", "", "no_direction", 6),
    ("scale: linear", "scale: liner", "unknown_scale", 6),
    ("scale: linear", "scale: ladder", "no_ladder", 6),
    ("scale: linear", "ladder: yes", "not_a_list", 6),
    ("scale: linear", "ladder: [{level: 1}, {level: 1}]", "bad_ladder", 6),
    ("scale: linear", "ladder: [{level: 2}, {level: 1}]", "bad_ladder", 6),
    ("scale: linear", "ladder: [{level: 0}]", "bad_ladder", 6),
    ("scale: linear", "ladder: [{level: 0.5}, {level: 1}]", "bad_ladder", 6),
    ("scale: linear", "scale: interval", "target_scale", 6),
    ("scale: interval", "scale: linear", "target_scale", 13),
    ("interval: [2, 6]", "interval: [6, 2]", "bad_interval", 16),
    ("interval: [2, 6]", "interval: [2, 60]", "bad_interval", 16),
    ("interval: [2, 6]", "interval: [-2, 6]", "bad_interval", 16),
    ("interval: [2, 6]", "interval: [2]", "bad_interval", 16),
    ("        interval: [2, 6]\n", "", "no_interval", 11),
    ("weight: 3", "weight: -3", "bad_weight", 4),
    ("weight: 3", "weight: much", "bad_weight", 4),
    ("    weight: 3\n", "", "no_weight", 3),
    ("    weight: 3\n", "    weight:\n", "no_weight", 4),
    ("    weight: 3\n", "    weight: 3\n    block: bones\n    points: 1\n", "unknown_block", 5),
    ("    weight: 3\n", "    weight: 3\n    block: bonus\n", "no_points", 3),
    ("    weight: 3\n", "    weight: 3\n    block: bonus\n    points: -1\n", "no_points", 6),
    ("weight: 3", "wieght: 3", "unknown_key", 4),
    ("zh: 甲", "cn: 甲", "unknown_key", 6),
    ("name: {zh: 甲, en: First}", "name: [甲]", "not_a_mapping", 6),
    ("name: {zh: 甲, en: First}", "children: {code: X}", "not_a_list", 6),
    ("high: 12\n", "high: 12\n        range: [5, 1]\n", "bad_range", 16),
    ("high: 12\n", "high: 12\n        range: [5]\n", "bad_range", 16),
    (
        "high: 12\n",
        "high: 12\n        children: [{code: B2, direction: cost}]\n",
        "leaf_parent",
        16,
    ),
]
RULES = [
    ("kind: text", "kind: words", "unknown_kind", 18),
    ("{code: pop,", "{code: A1,", "repeated_code", 18),
    ("{code: pop, ", "{", "no_code", 18),
    ("name: default", "name:", "no_levels", 20),
    ("from: 50", "from: 0", "bad_levels", 21),
    ("from: 50", "from: -1", "bad_levels", 21),
    ("level: 2, zh", "level: 1, zh", "bad_levels", 21),
    ("level: 2, zh", "level: two, zh", "bad_levels", 21),
    ("node: A, ", "node: Z, ", "unknown_node", 27),
    ("node: A, ", "node: [A], ", "not_a_word", 27),
    ("{level: 2, node", "{level: 3, node", "unknown_level", 27),
    ("at_level: 2", "at_level: 7", "unknown_level", 27),
    ("node: A, at_level: 2", "value: A9, at_least: 2", "unknown_node", 27),
    ("node: A, at_level: 2", "value: A, at_least: 2", "unknown_node", 27),
    ("node: A, at_level: 2", "observed: Z", "unknown_node", 27),
    ("node: A, at_level: 2", "score: Z, at_least: 2", "unknown_node", 27),
    ("node: A, at_level: 2", "node: A", "bad_need", 27),
    ("node: A, at_level: 2", "node: A, at_least: 2", "bad_need", 27),
    ("node: A, at_level: 2", "node: A, value: A1, at_level: 2", "bad_need", 27),
    ("at_least: 5", "at_least: 5, at_most: 9", "bad_need", 28),
    ("at_least: 5", "at_least: five", "bad_need", 28),
    ("when_given: true", "when_given: perhaps", "not_a_flag", 28),
    ("when_given: true", "whengiven: true", "unknown_key", 28),
    ('code: "1"', 'code: "1"\n    level_set: other', "unknown_level_set", 25),
    ('code: "2", ', 'code: "1", ', "repeated_name", 29),
    (", coverage: {overall: 0.75, goal: 0.6}", "", "bad_gate", 29),
    ("overall: 0.75", "overall: 75", "bad_coverage", 29),
    ("goal: 0.6", "goal: -0.1", "bad_coverage", 29),
    ("name: flat, equal: true", "name: flat", "bad_preset", 31),
    ("equal: true", "equal: true, weights: {A: 1}", "bad_preset", 31),
    ("name: flat", "name: p", "repeated_name", 32),
    ("name: flat", "name: framework", "no_preset_name", 31),
    ("weights: {A: 1", "weights: {Z: 1", "unknown_node", 32),
    ("weights: {A: 1", "weights: {A: -1", "bad_weight", 32),
    ("{A: 1, B: 2}", "{A: 0, B: 0}", "all_zero", 32),
    ("{A: 1, B: 2}", "[1, 2]", "not_a_mapping", 32),
    ("nodes: [A1]", "nodes: [A]", "unknown_node", 33),
    ("nodes: [A1]", "nodes: [A1, A2, B1]", "empty_share", 33),
    ("of_index: 0.4", "of_index: 1.4", "bad_share", 33),
    ("decimals: 1", "decimals: half", "bad_rounding", 34),
    ("nodes: all", "nodes: some", "bad_rounding", 34),
    ("rounding: {decimals: 1, nodes: all}", "gates2: []", "unknown_key", 34),
]
TEXT = [
    ("name: small", "name:", "no_name", 1),
    ("name: small", "name: small\nname: again", "repeated_key", 2),
    ("name: small", "name: [small", "not_yaml", 2),
    ("name: small", "name: &a small\ntitle: *a", "yaml_alias", 2),
    ("name: small", "name: !!python/object/apply:os.system ['true']", "not_a_word", 1),
    ("name: small", "name: small\nabout: " + "[" * 3000 + "]" * 3000, "nested", 2),
    ("name: small", "name: small\n---\n", "not_yaml", 2),
]


@pytest.mark.parametrize("old, new, code, line", TREE + RULES + TEXT)
def test_each_fault_is_named_at_its_line(good, yaml_faults, old, new, code, line):
    text = good.replace("aliases: [residents]", "aliases: [residents], kind: text")
    assert text.count(old) >= 1
    framework_from_yaml(text, "f.yaml")
    assert (code, f"line {line}") in yaml_faults(text.replace(old, new, 1))


def test_all_faults_come_together_and_nothing_else(good, yaml_faults):
    text = good.replace("high: 10}", "high: -1}").replace("weight: 1\n", "weight: -1\n")
    text = text.replace("weight: 3", "wieght: 3").replace("scale: log", "scale: lag")
    text = text.replace("from: 50", "from: 0").replace("node: A,", "node: Z,")
    text = text.replace("{A: 1, B: 2}", "{A: 1, Q: -2}").replace("decimals: 1", "decimals: x")
    assert sorted(yaml_faults(text)) == [
        ("bad_levels", "line 21"),
        ("bad_rounding", "line 34"),
        ("bad_weight", "line 32"),
        ("bad_weight", "line 9"),
        ("no_weight", "line 3"),
        ("reversed", "line 6"),
        ("unknown_key", "line 4"),
        ("unknown_node", "line 27"),
        ("unknown_node", "line 32"),
        ("unknown_scale", "line 7"),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "just words", "name: x\0"])
def test_what_is_no_framework_at_all(yaml_faults, text):
    assert [code for code, _ in yaml_faults(text)] in (["not_a_framework"], ["not_yaml"])


def test_a_billion_laughs_are_refused_before_they_grow(yaml_faults):
    lines = ['l0: &l0 "ha"'] + [
        f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)
    ]
    assert yaml_faults("\n".join(lines)) == [("yaml_alias", "line 2")]


def test_an_endless_file_is_refused(yaml_faults):
    assert yaml_faults("name: " + "x" * 2_000_000) == [("too_large", "line 1")]


def test_nothing_but_a_bonus_gives_no_index(yaml_faults):
    text = "name: x\ntree:\n  - {code: B, direction: cost, block: bonus, points: 3}\n"
    assert yaml_faults(text) == [("all_zero", "line 1")]


def test_words_are_taken_as_they_are_spelt():
    text = "name: 2017-13-45\nversion: 1.10\ntree:\n  - {code: NO, direction: 负向, weight: 1e-3}\n"
    framework = framework_from_yaml(text + "  - {code: 010, direction: +1, weight: ２}\n", "f.yaml")
    assert (framework.name, framework.version) == ("2017-13-45", "1.10")
    assert [(n.code, n.weight) for n in framework.goals] == [("NO", 0.001), ("010", 2.0)]
    assert [i.direction for i in framework.indicators] == ["cost", "benefit"]


def test_goalposts_without_a_scale_are_not_left_unused():
    text = """\
name: x
tree:
  - {code: L, direction: cost, low: 0, high: 9}
  - {code: T, direction: target, low: 0, high: 9, interval: [2, 3]}
  - {code: R, direction: benefit, ladder: [{level: 0, zh: 无}, {level: 1, zh: 有}]}
  - {code: N, direction: benefit}
  - {code: O, direction: benefit, low: 0, high: 9, scale: none}
"""
    found = framework_from_yaml(text, "f.yaml").indicators
    assert [i.scale for i in found] == ["linear", "interval", "ladder", None, None]


def test_a_gate_belongs_to_the_first_level_set_unless_it_names_one(good):
    framework = framework_from_yaml(good.replace("name: default", "name: mine"), "f.yaml")
    assert [gate.level_set for gate in framework.gates] == ["mine"]


junk = st.recursive(
    st.none()
    | st.text(max_size=4)
    | st.sampled_from(["A1", "default", "0", "-1", "target", "true"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "name", "level", "zh", "weight", "x"]), inner)
    ),
    max_leaves=5,
)


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_put_anywhere_is_loaded_or_refused_with_sentences(good, listed, data):
    framework = yaml.safe_load(good)
    *way, last = data.draw(st.sampled_from([path for path in places(framework) if path]))
    inside = framework
    for step in way:
        inside = inside[step]
    inside[last] = data.draw(junk)
    try:
        loaded = framework_from_yaml(yaml.safe_dump(framework, allow_unicode=True), "f.yaml")
    except FrameworkError as refused:
        listed(refused)
    else:
        for preset in (None, *(preset.name for preset in loaded.presets)):
            local = local_weights(loaded, preset)
            assert sum(local[goal.code] for goal in loaded.goals) == pytest.approx(1)
