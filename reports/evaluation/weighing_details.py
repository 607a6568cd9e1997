"""What a weighting beyond spreadsheet arithmetic found on its way: tables of pasted numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...assess.judged import JUDGED, unjudged
from ...assess.judged_findings import grade, judged_parts
from ...assess.recipe import COMBINED
from ...indicators.dataset import Array
from ...weights.weights import Weights
from .framework import lines_of
from .layout import Layout
from .sheet import Sheet, Value

CODE, NAME = 1, 2
ACCEPTABLE = 0.1
"""Consistency ratio up to which nothing need be reconsidered (Saaty 1980)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table under a heading, with what is said below it.

    Parameters
    ----------
    title : str
        Empty where the table stands for itself.
    heads : tuple of str
        From the third column on, after the code and the name.
    rows : tuple of (code, name, numbers)
    lines : tuple of (str, value)
        Single figures, and sentences.
    first : (str, str)
        Keys of the messages that head the first two columns.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Value, ...]], ...]
    lines: tuple[tuple[str, Value], ...] = ()
    first: tuple[str, str] = ("code", "name")


def put_details(layout: Layout, sheet: Sheet, row: int) -> None:
    """Put the weights and diagnostics of every node that was weighed, from `row` on."""
    heads = _put_parts(layout, sheet, row, layout.assessment.ruler.weighing)
    sheet.width(dict.fromkeys(range(NAME + 1, NAME + 1 + heads), 12.5))


def put_judged(layout: Layout, sheet: Sheet, row: int) -> None:
    """Put what the experts' part of combined weights found, from `row` on."""
    for found in layout.assessment.ruler.weighing.values():
        if judged := found.details.get("judged"):
            _put_parts(layout, sheet, row, judged)


def _put_parts(layout: Layout, sheet: Sheet, row: int, weighing: Mapping[str, Weights]) -> int:
    """Put them; the most columns of any."""
    heads = 0
    for code, found in weighing.items():
        for part in parts_of(layout, code, found):
            heads = max(heads, len(part.heads))
            row = _put(layout, sheet, row, part) + 1
    _put_unjudged(layout, sheet, row)
    return heads


def _put_unjudged(layout: Layout, sheet: Sheet, row: int) -> None:
    """Say which nodes keep the framework's weights because nobody judged them."""
    judged = judged_parts(layout.assessment.ruler.weighing)
    if not judged and layout.assessment.recipe.weigh not in JUDGED:
        return
    codes = unjudged(layout.framework, judged)
    if codes:
        sheet.put(row, CODE, layout.say("weighing.unjudged", nodes=", ".join(codes)), "plain")


def parts_of(layout: Layout, code: str, found: Weights) -> Iterator[Part]:
    """The tables of one node's weights.

    Parameters
    ----------
    layout : Layout
    code : str
        Of the node.
    found : Weights

    Yields
    ------
    Part
        The weights with the method's figures for each item; then what is not by item.
    """
    yield from _METHODS.get(found.method, _plain)(_Said(layout, code, found))


@dataclass(frozen=True)
class _Said:
    """A node's weights and the words for them."""

    layout: Layout
    code: str
    found: Weights

    @property
    def details(self) -> Mapping[str, Any]:
        return self.found.details

    @property
    def codes(self) -> Sequence[str]:
        return tuple(self.details["codes"])

    def say(self, key: str, **fields: object) -> str:
        return self.layout.say(f"weighing.{key}", **fields)

    def name(self, code: str) -> str:
        return self.layout.framework.node(code).name[self.layout.lang]

    def table(
        self,
        columns: Mapping[str, Any],
        lines: tuple[tuple[str, Value], ...] = (),
        title: str = "",
    ) -> Part:
        """One row an item: the weight, then columns by their headings."""
        known = {self.say("weight"): self.found.values, **columns}
        return self.rows(known, lines, title)

    def rows(
        self,
        columns: Mapping[str, Any],
        lines: tuple[tuple[str, Value], ...] = (),
        title: str = "",
    ) -> Part:
        rows = tuple(
            (code, self.name(code), tuple(_number(column[at]) for column in columns.values()))
            for at, code in enumerate(self.codes)
        )
        return Part(title, tuple(columns), rows, lines)

    def matrix(self, key: str, values: Array) -> Part:
        """One row and one column an item."""
        columns = dict(zip(self.codes, values.T, strict=True))
        return self.rows(columns, title=self.say(key))

    def figures(self, *keys: str) -> tuple[tuple[str, Value], ...]:
        """Single numbers among the details."""
        return tuple(
            (self.say(key), _number(self.details[key])) for key in keys if key in self.details
        )


