"""Weighting: how much each indicator counts.

One file a method, one plain function of the same name, from a bare matrix (units × indicators, or
judgements) to `Weights`. Methods that look at the data make a unit's score depend on which others
are in the table (``relative``), and leaving one out can reorder the rest (``reverses``).
"""

from __future__ import annotations

from ..catalogue import Catalogue, Method
from .ahp import ahp
from .angle import angle
from .balance import balance
from .budget import budget
from .bwm import bwm
from .cilos import cilos
from .combine import combine
from .critic import critic
from .dea import dea
from .deviation import deviation
from .entropy import entropy
from .equal import equal
from .given import given
from .idocriw import idocriw
from .lopcow import lopcow
from .merec import merec
from .pca import pca
from .rancom import rancom
from .variation import variation

_HANDBOOK = "OECD/JRC (2008), Handbook on Constructing Composite Indicators"
_PODVEZKO = "Zavadskas & Podvezko (2016), IJITDM 15, 267–283"
_SHUAI = "Shuai et al. (2012), 24th Chinese Control and Decision Conference, 3889–3892"

_BY_DATA = {"relative": True, "reverses": True}
_PASTED = {"live": False}

METHODS = Catalogue(
    "weighting",
    [
        Method("equal", "等权法", "Equal weights", f"{_HANDBOOK}, section 6", equal),
        Method("given", "给定权重", "Given weights", "—", given),
        Method(
            "budget", "预算分配法", "Budget allocation", f"{_HANDBOOK}, section 6.5", budget,
            **_PASTED,
        ),
        Method(
            "ahp", "层次分析法", "Analytic hierarchy process",
            "Saaty (1980), The Analytic Hierarchy Process", ahp, **_PASTED,
        ),
        Method(
            "bwm", "最优最劣法", "Best–worst method", "Rezaei (2015), Omega 53, 49–57", bwm,
            **_PASTED,
        ),
        Method(
            "rancom", "排序比较法", "Ranking comparison",
            "Więckowski et al. (2023), Eng. Appl. Artif. Intell. 122, 106114", rancom, **_PASTED,
        ),
        Method(
            "entropy", "熵权法", "Entropy",
            "Hwang & Yoon (1981), Multiple Attribute Decision Making", entropy, **_BY_DATA,
        ),
        Method(
            "critic", "CRITIC 法", "CRITIC",
            "Diakoulaki et al. (1995), Computers & Operations Research 22, 763–770", critic,
            **_BY_DATA,
        ),
        Method(
            "variation", "变异系数法", "Coefficient of variation", _SHUAI, variation, **_BY_DATA,
        ),
        Method(
            "deviation", "标准差法", "Standard deviation",
            "Diakoulaki et al. (1995), Computers & Operations Research 22, 763–770", deviation,
            **_BY_DATA,
        ),
        Method("angle", "夹角法", "Angular weights", _SHUAI, angle, **_BY_DATA, **_PASTED),
        Method(
            "pca", "主成分分析法", "Principal components", f"{_HANDBOOK}, section 6.1", pca,
            **_BY_DATA, **_PASTED,
        ),
        Method(
            "merec", "指标移除效应法", "MEREC",
            "Keshavarz-Ghorabaee et al. (2021), Symmetry 13, 525", merec, **_BY_DATA, **_PASTED,
        ),
        Method(
            "lopcow", "对数百分比变化法", "LOPCOW",
            "Ecer & Pamucar (2022), Omega 112, 102690", lopcow, **_BY_DATA, **_PASTED,
        ),
        Method("cilos", "指标冲击损失法", "CILOS", _PODVEZKO, cilos, **_BY_DATA, **_PASTED),
        Method(
            "idocriw", "熵—冲击损失综合法", "IDOCRIW", _PODVEZKO, idocriw,
            **_BY_DATA, **_PASTED,
        ),
        Method(
            "dea", "数据包络法(BoD)", "Benefit of the doubt",
            "Cherchye et al. (2007), Social Indicators Research 82, 111–145", dea,
            **_BY_DATA, **_PASTED,
        ),
        Method(
            "combine", "组合赋权法", "Combination of weights",
            "Kullback & Leibler (1951), Annals of Mathematical Statistics 22, 79–86", combine,
        ),
        Method(
            "balance", "重要性平衡法", "Balanced importance",
            "Becker et al. (2017), Ecological Indicators 80, 12–22", balance,
            **_BY_DATA, **_PASTED,
        ),
    ],
)  # fmt: skip
