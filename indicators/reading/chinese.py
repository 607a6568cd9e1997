"""Chinese characters: traditional to simplified, and their pinyin."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_HAN = re.compile(r"[\u3400-\u9fff]")


def simplified(text: str) -> str:
    """The text in simplified characters.

    Examples
    --------
    >>> simplified("臺州市")
    '台州市'
    """
    if not _HAN.search(text) or is_simplified(text):
        return text
    converted: str = _converter().convert(text)
    return converted


def pinyin(text: str) -> str:
    """The text in pinyin without tones and blanks; ü is v.

    Examples
    --------
    >>> pinyin("杭州"), pinyin("重庆")
    ('hangzhou', 'chongqing')
    """
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def is_simplified(text: str) -> bool:
    """Whether all characters are in GB 2312, which holds the simplified ones alone.

    Examples
    --------
    >>> is_simplified("台州市"), is_simplified("臺州市")
    (True, False)
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter() -> Any:
    from opencc_purepy import OpenCC

    return OpenCC("t2s")
