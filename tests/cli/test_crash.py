"""A crash of the solver: what people are told, and what machines and logs get."""

import json
import os
import signal
import subprocess
import tempfile
from pathlib import Path

import psutil
import pytest
import typer

from plsched.cli.crash import crash_told
from plsched.errors import SolverCrashed
from plsched.solver import solve
from tests import tiny
from tests.cli.conftest import COMMAND, environment

ROOT = Path(__file__).parents[2]

TRACE = 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 3\n'


def crash(trace: str | None, *, as_json: bool) -> None:
    with pytest.raises(typer.Exit, match="1"), crash_told(as_json=as_json):
        raise SolverCrashed("the solver broke: KeyError: 3", trace)


def test_people_get_a_line_and_the_name_of_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    crash(TRACE, as_json=False)
    (log,) = tmp_path.iterdir()
    told = capsys.readouterr()
    assert told.err == f"error: the solver broke: KeyError: 3; please report it with {log}\n"
    assert told.out == ""
    assert log.read_text(encoding="utf-8") == TRACE


def test_machines_get_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    crash(TRACE, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == {"error": "the solver broke: KeyError: 3", "traceback": TRACE}


def test_a_killed_solver_leaves_no_log(capsys: pytest.CaptureFixture[str]) -> None:
    crash(None, as_json=False)
    assert capsys.readouterr().err == "error: the solver broke: KeyError: 3\n"


def test_an_error_in_the_solver_is_a_line_and_a_trace() -> None:
    unchecked = tiny.scenario()
    course = unchecked.courses[0].model_copy(update={"audience": ("nobody",)})
    with pytest.raises(SolverCrashed, match=r"^the solver broke: KeyError: 'nobody'$") as raised:
        solve(unchecked.model_copy(update={"courses": (course,)}))
    assert raised.value.trace is not None
    assert raised.value.trace.startswith("Traceback (most recent call last):\n")
    assert raised.value.trace.endswith("\nKeyError: 'nobody'\n")


@pytest.mark.parametrize("until", ["index: ", "search: "])
def test_the_solver_ends_when_its_parent_is_killed(tmp_path: Path, until: str) -> None:
    with subprocess.Popen(
        [*COMMAND, "solve", ROOT / "scenarios/large-urban-math", "--out", "out"],
        cwd=tmp_path,
        env=environment(),
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
