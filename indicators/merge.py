"""Merging datasets of one framework: the rows of all, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .dataset import Dataset, Origin
from .framework import Framework


def merged(framework: Framework, parts: Sequence[Dataset]) -> Dataset | None:
    """One dataset of all rows, by city and year.

    Parameters
    ----------
    framework : Framework
        That of every part.
    parts : sequence of Dataset

    Returns
    -------
    Dataset or None
        None of no parts.

    Examples
    --------
    >>> from steelyard import dataset_from_arrays, load_framework
    >>> framework = load_framework("smart2015")
    >>> one = dataset_from_arrays(framework, ["乙市"], [[2.0] * 50])
    >>> two = dataset_from_arrays(framework, ["甲市"], [[1.0] * 50])
    >>> merged(framework, [one, two]).cities
    ('乙市', '甲市')
    """
    if not parts:
        return None
    codes = [one.code for one in framework.auxiliary if any(one.code in p.auxiliary for p in parts)]
    origins: dict[tuple[int, str], Origin] = {}
    before = 0
    for part in parts:
        origins.update(
            {(before + row, code): part.origins[row, code] for row, code in part.origins}
        )
        before += len(part)
    whole = Dataset(
        framework=framework,
        cities=tuple(city for part in parts for city in part.cities),
        years=tuple(year for part in parts for year in part.years),
        values=np.vstack([part.values for part in parts]),
        not_applicable=np.vstack([part.not_applicable for part in parts]),
        auxiliary={
            code: tuple(
                entry for part in parts for entry in part.auxiliary.get(code, (None,) * len(part))
            )
            for code in codes
        },
        origins=origins,
        issues=tuple(issue for part in parts for issue in part.issues),
        sources=tuple(source for part in parts for source in part.sources),
        absent=tuple(c for c in framework.codes if all(c in part.absent for part in parts)),
    )
    keys = list(zip(whole.cities, whole.years, strict=True))
    order = sorted(range(len(whole)), key=lambda row: (keys[row][0], keys[row][1] or 0))
    return whole.rows(order)
