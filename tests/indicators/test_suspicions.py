"""Benefits whose name says that less is better are flagged, never changed."""

import pytest

from steelyard import load_framework
from steelyard.indicators.suspicions import suspicions
from steelyard.indicators.yaml_file import framework_from_yaml


def flagged(name, direction="benefit"):
    text = f"name: x\ntree: [{{code: A, name: {name}, direction: {direction}}}]"
    found = suspicions(framework_from_yaml(text, "f.yaml"))
    assert all(issue.severity == "flagged" and issue.message("zh") for issue in found)
    return [issue.indicator for issue in found]


@pytest.mark.parametrize(
    "name",
    ["平均办理时长", "市民投诉量", "网络安全事件数", "PM2.5年均浓度", "失业率",
     "Security incidents", "Complaints per 10k", "Mean handling time", "Crime rate"],
)  # fmt: skip
def test_a_benefit_that_reads_as_a_cost(name):
    assert flagged(name) == ["A"]
    assert flagged(name, "cost") == []


@pytest.mark.parametrize(
    "name",
    ["投诉办结率", "城管事件处置率", "办理时间压缩率", "空气优良天数比例", "高危漏洞按期修复率",
     "Incidents resolved in time", "Processing-time reduction", "Emission cut", "Online rate"],
)  # fmt: skip
def test_a_benefit_that_mends_something(name):
    assert flagged(name) == []


def test_smart2015_is_above_suspicion():
    assert suspicions(load_framework("smart2015")) == ()
