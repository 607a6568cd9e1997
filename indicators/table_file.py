"""A framework as a table, in a CSV or on a sheet: one row a node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import FrameworkError, Issue, Location
from .draft import Draft, Entry, Path
from .framework import INDEX, Framework
from .names import header_key
from .plain_framework import TEXTS, plain_framework
from .yaml_file import draft_from_yaml, yaml_from_rules

RULES_MARK = "#rules"
SHEETS = ("Framework", "指标体系")
RULES_SHEETS = ("Rules", "规则")

HEADERS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "编码", "代码"),
    "name_zh": ("name_zh", "名称", "中文名", "指标名称"),
    "name_en": ("name_en", "英文名", "英文名称"),
    "parent": ("parent", "上级", "上级编码"),
    "weight": ("weight", "权重"),
    "unit": ("unit", "单位"),
    "unit_en": ("unit_en", "英文单位"),
    "direction": ("direction", "方向"),
    "scale": ("scale", "标尺"),
    "low": ("low", "下限"),
    "high": ("high", "上限"),
    "interval_low": ("interval_low", "区间下限"),
    "interval_high": ("interval_high", "区间上限"),
    "ladder": ("ladder", "阶梯"),
    "range_low": ("range_low", "有效下限"),
    "range_high": ("range_high", "有效上限"),
    "aliases": ("aliases", "别名"),
    "definition": ("definition", "定义"),
    "definition_en": ("definition_en", "英文定义"),
    "source": ("source", "来源"),
    "source_en": ("source_en", "英文来源"),
    "benchmark": ("benchmark", "参照"),
    "benchmark_en": ("benchmark_en", "英文参照"),
    "goalpost_reason": ("goalpost_reason", "标尺依据"),
    "goalpost_reason_en": ("goalpost_reason_en", "英文标尺依据"),
    "data_source": ("data_source", "数据来源"),
    "data_source_en": ("data_source_en", "英文数据来源"),
    "block": ("block", "板块"),
    "points": ("points", "分值"),
}
_DIRECTIONS = {
    "benefit": ("benefit", "正向", "+1", "1", "max", "maximize", "越大越好", "+"),
    "cost": ("cost", "负向", "-1", "min", "minimize", "越小越好", "逆向", "-", "−1"),
    "target": ("target", "适度", "区间", "0", "interval", "moderate"),
}
_ALIKE = ("code", "weight", "direction", "scale", "low", "high", "block", "points")
_COLUMN_OF = {header_key(word): column for column, words in HEADERS.items() for word in words}
_RUNG = re.compile(r"\s*(\d+)\s*[=＝:：]\s*(.*)", re.DOTALL)


def draft_from_rows(
    rows: Sequence[Sequence[object]],
    location: Location,
    name: str,
    rules: Sequence[str] = (),
    rules_sheet: str | None = None,
) -> Draft:
    """Read a framework from the cells of a table.

    Parameters
    ----------
    rows : sequence of rows of cells
        From cell A1 on; the column heads may stand lower. A first cell of ``#rules`` ends the
        table; the lines of YAML after it are the rules.
    location : Location
        File and sheet.
    name : str
        Name of the framework unless the rules give one.
    rules : sequence of str
        Lines of YAML from a sheet of their own.
    rules_sheet : str, optional
        Its name.

    Returns
    -------
    Draft

    Raises
    ------
    FrameworkError
        If no row holds the column heads, or the rules are not YAML.
    """
    head = next((place for place, row in enumerate(rows) if _is_head(row)), None)
    if head is None:
        raise FrameworkError([Issue("error", "framework.no_table", location)])
    columns = {
        place: _COLUMN_OF[header_key(str(cell))]
        for place, cell in enumerate(rows[head])
        if cell is not None and header_key(str(cell)) in _COLUMN_OF
    }
    end = next((i for i, row in enumerate(rows) if _first(row) == RULES_MARK), len(rows))
    places: dict[Path, Location] = {(): location}
    entries = []
    for number in range(head + 1, end):
        cells = {
            column: _cleaned(rows[number][place])
            for place, column in columns.items()
            if place < len(rows[number])
        }
        if any(value is not None for value in cells.values()):
            path: Path = ("row", number)
            _remember(places, path, columns, location, number)
            entries.append(Entry(_fields(cells), _parent(cells), path))
    lines = [*rules, *(str(_first(row) or "") for row in rows[end + 1 :])]
    text = "\n".join(lines)
    beside: Mapping[str, Any] = {}
    if text.strip():
        written = draft_from_yaml(text, location.file or "", rules_sheet or location.sheet)
        beside = written.rules
        places |= {path: place for path, place in written.places.items() if path}
    return Draft(tuple(entries), {"name": name, **beside}, places)


def rows_from_framework(framework: Framework) -> list[list[object]]:
    """Write a framework as the rows of a table, the heads first; the rules are not in it."""
    rows: list[list[object]] = [list(HEADERS)]
    rows += [
        [cells.get(column) for column in HEADERS] for cells in _cells_of(framework, INDEX, None)
    ]
    return rows


def rules_from_framework(framework: Framework) -> list[str]:
    """The rest of a framework, as lines of YAML."""
    return yaml_from_rules(framework).splitlines()


def _cells_of(
    framework: Framework, code: str, nodes: list[dict[str, Any]] | None
) -> Iterator[dict[str, object]]:
    for node in plain_framework(framework)["tree"] if nodes is None else nodes:
        name = node.get("name") or {"zh": "", "en": ""}
        low, high = node.get("range", (None, None))
        interval = node.get("interval", (None, None))
        cells: dict[str, object] = {
            **{key: node.get(key) for key in _ALIKE},
            "name_zh": name["zh"] or None,
            "name_en": name["en"] or None,
            "parent": None if code == INDEX else code,
            "interval_low": interval[0],
            "interval_high": interval[1],
            "range_low": low,
            "range_high": high,
            "ladder": "|".join(_rung_text(rung) for rung in node.get("ladder", ())) or None,
            "aliases": "|".join(node.get("aliases", ())) or None,
        }
        for text in TEXTS:
            both = node.get(text) or {"zh": "", "en": ""}
            cells[text] = both["zh"] or None
            cells[f"{text}_en"] = both["en"] or None
        yield cells
        if "children" in node:
            yield from _cells_of(framework, node["code"], node["children"])


def _rung_text(rung: Mapping[str, Any]) -> str:
    words = " / ".join(word for word in (rung["zh"], rung["en"]) if word)
    return f"{rung['level']}={words}"


def _is_head(row: Sequence[object]) -> bool:
    found = {_COLUMN_OF.get(header_key(str(cell))) for cell in row if cell is not None}
    return "code" in found and bool(found & {"name_zh", "name_en", "parent", "direction"})


def _first(row: Sequence[object]) -> object:
    return row[0] if len(row) else None


def _remember(
    places: dict[Path, Location],
    path: Path,
    columns: Mapping[int, str],
    location: Location,
    number: int,
) -> None:
    def at(place: int) -> Location:
        return Location(location.file, location.sheet, f"{_letters(place + 1)}{number + 1}")

    places[path] = at(min(columns))
    field_of = {
        "name_zh": "name",
        "name_en": "name",
        "interval_low": "interval",
        "range_low": "range",
    }
    for place, column in columns.items():
        places.setdefault((*path, field_of.get(column, column)), at(place))


def _fields(cells: Mapping[str, object]) -> dict[str, Any]:
    found: dict[str, Any] = {"code": _text(cells.get("code"))}
    found["name"] = _both(cells.get("name_zh"), cells.get("name_en"))
    for key in ("weight", "low", "high", "points"):
        found[key] = _number(cells.get(key))
    for key in ("scale", "block"):
        found[key] = _text(cells.get(key)) or None
    found["direction"] = _direction(cells.get("direction"))
    for key in TEXTS:
        found[key] = _both(cells.get(key), cells.get(f"{key}_en"))
    for key in ("interval", "range"):
        bounds = [_number(cells.get(f"{key}_{side}")) for side in ("low", "high")]
        found[key] = bounds if bounds != [None, None] else None
    found["ladder"] = _ladder(_text(cells.get("ladder")))
    found["aliases"] = [one for one in re.split(r"[|;；、]", _text(cells.get("aliases"))) if one]
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _parent(cells: Mapping[str, object]) -> str | None:
    parent = _text(cells.get("parent"))
    return parent if parent and parent != INDEX else None


def _ladder(text: str) -> list[dict[str, Any]]:
    found = []
    for part in filter(None, text.split("|")):
        match = _RUNG.fullmatch(part)
        zh, _, en = (match.group(2) if match else part).partition(" / ")
        level = int(match.group(1)) if match else None
        found.append({"level": level, "zh": zh.strip(), "en": en.strip()})
    return found


def _direction(cell: object) -> str | None:
    text = _text(cell)
    for direction, words in _DIRECTIONS.items():
        if text.casefold() in words:
            return direction
    return text or None


def _both(zh: object, en: object) -> dict[str, str] | None:
    found = {"zh": _text(zh), "en": _text(en)}
    return found if any(found.values()) else None


def _number(cell: object) -> Any:
    if cell is None or isinstance(cell, int | float):
        return cell
    text = _text(cell).replace(",", "").replace("，", "")
    try:
        return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return text


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _cleaned(cell: object) -> object:
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
