"""One table of ranks under several recipes: does the ranking hang on the method?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ..errors import InputError, Issue, SteelyardError
from ..indicators.dataset import Dataset
from ..text import say
from .assessment import Assessment
from .recipe import Recipe
from .relativity import relative_findings
from .score import score


@dataclass(frozen=True)
class RecipeComparison:
    """Ranks of the same cities under several recipes.

    Parameters
    ----------
    scores, ranks : DataFrame
        Cities × recipes; rank 0 = no score, as everywhere under a recipe that failed.
    spearman, kendall : DataFrame
        Rank correlations between recipes: ρ, and τ-b, which allows for ties.
    shift, largest_shift : DataFrame
        Between recipes: by how many places a city moves on average, and at most.
    moves : DataFrame
        By city: best and worst rank, and the places between them; who moves most first.
    recipes : mapping from name to Recipe
        Those that could be scored, in the order given.
    issues : tuple of Issue
        Recipes that the data could not bear, and those whose ranks hang on who is in the table.
    """

    scores: pd.DataFrame
    ranks: pd.DataFrame
    spearman: pd.DataFrame
    kendall: pd.DataFrame
    shift: pd.DataFrame
    largest_shift: pd.DataFrame
    moves: pd.DataFrame
    recipes: Mapping[str, Recipe]
    issues: tuple[Issue, ...] = ()

    def tables(self, lang: str = "en") -> dict[str, pd.DataFrame]:
        """The same as tables to print: by title, with column heads in `lang`."""
        heads = {key: say(f"assess.recipes.{key}", lang) for key in ("best", "worst", "places")}
        city, recipe = (say(f"assess.recipes.{key}", lang) for key in ("city", "recipe"))
        ranks = self.ordered().join(self.moves["places"])
        tables = {
            "ranks": _whole(ranks).rename(columns=heads),
            "spearman": self.spearman,
            "kendall": self.kendall,
            "shift": self.shift,
            "largest_shift": _whole(self.largest_shift),
            "moves": _whole(self.moves).rename(columns=heads),
        }
        return {
            say(f"assess.recipes.{key}", lang): _flat(
                table, city if key in ("ranks", "moves") else recipe
            )
            for key, table in tables.items()
        }

    def ordered(self) -> pd.DataFrame:
        """The ranks in the order of the first recipe that was scored; NaN = no score."""
        ranked = self.ranks.where(self.ranks > 0)
        return ranked.sort_values(next(iter(self.recipes)), kind="stable", na_position="last")

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The tables and recipes as plain values, and the findings in `lang`."""
        return {
            "recipes": {name: json.loads(one.to_json()) for name, one in self.recipes.items()},
            "ranks": _plain(self.ranks),
            "scores": _plain(self.scores),
            "spearman": _plain(self.spearman),
            "kendall": _plain(self.kendall),
            "shift": _plain(self.shift),
            "largest_shift": _plain(self.largest_shift),
            "moves": _plain(self.moves),
            "issues": [
                {"severity": issue.severity, "code": issue.code, "message": issue.message(lang)}
                for issue in self.issues
            ],
        }


def compare_recipes(
    dataset: Dataset | Callable[[Recipe], Dataset],
    recipes: Mapping[str, Recipe | SteelyardError],
) -> RecipeComparison:
    """Score a dataset under several recipes and set the ranks side by side.

    Parameters
    ----------
    dataset : Dataset, or function of a recipe that gives one
        A function where recipes differ in how the file is read.
    recipes : mapping from a name to a Recipe, or to the error that kept it from being made

    Returns
    -------
    RecipeComparison
        A recipe that the data cannot bear has an empty column; `issues` names it and says why.

    Raises
    ------
    InputError
        No recipe can be scored.
    """
    assessments: dict[str, Assessment] = {}
    issues: list[Issue] = []
    for name, recipe in recipes.items():
        try:
            assessments[name] = _scored(dataset, recipe)
        except SteelyardError as error:
            made = recipe if isinstance(recipe, Recipe) else None
            issues.append(_failed(name, made, error))
        else:
            issues += _relative(name, assessments[name].recipe)
    if not assessments:
        raise InputError(issues)
    scores = pd.DataFrame({n: a.scores.iloc[:, 0] for n, a in assessments.items()})
    ranks = pd.DataFrame({n: a.ranks for n, a in assessments.items()})
    ranked = ranks.where(ranks > 0)
    moves = pd.DataFrame({"best": ranked.min(axis=1), "worst": ranked.max(axis=1)})
    moves["places"] = moves["worst"] - moves["best"]
    return RecipeComparison(
        scores=scores.reindex(columns=list(recipes)),
        ranks=ranks.reindex(columns=list(recipes)).fillna(0).astype(int),
        spearman=_correlation(ranked, "spearman"),
        kendall=_correlation(ranked, "kendall"),
        shift=_shift(ranked, pd.Series.mean),
        largest_shift=_shift(ranked, pd.Series.max),
        moves=moves.sort_values("places", ascending=False, kind="stable"),
        recipes={name: one.recipe for name, one in assessments.items()},
        issues=tuple(issues),
    )