def _plain(said: _Said) -> Iterator[Part]:
    yield said.table({})


def _columns(*keys: str) -> Callable[[_Said], Iterator[Part]]:
    """A method of which a few figures by item say it all."""

    def parts(said: _Said) -> Iterator[Part]:
        yield said.table({said.say(key): said.details[key] for key in keys})

    return parts


def _cilos(said: _Said) -> Iterator[Part]:
    yield said.table({})
    yield said.matrix("best_rows", said.details["A"])
    yield said.matrix("losses", said.details["P"])


def _dea(said: _Said) -> Iterator[Part]:
    scores = said.details["scores"]
    efficient = int(np.sum(said.details["efficient"]))
    lines = ((said.say("efficient"), efficient), (said.say("least_score"), float(scores.min())))
    yield said.table({said.say("largest_share"): said.details["shares"].max(axis=0)}, lines)


def _pca(said: _Said) -> Iterator[Part]:
    details, kept = said.details, range(int(said.details["components"]))
    turned = _signed(details["rotated"])
    yield said.table(
        {
            said.say("group"): details["group"] + 1,
            **{said.say("loading", number=one + 1): turned[:, one] for one in kept},
            **{said.say("scaled", number=one + 1): details["scaled"][:, one] for one in kept},
        }
    )
    shown = range(len(details["eigenvalues"]))
    rows = tuple(
        (
            str(one + 1),
            said.say("kept" if one in kept else "dropped"),
            (
                *(
                    _number(details[key][one])
                    for key in ("eigenvalues", "variance_pct", "cumulative_pct")
                ),
                *(
                    _number(details[key][one]) if one in kept else ""
                    for key in ("explained", "explained_share")
                ),
            ),
        )
        for one in shown
    )
    keys = ("eigenvalues", "variance_pct", "cumulative_pct", "explained", "explained_share")
    heads = tuple(said.say(key) for key in keys)
    yield Part(said.say("components"), heads, rows, first=("group_number", "retained"))


def _combine(said: _Said) -> Iterator[Part]:
    details = said.details
    names = said.layout.assessment.recipe.options_of("weigh", "combine")[COMBINED]
    vectors = {str(name): vector for name, vector in zip(names, details["vectors"], strict=True)}
    lines = tuple(
        (said.say(key, name=name), _number(share))
        for key in ("shares", "alpha")
        if key in details
        for name, share in zip(names, details[key], strict=True)
    )
    yield said.table(vectors, lines)
    for code, found in details.get("judged", {}).items():
        yield from parts_of(said.layout, code, found)


def _balance(said: _Said) -> Iterator[Part]:
    keys = ("wished", "reached", "correlation_with", "unbounded")
    values = ("wished", "reached", "correlation", "unbounded")
    columns = {said.say(key): said.details[value] for key, value in zip(keys, values, strict=True)}
    exact = said.say("exact" if said.details["exact"] else "inexact")
    yield said.table(columns, ((exact, _number(said.details["gap"])),))


def _ahp(said: _Said) -> Iterator[Part]:
    details = said.details
    experts = details["experts"]
    lines = [*said.figures("lambda_max", "CI", "RI", "CR", "GCI", "consensus")]
    lines += [
        (said.say("expert_ratio", expert=name), _number(ratio))
        for name, ratio in zip(details["expert_names"], experts["CR"], strict=True)
    ]
    lines += [
        (said.say("advice"), _advice(said, one))
        for one in details["reconsider"]
        if experts["CR"][one["expert"]] > ACCEPTABLE
    ]
    advised = {one["expert"] for one in details["reconsider"]}
    lines += [
        (said.say("advice"), said.say("throughout", expert=name))
        for place, name in enumerate(details["expert_names"])
        if experts["CR"][place] > ACCEPTABLE and place not in advised
    ]
    yield said.table(_by_expert(said, experts["weights"]), tuple(lines), _title(said))
    yield said.matrix("judgements", details["matrix"])


