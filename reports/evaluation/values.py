"""What a cell can hold."""

from __future__ import annotations

import math

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_LONGEST = 32_767


def shown_text(text: str) -> str:
    r"""A text as a workbook can hold it: without control characters, of bounded length.

    Examples
    --------
    >>> shown_text("a\x00b")
    'ab'
    """
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]


def number_text(value: float) -> str:
    """A number to its last digit.

    Raises
    ------
    ValueError
        If it is NaN or an infinity.

    Examples
    --------
    >>> number_text(0.1), number_text(3)
    ('0.1', '3')
    """
    if not math.isfinite(value):
        raise ValueError("a workbook cannot hold NaN or an infinity")
    return repr(int(value)) if isinstance(value, int) else repr(float(value))
