"""What a workbook keeps of its making so that it can be verified: hidden lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...assess.assessment import Assessment
from ...assess.ruler import Ruler, fit
from ...errors import Issue, Location, MethodError
from ...indicators.dataset import Array, Origin, Source

_PIECE = 30_000
"""Characters of a line that one cell holds; Excel takes 32,767."""


@dataclass(frozen=True)
class Record:
    """What cannot be told from the visible sheets.

    Parameters
    ----------
    values : tuple of tuple of float or None
        The raw values when the workbook was written, one row a city.
    weights : mapping from node code to weight
        As they stood on the weights sheet.
    methods : tuple of str
    fitted : mapping from state name to array, or None
        The ruler's, where it was not fitted to this table.
    sources, absent, issues, origins
        Those of the dataset.
    """

    values: tuple[tuple[float | None, ...], ...]
    weights: Mapping[str, float]
    methods: tuple[str, ...]
    fitted: Mapping[str, Array] | None
    sources: tuple[Source, ...]
    absent: tuple[str, ...]
    issues: tuple[Issue, ...]
    origins: Mapping[tuple[int, str], Origin]


def lines_of_record(assessment: Assessment, weights: Mapping[str, float]) -> list[str]:
    """The record of an assessment as lines that fit into cells.

    Parameters
    ----------
    assessment : Assessment
    weights : mapping from node code to weight
        As they stand on the weights sheet.

    Returns
    -------
    list of str
    """
    dataset, ruler = assessment.dataset, assessment.ruler
    plain = {
        "values": [[None if np.isnan(v) else float(v) for v in row] for row in dataset.values],
        "weights": dict(weights),
        "methods": list(ruler.methods),
        "fitted": None if is_own(assessment) else _listed(ruler),
        "sources": [[source.file, source.sha256] for source in dataset.sources],
        "absent": list(dataset.absent),
        "issues": [_plain_issue(issue) for issue in dataset.issues],
        "origins": [
            [row, code, *_plain_location(origin.location), origin.raw]
            for (row, code), origin in dataset.origins.items()
        ],
    }
    text = json.dumps(plain, ensure_ascii=True, default=str)
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]


def record_from_lines(lines: Sequence[str]) -> Record:
    """The record that those lines hold.

    Raises
    ------
    ValueError
        If they hold none.
    """
    found = json.loads("".join(lines))
    fitted = found["fitted"]
    return Record(
        values=tuple(tuple(row) for row in found["values"]),
        weights=found["weights"],
        methods=tuple(found["methods"]),
        fitted=fitted and {name: np.array(state, dtype=float) for name, state in fitted.items()},
        sources=tuple(Source(file, sha256) for file, sha256 in found["sources"]),
        absent=tuple(found["absent"]),
        issues=tuple(_issue(plain) for plain in found["issues"]),
        origins=dict(_origins(found["origins"])),
    )


def is_own(assessment: Assessment) -> bool:
    """Whether the ruler was fitted to this very table, so that its marks can be formulas."""
    fitted = assessment.ruler.fitted
    if not fitted:
        return True
    try:
        own = fit(assessment.dataset, assessment.recipe).fitted
    except MethodError:
        return False
    return all(
        np.array_equal(own.get(name, np.empty(0)), state, equal_nan=True)
        for name, state in fitted.items()
    )


def _listed(ruler: Ruler) -> dict[str, Any]:
    return {
        name: [[None if np.isnan(v) else v for v in row] for row in state]
        if state.ndim == 2
        else state.tolist()
        for name, state in ruler.fitted.items()
    }


def _plain_location(location: Location) -> list[str | None]:
    return [location.file, location.sheet, location.cell]


def _plain_issue(issue: Issue) -> dict[str, Any]:
    return {
        "severity": issue.severity,
        "code": issue.code,
        "location": _plain_location(issue.location),
        "city": issue.city,
        "indicator": issue.indicator,
        "value": issue.value,
        "used": None if isinstance(issue.used, float) and np.isnan(issue.used) else issue.used,
        "fields": dict(issue.fields),
    }


def _issue(plain: Mapping[str, Any]) -> Issue:
    return Issue(**{**plain, "location": Location(*plain["location"])})


def _origins(plain: Iterable[Sequence[Any]]) -> Iterable[tuple[tuple[int, str], Origin]]:
    for row, code, file, sheet, cell, raw in plain:
        yield (int(row), code), Origin(Location(file, sheet, cell), raw)
