"""A comparison of recipes as a workbook: ranks, who moves, how alike the rankings are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule

from ..assess.recipe_comparison import RecipeComparison, label_of
from ..atomic import replacing
from ..text import say
from .evaluation.charts import dress
from .evaluation.layout import span
from .evaluation.sheet import Book, Sheet, at, on
from .evaluation.style import MIDDLE
from .evaluation.writer import write_book

HEAD, FIRST = 4, 5
_GOOD, _POOR = "92C5DE", "FDB863"
"""Light enough for figures to be read on them."""
_SHOWN = 20
"""Cities on the chart of who moves most."""


def write_recipe_comparison(
    comparison: RecipeComparison, path: str | Path, lang: str = "zh"
) -> None:
    """Write a comparison of recipes; places, moves, shifts and Spearman's ρ are formulas.

    Parameters
    ----------
    comparison : RecipeComparison
    path : str or Path
        The .xlsx file; written whole or not at all.
    lang : {"zh", "en"}

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    with replacing(path) as draft:
        write_book(build(comparison, lang), draft)


def build(comparison: RecipeComparison, lang: str) -> Book:
    """Build the workbook of a comparison of recipes in memory."""
    book = _Writer(comparison, lang)
    sheets = (
        book.ranks(),
        book.moves(),
        book.correlations(),
        book.scores(),
        book.recipes(),
        book.middle_ranks(),
    )
    return Book(sheets, say("recipes.title.ranks", lang), lang)


