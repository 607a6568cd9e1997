"""One table of ranks under several recipes: does the ranking hang on the method?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
        Cities × recipes; rank 0 = no score.
    spearman, kendall : DataFrame
        Rank correlations between recipes: ρ, and τ-b, which allows for ties.
    shift : DataFrame
        Between recipes: by how many places a city moves on average.
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
    moves: pd.DataFrame
    recipes: Mapping[str, Recipe]
    issues: tuple[Issue, ...] = ()

    def tables(self, lang: str = "en") -> dict[str, pd.DataFrame]:
        """The same as tables to print: by title, with column heads in `lang`."""
        heads = {key: say(f"assess.recipes.{key}", lang) for key in ("best", "worst", "places")}
        city, recipe = (say(f"assess.recipes.{key}", lang) for key in ("city", "recipe"))
        ranks = self.ranks.join(self.moves["places"]).sort_values(str(self.ranks.columns[0]))
        tables = {
            "ranks": ranks.rename(columns=heads),
            "spearman": self.spearman,
            "kendall": self.kendall,
            "shift": self.shift,
            "moves": self.moves.rename(columns=heads),
        }
        return {
            say(f"assess.recipes.{key}", lang): _flat(
                table, city if key in ("ranks", "moves") else recipe
            )
            for key, table in tables.items()
        }

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The tables as plain values, and the findings in `lang`."""
        return {
            "ranks": _plain(self.ranks),
            "scores": _plain(self.scores),
            "spearman": _plain(self.spearman),
            "kendall": _plain(self.kendall),
            "shift": _plain(self.shift),
            "moves": _plain(self.moves),
            "issues": [
                {"severity": issue.severity, "code": issue.code, "message": issue.message(lang)}
                for issue in self.issues
            ],
        }


def compare_recipes(dataset: Dataset, recipes: Mapping[str, Recipe]) -> RecipeComparison:
    """Score a dataset under several recipes and set the ranks side by side.

    Parameters
    ----------
    dataset : Dataset
    recipes : mapping from a name to a Recipe

    Returns
    -------
    RecipeComparison
        Without the recipes that the data cannot bear; `issues` names them and says why.

    Raises
    ------
    InputError
        No recipe can be scored.
    """
    assessments: dict[str, Assessment] = {}
    issues: list[Issue] = []
    for name, recipe in recipes.items():
        try:
            assessments[name] = score(dataset, recipe)
        except SteelyardError as error:
            words = {"recipe": name, "reason": error}
            issues.append(Issue("error", "assess.recipe_failed", fields=words))
            continue
        relative = [str(one.fields["method"]) for one in relative_findings(recipe)]
        if relative:
            words = {"recipe": name, "methods": ", ".join(relative)}
            issues.append(Issue("flagged", "assess.recipe_relative", fields=words))
    if not assessments:
        raise InputError(issues)
    scores = pd.DataFrame({n: a.scores.iloc[:, 0] for n, a in assessments.items()})
    ranks = pd.DataFrame({n: a.ranks for n, a in assessments.items()})
    ranked = ranks.where(ranks > 0)
    moves = pd.DataFrame({"best": ranked.min(axis=1), "worst": ranked.max(axis=1)})
    moves["places"] = moves["worst"] - moves["best"]
    return RecipeComparison(
        scores=scores,
        ranks=ranks,
        spearman=_correlation(ranked, "spearman"),
        kendall=_correlation(ranked, "kendall"),
        shift=_shift(ranked),
        moves=moves.sort_values("places", ascending=False, kind="stable"),
        recipes={name: recipes[name] for name in assessments},
        issues=tuple(issues),
    )


def _shift(ranked: pd.DataFrame) -> pd.DataFrame:
    """Mean absolute difference of ranks, over the cities that both recipes rank."""
    names = list(ranked.columns)
    found = [[(ranked[one] - ranked[two]).abs().mean() for two in names] for one in names]
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
