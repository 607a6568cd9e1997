"""The dataset: cities × indicators, and where every value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import Issue, Location
from .framework import Framework
from .judgements import Judgements

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value came from: the place and the text as written."""

    location: Location
    raw: str


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Dataset:
    """Observed values, one row per city and year.

    Parameters
    ----------
    framework : Framework
    cities : tuple of str
        The city of each of the n rows.
    years : tuple of int or None
        The year of each row; None where the table has none.
    values : array (n, m)
        Raw values in the indicators' units and in the framework's column order; NaN = missing.
    not_applicable : array (n, m) of bool
        Missing because the indicator does not apply to the city.
    auxiliary : mapping from code to a tuple of n float, str or None
    origins : mapping from (row, indicator or auxiliary code) to Origin
        Empty for a dataset made in memory.
    issues : tuple of Issue
    sources : tuple of Source
    absent : tuple of str
        Codes of indicators that the input does not have at all.
    judgements : Judgements or None
        What experts say about importance, where the input holds it.
    imputed : array (n, m) of bool or None
        Values that were filled in and are not observed.
    other_years : Dataset or None
        Rows of years that are not scored, to fill gaps from.
    """

    framework: Framework
    cities: tuple[str, ...]
    years: tuple[int | None, ...]
    values: Array
    not_applicable: NDArray[np.bool_]
    auxiliary: Mapping[str, tuple[float | str | None, ...]] = field(default_factory=dict)
    origins: Mapping[tuple[int, str], Origin] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    sources: tuple[Source, ...] = ()
    absent: tuple[str, ...] = ()
    judgements: Judgements | None = None
    imputed: NDArray[np.bool_] | None = None
    other_years: Dataset | None = None

    def __len__(self) -> int:
        return len(self.cities)

    def rows(self, keep: Sequence[int]) -> Dataset:
        """The same dataset with only the rows of these positions, in this order."""
        place = {old: new for new, old in enumerate(keep)}
        return replace(
            self,
            cities=tuple(self.cities[row] for row in keep),
            years=tuple(self.years[row] for row in keep),
            values=self.values[list(keep)],
            not_applicable=self.not_applicable[list(keep)],
            imputed=None if self.imputed is None else self.imputed[list(keep)],
            auxiliary={
                code: tuple(column[row] for row in keep) for code, column in self.auxiliary.items()
            },
            origins={
                (place[row], code): origin
                for (row, code), origin in self.origins.items()
                if row in place
            },
        )

    def with_issues(self, *issues: Issue) -> Dataset:
        """The same dataset with further findings."""
        return replace(self, issues=self.issues + issues)


def dataset_from_arrays(
    framework: Framework,
    cities: Sequence[str],
    values: object,
    years: Sequence[int | None] | None = None,
    auxiliary: Mapping[str, Sequence[float | str | None]] | None = None,
) -> Dataset:
    """Make a dataset in memory.

    Parameters
    ----------
    framework : Framework
    cities : sequence of str, length n
    values : array-like (n, m)
        In the framework's column order; NaN = missing.
    years : sequence of int or None, length n, optional
    auxiliary : mapping from auxiliary code to n values, optional

    Returns
    -------
    Dataset
    """
    matrix = np.array(values, dtype=np.float64).reshape(len(cities), len(framework.indicators))
    return Dataset(
        framework=framework,
        cities=tuple(cities),
        years=tuple(years) if years is not None else (None,) * len(cities),
        values=matrix,
        not_applicable=np.zeros(matrix.shape, dtype=bool),
        auxiliary={code: tuple(column) for code, column in (auxiliary or {}).items()},
    )
