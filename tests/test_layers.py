"""Who may import whom: errors, text ← indicators ← weights ← assess ← reports ← cli."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = {
    "errors": 0,
    "options": 0,
    "text": 0,
    "catalogue": 0,
    "atomic": 0,
    "version": 0,
    "messages": 0,
    "indicators": 1,
    "samples": 2,
    "weights": 2,
    "assess": 3,
    "reports": 4,
    "spoken": 5,
    "cli": 5,
    "__init__": 6,
    "__main__": 6,
}
OUTSIDE = {"tests", "benchmarks", "docs"}


def modules():
    return [
        path
        for path in sorted(ROOT.rglob("*.py"))
        if not any(part.startswith(".") or part in OUTSIDE for part in path.relative_to(ROOT).parts)
    ]


def room(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path):
    package = ("steelyard", *path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(part for part in (base, node.module) if part)
            yield name if node.module else f"{name}.{node.names[0].name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_rooms_below(path):
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "steelyard" and len(parts) > 1:
            assert LAYERS[parts[1]] <= LAYERS[room(path)], f"{path} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_inside_the_package_are_relative(path):
    tree = ast.parse(path.read_text("utf-8"))
    absolute = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.level and node.module
    ]
    assert not [name for name in absolute if name.split(".")[0] == "steelyard"]


FOREIGN = {
    "click": ("cli", "spoken"),
    "openpyxl": ("indicators/reading", "reports"),
    "python_calamine": ("indicators/reading",),
    "rich": ("cli", "reports"),
}


@pytest.mark.parametrize("library", FOREIGN)
def test_a_library_stands_only_in_its_rooms(library):
    for path in modules():
        inside = str(path.relative_to(ROOT))
        if any(name.split(".")[0] == library for name in imported(path)):
            assert inside.startswith(FOREIGN[library]), inside
