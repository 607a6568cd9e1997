"""Imputation: what is done about missing values.

One file a method. Each holds three plain functions:

``fit(matrix, …)``
    what is learned from a sample, as a mapping from a word to one array;
``apply(matrix, fitted, …)``
    fills in any units, those of the sample or later ones;
the function with the method's name
    both at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from ...catalogue import Catalogue, Method
from . import (
    constant,
    em,
    group_mean,
    group_median,
    knn,
    latest,
    linear,
    mean,
    median,
    multiple,
    refuse,
    reweight,
    zero,
)

_HANDBOOK = "OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 1.3"
_COINR = "Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567"
_PASTED = {"live": False}
_LIVE = {"relative": True, "reverses": True}
_RELATIVE = {**_LIVE, "live": False}

METHODS = Catalogue(
    "imputation",
    [
        Method("reweight", "权重重新分配", "Reweighting", _HANDBOOK, reweight.reweight),
        Method("zero", "缺失记零", "Zero", "—", zero.zero),
        Method("refuse", "缺失则拒绝", "Refusing gaps", "—", refuse.refuse),
        Method("mean", "均值插补", "Mean", _HANDBOOK, mean.mean, **_LIVE),
        Method("median", "中位数插补", "Median", _HANDBOOK, median.median, **_LIVE),
        Method("group_mean", "组内均值插补", "Group mean", _COINR, group_mean.group_mean,
               **_LIVE),
        Method("group_median", "组内中位数插补", "Group median", _COINR, group_median.group_median,
               **_RELATIVE),
        Method("knn", "K近邻插补", "Nearest neighbours",
               "Troyanskaya et al. (2001), Bioinformatics 17(6), 520–525", knn.knn, **_RELATIVE),
        Method("em", "期望最大化插补", "Expectation–maximisation",
               "Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39(1), "
               "1–38", em.em, **_RELATIVE),
        Method("multiple", "多重插补", "Multiple imputation",
               "Rubin (1987), Multiple Imputation for Nonresponse in Surveys", multiple.multiple,
               **_RELATIVE),
        Method("latest", "沿用最近年份", "Latest year", _COINR, latest.latest, **_PASTED),
        Method("linear", "年份间线性插值", "Linear between years", _COINR, linear.linear,
               **_PASTED),
        Method("constant", "相邻年份不变", "Constant between years", _COINR, constant.constant,
               **_PASTED),
    ],
)  # fmt: skip

MODULES: Mapping[str, ModuleType] = {
    "reweight": reweight,
    "zero": zero,
    "refuse": refuse,
    "mean": mean,
    "median": median,
    "group_mean": group_mean,
    "group_median": group_median,
    "knn": knn,
    "em": em,
    "multiple": multiple,
    "latest": latest,
    "linear": linear,
    "constant": constant,
}
