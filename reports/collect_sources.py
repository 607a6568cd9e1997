"""Where every value of a collection came from: file, sheet and cell."""

from __future__ import annotations

import math

from ..indicators.dataset import Dataset
from ..text import say
from .evaluation.sheet import Value

SOURCES = ("city", "year", "indicator", "name", "value", "written", "file", "sheet", "cell")
SOURCES_WIDTHS = (18, 8, 12, 34, 14, 18, 34, 18, 9)


def source_rows(dataset: Dataset, lang: str) -> list[list[Value]]:
    """One row for every cell that was filled in, by city, year and column.

    Returns
    -------
    list of list
        In the order of `SOURCES`: the value as it is scored, then the cell as it was written.
    """
    measures = dataset.framework.measures
    order = {code: place for place, code in enumerate(measures)}
    places = sorted(dataset.origins, key=lambda place: (place[0], order[place[1]]))
    rows: list[list[Value]] = []
    for row, code in places:
        origin = dataset.origins[row, code]
        if origin.raw.strip():
            where, name = origin.location, measures[code].name[lang]
            value = value_of(dataset, row, code, lang)
            rows.append([dataset.cities[row], dataset.years[row], code, name, value, origin.raw,
                         where.file, where.sheet, where.cell])  # fmt: skip
    return rows


def value_of(dataset: Dataset, row: int, code: str, lang: str) -> Value:
    """What the merged table holds: a number, a text, ``不适用``, or nothing."""
    if code in dataset.auxiliary:
        return dataset.auxiliary[code][row]
    if code not in dataset.framework.codes:
        return None
    column = dataset.framework.codes.index(code)
    value = float(dataset.values[row, column])
    if not math.isnan(value):
        return value
    applies = not dataset.not_applicable[row, column]
    return None if applies else say("form.answer.not_applicable", lang)
