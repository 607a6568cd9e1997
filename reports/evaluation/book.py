"""The evaluation workbook as a whole."""

from __future__ import annotations

from dataclasses import replace

from ...assess.assessment import Assessment
from ...indicators.dataset import Dataset
from .coherence import coherence_sheet
from .compare import compare_sheet
from .contributions import contributions_sheet
from .data import data_sheet
from .framework import framework_sheet
from .heatmap import heatmap_sheet
from .imputation import imputation_sheet
from .issues import issues_sheet
from .layout import Layout
from .method import method_sheet, source_sheet
from .normalised import normalised_sheet
from .profile import profile_sheet
from .ranking import ranking_sheet
from .scores import scores_sheet
from .sheet import Book, Sheet
from .summary import summary_sheet
from .terms import terms_sheet
from .verified import verified_sheet
from .weighing import weighing_sheet
from .weights import weights_sheet


def build(
    assessment: Assessment,
    lang: str,
    profiled: int | None = None,
    compared: tuple[int, ...] = (),
) -> Book:
    """Build the workbook of an assessment in memory.

    Parameters
    ----------
    assessment : Assessment
    lang : {"zh", "en"}
    profiled : int, optional
        Dataset row of the city picked for the profile; the first of the ranking unless given.
    compared : tuple of int
        Dataset rows of the cities picked for comparison; the first of the ranking unless given.

    Returns
    -------
    Book
    """
    layout = Layout(_by_year(assessment), lang, profiled, compared)
    sheets: dict[str, Sheet | None] = {
        "ranking": ranking_sheet(layout),
        "profile": profile_sheet(layout),
        "gap": layout.gap,
        "compare": compare_sheet(layout),
        "heatmap": heatmap_sheet(layout),
        "reported": layout.reported.sheet() if layout.reported else None,
        "data": data_sheet(layout),
        "normalised": normalised_sheet(layout),
        "scores": scores_sheet(layout),
        "terms": terms_sheet(layout),
        "contributions": contributions_sheet(layout),
        "weights": weights_sheet(layout),
        "weighing": weighing_sheet(layout),
        "framework": framework_sheet(layout),
        "levels": layout.levels,
        "issues": issues_sheet(layout),
        "verified": verified_sheet(layout),
        "coherence": coherence_sheet(layout),
        "imputation": imputation_sheet(layout),
        "method": method_sheet(layout),
        "source": source_sheet(layout),
    }
    present = {key: sheet for key, sheet in sheets.items() if sheet is not None}
    summary = summary_sheet(layout, list(present))
    for sheet in present.values():
        _link_back(layout, sheet)
    title = layout.framework.title[lang]
    return Book((summary, *present.values()), title, lang)


def _by_year(assessment: Assessment) -> Assessment:
    """The same with the latest year first, so that each year is one block of rows."""
    dataset, given = assessment.dataset, assessment.given
    order = _latest_first(dataset)
    if order == list(range(len(dataset))):
        return assessment
    if given is not None:
        given = given.rows(_latest_first(given))
    return replace(assessment.rows(order), given=given)


def _latest_first(dataset: Dataset) -> list[int]:
    return sorted(range(len(dataset)), key=lambda row: (-(dataset.years[row] or 0), row))


def _link_back(layout: Layout, sheet: Sheet) -> None:
    """Beside the title, a way back to the summary."""
    if sheet.hidden:
        return
    column = max(column for row, column in sheet.cells if row == 1) + 1
    text = f"← {layout.name('summary')}"
    sheet.put(1, column, text, "contents", link=layout.link("summary"))
    sheet.widths.setdefault(column, 11)
