"""Distance to a reference value, in the three forms found in the literature.

==========  ==========================  ==============================
form        benefit                     cost
==========  ==========================  ==============================
ratio       x / reference               reference / x
difference  (x − reference)/|reference|  (reference − x)/|reference|
distance    (x − min)/(reference − min)  (max − x)/(max − reference)
==========  ==========================  ==============================

The first two are the OECD/JRC Handbook's (2008, section 1.5), the third is COINr's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ...errors import MethodError
from .bounds import Fitted, divide
from .matrix import Mask, Matrix, as_directions, refuse_cells, refuse_columns

Form = Literal["ratio", "difference", "distance"]


def against(
    values: Matrix, fitted: Fitted, directions: ArrayLike | None, form: str, method: str
) -> Matrix:
    """Each cell against ``fitted["reference"]``.

    Raises
    ------
    MethodError
        The form is unknown, or is not defined for the named columns.
    """
    if form not in _FORMS:
        raise MethodError("normalise.form", form=form, known=", ".join(_FORMS))
    benefit = as_directions(directions, values.shape[1]) > 0
    return _FORMS[form](values, fitted, benefit, method)


def _ratio(values: Matrix, fitted: Fitted, benefit: Mask, method: str) -> Matrix:
    reference = fitted["reference"]
    refuse_columns("normalise.reference_positive", ~(reference > 0), method=method)
    refuse_cells("normalise.cost_positive", (values <= 0) & ~benefit, method=method)
    return np.where(benefit, values / reference, divide(reference, values))


def _difference(values: Matrix, fitted: Fitted, benefit: Mask, method: str) -> Matrix:
    reference = fitted["reference"]
    refuse_columns("normalise.reference_zero", reference == 0, method=method)
    return np.where(benefit, 1, -1) * (values - reference) / np.abs(reference)


def _distance(values: Matrix, fitted: Fitted, benefit: Mask, method: str) -> Matrix:
    reference, low, high = fitted["reference"], fitted["low"], fitted["high"]
    span = np.where(benefit, reference - low, high - reference)
    refuse_columns("normalise.reference_worst", ~(span > 0), method=method)
    return np.where(benefit, values - low, high - values) / span


_FORMS: Mapping[str, Callable[[Matrix, Fitted, Mask, str], Matrix]] = {
    "ratio": _ratio,
    "difference": _difference,
    "distance": _distance,
}
