"""Before normalising: divide totals, leave cities out, fill gaps, tame outliers; cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..errors import InputError, Issue, Location, MethodError
from ..indicators.dataset import Array, Dataset
from .denominate import Denominated, columns_of, denominate
from .impute.impute import apply as impute_by
from .impute.impute import fit as learn_to_impute
from .impute.imputed import Imputed
from .normalise.matrix import Mask, naming
from .recipe import Recipe
from .screen import screen
from .treat import MODULES as TREATMENTS
from .treat import transform

Fitted = Mapping[str, Mapping[str, Any]]
"""What imputing and treating learned, by step."""
_OF_GROUPS = ("group_mean", "group_median")


@dataclass(frozen=True)
class Prepared:
    """A dataset ready to be normalised.

    Parameters
    ----------
    dataset : Dataset
        Every changed cell has its finding.
    fitted : mapping from step to what it learned
    draws : array (draws, n, m) or None
        Of a multiple imputation, treated; the dataset holds their mean.
    """

    dataset: Dataset
    fitted: Fitted = field(default_factory=dict)
    draws: Array | None = None


def prepare(dataset: Dataset, recipe: Recipe, fitted: Fitted | None = None) -> Prepared:
    """Carry out what a recipe asks for before normalising.

    Parameters
    ----------
    dataset : Dataset
        As read.
    recipe : Recipe
    fitted : mapping, optional
        Of an earlier preparation, to fill and treat by the same marks.

    Returns
    -------
    Prepared

    Raises
    ------
    InputError
        If every city is left out.
    MethodError
        If the values do not meet a step's preconditions; indicators and cities are named.
    NotFoundError
        If a denominator is not among the framework's auxiliary inputs.
    """
    if not recipe.prepares:
        return Prepared(dataset)
    series = _series(dataset, recipe)
    dataset = _screened(_denominated(dataset, recipe), recipe)
    learned: dict[str, Mapping[str, Any]] = {}
    draws = None
    if recipe.fills_in:
        dataset, learned["impute"], draws = _imputed(
            dataset, series, recipe, (fitted or {}).get("impute")
        )
    if recipe.treat != "none":
        dataset, learned["treat"], draws = _treated(
            dataset, recipe, (fitted or {}).get("treat"), draws
        )
    return Prepared(dataset, learned, draws)


def _denominated(dataset: Dataset, recipe: Recipe) -> Dataset:
    if not recipe.denominate:
        return dataset
    codes = dataset.framework.codes
    for code in recipe.denominate:
        dataset.framework.node(code)
    found = divided(dataset, recipe)
    issues = [
        _issue(dataset, int(row), codes[column], "assess.no_denominator", None,
               denominator=recipe.denominate[codes[column]])
        for row, column in np.argwhere(found.lost)
    ]  # fmt: skip
    changed = Issue(
        "flagged",
        "assess.denominated",
        fields={"pairs": ", ".join(f"{a} ÷ {b}" for a, b in sorted(recipe.denominate.items()))},
    )
    return replace(dataset, values=found.values).with_issues(changed, *issues)


def divided(dataset: Dataset, recipe: Recipe) -> Denominated:
    """The values, those that the recipe divides as quotients of 12 digits; others as they are."""
    table = {code: _numbers(column) for code, column in dataset.auxiliary.items()}
    codes = dataset.framework.codes
    wanted = [recipe.denominate.get(code) for code in codes]
    divisors = columns_of(table, wanted, len(dataset))
    found = denominate(dataset.values, divisors, names=codes, units=dataset.cities)
    quotients = [code in recipe.denominate for code in codes]
    # 2.4/24 and 0.1/1 are the same share, but not the same float.
    values = found.values.copy()
    values[:, quotients] = _twelve_digits(values[:, quotients])
    return replace(found, values=values)


def _twelve_digits(values: Array) -> Array:
    flat = [float(f"{value:.12g}") for value in values.ravel()]
    return np.array(flat).reshape(values.shape)


def _numbers(column: tuple[float | str | None, ...]) -> Array:
    return np.array([one if isinstance(one, int | float) else np.nan for one in column])


def _screened(dataset: Dataset, recipe: Recipe) -> Dataset:
    if not recipe.screen:
        return dataset
    asked = ~dataset.not_applicable.all(axis=0)
    found = screen(dataset.values[:, asked], recipe.screen)
    issues = [
        Issue("flagged", "assess.screened", Location(), dataset.cities[row],
              fields={"share": f"{found.availability[row]:.1%}", "least": f"{recipe.screen:.1%}"},
              year=dataset.years[row])
        for row in np.flatnonzero(~found.kept)
    ]  # fmt: skip
    if not found.kept.any():
        nobody = Issue("error", "assess.all_screened", fields={"least": f"{recipe.screen:.1%}"})
        raise InputError([*dataset.issues, nobody])
    return dataset.rows(np.flatnonzero(found.kept).tolist()).with_issues(*issues)


def _series(dataset: Dataset, recipe: Recipe) -> Dataset | None:
    """The years that are not scored, where the cities' other years fill gaps."""
    if dataset.other_years is None or not recipe.fills_from_years:
        return None
    return _denominated(dataset.other_years, recipe)