def _advice(said: _Said, one: Mapping[str, Any]) -> str:
    return said.say(
        "reconsider",
        expert=said.details["expert_names"][one["expert"]],
        row=said.codes[one["row"]],
        column=said.codes[one["column"]],
        current=grade(one["current"]),
        suggested=grade(one["suggested"]),
        ratio=f"{one['CR_after']:.3f}",
    )


def _bwm(said: _Said) -> Iterator[Part]:
    experts = said.details["experts"]
    names = said.details["expert_names"]
    lines = [*said.figures("consensus")]
    for key in ("xi", "CR", "CR_input"):
        lines += [
            (f"{said.say(key)} · {name}", _number(one))
            for name, one in zip(names, experts[key], strict=True)
            if not np.isnan(one)
        ]
    yield said.table(_by_expert(said, experts["weights"]), tuple(lines), _title(said))


def _budget(said: _Said) -> Iterator[Part]:
    spread = {said.say("deviation_between"): said.details["deviation"]}
    shares = _by_expert(said, said.details["shares"])
    yield said.table({**spread, **shares}, title=_title(said))


def _title(said: _Said) -> str:
    framework = said.layout.framework
    if said.code == framework.root.code:
        return framework.title[said.layout.lang]
    return f"{said.code} {said.name(said.code)}"


def _by_expert(said: _Said, shares: Array) -> dict[str, Array]:
    """The experts' own weights, by their names, told apart where two are the same."""
    found: dict[str, Array] = {}
    for number, (name, own) in enumerate(zip(said.details["expert_names"], shares, strict=True)):
        found[name if name not in found else f"{name} ({number + 1})"] = own
    return found


_METHODS: Mapping[str, Callable[[_Said], Iterator[Part]]] = {
    "angle": _columns("angle"),
    "merec": _columns("E"),
    "lopcow": _columns("PV", "deviation", "root_mean_square"),
    "idocriw": _columns("entropy_weights", "cilos_weights"),
    "cilos": _cilos,
    "dea": _dea,
    "pca": _pca,
    "combine": _combine,
    "balance": _balance,
    "ahp": _ahp,
    "bwm": _bwm,
    "budget": _budget,
}


def _signed(loadings: Array) -> Array:
    """Signs mean nothing: each component's largest loading is shown positive."""
    largest = loadings[np.abs(loadings).argmax(axis=0), range(loadings.shape[1])]
    signed: Array = loadings * np.where(largest < 0, -1.0, 1.0)
    return signed


def _number(value: Any) -> Value:
    if isinstance(value, int | np.integer):
        return int(value)
    return "—" if np.isnan(value) else float(value)


def _put(layout: Layout, sheet: Sheet, row: int, part: Part) -> int:
    """Put one table; the next free row."""
    if part.title:
        sheet.put(row, CODE, part.title, "section")
        row += 1
    heads = (*(layout.say(f"weighing.{key}") for key in part.first), *part.heads)
    for column, head in enumerate(heads, start=CODE):
        sheet.put(row, column, head, "head")
    sheet.heights[row] = 8 + 13.5 * max(lines_of(head, 12.5, layout.lang) for head in part.heads)
    for code, name, numbers in part.rows:
        row += 1
        sheet.put(row, CODE, code, "strong")
        sheet.put(row, NAME, name, "text")
        for column, number in enumerate(numbers, start=NAME + 1):
            style = "whole" if isinstance(number, int) else "weight"
            sheet.put(row, column, number, style)
    for head, value in part.lines:
        row += 1
        sheet.put(row, NAME, head, "text")
        sheet.put(row, NAME + 1, value, "plain" if isinstance(value, str) else "weight")
    return row + 1
