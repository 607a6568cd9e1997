"""The weights sheet: change a weight and everything after it moves."""

from __future__ import annotations

from ...indicators.local_weights import global_weights
from .banner import start
from .layout import NODE_FIRST, WEIGHT_COLUMNS, Layout
from .sheet import Sheet, at, block


def weights_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    framework, local = layout.framework, layout.assessment.ruler.weights
    overall = global_weights(framework, local)
    sheet = start(layout, "weights", len(WEIGHT_COLUMNS))
    for field, column in WEIGHT_COLUMNS.items():
        sheet.put(NODE_FIRST - 1, column, layout.say(f"weight_heads.{field}"), "head")
    last = NODE_FIRST + len(framework.nodes) - 2
    name = layout.name("weights")
    column = WEIGHT_COLUMNS
    parents = block(name, (NODE_FIRST, column["parent"]), (last, column["parent"]))
    given = block(name, (NODE_FIRST, column["weight"]), (last, column["weight"]))
    in_goal = {framework.root.code: 1.0}
    for node in framework.nodes[1:]:
        row = layout.node_row[node.code]
        top = node.parent == framework.root.code
        style = "text" if node.indicator else "goal"
        number = "weight" if node.indicator else "goal_weight"
        in_goal[node.code] = 1.0 if top else in_goal[node.parent or ""] * local[node.code]
        depth = _depth(layout, node.code)
        sheet.put(row, column["code"], node.code, style)
        sheet.put(row, column["name"], "   " * depth + node.name[layout.lang], style)
        sheet.put(row, column["parent"], node.parent, style)
        sheet.put(row, column["weight"], local[node.code], "input_weight")
        parent, weight = at(row, column["parent"]), at(row, column["weight"])
        total = f"SUMIF({parents},{parent},{given})"
        rescaled = f"IF({total}=0,0,{weight}/{total})"
        sheet.put(row, column["local"], local[node.code], number, rescaled)
        own = at(row, column["local"])
        above = 0 if top else layout.node_row[node.parent or ""]
        product = own if top else f"{at(above, column['global'])}*{own}"
        sheet.put(row, column["global"], overall[node.code], number, product)
        within = "1" if top else f"{at(above, column['goal'])}*{own}"
        sheet.put(row, column["goal"], in_goal[node.code], number, within)
    sheet.width({1: 10, 2: 44, 3: 12, 4: 16, 5: 16, 6: 16, 7: 16})
    sheet.heights[NODE_FIRST - 1] = 44
    sheet.freeze = (NODE_FIRST, 3)
    sheet.repeat_rows = (NODE_FIRST - 1, NODE_FIRST - 1)
    sheet.landscape = False
    return sheet


def _depth(layout: Layout, code: str) -> int:
    depth, node = 0, layout.framework.node(code)
    while node.parent not in (None, layout.framework.root.code):
        node = layout.framework.node(node.parent or "")
        depth += 1
    return depth
