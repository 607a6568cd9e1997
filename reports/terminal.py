"""What the command line prints for people."""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ..assess.assessment import Assessment
from ..assess.gap import gap
from ..catalogue import Catalogue, Method
from ..errors import Issue
from ..indicators.framework import Framework
from ..text import say

if TYPE_CHECKING:
    from ..assess.compare import Comparison
    from ..indicators.collect import Collection, Receipt
    from .verify import Verification

_COLOURS = {"error": "red", "flagged": "yellow", "repaired": "green"}
_SHOWN = 12


def print_assessment(assessment: Assessment, lang: str) -> None:
    """The ranking, then what is to be known about the input."""
    console = _console()
    framework = assessment.framework
    title = say("terminal.title", lang, name=framework.title[lang], version=framework.version)
    table = Table(title=escape(title), title_style="bold", box=None, pad_edge=False)
    dated = any(year is not None for year in assessment.dataset.years)
    goals = [goal.code for goal in framework.goals]
    table.add_column(say("terminal.rank", lang), justify="right")
    table.add_column(say("terminal.city", lang), no_wrap=True)
    if dated:
        table.add_column(say("terminal.year", lang))
    table.add_column(say("terminal.score", lang), justify="right", style="bold")
    if assessment.spread:
        table.add_column(say("terminal.deviation", lang), justify="right")
        table.add_column(say("terminal.rank_range", lang), justify="right")
    if assessment.grades.level_set:
        table.add_column(say("terminal.level", lang))
    for code in goals:
        table.add_column(escape(code), justify="right")
    table.add_column(say("terminal.coverage", lang), justify="right")
    for row in _ranking(assessment):
        table.add_row(*_ranking_row(assessment, row, goals, dated, lang))
    console.print(table)
    names = "  ".join(f"{goal.code} {goal.name[lang]}" for goal in framework.goals)
    console.print(escape(names), style="dim")
    _print_notes(assessment, console, lang)


def print_city(assessment: Assessment, row: int, lang: str) -> None:
    """One city: its place, its goals, what lifts and what holds it down."""
    console = _console()
    framework = assessment.framework
    city, year = assessment.dataset.cities[row], assessment.dataset.years[row]
    heading = say(
        "terminal.city_heading",
        lang,
        city=city if year is None else f"{city} ({year})",
        score=_number(assessment.tree.scores[row, 0]),
        rank=int(assessment.rank_array[row]) or "—",
        count=int((assessment.rank_array > 0).sum()),
        coverage=f"{assessment.tree.coverage[row, 0]:.0%}",
    )
    console.print(escape(heading), style="bold")
    if assessment.grades.level_set:
        console.print(escape(level_sentence(assessment, row, lang)))
    table = Table(box=None, pad_edge=False)
    for key in ("code", "name", "score", "weight", "points"):
        right = key in ("score", "weight", "points")
        table.add_column(say(f"terminal.{key}", lang), justify="right" if right else "left")
    points = dict(zip(framework.codes, assessment.contribution_array[row], strict=False))
    weights = assessment.weights["global"]
    for place, node in enumerate(framework.nodes[1:], start=1):
        depth = 0 if node.parent == framework.root.code else 1
        leaf = node.indicator is not None
        if not leaf and depth:
            continue
        table.add_row(
            escape(node.code),
            escape("  " * depth + node.name[lang]),
            _number(assessment.tree.scores[row, place]),
            f"{weights[node.code]:.3f}" if leaf else "",
            f"{points[node.code]:.2f}" if leaf else "",
            style="" if leaf else "bold",
        )
    console.print(table)
    _print_gap_above(assessment, row, console, lang)


def level_sentence(assessment: Assessment, row: int, lang: str) -> str:
    """The level of a city, and what holds it there."""
    grades = assessment.grades
    assert grades.level_set is not None
    names = {level.number: level.name[lang] for level in grades.level_set.levels}
    by_score = int(grades.by_score[row])
    if grades.provisional[row]:
        goals = ", ".join(grades.thin_goals[row]) or "—"
        return say("terminal.provisional", lang, goals=goals)
    level = int(grades.final[row])
    if grades.binding[row] is None:
        return say("terminal.level_is", lang, level=level, name=names[level])
    gate = next(gate for gate in grades.gates if gate.code == grades.binding[row])
    return say(
        "terminal.level_bound",
        lang,
        level=level,
        name=names[level],
        by_score=by_score,
        score_name=names[by_score],
        gate=gate.code,
        gate_name=gate.name[lang],
    )


