"""Two years of one table, measured on the ruler of all its years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import NotFoundError
from ..indicators.dataset import Dataset
from .assessment import Assessment
from .recipe import Recipe
from .score import score


def score_years(
    dataset: Dataset, recipe: Recipe, years: Sequence[str | int]
) -> tuple[Assessment, Assessment]:
    """Score the later and the earlier of two years on the ruler of all years of the table.

    Each score is the one that the whole table's assessment gives, whichever years are compared.

    Parameters
    ----------
    dataset : Dataset
        Of several years.
    recipe : Recipe
    years : two years

    Returns
    -------
    (later, earlier) : Assessment

    Raises
    ------
    NotFoundError
        If not exactly two years are named, or one is not in the table.
    """
    known = sorted({year for year in dataset.years if year is not None})
    wanted = sorted({str(year) for year in years}, reverse=True)
    if len(wanted) != 2 or not set(wanted) <= {str(year) for year in known}:
        listed = ", ".join(str(year) for year in known)
        raise NotFoundError("assess.not_two_years", years=", ".join(wanted), known=listed or "—")
    whole = replace(score(dataset, recipe), given=None)
    years_of = [str(year) for year in whole.dataset.years]
    later, earlier = (
        whole.rows([row for row, year in enumerate(years_of) if year == one]) for one in wanted
    )
    return later, earlier
