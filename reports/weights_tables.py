"""Weights and their diagnostics, printed and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..assess.judged_findings import grade
from ..assess.weighing import Weighing
from ..indicators.framework import Framework
from ..text import say
from ..version import __version__
from ..weights import METHODS
from ..weights.weights import Weights
from .as_json import issues_as_json, plain
from .terminal import print_issues, print_tables

_BY_ITEM = (
    "wished", "reached", "correlation", "unbounded", "entropy", "divergence", "mean", "deviation",
    "variation", "information", "angle", "E", "PV", "root_mean_square", "entropy_weights",
    "cilos_weights",
)  # fmt: skip
"""Details that are one number for each item weighed, in the order of the columns."""
_MOST_EXPERTS = 6
_MOST_ISSUES = 12


def print_weighing(weighing: Weighing, lang: str) -> None:
    """Print weights, diagnostics and findings."""
    print_tables(weighing_tables(weighing, lang))
    judged = weighing.method in ("ahp", "bwm", "budget")
    print_issues(weighing.issues, lang, most=None if judged else _MOST_ISSUES)


def weighing_as_json(weighing: Weighing, lang: str) -> dict[str, Any]:
    """A weighing as plain values."""
    framework = weighing.framework
    return {
        "framework": {"name": framework.name, "version": framework.version},
        "method": weighing.method,
        "options": as_plain(weighing.options),
        "weights": [
            {
                "code": node.code,
                "name": node.name[lang],
                "parent": node.parent,
                "local": weighing.local[node.code],
                "global": weighing.overall[node.code],
            }
            for node in framework.nodes
        ],
        "details": {code: as_plain(found) for code, found in weighing.found.items()},
        "issues": issues_as_json(weighing.issues, lang),
        "provenance": {"steelyard": __version__},
    }


def as_plain(value: Any) -> Any:
    """Details as JSON can carry them: lists for arrays, None for NaN.

    Examples
    --------
    >>> as_plain({"CR": np.array([0.5, np.nan])})
    {'CR': [0.5, None]}
    """
    if isinstance(value, Mapping):
        return {str(key): as_plain(one) for key, one in value.items()}
    if isinstance(value, Weights):
        return {"values": value.values.tolist(), **as_plain(value.details)}
    if isinstance(value, np.ndarray):
        return as_plain(value.tolist())
    if isinstance(value, list | tuple):
        return [as_plain(one) for one in value]
    return plain(value)


def weighing_tables(weighing: Weighing, lang: str) -> Mapping[str, pd.DataFrame]:
    """Tables of a weighing by title: the weights, then the method's diagnostics."""
    title = METHODS[weighing.method].title(lang) if weighing.method in METHODS else weighing.method
    words = {"framework": weighing.framework.title[lang], "method": title}
    tables = {say("judgement.table.weights", lang, **words): _weights(weighing, lang)}
    found = weighing.found
    if weighing.method in ("ahp", "bwm"):
        tables |= dict(_by_node(weighing, lang))
    elif weighing.method == "budget":
        tables[say("judgement.table.budget", lang)] = _shares(weighing, lang)
    else:
        for one in found.values():
            tables |= dict(_by_data(weighing.framework, one, lang))
    return tables


def _weights(weighing: Weighing, lang: str) -> pd.DataFrame:
    framework = weighing.framework
    rows = []
    for node in framework.nodes[1:]:
        depth, above = 0, node.parent
        while above is not None and above != framework.root.code:
            depth, above = depth + 1, framework.by_code[above].parent
        local, overall = weighing.local[node.code], weighing.overall[node.code]
        rows.append([node.code, "  " * depth + node.name[lang], _four(local), _four(overall)])
    return _frame(rows, ("code", "name", "local", "global"), lang)


