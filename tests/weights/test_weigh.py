"""The door to all methods: names, options, and what is refused with which words."""

import numpy as np
import pandas as pd
import pytest

from steelyard.errors import MethodError, RecipeError, UnknownNameError
from steelyard.weights import METHODS
from steelyard.weights.weigh import weigh
from steelyard.weights.weights import Weights

PROMISED = {
    "equal", "given", "budget", "ahp", "bwm", "entropy", "critic", "variation", "deviation", "pca",
    "merec", "cilos", "idocriw", "dea", "combine", "balance",
}  # fmt: skip
BY_DATA = [name for name, method in METHODS.items() if method.relative]


def test_promised_names_are_there():
    assert set(METHODS) >= PROMISED


def test_every_method_has_titles_a_reference_and_a_docstring_that_cites():
    for method in METHODS.values():
        assert method.zh
        assert method.en
        assert method.reference
        assert "Examples\n" in method.function.__doc__
        assert method.name in ("given",) or "References\n" in method.function.__doc__


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="nearest is “entropy”"):
        weigh("entropie", [[1, 2], [3, 4]])


def test_an_unknown_option_is_refused():
    with pytest.raises(RecipeError, match="has no option “bounds”"):
        weigh("entropy", [[1, 2], [3, 4]], bounds=(0, 1))


def test_errors_call_indicators_by_name():
    with pytest.raises(MethodError, match="zeros in 空气质量"):
        weigh("merec", [[1, 0], [2, 1]], names=["GDP", "空气质量"])
    frame = pd.DataFrame({"GDP": [1.0, 2.0], "air": [0.0, 1.0]})
    with pytest.raises(MethodError, match="zeros in air"):
        weigh("merec", frame)
    with pytest.raises(MethodError, match="zeros in #2"):
        weigh("merec", frame.to_numpy())


def test_a_frame_gives_what_its_numbers_give():
    frame = pd.DataFrame({"GDP": [1, 2, 4], "air": [5, 3, 3]})
    assert weigh("entropy", frame).values == pytest.approx(
        weigh("entropy", [[1, 5], [2, 3], [4, 3]]).values
    )


@pytest.mark.parametrize("method", BY_DATA)
@pytest.mark.parametrize(
    "table, directions, sentence",
    [
        (None, None, "needs a matrix"),
        ([["a", 1], [2, 3]], None, "holds text or rows of different length"),
        ([[1, 2], [3]], None, "holds text or rows of different length"),
        ([1, 2, 3], None, "table of units by indicators"),
        ([[1, 2], [None, 3], [2, 5]], None, "missing in #1"),
        ([[1, np.inf], [1, 3], [2, 5]], None, "infinite number in #2"),
        ([[1, 2]], None, "needs at least"),
        ([[1, 2], [2, 3], [3, 1]], [1], "1 directions for 2"),
        ([[1, 2], [2, 3], [3, 1]], [1, 0], "direction of #2 is neither"),
    ],
)
def test_what_no_method_can_use_is_refused_in_both_languages(method, table, directions, sentence):
    with pytest.raises(MethodError, match=sentence) as caught:
        weigh(method, table, directions)
    assert caught.value.message("zh")


@pytest.mark.parametrize("method", ["merec", "idocriw", "entropy"])
@pytest.mark.parametrize("value, sentence", [(0, "zeros in #1"), (-1, "some in #1")])
def test_zeros_and_negatives_are_refused(method, value, sentence):
    with pytest.raises(MethodError, match=sentence):
        weigh(method, [[value, 2], [2, 3], [3, 1]])


@pytest.mark.parametrize("method", ["variation", "angle"])
def test_a_mean_that_is_not_positive_is_refused(method):
    with pytest.raises(MethodError, match="those of #2 are not"):
        weigh(method, [[1, -1], [2, 1], [4, 0]])


def test_an_unknown_choice_is_refused():
    with pytest.raises(RecipeError, match="knows no “max”; it knows: sum, minmax"):
        weigh("entropy", [[1, 2], [3, 4]], normalisation="max")


def test_weights_must_be_shares():
    with pytest.raises(MethodError, match="do not sum to 1"):
        Weights("given", np.array([0.5, 0.6]))


def test_importing_the_room_loads_neither_scipy_nor_pandas():
    import subprocess
    import sys

    code = (
        "import sys, steelyard.weights.weigh as w; w.weigh('entropy', [[1, 2], [3, 5]]); "
        "print([name for name in ('scipy', 'pandas', 'skcriteria') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
