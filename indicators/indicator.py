"""What one column measures: the indicator, its names and its ladder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["benefit", "cost", "target"]
Scale = Literal["linear", "log", "log1p", "interval", "ladder", "ladder-share", "binary"]
DIRECTIONS: tuple[Direction, ...] = ("benefit", "cost", "target")
SCALES: tuple[Scale, ...] = (
    "linear",
    "log",
    "log1p",
    "interval",
    "ladder",
    "ladder-share",
    "binary",
)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Chinese and in English.

    Examples
    --------
    >>> Bilingual("武汉", "Wuhan")["en"]
    'Wuhan'
    >>> Bilingual("武汉", "")["en"]
    '武汉'
    """

    zh: str = ""
    en: str = ""

    def __getitem__(self, lang: str) -> str:
        """The text in `lang`, or in the other language where `lang` has none."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: its level and what a city must show to stand on it."""

    level: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measured quantity and how it is scored.

    Parameters
    ----------
    code : str
        Unique within the framework, for example ``A101``.
    name : Bilingual
    direction : {"benefit", "cost", "target"}
        Whether more is better, less is better, or an interval is best.
    scale : str or None
        How a raw value becomes a score of 0–100; None leaves it to the recipe's normalisation.
    low, high : float or None
        Goalposts in the indicator's unit, always ``low < high``: a benefit scores 0 at `low` and
        100 at `high`, a cost the other way round.
    interval : (float, float) or None
        Where a ``target`` indicator has full marks, within the goalposts.
    ladder : tuple of Rung
        The rungs of a ladder, lowest first.
    unit, definition, source, benchmark, goalpost_reason, data_source : Bilingual
    valid_range : (float or None, float or None)
        Values outside are impossible; None leaves a side open.
    aliases : tuple of str
        Other headers under which people report it.
    """

    code: str
    name: Bilingual
    direction: Direction = "benefit"
    scale: Scale | None = None
    low: float | None = None
    high: float | None = None
    interval: tuple[float, float] | None = None
    ladder: tuple[Rung, ...] = ()
    unit: Bilingual = Bilingual()
    valid_range: tuple[float | None, float | None] = (None, None)
    aliases: tuple[str, ...] = ()
    definition: Bilingual = Bilingual()
    source: Bilingual = Bilingual()
    benchmark: Bilingual = Bilingual()
    goalpost_reason: Bilingual = Bilingual()
    data_source: Bilingual = Bilingual()

    @property
    def sign(self) -> int:
        """−1 for a cost, 1 otherwise."""
        return -1 if self.direction == "cost" else 1
