"""Mutated spreadsheets: nothing but a dataset or an InputError may come of them.

``python tests/fuzz/mutate.py 100000`` runs that many; a short seeded slice runs with the tests.
"""

import io
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from random import Random

from steelyard import InputError, load_framework, read
from steelyard.indicators.reading.sandbox import Sandbox

MESSY = Path(__file__).parents[1] / "messy"
SEEDS = sorted(
    path for path in MESSY.rglob("*") if path.suffix in (".xlsx", ".csv", ".xls", ".ods")
)
WORDS = [
    b"", b"\0", b"\xff", b"<", b">", b"&", b'"', b",", b"\n", b"-1", b"0", b"1e999", b"NaN", b"%",
    b"99999999999999999999", b"A1:XFD1048576", "杭州市".encode(), "一网通办率".encode(),
    "（元）".encode(), b"=1+1", b"t=\"s\"", b"<row/>", b"</c>", b"\xef\xbb\xbf",
]  # fmt: skip


def mutate(data, random):
    """Change some bytes: flip, cut, repeat, insert, join."""
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 4, 16])):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice([1, 2, 8, 64, 512]))
        act = random.randrange(5)
        if act == 0 and at < len(data):
            data[at] ^= 1 << random.randrange(8)
        elif act == 1:
            del data[at:end]
        elif act == 2:
            data[at:at] = data[at:end]
        elif act == 3:
            data[at:end] = random.choice(WORDS)
        else:
            data[at:at] = random.choice(WORDS)
    return bytes(data)


def mutated_file(random):
    """A seed with its bytes, or the bytes of one part inside its zip, changed."""
    source = random.choice(SEEDS)
    data = source.read_bytes()
    if not data.startswith(b"PK") or random.random() < 0.2:
        return source, mutate(data, random)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return source, mutate(data, random)
    chosen = random.choice(sorted(name for name in parts if name.endswith(".xml")))
    parts[chosen] = mutate(parts[chosen], random)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return source, target.getvalue()


def run(count, seed, say=lambda *_: None):
    """Read `count` mutated files; returns how many were read, how many refused, the slowest."""
    random, framework = Random(seed), load_framework(MESSY / "framework.csv")
    done, slowest = {"read": 0, "refused": 0}, 0.0
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            source, data = mutated_file(random)
            path = Path(folder) / f"mutated{source.suffix}"
            path.write_bytes(data)
            began = time.perf_counter()
            done[_outcome(path, framework, sandbox, number)] += 1
            slowest = max(slowest, time.perf_counter() - began)
            if not (number + 1) % 1000:
                say(number + 1, done, f"slowest {slowest:.2f} s")
    return done["read"], done["refused"], slowest


def _outcome(path, framework, sandbox, number):
    try:
        dataset = read(path, framework, partial=bool(number % 2), sandbox=sandbox)
    except InputError as error:
        assert any(issue.severity == "error" for issue in error.issues)
        issues, outcome = error.issues, "refused"
    else:
        assert not any(issue.severity == "error" for issue in dataset.issues)
        issues, outcome = dataset.issues, "read"
    for issue in issues:
        assert issue.message("zh")
        assert issue.fix("en")
    return outcome


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(run(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 0, print))
