"""Every option of every method takes what makes sense and refuses the rest in a sentence.

Whatever an option is given, the outcome is numbers or a `SteelyardError` that names the method and
the option: never another exception, a warning, an infinite number or a search without end.
"""

import dataclasses
import signal
import warnings
from contextlib import contextmanager
from itertools import product

import numpy as np
import pytest

import steelyard as sy
from steelyard.assess.catalogues import CATALOGUES
from steelyard.assess.impute.impute import impute
from steelyard.assess.treat.treat import treat
from steelyard.errors import MethodError, NotFoundError, RecipeError, SteelyardError
from steelyard.indicators.dataset import dataset_from_arrays
from steelyard.indicators.framework import Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator
from steelyard.indicators.judgements import Expert, Judgements

NAN, INF = float("nan"), float("inf")
SECONDS = 5
COMPLETE = np.array(
    [
        [52.0, 31.0, 74.0, 18.0, 66.0],
        [61.0, 45.0, 23.0, 37.0, 59.0],
        [34.0, 72.0, 48.0, 55.0, 41.0],
        [83.0, 26.0, 62.0, 29.0, 77.0],
        [47.0, 58.0, 39.0, 81.0, 35.0],
        [28.0, 64.0, 57.0, 43.0, 22.0],
        [39.0, 51.0, 81.0, 24.0, 48.0],
        [72.0, 37.0, 33.0, 62.0, 53.0],
    ]
)
GAPS = COMPLETE.copy()
GAPS[1, 2] = GAPS[4, 0] = NAN
COUNT = COMPLETE.shape[1]
CITIES = [f"city {row}" for row in range(len(COMPLETE))]
CODES = ("A", "B", "C", "D", "E")
HOSTILE = (
    -1, 0, 0.5, 1, 2, 3.7, 10**9, 10**400, 1e308, -1e308, 1e-320, INF, -INF, NAN, True, None,
    "", "x", "1", [], [[]], {}, {"x": 1}, {"A": {"B": []}}, [1], ["a"], [None], [[1], [1, 2]],
    [1, 0], [0, 1], [0.1, 0.9], [50, 1e308], [NAN, NAN], [INF, INF], [NAN] * COUNT, [-1] * COUNT,
    [0] * COUNT, [1e308] * COUNT, ["a"] * COUNT, [True] * COUNT, [[1, 2]] * COUNT,
    [[2, 1]] * COUNT, [[NAN, NAN]] * COUNT, [[0, 100]] * COUNT, [[[1]]] * COUNT, ["x", None, 3],
    [[1e308, -1e308]], 2 + 1j, object(), np.array([1, "a"], dtype=object), np.ones((2, 3, 4)),
)  # fmt: skip


def both(text):
    return Bilingual(text, text)


def framework():
    """Five indicators on 0–100 under two goals."""
    nodes = [Node("index", both("Index"), None)]
    nodes += [Node(goal, both(goal), "index", 1.0) for goal in ("P", "Q")]
    for code in CODES:
        leaf = Indicator(code, both(code), scale="linear", low=0.0, high=100.0)
        nodes.append(Node(code, both(code), "P" if code < "C" else "Q", 1.0, leaf))
    return Framework("small", "1", both("Small"), tuple(nodes))


FRAMEWORK = framework()


def reciprocal(*row):
    """Consistent judgements of items whose importance is given."""
    return np.divide.outer(np.array(row, dtype=float), row)


