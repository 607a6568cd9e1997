import json
from pathlib import Path

import pytest

TRUTH = Path(__file__).parents[1] / "truth"


@pytest.fixture(scope="session")
def case():
    """Loads a published case by its name."""

    def load(name):
        return json.loads((TRUTH / f"{name}.json").read_text("utf-8"))

    return load
