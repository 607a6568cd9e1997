"""The method sheet: recipe, versions, checksums, references and the framework's weak points."""

from __future__ import annotations

from ...assess.aggregate import METHODS as AGGREGATIONS
from ...assess.data_weights import FITTED
from ...assess.impute import METHODS as IMPUTATIONS
from ...assess.judged import JUDGED
from ...assess.normalise import METHODS as NORMALISATIONS
from ...assess.recipe import GAPS, MEANS
from ...assess.treat import METHODS as TREATMENTS
from ...catalogue import Method
from ...indicators.yaml_file import yaml_from_framework
from ...text import say
from ...version import __version__
from ...weights import METHODS as WEIGHINGS
from .banner import start
from .framework import lines_of
from .layout import Layout
from .pasted import pasted_line
from .record import lines_of_record
from .sheet import Sheet
from .weights import declared_weights

FIRST_ROW = 4
RECIPE_ROW = 8
"""Row of the recipe's JSON, for verification."""
RECORD_COLUMN = 2
"""Column of the record on the hidden sheet, beside the framework's YAML."""


def method_sheet(layout: Layout) -> Sheet:
    """Build the sheet."""
    assessment, framework, lang = layout.assessment, layout.framework, layout.lang
    sheet = start(layout, "method", 2)
    recipe = assessment.recipe
    inputs = [
        (layout.say("method.input"), f"{source.file}\nSHA-256 {source.sha256}")
        for source in assessment.dataset.sources
    ]
    lines = [
        (layout.say("method.framework"), f"{framework.name} {framework.version}"),
        (layout.say("method.title"), framework.title[lang]),
        (layout.say("method.steelyard"), __version__),
        (layout.say("method.cities"), str(layout.count)),
        (layout.say("method.recipe"), recipe.to_json()),
        (layout.say("method.seed"), str(recipe.seed)),
        *inputs,
        (layout.say("method.normalise"), _normalisation(layout)),
        (layout.say("method.weigh"), _weighting(layout)),
        (layout.say("method.aggregate"), _aggregation(layout)),
        (layout.say("method.impute"), _imputation(layout)),
        (layout.say("method.treat"), _described(TREATMENTS[recipe.treat], layout)),
        (layout.say("method.about"), framework.about[lang]),
        (layout.say("method.source"), framework.source[lang]),
        *((layout.say("method.weak"), point[lang]) for point in framework.weak_points),
        *(
            (layout.say("gate", code=gate.code), gate.name[lang])
            for gate in assessment.grades.gates
        ),
    ]
    for number, (head, text) in enumerate(lines):
        row = FIRST_ROW + number
        sheet.put(row, 1, head, "goal")
        sheet.put(row, 2, text, "wrapped")
        line = 15.0 if lang == "zh" else 13.5
        sheet.heights[row] = min(400, line * lines_of(text, 110, lang) + 5)
    sheet.width({1: 24, 2: 110})
    return sheet


def source_sheet(layout: Layout) -> Sheet:
    """The framework's YAML and the record, hidden, so that the workbook verifies itself."""
    sheet = Sheet(layout.name("source"), hidden=True)
    for number, line in enumerate(yaml_from_framework(layout.framework).splitlines(), start=1):
        sheet.put(number, 1, line, "code")
    record = lines_of_record(layout.assessment, declared_weights(layout.assessment))
    for number, line in enumerate(record, start=1):
        sheet.put(number, RECORD_COLUMN, line, "code")
    sheet.widths[1] = 120
    return sheet


def _normalisation(layout: Layout) -> str:
    recipe = layout.assessment.recipe
    text = _described(NORMALISATIONS[recipe.normalise], layout)
    if layout.assessment.ruler.relative:
        text += "\n" + say("assess.relative.message", layout.lang, method=recipe.normalise)
    return text


def _described(method: Method, layout: Layout) -> str:
    return f"{method.title(layout.lang)} ({method.name}); {method.reference}"


def _weighting(layout: Layout) -> str:
    weigh = layout.assessment.recipe.weigh
    if weigh in (*FITTED, *JUDGED, "given"):
        return _described(WEIGHINGS[weigh], layout)
    titles = {preset.name: preset.title[layout.lang] for preset in layout.framework.presets}
    return titles.get(
        weigh, layout.say(f"weighings.{'equal' if weigh == 'equal' else 'framework'}")
    )


def _aggregation(layout: Layout) -> str:
    framework, recipe = layout.framework, layout.assessment.recipe
    inner = [node for node in framework.nodes if node.indicator is None]
    names = dict.fromkeys(recipe.aggregate_at(framework, node) for node in inner)
    lines = [
        layout.say(f"means.{name}") if name in MEANS else _described(AGGREGATIONS[name], layout)
        for name in names
    ]
    return "\n".join([*lines, *filter(None, [pasted_line(layout)])])


def _imputation(layout: Layout) -> str:
    impute = layout.assessment.recipe.impute
    if impute in GAPS:
        return layout.say(f"imputations.{impute}")
    return _described(IMPUTATIONS[impute], layout)
