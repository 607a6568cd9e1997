"""Steelyard scores cities from a spreadsheet.

>>> import steelyard as sy
>>> framework = sy.load_framework("smart2015")
>>> len(framework.indicators)
50
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .assess.aggregate.aggregate import aggregate as aggregate
    from .assess.aggregate.outcome import Outcome as Outcome
    from .assess.assessment import Assessment as Assessment
    from .assess.compare import Comparison as Comparison
    from .assess.compare import compare as compare
    from .assess.normalise.normalise import normalise as normalise
    from .assess.ranking import rank as rank
    from .assess.recipe import Recipe as Recipe
    from .assess.ruler import Ruler as Ruler
    from .assess.score import score as score
    from .errors import FrameworkError as FrameworkError
    from .errors import InputError as InputError
    from .errors import Issue as Issue
    from .errors import Location as Location
    from .errors import SteelyardError as SteelyardError
    from .indicators.dataset import Dataset as Dataset
    from .indicators.dataset import dataset_from_arrays as dataset_from_arrays
    from .indicators.framework import Framework as Framework
    from .indicators.indicator import Indicator as Indicator
    from .indicators.loading import framework_names as framework_names
    from .indicators.loading import load_framework as load_framework
    from .indicators.reading.read import read as read
    from .reports.verify import verify_workbook as verify_workbook
    from .reports.workbook import write_workbook as write_workbook
    from .samples import sample_path as sample_path
    from .weights.weigh import weigh as weigh
    from .weights.weights import Weights as Weights

_HOMES = {
    "Assessment": ".assess.assessment",
    "Comparison": ".assess.compare",
    "Dataset": ".indicators.dataset",
    "Framework": ".indicators.framework",
    "FrameworkError": ".errors",
    "Indicator": ".indicators.indicator",
    "InputError": ".errors",
    "Issue": ".errors",
    "Location": ".errors",
    "Outcome": ".assess.aggregate.outcome",
    "Recipe": ".assess.recipe",
    "Ruler": ".assess.ruler",
    "SteelyardError": ".errors",
    "Weights": ".weights.weights",
    "aggregate": ".assess.aggregate.aggregate",
    "compare": ".assess.compare",
    "dataset_from_arrays": ".indicators.dataset",
    "framework_names": ".indicators.loading",
    "load_framework": ".indicators.loading",
    "normalise": ".assess.normalise.normalise",
    "rank": ".assess.ranking",
    "read": ".indicators.reading.read",
    "sample_path": ".samples",
    "score": ".assess.score",
    "verify_workbook": ".reports.verify",
    "weigh": ".weights.weigh",
    "write_workbook": ".reports.workbook",
}

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return __all__
