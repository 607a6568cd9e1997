"""A comparison of recipes as a workbook: ranks, who moves, how alike the rankings are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule

from ..assess.recipe_comparison import RecipeComparison, label_of
from ..assess.recipe_words import words_of
from ..atomic import replacing
from ..text import say
from .evaluation.charts import dress
from .evaluation.framework import lines_of
from .evaluation.layout import span
from .evaluation.sheet import Book, Sheet, at, on
from .evaluation.style import MIDDLE
from .evaluation.writer import write_book

HEAD, FIRST = 4, 6
"""The heads, and the first city under what is said of each recipe."""
_BAND = 14
"""Columns of the title band where a chart stands beside the table."""
_GOOD, _POOR = "92C5DE", "FDB863"
"""Light enough for figures to be read on them."""
_RECIPE_WIDTHS = (40, 70, 70)
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
        self.table = comparison.ordered()
        self.names = [str(name) for name in self.table.columns]
        self.scored = list(comparison.recipes)
        self.last = FIRST - 1 + len(self.table)
        self.whole = bool(self.table[self.scored].notna().all(axis=None))
        self.relative = {
            issue.fields["recipe"]: issue.fields["methods"]
            for issue in comparison.issues
            if issue.code == "assess.recipe_relative"
        }

    def say(self, key: str, **words: object) -> str:
        return say(f"recipes.{key}", self.lang, **words)

    def start(
        self, key: str, heads: Sequence[str], widths: Sequence[float], band: int = 0
    ) -> Sheet:
        sheet = Sheet(self.say(f"sheet.{key}"))
        sheet.put(1, 1, self.say(f"title.{key}"), "title")
        sheet.put(2, 1, self.say(f"note.{key}"), "subtitle")
        for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
            sheet.widths[column] = width
            sheet.put(HEAD, column, head, "head")
        for column in range(2, max(len(heads), band) + 1):
            sheet.put(1, column, None, "title")
            sheet.put(2, column, None, "subtitle")
        pairs = zip(heads, widths, strict=True)
        lines = max(lines_of(head, width - 3, self.lang) for head, width in pairs)
        sheet.heights |= {1: 28, 2: 18, HEAD: 16 + 14 * lines}
        sheet.freeze, sheet.repeat_rows = (HEAD + 1, 2), (HEAD, HEAD)
        return sheet

    def by_recipe(self, key: str, *more: str) -> Sheet:
        """A sheet with a column for each recipe, and the cities down its side."""
        heads = [self.say("city"), *self.names, *(self.say(one) for one in more)]
        widths = [22, *map(_width, self.names), *[12] * len(more)]
        sheet = self.start(key, heads, widths)
        states = ["", *map(self.state, self.names), *[""] * len(more)]
        sheet.row(HEAD + 1, list(states), "subhead")
        pairs = zip(states, widths, strict=True)
        sheet.heights[HEAD + 1] = 6 + 13 * max(lines_of(s, w, self.lang) for s, w in pairs)
        sheet.freeze, sheet.repeat_rows = (FIRST, 2), (HEAD, HEAD + 1)
        for row, city in enumerate(self.table.index, start=FIRST):
            sheet.put(row, 1, label_of(city), "strong")
        return sheet

    def state(self, name: str) -> str:
        """What is to be known of a recipe's column: that it failed, or that it is relative."""
        if name not in self.scored:
            return self.say("failed")
        methods = self.relative.get(name)
        return self.say("relative", methods=methods) if methods else self.say("absolute")

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
        sheet = self.start("moves", heads, [22, 12, 12, 14], _BAND)
        source, places = self.say("sheet.ranks"), list(self.table.index)
        for row, (city, found) in enumerate(self.found.moves.iterrows(), start=HEAD + 1):
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
        last = HEAD + min(len(self.table), _SHOWN)
        chart = BarChart()
        chart.type, chart.gapWidth, chart.legend = "bar", 40, None
        values = Reference(target, min_col=4, min_row=HEAD, max_row=last)
        chart.add_data(values, titles_from_data=True)
        chart.set_categories(Reference(target, min_col=1, min_row=HEAD + 1, max_row=last))
        dress(chart, None)
        chart.varyColors, chart.x_axis.tickLblSkip = False, 1
        chart.title, chart.x_axis.scaling.orientation = self.say("chart"), "maxMin"
        chart.width, chart.height = 20, 3 + 0.55 * (last - HEAD)
        target.add_chart(chart, "F4")

    def correlations(self) -> Sheet:
        heads = [self.say("recipe"), *self.scored]
        sheet = self.start("correlations", heads, [40, *map(_width, self.scored)])
        row = HEAD
        for key in ("spearman", "kendall", "shift", "largest_shift"):
            row = self._between(sheet, row, key, getattr(self.found, key))
        sheet.freeze = (HEAD, 2)
        return sheet

    def _between(self, sheet: Sheet, row: int, key: str, table: pd.DataFrame) -> int:
        """A table of recipes by recipes, and the row where the next begins."""
        live = self.whole and key != "kendall"
        sheet.put(row, 1, self.say(key) + ("" if live else self.say("pasted")), "head")
        sheet.row(row, list(self.scored), "head", start=2)
        sheet.heights[row] = sheet.heights[HEAD]
        style = "whole" if key == "largest_shift" else "number"
        for one, name in enumerate(self.scored, start=1):
            sheet.put(row + one, 1, name, "wrapped_middle")
            for column, other in enumerate(self.scored, start=2):
                value: Any = table.loc[name, other]
                known = not pd.isna(value)
                formula = getattr(self, f"_{key}")(name, other) if live and known else None
                sheet.put(row + one, column, float(value) if known else "—", style, formula)
        area = f"{at(row + 1, 2)}:{at(row + len(self.scored), 1 + len(self.scored))}"
        sheet.finish.append((_from_low if "shift" in key else _from_opposite)(area))
        return row + len(self.scored) + 2

    def _spearman(self, one: str, other: str) -> str:
        sheet = self.say("sheet.middle")
        return f"CORREL({self._column(sheet, one)},{self._column(sheet, other)})"

    def _shift(self, one: str, other: str) -> str:
        first, second = (self._column(self.say("sheet.ranks"), name) for name in (one, other))
        up, down = (
            f"({first}>{second})*({first}-{second})",
            f"({second}>{first})*({second}-{first})",
        )
        return f"(SUMPRODUCT({up})+SUMPRODUCT({down}))/{len(self.table)}"

    def _largest_shift(self, one: str, other: str) -> str:
        first, second = (self._column(self.say("sheet.ranks"), name) for name in (one, other))
        up, down = (f"SUMPRODUCT(MAX({a}-{b}))" for a, b in ((first, second), (second, first)))
        return f"MAX({up},{down})"

    def _column(self, sheet: str, name: str) -> str:
        column = 2 + self.names.index(name)
        return on(sheet, f"{at(FIRST, column, True, True)}:{at(self.last, column, True, True)}")

    def middle_ranks(self) -> Sheet:
        """Ranks with ties at their mean, for the correlations."""
        sheet, source = self.by_recipe("middle"), self.say("sheet.ranks")
        middle = self.table.rank(method="average")
        for row, ranks in enumerate(middle.to_numpy(), start=FIRST):
            for column, rank in enumerate(ranks, start=2):
                if pd.isna(rank):
                    sheet.put(row, column, "—", "number")
                    continue
                own = on(source, at(row, column))
                among = self._column(source, self.names[column - 2])
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
        heads = [self.say(key) for key in ("recipe", "words", "whole")]
        sheet = self.start("recipes", heads, _RECIPE_WIDTHS)
        row = HEAD + 1
        for name in self.names:
            recipe = self.found.recipes.get(name)
            words = self.say("failed") if recipe is None else words_of(recipe) or self.say("usual")
            self._line(sheet, row, (name, words, "—" if recipe is None else recipe.to_json()))
            row += 1
        if self.found.issues:
            sheet.put(row + 1, 1, self.say("findings"), "section")
            sheet.row(row + 2, [self.say(key) for key in ("recipe", "finding", "remedy")], "head")
            sheet.heights[row + 2] = 22
            row += 3
        for place, issue in enumerate(self.found.issues, start=row):
            texts = (str(issue.fields["recipe"]), issue.message(self.lang), issue.fix(self.lang))
            self._line(sheet, place, texts)
        return sheet

    def _line(self, sheet: Sheet, row: int, texts: Sequence[str]) -> None:
        sheet.row(row, list(texts), "wrapped_middle")
        pairs = zip(texts, _RECIPE_WIDTHS, strict=True)
        lines = max(lines_of(text, width - 3, self.lang) for text, width in pairs)
        sheet.heights[row] = min(400, 6 + 13.5 * lines)


def _width(name: str) -> float:
    """Width of a column that does not break the words of its head."""
    return min(44.0, max(18.0, 5 + 1.15 * max(map(len, name.split()), default=0)))


def _from_low(area: str) -> Callable[[Any], None]:
    """Colours from the lowest number of an area, the best, to the highest."""
    rule = ColorScaleRule("min", 0, _GOOD, "percentile", 50, MIDDLE, "max", 0, _POOR)
    return lambda target: target.conditional_formatting.add(area, rule)


def _from_opposite(area: str) -> Callable[[Any], None]:
    """Colours of correlations, from −1 to 1."""
    rule = ColorScaleRule("num", -1, _POOR, "num", 0, MIDDLE, "num", 1, _GOOD)
    return lambda target: target.conditional_formatting.add(area, rule)
