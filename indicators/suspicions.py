"""What in a framework is allowed but looks like a slip."""

from __future__ import annotations

import re
from functools import lru_cache

from ..errors import Issue
from .framework import Framework
from .indicator import Bilingual

_COSTS = re.compile(
    r"时长|用时|耗时|等待|投诉|事件|事故|案件|故障|中断|泄露|漏洞|能耗|排放|污染|浓度|拥堵|失业|死亡|伤亡|"
    r"犯罪|逾期|延误|噪声|PM ?2\.?5|PM ?10|"
    r"\b(incidents?|accidents?|complaints?|duration|waiting|delays?|emissions?|pollution|"
    r"unemployment|mortality|deaths?|casualties|crimes?|outages?|breaches|congestion|noise|"
    r"(?:handling|processing|response|waiting|travel) time|energy use)\b",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"率|达标|处置|办结|处理|解决|下降|减少|压缩|缩短|降低|削减|满意|监测|预警|防治|优良|系统|平台|能力|"
    r"\b(rate|share|handled|resol\w*|closed|reduc\w*|cut|less|fewer|shorten\w*|sav\w*|satisf\w*|"
    r"monitor\w*|prevent\w*|prepared\w*|control\w*|capacity|drills?|days)\b",
    re.IGNORECASE,
)
_RATES = re.compile(
    r"(失业|死亡|犯罪|事故|投诉|故障|拥堵|逾期|延误|发案|伤亡)率|"
    r"\b(unemployment|mortality|death|crime|accident|complaint|incident|outage) rates?\b",
    re.IGNORECASE,
)


def suspicions(framework: Framework) -> tuple[Issue, ...]:
    """Find benefits whose name says that less is better.

    Parameters
    ----------
    framework : Framework

    Returns
    -------
    tuple of Issue
        Flagged, in column order; they carry the indicator but no place in a file.

    Examples
    --------
    >>> from steelyard import load_framework
    >>> suspicions(load_framework("smart2015"))
    ()
    """
    return tuple(
        Issue(
            "flagged",
            "framework.maybe_cost",
            indicator=indicator.code,
            fields={"name": indicator.name.zh or indicator.name.en},
        )
        for indicator in framework.indicators
        if indicator.direction == "benefit" and _reads_as_cost(indicator.name)
    )


@lru_cache(maxsize=4096)
def _reads_as_cost(title: Bilingual) -> bool:
    """Whether a name counts something bad, and not the mending of it."""
    names = [name for name in (title.zh, title.en) if name]
    if any(_RATES.search(name) for name in names):
        return True
    counts = any(_COSTS.search(name) for name in names)
    return counts and not any(_MENDED.search(name) for name in names)
