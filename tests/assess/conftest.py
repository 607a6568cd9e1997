"""Small frameworks for worked examples."""

import pytest

from steelyard.indicators.framework import INDEX, Framework, Node
from steelyard.indicators.indicator import Bilingual, Indicator


def _framework(nodes, **settings):
    """A framework from (code, parent, weight, what), where what is an Indicator or a dict for one.

    A parent of None hangs the node under the index; a node without what is an inner one.
    """
    built = [Node(INDEX, Bilingual("指数", "Index"), None)]
    for code, parent, weight, *what in nodes:
        indicator = what[0] if what else None
        if isinstance(indicator, dict):
            indicator = Indicator(code, Bilingual(code, code), **indicator)
        extra = what[1] if len(what) > 1 else {}
        name = Bilingual(code, code)
        built.append(Node(code, name, parent or INDEX, weight, indicator, **extra))
    return Framework("example", "1", Bilingual("例", "Example"), tuple(built), **settings)


@pytest.fixture(scope="session")
def framework_of():
    return _framework


@pytest.fixture(scope="session")
def percent():
    """What an indicator on 0–100 is."""
    return {"scale": "linear", "low": 0.0, "high": 100.0}
