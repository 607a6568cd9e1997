"""Two years of one table, measured on one ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import NotFoundError
from ..indicators.dataset import Dataset
from .assessment import Assessment
from .prepare import prepare
from .recipe import Recipe
from .ruler import fit
from .score import score_prepared


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
    recipe.check_nodes(dataset.framework)
    # All years lend to each other what is missing; only the two are measured against each other.
    prepared = prepare(dataset, recipe)
    whole = prepared.dataset
    both = whole.rows([row for row, year in enumerate(whole.years) if str(year) in wanted])
    ruler = replace(fit(both, recipe), prepared=prepared.fitted)
    later, earlier = (
        score_prepared(
            whole.rows([row for row, year in enumerate(whole.years) if str(year) == one]),
            recipe,
            ruler,
        )
        for one in wanted
    )
    return later, earlier
