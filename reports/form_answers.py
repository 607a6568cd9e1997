"""What may be answered to one input of the form: in words, as a check, as a list of choices."""

from __future__ import annotations

from ..indicators.framework import Auxiliary
from ..indicators.indicator import Indicator
from ..text import say

Measure = Indicator | Auxiliary
_LONGEST_CHOICE = 200


def choices(measure: Measure, lang: str) -> tuple[str, ...]:
    """The answers of a drop-down, lowest rung first; none where a number or text is asked for.

    Examples
    --------
    >>> from steelyard import load_framework
    >>> framework = load_framework("smart2015")
    >>> choices(framework.node("D301").indicator, "en")[:2]
    ('0=No platform', '1=Separate departmental platforms')
    """
    if isinstance(measure, Auxiliary) or measure.scale not in ("ladder", "binary"):
        return ()
    if measure.scale == "binary" and not measure.ladder:
        rungs = [(0, ""), (1, "")]
    else:
        rungs = [(rung.level, rung.name[lang]) for rung in measure.ladder]
    named = [f"{level}={name}".rstrip("=")[:_LONGEST_CHOICE] for level, name in sorted(rungs)]
    return (*named, say("form.answer.not_applicable", lang))


def allowed(measure: Measure, lang: str) -> str:
    """What may be answered, in a few words."""
    if choices(measure, lang):
        return say("form.allowed.choice", lang)
    if isinstance(measure, Auxiliary) and measure.kind == "text":
        return say("form.allowed.text", lang)
    low, high = valid_range(measure)
    if low is None and high is None:
        return say("form.allowed.number", lang)
    key = "between" if low is not None and high is not None else "at_most"
    key = key if high is not None else "at_least"
    return say(f"form.allowed.{key}", lang, low=plain(low), high=plain(high))


def valid_range(measure: Measure) -> tuple[float | None, float | None]:
    """The bounds outside which a number is impossible; None leaves a side open."""
    return (None, None) if isinstance(measure, Auxiliary) else measure.valid_range


def is_text(measure: Measure) -> bool:
    """Whether words are asked for."""
    return isinstance(measure, Auxiliary) and measure.kind == "text"


def check(measure: Measure, cell: str, lang: str) -> str:
    """A spreadsheet condition that holds where `cell` has a number that may be answered."""
    low, high = valid_range(measure)
    tests = [f"ISNUMBER({cell})"]
    tests += [f"{cell}>={plain(low)}"] if low is not None else []
    tests += [f"{cell}<={plain(high)}"] if high is not None else []
    number = f"AND({','.join(tests)})" if len(tests) > 1 else tests[0]
    return f'OR({number},{cell}="{say("form.answer.not_applicable", lang)}")'


def scoring(measure: Measure, lang: str) -> str:
    """How an answer is scored: the rungs, or the goalposts."""
    if isinstance(measure, Auxiliary):
        return ""
    if measure.ladder:
        return "\n".join(f"{rung.level} {rung.name[lang]}" for rung in measure.ladder)
    if measure.low is None or measure.high is None:
        return say(f"form.scale.{measure.direction}_bare", lang)
    start, end = measure.interval or (measure.low, measure.high)
    posts = {"low": measure.low, "high": measure.high, "start": start, "end": end}
    key = "target" if measure.direction == "target" or measure.interval else measure.direction
    words = say(f"form.scale.{key}", lang, **{name: plain(post) for name, post in posts.items()})
    return words + (say("form.scale.log", lang) if measure.scale in ("log", "log1p") else "")


def plain(number: float | None) -> str:
    """A number without needless digits, exact."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
