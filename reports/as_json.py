"""What the command line prints as JSON: a promise, see the documentation of the commands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..assess.assessment import Assessment
from ..assess.recipe import Recipe
from ..catalogue import Catalogue
from ..errors import Issue
from ..indicators.framework import Framework
from ..version import __version__


def assessment_as_json(
    assessment: Assessment, lang: str, rows: Sequence[int] | None = None
) -> dict[str, Any]:
    """An assessment as plain values, best city first; `rows` limits the cities."""
    framework = assessment.framework
    order = sorted(range(len(assessment.dataset)), key=lambda row: _place(assessment, row))
    return {
        "framework": {"name": framework.name, "version": framework.version},
        "recipe": json.loads(assessment.recipe.to_json()),
        "cities": [_city(assessment, row, lang) for row in order if rows is None or row in rows],
        "issues": issues_as_json(assessment.issues, lang),
        "provenance": {
            "steelyard": __version__,
            "inputs": [
                {"file": source.file, "sha256": source.sha256}
                for source in assessment.dataset.sources
            ],
        },
    }


def refusal_as_json(issues: Iterable[Issue], recipe: Recipe, lang: str) -> dict[str, Any]:
    """The same object where nothing was computed: without cities."""
    return {
        "framework": {"name": None, "version": None},
        "recipe": json.loads(recipe.to_json()),
        "cities": [],
        "issues": issues_as_json(issues, lang),
        "provenance": {"steelyard": __version__, "inputs": []},
    }


def issues_as_json(issues: Iterable[Issue], lang: str) -> list[dict[str, Any]]:
    """Issues as plain values, their sentences in `lang`."""
    return [
        {
            "severity": issue.severity,
            "code": issue.code,
            "file": issue.location.file,
            "sheet": issue.location.sheet,
            "cell": issue.location.cell,
            "city": issue.city,
            "year": plain(issue.year),
            "indicator": issue.indicator,
            "value": issue.value,
            "used": plain(issue.used),
            "message": issue.message(lang),
            "fix": issue.fix(lang),
        }
        for issue in issues
    ]


def verification_as_json(verification: Any, lang: str) -> dict[str, Any]:
    """A verification as plain values."""
    return {
        "holds": verification.holds,
        "checked": verification.checked,
        "recalculated": verification.recalculated,
        "findings": issues_as_json(verification.findings, lang),
    }


def framework_as_json(framework: Framework) -> dict[str, Any]:
    """A framework's outline as plain values."""
    return {
        "name": framework.name,
        "version": framework.version,
        "title": _both(framework.title),
        "indicators": len(framework.indicators),
        "nodes": [
            {
                "code": node.code,
                "name": _both(node.name),
                "parent": node.parent,
                "weight": node.weight,
                "indicator": node.indicator is not None,
            }
            for node in framework.nodes
        ],
        "presets": [preset.name for preset in framework.presets],
        "level_sets": {
            levels.name: [
                {"level": level.number, "name": _both(level.name), "from": level.lower}
                for level in levels.levels
            ]
            for levels in framework.level_sets
        },
        "gates": [{"code": gate.code, "name": _both(gate.name)} for gate in framework.gates],
        "coverage": {
            "overall": framework.coverage.overall,
            "goal": framework.coverage.goal,
        },
    }


def methods_as_json(catalogues: Mapping[str, Catalogue]) -> dict[str, Any]:
    """Every catalogue as plain values."""
    return {
        kind: [
            {
                "name": method.name,
                "title": {"zh": method.zh, "en": method.en},
                "reference": method.reference,
                "options": list(method.options),
                "relative": method.relative,
                "reverses": method.reverses,
                "live": method.live,
            }
            for method in catalogue.values()
        ]
        for kind, catalogue in catalogues.items()
    }


def plain(value: object) -> Any:
    """A number or text that JSON can carry: no NaN, no numpy types."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def _place(assessment: Assessment, row: int) -> tuple[Any, ...]:
    rank = int(assessment.rank_array[row])
    year = assessment.dataset.years[row] or 0
    return (-year, rank == 0, rank, assessment.dataset.cities[row])


def _city(assessment: Assessment, row: int, lang: str) -> dict[str, Any]:
    grades, framework = assessment.grades, assessment.framework
    level = int(grades.final[row])
    rank = int(assessment.rank_array[row])
    names = (
        {one.number: one.name[lang] for one in grades.level_set.levels} if grades.level_set else {}
    )
    parts = assessment.contribution_array[row]
    return {
        "city": assessment.dataset.cities[row],
        "year": assessment.dataset.years[row],
        "score": plain(assessment.tree.scores[row, 0]),
        "rank": rank or None,
        "level": level or None,
        "level_name": names.get(level),
        "level_by_score": int(grades.by_score[row]) or None,
        "binding_gate": grades.binding[row],
        "coverage": plain(assessment.tree.coverage[row, 0]),
        "provisional": bool(grades.provisional[row]),
        "nodes": {
            node.code: plain(assessment.tree.scores[row, place])
            for place, node in enumerate(framework.nodes)
        },
        "contributions": {
            code: plain(part)
            for code, part in zip([*framework.codes, "adjustment"], parts, strict=True)
            if code != "adjustment" or part
        },
        **_spread(assessment, row),
    }


def _spread(assessment: Assessment, row: int) -> dict[str, Any]:
    """After a multiple imputation, what the doubt about missing values does to score and rank."""
    spread = assessment.spread
    if spread is None:
        return {}
    return {
        "score_deviation": plain(spread.deviation[row, 0]),
        "best_rank": int(spread.best[row]) or None,
        "worst_rank": int(spread.worst[row]) or None,
    }


def _both(text: Any) -> dict[str, str]:
    return {"zh": text["zh"], "en": text["en"]}
