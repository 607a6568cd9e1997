"""From a written evaluation workbook back to the assessment that it states."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...assess.assessment import Assessment
from ...assess.prepare import prepare
from ...assess.recipe import Recipe
from ...assess.ruler import Ruler, computes_weights, fit, marks
from ...assess.score import score_prepared
from ...assess.spread import spread_of
from ...errors import Issue, Location
from ...indicators.dataset import Array, Dataset
from ...indicators.framework import Framework, Level, LevelSet, Node
from ...indicators.loading import framework_from_yaml
from ...indicators.local_weights import local_weights
from ...text import LANGUAGES, say
from . import compare, profile_places
from .layout import (
    CITY,
    COMPARED,
    FIRST,
    FRAMEWORK_COLUMNS,
    HEAD_CODE,
    NODE_FIRST,
    NOT_APPLICABLE,
    START,
    WEIGHT_COLUMNS,
    YEAR,
    Layout,
)
from .levels import SET_FIRST, policy_row
from .method import RECIPE_ROW, RECORD_COLUMN
from .record import Record, record_from_lines

Values = Mapping[str, Mapping[tuple[int, int], object]]
"""Cell values by sheet name, row and column."""


@dataclass(frozen=True)
class Restated:
    """What a workbook states.

    Parameters
    ----------
    assessment : Assessment
        Scored anew from the workbook's own inputs.
    lang : {"zh", "en"}
    profiled : int
    compared : tuple of int
        The cities picked from its drop-downs.
    edits : tuple of Issue
        Raw values, weights, goalposts and bounds changed since it was written.
    wrong : tuple of Issue
        Cells that preparing the values as read does not lead to.
    """

    assessment: Assessment
    lang: str
    profiled: int
    compared: tuple[int, ...]
    edits: tuple[Issue, ...]
    wrong: tuple[Issue, ...]


class _Reader:
    """Reads the inputs of one workbook."""

    def __init__(self, values: Values, file: str) -> None:
        self.values, self.file = values, file
        self.lang = next(
            lang
            for lang in LANGUAGES
            if all(self._name(sheet, lang) in values for sheet in ("data", "method", "source"))
        )
        self.edits: list[Issue] = []
        self.wrong: list[Issue] = []

    def restate(self) -> Restated:
        written = framework_from_yaml("\n".join(self._column("source", 1)), self.file)
        record = record_from_lines(self._column("source", RECORD_COLUMN))
        recipe = Recipe.from_json(str(self._cell("method", RECIPE_ROW, 2)))
        weighed = written if computes_weights(recipe) else self._weights(written, record)
        framework = self._levels(self._goalposts(weighed), recipe)
        dataset = self._dataset(framework, record)
        given = record.given_dataset(framework)
        ruler = _ruler(dataset, recipe, record, local_weights(framework))
        assessment = score_prepared(dataset, recipe, ruler, given)
        if given is not None and record.fitted is None:
            prepared = prepare(given, recipe)
            self._check_prepared(prepared.dataset.values, record)
            if prepared.draws is not None:
                assessment = replace(assessment, spread=spread_of(assessment, prepared.draws))
        labels = Layout(assessment, self.lang).labels
        return Restated(
            assessment,
            self.lang,
            labels.index(str(self._cell("profile", profile_places.PICK, 2))),
            tuple(
                labels.index(str(self._cell("compare", compare.PICK, 3 + number)))
                for number in range(min(COMPARED, len(dataset)))
            ),
            tuple(self.edits),
            tuple(self.wrong),
        )

    def _name(self, sheet: str, lang: str | None = None) -> str:
        return say(f"workbook.sheets.{sheet}", lang or self.lang)

    def _cell(self, sheet: str, row: int, column: int) -> object:
        return self.values[self._name(sheet)].get((row, column))

    def _column(self, sheet: str, column: int) -> list[str]:
        lines = {row: text for (row, at), text in self._all(sheet).items() if at == column}
        return [str(lines.get(row, "")) for row in range(1, max(lines, default=0) + 1)]

    def _all(self, sheet: str) -> Mapping[tuple[int, int], object]:
        return self.values[self._name(sheet)]

    def _input(self, sheet: str, row: int, column: int, written: float | None) -> float | None:
        """A number that the user may have changed; noted as an edit where it was."""
        found = _number(self._cell(sheet, row, column))
        if found != written and not _close(found, written):
            from .sheet import at

            place = Location(self.file, self._name(sheet), at(row, column))
            shown = {"written": _shown(written), "found": _shown(found)}
            self.edits.append(Issue("flagged", "reports.edited", place, fields=shown))
        return found

    def _weights(self, framework: Framework, record: Record) -> Framework:
        nodes = [framework.root]
        for place, node in enumerate(framework.nodes[1:]):
            if node.block != "index":
                nodes.append(node)
                continue
            column = WEIGHT_COLUMNS["weight"]
            found = self._input("weights", NODE_FIRST + place, column, record.weights[node.code])
            nodes.append(replace(node, weight=found or 0.0))
        return replace(framework, nodes=tuple(nodes))

    def _goalposts(self, framework: Framework) -> Framework:
        nodes = [framework.root]
        for place, node in enumerate(framework.nodes[1:]):
            nodes.append(self._with_goalposts(node, NODE_FIRST + place))
        return replace(framework, nodes=tuple(nodes))

    def _with_goalposts(self, node: Node, row: int) -> Node:
        indicator = node.indicator
        if indicator is None:
            return node

        def read(field: str, written: float | None) -> float | None:
            return self._input("framework", row, FRAMEWORK_COLUMNS[field], written)

        changed = replace(
            indicator, low=read("low", indicator.low), high=read("high", indicator.high)
        )
        if indicator.interval:
            start = read("start", indicator.interval[0])
            end = read("end", indicator.interval[1])
            if start is not None and end is not None:
                changed = replace(changed, interval=(start, end))
        return replace(node, indicator=changed)

    def _levels(self, framework: Framework, recipe: Recipe) -> Framework:
        chosen = framework.level_set(recipe.levels)
        policy = policy_row(chosen)
        coverage = framework.coverage
        overall = self._input("levels", policy, 2, coverage.overall)
        goal = self._input("levels", policy + 1, 2, coverage.goal)
        framework = replace(
            framework,
            coverage=replace(
                coverage,
                overall=coverage.overall if overall is None else overall,
                goal=coverage.goal if goal is None else goal,
            ),
        )
        if chosen is None:
            return framework
        levels = tuple(self._bound(level, place) for place, level in enumerate(chosen.levels))
        changed = LevelSet(chosen.name, chosen.title, levels)
        sets = tuple(changed if one.name == chosen.name else one for one in framework.level_sets)
        return replace(framework, level_sets=sets)

    def _bound(self, level: Level, place: int) -> Level:
        lower = self._input("levels", SET_FIRST + place, 3, level.lower)
        return replace(level, lower=level.lower if lower is None else lower)

    def _dataset(self, framework: Framework, record: Record) -> Dataset:
        rows = range(FIRST, FIRST + len(record.values))
        columns = range(START, START + len(framework.codes))
        values = np.full((len(rows), len(columns)), np.nan)
        not_applicable = np.zeros(values.shape, dtype=bool)
        for place, row in enumerate(rows):
            for position, column in enumerate(columns):
                written = record.values[place][position]
                found = self._input("data", row, column, written)
                values[place, position] = np.nan if found is None else found
                mark = self._cell("data", row, column) == NOT_APPLICABLE[self.lang]
                not_applicable[place, position] = mark
        return Dataset(
            framework=framework,
            cities=tuple(str(self._cell("data", row, CITY)) for row in rows),
            years=tuple(_year(self._cell("data", row, YEAR)) for row in rows),
            values=values,
            not_applicable=not_applicable,
            auxiliary=self._auxiliary(framework, rows),
            origins=record.origins,
            issues=record.issues,
            sources=record.sources,
            absent=record.absent,
            judgements=record.judgements,
            imputed=_mask(record.imputed, values.shape) if record.imputed else None,
        )

    def _check_prepared(self, again: Array, record: Record) -> None:
        """Note what filling in and treating the values as read does not lead to."""
        from .sheet import at

        for place, kept in enumerate(record.values):
            for position, written in enumerate(kept):
                value = None if np.isnan(again[place, position]) else float(again[place, position])
                if value != written and not _close(value, written, 1e-9):
                    where = at(FIRST + place, START + position)
                    cell = Location(self.file, self._name("data"), where)
                    shown = {"found": _shown(written), "expected": _shown(value)}
                    self.wrong.append(Issue("error", "reports.prepared", cell, fields=shown))

    def _auxiliary(
        self, framework: Framework, rows: range
    ) -> dict[str, tuple[float | str | None, ...]]:
        codes = {one.code for one in framework.auxiliary}
        found = {}
        for (row, column), head in self._all("data").items():
            if row == HEAD_CODE and column > START + len(framework.codes) and head in codes:
                entries = (self._cell("data", at_row, column) for at_row in rows)
                found[str(head)] = tuple(_entry(entry) for entry in entries)
        return found


def restate(values: Values, file: str) -> Restated:
    """Read a workbook's own inputs and score them anew.

    Parameters
    ----------
    values : mapping from sheet name to the values of its cells
    file : str
        What to call the workbook in findings.

    Returns
    -------
    Restated

    Raises
    ------
    LookupError, ValueError, SteelyardError
        If it is not an evaluation workbook, or its hidden record is damaged.
    """
    try:
        return _Reader(values, file).restate()
    except StopIteration as error:
        raise LookupError(file) from error


def _ruler(dataset: Dataset, recipe: Recipe, record: Record, weights: Mapping[str, float]) -> Ruler:
    own = record.fitted is None
    base = marks(dataset, recipe) if own else Ruler(record.methods, record.fitted or {}, weights)
    base = replace(base, samples=record.samples)
    if not computes_weights(recipe):
        return replace(base, weights=weights)
    if not record.own_weights:
        return replace(base, weights=record.weights)
    found = fit(dataset, recipe)
    return replace(base, weights=found.weights, weighing=found.weighing)


def _mask(places: tuple[tuple[int, int], ...], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    for place in places:
        mask[place] = True
    return mask


def _number(found: object) -> float | None:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found)


def _close(found: float | None, written: float | None, noise: float = 0.0) -> bool:
    if found is None or written is None:
        return False
    return math.isclose(found, written, rel_tol=max(noise, 1e-15), abs_tol=noise)


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.15g}"


def _year(found: object) -> int | None:
    number = _number(found)
    return None if number is None else int(number)


def _entry(found: object) -> float | str | None:
    if found is None or found == "":
        return None
    return found if isinstance(found, str) else _number(found)
