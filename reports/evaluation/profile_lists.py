"""The profile's table of indicators, and the lists of strengths, gaps and levers drawn from it."""

from __future__ import annotations

from ...assess.tree import is_mean_at
from .contributions import contribution_column
from .gap import other_label, other_place
from .gap_places import COLUMN as GAP_COLUMN
from .gap_places import node_row
from .layout import Layout
from .pasted import method_title
from .profile_places import WIDTH, index_of
from .sheet import Sheet, Value, at, block, on
from .spread import median_of, spread

LIST_ROWS = 16
"""Rows that the four lists take up, two above two."""
_LISTED = 5
_TIE = 1e-9
"""Equal values are listed in table order: each stands this much behind the one before."""
_HEADS = (
    ("code", "text"),
    ("name", "wrapped_middle"),
    ("raw", "raw"),
    ("unit", "unit"),
    ("own", "number_strong"),
    ("median", "number"),
    ("difference", "signed"),
    ("points", "number"),
    ("lift", "number"),
    ("behind", "signed"),
)
_COLUMN = {name: place for place, (name, _) in enumerate(_HEADS, start=1)}
_STYLE = dict(_HEADS)
_SOURCE = {"strengths": "difference", "gaps": "difference", "lift": "lift", "behind": "behind"}
_RISING = ("gaps", "behind")
"""Lists that begin with the smallest."""


def indicator_table(layout: Layout, sheet: Sheet, row: int) -> int:
    """Put the table of all indicators of the picked city; returns its last row."""
    sheet.put(row, 1, layout.say("profile.indicators"), "section")
    for key, column in _COLUMN.items():
        head = f"weight_heads.{key}" if key in ("code", "name") else f"profile.{key}"
        head = "profile.lift_head" if key == "lift" else head
        sheet.put(row + 1, column, layout.say(head), "head")
    sheet.heights[row + 1] = 34
    for number, code in enumerate(layout.framework.codes):
        _indicator(layout, sheet, row + 2 + number, code)
        for key in _SOURCE:
            _put_key(layout, sheet, row + 2 + number, number, key)
    return row + 1 + len(layout.framework.codes)


