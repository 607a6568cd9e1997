"""The weighing sheet: weights that are computed, live where that is spreadsheet arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...assess.relativity import relative_findings
from ...assess.ruler import computes_weights
from ...indicators.framework import Node
from ...weights import METHODS
from .banner import start
from .layout import Layout
from .sheet import Sheet, literal
from .weighing_details import put_details, put_judged
from .weighing_live import CODE, HEAD, NAME

TEXT = 4
"""First row of what is said about the method."""


def weighing_sheet(layout: Layout) -> Sheet | None:
    """Build the sheet; None where weights are declared."""
    if not computes_weights(layout.assessment.recipe):
        return None
    sheet = start(layout, "weighing", 8)
    _say(layout, sheet)
    sheet.width({CODE: 12, NAME: 44})
    if live := layout.live_weights:
        put_judged(layout, sheet, live.put(sheet))
    elif layout.own_weights:
        put_details(layout, sheet, HEAD)
    return sheet


def weight_formula(layout: Layout, node: Node) -> str | None:
    """Formula of a node's weight on the weights sheet; None where it is pasted."""
    live = layout.live_weights
    if live is None or node.block != "index" or node.parent is None:
        return None
    own, above = live.sum_of(node.code), live.sum_of(node.parent)
    if above is None:
        return None
    if node.parent == layout.framework.root.code:
        return own or "0"
    # Where no indicator weighs anything, the framework's proportions stand.
    return f"IF({above}=0,{literal(node.weight)},{own or '0'})"


def weight_value(layout: Layout, node: Node) -> float:
    """The number on the weights sheet: what the formula gives, or what is pasted."""
    live = layout.live_weights
    if live is None or weight_formula(layout, node) is None:
        return layout.assessment.ruler.weights[node.code]
    return live.total(node.code) if live.total(node.parent or "") else node.weight


def pasted_note(layout: Layout, node: Node) -> str | None:
    """What is said on a weight that is pasted; None where the method did not find it."""
    found = layout.assessment.ruler.weighing.values()
    codes = {code for one in found for code in one.details["codes"]}
    if layout.own_weights and node.code not in codes:
        return None
    return layout.say(
        "weighing.pasted_cell", method=METHODS[layout.assessment.recipe.weigh].title(layout.lang)
    )


def _say(layout: Layout, sheet: Sheet) -> None:
    recipe, lang = layout.assessment.recipe, layout.lang
    method = METHODS[recipe.weigh]
    options = recipe.options_of("weigh", recipe.weigh)
    shown = "; ".join(_shown(options)) or "—"
    state = "live" if layout.live_weights else "pasted" if layout.own_weights else "elsewhere"
    lines = {
        "method": f"{method.title(lang)} ({method.name}); {method.reference}",
        "options": shown,
        "how": layout.say(f"weighing.{state}", method=method.title(lang)),
    }
    for issue in relative_findings(recipe):
        if issue.code == "assess.relative_weigh":
            lines.setdefault("known", issue.message(lang))
    for number, (key, text) in enumerate(lines.items()):
        sheet.put(TEXT + number, NAME, layout.say(f"weighing.{key}_head"), "goal")
        sheet.put(TEXT + number, NAME + 1, text, "plain")


def _shown(options: Mapping[str, object], above: str = "") -> Iterator[str]:
    """Each option and its value; those of a part by which weights are combined under its name."""
    for name, value in sorted(options.items()):
        if isinstance(value, Mapping):
            yield from _shown(value, f"{above}{name}.")
        else:
            yield f"{above}{name} = {_listed(value)}"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
