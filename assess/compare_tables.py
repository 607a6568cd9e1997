"""A comparison as tables to print and as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..text import say
from .comparison import Comparison, Pair, Side
from .contributions import ADJUSTMENT

_SIDE_BY_SIDE = 4
"""Up to so many pairs, indicators are rows and pairs are columns."""
_SHOWN = 12


def tables(comparison: Comparison, lang: str) -> Mapping[str, pd.DataFrame]:
    """Tables by title, with column heads in `lang`; the first two columns are text."""
    found = {
        say("compare.table.side_by_side", lang): _side_by_side(comparison, lang),
        gaps_title(comparison, lang): _gaps(comparison, lang),
        say("compare.table.indicators", lang): _indicators(comparison, lang),
    }
    if comparison.kind == "rounds":
        found[say("compare.table.moves", lang)] = _moves(comparison, lang)
    return found


def gaps_title(comparison: Comparison, lang: str) -> str:
    """What the gaps of a comparison mean."""
    if comparison.kind == "cities":
        return say("compare.table.gaps", lang)
    later, earlier = comparison.pairs[0].side.round, comparison.pairs[0].other.round
    return say("compare.table.changes", lang, later=later, earlier=earlier)


def level_name(side: Side, lang: str) -> str:
    """Number and name of a side's level, or that it is provisional."""
    grades = side.assessment.grades
    if grades.level_set is None:
        return "—"
    if grades.provisional[side.row]:
        return say("compare.side.provisional", lang)
    names = {level.number: level.name[lang] for level in grades.level_set.levels}
    return f"{side.level} {names.get(side.level, '')}".strip()


def plain(comparison: Comparison, lang: str) -> dict[str, Any]:
    """The comparison as plain values that JSON can carry."""
    framework = comparison.framework
    return {
        "kind": comparison.kind,
        "framework": {"name": framework.name, "version": framework.version},
        "cities": [_plain_side(comparison, side, lang) for side in comparison.sides],
        "gaps": [_plain_pair(comparison, pair) for pair in comparison.pairs],
        "issues": [
            {
                "severity": issue.severity,
                "code": issue.code,
                "message": issue.message(lang),
                "fix": issue.fix(lang),
            }
            for issue in comparison.issues
        ],
    }


def _head(lang: str, *keys: str) -> list[str]:
    return [say(f"compare.column.{key}", lang) for key in keys]


def _side_by_side(comparison: Comparison, lang: str) -> pd.DataFrame:
    goals = [goal.code for goal in comparison.framework.goals]
    rows = []
    for side, (_, scores) in zip(comparison.sides, comparison.scores.iterrows(), strict=True):
        coverage = side.assessment.tree.coverage[side.row, 0]
        standing = [side.score, side.rank or "—", f"{coverage:.0%}"]
        rows.append([side.label, level_name(side, lang), *standing, *(scores[goals].astype(float))])
    columns = _head(lang, "city", "level", "score", "rank", "coverage")
    return pd.DataFrame(rows, columns=[*columns, *goals])


def _gaps(comparison: Comparison, lang: str) -> pd.DataFrame:
    adjusted = bool((comparison.gaps[ADJUSTMENT] != 0).any())
    goals = [goal.code for goal in comparison.framework.goals]
    kind = "gap" if comparison.kind == "cities" else "change"
    columns = [*_head(lang, "city", "against", kind), *goals, *_head(lang, "unequal", "adjustment")]
    frame = comparison.gaps.reset_index()
    frame.columns = pd.Index(columns)
    return frame if adjusted else frame.drop(columns=columns[-1])


def _indicators(comparison: Comparison, lang: str) -> pd.DataFrame:
    if len(comparison.pairs) > _SIDE_BY_SIDE:
        return _largest(comparison, lang)
    parts = comparison.indicators[list(comparison.framework.codes)]
    order = parts.abs().max(axis=0).sort_values(ascending=False, kind="stable")
    codes = [code for code in order.index if order[code] > 5e-9][:_SHOWN]
    rows = [
        [code, comparison.framework.node(code).name[lang], *parts[code].to_numpy(dtype=float)]
        for code in codes
    ]
    pairs = [f"{pair.side.label} − {pair.other.label}" for pair in comparison.pairs]
    return pd.DataFrame(rows, columns=[*_head(lang, "code", "indicator"), *pairs])


def _largest(comparison: Comparison, lang: str) -> pd.DataFrame:
    rows = []
    for pair in comparison.pairs:
        codes = comparison.largest(pair, 3)
        named = [f"{code} {comparison.part(pair, code):+.2f}" for code in codes]
        rows.append([pair.side.label, pair.other.label, "; ".join(named)])
    return pd.DataFrame(rows, columns=_head(lang, "city", "against", "largest"))


def _moves(comparison: Comparison, lang: str) -> pd.DataFrame:
    frame = comparison.moves.reset_index()
    frame["moved"] = [f"{places:+d}" if places else "0" for places in frame["moved"]]
    frame.columns = pd.Index(
        _head(lang, "city", "against", "rank_before", "rank_after", "moved", "change")
    )
    return frame


def _plain_side(comparison: Comparison, side: Side, lang: str) -> dict[str, Any]:
    assessment, row = side.assessment, side.row
    scores = assessment.tree.scores[row]
    return {
        "city": side.city,
        "year": assessment.dataset.years[row],
        "round": side.round or None,
        "score": _number(side.score),
        "rank": side.rank or None,
        "level": side.level or None,
        "level_name": level_name(side, lang),
        "coverage": _number(assessment.tree.coverage[row, 0]),
        "provisional": bool(assessment.grades.provisional[row]),
        "nodes": {
            node.code: _number(score)
            for node, score in zip(comparison.framework.nodes, scores, strict=True)
        },
    }


def _plain_pair(comparison: Comparison, pair: Pair) -> dict[str, Any]:
    def parts(codes: list[str]) -> dict[str, float | None]:
        return {code: _number(comparison.part(pair, code)) for code in codes}

    found = pair.gap
    return {
        "city": pair.side.city,
        "round": pair.side.round or None,
        "against": pair.other.city,
        "against_round": pair.other.round or None,
        "gap": _number(found.total),
        "places_moved": pair.moved if pair.scored else None,
        "goals": parts([goal.code for goal in comparison.framework.goals]),
        "coverage_by_goal": {
            goal.code: _number(comparison.unequal(pair, goal.code))
            for goal in comparison.framework.goals
        },
        "indicators": parts(list(comparison.framework.codes)),
        "coverage": _number(found.coverage.sum()) if pair.scored else None,
        "adjustment": _number(found.adjustment) if pair.scored else None,
    }


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
