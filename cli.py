"""The command line: parse, call, print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from .errors import InputError, NotFoundError, OutputError, RecipeError, SteelyardError
from .spoken import LANGUAGE, SpokenGroup, option
from .text import LANGUAGES, say, user_language
from .version import __version__

if TYPE_CHECKING:
    from .assess.assessment import Assessment
    from .assess.recipe import Recipe
    from .assess.recipe_comparison import RecipeComparison
    from .assess.weighing import Weighing
    from .errors import Issue
    from .indicators.dataset import Dataset
    from .indicators.framework import Framework

DONE, INPUT_ERRORS, WRONG_USAGE = 0, 1, 2
JUDGED_BY = ("ahp", "bwm", "budget")
F = TypeVar("F", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    LANGUAGE.set(_language_of(arguments))
    sys.exit(_run(arguments))


def _run(arguments: list[str]) -> int:
    try:
        status = steelyard.main(arguments, prog_name="steelyard", standalone_mode=False)
        return status if isinstance(status, int) else DONE
    except click.UsageError as error:
        _complain(_usage_sentence(error), error.ctx)
        return WRONG_USAGE
    except click.Abort:
        return WRONG_USAGE
    except (RecipeError, NotFoundError, OutputError) as error:
        _complain(error.message(_lang()))
        return WRONG_USAGE
    except SteelyardError as error:
        _complain_of_input(error)
        return INPUT_ERRORS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if os.environ.get("STEELYARD_DEBUG"):
            raise
        _complain(say("cli.unexpected", _lang(), error=f"{type(error).__name__}: {error}"))
        return INPUT_ERRORS


def _language_of(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        named, _, value = argument.partition("=")
        if named == "--lang":
            value = value or next(iter(arguments[place + 1 :]), "")
            return value if value in LANGUAGES else user_language()
    return user_language()


def _lang() -> str:
    return LANGUAGE.get()


def _complain(sentence: str, context: click.Context | None = None) -> None:
    click.echo(say("cli.error", _lang(), sentence=sentence), err=True)
    if context is not None:
        click.echo(say("cli.try_help", _lang(), command=context.command_path), err=True)


def _complain_of_input(error: SteelyardError) -> None:
    from .reports.terminal import print_issues

    _complain(error.message(_lang()))
    issues = getattr(error, "issues", ())
    print_issues([i for i in issues if i.severity == "error"], _lang(), stderr=True)


def _usage_sentence(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return say("cli.no_such_option", _lang(), option=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return say("cli.missing_parameter", _lang(), name=name)
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        return say("cli.bad_parameter", _lang(), name=name, reason=error.message)
    return error.message


def _all(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _set_language(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value:
        LANGUAGE.set(value)


def _say_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"steelyard {__version__}")
        context.exit()


language = option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, callback=_set_language
)
output_format = option("--format", "output", type=click.Choice(("text", "json")), default="text")
input_options = _all(
    option("--framework", metavar="F"),
    option("--year", metavar="Y|all"),
    option("--partial", is_flag=True),
    option("--accept-names", is_flag=True),
    option("--judgements", "judged", metavar="J.xlsx"),
)
recipe_options = _all(
    option("--recipe", "recipe_file", metavar="R.json"),
    option("--normalise", metavar="M"),
    option("--weights", metavar="M"),
    option("--aggregate", metavar="M"),
    option("--impute", metavar="M"),
    option("--treat", metavar="M"),
    option("--levels", metavar="L"),
    option("--set", "settings", metavar="K=V", multiple=True),
)


@click.group(cls=SpokenGroup)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version)
@language
def steelyard() -> None:
    pass


@steelyard.command()
@click.argument("file")
@option("-o", "--output", "report", metavar="report.xlsx")
@input_options
@recipe_options
@option("--city", metavar="C")
@output_format
@language
def score(file: str, report: str | None, city: str | None, output: str, **chosen: Any) -> int:
    _check_writable(report)
    try:
        assessment = _assess(file, chosen)
    except InputError as error:
        return _refuse(error, output, chosen)
    rows = [assessment.row(city)] if city else None
    if report:
        from .reports.workbook import write_workbook

        write_workbook(assessment, report, _lang())
    if output == "json":
        from .reports.as_json import assessment_as_json

        _print_json(assessment_as_json(assessment, _lang(), rows))
        return DONE
    from .reports.terminal import print_assessment, print_city

    if rows:
        print_city(assessment, rows[0], _lang())
    else:
        print_assessment(assessment, _lang())
    _say_written(report)
    return DONE


@steelyard.command()
@click.argument("file")
@option("--annotate", "annotated", metavar="out.xlsx")
@input_options
@option("--recipe", "recipe_file", metavar="R.json")
@output_format
@language
def check(file: str, annotated: str | None, output: str, **chosen: Any) -> int:
    from .reports.as_json import issues_as_json
    from .reports.terminal import print_issues

    _check_writable(annotated)
    try:
        issues = _read(file, chosen).issues
        refused = False
    except InputError as error:
        issues, refused = error.issues, True
    if output == "json":
        _print_json({"issues": issues_as_json(issues, _lang())})
    else:
        print_issues(issues, _lang())
        click.echo(_tally(issues))
    if annotated:
        _annotate(file, issues, annotated, quiet=output == "json")
    return INPUT_ERRORS if refused else DONE


def _annotate(file: str, issues: Sequence[Issue], target: str, quiet: bool) -> None:
    from .reports.annotate import annotate

    name = Path(file).name
    try:
        written = annotate(file, issues, target, _lang())
    except InputError:  # the issues say why
        click.echo(say("annotate.unopened", _lang(), file=name), err=quiet)
        return
    _say_written(target, quiet)
    click.echo(written.sentence(name, _lang()), err=quiet)


@steelyard.command("collect")
@click.argument("folder")
@option("-o", "--output", "report", metavar="cities.xlsx")
@option("--framework", metavar="F")
@option("--cities", metavar="A,B,…")
@option("--accept-names", is_flag=True)
@output_format
@language
def collect_forms(
    folder: str,
    report: str | None,
    framework: str | None,
    cities: str | None,
    accept_names: bool,
    output: str,
) -> int:
    from .indicators.collect import collect
    from .reports.terminal import print_collection, progress_bar

    _check_writable(report)
    with progress_bar(say("cli.collecting", _lang())) as progress:
        found = collect(
            folder,
            _framework(framework) if framework else None,
            cities=_listed(cities),
            accept_names=accept_names,
            progress=progress,
        )
    if report:
        from .reports.collect_workbook import write_collection

        write_collection(found, report, _lang())
    if output == "json":
        _print_json(found.to_json(_lang()))
    else:
        print_collection(found, _lang())
        _say_written(report)
    return DONE if found.dataset is not None else INPUT_ERRORS


@steelyard.command()
@click.argument("file")
@click.argument("file2", required=False)
@option("--cities", metavar="A,B,…")
@option("--years", metavar="Y,Y")
@option("--recipes", metavar="R.json;K=V;…", multiple=True)
@option("-o", "--output", "report", metavar="compare.xlsx")
@input_options
@recipe_options
@output_format
@language
def compare(
    file: str,
    file2: str | None,
    cities: str | None,
    years: str | None,
    recipes: Sequence[str],
    report: str | None,
    output: str,
    **chosen: Any,
) -> int:
    from .assess.compare import compare as compare_assessments

    _check_writable(report)
    if recipes:
        return _compare_recipes(file, recipes, chosen, report, output)
    names = _listed(cities)
    try:
        first, second = _two_assessments(file, file2, years, chosen)
    except InputError as error:
        return _refuse(error, output, chosen)
    comparison = compare_assessments(first, second, names or None)
    if report:
        from .reports.compare_workbook import write_comparison

        write_comparison(comparison, report, _lang())
    if output == "json":
        _print_json(comparison.to_json(_lang()))
        return DONE
    from .reports.terminal import print_comparison

    print_comparison(comparison, _lang())
    _say_written(report)
    return DONE


@steelyard.command()
@click.argument("file")
@input_options
@recipe_options
@output_format
@language
def audit(file: str, output: str, **chosen: Any) -> int:
    from .assess.coherence.audit import audit as audit_assessment
    from .reports.audit_tables import audit_as_json, print_audit

    found = audit_assessment(_assess(file, chosen))
    if output == "json":
        _print_json(audit_as_json(found, _lang()))
    else:
        print_audit(found, _lang())
    return DONE


@steelyard.command()
@click.argument("file", metavar="report.xlsx")
@output_format
@language
def verify(file: str, output: str) -> int:
    from .reports.as_json import verification_as_json
    from .reports.terminal import print_verification
    from .reports.verify import verify_workbook

    _check_readable(file)
    verification = verify_workbook(file)
    if output == "json":
        _print_json(verification_as_json(verification, _lang()))
    else:
        print_verification(verification, _lang())
    return DONE if verification.holds else INPUT_ERRORS


@steelyard.command()
@option("--framework", metavar="F", default="smart2015")
@option("--cities", metavar="A,B,…")
@option("--judgements", is_flag=True)
@option("--experts", metavar="A,B,…")
@option("--method", "judged_by", type=click.Choice(JUDGED_BY))
@option("-o", "--output", "form", metavar="form.xlsx", required=True)
@language
def template(
    framework: str,
    cities: str | None,
    judgements: bool,
    experts: str | None,
    judged_by: Literal["ahp", "bwm", "budget"] | None,
    form: str,
) -> int:
    _check_writable(form)
    if judgements and cities:
        raise click.UsageError(say("cli.judgements_of_cities", _lang()))
    if not judgements and (experts or judged_by):
        raise click.UsageError(say("cli.only_judgements", _lang()))
    if judgements:
        from .reports.judgement_form import write_judgement_form

        names, method = _listed(experts), judged_by or "ahp"
        write_judgement_form(_framework(framework), form, names, method, _lang())
    else:
        from .reports.form import write_form

        write_form(_framework(framework), form, _listed(cities), _lang())
    _say_written(form)
    return DONE


@steelyard.command()
@click.argument("file")
@option("--method", metavar="M", required=True)
@option("--option", "method_options", metavar="K=V", multiple=True)
@option("-o", "--output", "weighed", metavar="weights.xlsx")
@input_options
@option("--recipe", "recipe_file", metavar="R.json")
@option("--normalise", metavar="M")
@option("--impute", metavar="M")
@option("--treat", metavar="M")
@option("--set", "settings", metavar="K=V", multiple=True)
@output_format
@language
def weigh(
    file: str,
    method: str,
    method_options: Sequence[str],
    weighed: str | None,
    output: str,
    **chosen: Any,
) -> int:
    from .reports.weights_tables import print_weighing, weighing_as_json

    _check_readable(file)
    _check_writable(weighed)
    found = _weighing(file, method, method_options, chosen)
    if weighed:
        from .reports.export_framework import export_framework as export

        export(found.weighed_framework, weighed, _lang())
    if output == "json":
        _print_json(weighing_as_json(found, _lang()))
        return DONE
    print_weighing(found, _lang())
    _say_written(weighed)
    return DONE


@steelyard.group(invoke_without_command=True)
@click.pass_context
@output_format
@language
def frameworks(context: click.Context, output: str) -> None:
    if context.invoked_subcommand:
        return
    from .indicators.loading import framework_names, load_framework
    from .reports.as_json import framework_as_json
    from .reports.terminal import print_frameworks

    found = [load_framework(name) for name in framework_names()]
    if output == "json":
        _print_json([framework_as_json(framework) for framework in found])
    else:
        print_frameworks(found, _lang())


@frameworks.command("show")
@click.argument("name")
@output_format
@language
def show_framework(name: str, output: str) -> int:
    from .reports.as_json import framework_as_json
    from .reports.terminal import print_framework

    framework = _framework(name)
    if output == "json":
        _print_json(framework_as_json(framework))
    else:
        print_framework(framework, _lang())
    return DONE


@frameworks.command("export")
@click.argument("name")
@option("-o", "--output", "target", metavar="f.xlsx|f.yaml|f.csv", required=True)
@language
def export_framework(name: str, target: str) -> int:
    from .reports.export_framework import export_framework as export

    _check_writable(target)
    export(_framework(name), target, _lang())
    _say_written(target)
    return DONE


@steelyard.command()
@click.argument("name", required=False)
@output_format
@language
def methods(name: str | None, output: str) -> int:
    from .assess.catalogues import CATALOGUES, find
    from .reports.as_json import methods_as_json
    from .reports.terminal import print_method, print_methods

    if name:
        for method in find(name):
            print_method(method, _lang())
    elif output == "json":
        _print_json(methods_as_json(CATALOGUES))
    else:
        print_methods(CATALOGUES, _lang())
    return DONE


def _assess(file: str, chosen: dict[str, Any]) -> Assessment:
    from .assess.score import score as score_dataset

    recipe = _recipe(chosen)
    return score_dataset(_read(file, chosen), recipe)


def _weighing(file: str, method: str, settings: Sequence[str], chosen: dict[str, Any]) -> Weighing:
    from .assess.weighing import known_weighting, options_in, weigh_dataset, weigh_judgements

    method, options = known_weighting(method), options_in(settings)
    if method not in JUDGED_BY:
        own = {**_recipe(chosen).options, "weigh": options}
        recipe = _recipe(chosen).but(weigh=method, options=own)
        return weigh_dataset(_read(file, chosen), recipe)
    from .indicators.reading.judgement_sheets import judgements_file

    framework = _framework(chosen["framework"]) if chosen["framework"] else None
    by, judgements, issues = judgements_file(file, framework)
    return weigh_judgements(by, judgements, method, options, issues)


def _two_assessments(
    file: str, file2: str | None, years: str | None, chosen: dict[str, Any]
) -> tuple[Assessment, Assessment | None]:
    from .assess.score import score as score_dataset

    if file2:
        first = _assess(file, chosen)
        second = _read(file2, chosen, first.framework)
        return first, score_dataset(second, first.recipe, first.ruler)
    if not years:
        return _assess(file, chosen), None
    from .assess.years import score_years

    return score_years(_read(file, {**chosen, "year": "all"}), _recipe(chosen), _listed(years))


def _compare_recipes(
    file: str, texts: Sequence[str], chosen: dict[str, Any], report: str | None, output: str
) -> int:
    from .reports.terminal import print_issues, print_tables

    try:
        found = _recipes_compared(file, texts, chosen)
    except InputError as error:
        return _refuse(error, output, chosen)
    if report:
        from .reports.recipes_workbook import write_recipe_comparison

        write_recipe_comparison(found, report, _lang())
    if output == "json":
        _print_json(found.to_json(_lang()))
    else:
        print_tables(found.tables(_lang()))
        print_issues(found.issues, _lang())
        _say_written(report)
    return DONE if len(found.recipes) > 1 else INPUT_ERRORS


def _recipes_compared(file: str, texts: Sequence[str], chosen: dict[str, Any]) -> RecipeComparison:
    from .assess.recipe_comparison import compare_recipes

    read, recipes = _reader(file, chosen), _recipes(texts, chosen)
    try:
        return compare_recipes(read, recipes)
    except InputError:
        read(_recipe(chosen))  # where the file is at fault, all its errors rather than the first
        raise


def _reader(file: str, chosen: dict[str, Any]) -> Callable[[Recipe], Dataset]:
    """Reads the file as a recipe says, once for all that say the same."""
    found: dict[Any, Dataset] = {}

    def read(recipe: Recipe) -> Dataset:
        how = (recipe.policies, recipe.fills_from_years)
        if how not in found:
            found[how] = _read(file, chosen, recipe=recipe)
        return found[how]

    return read


def _recipes(texts: Sequence[str], chosen: dict[str, Any]) -> dict[str, Recipe | SteelyardError]:
    """The recipe of the other options, then those in words or files, by name."""
    from .assess.recipe_words import recipes_in

    found: dict[str, Recipe | SteelyardError] = {say("cli.this_recipe", _lang()): _recipe(chosen)}
    for text in (one for each in texts for one in recipes_in(each)):
        stem = Path(text).stem
        name = stem if Path(text).is_file() and stem not in found else text
        try:
            found[name] = _recipe_of(text, chosen)
        except SteelyardError as error:
            found[name] = error
    return found


def _recipe_of(text: str, chosen: dict[str, Any]) -> Recipe:
    from .assess.recipe_words import words_in

    if Path(text).is_file():
        return _recipe({**chosen, "recipe_file": text})
    if "=" not in text:
        raise RecipeError("recipe.no_such", text=text)
    return _recipe({**chosen, "settings": [*chosen["settings"], *words_in(text)]})


def _read(
    file: str,
    chosen: dict[str, Any],
    framework: Framework | None = None,
    recipe: Recipe | None = None,
) -> Dataset:
    from .assess.judged import needs_judgements
    from .indicators.reading.read import read

    _check_readable(file)
    recipe = recipe or _recipe(chosen)
    dataset = read(
        file,
        framework or (_framework(chosen["framework"]) if chosen["framework"] else None),
        year=_year(chosen["year"]),
        partial=chosen["partial"],
        accept_names=chosen["accept_names"],
        policies=recipe.policies,
        other_years=recipe.fills_from_years,
        judged=needs_judgements(recipe) and not chosen.get("judged"),
    )
    if not chosen.get("judged"):
        return dataset
    from .indicators.reading.judgement_sheets import read_judgements_file

    _check_readable(chosen["judged"])
    return replace(dataset, judgements=read_judgements_file(chosen["judged"], dataset.framework))


def _recipe(chosen: dict[str, Any]) -> Recipe:
    from .assess.recipe import Recipe
    from .assess.settings import chosen_aggregation, with_settings

    recipe = Recipe()
    if chosen.get("recipe_file"):
        _check_readable(chosen["recipe_file"])
        recipe = Recipe.from_json(_text_of(chosen["recipe_file"]))
    aggregate = chosen.get("aggregate")
    steps = {
        "normalise": chosen.get("normalise"),
        "weigh": chosen.get("weights"),
        "aggregate": chosen_aggregation(aggregate) if aggregate else None,
        "impute": chosen.get("impute"),
        "treat": chosen.get("treat"),
        "levels": chosen.get("levels"),
    }
    recipe = recipe.but(**{step: name for step, name in steps.items() if name})
    return with_settings(recipe, chosen.get("settings", ()))


def _text_of(file: str) -> str:
    try:
        return Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(say("cli.not_utf8", _lang(), file=file)) from None


def _framework(name: str) -> Framework:
    from .indicators.loading import load_framework

    if Path(name).suffix:
        _check_readable(name)
    return load_framework(name)


def _year(text: str | None) -> int | Literal["all"] | None:
    if text is None:
        return None
    if text == "all":
        return "all"
    if not text.isdigit():
        raise click.UsageError(say("cli.bad_year", _lang(), value=text))
    return int(text)


def _listed(text: str | None) -> tuple[str, ...]:
    parts = (text or "").replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _check_readable(file: str) -> None:
    path = Path(file)
    if not path.exists():
        raise click.UsageError(say("cli.no_file", _lang(), file=file))
    if path.is_dir():
        raise click.UsageError(say("cli.is_folder", _lang(), file=file))
    if not os.access(path, os.R_OK):
        raise click.UsageError(say("cli.unreadable", _lang(), file=file))


def _check_writable(file: str | None) -> None:
    """Refuse an output that cannot be written before the work is done."""
    if file is None:
        return
    path = Path(file)
    if path.is_dir():
        raise click.UsageError(say("cli.is_folder", _lang(), file=file))
    if not path.parent.is_dir():
        raise click.UsageError(say("cli.no_folder", _lang(), file=str(path.parent)))
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise click.UsageError(say("cli.unwritable", _lang(), file=file))


def _refuse(error: InputError, output: str, chosen: dict[str, Any]) -> int:
    if output != "json":
        raise error
    from .reports.as_json import refusal_as_json

    _print_json(refusal_as_json(error.issues, _recipe(chosen), _lang()))
    return INPUT_ERRORS


def _print_json(found: Any) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))


def _tally(issues: Sequence[Any]) -> str:
    counts = {
        severity: sum(issue.severity == severity for issue in issues)
        for severity in ("repaired", "flagged", "error")
    }
    return say("cli.tally", _lang(), **counts)


def _say_written(file: str | None, quiet: bool = False) -> None:
    if file:
        click.echo(say("cli.written", _lang(), file=file), err=quiet)


if __name__ == "__main__":
    main()
