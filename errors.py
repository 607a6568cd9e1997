"""The errors Steelyard raises, and the findings they carry.

SteelyardError              anything Steelyard itself refuses
├── InputError              a spreadsheet cannot be scored; carries every Issue
├── FrameworkError          a framework is faulty; carries every fault as an Issue
├── RecipeError             a recipe names an unknown method or option, or a value it cannot take
│   └── UnknownNameError    a name that is not in a catalogue; suggests the nearest
├── MethodError             a method's preconditions are not met by the numbers
├── NotFoundError           a city, indicator or node that is not there
└── OutputError             a file cannot be written
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .text import say

Severity = Literal["repaired", "flagged", "error"]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: any part may be unknown."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        sheet_and_cell = "!".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (self.file, sheet_and_cell) if part)


@dataclass(frozen=True, slots=True)
class Issue:
    """One located finding about an input.

    Parameters
    ----------
    severity : {"repaired", "flagged", "error"}
        Repaired for certain, computed under a stated policy, or refused.
    code : str
        Key of the finding; its sentences are ``<code>.message`` and ``<code>.fix``
        in the message table, for example ``reading.percent_text``.
    location : Location
        The file, sheet and cell.
    city, indicator : str or None
        Whom and what it concerns.
    value : str or None
        The raw value as the user wrote it.
    used : float, str or None
        The value used in its place.
    fields : mapping
        Further words for the sentences.
    year : int or None
        Of which year; None where it concerns every year, or none is known.
    """

    severity: Severity
    code: str
    location: Location = Location()
    city: str | None = None
    indicator: str | None = None
    value: str | None = None
    used: float | str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    year: int | None = None

    def message(self, lang: str = "en") -> str:
        """What was found, as a sentence in `lang`."""
        return say(f"{self.code}.message", lang, **self._words())

    def fix(self, lang: str = "en") -> str:
        """How to mend it, as a sentence in `lang`."""
        return say(f"{self.code}.fix", lang, **self._words())

    def _words(self) -> dict[str, object]:
        own = {
            "file": self.location.file,
            "sheet": self.location.sheet,
            "cell": self.location.cell,
            "city": self.city,
            "indicator": self.indicator,
            "value": self.value,
            "used": self.used,
        }
        return {name: _on_one_line(word) for name, word in {**own, **self.fields}.items()}


def _on_one_line(word: object) -> object:
    """A text without line breaks, so that a finding stays one line."""
    return " ".join(word.split()) if isinstance(word, str) and not word.isprintable() else word


class SteelyardError(Exception):
    """Anything Steelyard itself refuses: one sentence, in the user's language.

    Parameters
    ----------
    key : str
        Key of the sentence in the message table.
    **fields
        The words that fill it.
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields

    def message(self, lang: str = "en") -> str:
        """The sentence in `lang`."""
        return say(self.key, lang, **self.fields)

    def __str__(self) -> str:
        return self.message()


class _FindingsError(SteelyardError):
    """An error that carries all its findings at once."""

    _key: str

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        errors = sum(issue.severity == "error" for issue in self.issues)
        super().__init__(self._key, count=errors)

    def __str__(self) -> str:
        found = (issue for issue in self.issues if issue.severity == "error")
        lines = (f"{issue.location}: {issue.message()} {issue.fix()}" for issue in found)
        return "\n".join([self.message(), *lines])


class InputError(_FindingsError):
    """The input has errors and nothing was computed."""

    _key = "errors.input"


class FrameworkError(_FindingsError):
    """The framework is faulty and was not loaded."""

    _key = "errors.framework"


class RecipeError(SteelyardError):
    """A recipe that cannot be carried out."""


class UnknownNameError(RecipeError):
    """A name that is not in its catalogue."""


class MethodError(SteelyardError):
    """The numbers do not meet a method's preconditions."""

    def message(self, lang: str = "en") -> str:
        """The sentence in `lang`, led in by the method where it does not name it."""
        sentence = super().message(lang)
        method = str(self.fields.get("method", ""))
        if method in sentence:
            return sentence
        return say("errors.of_method", lang, method=method, sentence=sentence)


class NotFoundError(SteelyardError):
    """A city, indicator or node that is not in the data."""


class OutputError(SteelyardError):
    """A file that cannot be written."""
