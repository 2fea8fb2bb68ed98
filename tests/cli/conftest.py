"""The command line as people use it: a process, its output, its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import tiny

Run = Callable[..., subprocess.CompletedProcess[str]]
COMMAND = [sys.executable, "-m", "plsched"]


def environment(**settings: object) -> dict[str, str]:
    """Give a plain terminal of a known width, free of the settings of whoever runs the tests.

    Parameters
    ----------
    settings
        Those of plsched, by their names without ``PLSCHED_``.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PLSCHED_")}
    plain = {"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}
    return kept | plain | {f"PLSCHED_{name}": str(value) for name, value in settings.items()}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a folder of its own."""

    def call(*arguments: object, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *(str(argument) for argument in arguments)],
            cwd=tmp_path,
            env=environment(**settings),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture
def district(tmp_path: Path) -> Callable[..., Path]:
    """Write the tiny district, or another one, into a folder; JSON is YAML too."""

    def write(name: str = "tiny", content: dict[str, Any] | None = None) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        text = json.dumps(tiny.mapping() if content is None else content)
        (folder / "scenario.yaml").write_text(text, encoding="utf-8")
        return folder

    return write