JUDGED = {
    "ahp": {"index": reciprocal(1, 3), "P": reciprocal(2, 1), "Q": reciprocal(4, 2, 1)},
    "bwm": {"index": [[1, 3], [3, 1]], "P": [[2, 1], [1, 2]], "Q": [[1, 2, 4], [4, 2, 1]]},
    "budget": {"index": [30, 70], "P": [50, 50], "Q": [20, 30, 50]},
}
MATRICES = {
    "ahp": np.stack([reciprocal(5, 4, 3, 2, 1), reciprocal(1, 1, 2, 2, 2)]),
    "budget": np.array([[10.0, 20, 30, 20, 20], [20, 20, 20, 20, 20], [5, 5, 10, 40, 40]]),
    "rancom": (np.sign(np.subtract.outer([5, 4, 3, 2, 1], [5, 4, 3, 2, 1])) + 1) / 2,
}
NEEDED = {
    ("weigh", "bwm"): {"best_to_others": [1, 2, 3, 4, 8], "others_to_worst": [8, 4, 3, 2, 1]},
    ("weigh", "combine"): {"weights": [[1, 1, 1, 1, 1], [5, 4, 3, 2, 1]]},
    ("weigh", "given"): {"weights": [1, 2, 3, 4, 5]},
    ("impute", "multiple"): {"draws": 3, "steps": 2},
    ("impute", "group_mean"): {"groups": list("xxxxyyyy")},
    ("impute", "group_median"): {"groups": list("xxxxyyyy")},
    **{
        ("impute", name): {"cities": list("aaaabbbb"), "years": [2020, 2021, 2022, 2023] * 2}
        for name in ("latest", "linear", "constant")
    },
}
"""What a method cannot do without, or not in time; its other options are tried beside it."""
BESIDE = {("impute", "multiple"): {"draws": 3, "steps": 2}}
"""The same in a recipe."""
METHODS = [
    (step, name)
    for step, catalogue in CATALOGUES.items()
    for name in catalogue
    if catalogue[name].options
]
IDS = ["-".join(one) for one in METHODS]


@contextmanager
def in_time():
    """Warnings are errors, and what takes too long ends."""

    def late(*_):
        raise TimeoutError(f"more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def fault(compute, step, name, option, value):
    """What is wrong with an outcome, if anything."""
    try:
        with in_time():
            found = compute(step, name, option, value)
    except SteelyardError as error:
        sentences = [error.message(lang) for lang in ("zh", "en")]
        # What the numbers forbid need not be the option's fault; what is refused unseen is.
        several = any if isinstance(error, MethodError | NotFoundError) else all
        known = [several(word in sentence for word in (name, option)) for sentence in sentences]
        return "" if all(known) or isinstance(error, NotFoundError) else f"Not named: {sentences}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "" if np.isfinite(found).all() else f"not finite: {found}"


def faults(compute, step, name):
    """What is wrong with any outcome of any option."""
    tried = product(CATALOGUES[step][name].options, HOSTILE)
    found = {
        f"{option}={value!r:.60}": fault(compute, step, name, option, value)
        for option, value in tried
    }
    return "\n".join(f"{at}: {what}" for at, what in found.items() if what)


def computed(step, name, option, value):
    """A method's numbers for a bare matrix."""
    options = {**NEEDED.get((step, name), {}), option: value}
    if step == "aggregate":
        return sy.aggregate(name, COMPLETE, directions=None, **options).scores
    if step == "normalise":
        return sy.normalise(name, COMPLETE, names=CODES, **options)
    if step == "treat":
        return treat(name, COMPLETE, **options).values
    if step == "impute":
        found = impute(name, GAPS, **options).values
        return found[~np.isnan(found)]
    matrix = MATRICES.get(name, COMPLETE)
    return sy.weigh(name, matrix, **options).values


@pytest.mark.parametrize("step, name", METHODS, ids=IDS)
def test_a_method_computes_or_refuses(step, name):
    assert not faults(computed, step, name)


def dataset(name, values):
    """Cities; with judgements for the weightings by judgement."""
    found = dataset_from_arrays(FRAMEWORK, CITIES, values)
    if name not in JUDGED:
        return found
    by_node = {code: np.array(judged, dtype=float) for code, judged in JUDGED[name].items()}
    return found.__class__(
        **{**vars(found), "judgements": Judgements(name, (Expert("one", 1.0, by_node),))}
    )


def scored(step, name, option, value):
    """A recipe's scores of a complete table and of one with gaps."""
    tables = [GAPS] if step == "impute" else [COMPLETE, GAPS]
    # Of a table with gaps combine cannot say anything: it is entropy, its part, that refuses.
    tables = [COMPLETE] if name == "combine" else tables
    return np.concatenate([_scores(step, name, option, value, table) for table in tables])


def _scores(step, name, option, value, values):
    # What reshapes a column does not go with the framework's goalposts.
    steps = {"normalise": "minmax", step: name} if step == "treat" else {step: name}
    beside = BESIDE.get((step, name), {})
    recipe = sy.Recipe(**steps, options={step: {**beside, option: value}})
    scores = sy.score(dataset(name, values), recipe).scores
    gaps = np.isnan(values) & (step != "impute")
    return scores.to_numpy()[~np.column_stack([np.zeros((len(values), 3), dtype=bool), gaps])]


@pytest.mark.parametrize(
    "step, name", [pytest.param(*one, id="-".join(one)) for one in METHODS if one[1] != "rancom"]
)
def test_a_recipe_computes_or_refuses(step, name):
    assert not faults(scored, step, name)


FIELDS = [field.name for field in dataclasses.fields(sy.Recipe)]
CHOSEN = {"floor": {"aggregate": "geometric"}, "exponent": {"aggregate": "power"}}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_a_recipe_computes_or_refuses(field):
    def compute(value):
        recipe = sy.Recipe(**CHOSEN.get(field, {}), **{field: value})
        return sy.score(dataset("", COMPLETE), recipe).scores.to_numpy()

    found = {f"{value!r:.60}": refused_otherwise(compute, value) for value in HOSTILE}
    assert not {value: what for value, what in found.items() if what}


def refused_otherwise(compute, value):
    """What is wrong with an outcome other than numbers or a sentence."""
    try:
        with in_time():
            found = compute(value)
    except SteelyardError as error:
        return "" if error.message("zh") and error.message("en") else "no sentence"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "" if np.isfinite(found).all() else f"not finite: {found}"


@pytest.mark.parametrize(
    "text, says",
    [
        ("[" * 100_000, "nested"),
        ('{"options": ' * 100_000, "nested"),
        ('{"floor": ' + "9" * 5000 + "}", "digits"),
        ("[1]", "object"),
        ("{'a': 1}", "line 1, character 2"),
        ('{"seed": -1}', "at least 0, not -1"),
        ('{"seed": NaN}', "seed"),
        ('{"floor": Infinity}', "floor"),
    ],
    ids=range(8),
)
def test_a_recipe_that_is_no_recipe_is_refused(text, says):
    with pytest.raises(RecipeError) as refused:
        sy.Recipe.from_json(text)
    assert says in refused.value.message("en")
    assert "not an object" not in refused.value.message("zh")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "gb18030"])
