"""Scoring 3,000 cities by 100 indicators against one bare numpy pass of the same arithmetic.

Run by hand: python benchmarks/scoring.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from steelyard import Dataset, Framework, Indicator, dataset_from_arrays, score
from steelyard.indicators.framework import INDEX, Level, LevelSet, Node
from steelyard.indicators.indicator import Bilingual

CITIES, GOALS, DIMENSIONS, INDICATORS = 3000, 5, 4, 5
BOUNDS = np.array([0.0, 30.0, 50.0, 70.0, 85.0])
GOAL = DIMENSIONS * INDICATORS


def framework() -> Framework:
    nodes = [Node(INDEX, Bilingual("指数", "Index"), None)]
    for goal in range(GOALS):
        nodes.append(Node(f"{goal}", Bilingual(f"{goal}"), INDEX))
        for dimension in range(DIMENSIONS):
            parent = f"{goal}{dimension}"
            nodes.append(Node(parent, Bilingual(parent), f"{goal}"))
            for place in range(INDICATORS):
                code = f"{parent}{place}"
                leaf = Indicator(code, Bilingual(code), scale="linear", low=10.0, high=90.0)
                nodes.append(Node(code, leaf.name, parent, 1.0 + place, leaf))
    levels = tuple(Level(k + 1, Bilingual(), bound) for k, bound in enumerate(BOUNDS))
    sets = (LevelSet("default", Bilingual(), levels),)
    return Framework("bench", "1", Bilingual("bench"), tuple(nodes), level_sets=sets)


def table(one: Framework) -> Dataset:
    values = np.random.default_rng(1).uniform(0, 100, (CITIES, len(one.codes)))
    values[np.random.default_rng(2).uniform(size=values.shape) < 0.03] = np.nan
    return dataset_from_arrays(one, [f"city {place}" for place in range(CITIES)], values)


def bare(values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Scores, coverage, ranks and levels: the same arithmetic, no framework."""
    scores = 100 * (np.clip(values, 10, 90) - 10) / 80
    seen = (~np.isnan(scores)).astype(float)
    for children, weights in (
        (INDICATORS, np.arange(1.0, INDICATORS + 1)),
        (DIMENSIONS, np.ones(DIMENSIONS)),
        (GOALS, np.ones(GOALS)),
    ):
        below = scores.reshape(CITIES, -1, children)
        share = np.where(np.isnan(below), 0.0, weights / weights.sum())
        total = share.sum(axis=2)
        with np.errstate(invalid="ignore"):
            scores = np.nansum(share * np.nan_to_num(below), axis=2) / total
        seen = seen.reshape(CITIES, -1, children) @ (weights / weights.sum())
    index = np.round(scores[:, 0], 8)
    ranks = np.searchsorted(np.sort(-index), -index) + 1
    return scores[:, 0], seen[:, 0], ranks, np.searchsorted(BOUNDS, index, side="right")


def best(action: Callable[[], object], repeats: int = 20) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    dataset = table(framework())
    ours, (index, coverage, ranks, levels) = score(dataset), bare(dataset.values)
    np.testing.assert_allclose(ours.tree.scores[:, 0], index, rtol=1e-12)
    np.testing.assert_allclose(ours.tree.coverage[:, 0], coverage, rtol=1e-12)
    assert (ours.rank_array == ranks).all()
    assert (ours.grades.by_score == levels).all()
    mine, plain = best(lambda: score(dataset)), best(lambda: bare(dataset.values))
    print(f"score {CITIES} × {len(dataset.framework.codes)}: {1e3 * mine:.1f} ms", end=" · ")
    print(f"bare numpy {1e3 * plain:.1f} ms · ratio {mine / plain:.2f} (aim: below 5)")


if __name__ == "__main__":
    main()