class _Writer:
    """Writes the sheets; all of them list the cities in the order of the first recipe."""

    def __init__(self, comparison: RecipeComparison, lang: str) -> None:
        self.found, self.lang = comparison, lang
        ranks = comparison.ranks
        first = ranks.iloc[:, 0]
        order = first.where(first > 0, len(first) + 1).sort_values(kind="stable").index
        self.table = ranks.loc[order].where(ranks.loc[order] > 0)
        self.names = [str(name) for name in ranks.columns]
        self.last = HEAD + len(self.table)
        self.whole = bool(self.table.notna().all(axis=None))

    def say(self, key: str, **words: object) -> str:
        return say(f"recipes.{key}", self.lang, **words)

    def start(self, key: str, heads: Sequence[str], widths: Sequence[float]) -> Sheet:
        sheet = Sheet(self.say(f"sheet.{key}"))
        sheet.put(1, 1, self.say(f"title.{key}"), "title")
        sheet.put(2, 1, self.say(f"note.{key}"), "subtitle")
        for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
            sheet.widths[column] = width
            sheet.put(HEAD, column, head, "head")
            if column > 1:
                sheet.put(1, column, None, "title")
                sheet.put(2, column, None, "subtitle")
        longest = max(len(head) for head in heads)
        sheet.heights |= {1: 28, 2: 18, HEAD: 30 + 13 * (longest // 18)}
        sheet.freeze, sheet.repeat_rows = (FIRST, 2), (HEAD, HEAD)
        return sheet

    def by_recipe(self, key: str, *more: str) -> Sheet:
        """A sheet with a column for each recipe, and the cities down its side."""
        heads = [self.say("city"), *self.names, *(self.say(one) for one in more)]
        sheet = self.start(key, heads, [22, *[18] * len(self.names), *[12] * len(more)])
        for row, city in enumerate(self.table.index, start=FIRST):
            sheet.put(row, 1, label_of(city), "strong")
        return sheet

    def area(self, row: int | None = None) -> str:
        """The ranks of one city, or of all."""
        first, last = (FIRST, self.last) if row is None else (row, row)
        return f"{at(first, 2)}:{at(last, 1 + len(self.names))}"

    def ranks(self) -> Sheet:
        sheet = self.by_recipe("ranks", "places")
        for row, ranks in enumerate(self.table.to_numpy(), start=FIRST):
            for column, rank in enumerate(ranks, start=2):
                sheet.put(row, column, "—" if pd.isna(rank) else int(rank), "whole_strong")
            known = [int(rank) for rank in ranks if not pd.isna(rank)]
            whole = f'IF(COUNT({span(row, 2, 1 + len(self.names))})=0,"",MAX({self.area(row)})'
            whole += f"-MIN({self.area(row)}))"
            places = max(known) - min(known) if known else ""
            sheet.put(row, 2 + len(self.names), places, "whole", whole)
        sheet.finish.append(_from_low(self.area()))
        return sheet

    def moves(self) -> Sheet:
        heads = [self.say(key) for key in ("city", "best", "worst", "places")]
        sheet = self.start("moves", heads, [22, 12, 12, 14])
        source, places = self.say("sheet.ranks"), list(self.table.index)
        for row, (city, found) in enumerate(self.found.moves.iterrows(), start=FIRST):
            sheet.put(row, 1, label_of(city), "strong")
            there = on(source, self.area(FIRST + places.index(city)))
            best, worst = found["best"], found["worst"]
            for column, (name, value) in enumerate((("MIN", best), ("MAX", worst)), start=2):
                formula = f'IF(COUNT({there})=0,"",{name}({there}))'
                sheet.put(row, column, "" if pd.isna(value) else int(value), "whole", formula)
            between = "" if pd.isna(best) else int(worst - best)
            formula = f'IF({at(row, 2)}="","",{at(row, 3)}-{at(row, 2)})'
            sheet.put(row, 4, between, "whole_strong", formula)
        sheet.finish.append(self._chart)
        return sheet

    def _chart(self, target: Any) -> None:
        last = min(self.last, HEAD + _SHOWN)
        chart = BarChart()
        chart.type, chart.gapWidth, chart.legend = "bar", 40, None
        values = Reference(target, min_col=4, min_row=HEAD, max_row=last)
        chart.add_data(values, titles_from_data=True)
        chart.set_categories(Reference(target, min_col=1, min_row=FIRST, max_row=last))
        dress(chart, None)
        chart.varyColors, chart.x_axis.tickLblSkip = False, 1
        chart.title, chart.x_axis.scaling.orientation = self.say("places"), "maxMin"
        chart.width, chart.height = 20, 3 + 0.55 * (last - HEAD)
        target.add_chart(chart, "F4")

    def correlations(self) -> Sheet:
        heads = [self.say("recipe"), *self.names]
        sheet = self.start("correlations", heads, [34, *[18] * len(self.names)])
        row = HEAD
        for key, table in (
            ("spearman", self.found.spearman),
            ("kendall", self.found.kendall),
            ("shift", self.found.shift),
        ):
            live = self.whole and key != "kendall"
            sheet.put(row, 1, self.say(key) + ("" if live else self.say("pasted")), "head")
            for column, name in enumerate(self.names, start=2):
                sheet.put(row, column, name, "head")
            sheet.heights[row] = sheet.heights[HEAD]
            for one, name in enumerate(self.names):
                sheet.put(row + 1 + one, 1, name, "wrapped")
                for other, value in enumerate(table.iloc[one]):
                    formula = getattr(self, f"_{key}")(one, other) if live else None
                    shown = "—" if pd.isna(value) else float(value)
                    formula = None if shown == "—" else formula
                    sheet.put(row + 1 + one, 2 + other, shown, "number", formula)
            area = f"{at(row + 1, 2)}:{at(row + len(self.names), 1 + len(self.names))}"
            sheet.finish.append((_from_low if key == "shift" else _from_opposite)(area))
            row += len(self.names) + 2
        return sheet

    def _spearman(self, one: int, other: int) -> str:
        sheet = self.say("sheet.middle")
        ranges = (self._column(sheet, place) for place in (one, other))
        return f"CORREL({','.join(ranges)})"

    def _shift(self, one: int, other: int) -> str:
        sheet = self.say("sheet.ranks")
        first, second = (self._column(sheet, place) for place in (one, other))
        up, down = (
            f"({first}>{second})*({first}-{second})",
            f"({second}>{first})*({second}-{first})",
        )
        return f"(SUMPRODUCT({up})+SUMPRODUCT({down}))/{len(self.table)}"

    def _column(self, sheet: str, place: int) -> str:
        first, last = at(FIRST, 2 + place, True, True), at(self.last, 2 + place, True, True)
        return on(sheet, f"{first}:{last}")

    def middle_ranks(self) -> Sheet:
        """Ranks with ties at their mean, for the correlations."""
        sheet, source = self.by_recipe("middle"), self.say("sheet.ranks")
        middle = self.table.rank(method="average")
        for row, ranks in enumerate(middle.to_numpy(), start=FIRST):
            for column, rank in enumerate(ranks, start=2):
                if pd.isna(rank):
                    sheet.put(row, column, "—", "number")
                    continue
                own, among = on(source, at(row, column)), self._column(source, column - 2)
                formula = f"RANK({own},{among},1)+(COUNTIF({among},{own})-1)/2"
                sheet.put(row, column, float(rank), "number", formula)
        sheet.hidden = True
        return sheet

    def scores(self) -> Sheet:
        sheet = self.by_recipe("scores")
        for row, scores in enumerate(self.found.scores.loc[self.table.index].to_numpy(), FIRST):
            for column, score in enumerate(scores, start=2):
                sheet.put(row, column, "—" if pd.isna(score) else float(score), "number")
        return sheet

    def recipes(self) -> Sheet:
        heads = [self.say("recipe"), self.say("whole")]
        sheet = self.start("recipes", heads, [40, 110])
        row = FIRST
        for name, recipe in self.found.recipes.items():
            sheet.put(row, 1, name, "wrapped")
            sheet.put(row, 2, recipe.to_json(), "wrapped")
            sheet.heights[row] = 46
            row += 1
        for issue in self.found.issues:
            row += 1
            sheet.put(row, 1, f"{issue.message(self.lang)} {issue.fix(self.lang)}", "plain")
        return sheet


def _from_low(area: str) -> Callable[[Any], None]:
    """Colours from the lowest number of an area, the best, to the highest."""
    rule = ColorScaleRule("min", 0, _GOOD, "percentile", 50, MIDDLE, "max", 0, _POOR)
    return lambda target: target.conditional_formatting.add(area, rule)


def _from_opposite(area: str) -> Callable[[Any], None]:
    """Colours of correlations, from −1 to 1."""
    rule = ColorScaleRule("num", -1, _POOR, "num", 0, MIDDLE, "num", 1, _GOOD)
    return lambda target: target.conditional_formatting.add(area, rule)
