"""From a written evaluation workbook back to the assessment that it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...assess.assessment import Assessment
from ...assess.prepare import prepare
from ...assess.recipe import Recipe
from ...assess.ruler import Ruler, computes_weights, fit, marks
from ...assess.score import score_prepared
from ...assess.spread import spread_of
from ...errors import InputError, Issue, Location, SteelyardError
from ...indicators.dataset import Array, Dataset
from ...indicators.framework import Framework
from ...indicators.local_weights import local_weights
from . import compare, profile_places
from .inputs import Inputs, Values, is_close, shown_as
from .layout import COMPARED, FIRST, START, Layout
from .method import RECIPE_ROW, RECORD_COLUMN
from .record import Record, record_from_lines
from .stated_dataset import stated_dataset
from .stated_framework import stated_framework, written_framework


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
    InputError
        If the inputs as they stand cannot be scored.
    LookupError, ValueError, FrameworkError, RecipeError
        If it is not an evaluation workbook, or its hidden record is damaged.
    """
    inputs = Inputs(values, file)
    record = record_from_lines(inputs.lines("source", RECORD_COLUMN))
    recipe = Recipe.from_json(str(inputs.cell("method", RECIPE_ROW, 2)))
    written = written_framework(inputs)
    try:
        assessment, wrong = _scored(inputs, written, recipe, record)
    except SteelyardError as error:
        place = Location(file)
        refused = Issue("error", "reports.inputs_refused", place, fields={"why": error})
        raise InputError([*inputs.edits, refused]) from error
    labels = Layout(assessment, inputs.lang).labels
    return Restated(
        assessment,
        inputs.lang,
        labels.index(str(inputs.cell("profile", profile_places.PICK, 2))),
        tuple(
            labels.index(str(inputs.cell("compare", compare.PICK, 3 + number)))
            for number in range(min(COMPARED, len(assessment.dataset)))
        ),
        tuple(inputs.edits),
        wrong,
    )


def _scored(
    inputs: Inputs, written: Framework, recipe: Recipe, record: Record
) -> tuple[Assessment, tuple[Issue, ...]]:
    """The assessment, and the cells that preparing the values as read does not lead to."""
    framework = stated_framework(inputs, written, recipe, record)
    dataset, given = stated_dataset(inputs, framework, recipe, record)
    ruler = _ruler(dataset, recipe, record, local_weights(framework))
    assessment = score_prepared(dataset, recipe, ruler, given)
    read = record.given_dataset(framework)
    if read is None or not record.own_preparation:
        return assessment, ()
    prepared = prepare(read, recipe)
    wrong = _unprepared(inputs, prepared.dataset.values, record)
    if prepared.draws is not None:
        assessment = replace(assessment, spread=spread_of(assessment, prepared.draws))
    return assessment, tuple(wrong)


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


def _unprepared(inputs: Inputs, again: Array, record: Record) -> list[Issue]:
    """What filling in and treating the values as read does not lead to."""
    wrong = []
    for place, kept in enumerate(record.values):
        for position, written in enumerate(kept):
            value = None if np.isnan(again[place, position]) else float(again[place, position])
            if value != written and not is_close(value, written, 1e-9):
                cell = inputs.place("data", FIRST + place, START + position)
                shown = {"found": shown_as(written), "expected": shown_as(value)}
                wrong.append(Issue("error", "reports.prepared", cell, fields=shown))
    return wrong
