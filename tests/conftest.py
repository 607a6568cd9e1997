"""What several rooms' tests share."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def steelyard(tmp_path):
    """Run the command line in its own process: returns status, standard output, standard error."""

    def run(*arguments, **settings):
        environment = {
            **os.environ,
            "LANG": "en_GB.UTF-8",
            "LC_ALL": "",
            "PYTHONIOENCODING": "utf-8",
        }
        done = subprocess.run(
            [sys.executable, "-m", "steelyard", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment,
            check=False,
            **settings,
        )
        return done.returncode, done.stdout, done.stderr

    return run
