"""What a workbook keeps of its making so that it can be verified: hidden lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...assess.assessment import Assessment
from ...assess.prepare import prepare
from ...assess.ruler import computes_weights, fit, marks
from ...assess.tree import samples_of
from ...errors import Issue, Location, SteelyardError
from ...indicators.dataset import Array, Dataset, Origin, Source
from ...indicators.framework import Framework
from ...indicators.judgements import Judgements

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
    own_weights : bool
        Whether weights that are computed were computed from this table.
    own_preparation : bool
        Whether values were filled in and treated by what this table taught.
    judgements : Judgements or None
        The experts' behind the weights.
    given : mapping or None
        The dataset before it was prepared, where the recipe changes values; see `given_dataset`.
    imputed : tuple of (row, column)
        Values that were filled in.
    samples : mapping from node code to array
        The ruler's, where they are not of this table.
    """

    values: tuple[tuple[float | None, ...], ...]
    weights: Mapping[str, float]
    methods: tuple[str, ...]
    fitted: Mapping[str, Array] | None
    sources: tuple[Source, ...]
    absent: tuple[str, ...]
    issues: tuple[Issue, ...]
    origins: Mapping[tuple[int, str], Origin]
    own_weights: bool
    own_preparation: bool
    judgements: Judgements | None
    given: Mapping[str, Any] | None
    imputed: tuple[tuple[int, int], ...]
    samples: Mapping[str, Array]

    def given_dataset(self, framework: Framework) -> Dataset | None:
        """What the dataset was prepared from; None where it stands as it was read."""
        return _dataset(framework, self.given)


def _dataset(framework: Framework, plain: Mapping[str, Any] | None) -> Dataset | None:
    if plain is None:
        return None
    values = np.array(plain["values"], dtype=np.float64)
    not_applicable = np.zeros(values.shape, dtype=bool)
    for row, column in plain["not_applicable"]:
        not_applicable[row, column] = True
    return Dataset(
        framework=framework,
        cities=tuple(plain["cities"]),
        years=tuple(plain["years"]),
        values=values,
        not_applicable=not_applicable,
        auxiliary={code: tuple(found) for code, found in plain["auxiliary"].items()},
        other_years=_dataset(framework, plain.get("other_years")),
    )


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
        "values": _plain_values(dataset.values),
        "weights": dict(weights),
        "methods": list(ruler.methods),
        "fitted": None if is_own(assessment) else _listed(ruler.fitted),
        "sources": [[source.file, source.sha256] for source in dataset.sources],
        "absent": list(dataset.absent),
        "issues": [_plain_issue(issue) for issue in dataset.issues],
        "origins": [
            [row, code, *_plain_location(origin.location), origin.raw]
            for (row, code), origin in dataset.origins.items()
        ],
        "own_weights": has_own_weights(assessment),
        "own_preparation": is_prepared_by_own(assessment),
        "judgements": dataset.judgements.to_plain() if dataset.judgements else None,
        "given": _plain_given(assessment.given),
        "imputed": [] if dataset.imputed is None else np.argwhere(dataset.imputed).tolist(),
        "samples": _listed(foreign_samples(assessment)),
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
        fitted=fitted and _arrays(fitted),
        sources=tuple(Source(file, sha256) for file, sha256 in found["sources"]),
        absent=tuple(found["absent"]),
        issues=tuple(_issue(plain) for plain in found["issues"]),
        origins=dict(_origins(found["origins"])),
        own_weights=found["own_weights"],
        own_preparation=found.get("own_preparation", True),
        judgements=found["judgements"] and Judgements.from_plain(found["judgements"]),
        given=found["given"],
        imputed=tuple((row, column) for row, column in found["imputed"]),
        samples=_arrays(found.get("samples", {})),
    )


def _arrays(states: Mapping[str, Any]) -> dict[str, Array]:
    return {name: np.array(state, dtype=float) for name, state in states.items()}


def is_own(assessment: Assessment) -> bool:
    """Whether the ruler was fitted to this very table, so that its marks can be formulas."""
    fitted = assessment.ruler.fitted
    if not fitted:
        return True
    try:
        own = marks(assessment.dataset, assessment.recipe).fitted
    except SteelyardError:
        return False
    return all(
        np.array_equal(own.get(name, np.empty(0)), state, equal_nan=True)
        for name, state in fitted.items()
    )


def is_prepared_by_own(assessment: Assessment) -> bool:
    """Whether values were filled in and treated by what this very table teaches."""
    if assessment.given is None:
        return True
    try:
        own = prepare(assessment.given, assessment.recipe).dataset.values
    except SteelyardError:
        return False
    used = assessment.dataset.values
    return own.shape == used.shape and np.allclose(own, used, 1e-12, 0, equal_nan=True)


def foreign_samples(assessment: Assessment) -> Mapping[str, Array]:
    """The ruler's scores below nodes, where they are not those of this very table."""
    own = samples_of(assessment.framework, assessment.tree, assessment.recipe)
    return {
        code: sample
        for code, sample in assessment.ruler.samples.items()
        if not _same_rows(own[code], sample)
    }


def _same_rows(one: Array, two: Array) -> bool:
    """Whether two tables hold the same rows, in whatever order."""
    return one.shape == two.shape and np.array_equal(_sorted(one), _sorted(two), equal_nan=True)


def _sorted(rows: Array) -> Array:
    return rows[np.lexsort(rows.T)]


def has_own_weights(assessment: Assessment) -> bool:
    """Whether weights that are computed were computed from this very table."""
    recipe, used = assessment.recipe, assessment.ruler.weights
    if not computes_weights(recipe):
        return False
    try:
        own = fit(assessment.dataset, recipe).weights
    except SteelyardError:
        return False
    return all(abs(own[code] - used[code]) <= 1e-12 for code in own)


def _plain_values(values: Array) -> list[list[float | None]]:
    return [[None if np.isnan(v) else float(v) for v in row] for row in values]


def _plain_given(given: Dataset | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {
        "cities": list(given.cities),
        "years": list(given.years),
        "values": _plain_values(given.values),
        "not_applicable": np.argwhere(given.not_applicable).tolist(),
        "auxiliary": {code: list(found) for code, found in given.auxiliary.items()},
        "other_years": _plain_given(given.other_years),
    }


def _listed(states: Mapping[str, Array]) -> dict[str, Any]:
    return {
        name: [[None if np.isnan(v) else v for v in row] for row in state]
        if state.ndim == 2
        else state.tolist()
        for name, state in states.items()
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
        "year": None if issue.year is None else int(issue.year),
    }


def _issue(plain: Mapping[str, Any]) -> Issue:
    return Issue(**{**plain, "location": Location(*plain["location"])})


def _origins(plain: Iterable[Sequence[Any]]) -> Iterable[tuple[tuple[int, str], Origin]]:
    for row, code, file, sheet, cell, raw in plain:
        yield (int(row), code), Origin(Location(file, sheet, cell), raw)
