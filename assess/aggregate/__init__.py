"""Aggregation: many indicators of each unit become one score, higher is better.

One plain function a method, ``method(matrix, weights, directions, …)``, which returns an
`Outcome`; its keyword-only parameters are its options. The means, the median, fuzzy evaluation
without grades and benefit of the doubt take normalised numbers; the others take any, with
directions. Those of scikit-criteria need every cell; the rest leave a missing cell out and rescale
the weights of its unit.
"""

from __future__ import annotations

from collections.abc import Callable

from ...catalogue import Catalogue, Method
from .ampi import ampi
from .aras import aras
from .arithmetic import arithmetic
from .cocoso import cocoso
from .codas import codas
from .copeland import copeland
from .copras import copras
from .dea import dea
from .edas import edas
from .electre import electre1, electre2
from .ervd import ervd
from .fuzzy import fuzzy
from .geometric import geometric
from .grey import grey
from .harmonic import harmonic
from .kemeny import kemeny
from .mabac import mabac
from .mairca import mairca
from .marcos import marcos
from .median import median
from .moora import fullmultiplicativeform, multimoora, ratiomoora, referencepointmoora
from .mpi import mpi
from .ocra import ocra
from .outcome import Outcome
from .power import power
from .probid import probid, simplifiedprobid
from .promethee import promethee
from .ram import ram
from .ranksum import ranksum
from .rim import rim
from .simus import simus
from .spotis import spotis
from .topsis import topsis
from .vikor import vikor
from .waspas import waspas
from .weightedmodel import weightedproductmodel, weightedsummodel

_MAZZIOTTA = "Mazziotta & Pareto (2016)"
_MOORA = "Brauers & Zavadskas (2006)"
_MULTIMOORA = "Brauers & Zavadskas (2010)"

_FIXED = {"relative": False, "reverses": False, "live": True}
_STEADY = {**_FIXED, "live": False}
_LIVE = {"relative": True, "reverses": True, "live": True}
_PASTED = {**_LIVE, "live": False}

_ROWS: list[tuple[Callable[..., Outcome], str, str, str, dict[str, bool]]] = [
    (arithmetic, "加权算术平均", "Weighted arithmetic mean", "OECD/JRC (2008)", _FIXED),
    (geometric, "加权几何平均", "Weighted geometric mean", "OECD/JRC (2008)", _FIXED),
    (harmonic, "加权调和平均", "Weighted harmonic mean", "Hardy et al. (1934)", _FIXED),
    (power, "加权幂平均", "Weighted power mean", "Hardy et al. (1934)", _FIXED),
    (median, "加权中位数", "Weighted median", "Edgeworth (1888)", _FIXED),
    (topsis, "逼近理想解法", "TOPSIS", "Hwang & Yoon (1981)", _LIVE),
    (vikor, "多准则妥协解法", "VIKOR", "Opricovic & Tzeng (2004)", _LIVE),
    (grey, "灰色关联分析", "Grey relational analysis", "Deng (1989)", _LIVE),
    (fuzzy, "模糊综合评价", "Fuzzy comprehensive evaluation", "汪培庄 (1983)", _STEADY),
    (ranksum, "秩和比法", "Rank-sum ratio", "田凤调 (1993)", _LIVE),
    (promethee, "偏好顺序结构法 II", "PROMETHEE II", "Brans et al. (1986)", _PASTED),
    (copeland, "科普兰法", "Copeland's rule", "Copeland (1951)", _PASTED),
    (kemeny, "凯梅尼法", "Kemeny's rule", "Kemeny (1959)", _PASTED),
    (mpi, "MPI 指数", "Mazziotta–Pareto index", _MAZZIOTTA, _PASTED),
    (ampi, "调整 MPI 指数", "Adjusted Mazziotta–Pareto index", _MAZZIOTTA, _PASTED),
    (dea, "BoD 模型(数据包络)", "Benefit of the doubt", "Cherchye et al. (2007)", _PASTED),
    (aras, "加性比率评估法", "ARAS", "Zavadskas & Turskis (2010)", _PASTED),
    (cocoso, "组合妥协解法", "CoCoSo", "Yazdani et al. (2019)", _PASTED),
    (codas, "组合距离评估法", "CODAS", "Keshavarz Ghorabaee et al. (2016)", _PASTED),
    (copras, "复杂比例评估法", "COPRAS", "Zavadskas et al. (1994)", _PASTED),
    (edas, "平均解距离评估法", "EDAS", "Keshavarz Ghorabaee et al. (2015)", _PASTED),
    (electre1, "消去与选择转换法 I", "ELECTRE I", "Roy (1968)", _PASTED),
    (electre2, "消去与选择转换法 II", "ELECTRE II", "Roy & Bertier (1973)", _PASTED),
    (ervd, "相对价值距离法", "ERVD", "Shyur et al. (2015)", _PASTED),
    (mabac, "边界逼近区域比较法", "MABAC", "Pamučar & Ćirović (2015)", _PASTED),
    (mairca, "理想与现实比较法", "MAIRCA", "Gigović et al. (2016)", _PASTED),
    (marcos, "折衷解排序法", "MARCOS", "Stević et al. (2020)", _PASTED),
    (ratiomoora, "比率系统法", "MOORA, ratio system", _MOORA, _PASTED),
    (referencepointmoora, "参考点法", "MOORA, reference point", _MOORA, _PASTED),
    (fullmultiplicativeform, "完全乘积法", "Full multiplicative form", _MULTIMOORA, _STEADY),
    (multimoora, "多目标比率综合法", "MULTIMOORA", _MULTIMOORA, _PASTED),
    (ocra, "运营竞争力评级法", "OCRA", "Parkan (1994)", _PASTED),
    (probid, "最优最劣谱评估法", "PROBID", "Wang et al. (2021)", _PASTED),
    (simplifiedprobid, "简化最优最劣谱评估法", "Simplified PROBID", "Wang et al. (2021)", _PASTED),
    (ram, "根评估法", "RAM", "Sotoudeh-Anvari (2023)", _PASTED),
    (rim, "参考理想法", "RIM", "Cables et al. (2016)", _PASTED),
    (weightedsummodel, "加权和模型", "Weighted sum", "Fishburn (1967)", _STEADY),
    (weightedproductmodel, "加权积模型", "Weighted product", "Bridgman (1922)", _STEADY),
    (simus, "序贯交互规划法", "SIMUS", "Munier (2011)", _PASTED),
    (spotis, "稳定偏好排序法", "SPOTIS", "Dezert et al. (2020)", _PASTED),
    (waspas, "加权和积评估法", "WASPAS", "Zavadskas et al. (2012)", _PASTED),
]  # fmt: skip

METHODS = Catalogue(
    "aggregation",
    (
        Method(function.__name__, zh, en, reference, function, **traits)
        for function, zh, en, reference, traits in _ROWS
    ),
)
