"""The counter-examples of the weightings by data, as docs/methods.md prints them.

One table; without its fourth unit; and with another zero (+10) or unit (× 10) of its first column.
"""

from pathlib import Path

import numpy as np
import pytest

from steelyard.weights import METHODS
from steelyard.weights.weigh import weigh

TEXT = (Path(__file__).parents[2] / "docs" / "methods.md").read_text("utf-8")
TABLE = np.array([[1.0, 4, 2], [2, 1, 3], [4, 2, 9], [3, 8, 5]])
WEIGHTS = {
    # whole; without the fourth unit
    "entropy": ([0.2094, 0.4905, 0.3002], [0.2903, 0.2903, 0.4194]),
    "critic": ([0.2355, 0.4934, 0.2711], [0.2640, 0.4893, 0.2467]),
    "variation": ([0.2590, 0.4141, 0.3269], [0.3087, 0.3087, 0.3826]),
    "deviation": ([0.1725, 0.4137, 0.4137], [0.2233, 0.2233, 0.5534]),
    "angle": ([0.2704, 0.3991, 0.3304], [0.3133, 0.3133, 0.3734]),
    "pca": ([0.3315, 0.3379, 0.3307], [0.3164, 0.3373, 0.3464]),
    "merec": ([0.3057, 0.4342, 0.2600], [0.3304, 0.3848, 0.2848]),
    "lopcow": ([0.4624, 0.2688, 0.2688], [0.4127, 0.4127, 0.1745]),
    "cilos": ([0.5275, 0.1758, 0.2967], [0.2887, 0.4330, 0.2784]),
    "idocriw": ([0.3865, 0.3018, 0.3117], [0.2569, 0.3853, 0.3579]),
    "dea": ([0.4184, 0.4008, 0.1808], [0.3425, 0.5405, 0.1170]),
    "balance": ([0.0000, 0.5088, 0.4912], [0.2303, 0.6111, 0.1586]),
}
MOVED = {
    # the first column + 10; of the plain deviation, × 10
    "entropy": [0.0099, 0.6142, 0.3759],
    "variation": [0.0653, 0.5223, 0.4123],
    "deviation": [0.6759, 0.1621, 0.1621],
    "angle": [0.0729, 0.5072, 0.4199],
    "merec": [0.0600, 0.5678, 0.3722],
    "cilos": [0.7962, 0.0758, 0.1280],
    "idocriw": [0.0767, 0.4542, 0.4691],
    "dea": [0.6781, 0.1250, 0.1969],
}


def printed(values):
    return ", ".join(f"{value:.4f}" for value in values)


def test_every_weighting_by_data_has_one():
    assert set(WEIGHTS) == {name for name, method in METHODS.items() if method.relative}


@pytest.mark.parametrize("method", WEIGHTS)
def test_dropping_a_unit_changes_the_weights(method):
    whole, rest = WEIGHTS[method]
    assert weigh(method, TABLE).values == pytest.approx(whole, abs=6e-5)
    assert weigh(method, TABLE[:3]).values == pytest.approx(rest, abs=6e-5)
    assert f"| `{method}` | {printed(whole)} | {printed(rest)} |" in TEXT


@pytest.mark.parametrize("method", MOVED)
def test_another_zero_or_unit_changes_the_weights(method):
    moved = TABLE.copy()
    if method == "deviation":
        moved[:, 0] *= 10
    else:
        moved[:, 0] += 10
    assert weigh(method, moved).values == pytest.approx(MOVED[method], abs=6e-5)
    assert f"| {printed(WEIGHTS[method][1])} | {printed(MOVED[method])}" in TEXT
    assert max(abs(np.subtract(MOVED[method], WEIGHTS[method][0]))) > 0.05


@pytest.mark.parametrize("method", [name for name in WEIGHTS if name not in MOVED])
def test_where_another_zero_changes_nothing(method):
    expected = weigh(method, TABLE).values
    assert weigh(method, np.add(TABLE, [10, 0, 0])).values == pytest.approx(expected, abs=1e-6)