def _scored(
    dataset: Dataset | Callable[[Recipe], Dataset], recipe: Recipe | SteelyardError
) -> Assessment:
    if isinstance(recipe, SteelyardError):
        raise recipe
    return score(dataset if isinstance(dataset, Dataset) else dataset(recipe), recipe)


def _failed(name: str, made: Recipe | None, error: SteelyardError) -> Issue:
    """That a recipe failed; where the data are at fault, with the place of the first fault."""
    faults: list[Issue] = [one for one in getattr(error, "issues", ()) if one.severity == "error"]
    if not faults:
        code = "assess.recipe_unmade" if made is None else "assess.recipe_failed"
        return Issue("error", code, fields={"recipe": name, "reason": error})
    first = faults[0]
    own = {"city": first.city, "indicator": first.indicator, "value": first.value}
    place = {"file": first.location.file, "sheet": first.location.sheet}
    words = {**own, **place, "cell": first.location.cell, "used": first.used, **first.fields}
    reason = SteelyardError(f"{first.code}.message", **words)
    fields = {"recipe": name, "reason": reason, "count": len(faults)}
    code = "assess.recipe_failed" if len(faults) == 1 else "assess.recipe_failed_often"
    return replace(first, code=code, fields=fields)


def _relative(name: str, recipe: Recipe) -> list[Issue]:
    methods = [str(one.fields["method"]) for one in relative_findings(recipe)]
    words = {"recipe": name, "methods": ", ".join(methods)}
    return [Issue("flagged", "assess.recipe_relative", fields=words)] if methods else []


def _shift(ranked: pd.DataFrame, summary: Callable[[pd.Series], float]) -> pd.DataFrame:
    """A summary of absolute differences of ranks, over the cities that both recipes rank."""
    names = list(ranked.columns)
    found = [[summary((ranked[one] - ranked[two]).abs()) for two in names] for one in names]
    return pd.DataFrame(found, names, names)


def _correlation(ranked: pd.DataFrame, method: str) -> pd.DataFrame:
    from scipy.stats import kendalltau, spearmanr

    measure = {"spearman": spearmanr, "kendall": kendalltau}[method]
    names = list(ranked.columns)
    found = np.eye(len(names))
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            both = ranked[[first, second]].dropna()
            enough = len(both) > 1 and both.nunique().min() > 1
            value = measure(both[first], both[second]).statistic if enough else np.nan
            found[i, j] = found[j, i] = value
    return pd.DataFrame(found, names, names)


def label_of(row: object) -> str:
    """What a row is called: the city, with its year where there is one."""
    return " ".join(map(str, row)) if isinstance(row, tuple) else str(row)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers without a decimal point; None where there is none."""
    return frame.astype("Int64").astype(object).where(frame.notna(), None)


def _flat(frame: pd.DataFrame, city: str) -> pd.DataFrame:
    rows = [label_of(row) for row in frame.index]
    flat = frame.reset_index(drop=True)
    flat.insert(0, city, rows)
    return flat


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    def value(cell: Any) -> Any:
        return None if pd.isna(cell) else float(cell)

    return {
        label_of(row): {str(name): value(cell) for name, cell in cells.items()}
        for row, cells in frame.iterrows()
    }
