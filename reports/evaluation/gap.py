"""The gap sheet: what separates the city on the profile from the next, node by node, in points.

The formulas are those of `assess.gap`; beside them, what one indicator alone would lift.
"""

from __future__ import annotations

import numpy as np

from ...assess.gap import NO_SHARE, Gap, gap
from ...assess.tree import before_blocks, is_mean_at
from ...indicators.framework import Node
from .banner import start
from .blocks import before_blocks as top_of
from .gap_places import COLUMN, HEAD, TOP, node_row
from .layout import FIRST, YEAR, Layout
from .lift import put_lift
from .mean_formulas import phi_at
from .profile_places import PICK, pick_reference, row_reference
from .scores import ANY_NUMBER
from .sheet import Sheet, at, block, literal, on, runs

_OTHER = (PICK, COLUMN["weight"])
"""Where the position of the other city stands."""
_NONE = literal(NO_SHARE)


def gap_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    sheet = start(layout, "gap", COLUMN["lift"])
    own, other = layout.profile_place, other_place(layout)
    _cities(layout, sheet, own, other)
    found = gap(layout.assessment, own, layout.assessment, other)
    for name, column in COLUMN.items():
        style = "head" if column <= COLUMN["lift"] else "subhead"
        sheet.put(HEAD, column, layout.say(f"gap.{name}"), style)
    for node in layout.framework.nodes:
        _labels(layout, sheet, node)
        _scores(layout, sheet, node, own, other)
        _parts(layout, sheet, node, found)
        if node.indicator is not None:
            put_lift(layout, sheet, node)
    _totals(layout, sheet, found)
    sheet.width({1: 9, 2: 40, 3: 12, 4: 12, 5: 16, 6: 16, 7: 16})
    sheet.width(dict.fromkeys(range(COLUMN["weight"], len(COLUMN) + 1), 11.0))
    sheet.heights[HEAD] = 46
    sheet.freeze, sheet.repeat_rows = (TOP, 3), (HEAD, HEAD)
    sheet.landscape = False
    last = node_row(layout, layout.framework.nodes[-1].code)
    area = f"A1:{at(last, COLUMN['lift'])}"
    sheet.finish.append(lambda target: setattr(target, "print_area", area))
    return sheet


def other_place(layout: Layout) -> int:
    """Dataset row of the city to compare with: the next above, for the first the next below."""
    own = layout.profile_place
    place = layout.order.index(own)
    for neighbour in (place - 1, place + 1):
        if 0 <= neighbour < layout.count:
            found = layout.order[neighbour]
            if layout.block_of(found) == layout.block_of(own):
                return found
    return own


def other_label(layout: Layout) -> str:
    """Formula of what the other city is called."""
    where = on(layout.name("gap"), at(*_OTHER, True, True))
    return f"INDEX({layout.scores_column(layout.label_column)},{where})"


def _cities(layout: Layout, sheet: Sheet, own: int, other: int) -> None:
    """Who is compared: the city picked on the profile, and its neighbour in the ranking."""
    sheet.put(PICK, 2, layout.say("gap.pair"), "strong")
    sheet.put(PICK, COLUMN["own"], layout.labels[own], "figure_text", pick_reference(layout))
    sheet.put(PICK, COLUMN["other"], layout.labels[other], "figure_text", other_label(layout))
    mine, column = row_reference(layout), COLUMN["weight"]
    positions = layout.scores_column(layout.position_column)
    place = f"INDEX({positions},{mine})"
    before, after = at(PICK, column + 1, True, True), at(PICK, column + 2, True, True)
    years = layout.scores_column(YEAR)
    for number, sign in ((1, "-"), (2, "+")):
        neighbour = layout.order.index(own) + (1 if sign == "+" else -1)
        there = 0 <= neighbour < layout.count
        shown = layout.order[neighbour] + 1 if there else 0
        formula = f"IFERROR(MATCH({place}{sign}1,{positions},0),0)"
        sheet.put(PICK, column + number, shown, "note", formula)

    def if_same_year(where: str, otherwise: str) -> str:
        same = f"INDEX({years},{where})=INDEX({years},{mine})"
        return f"IF({where}>0,IF({same},{where},{otherwise}),{otherwise})"

    formula = if_same_year(before, if_same_year(after, mine))
    sheet.put(PICK, column, other + 1, "note", formula)
    sheet.heights[PICK] = 26


def _labels(layout: Layout, sheet: Sheet, node: Node) -> None:
    row, root = node_row(layout, node.code), node.parent is None
    style = "text" if node.indicator else "goal"
    depth, above = 0, node
    while above.parent is not None:
        above, depth = layout.framework.node(above.parent), depth + 1
    name = layout.say("index") if root else node.name[layout.lang]
    sheet.put(row, COLUMN["code"], "" if root else node.code, style)
    sheet.put(row, COLUMN["name"], "   " * max(depth - 1, 0) + name, style)