def print_issues(
    issues: Iterable[Issue], lang: str, stderr: bool = False, most: int | None = None
) -> None:
    """Findings, each with its place, what was found and how to mend it.

    The gravest come first, and among equals those about the whole table. Findings of several
    years show theirs.
    """
    console = _console(stderr)
    order = {"error": 0, "flagged": 1, "repaired": 2}
    found = sorted(issues, key=lambda issue: (order[issue.severity], issue.city is not None))
    dated = len({issue.year for issue in found} - {None}) > 1
    for issue in found[:most]:
        mark = say(f"terminal.{issue.severity}", lang)
        year = str(issue.year) if dated and issue.year is not None else ""
        place = " · ".join(part for part in (str(issue.location), year) if part)
        console.print(
            f"[{_COLOURS[issue.severity]}]{mark}[/] [bold]{escape(place)}[/]{'  ' if place else ''}"
            f"{escape(issue.message(lang))} [dim]{escape(issue.fix(lang))}[/]",
            highlight=False,
            soft_wrap=True,
        )
    if most is not None and len(found) > most:
        console.print(say("terminal.more_issues", lang, count=len(found) - most), style="dim")


def print_comparison(comparison: Comparison, lang: str) -> None:
    """A comparison's tables, then what makes it less than exact."""
    print_tables(comparison.tables(lang))
    print_issues(comparison.issues, lang)


def print_tables(tables: Mapping[str, pd.DataFrame]) -> None:
    """Tables under their titles."""
    console = _console()
    for title, frame in tables.items():
        table = Table(title=escape(title), title_style="bold", box=None, pad_edge=False)
        for number, name in enumerate(frame.columns):
            table.add_column(
                escape(str(name)), justify="left" if number < 2 else "right", overflow="fold"
            )
        for cells in frame.itertuples(index=False):
            table.add_row(*(escape(_cell(cell)) for cell in cells))
        console.print(table)
        console.print()


def print_collection(collection: Collection, lang: str) -> None:
    """What became of every city's form, then in one line the whole."""
    console = _console()
    table = Table(box=None, pad_edge=False)
    for key in ("city", "year", "status", "coverage_short", "file", "why"):
        right = key == "coverage_short"
        table.add_column(say(f"terminal.collect.{key}", lang), justify="right" if right else "left")
    for receipt in collection.receipts:
        table.add_row(*_receipt_row(receipt, lang))
    console.print(table)
    counts = {status: len(collection.of(status)) for status in ("received", "refused", "missing")}
    console.print(say("terminal.collect.tally", lang, files=collection.files, **counts))


def _receipt_row(receipt: Receipt, lang: str) -> list[str]:
    received = receipt.status == "received"
    colour = {"received": "green", "refused": "red", "missing": "yellow"}[receipt.status]
    errors = [issue for issue in receipt.issues if issue.severity == "error"]
    errors = errors or (list(receipt.issues) if not received else [])
    why = f"{errors[0].location.cell or ''} {errors[0].message(lang)}".strip() if errors else ""
    if len(errors) > 1:
        why += say("terminal.collect.more", lang, count=len(errors) - 1)
    return [
        escape(receipt.city or "—"),
        str(receipt.year or ""),
        f"[{colour}]{say(f'collect.status.{receipt.status}', lang)}[/]",
        f"{receipt.coverage:.0%} ({receipt.reported}/{receipt.asked})" if received else "",
        escape(receipt.file or ""),
        escape(why),
    ]


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, once the work has taken a second, where somebody watches."""
    console = _console(stderr=True)
    began = time.monotonic()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(title, visible=False)

        def advance(done: int, total: int) -> None:
            late = time.monotonic() - began > 1
            bar.update(task, completed=done, total=total, visible=late)

        yield advance


def print_verification(verification: Verification, lang: str) -> None:
    """Whether every number of a workbook holds."""
    print_issues(verification.findings, lang)
    how = "recalculated" if verification.recalculated else "recomputed"
    key = "terminal.holds" if verification.holds else "terminal.does_not_hold"
    console = _console()
    count = len(verification.findings)
    console.print(say(key, lang, checked=verification.checked, count=count), style="bold")
    console.print(say(f"terminal.{how}", lang), style="dim")


def print_frameworks(frameworks: Sequence[Framework], lang: str) -> None:
    """The frameworks that ship."""
    table = Table(box=None, pad_edge=False)
    for key in ("name", "version", "framework_title", "indicators"):
        table.add_column(say(f"terminal.{key}", lang))
    for framework in frameworks:
        count = str(len(framework.indicators))
        table.add_row(framework.name, framework.version, escape(framework.title[lang]), count)
    _console().print(table)


def print_framework(framework: Framework, lang: str) -> None:
    """A framework's tree, weights, scales, presets, levels and gates."""
    console = _console()
    console.print(escape(f"{framework.title[lang]}  {framework.version}"), style="bold")
    if framework.about:
        console.print(escape(framework.about[lang]))
    table = Table(box=None, pad_edge=False)
    for key in ("code", "name", "weight", "unit", "direction", "scale", "goalposts"):
        table.add_column(say(f"terminal.{key}", lang))
    depth = {framework.root.code: 0}
    for node in framework.nodes[1:]:
        depth[node.code] = depth[node.parent or ""] + 1
        cells = _indicator_cells(node.indicator, lang)
        indent = "  " * (depth[node.code] - 1)
        style = "" if node.indicator else "bold"
        name = escape(indent + node.name[lang])
        table.add_row(escape(node.code), name, f"{node.weight:g}", *cells, style=style)
    console.print(table)
    for preset in framework.presets:
        console.print(say("terminal.preset", lang, name=preset.name, title=preset.title[lang]))
    for levels in framework.level_sets:
        steps = "  ".join(f"{x.number} {x.name[lang]} ≥{x.lower:g}" for x in levels.levels)
        console.print(escape(say("terminal.level_set", lang, name=levels.name, steps=steps)))
    named = {gate.code: gate.name for gate in framework.gates}
    if framework.coverage.code:
        named[framework.coverage.code] = framework.coverage.name
    for code in sorted(named):
        console.print(escape(say("terminal.gate", lang, code=code, name=named[code][lang])))


