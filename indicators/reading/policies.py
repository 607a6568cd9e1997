"""What is done where a sheet leaves a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from ...catalogue import nearest
from ...errors import RecipeError

_CHOICES = {
    "missing": ("reweight", "zero", "refuse", "impute"),
    "bounds": ("midpoint", "refuse"),
    "out_of_range": ("missing", "keep", "refuse"),
    "zero_unreported": ("keep", "missing"),
}


@dataclass(frozen=True)
class Policies:
    """The stated policies of reading, each settable in a recipe.

    Parameters
    ----------
    missing : {"reweight", "zero", "refuse", "impute"}
        ``refuse`` stops where a value was not reported; the others leave it missing, and the
        scoring shares its weight, scores it 0, or fills it in.
    bounds : {"midpoint", "refuse"}
        A range such as 80-85 counts as its midpoint, a bound such as ≥95 as the bound itself.
    out_of_range : {"missing", "keep", "refuse"}
        A value that cannot be, such as 185 %.
    zero_unreported : {"keep", "missing"}
        A 0 far away from all other cities' values.

    Raises
    ------
    RecipeError
        If a choice is unknown.

    Examples
    --------
    >>> Policies(bounds="refuse").bounds
    'refuse'
    """

    missing: Literal["reweight", "zero", "refuse", "impute"] = "reweight"
    bounds: Literal["midpoint", "refuse"] = "midpoint"
    out_of_range: Literal["missing", "keep", "refuse"] = "missing"
    zero_unreported: Literal["keep", "missing"] = "keep"

    def __post_init__(self) -> None:
        for one in fields(self):
            chosen, known = getattr(self, one.name), _CHOICES[one.name]
            if chosen not in known:
                raise RecipeError(
                    "reading.unknown_policy",
                    policy=one.name,
                    name=chosen,
                    known=", ".join(known),
                )

    @classmethod
    def of(cls, chosen: Mapping[str, str]) -> Policies:
        """Policies by name, the others at their defaults.

        Raises
        ------
        RecipeError
            If there is no such policy or choice.
        """
        for name in chosen:
            if name not in _CHOICES:
                raise RecipeError(
                    "reading.no_policy",
                    policy=name,
                    nearest=nearest(name, _CHOICES),
                    known=", ".join(_CHOICES),
                )
        return cls(**chosen)  # type: ignore[arg-type]
