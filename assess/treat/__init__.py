"""Treatment of outliers, before indicators are normalised.

One file a method. Each holds ``fit(matrix, …)``, what is learned from a sample, as a mapping from a
word to one array; and the function with the method's name, which fits and carries out.
`transform.apply` carries out any fitted treatment, on the sample or on units added later.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from ...catalogue import Catalogue, Method
from . import boxcox, log, none, skewness, winsorise

_COINR = "Becker et al. (2022), COINr, Journal of Open Source Software 7(78), 4567"
_RELATIVE = {"relative": True, "reverses": True, "live": False}

METHODS = Catalogue(
    "treatment",
    [
        Method("none", "不处理", "No treatment", "—", none.none),
        Method("winsorise", "缩尾处理", "Winsorising", _COINR, winsorise.winsorise, **_RELATIVE),
        Method("log", "对数变换", "Logarithm", _COINR, log.log, **_RELATIVE),
        Method(
            "boxcox", "博克斯–考克斯变换", "Box–Cox transformation",
            "Box & Cox (1964), Journal of the Royal Statistical Society B 26(2), 211–252",
            boxcox.boxcox, **_RELATIVE,
        ),
        Method(
            "skewness", "按偏度与峰度处理", "By skewness and kurtosis", _COINR, skewness.skewness,
            **_RELATIVE,
        ),
    ],
)  # fmt: skip

MODULES: Mapping[str, ModuleType] = {
    "none": none,
    "winsorise": winsorise,
    "log": log,
    "boxcox": boxcox,
    "skewness": skewness,
}
