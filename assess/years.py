"""Two years of one table, measured on one ruler."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import NotFoundError
from ..indicators.dataset import Dataset
from .assessment import Assessment
from .recipe import Recipe
from .ruler import fit
from .score import score


def score_years(
    dataset: Dataset, recipe: Recipe, years: Sequence[str | int]
) -> tuple[Assessment, Assessment]:
    """Score the later and the earlier of two years on a ruler fitted to both.

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
    chosen = [
        dataset.rows([row for row, year in enumerate(dataset.years) if str(year) == one])
        for one in wanted
    ]
    both = dataset.rows([r for r, year in enumerate(dataset.years) if str(year) in wanted])
    ruler = fit(both, recipe)
    later, earlier = (score(part, recipe, ruler) for part in chosen)
    return later, earlier
