"""What a cell's number format says its number is: a percentage, a date, or just a number."""

from __future__ import annotations

import datetime
import re

_DATE_IDS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_IDS = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_GENERAL = re.compile("general", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs年月日]", re.IGNORECASE)


def meaning(identifier: int, code: str | None) -> str:
    """``%`` for a percentage, ``date`` for a date or time, else nothing.

    Parameters
    ----------
    identifier : int
        The format's number; those up to 163 are built in.
    code : str or None
        The format code of one that is not built in.

    Examples
    --------
    >>> meaning(164, "0.0%"), meaning(165, "yyyy-mm-dd"), meaning(166, '0"m"')
    ('%', 'date', '')
    """
    if code is None:
        if identifier in _PERCENT_IDS:
            return "%"
        return "date" if identifier in _DATE_IDS else ""
    bare = _GENERAL.sub("", _LITERAL.sub("", code.split(";")[0]))
    if "%" in bare:
        return "%"
    return "date" if _DATE_LETTERS.search(bare) else ""


def date_of(serial: float, from_1904: bool) -> str:
    """The date of a serial number, as ISO text; a time alone for a serial below 1.

    Examples
    --------
    >>> date_of(45448, from_1904=False), date_of(45448 - 1462, from_1904=True)
    ('2024-06-05', '2024-06-05')
    """
    epoch = datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)
    try:
        moment = epoch + datetime.timedelta(days=serial)
    except (OverflowError, ValueError):
        return str(serial)
    if serial < 1:
        return moment.time().isoformat("seconds")
    midnight = moment.time() == datetime.time()
    return moment.date().isoformat() if midnight else moment.isoformat(" ", "seconds")
