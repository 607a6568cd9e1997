"""What starting up loads, and how long it takes.

Run by hand: python benchmarks/start.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

HEAVY = ("numpy", "pandas", "scipy", "openpyxl", "python_calamine", "rich", "yaml", "skcriteria")
LOADED = """
import json, sys
print("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""
HELP = """
from steelyard.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
"""


def run(code: str) -> tuple[float, set[str]]:
    """Seconds of a fresh interpreter running `code`, and the packages it had loaded at the end."""
    command = [sys.executable, "-c", f"{code}\n{LOADED}"]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return time.perf_counter() - start, set(json.loads(done.stdout.splitlines()[-1]))


def best(code: str, repeats: int = 5) -> tuple[float, set[str]]:
    return min((run(code) for _ in range(repeats)), key=lambda pair: pair[0])


def main() -> None:
    empty, builtin = best("pass")
    click, with_click = best("import click")
    for name, code in (("import steelyard", "import steelyard"), ("steelyard --help", HELP)):
        seconds, loaded = best(code)
        beyond = sorted(m for m in loaded - builtin - with_click if not m.startswith("_"))
        heavy = [module for module in HEAVY if module in loaded]
        print(f"{name}: {1e3 * seconds:.0f} ms", end=" · ")
        print(f"bare interpreter {1e3 * empty:.0f} ms, with click {1e3 * click:.0f} ms", end=" · ")
        print(f"ratio to click {seconds / click:.2f}")
        print(f"  beyond click: {', '.join(beyond)}")
        print(f"  heavy: {', '.join(heavy) or 'none'}")


if __name__ == "__main__":
    main()