def _joined(dataset: Dataset, others: Dataset | None) -> Dataset:
    """The rows of both, for a step that needs to see all years."""
    if others is None:
        return dataset
    return replace(
        dataset,
        cities=dataset.cities + others.cities,
        years=dataset.years + others.years,
        values=np.concatenate([dataset.values, others.values]),
        not_applicable=np.concatenate([dataset.not_applicable, others.not_applicable]),
    )


def _imputed(
    dataset: Dataset, others: Dataset | None, recipe: Recipe, fitted: Mapping[str, Any] | None
) -> tuple[Dataset, Mapping[str, Any], Array | None]:
    whole = _joined(dataset, others)
    seen = _seen(whole, fitted)
    codes = [code for code, there in zip(dataset.framework.codes, seen, strict=True) if there]
    options = _imputing_options(whole, recipe)
    given = whole.values[:, seen]
    with naming(codes, whole.cities):
        state = fitted or {**learn_to_impute(recipe.impute, given, **options), "seen": seen}
        found = impute_by(recipe.impute, given, state, **options)
    # A mean of equal values may differ from them by noise, which must not split a tie.
    values = _placed(whole, seen, _without_noise(found))[: len(dataset)]
    draws = None
    if found.draws is not None:
        draws = np.array([_placed(dataset, seen, one) for one in found.draws])
    issues = list(_filled(dataset, values, found, seen, recipe))
    issues += _left_empty(dataset, values, seen, recipe)
    filled = np.isnan(dataset.values) & ~np.isnan(values)
    changed = replace(dataset, values=values, imputed=filled).with_issues(*issues)
    return changed, state, draws


def _without_noise(found: Imputed) -> Array:
    """The values, with what was filled in as `written`."""
    values = found.values.copy()
    for column in np.flatnonzero(found.mask.any(axis=0)):
        gaps = found.mask[:, column]
        values[gaps, column] = written(values[gaps, column], values[~gaps, column])
    return values


def written(filled: Array, observed: Array) -> Array:
    """What was filled in: the observed value from which noise alone parts it, else 12 digits."""
    rounded = _twelve_digits(filled)
    known = np.sort(observed[~np.isnan(observed)])
    if not known.size:
        return rounded
    above = np.searchsorted(known, filled).clip(0, known.size - 1)
    below = np.maximum(above - 1, 0)
    is_above = np.abs(known[above] - filled) < np.abs(known[below] - filled)
    nearest = np.where(is_above, known[above], known[below])
    return np.where(np.isclose(nearest, filled, rtol=1e-11, atol=0), nearest, rounded)


def _seen(dataset: Dataset, fitted: Mapping[str, Any] | None) -> Mask:
    """Which indicators somebody reported, among those that a step was fitted to."""
    if fitted is not None:
        return np.asarray(fitted["seen"], dtype=np.bool_)
    return np.asarray(~np.isnan(dataset.values).all(axis=0), dtype=np.bool_)