def _scores(layout: Layout, sheet: Sheet, node: Node, own: int, other: int) -> None:
    """Score, score as entered and share of both cities."""
    row, tree = node_row(layout, node.code), layout.assessment.tree
    position = layout.position[node.code]
    style = "number" if node.indicator else "goal_number"
    _weight(layout, sheet, node)
    for who, place in (("own", own), ("other", other)):
        where = row_reference(layout) if who == "own" else at(*_OTHER, True, True)
        formula = f"INDEX({layout.score_range(node.code)},{where})"
        score = tree.scores[place, position]
        sheet.put(row, COLUMN[who], _shown(score), style, formula)
        if node.parent is None:
            continue
        cell = at(row, COLUMN[who])
        formula = f'IF(ISNUMBER({cell}),{_entered(layout, node, cell)},"")'
        entered = _shown(tree.entered[place, position])
        sheet.put(row, COLUMN[f"{who}_entered"], entered, "note_number", formula)
        if node.block == "index":
            share = float(tree.shares[place, position])
            formula = _share(layout, node, who)
            sheet.put(row, COLUMN[f"{who}_share"], share, "note_weight", formula)


def _weight(layout: Layout, sheet: Sheet, node: Node) -> None:
    if node.parent is None or node.block != "index":
        return
    local = layout.assessment.ruler.weights[node.code]
    row = node_row(layout, node.code)
    formula = layout.weight(node.code, "local")
    sheet.put(row, COLUMN["weight"], local, "note_weight", formula)


def _entered(layout: Layout, node: Node, cell: str) -> str:
    parent = layout.framework.node(node.parent or "")
    phi = phi_at(layout.framework, parent, layout.assessment.recipe)
    return phi.entered(cell) if node.block == "index" else cell


def _share(layout: Layout, node: Node, who: str) -> str:
    siblings = layout.framework.children(node.parent or "")
    rows = [node_row(layout, one.code) for one in siblings if one.block == "index"]
    scores, weights = COLUMN[who], COLUMN["weight"]
    present = "+".join(
        f"SUMIF({at(first, scores)}:{at(last, scores)},{ANY_NUMBER},"
        f"{at(first, weights)}:{at(last, weights)})"
        for first, last in runs(rows)
    )
    row = node_row(layout, node.code)
    own = at(row, weights)
    share = f"{own}/({present})"
    parent = layout.framework.node(node.parent or "")
    if not is_mean_at(layout.framework, parent, layout.assessment.recipe):
        share = _in_proportion(layout, node, who, share)
    return f"IF(ISNUMBER({at(row, scores)}),IF({own}=0,0,{share}),0)"


def _in_proportion(layout: Layout, node: Node, who: str, share: str) -> str:
    """The parent's points for each point of the node, in proportion to weight × score."""
    siblings = layout.framework.children(node.parent or "")
    rows = [node_row(layout, one.code) for one in siblings if one.block == "index"]
    scores, weights = COLUMN[who], COLUMN["weight"]
    total = "+".join(
        f"SUMPRODUCT({at(first, scores)}:{at(last, scores)},"
        f"{at(first, weights)}:{at(last, weights)})"
        for first, last in runs(rows)
    )
    own = at(node_row(layout, node.code), weights)
    column = layout.term_columns[node.parent or ""]
    cells = block(layout.name("terms"), (FIRST, column), (layout.last, column))
    where = row_reference(layout) if who == "own" else at(*_OTHER, True, True)
    reached = f"INDEX({cells},{where})"
    return f"IF(({total})=0,{share},{own}*{reached}/({total}))"


def _parts(layout: Layout, sheet: Sheet, node: Node, found: Gap) -> None:
    """Chord and middle of an inner node; factor, points and points through coverage of each."""
    position = layout.position[node.code]
    row = node_row(layout, node.code)
    if node.indicator is None:
        _chord(layout, sheet, node)
    factor = _factor(layout, node) if node.parent is not None else None
    sheet.put(row, COLUMN["factor"], _finite(found.factors[position]), "note_weight", factor)
    style = "signed" if node.indicator else "goal_signed"
    points = _own_points(row) if node.indicator else _sum_of_children(layout, node)
    sheet.put(row, COLUMN["points"], _finite(found.parts[position]), style, points)
    if node.parent is not None and node.block == "index":
        value = _finite(found.coverage[position])
        sheet.put(row, COLUMN["coverage_points"], value, style, _coverage_points(layout, node))
    else:
        sheet.put(row, COLUMN["coverage_points"], None, style)
    if node.indicator is None:
        sheet.put(row, COLUMN["lift"], None, style)


