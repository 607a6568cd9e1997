"""Collecting: the forms of many cities read in one go and merged."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Literal

import numpy as np

from ..errors import FrameworkError, InputError, Issue, Location, NotFoundError
from .dataset import Dataset, Origin
from .framework import Framework
from .local_weights import global_weights, local_weights
from .merge import merged
from .reading.book import Book, parsed
from .reading.cities import understand_name
from .reading.own_framework import framework_in
from .reading.read import read_book
from .reading.sandbox import Sandbox

_ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".htm", ".html"}
_CHILDREN = 3
"""Child processes that parse ahead while the files before are being understood."""
_AHEAD = 16
"""Files that are parsed ahead at most."""

_OF_ONE_FORM = {"reading.one_city"}
"""Findings about a form alone that no longer hold once it lies beside the others."""


@dataclass(frozen=True)
class Receipt:
    """What became of one city's form, or of one file.

    Parameters
    ----------
    status : {"received", "refused", "missing"}
    file : str or None
        None for a city that was expected and is missing.
    city : str or None
        None where a refused file does not tell.
    year : int or None
    reported, asked : int
        Indicators with a value, and those that apply.
    coverage : float
        Share of the framework's weight that was reported, 0–1.
    issues : tuple of Issue
    """

    status: Literal["received", "refused", "missing"]
    file: str | None
    city: str | None
    year: int | None = None
    reported: int = 0
    asked: int = 0
    coverage: float = 0.0
    issues: tuple[Issue, ...] = ()

    @property
    def errors(self) -> int:
        """Findings that refused the file."""
        return sum(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True)
class Collection:
    """Everything that a folder holds.

    Parameters
    ----------
    framework : Framework
    dataset : Dataset or None
        The cities received, merged; None where there is none.
    receipts : tuple of Receipt
        One for each city received, each file refused and each expected city missing.
    files : int
        Files that were looked at.
    """

    framework: Framework
    dataset: Dataset | None
    receipts: tuple[Receipt, ...]
    files: int

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The receipts as plain values; the findings' sentences in `lang`."""
        return {
            "framework": {"name": self.framework.name, "version": self.framework.version},
            "files": self.files,
            "receipts": [_plain(receipt, lang) for receipt in self.receipts],
        }

    def of(self, status: str) -> tuple[Receipt, ...]:
        """The receipts of one status."""
        return tuple(receipt for receipt in self.receipts if receipt.status == status)


def _plain(receipt: Receipt, lang: str) -> dict[str, Any]:
    return {
        "status": receipt.status,
        "file": receipt.file,
        "city": receipt.city,
        "year": receipt.year,
        "reported": receipt.reported,
        "asked": receipt.asked,
        "coverage": receipt.coverage,
        "errors": [
            f"{issue.location} {issue.message(lang)} {issue.fix(lang)}"
            for issue in receipt.issues
            if issue.severity == "error"
        ],
    }


Progress = Callable[[int, int], None]


def collect(
    folder: str | Path,
    framework: Framework | str | None = None,
    *,
    cities: Sequence[str] = (),
    accept_names: bool = False,
    progress: Progress | None = None,
) -> Collection:
    """Read every spreadsheet under a folder and merge the cities.

    Parameters
    ----------
    folder : str or Path
    framework : Framework or str, optional
        By default that of the first file received: its form's, its own sheet's, or
        ``smart2015``.
    cities : sequence of str
        Whom to expect: those that are not there are reported as missing.
    accept_names : bool
        Accept names one slip away from an official city name.
    progress : callable, optional
        Called with the number of files done and of all files.

    Returns
    -------
    Collection
        A file that cannot be read is refused with its findings; the others are merged. Two
        forms of one city and year that differ are both refused.

    Raises
    ------
    NotFoundError
        If the folder is not there or holds no spreadsheet.
    """
    paths = _files(Path(folder))
    receipts: list[Receipt] = []
    parts: list[Dataset] = []
    with _without_garbage_collection():
        for done, (path, opened) in enumerate(_parsed(paths), start=1):
            file = path.relative_to(folder).as_posix()
            try:
                book = opened.result()()
                by = framework_in(book, framework)
                part = read_book(book, by, year="all", partial=True, accept_names=accept_names)
                parts.append(_told_apart(part, file))
                framework = by
            except (InputError, FrameworkError) as error:
                receipts.append(_refused(file, error.issues))
            if progress:
                progress(done, len(paths))
        return _collection(_framework(framework), parts, receipts, cities, len(paths))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise NotFoundError("collect.no_folder", folder=str(folder))
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _ENDINGS
        and path.is_file()
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    ]
    if not paths:
        raise NotFoundError("collect.empty_folder", folder=str(folder))
    return paths


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Nothing that reading makes is cyclic; looking for cycles among it takes a quarter longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(paths: Sequence[Path]) -> Iterator[tuple[Path, Future[Callable[[], Book]]]]:
    """The files in order; children parse a few ahead."""
    idle: SimpleQueue[Sandbox] = SimpleQueue()
    sandboxes = [Sandbox() for _ in range(min(_CHILDREN, len(paths)))]
    for sandbox in sandboxes:
        idle.put(sandbox)

    def parse(path: Path) -> Callable[[], Book]:
        sandbox = idle.get()
        try:
            return parsed(path, sandbox)
        finally:
            idle.put(sandbox)

    further = iter(paths)
    waiting: deque[tuple[Path, Future[Callable[[], Book]]]] = deque()
    try:
        with ThreadPoolExecutor(len(sandboxes)) as pool:
            waiting += [(p, pool.submit(parse, p)) for p in islice(further, _AHEAD)]
            while waiting:
                yield waiting.popleft()
                waiting += [(p, pool.submit(parse, p)) for p in islice(further, 1)]
    finally:
        for sandbox in sandboxes:
            sandbox.close()


