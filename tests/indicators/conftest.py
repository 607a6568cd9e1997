"""A small good framework, and how a faulty one is read."""

import re

import pytest

from steelyard.errors import FrameworkError, Location
from steelyard.indicators.table_file import framework_from_rows
from steelyard.indicators.yaml_file import framework_from_yaml

GOOD = """\
name: small
tree:
  - code: A
    weight: 3
    children:
      - {code: A1, name: {zh: 甲, en: First}, direction: benefit, scale: linear, low: 0, high: 10}
      - {code: A2, name: {zh: 乙, en: Second}, direction: cost, scale: log, low: 1, high: 100}
  - code: B
    weight: 1
    children:
      - code: B1
        direction: target
        scale: interval
        low: 0
        high: 12
        interval: [2, 6]
auxiliary:
  - {code: pop, name: {zh: 人口, en: Population}, aliases: [residents]}
level_sets:
  - name: default
    levels:
      - {level: 1, zh: 低, en: low, from: 0}
      - {level: 2, zh: 高, en: high, from: 50}
gates:
  - code: "1"
    needs:
      - {level: 2, node: A, at_level: 2}
      - {level: 2, value: pop, at_least: 5, when_given: true}
  - {code: "2", coverage: {overall: 0.75, goal: 0.6}}
presets:
  - {name: flat, equal: true}
  - {name: p, weights: {A: 1, B: 2}}
  - {name: s, share: {nodes: [A1], of_index: 0.4}}
rounding: {decimals: 1, nodes: all}
"""
TABLE = [
    ["编码", "名称", "上级", "单位", "方向", "标尺", "下限", "上限", "权重"],
    ["P", "公共服务", None, None, None, None, None, None, 0.6],
    ["M", "管理", None, None, None, None, None, None, 0.4],
    ["P1", "通办率", "P", "%", "正向", "linear", 50, 100, 1],
    ["M1", "时长", "M", "分钟", "-1", "linear", "10", "300", 1],
]


@pytest.fixture
def good():
    return GOOD


@pytest.fixture
def table():
    return [list(row) for row in TABLE]


def _listed(error):
    """Code and cell of every fault; each must have its sentences in both languages."""
    for issue in error.issues:
        for sentence in (
            issue.message("zh"),
            issue.message("en"),
            issue.fix("zh"),
            issue.fix("en"),
        ):
            assert sentence and not re.search(r"\{[a-z]+\}", sentence), sentence
    assert str(error).count("\n") == len(error.issues)
    return [(issue.code.removeprefix("framework."), issue.location.cell) for issue in error.issues]


@pytest.fixture
def listed():
    return _listed


@pytest.fixture
def yaml_faults():
    def read(text):
        with pytest.raises(FrameworkError) as caught:
            framework_from_yaml(text, "f.yaml")
        assert {issue.location.file for issue in caught.value.issues} == {"f.yaml"}
        return _listed(caught.value)

    return read


@pytest.fixture
def table_faults():
    def read(rows, rules=()):
        with pytest.raises(FrameworkError) as caught:
            framework_from_rows(rows, Location("f.xlsx", "指标体系"), "f", rules, "规则")
        return _listed(caught.value)

    return read
