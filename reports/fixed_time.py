"""Workbooks whose bytes do not hang on when they were written."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

MOMENT = datetime(2000, 1, 1)


def with_fixed_time(book: Workbook, path: Path) -> None:
    """Save a workbook with one fixed time stamp everywhere."""
    import re

    book.properties.created = book.properties.modified = MOMENT
    written = io.BytesIO()
    book.save(written)
    with ZipFile(written) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                stamp = MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, data)
            entry = ZipInfo(name, MOMENT.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)