def _chord(layout: Layout, sheet: Sheet, node: Node) -> None:
    row, phi = node_row(layout, node.code), phi_at(layout.framework, node, layout.assessment.recipe)
    own, other = at(row, COLUMN["own"]), at(row, COLUMN["other"])
    both = f"AND(ISNUMBER({own}),ISNUMBER({other}))"
    own, other = _top(layout, node, "own"), _top(layout, node, "other")
    scores, position = layout.assessment.tree.scores, layout.position
    tops = before_blocks(layout.framework, node, scores, position)
    values = [tops[place] for place in (layout.profile_place, other_place(layout))]
    there = not np.isnan(values).any()
    first, second = np.array(values[0]), np.array(values[1])
    chord = float(phi.mean.chord(second, first)) if there else 0.0
    middle = float((phi.mean.phi(first) + phi.mean.phi(second)) / 2) if there else 0.0
    formula = f"IF({both},{phi.chord(other, own)},0)"
    sheet.put(row, COLUMN["chord"], _finite(chord), "note_number", formula)
    formula = f"IF({both},({phi.of(own)}+{phi.of(other)})/2,0)"
    if not is_mean_at(layout.framework, node, layout.assessment.recipe):
        middle, formula = 0.0, "0"
    sheet.put(row, COLUMN["middle"], _finite(middle), "note_number", formula)


def _top(layout: Layout, node: Node, who: str) -> str:
    """A node's score before bonus and deduction."""
    column = COLUMN[who]
    score = at(node_row(layout, node.code), column)
    return top_of(
        layout.framework, node, score, lambda block: at(node_row(layout, block.code), column)
    )


def _factor(layout: Layout, node: Node) -> str:
    parent = layout.framework.node(node.parent or "")
    row, above = node_row(layout, node.code), node_row(layout, parent.code)
    factor, chord = at(above, COLUMN["factor"]), at(above, COLUMN["chord"])
    if node.block != "index":
        sign = "" if node.block == "bonus" else "-"
        return f"IF({chord}=0,0,{sign}{factor}*{literal(node.points)}/100)"
    own, other = at(row, COLUMN["own_share"]), at(row, COLUMN["other_share"])
    phi = phi_at(layout.framework, parent, layout.assessment.recipe)
    step = phi.chord(at(row, COLUMN["other_entered"]), at(row, COLUMN["own_entered"]))
    both = f"AND({own}>{_NONE},{other}>{_NONE},{chord}<>0)"
    return f"IF({both},{factor}/{chord}*({own}+{other})/2*{step},0)"


def _own_points(row: int) -> str:
    own, other = at(row, COLUMN["own_entered"]), at(row, COLUMN["other_entered"])
    both = f"AND(ISNUMBER({own}),ISNUMBER({other}))"
    return f"IF({both},{at(row, COLUMN['factor'])}*({own}-{other}),0)"


def _sum_of_children(layout: Layout, node: Node) -> str:
    rows = [node_row(layout, child.code) for child in layout.framework.children(node.code)]
    first, last = at(0, COLUMN["points"])[:-1], at(0, COLUMN["coverage_points"])[:-1]
    return "+".join(f"SUM({first}{start_at}:{last}{end})" for start_at, end in runs(rows))


def _coverage_points(layout: Layout, node: Node) -> str:
    parent = layout.framework.node(node.parent or "")
    row, above = node_row(layout, node.code), node_row(layout, parent.code)
    phi = phi_at(layout.framework, parent, layout.assessment.recipe)
    own, other = at(row, COLUMN["own_share"]), at(row, COLUMN["other_share"])
    mine, theirs = (phi.of(at(row, COLUMN[name])) for name in ("own_entered", "other_entered"))
    chord, middle = at(above, COLUMN["chord"]), at(above, COLUMN["middle"])
    either = f"IF({own}>{_NONE},{mine},{theirs})"
    average = f"IF(AND({own}>{_NONE},{other}>{_NONE}),({mine}+{theirs})/2,{either})"
    points = f"{at(above, COLUMN['factor'])}/{chord}*({own}-{other})*({average}-{middle})"
    return f"IF(AND(MAX({own},{other})>{_NONE},{chord}<>0),{points},0)"


def _totals(layout: Layout, sheet: Sheet, found: Gap) -> None:
    """Gap of the index, and what rounding or a cap adds."""
    own, other = at(TOP, COLUMN["own"]), at(TOP, COLUMN["other"])
    parts = at(TOP, COLUMN["points"])
    both = f"AND(ISNUMBER({own}),ISNUMBER({other}))"
    total = found.total
    sheet.put(PICK + 1, 2, layout.say("gap.total"), "text")
    shown = _shown(total)
    sheet.put(PICK + 1, 3, shown, "signed", f'IF({both},{own}-{other},"")')
    sheet.put(PICK + 1, 4, layout.say("adjustment"), "text")
    rest = f"{own}-{other}-{parts}"
    formula = f"IF({both},IF(ABS({rest})<=1E-9,0,{rest}),0)"
    sheet.put(PICK + 1, 5, _finite(found.adjustment), "signed", formula)


def _shown(value: float) -> float | str:
    return "" if np.isnan(value) else float(value)


def _finite(value: float) -> float:
    return float(value) if np.isfinite(value) else 0.0