def print_methods(catalogues: Mapping[str, Catalogue], lang: str) -> None:
    """Every method, by kind."""
    console = _console()
    for kind, catalogue in catalogues.items():
        table = Table(title=say(f"terminal.kind_{kind}", lang), title_justify="left", box=None)
        table.title_style = "bold"
        for key in ("name", "method_title", "reference", "relative", "live"):
            table.add_column(say(f"terminal.{key}", lang))
        for method in catalogue.values():
            marks = (
                say("terminal.yes", lang) if one else "" for one in (method.relative, method.live)
            )
            table.add_row(method.name, method.title(lang), escape(method.reference), *marks)
        console.print(table)
        console.print()


def print_method(method: Method, lang: str) -> None:
    """One method: title, options, and its full description."""
    console = _console()
    console.print(escape(f"{method.name}  {method.title(lang)}"), style="bold")
    console.print(escape(inspect.getdoc(method.function) or ""), highlight=False)
    options = ", ".join(method.options) or "—"
    console.print(escape(say("terminal.method_options", lang, options=options)))


def _console(stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 140, highlight=False)


def _ranking(assessment: Assessment) -> list[int]:
    def place(row: int) -> tuple[Any, ...]:
        rank = int(assessment.rank_array[row])
        year = assessment.dataset.years[row] or 0
        return (-year, rank == 0, rank, assessment.dataset.cities[row])

    return sorted(range(len(assessment.dataset)), key=place)


def _ranking_row(
    assessment: Assessment, row: int, goals: Sequence[str], dated: bool, lang: str
) -> list[str]:
    grades = assessment.grades
    position = {node.code: place for place, node in enumerate(assessment.framework.nodes)}
    cells = [str(int(assessment.rank_array[row]) or "—"), escape(assessment.dataset.cities[row])]
    if dated:
        cells.append(str(assessment.dataset.years[row] or ""))
    cells.append(_number(assessment.tree.scores[row, 0]))
    if spread := assessment.spread:
        cells.append(_number(spread.deviation[row, 0]))
        cells.append(f"{spread.best[row]}–{spread.worst[row]}")
    if grades.level_set:
        names = {level.number: level.name[lang] for level in grades.level_set.levels}
        level = int(grades.final[row])
        if grades.provisional[row]:
            cells.append(say("terminal.provisional_mark", lang))
        else:
            bound = grades.binding[row]
            held = say("terminal.held", lang, gate=bound) if bound else ""
            cells.append(escape(f"{level} {names[level]}{held}"))
    cells += [_number(assessment.tree.scores[row, position[code]]) for code in goals]
    cells.append(f"{assessment.tree.coverage[row, 0]:.0%}")
    return cells


def _print_notes(assessment: Assessment, console: Console, lang: str) -> None:
    issues = assessment.issues
    if not issues:
        return
    counts = {s: sum(issue.severity == s for issue in issues) for s in ("repaired", "flagged")}
    console.print()
    console.print(say("terminal.notes", lang, **counts), style="bold")
    print_issues(issues, lang, most=_SHOWN)


def _print_gap_above(assessment: Assessment, row: int, console: Console, lang: str) -> None:
    above = assessment.city_above(row)
    if above is None:
        return
    found = gap(assessment, row, assessment, above)
    position = {node.code: place for place, node in enumerate(assessment.framework.nodes)}
    leaves = sorted(assessment.framework.codes, key=lambda code: found.parts[position[code]])
    console.print()
    name = assessment.dataset.cities[above]
    console.print(escape(say("terminal.above", lang, city=name, gap=f"{-found.total:.2f}")))
    for code in leaves[:5]:
        part = found.parts[position[code]]
        if part < 0:
            title = assessment.framework.node(code).name[lang]
            console.print(escape(f"  {part:+.2f}  {code} {title}"))


def _indicator_cells(indicator: Any, lang: str) -> list[str]:
    if indicator is None:
        return ["", "", "", ""]
    low, high = indicator.low, indicator.high
    posts = "" if low is None or high is None else f"{low:g} – {high:g}"
    if indicator.interval:
        posts += f"  [{indicator.interval[0]:g}, {indicator.interval[1]:g}]"
    direction = say(f"terminal.direction_{indicator.direction}", lang)
    return [escape(indicator.unit[lang]), direction, indicator.scale or "", escape(posts)]


def _number(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.2f}"


def _cell(cell: object) -> str:
    if isinstance(cell, float):
        return _number(cell)
    return "" if cell is None else str(cell)
