"""The audit: every measure of coherence of one assessment, and what it says in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...errors import Issue
from ..assessment import Assessment
from .correlation import correlations
from .importance import effective_importance
from .reliability import bartlett, cronbach_alpha, eigenvalues, kmo

REDUNDANT = 0.92
OPPOSING = -0.4
WEAK_ALPHA = 0.7
FEW_UNITS = 10


@dataclass(frozen=True)
class Audit:
    """Coherence of an index.

    Parameters
    ----------
    correlation : DataFrame (m, m)
        Pearson's r of the indicator scores.
    groups : DataFrame
        By node with at least two indicators under it: number of indicators, complete units, mean
        correlation, alpha, KMO, Bartlett's χ² and p, share of the first principal component.
    importance : DataFrame
        By indicator: nominal weight, effective importance, their ratio, correlation with its
        dimension, goal and the index.
    findings : tuple of Issue
        The same in plain words.
    """

    correlation: pd.DataFrame
    groups: pd.DataFrame
    importance: pd.DataFrame
    findings: tuple[Issue, ...]


def audit(assessment: Assessment) -> Audit:
    """Audit an assessment's statistical coherence.

    Parameters
    ----------
    assessment : Assessment
        Of at least three cities.

    Returns
    -------
    Audit
    """
    codes = list(assessment.framework.codes)
    correlation = pd.DataFrame(correlations(assessment.normalised), codes, codes)
    groups = pd.DataFrame(list(_groups(assessment))).set_index("node")
    importance = _importance(assessment)
    findings = tuple(_findings(assessment, correlation, groups, importance))
    return Audit(correlation, groups, importance, findings)


def _groups(assessment: Assessment) -> Iterator[dict[str, object]]:
    framework = assessment.framework
    position = {code: place for place, code in enumerate(framework.codes)}
    for node in framework.nodes:
        leaves = [leaf.code for leaf in framework.leaves(node.code)]
        if node.indicator is not None or len(leaves) < 2:
            continue
        matrix = assessment.normalised[:, [position[code] for code in leaves]]
        matrix = matrix[:, ~np.isnan(matrix).all(axis=0)]
        complete = matrix[~np.isnan(matrix).any(axis=1)]
        r = correlations(matrix)
        off = r[~np.eye(len(r), dtype=bool)]
        test = bartlett(correlations(complete), len(complete))
        values = eigenvalues(correlations(complete))
        yield {
            "node": node.code,
            "indicators": matrix.shape[1],
            "units": len(complete),
            "mean_correlation": _mean(off),
            "alpha": cronbach_alpha(complete),
            "kmo": kmo(correlations(complete))[0],
            "bartlett": test.chi_square,
            "p_value": test.p_value,
            "first_component": float(values[0] / values.sum()) if len(values) else np.nan,
        }


def _importance(assessment: Assessment) -> pd.DataFrame:
    framework = assessment.framework
    scores = assessment.scores
    index = scores[framework.root.code].to_numpy()
    weights = assessment.weights["global"]
    counted = [code for code in framework.codes if weights[code] > 0]
    places = [framework.codes.index(code) for code in counted]
    columns = assessment.normalised[:, places]
    effective = effective_importance(columns, index)
    nominal = np.array([weights[code] for code in counted])
    up = {
        "with_parent": [scores[framework.by_code[code].parent].to_numpy() for code in counted],
        "with_goal": [scores[framework.goal_of(code).code].to_numpy() for code in counted],
        "with_index": [index] * len(counted),
    }
    table = {
        "weight": nominal,
        "importance": effective,
        "ratio": effective / nominal,
        **{
            name: [
                correlations(columns[:, [k]], above[:, None])[0, 0]
                for k, above in enumerate(columns_above)
            ]
            for name, columns_above in up.items()
        },
    }
    return pd.DataFrame(table, pd.Index(counted, name="indicator"))


def _findings(
    assessment: Assessment,
    correlation: pd.DataFrame,
    groups: pd.DataFrame,
    importance: pd.DataFrame,
) -> Iterator[Issue]:
    if len(assessment.dataset) < FEW_UNITS:
        yield Issue("flagged", "coherence.few_units", fields={"count": len(assessment.dataset)})
    codes = list(importance.index)
    for place, first in enumerate(codes):
        for second in codes[place + 1 :]:
            r = float(correlation.loc[first, second])
            if abs(r) > REDUNDANT:
                yield _pair("coherence.redundant", first, second, r)
            elif r < OPPOSING:
                yield _pair("coherence.opposing", first, second, r)
    for node, row in groups.iterrows():
        if row["alpha"] < WEAK_ALPHA:
            fields = {"node": node, "alpha": f"{row['alpha']:.2f}"}
            yield Issue("flagged", "coherence.weak_group", fields=fields)
    for code, row in importance.iterrows():
        if row["with_index"] < 0:
            fields = {"r": f"{row['with_index']:.2f}"}
            yield Issue("flagged", "coherence.against_index", indicator=str(code), fields=fields)


def _pair(code: str, first: str, second: str, r: float) -> Issue:
    return Issue("flagged", code, indicator=first, fields={"other": second, "r": f"{r:.2f}"})


def _mean(values: np.ndarray) -> float:
    return float(np.nanmean(values)) if (~np.isnan(values)).any() else float("nan")