def _told_apart(part: Dataset, file: str) -> Dataset:
    """Name the sources by their path within the folder, so that two of one name stay apart."""
    kept = [issue for issue in part.issues if issue.code not in _OF_ONE_FORM]
    return replace(
        part,
        issues=_within(kept, file),
        sources=tuple(replace(one, file=file) for one in part.sources),
        origins={
            place: Origin(Location(file, origin.location.sheet, origin.location.cell), origin.raw)
            for place, origin in part.origins.items()
        },
    )


def _within(issues: Iterable[Issue], file: str) -> tuple[Issue, ...]:
    """Findings placed in a file by its path within the folder."""
    return tuple(
        replace(issue, location=Location(file, issue.location.sheet, issue.location.cell))
        for issue in issues
    )


def _framework(found: Framework | str | None) -> Framework:
    from .loading import load_framework

    return found if isinstance(found, Framework) else load_framework(found or "smart2015")


def _refused(file: str, issues: Iterable[Issue]) -> Receipt:
    found = _within(issues, file)
    city = next((issue.city for issue in found if issue.city), None)
    return Receipt("refused", file, city, issues=found)


def _collection(
    framework: Framework,
    parts: Sequence[Dataset],
    receipts: Sequence[Receipt],
    cities: Sequence[str],
    files: int,
) -> Collection:
    kept, twice = _without_doubles(parts)
    found = [*receipts, *twice]
    weights = global_weights(framework, local_weights(framework))
    for part in kept:
        found += [_received(part, row, weights) for row in range(len(part))]
    known = {receipt.city for receipt in found}
    expected = dict.fromkeys(understand_name(city).name or city for city in cities)
    found += [Receipt("missing", None, city) for city in expected if city not in known]
    order = {"received": 0, "refused": 1, "missing": 2}
    found.sort(key=lambda r: (order[r.status], r.city or "", r.year or 0, r.file or ""))
    return Collection(framework, merged(framework, kept), tuple(found), files)


def _received(part: Dataset, row: int, weights: object) -> Receipt:
    assert isinstance(weights, dict)
    codes = part.framework.codes
    weight = np.array([weights[code] for code in codes])
    there, asked = ~np.isnan(part.values[row]), ~part.not_applicable[row]
    total = float(weight[asked].sum())
    return Receipt(
        "received",
        part.sources[0].file,
        part.cities[row],
        part.years[row],
        int(there.sum()),
        int(asked.sum()),
        float(weight[there].sum()) / total if total else 1.0,
        tuple(issue for issue in part.issues if issue.city in (None, part.cities[row])),
    )


def _without_doubles(found_in: Sequence[Dataset]) -> tuple[list[Dataset], list[Receipt]]:
    """Leave out the rows of cities that stand in several files: one of equals, none of unequals."""
    parts = list(found_in)
    places: dict[tuple[str, int | None], list[tuple[int, int]]] = {}
    for number, part in enumerate(parts):
        for row, key in enumerate(zip(part.cities, part.years, strict=True)):
            places.setdefault(key, []).append((number, row))
    dropped: set[tuple[int, int]] = set()
    receipts = []
    for (city, year), found in places.items():
        if len(found) < 2:
            continue
        same = all(_is_same(parts, found[0], other) for other in found[1:])
        dropped.update(found[1:] if same else found)
        for place in found[1:] if same else found:
            other = next(one for one in found if one != place)
            issue = _about_double(parts, place, other, city, same)
            file = parts[place[0]].sources[0].file
            receipts.append(Receipt("refused", file, city, year, issues=(issue,)))
    for number in {number for number, _ in dropped}:
        rows = range(len(parts[number]))
        parts[number] = parts[number].rows([row for row in rows if (number, row) not in dropped])
    return [part for part in parts if len(part)], receipts


def _is_same(parts: Sequence[Dataset], one: tuple[int, int], two: tuple[int, int]) -> bool:
    first, second = parts[one[0]], parts[two[0]]
    return np.array_equal(first.values[one[1]], second.values[two[1]], equal_nan=True) and all(
        first.auxiliary.get(code, (None,) * len(first))[one[1]]
        == second.auxiliary.get(code, (None,) * len(second))[two[1]]
        for code in {*first.auxiliary, *second.auxiliary}
    )


def _about_double(
    parts: Sequence[Dataset], place: tuple[int, int], other: tuple[int, int], city: str, same: bool
) -> Issue:
    file, further = (parts[number].sources[0].file for number, _ in (place, other))
    code = "collect.same_twice" if same else "collect.city_twice"
    words = {"other": further}
    return Issue("repaired" if same else "error", code, Location(file), city, fields=words)
