"""How much an untrusted file may ask for, and how a parser refuses one."""

from __future__ import annotations

FILE_BYTES = 100 * 2**20
UNZIPPED_BYTES = 300 * 2**20
PARTS = 5_000
CELLS = 1_000_000
STRINGS = 1_000_000
HEADINGS = 50_000
"""Different texts that may be a measure's name."""
SHEETS = 500
MEMORY_BYTES = 900 * 2**20
ANSWER_BYTES = 150 * 2**20
SECONDS = 7.0


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """A file that a parser will not read.

    Parameters
    ----------
    code : str
        Key of the finding, for example ``reading.truncated``.
    **fields
        The words that fill its sentences.
    """

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
