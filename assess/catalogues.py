"""All catalogues of methods, by the step they serve."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalogue import Catalogue, Method, nearest
from ..errors import UnknownNameError
from ..text import Word
from ..weights import METHODS as WEIGHINGS
from .aggregate import METHODS as AGGREGATIONS
from .impute import METHODS as IMPUTATIONS
from .normalise import METHODS as NORMALISATIONS
from .treat import METHODS as TREATMENTS

CATALOGUES: Mapping[str, Catalogue] = {
    "impute": IMPUTATIONS,
    "treat": TREATMENTS,
    "normalise": NORMALISATIONS,
    "weigh": WEIGHINGS,
    "aggregate": AGGREGATIONS,
}


def find(name: str) -> list[Method]:
    """The methods of that name in all catalogues; a name may serve several steps.

    Raises
    ------
    UnknownNameError
        Names the nearest.
    """
    found = [catalogue[name] for catalogue in CATALOGUES.values() if name in catalogue]
    if not found:
        known = sorted({known for catalogue in CATALOGUES.values() for known in catalogue})
        raise UnknownNameError(
            "errors.unknown_method",
            kind=Word("errors.kinds.any"),
            name=name,
            nearest=nearest(name, known),
            known=", ".join(known),
        )
    return found
