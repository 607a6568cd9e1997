"""The audit of coherence, printed and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..assess.coherence.audit import Audit
from ..text import say
from .as_json import issues_as_json, plain
from .terminal import print_issues, print_tables


def audit_as_json(audit: Audit, lang: str) -> dict[str, Any]:
    """An audit as plain values."""
    return {
        "groups": _rows(audit.groups),
        "importance": _rows(audit.importance),
        "correlation": _rows(audit.correlation),
        "findings": issues_as_json(audit.findings, lang),
    }


def print_audit(audit: Audit, lang: str) -> None:
    """Print an audit: the groups, the indicators' importance, and what they say."""
    print_tables(audit_tables(audit, lang))
    print_issues(audit.findings, lang)


def audit_tables(audit: Audit, lang: str) -> Mapping[str, pd.DataFrame]:
    """The audit's tables by title, with column heads in `lang`."""
    found = {"groups": audit.groups, "importance": audit.importance}
    return {
        say(f"coherence.titles.{key}", lang): table.reset_index().rename(
            columns=lambda name: say(f"coherence.heads.{name}", lang)
        )
        for key, table in found.items()
    }


def _rows(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {
        str(row): {str(name): plain(cell) for name, cell in cells.items()}
        for row, cells in frame.iterrows()
    }
