"""The imputation sheet: what the doubt about filled-in values does to every score and rank."""

from __future__ import annotations

from .banner import start
from .layout import CITY, YEAR, Layout
from .sheet import Sheet, Value

HEAD = 4
_COLUMNS = ("city", "year", "index", "deviation", "rank", "best_rank", "worst_rank", "filled")


def imputation_sheet(layout: Layout) -> Sheet | None:
    """Build the sheet; None unless missing values were imputed several times."""
    spread = layout.assessment.spread
    if spread is None:
        return None
    sheet = start(layout, "imputation", len(_COLUMNS))
    sheet.as_written = True
    for column, key in enumerate(_COLUMNS, start=1):
        sheet.put(HEAD, column, layout.say(f"imputation_heads.{key}"), "head")
    for number, place in enumerate(layout.order):
        for column, value in enumerate(_line(layout, place), start=1):
            style = {CITY: "strong", YEAR: "whole", 3: "number_strong", 4: "number"}
            sheet.put(HEAD + 1 + number, column, value, style.get(column, "whole"))
    note = layout.say("imputation_note", draws=spread.draws)
    sheet.put(HEAD + layout.count + 2, 1, note, "plain")
    sheet.width({1: 20} | dict.fromkeys(range(2, len(_COLUMNS) + 1), 13.0))
    sheet.heights[HEAD] = 32
    sheet.freeze, sheet.repeat_rows = (HEAD + 1, 2), (HEAD, HEAD)
    sheet.landscape = False
    return sheet


def _line(layout: Layout, place: int) -> list[Value]:
    assessment, spread = layout.assessment, layout.assessment.spread
    assert spread is not None
    dataset = assessment.dataset
    score = assessment.tree.scores[place, 0]
    imputed = 0 if dataset.imputed is None else int(dataset.imputed[place].sum())
    return [
        dataset.cities[place],
        dataset.years[place] or "",
        float(score) if score == score else "",  # noqa: PLR0124 NaN is not itself
        float(spread.deviation[place, 0]) if score == score else "",  # noqa: PLR0124
        int(assessment.rank_array[place]) or "—",
        int(spread.best[place]) or "—",
        int(spread.worst[place]) or "—",
        imputed,
    ]