def put_lists(layout: Layout, sheet: Sheet, row: int, table: int) -> None:
    """Put the four lists; `table` is the row of the table's title."""
    for number, key in enumerate(_SOURCE):
        line = row + (number // 2) * (_LISTED + 3)
        _list(layout, sheet, line, 1 if number % 2 == 0 else 6, key, table + 2)


def _indicator(layout: Layout, sheet: Sheet, row: int, code: str) -> None:
    """One row: what the city reported and scored, and what follows from it."""
    assessment, place = layout.assessment, layout.profile_place
    position = layout.framework.codes.index(code)
    node, there = layout.framework.node(code), node_row(layout, code)
    assert node.indicator is not None
    data = index_of(layout, layout.data_range(code))
    contributed = contribution_column(layout, code)
    name = layout.name("contributions")
    points = block(name, (layout.row(0), contributed), (layout.last, contributed))
    score = assessment.tree.scores[place, layout.position[code]]
    cells: dict[str, tuple[Value, str | None]] = {
        "code": (code, None),
        "name": (node.name[layout.lang], None),
        "raw": (_shown(assessment.dataset.values[place, position]),
                f'IF(ISNUMBER({data}),{data},"")'),
        "unit": (node.indicator.unit[layout.lang], None),
        "own": (_shown(score), index_of(layout, layout.score_range(code))),
        "median": (spread(layout, code, layout.block_of(place))[0], median_of(layout, code)),
        "difference": _difference(layout, row, score, code),
        "points": (float(assessment.contribution_array[place, position]), index_of(layout, points)),
        "lift": _from_gap(layout, there, "lift"),
        "behind": _from_gap(layout, there, "points"),
    }  # fmt: skip
    for key, (value, formula) in cells.items():
        sheet.put(row, _COLUMN[key], value, _STYLE[key], formula)


def _difference(layout: Layout, row: int, score: float, code: str) -> tuple[Value, str]:
    """Score less the median; the score itself where there is no other city to compare with."""
    own, median = at(row, _COLUMN["own"]), at(row, _COLUMN["median"])
    if _is_alone(layout):
        return _shown(score), f'IF(ISNUMBER({own}),{own},"")'
    middle = spread(layout, code, layout.block_of(layout.profile_place))[0]
    shown = _shown(score - middle) if isinstance(middle, float) else ""
    return shown, f'IF(AND(ISNUMBER({own}),ISNUMBER({median})),{own}-{median},"")'


def _is_alone(layout: Layout) -> bool:
    return all(first == last for first, last in layout.blocks)


def _from_gap(layout: Layout, row: int, column: str) -> tuple[Value, str]:
    value = layout.gap.cells[row, GAP_COLUMN[column]].value
    cell = on(layout.name("gap"), at(row, GAP_COLUMN[column]))
    return ("" if value is None else value), f'IF(ISNUMBER({cell}),{cell},"")'


def _key_column(key: str) -> int:
    return WIDTH + 2 + list(_SOURCE).index(key)


def _put_key(layout: Layout, sheet: Sheet, row: int, number: int, key: str) -> None:
    """What a list is sorted by: the value, apart from all equal ones, blank where not listed."""
    cell, source = at(row, _COLUMN[_SOURCE[key]]), sheet.cells[row, _COLUMN[_SOURCE[key]]]
    tie = _TIE if key in _RISING else -_TIE
    value = source.value
    listed = isinstance(value, float) and _is_listed(layout, key, value)
    shown = value + number * tie if listed and isinstance(value, float) else ""
    formula = (
        f'IF(ISNUMBER({cell}),IF({_condition(layout, key, cell)},{cell}+{number * tie:.9f},""),"")'
    )
    sheet.put(row, _key_column(key), shown, "faint", formula)


def _is_listed(layout: Layout, key: str, value: float) -> bool:
    if key in ("strengths", "gaps") and _is_alone(layout):
        return True
    return value < -1e-6 if key in _RISING else value > 1e-6


def _condition(layout: Layout, key: str, cell: str) -> str:
    if key in ("strengths", "gaps") and _is_alone(layout):
        return "TRUE"
    return f"{cell}<-0.000001" if key in _RISING else f"{cell}>0.000001"


def _list(layout: Layout, sheet: Sheet, row: int, column: int, key: str, table: int) -> None:
    """Five indicators, the largest or smallest of a column of the table."""
    last = table + len(layout.framework.codes) - 1
    keyed, source = _key_column(key), _COLUMN[_SOURCE[key]]
    found = [
        (value, line)
        for line in range(table, last + 1)
        if isinstance(value := sheet.cells[line, keyed].value, float)
    ]
    found.sort(reverse=key not in _RISING)
    _title(layout, sheet, row, column, key)
    keys, names, values = (
        f"{at(table, one, True, True)}:{at(last, one, True, True)}"
        for one in (keyed, _COLUMN["name"], source)
    )
    function = "SMALL" if key in _RISING else "LARGE"
    for number in range(_LISTED):
        line, end = row + 1 + number, column + (3 if column == 1 else 4)
        enough = f"COUNT({keys})>={number + 1}"
        where = f"MATCH({function}({keys},{number + 1}),{keys},0)"
        there = found[number][1] if number < len(found) else None
        for blank in range(column, end):
            sheet.put(line, blank, None, "text")
        sheet.merge(line, column, line, end - 1)
        name = sheet.cells[there, _COLUMN["name"]].value if there else ""
        sheet.put(line, column, name, "text", f'IF({enough},INDEX({names},{where}),"")')
        value = sheet.cells[there, source].value if there else ""
        formula = f'IF({enough},INDEX({values},{where}),"")'
        sheet.put(line, end, value, "signed", formula)


def _title(layout: Layout, sheet: Sheet, row: int, column: int, key: str) -> None:
    if key == "behind":
        other = layout.labels[other_place(layout)]
        before, after = layout.say("profile.behind_list").split("|")
        formula = f'"{before}"&{other_label(layout)}&"{after}"'
        sheet.put(row, column, f"{before}{other}{after}", "section", formula)
        return
    root, recipe = layout.framework.root, layout.assessment.recipe
    if key == "lift" and not is_mean_at(layout.framework, root, recipe):
        text = layout.say("profile.no_lift", method=method_title(layout, root))
        sheet.put(row, column, text, "section")
        return
    alone = "_alone" if _is_alone(layout) and key in ("strengths", "gaps") else ""
    sheet.put(row, column, layout.say(f"profile.{key}{alone}"), "section")


def _shown(value: float) -> float | str:
    return "" if value != value else float(value)  # noqa: PLR0124 NaN is not itself
