"""The cities' values that a written evaluation workbook states, with the user's changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...assess.prepare import prepare
from ...assess.recipe import Recipe
from ...indicators.dataset import Dataset
from ...indicators.framework import Framework
from .inputs import Inputs, number
from .layout import CITY, FIRST, HEAD_CODE, NOT_APPLICABLE, START, YEAR
from .record import Record


def stated_dataset(
    inputs: Inputs, framework: Framework, recipe: Recipe, record: Record
) -> tuple[Dataset, Dataset | None]:
    """Read the values that were scored, and those from which they were prepared.

    Returns
    -------
    dataset : Dataset
        Calculated from the sheet of reported values where there is one, else as on the data sheet.
    given : Dataset or None
        As read from the user's table, with the changes made on the sheet of reported values; None
        where nothing was prepared.
    """
    dataset, given = _data(inputs, framework, record), record.given_dataset(framework)
    if given is None or not _is_live(inputs):
        return dataset, given
    places = _places(dataset, given)
    reported = _reported(inputs, given, dataset, places)
    found = prepare(reported.rows(places), replace(recipe, screen=0.0)).dataset
    calculated = replace(
        dataset,
        values=found.values,
        not_applicable=found.not_applicable,
        imputed=found.imputed,
    )
    return calculated, reported


def _is_live(inputs: Inputs) -> bool:
    """Whether the data sheet is calculated from the values as they were reported."""
    return "reported" in inputs


def _data(inputs: Inputs, framework: Framework, record: Record) -> Dataset:
    rows = range(FIRST, FIRST + len(record.values))
    values = np.full((len(rows), len(framework.codes)), np.nan)
    not_applicable = np.zeros(values.shape, dtype=bool)
    for place, row in enumerate(rows):
        for position, written in enumerate(record.values[place]):
            column = START + position
            not_applicable[place, position] = _is_excused(inputs, "data", row, column)
            if not _is_live(inputs):
                found = inputs.number("data", row, column, written)
                values[place, position] = np.nan if found is None else found
    return Dataset(
        framework=framework,
        cities=tuple(str(inputs.cell("data", row, CITY)) for row in rows),
        years=tuple(_year(inputs.cell("data", row, YEAR)) for row in rows),
        values=values,
        not_applicable=not_applicable,
        auxiliary=_auxiliary(inputs, framework, rows),
        origins=record.origins,
        issues=record.issues,
        sources=record.sources,
        absent=record.absent,
        judgements=record.judgements,
        imputed=_mask(record.imputed, values.shape) if record.imputed else None,
    )


def _places(dataset: Dataset, given: Dataset) -> list[int]:
    """Where the rows of a dataset stand in what it was prepared from."""
    rows = {key: row for row, key in enumerate(zip(given.cities, given.years, strict=True))}
    return [rows[key] for key in zip(dataset.cities, dataset.years, strict=True)]


def _reported(inputs: Inputs, given: Dataset, dataset: Dataset, places: list[int]) -> Dataset:
    """What was read, with the changes made on the sheet of reported values."""
    values, excused = given.values.copy(), given.not_applicable.copy()
    auxiliary = {code: list(column) for code, column in given.auxiliary.items()}
    columns = _auxiliary_columns(inputs)
    for place, where in enumerate(places):
        row = FIRST + place
        for position, written in enumerate(given.values[where]):
            column = START + position
            known = None if np.isnan(written) else float(written)
            found = inputs.number("reported", row, column, known)
            values[where, position] = np.nan if found is None else found
            excused[where, position] = _is_excused(inputs, "reported", row, column)
        for code, entries in dataset.auxiliary.items():
            inputs.note("data", row, columns[code], auxiliary[code][where], entries[place])
            auxiliary[code][where] = entries[place]
    changed = {code: tuple(column) for code, column in auxiliary.items()}
    return replace(given, values=values, not_applicable=excused, auxiliary=changed)


def _auxiliary(
    inputs: Inputs, framework: Framework, rows: range
) -> dict[str, tuple[float | str | None, ...]]:
    codes = {one.code for one in framework.auxiliary}
    return {
        code: tuple(_entry(inputs.cell("data", row, column)) for row in rows)
        for code, column in _auxiliary_columns(inputs).items()
        if code in codes
    }


def _auxiliary_columns(inputs: Inputs) -> Mapping[str, int]:
    """Column of each auxiliary input, by the heads behind the gap after the indicators."""
    heads = {
        column: str(head)
        for (row, column), head in inputs.cells("data").items()
        if row == HEAD_CODE and column >= START
    }
    gap = next(column for column in range(START, max(heads) + 2) if column not in heads)
    return {head: column for column, head in heads.items() if column > gap}


def _is_excused(inputs: Inputs, sheet: str, row: int, column: int) -> bool:
    return inputs.cell(sheet, row, column) == NOT_APPLICABLE[inputs.lang]


def _mask(places: tuple[tuple[int, int], ...], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    for place in places:
        mask[place] = True
    return mask


def _year(found: object) -> int | None:
    year = number(found)
    return None if year is None else int(year)


def _entry(found: object) -> float | str | None:
    if found is None or found == "":
        return None
    return found if isinstance(found, str) else number(found)
