"""Each aggregator on 300 units × 50 indicators, against its bare numpy arithmetic.

Run ``python benchmarks/aggregators.py``; a ratio is the best of several runs of the method over
the best of as many of the arithmetic alone: no checks, no missing cells, no details. Of the
methods of scikit-criteria, the arithmetic (``bare.py``) must come to the same scores first; a
second ratio sets them against the library's own call on the matrix made ready for it, which a
method cannot go below while the library computes it. Where there is no second ratio, Steelyard
computes the method itself.
"""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any
from unittest import mock

import bare
import numpy as np

from steelyard.assess.aggregate import METHODS, scikit
from steelyard.assess.aggregate.aggregate import aggregate

UNITS, INDICATORS = 300, 50
RNG = np.random.default_rng(2015)
X = RNG.uniform(1, 100, (UNITS, INDICATORS))
W = RNG.dirichlet(np.ones(INDICATORS))
LIMIT = 3.0


def arithmetic() -> Any:
    return (X * W).sum(axis=1)


def geometric() -> Any:
    return np.exp((np.log(X) * W).sum(axis=1))


def harmonic() -> Any:
    return 1 / (W / X).sum(axis=1)


def power() -> Any:
    return ((X**2.0 * W).sum(axis=1)) ** (1 / 2.0)


def median() -> Any:
    order = np.argsort(X, axis=1)
    below = np.cumsum(W[order], axis=1)
    return X[np.arange(UNITS), order[np.arange(UNITS), np.argmax(below >= 0.5, axis=1)]]


def topsis() -> Any:
    v = X / np.sqrt((X**2).sum(axis=0)) * W
    plus = np.sqrt(((v - v.max(axis=0)) ** 2).sum(axis=1))
    minus = np.sqrt(((v - v.min(axis=0)) ** 2).sum(axis=1))
    return minus / (plus + minus)


def vikor() -> Any:
    d = (X.max(axis=0) - X) / (X.max(axis=0) - X.min(axis=0)) * W
    s, r = d.sum(axis=1), d.max(axis=1)
    return 0.5 * (s - s.min()) / np.ptp(s) + 0.5 * (r - r.min()) / np.ptp(r)


def grey() -> Any:
    d = (X.max(axis=0) - X) / (X.max(axis=0) - X.min(axis=0))
    return ((d.min() + 0.5 * d.max()) / (d + 0.5 * d.max()) * W).sum(axis=1)


def fuzzy() -> Any:
    grades = np.linspace(0, 100, 5)
    step = np.clip((X[:, :, None] - grades[:-1]) / np.diff(grades), 0, 1)
    up = np.concatenate([np.ones((UNITS, INDICATORS, 1)), step], axis=2)
    up[:, :, :-1] -= step
    return (W[None, :, None] * up).sum(axis=1) @ grades


def ranksum() -> Any:
    ranks = [np.searchsorted(np.sort(x), x) + np.searchsorted(np.sort(x), x, "right") for x in X.T]
    return ((np.array(ranks).T + 1) / 2 / UNITS * W).sum(axis=1)


def promethee() -> Any:
    preferred = np.zeros((UNITS, UNITS))
    for x, w in zip(X.T, W, strict=True):
        advantage = x[:, None] - x[None, :]
        preferred += w * (advantage > 0)
    return (preferred.sum(axis=1) - preferred.sum(axis=0)) / (UNITS - 1)


def copeland() -> Any:
    ahead = np.zeros((UNITS, UNITS))
    for x, w in zip(X.T, W, strict=True):
        ahead += w * (x[:, None] > x[None, :])
    return np.sign(ahead - ahead.T).sum(axis=1)


def mpi() -> Any:
    z = 100 + 10 * (X - X.mean(axis=0)) / X.std(axis=0)
    m = (z * W).sum(axis=1)
    return m - ((z - m[:, None]) ** 2 * W).sum(axis=1) / m


BARE: dict[str, tuple[Callable[[], Any], dict[str, Any]]] = {
    "arithmetic": (arithmetic, {}),
    "geometric": (geometric, {}),
    "harmonic": (harmonic, {}),
    "power": (power, {}),
    "median": (median, {}),
    "topsis": (topsis, {}),
    "vikor": (vikor, {}),
    "grey": (grey, {}),
    "fuzzy": (fuzzy, {"scale": (0, 100)}),
    "ranksum": (ranksum, {}),
    "promethee": (promethee, {}),
    "copeland": (copeland, {}),
    "mpi": (mpi, {}),
    "ampi": (mpi, {}),
}
SLOW = ("kemeny", "dea", "simus")


def timed(name: str) -> Callable[[], Any]:
    """The arithmetic of a method of scikit-criteria, once it is seen to be the same method."""
    function = bare.BARE[name]
    np.testing.assert_allclose(function(X, W), aggregate(name, X, W).scores, rtol=1e-9, atol=1e-9)
    return lambda: function(X, W)


def library(name: str) -> Callable[[], Any] | None:
    """The calls that a method makes of scikit-criteria, alone; None if it makes none."""
    calls = []

    def note(judge: Any, data: Any) -> Any:
        calls.append((judge, data))
        return judge._evaluate_data(**data)

    with mock.patch.object(scikit, "answer", note):
        aggregate(name, X, W)
    return (lambda: [judge._evaluate_data(**data) for judge, data in calls]) if calls else None


def quietly(function: Callable[[], Any], runs: int) -> float:
    """As `best_of`, of what prints and warns."""
    few = np.printoptions(threshold=2, edgeitems=1)
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), few:
        warnings.simplefilter("ignore")
        return best_of(function, runs)


def best_of(function: Callable[[], Any], runs: int) -> float:
    function()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    print(f"{UNITS} × {INDICATORS}")
    for name in METHODS:
        alone, options = BARE.get(name, (None, {}))
        if name in bare.BARE:
            alone = timed(name)
        runs = 1 if name in SLOW else 15
        took = best_of(lambda n=name, o=options: aggregate(n, X, W, **o), runs)
        line = f"{name:24} {took * 1e3:10.2f} ms"
        if alone is not None:
            ratio = took / best_of(alone, runs)
            line += f"  {ratio:5.1f} × bare"
            calls = library(name) if name in bare.BARE else None
            line += f"  {took / quietly(calls, runs):5.1f} × library" if calls else " " * 17
            line += "  over the limit" if ratio > LIMIT else ""
        print(line.rstrip(), flush=True)


if __name__ == "__main__":
    main()