def _imputing_options(dataset: Dataset, recipe: Recipe) -> dict[str, Any]:
    """The recipe's, with what the method needs to know of the table."""
    options = recipe.options_of("impute", recipe.impute)
    if recipe.impute == "multiple":
        options.setdefault("seed", recipe.seed)
    if recipe.fills_from_years:
        options |= {"cities": dataset.cities, "years": dataset.years}
    if recipe.impute in _OF_GROUPS:
        code = group_code(dataset, recipe)
        if code not in dataset.auxiliary:
            known = ", ".join(dataset.auxiliary) or "—"
            words = {"groups": code, "known": known}
            raise MethodError("impute.no_groups", method=recipe.impute, **words)
        column = dataset.auxiliary[code]
        options["groups"] = [str(one) if one is not None else "" for one in column]
    return options


def group_code(dataset: Dataset, recipe: Recipe) -> str:
    """The auxiliary input by whose groups values are filled in: the framework's unless named."""
    by = recipe.options_of("impute", recipe.impute).get("groups")
    if by:
        return str(by)
    groups = [one.code for one in dataset.framework.auxiliary if one.group]
    return next((code for code in groups if code in dataset.auxiliary), "region")


def _placed(dataset: Dataset, seen: Mask, found: Array) -> Array:
    values = dataset.values.copy()
    values[:, seen] = found
    values[dataset.not_applicable] = np.nan
    return values


def _filled(
    dataset: Dataset, values: Array, found: Imputed, seen: Mask, recipe: Recipe
) -> Iterator[Issue]:
    codes, columns = dataset.framework.codes, np.flatnonzero(seen)
    spread = found.details.get("deviation")
    for row, column in np.argwhere(np.isnan(dataset.values) & ~np.isnan(values)):
        fields: dict[str, Any] = {"method": recipe.impute}
        code = "assess.imputed"
        if spread is not None:
            place = int(np.flatnonzero(columns == column)[0])
            fields["deviation"] = float(f"{spread[row, place]:.6g}")
            code = "assess.imputed_spread"
        yield _issue(dataset, int(row), codes[column], code, float(values[row, column]), **fields)


def _left_empty(dataset: Dataset, values: Array, seen: Mask, recipe: Recipe) -> Iterator[Issue]:
    """One finding for all that the method could not fill in; nobody's indicators aside."""
    empty = np.argwhere(np.isnan(values) & ~dataset.not_applicable & seen)
    if len(empty):
        row, column = (int(place) for place in empty[0])
        city, code = dataset.cities[row], dataset.framework.codes[column]
        fields = {"count": len(empty), "method": recipe.impute}
        year = dataset.years[row]
        yield Issue(
            "flagged", "assess.not_imputed", Location(), city, code, fields=fields, year=year
        )


def _treated(
    dataset: Dataset, recipe: Recipe, fitted: Mapping[str, Any] | None, draws: Array | None
) -> tuple[Dataset, Mapping[str, Any], Array | None]:
    seen = _seen(dataset, fitted)
    codes = [code for code, there in zip(dataset.framework.codes, seen, strict=True) if there]
    options = recipe.options_of("treat", recipe.treat)
    with naming(codes, dataset.cities):
        given = dataset.values[:, seen]
        state = fitted or {**TREATMENTS[recipe.treat].fit(given, **options), "seen": seen}
        found = transform.apply(given, state)
        if draws is not None:
            tamed = [transform.apply(one[:, seen], state).values for one in draws]
            draws = np.array([_placed(dataset, seen, one) for one in tamed])
    issues = [
        _issue(dataset, cell.row, codes[cell.column], f"assess.treated_{cell.step}", cell.after,
               before=cell.before, after=cell.after)
        for cell in found.cells
    ]  # fmt: skip
    values = _placed(dataset, seen, found.values)
    return replace(dataset, values=values).with_issues(*issues), state, draws


def _issue(
    dataset: Dataset, row: int, code: str, key: str, used: float | None, **fields: Any
) -> Issue:
    origin = dataset.origins.get((row, code))
    place = origin.location if origin else Location()
    raw = origin.raw if origin else None
    city, year = dataset.cities[row], dataset.years[row]
    return Issue("flagged", key, place, city, code, raw, used, fields, year)
