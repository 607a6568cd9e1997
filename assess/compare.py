"""Comparing: chosen cities side by side, or the same cities in two rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ..errors import Issue, NotFoundError
from .assessment import Assessment
from .comparison import Comparison, Pair, Side
from .gap import gap
from .likeness import flag, refuse_unlike, unlike
from .relativity import relative_findings

__all__ = ["Comparison", "compare"]


def compare(
    first: Assessment,
    second: Assessment | None = None,
    cities: Sequence[str] | None = None,
) -> Comparison:
    """Set cities side by side, or the same cities in two rounds.

    Parameters
    ----------
    first : Assessment
    second : Assessment, optional
        Of the same tree and means. Then every city of both is compared with itself: the later
        round minus the earlier where both have a year, else `first` minus `second`.
    cities : sequence of str, optional
        Without `second`, the first of them is what the others are held against; one city alone is
        held against the one ranked just above it, and all stand against the best unless any
        is named. With `second`, the cities to compare.

    Returns
    -------
    Comparison

    Raises
    ------
    NotFoundError
        If a city is not there, or there is nothing to compare with.
    RecipeError
        If the two assessments have different trees or means.

    Examples
    --------
    >>> import steelyard as sy
    >>> framework = sy.load_framework("smart2015")
    >>> dataset = sy.dataset_from_arrays(framework, ["甲市", "乙市"], [[2.0] * 50, [1.0] * 50])
    >>> comparison = sy.compare(sy.score(dataset))
    >>> float(abs(comparison.gaps["gap"] - comparison.gaps.iloc[:, 1:].sum(axis=1)).max()) < 1e-9
    True
    """
    if second is None:
        return _compare_cities(first, cities)
    return _compare_rounds(first, second, cities)


def _compare_cities(assessment: Assessment, cities: Sequence[str] | None) -> Comparison:
    rows = _chosen(assessment, cities)
    if len(rows) < 2:
        raise NotFoundError("compare.nobody_else")
    years = {assessment.dataset.years[row] for row in rows}
    dated = len(years) > 1
    sides = tuple(
        Side(assessment, row, str(assessment.dataset.years[row] or "") if dated else "")
        for row in rows
    )
    pairs = tuple(_pair(side, sides[0]) for side in sides[1:])
    return Comparison("cities", sides, pairs, tuple(relative_findings(assessment.recipe)))


def _chosen(assessment: Assessment, cities: Sequence[str] | None) -> list[int]:
    rows = list(dict.fromkeys(assessment.row(city) for city in cities or ()))
    if not rows:
        return _ranked(assessment)
    if len(rows) > 1:
        return rows
    above = assessment.city_above(rows[0])
    others = [row for row in _ranked(assessment) if row != rows[0]]
    return [others[0] if above is None else above, rows[0]] if others else rows


def _ranked(assessment: Assessment) -> list[int]:
    """Positions of the latest year's cities that have a score, best first."""
    latest = max((year or 0 for year in assessment.dataset.years), default=0)
    rows = [
        row
        for row, year in enumerate(assessment.dataset.years)
        if (year or 0) == latest and assessment.rank_array[row]
    ]
    cities = assessment.dataset.cities
    return sorted(rows, key=lambda row: (assessment.rank_array[row], cities[row]))


def _compare_rounds(
    first: Assessment, second: Assessment, cities: Sequence[str] | None
) -> Comparison:
    if _year(first) and _year(second) and (_year(first) or 0) < (_year(second) or 0):
        first, second = second, first
    refuse_unlike(first, second)
    names = _round_names(first, second)
    common = [city for city in dict.fromkeys(first.dataset.cities) if city in second.dataset.cities]
    chosen = list(dict.fromkeys(cities or sorted(common, key=lambda c: _order(first, c))))
    if not chosen:
        raise NotFoundError("compare.no_common_city")
    pairs = tuple(
        _pair(Side(first, first.row(city), names[0]), Side(second, second.row(city), names[1]))
        for city in chosen
    )
    sides = tuple(side for pair in pairs for side in (pair.side, pair.other))
    issues = list(unlike(first, second))
    said = {issue.fields.get("method") for issue in issues}
    relative = relative_findings(first.recipe)
    issues += [issue for issue in relative if issue.fields["method"] not in said]
    if not cities:
        issues += [*_left_out(first, second, names[0]), *_left_out(second, first, names[1])]
    return Comparison("rounds", sides, pairs, tuple(issues))


def _pair(side: Side, other: Side) -> Pair:
    return Pair(side, other, gap(side.assessment, side.row, other.assessment, other.row))


def _order(assessment: Assessment, city: str) -> tuple[bool, int, str]:
    rank = int(assessment.rank_array[assessment.row(city)])
    return rank == 0, rank, city


def _year(assessment: Assessment) -> int | None:
    years = set(assessment.dataset.years)
    return next(iter(years)) if len(years) == 1 else None


def _round_names(first: Assessment, second: Assessment) -> tuple[str, str]:
    """What tells the rounds apart: their years, else their files, else their numbers."""
    years = _year(first), _year(second)
    if all(years) and years[0] != years[1]:
        return str(years[0]), str(years[1])
    files = _file(first), _file(second)
    return files if all(files) and files[0] != files[1] else ("①", "②")


def _file(assessment: Assessment) -> str:
    sources = assessment.dataset.sources
    return PurePath(sources[0].file).stem if sources else ""


def _left_out(one: Assessment, other: Assessment, name: str) -> Iterator[Issue]:
    alone = sorted(set(one.dataset.cities) - set(other.dataset.cities))
    if alone:
        yield flag("only_in_one", side=name, cities=", ".join(alone))
