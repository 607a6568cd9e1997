"""The bare numpy arithmetic of the methods that scikit-criteria computes, all benefits.

Neither checks nor missing cells nor details: what ``aggregators.py`` measures them against.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import linprog

Scores = Callable[[Any, Any], Any]


def span(x: Any) -> Any:
    return (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))


def length(x: Any) -> Any:
    return x / np.sqrt((x * x).sum(axis=0))


def aras(x: Any, w: Any) -> Any:
    best = x.max(axis=0)
    total = x.sum(axis=0) + best
    return (x / total) @ w / ((best / total) @ w)


def cocoso(x: Any, w: Any) -> Any:
    r = span(x)
    s, p = r @ w, (r**w).sum(axis=1)
    a, b = (s + p) / (s + p).sum(), s / s.min() + p / p.min()
    c = (s + p) / 2 / ((s.max() + p.max()) / 2)
    return (a * b * c) ** (1 / 3) + (a + b + c) / 3


def codas(x: Any, w: Any) -> Any:
    v = x / x.max(axis=0) * w
    d = v - v.min(axis=0)
    e, t = np.sqrt((d * d).sum(axis=1)), d.sum(axis=1)
    far = (np.abs(e[:, None] - e) >= 0.02).astype(float)
    return len(x) * e - e.sum() + far.sum(axis=1) * t - far @ t


def copras(x: Any, w: Any) -> Any:
    q = (x / x.sum(axis=0)) @ w
    return q / q.max()


def edas(x: Any, w: Any) -> Any:
    away = x / x.mean(axis=0) - 1
    better, worse = np.maximum(away, 0) @ w, np.maximum(-away, 0) @ w
    return (better / better.max() + 1 - worse / worse.max()) / 2


def pairwise(x: Any, w: Any) -> Any:
    r = span(x).T.copy()
    agree, against = np.empty((2, len(x), len(x)))
    for unit, own in enumerate(r.T):
        ahead = r - own[:, None]
        agree[unit], against[unit] = w @ (ahead <= 0), ahead.max(axis=0)
    return agree, against


def electre1(x: Any, w: Any) -> Any:
    agree, against = pairwise(x, w)
    outranks = (agree >= 0.65) & (against <= 0.35)
    np.fill_diagonal(outranks, False)
    return (~outranks.any(axis=0)).astype(float)


def electre2(x: Any, w: Any) -> Any:
    agree, against = pairwise(x, w)
    some, more = against <= 0.65, agree > agree.T
    strong = more & some & ((agree >= 0.65) | ((against <= 0.35) & (agree >= 0.5)))
    weak = more & some & (agree >= 0.35)
    inverted = layers(weak.T | strong.T)
    return -(layers(weak | strong) + inverted.max() + 1 - inverted) / 2


def layers(outranks: Any) -> Any:
    """Rank by rank, those whom nobody left outranks; where there are none, all that are left."""
    places, left, place = np.zeros(len(outranks), int), np.arange(len(outranks)), 1
    while left.size:
        free = ~outranks[np.ix_(left, left)].any(axis=0)
        free |= not free.any()
        places[left[free]] = place
        left, place = left[~free], place + 1
    return places


def ervd(x: Any, w: Any) -> Any:
    r = x / x.sum(axis=0)
    d = r - r.mean(axis=0)
    v = np.where(d > 0, np.abs(d) ** 0.88, -2.25 * np.abs(d) ** 0.88)
    plus, minus = (v.max(axis=0) - v) @ w, (v - v.min(axis=0)) @ w
    return minus / (plus + minus)


def mabac(x: Any, w: Any) -> Any:
    v = (span(x) + 1) * w
    return (v - np.exp(np.log(v).mean(axis=0))).sum(axis=1)


def mairca(x: Any, w: Any) -> Any:
    return -((1 - span(x)) @ w) / len(x)


def marcos(x: Any, w: Any) -> Any:
    r = x / x.max(axis=0)
    s = r @ w
    worst, best = s / (r.min(axis=0) @ w), s / (r.max(axis=0) @ w)
    f, g = worst / (worst + best), best / (worst + best)
    return (worst + best) / (1 + (1 - f) / f + (1 - g) / g)


def ratiomoora(x: Any, w: Any) -> Any:
    return length(x) @ w


def referencepointmoora(x: Any, w: Any) -> Any:
    r = length(x)
    return -((r.max(axis=0) - r) * w).max(axis=1)


def fullmultiplicativeform(x: Any, w: Any) -> Any:
    return np.log(x).sum(axis=1)


def ocra(x: Any, w: Any) -> Any:
    low = x.min(axis=0)
    return ((x - low) / low) @ w - (((x - low) / low) @ w).min()


def ideals(x: Any, w: Any) -> Any:
    v = length(x) * w
    best = -np.sort(-v, axis=0)
    square = (v * v).sum(axis=1)[:, None] + (best * best).sum(axis=1) - 2 * v @ best.T
    return v, np.sqrt(np.maximum(square, 0))


def probid(x: Any, w: Any) -> Any:
    v, d = ideals(x, w)
    middle = (len(x) + 1) // 2
    worse = d[:, middle - 1 :][:, ::-1]
    plus = d[:, :middle] @ (1 / np.arange(1, middle + 1))
    minus = worse @ (1 / np.arange(1, worse.shape[1] + 1))
    mean = np.sqrt(((v - v.mean(axis=0)) ** 2).sum(axis=1))
    return 1 / (1 + (plus / minus) ** 2) + mean


def simplifiedprobid(x: Any, w: Any) -> Any:
    _, d = ideals(x, w)
    quarter = len(x) // 4
    share = 1 / np.arange(1, quarter + 1)
    return (d[:, ::-1][:, :quarter] @ share) / (d[:, :quarter] @ share)


def ram(x: Any, w: Any) -> Any:
    return np.sqrt(2 + (x / x.sum(axis=0)) @ w)


def rim(x: Any, w: Any) -> Any:
    y = span(x) * w
    plus, minus = np.sqrt(((y - w) ** 2).sum(axis=1)), np.sqrt((y * y).sum(axis=1))
    return minus / (plus + minus)


def weightedsummodel(x: Any, w: Any) -> Any:
    return x @ w


def weightedproductmodel(x: Any, w: Any) -> Any:
    return np.exp(np.log(x) @ w)


def spotis(x: Any, w: Any) -> Any:
    high = x.max(axis=0)
    return 1 - ((high - x) / (high - x.min(axis=0))) @ w


def waspas(x: Any, w: Any) -> Any:
    r = x / x.max(axis=0)
    return 0.5 * (r @ w) + 0.5 * np.exp(np.log(r) @ w)


def multimoora(x: Any, w: Any) -> Any:
    three = ratiomoora(x, w), referencepointmoora(x, w), fullmultiplicativeform(x, w)
    ahead = sum((s[:, None] > s[None, :]).astype(int) for s in three)
    apart = np.logical_and.reduce([s[:, None] != s[None, :] for s in three])
    return (apart & (ahead >= 2)).sum(axis=1).astype(float)


def dea(x: Any, w: Any) -> Any:
    peers, tops = x / x.max(axis=0), np.ones(len(x))
    options = {"presolve": False}
    return np.array([-linprog(-own, A_ub=peers, b_ub=tops, options=options).fun for own in peers])


def simus(x: Any, w: Any) -> Any:
    shares = (x / x.sum(axis=0)).T
    best = shares.max(axis=1)
    goals = range(len(shares))
    parts = [
        linprog(-shares[goal], A_ub=np.delete(shares, goal, 0), b_ub=np.delete(best, goal)).x
        for goal in goals
    ]
    part = np.array(parts) / np.sum(parts, axis=1, keepdims=True)
    return part.sum(axis=0) * (part > 0).mean(axis=0)


BARE: dict[str, Scores] = {
    function.__name__: function
    for function in (
        aras,
        cocoso,
        codas,
        copras,
        dea,
        edas,
        electre1,
        electre2,
        ervd,
        mabac,
        mairca,
        marcos,
        ratiomoora,
        referencepointmoora,
        fullmultiplicativeform,
        multimoora,
        ocra,
        probid,
        simplifiedprobid,
        ram,
        rim,
        weightedsummodel,
        weightedproductmodel,
        simus,
        spotis,
        waspas,
    )
}