def test_a_recipe_in_another_encoding_is_refused_in_a_sentence(steelyard, tmp_path, encoding):
    path = tmp_path / "方案.json"
    path.write_bytes('{"levels": "等级"}'.encode(encoding))
    code, _, said = steelyard("score", sy.sample_path("demo_cities"), "--recipe", path)
    assert code == 2 and "UTF-8" in said and "Traceback" not in said


def test_a_power_mean_of_hardly_any_exponent_is_the_geometric_one():
    """Of 4 and 9: the limit 6, where (4ᵖ + 9ᵖ) / 2 is 1 to the last digit."""
    assert sy.aggregate("power", [[4, 9]], exponent=1e-320).scores == pytest.approx(6, rel=1e-15)
    with pytest.raises(RecipeError, match="between 0"):
        sy.Recipe(aggregate="power", exponent=1e-9)


def test_a_sentence_shows_values_as_json_would():
    with pytest.raises(RecipeError) as refused:
        sy.aggregate("topsis", COMPLETE, normalisation=["a", None, True])
    for lang in ("zh", "en"):
        assert '["a", null, true]' in refused.value.message(lang)


def test_a_sentence_names_the_kind_of_method_in_its_language():
    with pytest.raises(RecipeError) as refused:
        sy.aggregate("topsi", COMPLETE)
    assert refused.value.message("zh").startswith("没有名为“topsi”的合成方法;最接近的是“topsis”")
    assert "no aggregation method named “topsi”" in refused.value.message("en")
