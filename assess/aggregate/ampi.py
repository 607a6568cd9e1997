"""The adjusted Mazziotta–Pareto index: fixed goalposts in place of z-scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ...options import LARGEST
from ..normalise.matrix import Matrix, refuse_columns
from .given import row
from .mpi import Penalty, penalised
from .outcome import Outcome
from .table import Table, extremes, marks_of, tabulate


def ampi(
    matrix: ArrayLike,
    weights: ArrayLike | None = None,
    directions: ArrayLike | None = None,
    sample: ArrayLike | None = None,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    reference: ArrayLike | None = None,
    penalty: Penalty = "downward",
    ddof: int = 0,
) -> Outcome:
    """Index ``M ∓ S²/M`` of the indicators rescaled to 70–130 between goalposts.

    ``r = 70 + 60 (x − low)/(high − low)``, for a cost ``70 + 60 (high − x)/(high − low)``. With a
    reference value, the goalposts are moved, their distance kept, so that it falls on 100. Given
    goalposts stay where they are when years or units are added: scores compare over time.

    Parameters
    ----------
    matrix : array_like, shape (units, indicators)
        In any units; NaN = missing; it is left out, the weights of the rest rescaled.
    weights : array_like, shape (indicators,), optional
        Equal by default, as in the publication; M and S are weighted by them.
    directions : array_like of 1 and −1, optional
        All benefit by default.
    sample : array_like, shape (others, indicators), optional
        Units that set the marks instead of the matrix's own, such as those of an earlier year:
        their extremes are the goalposts where none are given.
    low, high : float or array_like, shape (indicators,), optional
        Goalposts in the indicators' units; by default the extremes of the table, and then the
        index hangs on who is in it.
    reference : float or array_like, shape (indicators,), optional
        Values to fall on 100, for example the mean of the base year.
    penalty : {"downward", "upward"}
        Take S²/M off, when more of the phenomenon is better; or add it, when it is worse.
    ddof : int
        0 divides squared deviations by n as the publication does, 1 by n − 1 as R does.

    Returns
    -------
    Outcome
        Scores: the index. Details: ``M``, ``S``, ``cv``, ``z`` (the rescaled indicators),
        ``low``, ``high`` (the goalposts used).

    Raises
    ------
    MethodError
        Goalposts are not low < high, or the penalty is unknown.

    References
    ----------
    Mazziotta & Pareto (2016), On a generalized non-compensatory composite index for measuring
    socio-economic phenomena, Social Indicators Research 127, 983–1003.

    Examples
    --------
    >>> ampi([[0, 10], [10, 0], [5, 5]], low=0, high=10).scores.tolist()
    [91.0, 91.0, 100.0]
    """
    table = tabulate(matrix, weights, directions)
    feet, tops = _goalposts(marks_of(table, sample), low, high, reference)
    rise = np.where(table.benefit, table.values - feet, tops - table.values)
    spread = np.where(table.weights > 0, tops - feet, 1.0)
    outcome = penalised("ampi", table, 70.0 + 60.0 * rise / spread, penalty, ddof)
    return Outcome("ampi", outcome.scores, {**outcome.details, "low": feet, "high": tops})


def _goalposts(
    table: Table, low: ArrayLike | None, high: ArrayLike | None, reference: ArrayLike | None
) -> tuple[Matrix, Matrix]:
    least, most = extremes(table)
    feet = least if low is None else row("ampi", "low", low, table)
    tops = most if high is None else row("ampi", "high", high, table)
    refuse_columns("normalise.goalposts", ~(tops - feet > 1 / LARGEST) & (table.weights > 0))
    if reference is None:
        return feet, tops
    centre, half = row("ampi", "reference", reference, table), (tops - feet) / 2
    return centre - half, centre + half
