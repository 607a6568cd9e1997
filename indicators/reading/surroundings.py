"""What stands around a table: titles, further columns, headers written otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...errors import Issue
from .grid import Cell
from .table import Column, Frame


def around(frame: Frame, city: int, columns: Sequence[Column]) -> Iterator[Issue]:
    """What is to be said about a table's surroundings and headers."""
    yield from _above(frame)
    yield from _beside(frame, city)
    for column in columns:
        if not column.said.exact:
            yield frame.issue(
                "repaired", "header", column.header, indicator=column.code, code=column.code
            )
        if column.said.remark:
            yield frame.issue(
                "flagged", "header_remark", column.header,
                indicator=column.code, remark=column.said.remark,
            )  # fmt: skip
    scored = [c for c in columns if c.code in frame.headers.order]
    order = [frame.headers.order[c.code] for c in scored]
    for column, before, after in zip(scored[1:], order, order[1:], strict=False):
        if after < before:
            yield frame.issue("repaired", "column_order", column.header, indicator=column.code)
            return


def _above(frame: Frame) -> Iterator[Issue]:
    heads = {cell for cell, _ in frame.matched.values()}
    rows = [row for row in frame.grid.by_row if frame.start <= row < frame.top]
    for row in rows:
        if heads.isdisjoint(frame.grid.by_row[row]):
            yield frame.issue("repaired", "text_above", frame.grid.by_row[row][0])
    corner = frame.grid.at(frame.top, next(frame.grid.columns()))
    if not rows and frame.start == 1 and corner.name != "A1":
        yield frame.issue("repaired", "table_place", corner)


def _beside(frame: Frame, city: int) -> Iterator[Issue]:
    for column in frame.grid.columns():
        cell = frame.grid.own(frame.bottom, column)
        if column == city or cell.kind == "blank" or not frame.left <= column < frame.right:
            continue
        said = frame.matched.get(column)
        if said is None or said[1].role not in ("measure", "year", "city"):
            hidden = column in frame.grid.hidden_columns
            yield (
                frame.issue("flagged", "hidden_column", cell)
                if hidden
                else frame.issue("repaired", "extra_column", cell)
            )
    if blank := _blank_column(frame):
        yield frame.issue("repaired", "blank_column", blank)


def _blank_column(frame: Frame) -> Cell | None:
    filled = set(frame.grid.columns())
    for column in range(min(frame.matched), max(frame.matched)):
        if column not in filled:
            return frame.grid.own(frame.bottom, column)
    return None
