"""Random trees with gaps, recomputed in exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard import Recipe, dataset_from_arrays, score


@st.composite
def trees(draw):
    """Two or three goals of one to three dimensions of one to three indicators, and one city."""
    nodes, row = [], []
    for goal in "ABC"[: draw(st.integers(2, 3))]:
        nodes.append((goal, None, draw(st.integers(1, 9))))
        for dimension in range(draw(st.integers(1, 3))):
            nodes.append((f"{goal}{dimension}", goal, draw(st.integers(1, 9))))
            for leaf in range(draw(st.integers(1, 3))):
                nodes.append(
                    (f"{goal}{dimension}{leaf}", f"{goal}{dimension}", draw(st.integers(0, 9)))
                )
                row.append(draw(st.none() | st.integers(1, 100)))
    return nodes, row


def exact(nodes, scores, mean):
    """Scores of every node as fractions, None where nothing is observed."""
    for code, _, _ in reversed(nodes):
        children = [node for node in nodes if node[1] == code]
        if children:
            scores[code] = combined(children, scores, mean)
    scores["index"] = combined([node for node in nodes if node[1] is None], scores, mean)
    return scores


def combined(children, scores, mean):
    there = [(Fraction(w), scores[code]) for code, _, w in children if scores[code] is not None]
    total = sum(weight for weight, _ in there)
    if not total:
        return None
    if mean == "arithmetic":
        return sum(weight * value for weight, value in there) / total
    return total / sum(weight / value for weight, value in there)


@pytest.mark.parametrize("mean", ["arithmetic", "harmonic"])
@given(drawn=trees())
@settings(max_examples=150, deadline=None)
def test_every_node_equals_its_fraction(framework_of, percent, mean, drawn):
    nodes, row = drawn
    inner = {parent for _, parent, _ in nodes}
    framework = framework_of([n if n[0] in inner else (*n, percent) for n in nodes])
    values = [np.nan if value is None else value for value in row]
    found = score(dataset_from_arrays(framework, ["city"], [values]), Recipe(aggregate=mean)).scores
    leaves = {
        code: v if v is None else Fraction(v) for code, v in zip(framework.codes, row, strict=True)
    }
    for code, value in exact(nodes, leaves, mean).items():
        wanted = np.nan if value is None else float(value)
        assert found[code].iloc[0] == pytest.approx(wanted, rel=1e-12, nan_ok=True), code
