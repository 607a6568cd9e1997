"""When two headers are the same name."""

from __future__ import annotations

import re
import unicodedata

_NOISE = re.compile(r"[\W_]+")


def header_key(name: str) -> str:
    """The part of a header that tells names apart: without case, width, spaces or punctuation.

    Examples
    --------
    >>> header_key("ＰＭ2.5 年均浓度") == header_key("pm2.5年均浓度")
    True
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())
