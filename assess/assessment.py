"""The assessment: scores, ranks and levels, with all that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..catalogue import nearest
from ..errors import Issue, NotFoundError
from ..indicators.dataset import Array, Dataset
from ..indicators.framework import Framework
from ..indicators.local_weights import global_weights
from .contributions import ADJUSTMENT, contributions
from .levels import Grades
from .recipe import Recipe
from .ruler import Ruler
from .spread import Spread
from .tree import Tree


@dataclass(frozen=True)
class Assessment:
    """The result of scoring a dataset by a recipe.

    Parameters
    ----------
    dataset : Dataset
        As used.
    recipe : Recipe
    ruler : Ruler
    normalised : array (n, m)
        Indicator scores; NaN = missing.
    tree : Tree
        Scores, coverage and effective weights at every node.
    grades : Grades
    rank_array : int array (n,)
        Competition ranks within each year; 0 = no score.
    issues : tuple of Issue
        Those of the reading, then those of the scoring.
    given : Dataset or None
        What the dataset was prepared from, where the recipe changes values.
    spread : Spread or None
        What the doubt about imputed values does to the scores, after a multiple imputation.
    """

    dataset: Dataset
    recipe: Recipe
    ruler: Ruler
    normalised: Array
    tree: Tree
    grades: Grades
    rank_array: NDArray[np.int64]
    issues: tuple[Issue, ...]
    given: Dataset | None = None
    spread: Spread | None = None

    def rows(self, keep: Sequence[int]) -> Assessment:
        """The same for only the rows of these positions, in this order; `given` stays whole."""
        chosen = list(keep)
        return replace(
            self,
            dataset=self.dataset.rows(chosen),
            normalised=self.normalised[chosen],
            tree=self.tree.rows(chosen),
            grades=self.grades.rows(chosen),
            rank_array=self.rank_array[chosen],
            spread=None if self.spread is None else self.spread.rows(chosen),
        )

    @property
    def framework(self) -> Framework:
        """The framework that was applied."""
        return self.dataset.framework

    @cached_property
    def index(self) -> pd.Index:
        """The cities, with their years where the table has any."""
        if all(year is None for year in self.dataset.years):
            return pd.Index(self.dataset.cities, name="city")
        pairs = list(zip(self.dataset.cities, self.dataset.years, strict=True))
        return pd.MultiIndex.from_tuples(pairs, names=["city", "year"])

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Score of every node, 0–100: cities × node codes, the index first."""
        return pd.DataFrame(self.tree.scores, self.index, self._codes)

    @cached_property
    def ranks(self) -> pd.Series:
        """Competition ranks within each year; 0 = no score."""
        return pd.Series(self.rank_array, self.index, name="rank")

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Level, level by score alone, binding gate, provisional."""
        return pd.DataFrame(
            {
                "level": self.grades.final,
                "level_by_score": self.grades.by_score,
                "binding_gate": self.grades.binding,
                "provisional": self.grades.provisional,
            },
            self.index,
        )

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Observed share of the weight under every node, 0–1."""
        return pd.DataFrame(self.tree.coverage, self.index, self._codes)

    @cached_property
    def weights(self) -> pd.DataFrame:
        """Local weight of every node within its parent, and global weight in the index."""
        local = self.ruler.weights
        overall = global_weights(self.framework, local)
        rows = [(local.get(code, 1.0), overall.get(code, np.nan)) for code in self._codes]
        return pd.DataFrame(rows, pd.Index(self._codes, name="node"), ["local", "global"])

    @cached_property
    def contribution_array(self) -> Array:
        """Points of the index: rows × indicators, the last column the adjustment."""
        return contributions(self.framework, self.tree, self.recipe)

    def row(self, city: str, year: int | None = None) -> int:
        """Position of a city, in its latest year unless one is named.

        Raises
        ------
        NotFoundError
            Names the nearest city.
        """
        rows = [row for row, name in enumerate(self.dataset.cities) if name == city]
        if not rows:
            close = nearest(city, self.dataset.cities)
            raise NotFoundError("assess.no_city", city=city, nearest=close)
        years = {self.dataset.years[row]: row for row in rows}
        if year is None:
            return max(rows, key=lambda row: self.dataset.years[row] or 0)
        if year not in years:
            known = ", ".join(str(known) for known in sorted(y for y in years if y))
            raise NotFoundError("assess.no_year", city=city, year=year, known=known)
        return years[year]

    def contributions(self, city: str, year: int | None = None) -> pd.Series:
        """Points that each indicator brings to a city's index; they add up to it.

        Returns
        -------
        Series
            By indicator code; ``adjustment`` holds what rounding or a cap adds, where any does.
        """
        parts = pd.Series(
            self.contribution_array[self.row(city, year)],
            [*self.framework.codes, ADJUSTMENT],
            name=city,
        )
        return parts if parts[ADJUSTMENT] else parts.drop(ADJUSTMENT)

    def city_above(self, row: int) -> int | None:
        """Position of the city ranked just above, in the same year; None for the first."""
        rank = self.rank_array[row]
        year = self.dataset.years[row]
        above = [
            other
            for other in range(len(self.dataset))
            if self.dataset.years[other] == year and 0 < self.rank_array[other] < rank
        ]
        cities = self.dataset.cities
        return max(above, key=lambda other: (self.rank_array[other], cities[other]), default=None)

    @property
    def _codes(self) -> list[str]:
        return [node.code for node in self.framework.nodes]
