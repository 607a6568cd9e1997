"""One table of ranks under several recipes: does the ranking hang on the method?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..indicators.dataset import Dataset
from ..text import say
from .recipe import Recipe
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
    moves : DataFrame
        By city: best and worst rank, and the places between them; who moves most first.
    """

    scores: pd.DataFrame
    ranks: pd.DataFrame
    spearman: pd.DataFrame
    kendall: pd.DataFrame
    moves: pd.DataFrame

    def tables(self, lang: str = "en") -> dict[str, pd.DataFrame]:
        """The same as tables to print: by title, with column heads in `lang`."""
        heads = {key: say(f"assess.recipes.{key}", lang) for key in ("best", "worst", "places")}
        city, recipe = (say(f"assess.recipes.{key}", lang) for key in ("city", "recipe"))
        ranks = self.ranks.join(self.moves["places"]).sort_values(str(self.ranks.columns[0]))
        tables = {
            "ranks": ranks.rename(columns=heads),
            "spearman": self.spearman,
            "kendall": self.kendall,
            "moves": self.moves.rename(columns=heads),
        }
        return {
            say(f"assess.recipes.{key}", lang): _flat(
                table, recipe if key in ("spearman", "kendall") else city
            )
            for key, table in tables.items()
        }

    def to_json(self) -> dict[str, Any]:
        """The tables as plain values."""
        return {
            "ranks": _plain(self.ranks),
            "scores": _plain(self.scores),
            "spearman": _plain(self.spearman),
            "kendall": _plain(self.kendall),
            "moves": _plain(self.moves),
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
    """
    assessments = {name: score(dataset, recipe) for name, recipe in recipes.items()}
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
        moves=moves.sort_values("places", ascending=False, kind="stable"),
    )


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


def _flat(frame: pd.DataFrame, city: str) -> pd.DataFrame:
    rows = [" ".join(map(str, row)) if isinstance(row, tuple) else str(row) for row in frame.index]
    flat = frame.reset_index(drop=True)
    flat.insert(0, city, rows)
    return flat


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    def value(cell: Any) -> Any:
        return None if pd.isna(cell) else float(cell)

    return {
        " ".join(map(str, row)) if isinstance(row, tuple) else str(row): {
            str(name): value(cell) for name, cell in cells.items()
        }
        for row, cells in frame.iterrows()
    }
