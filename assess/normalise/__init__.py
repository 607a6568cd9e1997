"""Normalisation: indicators in their own units become comparable numbers, higher is better.

One file a method. Each holds three plain functions:

``fit(matrix, …)``
    what hangs on the sample (or is given for each column), as a mapping from a word to one
    array; rows may come in any order;
``apply(matrix, fitted, directions, …)``
    the numbers of any units, those of the sample or later ones, on that ruler;
the function with the method's name
    both at once.

A rank, percentile or Borda count is fitted by the sorted columns of the sample; a later unit is
placed among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from ...catalogue import Catalogue, Method
from . import (
    best,
    borda,
    goalposts,
    minmax,
    percentile,
    rank,
    reference,
    sum,
    target,
    vector,
    zscore,
)

_HANDBOOK = "OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.5"
_COINR = "Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567"
_JAHAN = "Jahan & Edwards (2015), Materials & Design 65, 335–342"

_RELATIVE = {"relative": True, "reverses": True}

METHODS = Catalogue(
    "normalisation",
    [
        Method(
            "goalposts", "固定目标值法", "Fixed goalposts",
            "UNDP (2010), Human Development Report, technical note 1", goalposts.goalposts,
        ),
        Method("minmax", "极差法", "Min–max", _HANDBOOK, minmax.minmax, **_RELATIVE),
        Method("zscore", "标准分数法", "Z-scores", _HANDBOOK, zscore.zscore, **_RELATIVE),
        Method("rank", "排序法", "Ranks", _HANDBOOK, rank.rank, **_RELATIVE),
        Method(
            "percentile", "百分位排名法", "Percentile ranks", _COINR, percentile.percentile,
            **_RELATIVE,
        ),
        Method(
            "borda", "博尔达计分法", "Borda points", "Borda (1784), Mémoire sur les élections",
            borda.borda, **_RELATIVE,
        ),
        Method("target", "目标距离法", "Distance to target", _COINR, target.target, **_RELATIVE),
        Method("best", "最优值比率法", "Ratio to the best", _HANDBOOK, best.best, **_RELATIVE),
        Method(
            "reference", "参照城市比较法", "Distance to a reference city", _HANDBOOK,
            reference.reference, **_RELATIVE,
        ),
        Method(
            "vector", "向量归一化法", "Vector length",
            "Hwang & Yoon (1981), Multiple Attribute Decision Making", vector.vector, **_RELATIVE,
        ),
        Method("sum", "比重法", "Share of the sum", _JAHAN, sum.sum, **_RELATIVE),
    ],
)  # fmt: skip

MODULES: Mapping[str, ModuleType] = {
    "goalposts": goalposts,
    "minmax": minmax,
    "zscore": zscore,
    "rank": rank,
    "percentile": percentile,
    "borda": borda,
    "target": target,
    "best": best,
    "reference": reference,
    "vector": vector,
    "sum": sum,
}
