"""The process that solves: how it breaks, and that it never outlives who asked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from plsched.errors import SolverCrashed
from plsched.solver import solve
from tests import tiny

ROOT = Path(__file__).parents[2]


def test_an_error_in_the_child_is_a_line_and_a_trace() -> None:
    unchecked = tiny.scenario()
    course = unchecked.courses[0].model_copy(update={"audience": ("nobody",)})
    with pytest.raises(SolverCrashed, match=r"^the solver broke: KeyError: 'nobody'$") as raised:
        solve(unchecked.model_copy(update={"courses": (course,)}))
    assert raised.value.trace is not None
    assert raised.value.trace.startswith("Traceback (most recent call last):\n")
    assert raised.value.trace.endswith("\nKeyError: 'nobody'\n")


@pytest.mark.parametrize("until", ["index: ", "search: "])
def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path, until: str) -> None:
    command = [sys.executable, "-m", "plsched", "solve", str(ROOT / "scenarios/delivery-cycle")]
    with subprocess.Popen(
        [*command, "--out", "out", "--time-limit", "600"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as solving:
        assert solving.stderr is not None
        for line in solving.stderr:
            if until in line:
                break
        children = psutil.Process(solving.pid).children(recursive=True)
        assert children
        os.kill(solving.pid, signal.SIGKILL)
        _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    assert not (tmp_path / "out").exists()
