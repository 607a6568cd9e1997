"""The means as spreadsheet formulas: φ, its inverse, its chord, and a score as it enters."""

from __future__ import annotations

from ..assess.means import mean as mean_of
from ..assess.recipe import MEANS, Recipe
from ..indicators.framework import Framework, Node


def mean_name(framework: Framework, node: Node, recipe: Recipe) -> str:
    """Name of the mean by which an inner node is shared out; a power of 0 is the geometric mean."""
    name = recipe.aggregate_at(framework, node)
    if name not in MEANS:
        return "arithmetic"
    return "geometric" if name == "power" and recipe.exponent == 0 else name


def entered(score: str, mean: str, recipe: Recipe) -> str:
    """A score raised to what the mean can bear."""
    found = mean_of(mean, recipe.exponent)
    if found.bears_negative:
        return score
    return f"MAX({score},{recipe.floor!r})" if found.needs_positive else f"MAX({score},0)"


def phi(score: str, mean: str, recipe: Recipe) -> str:
    """φ of a score."""
    if mean == "geometric":
        return f"LN({score})"
    if mean == "harmonic":
        return f"1/{score}"
    return f"{score}^({recipe.exponent!r})" if mean == "power" else score


def inverse(total: str, mean: str, recipe: Recipe) -> str:
    """The score whose φ is a total."""
    if mean == "geometric":
        return f"EXP({total})"
    if mean == "harmonic":
        return f"1/({total})"
    return f"({total})^(1/({recipe.exponent!r}))" if mean == "power" else total


def chord(one: str, two: str, mean: str, recipe: Recipe) -> str:
    """(φ(one) − φ(two)) / (one − two), and φ' where the two are equal."""
    middle = f"(({one}+{two})/2)"
    slopes = {
        "arithmetic": "1",
        "geometric": f"1/{middle}",
        "harmonic": f"-1/{middle}^2",
        "power": f"({recipe.exponent!r})*{middle}^({recipe.exponent!r}-1)",
    }
    if mean == "arithmetic" or (mean == "power" and recipe.exponent == 1):
        return "1"
    steep = f"({phi(one, mean, recipe)}-{phi(two, mean, recipe)})/({one}-{two})"
    close = f"ABS({one}-{two})<=0.000000001*MAX(ABS({one}),ABS({two}))"
    return f"IF({close},{slopes[mean]},{steep})"


def rounded(framework: Framework, formula: str, tier: str) -> str:
    """A formula rounded as the framework rounds at that tier."""
    rounding = framework.rounding
    wanted = {"all": ("dimensions", "goals", "index"), "goals": ("goals", "index")}
    if rounding is None or tier not in wanted.get(rounding.nodes, ("index",)):
        return formula
    return f"ROUND(ROUND(ROUND({formula},11),8),{rounding.decimals})"
