"""Effective importance: what an indicator does to the index, against what its weight says.

Main effect Sᵢ = Var(E[index | xᵢ]) / Var(index), estimated by the squared correlation ratio of
a linear fit, R² of the index on xᵢ (Paruolo, Saisana & Saltelli 2013, section 3).
"""

from __future__ import annotations

import numpy as np

from ...indicators.dataset import Array
from .correlation import correlations


def effective_importance(columns: Array, index: Array) -> Array:
    """Squared correlation of each column with the index, rescaled to sum to 1.

    Parameters
    ----------
    columns : array (n, k)
    index : array (n,)

    Returns
    -------
    array (k,)
        NaN for a column that does not vary.
    """
    r = correlations(columns, index[:, None])[:, 0]
    total = np.nansum(r**2)
    return r**2 / total if total > 0 else np.full(len(r), np.nan)