def _by_node(weighing: Weighing, lang: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """For AHP and best–worst: consistency of each node and expert, and what to reconsider."""
    names = _experts(weighing.found)
    ahp = weighing.method == "ahp"
    measure = "CR" if ahp else "CR_input"
    rows, advice = [], []
    for code, found in weighing.found.items():
        details = found.details
        row = [code, weighing.framework.node(code).name[lang], str(len(found.values))]
        if ahp:
            row += [_four(details[key]) for key in ("lambda_max", "CI", "CR")]
        row.append(_four(details["consensus"]))
        each = dict(zip(details["expert_names"], details["experts"][measure], strict=True))
        row += _each(each, names)
        rows.append(row)
        advice += _advice(code, details) if ahp else []
    keys = ["code", "name", "items", *(("lambda_max", "CI", "CR") if ahp else ()), "consensus"]
    heads = [say(f"judgement.heads.{key}", lang) for key in keys]
    some = names if len(names) <= _MOST_EXPERTS else [say("judgement.heads.range", lang)]
    heads += [say(f"judgement.heads.{measure}_of", lang, expert=name) for name in some]
    yield say(f"judgement.table.{weighing.method}", lang), pd.DataFrame(rows, columns=heads)
    if advice:
        heads_of = ("expert", "node", "judgement", "current", "fitting", "suggested", "CR_after")
        yield say("judgement.table.reconsider", lang), _frame(advice, heads_of, lang)


def _experts(found: Mapping[str, Weights]) -> list[str]:
    names = (name for one in found.values() for name in one.details["expert_names"])
    return list(dict.fromkeys(names))


def _each(ratios: Mapping[str, float], names: Sequence[str]) -> list[str]:
    """A ratio for each expert; of many experts, the least and the largest."""
    if len(names) <= _MOST_EXPERTS:
        return [_four(ratios.get(name, float("nan"))) for name in names]
    known = [ratio for ratio in ratios.values() if np.isfinite(ratio)]
    return [f"{min(known):.3f} – {max(known):.3f}" if known else "—"]


def _advice(code: str, details: Mapping[str, Any]) -> list[list[str]]:
    """The worst judgement of each expert at a node for which another grade would fit better."""
    rows: dict[int, list[str]] = {}
    codes = details["codes"]
    for one in details["reconsider"]:
        expert = one["expert"]
        if expert not in rows:
            rows[expert] = [
                details["expert_names"][expert],
                code,
                f"{codes[one['row']]} : {codes[one['column']]}",
                grade(one["current"]),
                f"{one['fitting']:.2f}",
                grade(one["suggested"]),
                f"{_four(details['experts']['CR'][expert])} → {_four(one['CR_after'])}",
            ]
    return list(rows.values())


def _shares(weighing: Weighing, lang: str) -> pd.DataFrame:
    names = _experts(weighing.found)
    shown = names if len(names) <= _MOST_EXPERTS else []
    rows = []
    for found in weighing.found.values():
        details = found.details
        heard = details["expert_names"]
        for place, code in enumerate(details["codes"]):
            row = [code, weighing.framework.node(code).name[lang], _four(found.values[place])]
            row.append(_four(details["deviation"][place]))
            for name in shown:
                share = details["shares"][heard.index(name), place] if name in heard else np.nan
                row.append(_four(share))
            rows.append(row)
    heads = [say(f"judgement.heads.{key}", lang) for key in ("code", "name", "local", "deviation")]
    return pd.DataFrame(rows, columns=[*heads, *shown])


def _by_data(framework: Framework, found: Weights, lang: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """One line an item of what the method worked out; for PCA also its components."""
    details, codes = found.details, found.details.get("codes", ())
    keys = [key for key in _BY_ITEM if key in details and np.shape(details[key]) == (len(codes),)]
    if keys:
        columns = [found.values, *(details[key] for key in keys)]
        rows = [
            [code, framework.node(code).name[lang], *(_four(column[place]) for column in columns)]
            for place, code in enumerate(codes)
        ]
        yield say("judgement.table.items", lang), _frame(rows, ("code", "name", "w", *keys), lang)
    if "eigenvalues" in details:
        yield from _components(framework, found, lang)


def _components(
    framework: Framework, found: Weights, lang: str
) -> Iterator[tuple[str, pd.DataFrame]]:
    details = found.details
    keys = ("eigenvalues", "variance_pct", "cumulative_pct")
    kept = details["components"]
    count = min(len(details["eigenvalues"]), kept + 3)
    rows = [
        [f"{at + 1}{' *' if at < kept else ''}", *(_four(details[key][at]) for key in keys)]
        for at in range(count)
    ]
    title = say("judgement.table.eigenvalues", lang, kept=kept)
    yield title, _frame(rows, ("component", *keys), lang)
    loadings = [
        [
            code,
            framework.node(code).name[lang],
            str(int(details["group"][place]) + 1),
            *(_four(loading) for loading in details["rotated"][place]),
        ]
        for place, code in enumerate(details["codes"])
    ]
    heads = [say(f"judgement.heads.{key}", lang) for key in ("code", "name", "component")]
    heads += [str(at + 1) for at in range(kept)]
    yield say("judgement.table.loadings", lang), pd.DataFrame(loadings, columns=heads)


def _frame(rows: Sequence[Sequence[str]], keys: Sequence[str], lang: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[say(f"judgement.heads.{key}", lang) for key in keys])


def _four(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.4f}"
