"""A catalogue of methods: one readable mapping from a name to a plain function."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import RecipeError, UnknownNameError
from .options import kinds
from .text import Word


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`; empty where nothing is known.

    Examples
    --------
    >>> nearest("entropie", ["equal", "entropy"])
    'entropy'
    """
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0)), "")


@dataclass(frozen=True)
class Method:
    """One method of a catalogue.

    Parameters
    ----------
    name : str
        The name used in library, command line, recipe, workbook and docs.
    zh, en : str
        Its title.
    reference : str
        The publication that defines it.
    function : callable
        The plain function; its keyword-only parameters are the method's options.
    relative : bool
        Whether one unit's result hangs on which other units are in the table.
    reverses : bool
        Whether dropping one unit can reorder the others.
    live : bool
        Whether the workbook can carry it as formulas.
    """

    name: str
    zh: str
    en: str
    reference: str
    function: Callable[..., Any]
    relative: bool = False
    reverses: bool = False
    live: bool = True

    def title(self, lang: str) -> str:
        """The title in `lang`."""
        return self.zh if lang == "zh" else self.en

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the options, in the order of the signature."""
        return tuple(kinds(self.function))

    def takes(self, option: str, value: object) -> bool:
        """Whether a value is of one of the kinds, and in the range, that an option takes."""
        known = kinds(self.function)[option]
        return not known or any(kind.takes(value) for kind in known)


class Catalogue(Mapping[str, Method]):
    """The methods of one kind, by name."""

    def __init__(self, kind: str, methods: Iterable[Method]) -> None:
        self.kind = kind
        self._methods = {method.name: method for method in methods}

    def __getitem__(self, name: str) -> Method:
        if name not in self._methods:
            raise UnknownNameError(
                "errors.unknown_method",
                kind=Word(f"errors.kinds.{self.kind}"),
                name=name,
                nearest=self.nearest(name),
                known=", ".join(self._methods),
            )
        return self._methods[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._methods)

    def __len__(self) -> int:
        return len(self._methods)

    def __contains__(self, name: object) -> bool:
        return name in self._methods

    def nearest(self, name: str) -> str:
        """The known name most like `name`."""
        return nearest(name, self._methods)

    def check_options(self, name: str, options: Mapping[str, object]) -> None:
        """Refuse an option that the method does not have, or a value of the wrong kind.

        Raises
        ------
        RecipeError
            Names the option, and those the method knows.
        """
        known = self[name].options
        for option, value in options.items():
            if option not in known:
                raise RecipeError(
                    "errors.unknown_option",
                    kind=Word(f"errors.kinds.{self.kind}"),
                    name=name,
                    option=option,
                    known=", ".join(known) or "—",
                )
            if not self[name].takes(option, value):
                kind = kinds(self[name].function)[option][0]
                raise RecipeError(
                    kind.sentence, name=name, option=option, value=value, **kind.words
                )
