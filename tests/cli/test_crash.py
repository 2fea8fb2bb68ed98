"""A crash of the solver: what people are told, and what machines and logs get."""

import json
import tempfile
from pathlib import Path

import pytest
import typer

from plsched.cli.crash import crash_told
from plsched.errors import SolverCrashed

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
